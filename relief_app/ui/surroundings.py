"""What the window is handed from outside."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from relief_app.core.anatomy import Leg
from relief_app.core.preferences import SkinTone
from relief_app.ui.plates import PlateOf

if TYPE_CHECKING:
    from relief_app.core.anatomy import Structure, StructureFacts
    from relief_app.core.safety import RedFlag
    from relief_app.ports import SafetyQuestions, SettingsDesk


class Surroundings(NamedTuple):
    """What the pages are handed from outside: never the disk itself."""

    plate_of: PlateOf
    emergency_number: Callable[[], str | None]
    red_flags: "Callable[[], tuple[RedFlag, ...]]"
    structures: "Callable[[], Mapping[Structure, StructureFacts]]"
    leg: Callable[[], Leg]
    choose_leg: Callable[[Leg], None]
    muted: Callable[[], bool]
    toggle_mute: Callable[[], None]
    skin_tone: Callable[[], SkinTone]
    choose_skin_tone: Callable[[SkinTone], None]
    questions: "Callable[[], SafetyQuestions]"
    desk: "Callable[[], SettingsDesk]"
    reduced_motion: bool = False
