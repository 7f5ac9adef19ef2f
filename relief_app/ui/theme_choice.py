"""Which theme the window wears now."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from relief_app.core.preferences import Settings
from relief_app.core.preferences import Theme as ThemeSetting
from relief_app.ui.theme import Theme, theme_of

if TYPE_CHECKING:
    from relief_app.core.session import Session

MINUTES_A_DAY = 24 * 60
CRAMP, OTHER, NOTHING = "cramp", "other", "nothing"
"""What is on screen: a cramp routine, another routine, or a page without any."""


def minutes_of(clock: str) -> int:
    """A time like 21:30 as minutes after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def is_night(minute: int, start: int, end: int) -> bool:
    """True where `minute` of the day lies in `start`..`end`, over midnight too; empty where equal."""
    return (minute - start) % MINUTES_A_DAY < (end - start) % MINUTES_A_DAY


def on_screen(session: "Session | None", page: str) -> str:
    """What the page named `page` shows beside `session`: the Home page shows none."""
    if session is None or page == "home_page":
        return NOTHING
    return CRAMP if session.is_cramp else OTHER


class ThemeChoice:
    """Settings, the clock and key N decide: night comes by the clock for cramp routines only.

    A cramp keeps what the clock said when it came: nobody who lies in a red night is blinded at seven. On
    the pages after it the night stays until it is over by the clock, or until another routine begins.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        minute_now: Callable[[], int],
        system_is_dark: Callable[[], bool],
        forced: str | None = None,
    ) -> None:
        """`forced` is the theme asked for on the command line, for this run."""
        self._forced = forced
        self._setting = forced or settings.theme.value
        self._minute_now, self._system_is_dark = minute_now, system_is_dark
        self._pressed: bool | None = None
        self._pressed_before: bool | None = None
        self.bedside = False
        """In the bedside mode it is night, whatever clock and settings say; only key N goes before it."""
        self._by_clock: bool | None = None
        """Whether it was night when the cramp came that is on screen, or was there last."""
        self._take_up(settings)

    def use(self, settings: Settings, *, chosen: bool = False) -> None:
        """Take up other `settings`; a theme just `chosen` goes before key N and the command line."""
        self._take_up(settings)
        if chosen:
            self._setting, self._forced, self._pressed = settings.theme.value, None, None
            self._by_clock = None

    @property
    def asked(self) -> str | None:
        """The theme that a next start has to wear: asked for by command line or key, or begun by the clock.

        None where settings and clock are to decide anew.
        """
        if self._pressed is None:
            return "night" if self._forced in (None, "system") and self._by_clock else self._forced
        return "night" if self._pressed else self._by_day()

    def name(self, shown: str) -> str:
        """One of light, dark and night, for what is `shown`: one of `CRAMP`, `OTHER` and `NOTHING`."""
        self._ask_clock(shown)
        night = self._pressed
        if night is None:
            by_clock = self._setting == ThemeSetting.SYSTEM and bool(self._by_clock)
            night = self.bedside or self._setting == ThemeSetting.NIGHT or by_clock
        return "night" if night else self._by_day()

    def theme(self, shown: str) -> Theme:
        """The theme of that name; the night in the colour of the settings."""
        return theme_of(self.name(shown), self._night_colour)

    def toggle_night(self, shown: str) -> None:
        """Key N: night on, or off although the clock or a setting says otherwise."""
        self._pressed = self.name(shown) != "night"

    def begin_bedside(self) -> None:
        """Night, until `end_bedside`; what key N turned before counts again then."""
        self.bedside, self._pressed_before, self._pressed = True, self._pressed, None

    def end_bedside(self) -> None:
        """Settings, clock and key N decide again; but while it is night by the clock nothing turns bright."""
        self.bedside, self._pressed = False, self._pressed_before
        if self._is_night():
            self._pressed = True

    def _take_up(self, settings: Settings) -> None:
        self._night = (minutes_of(settings.night_from), minutes_of(settings.night_until))
        self._night_colour = settings.night_colour

    def _ask_clock(self, shown: str) -> None:
        """Once for each cramp; what comes after it may let go of the night, but never begins one."""
        if shown == CRAMP and self._by_clock is None:
            self._by_clock = self._is_night()
        elif shown == OTHER or (shown == NOTHING and not (self._by_clock and self._is_night())):
            self._by_clock = None

    def _is_night(self) -> bool:
        return is_night(self._minute_now(), *self._night)

    def _by_day(self) -> str:
        if self._setting in (ThemeSetting.LIGHT, ThemeSetting.DARK):
            return self._setting
        return "dark" if self._system_is_dark() else "light"
