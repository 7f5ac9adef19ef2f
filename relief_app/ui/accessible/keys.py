"""The shortcut of each control, as the system writes it."""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from relief_app.ui.widgets.touch_button import LONGEST_KEY, TouchButton

_GUIDE = {
    "eased_button": "Space",
    "pause_button": "P",
    "next_button": "Right",
    "back_button": "Left",
    "extend_button": "+",
    "other_leg_button": "L",
    "night_button": "N",
    "mute_button": "M",
    "full_screen_button": "F",
    "help_button": "?",
    "leave_button": "Esc",
    "something_wrong_button": "W",
}
_ANATOMY = {
    "back_button": "Esc",
    "no_press_button": "P",
    "skin_tone_button": "T",
    "move_button": "M",
    "demonstration_button": "D",
}
_HOME = {"settings_button": ",", "go_on_button": "G", "something_wrong_button": "W", "calf_view": "A"}
_BACK = ("settings_back_button", "country_back_button", "keys_back_button", "data_back_button")
_PAGES: Mapping[str, Mapping[str, str]] = {
    "guide_page": _GUIDE,
    "anatomy_page": _ANATOMY,
    "home_page": _HOME,
    "cramping_page": {"cramping_back_button": "Esc", "something_wrong_button": "W"},
    "morning_page": {"morning_later_button": "Esc", "something_wrong_button": "W"},
    "pack_panel": {"something_wrong_button": "W"},
    "pack_after_page": {"pack_done_button": "Return", "something_wrong_button": "W"},
    "pack_questions_page": {"pack_home_button": "Return"},
    "safety_questions_page": {
        "questions_back_button": "Left",
        "skip_button": "Esc",
        "questions_done_button": "Esc",
    },
    "something_wrong_page": {"wrong_back_button": "Esc", "other_signs_button": "Esc"},
    **{page: dict.fromkeys(_BACK, "Esc") for page in ("settings_page", "country_page", "keys_page")},
    "own_data_page": dict.fromkeys(_BACK, "Esc"),
}
_PAIRS = {"leg_left_button": "L", "leg_right_button": "L", "view_posterior_button": "V"}
_PAIRS["view_medial_button"] = "V"
"""One key goes to and fro between the two: it belongs to the one that is not chosen."""


def key_of(widget: QWidget) -> str:
    """The key that does what `widget` does, in the language of the system; "" where there is none."""
    name, page = widget.objectName(), _page_of(widget)
    if page in ("home_page", "anatomy_page") and name in _PAIRS:
        chosen = isinstance(widget, QAbstractButton) and widget.isChecked()
        return "" if chosen else _native(_PAIRS[name])
    key = _PAGES.get(page, {}).get(name, "")
    if not key and isinstance(widget, TouchButton):
        key = widget.hint.partition(":")[0]
    return _native(key) if len(key) <= max(LONGEST_KEY, len("Return")) else ""


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def _page_of(widget: QWidget) -> str:
    """Object name of the page, or of the panel over it, that `widget` stands on."""
    above = widget.parentWidget()
    while above is not None:
        name = above.objectName()
        if name.endswith("_page") or name in ("pack_panel", "pack_banner"):
            return name
        above = above.parentWidget()
    return ""
