from pathlib import Path

import pytest

from relief_app.core.gates import Block
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.core.safety import RedFlag, Urgency
from relief_app.storage.red_flags import read_red_flags

FLAG = """[[flags]]
code = "gap"
urgency = "urgent"
trigger = "A gap"
action = "Get help."
blocks = ["hold"]
"""


def flags_in(path: Path, text: str) -> tuple[RedFlag, ...]:
    path.write_text(text)
    return read_red_flags(find_asset=lambda _: path)


def test_every_red_flag_of_the_clinical_content_is_there_and_emergencies_come_first() -> None:
    flags = read_red_flags()
    assert len({flag.code for flag in flags}) == len(flags) == 12
    emergencies = [flag.urgency is Urgency.EMERGENCY for flag in flags]
    assert emergencies == sorted(emergencies, reverse=True)
    assert sum(emergencies) == 5
    for flag in flags:
        assert ("emergency number" in flag.action) == (flag.urgency is Urgency.EMERGENCY)
        # Nothing reassures.
        assert not {"harmless", "normal", "fine", "worry"} & set(flag.action.lower().split())


def test_a_flag_is_what_is_written(tmp_path: Path) -> None:
    assert flags_in(tmp_path / "flags", f"format = 1\n{FLAG}") == (
        RedFlag("gap", "A gap", "Get help.", Urgency.URGENT, frozenset({Block.HOLD})),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FLAG, RefusalCode.MISSING_KEY),
        (f"format = 2\n{FLAG}", RefusalCode.WRONG_FORMAT),
        ("format = 1\nflags = []\n", RefusalCode.WRONG_TYPE),
        ("format = 1\nflags = 3\n", RefusalCode.WRONG_TYPE),
        (f"format = 1\n{FLAG.replace('urgent', 'whenever')}", RefusalCode.UNKNOWN_CHOICE),
        (f"format = 1\n{FLAG}colour = 1\n", RefusalCode.UNKNOWN_KEY),
        (f"format = 1\n{FLAG.replace('A gap', '')}", RefusalCode.EMPTY),
        (f"format = 1\n{FLAG.replace('hold', 'sleep')}", RefusalCode.UNKNOWN_CHOICE),
        ("[", RefusalCode.NOT_TOML),
    ],
)
def test_a_damaged_file_is_refused(text: str, code: RefusalCode, tmp_path: Path) -> None:
    with pytest.raises(RoutineRefused) as refused:
        flags_in(tmp_path / "flags", text)
    assert refused.value.code is code
