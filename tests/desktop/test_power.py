"""On battery or not, as the kernel's files say."""

from pathlib import Path

import pytest

from relief_app.desktop.power import on_battery

EMPTIED = {"type": "Battery", "status": "Discharging"}
FILLED = {"type": "Battery", "status": "Charging"}
FULL = {"type": "Battery", "status": "Not charging"}
MOUSE = EMPTIED | {"scope": "Device"}
MAINS, PULLED = {"type": "Mains", "online": "1"}, {"type": "Mains", "online": "0"}
USB_C = {"type": "USB", "online": "1"}


@pytest.mark.parametrize(
    ("supplies", "answer"),
    [
        ([EMPTIED, PULLED], True),
        ([EMPTIED], True),
        ([EMPTIED, FULL, PULLED], True),
        ([EMPTIED, MAINS], False),
        ([EMPTIED, USB_C], False),
        ([FILLED, MAINS], False),
        ([FULL], False),
        ([MAINS], False),
        ([MAINS, MOUSE], False),
        ([MOUSE], False),
        ([{"type": "Battery"}], False),
        ([], False),
    ],
)
def test_it_is_known_only_where_the_kernel_says_so(
    tmp_path: Path, supplies: list[dict[str, str]], answer: bool
) -> None:
    for number, supply in enumerate(supplies):
        (tmp_path / f"supply{number}").mkdir()
        for name, value in supply.items():
            (tmp_path / f"supply{number}" / name).write_text(value + "\n", encoding="ascii")
    assert on_battery(tmp_path) is answer


def test_a_system_without_these_files_says_nothing(tmp_path: Path) -> None:
    assert not on_battery(tmp_path / "nowhere")
    (tmp_path / "BAT0").mkdir()
    (tmp_path / "BAT0/type").write_bytes(b"\xff\xfe")
    assert not on_battery(tmp_path)
