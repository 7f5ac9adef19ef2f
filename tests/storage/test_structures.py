"""What is said of the structures, as content."""

from pathlib import Path

import pytest

from relief_app.core.anatomy import NO_PRESS_ZONES, Structure
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.storage.assets import AssetMissing
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.structures import read_structures

ONE = """format = 1
[[structures]]
id = "soleus"
name = "Soleus"
action = "Works."
place = "There."
source = "seed"
"""


def test_every_structure_has_its_facts_and_every_source_is_known() -> None:
    facts = read_structures()
    assert set(facts) == set(Structure)
    assert {each.source for each in facts.values()} <= set(Catalogue().sources)


def test_only_zones_that_are_never_pressed_warn() -> None:
    warned = {structure for structure, facts in read_structures().items() if facts.warning}
    assert warned == set(NO_PRESS_ZONES)


def test_what_is_commonly_described_only_is_marked() -> None:
    """Clinical content, section 1: of what is drawn that is plantaris; the mark is explained there."""
    facts = read_structures()
    marked = {name for name, each in facts.items() if "†" in each.action + each.place}
    assert marked == {Structure.PLANTARIS}
    plantaris = facts[Structure.PLANTARIS]
    assert "†" in plantaris.action
    assert "† commonly described, not verified" in plantaris.place


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "soleus"', 'id = "spleen"', RefusalCode.UNKNOWN_CHOICE),
        ('name = "Soleus"\n', "", RefusalCode.MISSING_KEY),
        ('place = "There."', "place = 3", RefusalCode.WRONG_TYPE),
        ("format = 1", "format = 2", RefusalCode.WRONG_FORMAT),
        ('source = "seed"', 'source = "seed"\ncolour = "red"', RefusalCode.UNKNOWN_KEY),
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, old: str, new: str, code: RefusalCode) -> None:
    file = tmp_path / "structures.toml"
    file.write_text(ONE.replace(old, new), "utf-8")
    with pytest.raises(RoutineRefused) as refused:
        read_structures(find_asset=lambda *_: file)
    assert refused.value.refusal.code is code


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "structures.toml"
    file.write_text("format = 1\nstructures = []\n", "utf-8")
    with pytest.raises(RoutineRefused):
        read_structures(find_asset=lambda *_: file)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    def missing(*names: str) -> Path:
        raise AssetMissing("/".join(names))

    with pytest.raises(AssetMissing):
        read_structures(find_asset=missing)
