"""What is painted today is what was looked at: each picture against the small PNG kept of it.

Where a picture is meant to change, `make pictures` renews what is kept and lays old beside new.
"""

import numpy as np
import pytest

from tests.support.reference_pictures import BUILD, FOLDER, REFERENCES, Reference, difference, save

REASONABLE_BYTES = 1_500_000
CASES = [pytest.param(reference, id=reference.name) for reference in REFERENCES]


@pytest.mark.parametrize("reference", CASES)
def test_a_picture_is_what_it_was_when_it_was_looked_at(reference: Reference) -> None:
    new, old = reference.paint(), reference.kept()
    assert old is not None, f"no picture is kept of {reference.name}: make pictures"
    found = difference(old, new)
    if not found.is_allowed:
        save(new, BUILD / f"{reference.name}.png")
    assert found.is_allowed, (
        f"{reference.name} differs ({found}); see build/pictures/{reference.name}.png,"
        " and make pictures where that is meant"
    )


@pytest.mark.parametrize("reference", CASES)
def test_the_same_state_paints_the_same_pixels(reference: Reference) -> None:
    assert reference.paint().tobytes() == reference.paint().tobytes()


def test_the_order_of_painting_does_not_matter() -> None:
    some = REFERENCES[::7]
    forwards = [reference.paint().tobytes() for reference in some]
    backwards = [reference.paint().tobytes() for reference in reversed(some)]
    assert forwards == backwards[::-1]


def test_what_is_kept_is_what_is_on_the_list_and_small() -> None:
    kept = list(FOLDER.iterdir())
    assert {path.name for path in kept} == {reference.path.name for reference in REFERENCES}
    assert len({reference.name for reference in REFERENCES}) == len(REFERENCES)
    assert sum(path.stat().st_size for path in kept) < REASONABLE_BYTES


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("pose-towel-stretch", "pose-towel-stretch-at-00"),
        ("pose-circle-massage", "pose-circle-massage-at-25"),
        ("calf-posterior-light", "calf-posterior-light-soleus"),
        ("calf-medial-print", "calf-medial-print-soleus"),
        ("calf-posterior-light", "calf-posterior-lengths"),
    ],
)
def test_what_differs_to_the_eye_differs_here(name: str, other: str) -> None:
    by_name = {reference.name: reference for reference in REFERENCES}
    assert not difference(by_name[name].paint(), by_name[other].paint()).is_allowed


def test_edges_smoothed_otherwise_are_let_pass() -> None:
    """A tenth of a pixel's shift, as another rasteriser may round, is no change."""
    for reference in REFERENCES[::9]:
        image = reference.paint().astype(np.float32)
        shifted = (0.9 * image + 0.1 * np.roll(image, 1, axis=1)).round().astype(np.uint8)
        assert difference(reference.paint(), shifted).is_allowed, reference.name
