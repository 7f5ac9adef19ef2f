"""The medial plate: levels as in the posterior one, depths after the landmark table (shank units, + back)."""

import math

import pytest

from relief_app.core.anatomy import Structure
from relief_app.pictures.shapes import Marker
from tests.pictures.plates import Outlined, levels, plate

VIEW = "medial"
MEDIAL = Outlined(VIEW, Structure.GASTROCNEMIUS_MEDIAL)
LATERAL = Outlined(VIEW, Structure.GASTROCNEMIUS_LATERAL)
SOLEUS = Outlined(VIEW, Structure.SOLEUS)
TENDON = Outlined(VIEW, Structure.ACHILLES_TENDON)
SKIN = Outlined(VIEW, Structure.SKIN)
CALCANEUS = Outlined(VIEW, Structure.CALCANEUS)


def back(level: float) -> float:
    return SKIN.edges(level)[1]


MOST_POSTERIOR = max(levels(0.1, 0.7), key=back)
HOLLOW = min(levels(0.7, 1.0), key=back)
NARROWEST = min(levels(0.62, 1.08), key=TENDON.width)


@pytest.mark.parametrize(
    ("measured", "target", "tolerance"),
    [
        pytest.param(MEDIAL.bottom, 0.59, 0.05, id="medial_bottom"),
        pytest.param(MEDIAL.bottom - LATERAL.bottom, 0.035, 0.025, id="medial_minus_lateral"),
        pytest.param(MEDIAL.top, -0.17, 0.02, id="medial_origin"),
        pytest.param(LATERAL.top, -0.15, 0.02, id="lateral_origin"),
        pytest.param(SOLEUS.top, 0.035, 0.03, id="soleus_top"),
        pytest.param(SOLEUS.bottom, 0.88, 0.05, id="soleus_bottom"),
        pytest.param(TENDON.bottom, 1.107, 0.02, id="tendon_bottom"),
        pytest.param(TENDON.width(NARROWEST), 0.013, 0.003, id="tendon_thickness"),
        pytest.param(MOST_POSTERIOR, 0.311, 0.05, id="calf_most_posterior"),
        pytest.param(HOLLOW, 0.849, 0.05, id="hollow_above_the_heel"),
        pytest.param(Outlined(VIEW, "tibia").bottom, 0.973, 0.01, id="medial_malleolus"),
        pytest.param(Outlined(VIEW, "fibula").bottom, 1.027, 0.01, id="lateral_malleolus"),
        pytest.param(CALCANEUS.bottom, 1.139, 0.01, id="calcaneus_bottom"),
    ],
)
def test_landmarks_are_where_they_belong(measured: float, target: float, tolerance: float) -> None:
    assert measured == pytest.approx(target, abs=tolerance)


@pytest.mark.parametrize(
    ("level", "front", "rear"),
    [
        (-0.10, -0.131, 0.131),
        (0.00, -0.114, 0.162),
        (0.10, -0.116, 0.175),
        (0.20, -0.114, 0.192),
        (0.30, -0.114, 0.200),
        (0.40, -0.111, 0.191),
        (0.50, -0.100, 0.170),
        (0.60, -0.088, 0.136),
        (0.70, -0.082, 0.122),
        (0.80, -0.077, 0.113),
        (0.90, -0.094, 0.113),
        (1.00, -0.231, 0.127),
        (1.05, -0.329, 0.136),
        (1.10, -0.461, 0.137),
    ],
)
def test_skin_follows_the_measured_silhouette(level: float, front: float, rear: float) -> None:
    assert SKIN.edges(level) == pytest.approx((front, rear), abs=0.012)


def test_soleus_shows_between_shin_bone_and_gastrocnemius() -> None:
    for level in (0.4, 0.5, 0.55):
        assert SOLEUS.edges(level)[0] < MEDIAL.edges(level)[0] - 0.02


def test_a_rim_of_the_lateral_head_shows_behind_the_medial_one() -> None:
    for level in (0.25, 0.35, 0.45):
        assert 0.002 < LATERAL.edges(level)[1] - MEDIAL.edges(level)[1] < 0.015


def test_tendon_ends_on_the_back_of_the_heel_bone() -> None:
    for level in (1.06, 1.09):
        assert CALCANEUS.edges(level)[0] < TENDON.edges(level)[0] < CALCANEUS.edges(level)[1]
        assert TENDON.edges(level)[1] < back(level)


def test_landmarks_are_the_ends_of_the_measure() -> None:
    assert plate(VIEW).markers == (Marker("landmark_knee", (0, 0)), Marker("landmark_ankle", (0, 1)))


@pytest.mark.parametrize(
    ("part_id", "pennation"),
    [("gastrocnemius_medial_fibres", -10), ("gastrocnemius_lateral_fibres", -12), ("soleus_fibres", 28)],
)
def test_fibres_run_from_one_sheet_to_the_other(part_id: str, pennation: float) -> None:
    """Gastrocnemius from behind down to the front, soleus the other way: a herringbone, as on ultrasound."""
    path = plate(VIEW).part(part_id).path
    starts = [index for index, segment in enumerate(path) if segment.command == "M"]
    assert len(starts) > 15
    for index in starts:
        (x1, y1), (x2, y2) = path[index].points[0], path[index + 1].points[-1]
        assert math.degrees(math.atan2(x2 - x1, y2 - y1)) == pytest.approx(pennation, abs=1)
