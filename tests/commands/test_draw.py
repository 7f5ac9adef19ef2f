import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from relief_app.__main__ import main
from relief_app.commands import draw
from relief_app.core.anatomy import Leg, Structure
from relief_app.core.posture import EXERCISES_DRAWN
from relief_app.core.preferences import SkinTone
from relief_app.pictures.palette import PALETTES, palette
from relief_app.storage.assets import AssetMissing

Captured = pytest.CaptureFixture[str]


def pose(out: Path, exercise: str = "towel-stretch", **changed: Any) -> int:
    options: dict[str, Any] = {"phase": 1.0, "leg": Leg.RIGHT, "theme": "light", "width": 64} | changed
    return draw.draw_pose(exercise, out=str(out), **options)


def calf(out: Path, view: str = "posterior", **changed: Any) -> int:
    options: dict[str, Any] = {
        "layers": None,
        "highlight": [],
        "leg": Leg.RIGHT,
        "theme": "light",
        "width": 64,
    }
    return draw.draw_calf(view, out=str(out), **(options | changed))


def ids(path: Path) -> set[str]:
    return {element.get("id", "") for element in ET.parse(path).iter()}


def one_line(captured: Captured) -> str:
    out, err = captured.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "\x1b" not in err
    return err.strip()


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_every_pose_is_drawn_with_its_landmarks(exercise: str, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "pose.svg"
    assert pose(out, exercise) == 0
    assert {f"landmark_{name}" for name in ("hip", "knee", "ankle", "heel", "toe")} <= ids(out)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("view", ["posterior", "medial"])
def test_the_calf_keeps_its_ids(view: str, tmp_path: Path) -> None:
    out = tmp_path / "calf.svg"
    assert calf(out, view, highlight=["soleus"]) == 0
    wanted = {str(structure) for structure in Structure if structure is not Structure.HAMSTRINGS}
    assert wanted | {"landmark_knee", "landmark_ankle"} <= ids(out)


def test_layers_can_be_taken_off(tmp_path: Path) -> None:
    assert calf(tmp_path / "bones.svg", layers=["bones"]) == 0
    assert "tibia" in ids(tmp_path / "bones.svg")
    assert "soleus" not in ids(tmp_path / "bones.svg")


@pytest.mark.parametrize("theme", PALETTES)
def test_a_png_is_as_wide_as_asked_and_has_the_theme_s_background(theme: str, tmp_path: Path) -> None:
    for make, name in ((pose, "pose.png"), (calf, "calf.png")):
        assert make(tmp_path / name, theme=theme, width=200) == 0
        with Image.open(tmp_path / name) as image:
            assert image.width == 200
            corner = image.convert("RGB").getpixel((0, 0))
        assert corner == tuple(bytes.fromhex(PALETTES[theme]["background"][1:]))


def test_night_is_pure_red(tmp_path: Path) -> None:
    assert calf(tmp_path / "night.png", theme="night", highlight=["soleus"], width=300) == 0
    with Image.open(tmp_path / "night.png") as image:
        red, green, blue = (max(channel.tobytes()) for channel in image.convert("RGB").split())
    assert (green, blue) == (0, 0)
    assert red > 100


@pytest.mark.parametrize("tone", SkinTone)
def test_the_tone_of_skin_is_that_asked_for(tone: SkinTone, tmp_path: Path) -> None:
    for make in (pose, calf):
        assert make(tmp_path / "x.svg", skin_tone=tone.value) == 0
        assert palette("light", tone)["skin"] in (tmp_path / "x.svg").read_text()


def test_svg_and_png_are_of_one_shape(tmp_path: Path) -> None:
    for suffix in ("svg", "png"):
        assert pose(tmp_path / f"pose.{suffix}", width=301) == 0
    svg = ET.parse(tmp_path / "pose.svg").getroot()
    with Image.open(tmp_path / "pose.png") as image:
        assert image.size == (int(svg.get("width", "")), int(svg.get("height", "")))


def test_the_left_leg_is_the_right_one_in_a_mirror(tmp_path: Path) -> None:
    for leg in Leg:
        assert calf(tmp_path / f"{leg}.png", leg=leg, width=200) == 0
    with Image.open(tmp_path / "left.png") as left, Image.open(tmp_path / "right.png") as right:
        flipped = right.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        pairs = zip(left.convert("L").tobytes(), flipped.convert("L").tobytes(), strict=True)
    # Rounding differs at edges.
    assert sum(abs(one - other) > 40 for one, other in pairs) < 200


def test_the_left_leg_is_posed_in_a_mirror(tmp_path: Path) -> None:
    def reach(leg: Leg) -> float:
        """How far the toe is in front of the heel."""
        out = tmp_path / f"{leg}.svg"
        assert pose(out, "standing-heel-flat", leg=leg) == 0
        x = {element.get("id"): float(element.get("cx", "0")) for element in ET.parse(out).iter()}
        return x["landmark_toe"] - x["landmark_heel"]

    assert reach(Leg.RIGHT) == pytest.approx(-reach(Leg.LEFT), abs=1e-4)
    assert reach(Leg.RIGHT) > 0.05


def test_the_angles_asked_for_are_drawn(tmp_path: Path) -> None:
    for knee in (0.0, 60.0):
        assert pose(tmp_path / f"{knee}.svg", "wall-stretch-bent", knee_deg=knee, dorsiflexion_deg=10.0) == 0
    assert (tmp_path / "0.0.svg").read_text() != (tmp_path / "60.0.svg").read_text()


@pytest.mark.parametrize(
    ("changed", "code", "line"),
    [
        ({"exercise": "nope"}, 1, 'there is no exercise "nope"; there are: active-dorsiflexion, '),
        ({"exercise": "\x1b[31m"}, 1, 'there is no exercise "\\u001b[31m"; there are: '),
        ({"theme": "pink"}, 1, 'there is no theme "pink"; there are: light, dark, night, amber, print'),
        ({"skin_tone": "pink"}, 1, 'there is no skin tone "pink"; there are: tone-1, tone-2, '),
        ({"phase": -0.1}, 2, "phase -0.1 is outside 0..1"),
        ({"phase": float("nan")}, 2, "phase nan is outside 0..1"),
        ({"phase": float("inf")}, 2, "phase inf is outside 0..1"),
        ({"knee_deg": 500.0}, 2, "knee_deg 500 is outside "),
        ({"dorsiflexion_deg": float("nan")}, 2, "dorsiflexion_deg nan is outside "),
        ({"width": 15}, 2, "the width 15 is outside 16 to 8192"),
        ({"width": 8193}, 2, "the width 8193 is outside 16 to 8192"),
        ({"width": -(10**30)}, 2, "the width -1"),
    ],
)
def test_what_cannot_be_posed(
    changed: dict[str, Any], code: int, line: str, tmp_path: Path, capsys: Captured
) -> None:
    assert pose(tmp_path / "x.svg", **changed) == code
    assert one_line(capsys).startswith(line)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"view": "anterior"}, 'there is no view "anterior"; there are: posterior, medial'),
        ({"view": "../posterior"}, 'there is no view "../posterior"; '),
        (
            {"layers": ["skin", "fat"]},
            'there is no layer "fat"; there are: skin, gastrocnemius, soleus, bones',
        ),
        ({"layers": [""]}, 'there is no layer ""; '),
        ({"highlight": ["biceps"]}, 'there is no structure "biceps"; there are: skin_outline, '),
    ],
)
def test_what_cannot_be_seen_of_a_calf(
    changed: dict[str, Any], line: str, tmp_path: Path, capsys: Captured
) -> None:
    assert calf(tmp_path / "x.svg", **changed) == 1
    assert one_line(capsys).startswith(line)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("x.jpg", "the name must end in .svg or .png"),
        ("x", "the name must end in .svg or .png"),
        (".svg", "the name must end in .svg or .png"),
        ("no/such/x.png", "there is no such folder"),
        ("folder.svg", "this is not a regular file"),
        ("pipe.svg", "this is not a regular file"),
        ("a\0b.svg", "this is no name for a file"),
    ],
)
def test_where_nothing_can_be_drawn(name: str, line: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "folder.svg").mkdir()
    os.mkfifo(tmp_path / "pipe.svg")
    before = sorted(tmp_path.iterdir())
    assert pose(tmp_path / name) == 1
    assert one_line(capsys).endswith(f": {line}")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("option", "value", "line"),
    [
        ("--theme", "pink", 'there is no theme "pink"; there are: light, dark, night, amber, print'),
        ("--theme", "system", 'there is no theme "system"; '),
        ("--skin-tone", "7", 'there is no skin tone "7"; there are: tone-1, tone-2, tone-3, tone-4, '),
        ("--skin-tone", "", 'there is no skin tone ""; '),
        ("--width", "8193", "the width 8193 is outside 16 to 8192"),
        ("--out", "/nowhere/x.png", "/nowhere/x.png: there is no such folder"),
    ],
)
@pytest.mark.parametrize("what", [["pose", "rest"], ["calf"]])
def test_what_is_asked_wrongly_is_told_in_one_line(
    what: list[str], option: str, value: str, line: str, tmp_path: Path, capsys: Captured
) -> None:
    words = ["draw", *what, "--out", str(tmp_path / "x.svg"), option, value]
    assert main(words) in (1, 2)
    assert one_line(capsys).startswith(line)
    assert list(tmp_path.iterdir()) == []


def test_an_older_picture_is_replaced_whole_or_not_at_all(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "x.svg"
    out.write_text("older")
    assert pose(out, theme="pink") == 1
    assert out.read_text() == "older"
    assert pose(out) == 0
    assert out.read_text().startswith("<svg")
    assert list(tmp_path.iterdir()) == [out]


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    out = tmp_path / "x.png"
    out.write_text("older")
    monkeypatch.setattr(Path, "replace", full)
    assert pose(out) == 1
    assert one_line(capsys) == f"{out}: the disk is full"
    assert (list(tmp_path.iterdir()), out.read_text()) == ([out], "older")


def test_a_plate_that_is_missing_or_damaged_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def missing(*parts: str) -> Path:
        raise AssetMissing("/".join(parts))

    monkeypatch.setattr(draw, "asset_path", missing)
    assert calf(tmp_path / "x.svg", "medial") == 1
    assert one_line(capsys) == "the medial view cannot be drawn: anatomy/medial.svg is missing"
    damaged = tmp_path / "medial.svg"
    monkeypatch.setattr(draw, "asset_path", lambda *_: damaged)
    for content in (b"<svg", b"\xff", b""):
        damaged.write_bytes(content)
        assert calf(tmp_path / "x.svg", "medial") == 1
        assert one_line(capsys).startswith("the medial view cannot be drawn: medial.svg")
    assert not (tmp_path / "x.svg").exists()


def test_pictures_need_no_display(tmp_path: Path) -> None:
    program = (
        "import sys; from relief_app.commands.draw import draw_pose; from relief_app.core.anatomy import Leg;"
        "sys.exit(draw_pose('rest', phase=1, leg=Leg.LEFT, theme='night', out=sys.argv[1], width=40))"
    )
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"QT_QPA_PLATFORM": "xcb"}
    out = tmp_path / "x.png"
    run = subprocess.run([sys.executable, "-c", program, str(out)], capture_output=True, env=env, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    with Image.open(io.BytesIO(out.read_bytes())) as image:
        assert image.width == 40
