"""What an exercise says about itself, and what refusals say about places."""

from dataclasses import replace

import pytest

from relief_app.core.anatomy import Structure
from relief_app.core.exercise import Exercise, Kind, Position
from relief_app.core.preferences import Settings
from relief_app.core.refusal import Refusal, RefusalCode, RoutineRefused

STRETCH = Exercise(
    id="pull",
    letter="B",
    name="Pull",
    kind=Kind.HOLD,
    position=Position.LONG_SITTING,
    targets=(Structure.SOLEUS,),
    knee_deg=0,
    dorsiflexion_deg=4,
    dorsiflexion_max_deg=10,
    safety=frozenset(),
    cue="Pull.",
    source="design",
)


def test_a_hold_that_lengthens_something_is_a_stretch() -> None:
    assert STRETCH.is_stretch


@pytest.mark.parametrize("kind", [Kind.MASSAGE, Kind.HEAT, Kind.ICE, Kind.MOVEMENT])
def test_no_other_kind_is_a_stretch(kind: Kind) -> None:
    assert not replace(STRETCH, kind=kind).is_stretch


def test_resting_is_a_hold_but_no_stretch() -> None:
    resting = replace(STRETCH, targets=())
    assert (resting.is_stretch, resting.is_rest) == (False, True)
    assert not STRETCH.is_rest
    assert not replace(resting, kind=Kind.MOVEMENT).is_rest


@pytest.mark.parametrize(
    ("refusal", "where"),
    [
        (Refusal(RefusalCode.MISSING), ""),
        (Refusal(RefusalCode.EMPTY, field="title"), "title"),
        (Refusal(RefusalCode.EMPTY, step=2, field="cue"), "steps[2].cue"),
        (Refusal(RefusalCode.WRONG_TYPE, step=2), "steps[2]"),
        (Refusal(RefusalCode.NOT_TOML, line=7), "line 7"),
    ],
)
def test_a_refusal_names_its_place_counted_from_one(refusal: Refusal, where: str) -> None:
    refused = RoutineRefused(refusal)
    assert (refused.where, refused.code) == (where, refusal.code)


def test_nothing_is_known_of_a_person_before_they_say_it() -> None:
    assert Settings().country is None
