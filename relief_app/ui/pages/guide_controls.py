"""The buttons of the Guide page: what to press, where it stands, and what it says just now."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from relief_app.ui.pages.guide_keys import GuideKey
from relief_app.ui.pages.guide_layout import STEERING_COUNT, GuidePlaces
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.icons import Icon
from relief_app.ui.widgets.themed import Themed, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight

if TYPE_CHECKING:
    from relief_app.core.session import Session

STEPS_COUNT = 3
"""Back, pause and next stand first among them."""
PAIR_GAP = 6

Action = Callable[[], object]


class GuideControls(Themed):
    """Makes the page's buttons; it is their maker, not their place: they stand on the page itself.

    `eased_button` and `something_wrong_button` always stand. The small ones are made when first shown,
    since a cramp begins without them.
    """

    def __init__(self, page: QWidget, actions: Mapping[GuideKey, Action]) -> None:
        super().__init__(page)
        self.hide()
        self._page, self._actions = page, actions
        self._small: tuple[TouchButton, ...] = ()
        self._spots: GuidePlaces | None = None
        self._pack_off: TouchButton | None = None
        self._muted = False
        self._eased = self._button("eased_button", self.tr("It let go"), GuideKey.MAIN, Weight.PRIMARY)
        self._eased.set_text_size(38)
        self._wrong = self._button(
            "something_wrong_button",
            self.tr("Something is wrong"),
            GuideKey.WRONG,
            Weight.WARNING,
            Icon.WARNING,
        )

    @property
    def are_shown(self) -> bool:
        """Whether the small buttons stand."""
        return bool(self._small) and not self._small[-1].isHidden()

    @property
    def have_focus(self) -> bool:
        """Whether one of the small buttons has the keyboard."""
        return any(button.hasFocus() for button in self._small)

    def show_small(self, *, shown: bool, session: "Session | None") -> None:
        """Show or hide the small buttons."""
        if shown and not self._small:
            self._make_small()
            self.place(self._spots)
            self.follow(session)
        steps = shown and (self._pack_off is None or self._pack_off.isHidden())
        for number, button in enumerate(self._small):
            button.setVisible(shown if number >= STEPS_COUNT else steps)

    def show_pack_off(self, *, shown: bool, action: Action) -> None:
        """While a pack is on, one large button takes it off; back, pause and next would mean the same."""
        if shown and self._pack_off is None:
            self._pack_off = TouchButton(
                "pack_off_button", self.tr("Take the pack off"), weight=Weight.PRIMARY, parent=self._page
            )
            self._pack_off.set_text_size(34)
            self._pack_off.set_theme(self.theme)
            self._pack_off.clicked.connect(lambda: action())
        if self._pack_off is not None:
            self._pack_off.setVisible(shown)
        for button in self._small[:STEPS_COUNT]:
            button.setVisible(self.are_shown and not shown)

    def place(self, spots: GuidePlaces | None) -> None:
        """Put every button where `spots` says; None before the page was first laid out."""
        self._spots = spots
        if spots is None:
            return
        self._eased.setGeometry(spots.eased)
        self._wrong.setGeometry(spots.wrong)
        for button, rect in zip(self._small, (*spots.steering, *spots.tools), strict=False):
            button.setGeometry(rect)
        for button in self._small[:STEERING_COUNT]:
            button.icon_only = button.width() < 112 * text_scale()
        if self._pack_off is not None and not self._pack_off.isHidden():
            self._pack_off.setGeometry(spots.eased)
            self._spread_rest(spots.steering)

    def _spread_rest(self, row: tuple[QRect, ...]) -> None:
        """Without the steps the two other buttons share their row."""
        whole = row[0].united(row[-1])
        half = (whole.width() - PAIR_GAP) // 2
        for number, button in enumerate(self._small[STEPS_COUNT:STEERING_COUNT]):
            left = whole.x() + number * (half + PAIR_GAP)
            button.setGeometry(left, whole.y(), half, whole.height())
            button.icon_only = half < 112 * text_scale()

    def show_eased(self, *, shown: bool) -> None:
        """The big button of a cramp."""
        self._eased.setVisible(shown)

    def show_muted(self, *, muted: bool) -> None:
        """Whether sounds are off."""
        self._muted = muted
        if self._small:
            mute = self._small[STEERING_COUNT + 1]
            mute.set_icon(Icon.MUTED if muted else Icon.SOUND)
            mute.set_words(self.tr("Sounds on") if muted else self.tr("Mute"))

    def follow(self, session: "Session | None") -> None:
        """Say what pressing does now."""
        if session is None:
            return
        from relief_app.core.limits import is_for_one_leg
        from relief_app.core.session_state import State

        over = session.state is State.FINISHED
        back = session.may_come_back() or (over and session.is_cramp)
        self._eased.set_words(self.tr("It's back") if back else self.tr("It let go"), self.tr("Space"))
        if not self._small:
            return
        paused = session.state is State.PAUSED
        go = self._small[1]
        go.set_words(self.tr("Done") if over else self.tr("Go on") if paused else self.tr("Pause"))
        go.set_icon(Icon.CHECK if over else Icon.PLAY if paused else Icon.PAUSE)
        for button in (self._small[0], *self._small[2 : STEERING_COUNT - 1]):
            button.setEnabled(not over)
        self._small[STEERING_COUNT - 1].setEnabled(not over or is_for_one_leg(session.holds))

    def set_theme(self, theme: Theme) -> None:
        """Buttons made later wear it too; those that stand get it from the page."""
        super().set_theme(theme)
        for button in self._small:
            button.set_theme(theme)

    def _make_small(self) -> None:
        steering = (
            self._button("back_button", self.tr("Back"), GuideKey.BACK, icon=Icon.BACK),
            self._button("pause_button", self.tr("Pause"), GuideKey.PAUSE, icon=Icon.PAUSE),
            self._button("next_button", self.tr("Next"), GuideKey.NEXT, icon=Icon.NEXT),
            self._button("extend_button", self.tr("30 s"), GuideKey.LONGER, icon=Icon.PLUS),
            self._button("other_leg_button", self.tr("Other leg"), GuideKey.LEG, icon=Icon.SWAP),
        )
        steering[3].setAccessibleName(self.tr("30 seconds longer"))
        tools = (
            self._tool("night_button", self.tr("Night"), GuideKey.NIGHT, Icon.MOON),
            self._tool("mute_button", self.tr("Mute"), GuideKey.MUTE, Icon.SOUND),
            self._tool("full_screen_button", self.tr("Full screen"), GuideKey.FULL, Icon.FULL),
            self._tool("help_button", self.tr("Keys"), GuideKey.HELP, Icon.HELP),
            self._tool("leave_button", self.tr("Leave"), GuideKey.LEAVE, Icon.CLOSE),
        )
        self._small = (*steering, *tools)
        for button in self._small:
            button.set_theme(self.theme)
        self.show_muted(muted=self._muted)

    def _button(
        self,
        name: str,
        text: str,
        key: GuideKey,
        weight: Weight = Weight.QUIET,
        icon: Icon | None = None,
    ) -> TouchButton:
        button = TouchButton(name, text, weight=weight, icon=icon, parent=self._page)
        button.clicked.connect(lambda: self._actions[key]())
        return button

    def _tool(self, name: str, text: str, key: GuideKey, icon: Icon) -> TouchButton:
        button = self._button(name, text, key, Weight.BARE, icon)
        button.icon_only = True
        return button
