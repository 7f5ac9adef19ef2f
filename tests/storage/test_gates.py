"""The table of gates: complete, sourced, in plain words, and refused whole where it is damaged."""

from pathlib import Path

import pytest

from relief_app.core.gates import Alter, Asked, Block, Gate
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.storage.assets import AssetMissing
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.gates import read_gates

GOOD = '[gates.cold]\ntext = "Cold?"\nwhy = "Cold."\ninstead = "Rest."\nsource = "design"\n'
FULL = (
    GOOD
    + (
        'asked = "pack"\nblocks = ["heat", "ice"]\nalters = ["seated"]\nunknown_blocks = ["massage"]\n'
        'unknown_alters = []\nunless = "wet"\nlasts_h = 2\npicture = "cold"\n'
    )
    + GOOD.replace("cold", "wet")
)


def read(tmp_path: Path, text: str | bytes) -> tuple[Gate, ...]:
    path = tmp_path / "gates.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_gates(find_asset=lambda *_: path)


def test_every_word_of_a_table_is_read(tmp_path: Path) -> None:
    cold, wet = read(tmp_path, f"format = 1\n{FULL}")
    assert cold == Gate(
        key="cold",
        text="Cold?",
        why="Cold.",
        instead="Rest.",
        source="design",
        asked=Asked.PACK,
        blocks=frozenset({Block.HEAT, Block.ICE}),
        alters=frozenset({Alter.SEATED}),
        unknown_blocks=frozenset({Block.MASSAGE}),
        unknown_alters=frozenset(),
        unless="wet",
        lasts_s=7_200.0,
        picture="cold",
    )
    assert wet == Gate("wet", "Cold?", "Cold.", "Rest.", "design")


def test_every_gate_is_a_question_with_a_known_source() -> None:
    gates = read_gates()
    assert len({gate.text for gate in gates}) == len(gates)
    assert [gate.key for gate in gates if not gate.text.endswith("?")] == []
    assert {gate.source for gate in gates} <= set(Catalogue().sources)


REFUSED = {
    "nothing": ("", RefusalCode.MISSING_KEY, "format"),
    "another format": (f"format = 2\n{GOOD}", RefusalCode.WRONG_FORMAT, "format"),
    "no gates": ("format = 1\n", RefusalCode.MISSING_KEY, "gates"),
    "an empty table": ("format = 1\n[gates]\n", RefusalCode.EMPTY, "gates"),
    "a list of gates": ("format = 1\n[[gates]]\n", RefusalCode.WRONG_TYPE, "gates"),
    "no question": ('format = 1\n[gates.a]\nwhy = "x"\n', RefusalCode.MISSING_KEY, "gates.a.text"),
    "a gate that is a text": ('format = 1\n[gates]\na = "b"\n', RefusalCode.WRONG_TYPE, "gates.a"),
    "an odd key": (f"format = 1\n{GOOD.replace('cold', 'Cold')}", RefusalCode.BAD_ID, "gates.Cold"),
    "an unknown word": (f"format = 1\n{GOOD}stops = 1\n", RefusalCode.UNKNOWN_KEY, "gates.cold.stops"),
    "an unknown kind": (
        f'format = 1\n{GOOD}blocks = ["sleep"]\n',
        RefusalCode.UNKNOWN_CHOICE,
        "gates.cold.blocks",
    ),
    "one kind and no list": (
        f'format = 1\n{GOOD}blocks = "heat"\n',
        RefusalCode.WRONG_TYPE,
        "gates.cold.blocks",
    ),
    "asked never": (f'format = 1\n{GOOD}asked = "never"\n', RefusalCode.UNKNOWN_CHOICE, "gates.cold.asked"),
    "unless nothing": (f'format = 1\n{GOOD}unless = "x"\n', RefusalCode.UNKNOWN_CHOICE, "gates.cold.unless"),
    "unless a number": (f"format = 1\n{GOOD}unless = 1\n", RefusalCode.WRONG_TYPE, "gates.cold.unless"),
    "no time": (f"format = 1\n{GOOD}lasts_h = 0\n", RefusalCode.OUT_OF_RANGE, "gates.cold.lasts_h"),
    "for ever": (f"format = 1\n{GOOD}lasts_h = inf\n", RefusalCode.NOT_FINITE, "gates.cold.lasts_h"),
    "a text that turns round": (
        f"format = 1\n{GOOD.replace('Cold?', chr(0x202E))}",
        RefusalCode.FORBIDDEN_CHARACTER,
        "gates.cold.text",
    ),
    "an endless text": (
        f"format = 1\n{GOOD.replace('Cold?', 'a' * 201)}",
        RefusalCode.TOO_LONG,
        "gates.cold.text",
    ),
    "not UTF-8": (b"\xff", RefusalCode.NOT_UTF8, ""),
    "torn": (f"format = 1\n{GOOD}blocks = [", RefusalCode.NOT_TOML, ""),
    "too much": ("#" * 70_000, RefusalCode.FILE_TOO_LARGE, ""),
}


@pytest.mark.parametrize(("text", "code", "where"), REFUSED.values(), ids=REFUSED.keys())
def test_a_damaged_table_is_refused_whole(
    tmp_path: Path, text: str | bytes, code: RefusalCode, where: str
) -> None:
    with pytest.raises(RoutineRefused) as refused:
        read(tmp_path, text)
    assert (refused.value.code, refused.value.where) == (code, where)


def test_a_missing_table_is_named() -> None:
    def nowhere(*parts: str) -> Path:
        raise AssetMissing("/".join(parts))

    with pytest.raises(AssetMissing, match=r"gates\.toml"):
        read_gates(find_asset=nowhere)
