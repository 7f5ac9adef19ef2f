"""Which theme the window wears now."""

from collections.abc import Callable

from relief_app.core.preferences import Settings
from relief_app.core.preferences import Theme as ThemeSetting

MINUTES_A_DAY = 24 * 60


def minutes_of(clock: str) -> int:
    """A time like 21:30 as minutes after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def is_night(minute: int, start: int, end: int) -> bool:
    """True where `minute` of the day lies in `start`..`end`, over midnight too; empty where equal."""
    return (minute - start) % MINUTES_A_DAY < (end - start) % MINUTES_A_DAY


class ThemeChoice:
    """Settings, the clock and key N decide: night comes by the clock for cramp routines only."""

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
        self._night = (minutes_of(settings.night_from), minutes_of(settings.night_until))
        self._minute_now, self._system_is_dark = minute_now, system_is_dark
        self._pressed: bool | None = None
        self._pressed_before: bool | None = None
        self.bedside = False
        """In the bedside mode it is night, whatever clock and settings say; only key N goes before it."""

    def use(self, settings: Settings, *, chosen: bool = False) -> None:
        """Take up other `settings`; a theme just `chosen` goes before key N and the command line."""
        self._night = (minutes_of(settings.night_from), minutes_of(settings.night_until))
        if chosen:
            self._setting, self._forced, self._pressed = settings.theme.value, None, None

    @property
    def asked(self) -> str | None:
        """The theme asked for in this run, by command line or key; None where settings and clock decide."""
        if self._pressed is None:
            return self._forced
        return "night" if self._pressed else self._by_day()

    def name(self, *, cramp: bool) -> str:
        """One of light, dark and night; `cramp` while a cramp routine is on screen."""
        night = self._pressed
        if night is None:
            night = (
                self.bedside or self._setting == ThemeSetting.NIGHT or self._is_cramp_at_night(cramp=cramp)
            )
        return "night" if night else self._by_day()

    def toggle_night(self, *, cramp: bool) -> None:
        """Key N: night on, or off although the clock or a setting says otherwise."""
        self._pressed = self.name(cramp=cramp) != "night"

    def begin_bedside(self) -> None:
        """Night, until `end_bedside`; what key N turned before counts again then."""
        self.bedside, self._pressed_before, self._pressed = True, self._pressed, None

    def end_bedside(self) -> None:
        """Settings, clock and key N decide again; but while it is night by the clock nothing turns bright."""
        self.bedside, self._pressed = False, self._pressed_before
        if is_night(self._minute_now(), *self._night):
            self._pressed = True

    def _is_cramp_at_night(self, *, cramp: bool) -> bool:
        by_clock = cramp and self._setting == ThemeSetting.SYSTEM
        return by_clock and is_night(self._minute_now(), *self._night)

    def _by_day(self) -> str:
        if self._setting in (ThemeSetting.LIGHT, ThemeSetting.DARK):
            return self._setting
        return "dark" if self._system_is_dark() else "light"
