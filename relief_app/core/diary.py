"""What the diary keeps of a session (clinical content, section 9)."""

from dataclasses import dataclass

from relief_app.core.anatomy import Leg
from relief_app.core.events import Outcome


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session that is over; times in Unix seconds, `utc_offset_s` what the local clock added to them.

    `holds_done` of `holds` reached their dose or eased. A cramp's `cramp_ms` is how long it lasted as far
    as is known, `release_ms` how long until it let go (None where it did not), and `lasted_too_long` says
    that its alarm was raised. `id` is None before it is kept.
    """

    routine: str
    leg: Leg
    began_wall_s: float
    ended_wall_s: float
    utc_offset_s: int
    outcome: Outcome
    holds_done: int
    holds: int
    is_cramp: bool = False
    cramp_ms: int = 0
    release_ms: int | None = None
    lasted_too_long: bool = False
    id: int | None = None
