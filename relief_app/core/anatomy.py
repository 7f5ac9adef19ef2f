"""The structures of the calf that Relief draws, names and stretches.

The values are the element ids of `assets/anatomy/*.svg` (stable, see README "Interfaces").
"""

from enum import StrEnum
from typing import NamedTuple


class Structure(StrEnum):
    """A structure with an outline of its own in the anatomical plates."""

    SKIN = "skin_outline"
    FEMUR = "femur"
    TIBIA = "tibia"
    FIBULA = "fibula"
    CALCANEUS = "calcaneus"
    SOLEUS = "soleus"
    GASTROCNEMIUS_MEDIAL = "gastrocnemius_medial"
    GASTROCNEMIUS_LATERAL = "gastrocnemius_lateral"
    PLANTARIS = "plantaris"
    ACHILLES_TENDON = "achilles_tendon"
    POPLITEAL_FOSSA = "popliteal_fossa"
    FIBULAR_NECK = "fibular_neck"
    HAMSTRINGS = "hamstrings"


TRICEPS_SURAE = (Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL, Structure.SOLEUS)

NO_PRESS_ZONES = (Structure.POPLITEAL_FOSSA, Structure.FIBULAR_NECK)
"""Never massaged: vessels and tibial nerve in the fossa, common fibular nerve at the fibular neck
(clinical content, section 1)."""


class Leg(StrEnum):
    """One of the two legs."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Leg":
        """The leg on the other side."""
        return Leg.RIGHT if self is Leg.LEFT else Leg.LEFT


class Zone(StrEnum):
    """A part of the calf belly that may be massaged; no no-press zone can be named."""

    MEDIAL = "medial"
    LATERAL = "lateral"
    LOWER = "lower"


class StructureFacts(NamedTuple):
    """What is said of a structure: its name, what it does, where it is; `warning` is why it is not pressed.

    English texts of the content; `source` is a key of the catalogue's sources.
    """

    structure: Structure
    name: str
    action: str
    place: str
    source: str
    warning: str = ""
