"""The Protocols that stand between the rooms: who needs something names it here, who has it fits it.

With them stand the few values that both sides of a Protocol know.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from relief_app.core.anatomy import Leg

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from relief_app.core.diary import SessionRecord
    from relief_app.core.exercise import Exercise
    from relief_app.core.exposure import Exposure
    from relief_app.core.gates import Gate, Verdict
    from relief_app.core.preferences import Settings
    from relief_app.core.profile import Answer, Profile
    from relief_app.core.routine import Routine
    from relief_app.core.sources import Source
    from relief_app.core.steering import Steer


class Clock(Protocol):
    """The clocks a driver runs on."""

    def boot_ms(self) -> int:
        """Whole milliseconds since boot; never runs backwards."""
        ...

    def asleep_ms(self) -> int:
        """How much of the time since boot was spent in suspension, in whole milliseconds."""
        ...

    def wall_s(self) -> float:
        """Seconds since 1970."""
        ...

    def boot_id(self) -> str:
        """An id of this boot of the computer, "" where there is none."""
        ...


class NotKeptReason(StrEnum):
    """Why something could not be written."""

    NO_SPACE = "no_space"
    READ_ONLY = "read_only"
    NO_PERMISSION = "no_permission"
    TOO_LARGE = "too_large"
    NEWER = "newer"
    """A newer version of the program wrote it."""
    OTHER = "other"


class NotKept(Exception):  # noqa: N818 - the session goes on; callers say it once
    """What was to be kept at `path` is not; what was there before is whole."""

    def __init__(self, path: Path, reason: NotKeptReason) -> None:
        super().__init__(str(path), reason.value)
        self.path = path
        self.reason = reason


class ProblemCode(StrEnum):
    """Why a file of ours was not used."""

    DAMAGED = "damaged"
    UNREADABLE = "unreadable"


class LoadProblem(NamedTuple):
    """A file that was not used; `set_aside` is where it was moved, None where it was left."""

    code: ProblemCode
    path: Path
    set_aside: Path | None = None


class JournalEntry(NamedTuple):
    """A running session as it was last known, to come back to.

    `saved_wall_s` is Unix time in seconds, `boot_ms` milliseconds since the boot `boot_id`; `session` is
    the engine's snapshot as JSON primitives, of no meaning to the disk. `began_wall_s` is when it began,
    in Unix seconds, where that is known.
    """

    version: str
    saved_wall_s: float
    boot_id: str
    boot_ms: int
    routine: str
    leg: Leg
    rate: float
    session: Mapping[str, object]
    began_wall_s: float | None = None


class SettingsStore(Protocol):
    """Settings that outlive the app."""

    def load(self) -> "Settings":
        """The settings kept, or the defaults."""
        ...

    def save(self, settings: "Settings") -> None:
        """Keep `settings`; raises NotKept."""
        ...

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        ...


class SettingsDesk(Protocol):
    """Settings and the person's own files, as the Settings page changes them."""

    @property
    def settings(self) -> "Settings":
        """The settings as they count now."""
        ...

    def refresh(self) -> None:
        """Take up what was changed elsewhere meanwhile."""
        ...

    def change(self, settings: "Settings", key: str) -> None:
        """Apply `settings`, of which the person has just chosen `key`, at once, and keep them."""
        ...

    def numbers(self) -> Mapping[str, str]:
        """Emergency numbers by country (ISO 3166)."""
        ...

    def kept_files(self) -> Sequence[tuple[Path, int]]:
        """Every file that is kept, with its size in bytes; raises OSError."""
        ...

    def archives(self) -> Sequence[Path]:
        """Archives that lie where they are looked for, the newest first."""
        ...

    def new_archive(self) -> Path:
        """A free name for an archive."""
        ...

    def back_up(self, file: Path) -> None:
        """Write all that is kept to `file`; raises ArchiveRefused, NotKept or FileExistsError."""
        ...

    def restore(self, file: Path) -> None:
        """Put what is in `file` in place of what is kept, and open the window anew.

        Raises ArchiveRefused and DataInUse: nothing was changed then.
        """
        ...

    def erase(self) -> None:
        """Remove all that is kept, and open the window anew; raises DataInUse."""
        ...


class ProfileStore(Protocol):
    """The safety profile."""

    def load(self) -> "Profile":
        """The profile kept, or one without answers."""
        ...

    def save(self, profile: "Profile") -> None:
        """Keep `profile`; raises NotKept."""
        ...

    def alone(self) -> "AbstractContextManager[None]":
        """Keep other writers out between a load and a save; raises NotKept."""
        ...

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        ...


class SafetyQuestions(Protocol):
    """The safety profile as a page asks for it."""

    @property
    def gates(self) -> "tuple[Gate, ...] | None":
        """Every gate in the order of the table, None where it cannot be read."""
        ...

    def profile(self) -> "Profile":
        """The answers as they count now."""
        ...

    def verdict(self) -> "Verdict":
        """What may not be done by these answers, and why."""
        ...

    def answer(self, key: str, answer: "Answer") -> None:
        """Keep one answer at once; raises NotKept, and then it counts for this run all the same."""
        ...

    def report(self, code: str) -> None:
        """Keep that a sign is seen or felt now; raises NotKept, and then it counts for this run."""
        ...

    def clear(self, code: str) -> None:
        """A clinician has looked at a reported sign; raises NotKept, and then it stays reported."""
        ...


class SafetySource(Protocol):
    """What the gates say now."""

    def verdict(self) -> "Verdict":
        """What may not be done, and why, by the answers as they are kept at this moment."""
        ...

    def take_problem(self) -> LoadProblem | None:
        """Which file the verdict had to do without, once."""
        ...


class JournalStore(Protocol):
    """The running session, kept at every transition."""

    def save(self, entry: JournalEntry) -> None:
        """Keep `entry` in place of the one before; raises NotKept."""
        ...

    def load(self) -> JournalEntry | None:
        """The entry kept, or None."""
        ...

    def clear(self) -> None:
        """Forget the entry; raises NotKept where it stays."""
        ...

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        ...


class ExposureStore(Protocol):
    """Packs on the skin, kept across restarts. Every method raises NotKept where nothing can be kept."""

    def add(self, exposure: "Exposure") -> "Exposure":
        """Keep a new pack; the answer carries its id."""
        ...

    def update(self, exposure: "Exposure") -> None:
        """Keep `exposure` in place of the one with its id."""
        ...

    def on_skin(self) -> "Exposure | None":
        """The newest pack that nobody has said is off."""
        ...

    def since(self, wall_s: float) -> "tuple[Exposure, ...]":
        """Packs that began or ended after `wall_s` (Unix seconds), and those on the skin.

        Where the wall clock was set meanwhile, the clock of the present boot counts as well.
        """
        ...


class SessionStore(Protocol):
    """Sessions that are over, for the diary."""

    def add(self, record: "SessionRecord") -> "SessionRecord":
        """Keep a session; the answer carries its id. Raises NotKept."""
        ...

    def last_cramp_s(self) -> float | None:
        """When the last cramp session ended (Unix seconds), None where there was none. Raises NotKept."""
        ...


class MorningMemory(Protocol):
    """Which cramps were asked about on the morning after."""

    def asked_until(self, question: str) -> float:
        """Cramps up to this moment (Unix seconds) were asked about with `question`; 0 where none was."""
        ...

    def note_asked(self, question: str, wall_s: float) -> None:
        """The cramp that ended at `wall_s` was asked about. Raises NotKept."""
        ...


class ExposureStores(NamedTuple):
    """Where packs are kept; each store opens its file when it is first asked."""

    real: ExposureStore
    rehearsed: ExposureStore
    """Packs at more than real speed, which limit no real ones."""


class PackAnswers(Protocol):
    """What the questions around a pack read and leave behind."""

    @property
    def gates(self) -> "tuple[Gate, ...] | None":
        """Every gate in the order of the table, None where it cannot be read."""
        ...

    def note_cream(self) -> None:
        """A cream was used within the last day: heat is locked for a day from now. Raises NotKept."""
        ...

    def note_reaction(self) -> None:
        """The skin did not take a pack well: that counts as an earlier bad reaction. Raises NotKept."""
        ...


class Doorkeeper(Protocol):
    """Who may hold a session back: what it asks for has to be asked first."""

    def lets_start(self, routine: "Routine", leg: Leg, *, urgent: bool, rate: int) -> bool:
        """Whether `routine` may begin now; else it begins later by itself. Raises NotOffered."""
        ...

    def lets_steer(self, command: "Steer") -> bool:
        """Whether the session may be given `command` now."""
        ...

    def lets_leave(self) -> bool:
        """Whether the session may be left now."""
        ...


class RoutineSource(Protocol):
    """Exercises, their sources, and routines by id."""

    @property
    def exercises(self) -> Mapping[str, "Exercise"]:
        """All exercises by id."""
        ...

    @property
    def sources(self) -> Mapping[str, "Source"]:
        """All sources by key."""
        ...

    def routine_ids(self) -> tuple[str, ...]:
        """Built-in ids, then own ones."""
        ...

    def routine(self, routine_id: str) -> "Routine":
        """The routine, or an exception that names what is wrong."""
        ...
