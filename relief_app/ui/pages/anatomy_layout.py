"""Where the parts of the Anatomy page stand: two columns where there is room, one picture at a time else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.themed import target_side, text_scale

if TYPE_CHECKING:
    from relief_app.ui.pages.anatomy import AnatomyPage

GAP = 6
WIDE = 820
"""From this width on plate and leg stand side by side."""
LARGE_SHARE = 0.8
"""Where text is larger than usual they need this much of its growth more."""
SIDE_SHARE = 0.40
LABEL_SHARE = 0.24
"""Share of a slider's row that its words take."""
LEAST_WORDS = 96
"""Pixels in which the longest word beside a slider can still be read whole."""


def arrange(page: "AnatomyPage") -> None:
    """Lay out `page` for the size it has."""
    margin = 16 if min(page.width(), page.height()) >= 460 else 8
    body = page.rect().adjusted(margin, margin, -margin, -margin)
    _sized(page)
    is_wide = page.width() >= WIDE * max(text_scale() * LARGE_SHARE, 1.0) and page.height() >= 420
    page.move_button.setVisible(not is_wide)
    top = _buttons(page, body)
    body.setTop(top + GAP)
    plates: list[QWidget] = [page.plate, page.layer_slider, page.layer_label]
    plates += [page.name_label, page.action_label, page.place_label]
    legs: list[QWidget] = [page.leg_view, page.bars, page.lengths_label, page.shift_label]
    legs += [page.knee_slider, page.knee_label, page.ankle_slider, page.ankle_label]
    for part in plates:
        part.setVisible(is_wide or not page.shows_leg)
    for part in legs:
        part.setVisible(is_wide or page.shows_leg)
    if is_wide:
        _wide(page, body)
    elif page.shows_leg:
        _leg(page, body)
    else:
        _plate(page, body)


def _growth(page: "AnatomyPage") -> float:
    """How much larger than usual words are: where the person wants it, and on a large screen."""
    return min(text_scale(), 2.0) * min(max(page.height() / 800, 1.0), 1.5)


def _sized(page: "AnatomyPage") -> None:
    """Words grow with the page, to be read from two metres."""
    for label, pixels in page.text_sizes:
        label.set_largest(pixels * min(max(page.height() / 800, 1.0), 1.5))


def _buttons(page: "AnatomyPage", body: QRect) -> int:
    """The buttons in as many rows as they need; the y below them."""
    buttons = [
        page.back_button,
        page.posterior_button,
        page.medial_button,
        page.left_button,
        page.right_button,
        page.no_press_button,
        page.skin_tone_button,
        page.move_button,
        page.demonstration_button,
    ]
    shown = [button for button in buttons if not button.isHidden()]
    needed = sum(button.sizeHint().width() for button in shown) + GAP * (len(shown) - 1)
    rows, high = 1 if needed <= body.width() else 2, target_side(page.height())
    across = -(-len(shown) // rows)
    for row in range(rows):
        line = QRect(body.left(), body.top() + row * (high + GAP), body.width(), high)
        _share(shown[row * across : (row + 1) * across], line)
    return body.top() + rows * (high + GAP) - GAP


def _share(parts: Sequence[QWidget], line: QRect) -> None:
    """Of one width where that is enough for all, or where nothing is; else each by its words."""
    room = line.width() - GAP * (len(parts) - 1)
    wishes = [part.sizeHint().width() for part in parts]
    if max(wishes) * len(parts) <= room or sum(wishes) > room:
        wishes = [1] * len(parts)
    left = float(line.left())
    for part, wish in zip(parts, wishes, strict=True):
        each = room * wish / sum(wishes)
        part.setGeometry(round(left), line.top(), round(each), line.height())
        left += each + GAP


def _wide(page: "AnatomyPage", body: QRect) -> None:
    side = round(body.width() * SIDE_SHARE)
    left = QRect(body.left(), body.top(), body.width() - side - 3 * GAP, body.height())
    right = QRect(body.right() - side + 1, body.top(), side, body.height())
    _plate_above_slider(page, left)
    words = _told(page, QRect(right.left(), right.top(), side, round(right.height() * 0.28)))
    right.setTop(words + GAP)
    _leg(page, right)


def _plate(page: "AnatomyPage", body: QRect) -> None:
    words = min(round(118 * _growth(page)), round(body.height() * 0.36))
    _plate_above_slider(page, body.adjusted(0, 0, 0, -words - GAP))
    _told(page, QRect(body.left(), body.bottom() - words + 1, body.width(), words))


def _plate_above_slider(page: "AnatomyPage", room: QRect) -> None:
    high = target_side(page.height())
    foot = room.bottom() - high + 1
    page.plate.setGeometry(room.left(), room.top(), room.width(), foot - GAP - room.top())
    _row(page.layer_label, page.layer_slider, QRect(room.left(), foot, room.width(), high))


def _row(label: QWidget, slider: QWidget, line: QRect) -> None:
    words = max(round(line.width() * LABEL_SHARE), min(LEAST_WORDS, line.width() // 3))
    label.setGeometry(line.left(), line.top(), words, line.height())
    slider.setGeometry(line.left() + words + GAP, line.top(), line.width() - words - GAP, line.height())


def _told(page: "AnatomyPage", room: QRect) -> int:
    """Name, action and place below one another; the y below them."""
    labels = (page.name_label, page.action_label, page.place_label)
    needs = [label.height_at(room.width()) for label in labels]
    squeeze = min(1.0, room.height() / max(sum(needs), 1))
    top = room.top()
    for label, need in zip(labels, needs, strict=True):
        high = round(need * squeeze)
        label.setGeometry(room.left(), top, room.width(), high)
        top += high
    return top


def _leg(page: "AnatomyPage", room: QRect) -> None:
    """Leg, bars, what they mean, and the two sliders at the foot."""
    high = target_side(page.height())
    foot = room.bottom() - 2 * high - GAP + 1
    _row(page.knee_label, page.knee_slider, QRect(room.left(), foot, room.width(), high))
    low = QRect(room.left(), foot + high + GAP, room.width(), high)
    _row(page.ankle_label, page.ankle_slider, low)
    above = QRect(room.left(), room.top(), room.width(), foot - GAP - room.top())
    words = min(round(84 * _growth(page)), round(above.height() * 0.36))
    line = words // 2
    page.lengths_label.setGeometry(above.left(), above.bottom() - words + 1, above.width(), line)
    page.shift_label.setGeometry(above.left(), above.bottom() - line + 1, above.width(), line)
    above.setBottom(above.bottom() - words - GAP)
    if above.width() > above.height() * 1.3:
        # Names need room before the leg does.
        half = round(above.width() * (0.5 if above.width() >= 420 else 0.36))
        page.leg_view.setGeometry(above.left(), above.top(), half - GAP, above.height())
        bars = min(above.height(), round(150 * _growth(page)))
        top = above.top() + (above.height() - bars) // 2
        page.bars.setGeometry(above.left() + half, top, above.width() - half, bars)
    else:
        bars = round(above.height() * 0.28)
        page.leg_view.setGeometry(above.left(), above.top(), above.width(), above.height() - bars - GAP)
        page.bars.setGeometry(above.left(), above.bottom() - bars + 1, above.width(), bars)
