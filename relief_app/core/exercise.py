"""An exercise: what is done, where it works, how the leg stands, and what makes it safe."""

from dataclasses import dataclass
from enum import StrEnum

from relief_app.core.anatomy import Structure


class Kind(StrEnum):
    """How an exercise is dosed and which hard stop holds for it."""

    HOLD = "hold"
    MASSAGE = "massage"
    HEAT = "heat"
    ICE = "ice"
    MOVEMENT = "movement"


class Position(StrEnum):
    """How the body is supported while the exercise is done."""

    LYING = "lying"
    LONG_SITTING = "long_sitting"
    SITTING = "sitting"
    STANDING = "standing"


class SafetyMark(StrEnum):
    """Marks of clinical content, section 8."""

    STOP_AT_PAIN = "P"
    HOLD_SUPPORT = "F"
    SKIN_CHECK = "K"
    GATES_CLEAR = "V"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One entry of the exercise catalogue.

    Angles are in degrees: `knee_deg` 0 is straight, positive flexes; `dorsiflexion_deg` 0 is a right
    angle between shank and sole, positive lifts the toes. `dorsiflexion_deg` is where a step starts,
    `dorsiflexion_max_deg` how far it may go.
    """

    id: str
    letter: str
    name: str
    kind: Kind
    position: Position
    targets: tuple[Structure, ...]
    knee_deg: float
    dorsiflexion_deg: float
    dorsiflexion_max_deg: float
    safety: frozenset[SafetyMark]
    cue: str
    source: str
    prescribed_only: bool = False

    @property
    def is_stretch(self) -> bool:
        """True for a hold that lengthens something: what *eased* skips."""
        return self.kind is Kind.HOLD and bool(self.targets)

    @property
    def is_rest(self) -> bool:
        """True for lying quietly: it needs no getting ready."""
        return self.kind is Kind.HOLD and not self.targets
