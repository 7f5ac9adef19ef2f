"""How long each calf muscle is at a given knee and ankle angle: what the pictures' bellies follow.

Muscle-tendon length in shank lengths is C0 + C2·k + C4·a with k = knee flexion and a = ankle angle
(neutral 90, dorsiflexion increases it), after Hawkins & Hull 1990, J Biomech (clinical content,
section 2).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from relief_app.core.anatomy import Structure

NEUTRAL_ANKLE_DEG = 90.0
ANKLE_RANGE_DEG = (60.0, 120.0)
"""Where the regression was fitted; ankle angles outside are clamped to it."""


class Coefficients(NamedTuple):
    """The regression of one muscle: shank lengths, and shank lengths a degree."""

    constant: float
    knee: float
    ankle: float


COEFFICIENTS: Mapping[Structure, Coefficients] = MappingProxyType(
    {
        Structure.GASTROCNEMIUS_MEDIAL: Coefficients(0.900, -0.00062, 0.00214),
        Structure.GASTROCNEMIUS_LATERAL: Coefficients(0.894, -0.00050, 0.00214),
        Structure.SOLEUS: Coefficients(0.563, 0.0, 0.00193),
    }
)


class UnknownMuscleError(ValueError):
    """A muscle without a published regression."""


def muscle_tendon_length(muscle: Structure, knee_deg: float, dorsiflexion_deg: float) -> float:
    """Length of `muscle` with its tendon in shank lengths; angles in degrees, 0 = standing.

    Raises UnknownMuscleError for a structure that is not one of the triceps surae.
    """
    try:
        constant, knee, ankle = COEFFICIENTS[muscle]
    except KeyError:
        raise UnknownMuscleError(f"no muscle-tendon length is known for {muscle}") from None
    low, high = ANKLE_RANGE_DEG
    ankle_deg = min(max(NEUTRAL_ANKLE_DEG + dorsiflexion_deg, low), high)
    return constant + knee * knee_deg + ankle * ankle_deg


def relative_lengthening(muscle: Structure, knee_deg: float, dorsiflexion_deg: float) -> float:
    """Change of `muscle` from standing (knee straight, ankle neutral) in % of shank length."""
    standing = muscle_tendon_length(muscle, 0.0, 0.0)
    return 100.0 * (muscle_tendon_length(muscle, knee_deg, dorsiflexion_deg) - standing)
