"""The posterior plate is anatomically right: every figure of the landmark table, measured on its curves.

Sources: Elson 2007, Rosso 2012, Szaro 2021, Antonios 2008, Ward 2009, Fukunaga 1992, ANSUR II; the
levels and widths are in shank units (knee joint line 0, malleoli 1).
"""

import math

import pytest

from relief_app.core.anatomy import Structure
from relief_app.pictures.shapes import Marker
from tests.pictures.plates import Outlined, levels, plate, points

VIEW = "posterior"
MEDIAL = Outlined(VIEW, Structure.GASTROCNEMIUS_MEDIAL)
LATERAL = Outlined(VIEW, Structure.GASTROCNEMIUS_LATERAL)
SOLEUS = Outlined(VIEW, Structure.SOLEUS)
TENDON = Outlined(VIEW, Structure.ACHILLES_TENDON)
SKIN = Outlined(VIEW, Structure.SKIN)
CALCANEUS = Outlined(VIEW, Structure.CALCANEUS)


def gastrocnemius_width(level: float) -> float:
    return LATERAL.edges(level)[1] - MEDIAL.edges(level)[0]


def notch() -> float:
    """The lowest level on which the heads still touch."""
    touching = [y for y in levels(0.3, 0.55) if abs(LATERAL.edges(y)[0] - MEDIAL.edges(y)[1]) < 0.001]
    return max(touching, default=0.0)


CALF = max(levels(0.1, 0.7), key=SKIN.width)
ANKLE = min(levels(0.7, 0.98), key=SKIN.width)
BELLIES = max(levels(0.0, 0.5), key=gastrocnemius_width)
NARROWEST = min(levels(0.62, 1.1), key=TENDON.width)


@pytest.mark.parametrize(
    ("measured", "target", "tolerance"),
    [
        pytest.param(MEDIAL.bottom, 0.59, 0.05, id="medial_bottom"),
        pytest.param(LATERAL.bottom, 0.56, 0.05, id="lateral_bottom"),
        pytest.param(MEDIAL.bottom - LATERAL.bottom, 0.035, 0.025, id="medial_minus_lateral"),
        pytest.param(notch(), 0.52, 0.06, id="notch"),
        pytest.param(gastrocnemius_width(BELLIES), 0.25, 0.03, id="bellies_width"),
        pytest.param(BELLIES, 0.32, 0.05, id="bellies_level"),
        pytest.param(SOLEUS.top, 0.035, 0.03, id="soleus_top"),
        pytest.param(SOLEUS.bottom, 0.88, 0.05, id="soleus_bottom"),
        pytest.param(TENDON.width(NARROWEST), 0.04, 0.008, id="tendon_narrowest_width"),
        pytest.param(NARROWEST, 0.95, 0.04, id="tendon_narrowest_level"),
        pytest.param(TENDON.bottom, 1.107, 0.02, id="tendon_bottom"),
        pytest.param(SKIN.width(CALF), 0.303, 0.028, id="calf_width"),
        pytest.param(CALF, 0.31, 0.05, id="calf_level"),
        pytest.param(SKIN.width(ANKLE), 0.179, 0.015, id="ankle_width"),
        pytest.param(ANKLE, 0.84, 0.06, id="ankle_level"),
        pytest.param(MEDIAL.top, -0.17, 0.02, id="medial_origin"),
        pytest.param(LATERAL.top, -0.15, 0.02, id="lateral_origin"),
        pytest.param(Outlined(VIEW, "fibula").top, 0.022, 0.015, id="fibular_head"),
        pytest.param(Outlined(VIEW, "tibia").bottom, 0.973, 0.01, id="medial_malleolus"),
        pytest.param(Outlined(VIEW, "fibula").bottom, 1.027, 0.01, id="lateral_malleolus"),
        pytest.param(CALCANEUS.bottom, 1.139, 0.01, id="calcaneus_bottom"),
    ],
)
def test_landmarks_are_where_they_belong(measured: float, target: float, tolerance: float) -> None:
    assert measured == pytest.approx(target, abs=tolerance)


def test_medial_head_is_wider_and_lower() -> None:
    assert MEDIAL.bottom > LATERAL.bottom
    for level in (0.2, 0.3, 0.4):
        assert MEDIAL.width(level) > LATERAL.width(level)


def test_soleus_shows_on_both_sides() -> None:
    (left, right), (tendon_left, tendon_right) = SOLEUS.edges(0.60), TENDON.edges(0.60)
    assert 0.008 <= tendon_left - left <= 0.020
    assert 0.020 <= right - tendon_right <= 0.035
    for level in (0.50, 0.53):
        assert MEDIAL.edges(level)[0] - SOLEUS.edges(level)[0] >= 0.008
        assert SOLEUS.edges(level)[1] - LATERAL.edges(level)[1] >= 0.020


def test_tendon_flares_to_the_heel() -> None:
    assert TENDON.width(1.08) > 1.5 * TENDON.width(NARROWEST)
    assert CALCANEUS.top < 1.037 < TENDON.bottom < CALCANEUS.bottom


def test_malleoli_stand_out_of_the_skin() -> None:
    assert SKIN.edges(0.985)[0] < SKIN.edges(0.85)[0] - 0.015
    assert SKIN.edges(0.985)[0] < SKIN.edges(1.06)[0] - 0.01
    assert SKIN.edges(0.995)[1] > SKIN.edges(0.88)[1] + 0.01


def test_everything_lies_under_the_skin() -> None:
    for structure in (Structure.SOLEUS, Structure.TIBIA, Structure.FIBULA, Structure.CALCANEUS):
        outlined = Outlined(VIEW, structure)
        for level in levels(outlined.top + 0.002, outlined.bottom - 0.002, 0.01):
            left, right = SKIN.edges(level)
            assert left < outlined.edges(level)[0]
            assert outlined.edges(level)[1] < right


def test_landmarks_are_the_ends_of_the_measure() -> None:
    assert plate(VIEW).markers == (Marker("landmark_knee", (0, 0)), Marker("landmark_ankle", (0, 1)))


def _angles(part_id: str) -> list[float]:
    """Of each fibre line, its chord's angle to the leg's axis in degrees, + running laterally."""
    result = []
    for segment, after in zip(
        plate(VIEW).part(part_id).path, plate(VIEW).part(part_id).path[1:], strict=False
    ):
        if segment.command == "M":
            (x1, y1), (x2, y2) = segment.points[0], after.points[-1]
            result.append(math.degrees(math.atan2(x2 - x1, y2 - y1)))
    return result


@pytest.mark.parametrize(
    ("part_id", "pennation"), [("gastrocnemius_medial_fibres", 10), ("gastrocnemius_lateral_fibres", -12)]
)
def test_fibres_of_the_heads_follow_their_pennation(part_id: str, pennation: float) -> None:
    angles = _angles(part_id)
    assert len(angles) > 20
    assert all(angle == pytest.approx(pennation, abs=1) for angle in angles)


def test_soleus_is_bipennate() -> None:
    angles = _angles("soleus_fibres")
    assert all(abs(angle) == pytest.approx(28, abs=1) for angle in angles)
    assert min(sum(angle > 0 for angle in angles), sum(angle < 0 for angle in angles)) > 15


def test_fibres_stay_inside_their_muscle() -> None:
    for name in ("gastrocnemius_medial", "gastrocnemius_lateral", "soleus"):
        muscle = Outlined(VIEW, name)
        for line in points(plate(VIEW).part(f"{name}_fibres").path):
            for x, y in line:
                left, right = muscle.edges(y)
                assert left - 0.001 <= x <= right + 0.001
