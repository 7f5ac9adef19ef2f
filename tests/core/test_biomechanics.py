"""Muscle-tendon lengths against the table of clinical content, section 2."""

import pytest

from relief_app.core.anatomy import Structure
from relief_app.core.biomechanics import UnknownMuscleError, muscle_tendon_length, relative_lengthening

MG, LG, SOL = Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL, Structure.SOLEUS


@pytest.mark.parametrize(
    ("knee", "dorsiflexion", "medial", "soleus"),
    [
        (0, 25, 5.4, 4.8),
        (0, 20, 4.3, 3.9),
        (45, 20, 1.5, 3.9),
        (45, 30, 3.6, 5.8),
        (0, -30, -6.4, -5.8),
        (0, 0, 0.0, 0.0),
    ],
)
def test_lengthening_is_the_published_table(
    knee: float, dorsiflexion: float, medial: float, soleus: float
) -> None:
    assert relative_lengthening(MG, knee, dorsiflexion) == pytest.approx(medial, abs=0.051)
    assert relative_lengthening(SOL, knee, dorsiflexion) == pytest.approx(soleus, abs=0.051)


def test_standing_lengths_in_shank_lengths() -> None:
    assert muscle_tendon_length(MG, 0, 0) == pytest.approx(1.0926)
    assert muscle_tendon_length(LG, 0, 0) == pytest.approx(1.0866)
    assert muscle_tendon_length(SOL, 0, 0) == pytest.approx(0.7367)


def test_a_bent_knee_shortens_gastrocnemius_and_leaves_soleus() -> None:
    assert relative_lengthening(MG, 90, 0) == pytest.approx(-5.58)
    assert relative_lengthening(LG, 90, 0) == pytest.approx(-4.5)
    assert relative_lengthening(SOL, 90, 0) == 0.0


@pytest.mark.parametrize(("asked", "kept"), [(45.0, 30.0), (-50.0, -30.0)])
def test_ankle_angles_outside_the_regression_are_clamped(asked: float, kept: float) -> None:
    assert muscle_tendon_length(SOL, 0, asked) == muscle_tendon_length(SOL, 0, kept)


def test_other_structures_are_refused_by_name() -> None:
    with pytest.raises(UnknownMuscleError, match="tibia"):
        muscle_tendon_length(Structure.TIBIA, 0, 0)
