"""`draw`: what is drawn is what is stated, measured in the files it writes. No display is there."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.support.plans import exercises, routine
from tests.support.private_desktop import ROOT

FAILED, USAGE = 1, 2
ROUTINES = ("cramp-bed", "cramp-standing", "bedtime", "micro-break")
DRAWN = tuple(
    dict.fromkeys(
        step[key]
        for name in ROUTINES
        for step in routine(name)["steps"]
        for key in ("exercise", "instead_seated")
        if key in step
    )
)
FREE = ("rest", "easy-walk", "get-up")
"""Ways of moving and lying that no angle is stated for (clinical content, section 8)."""
CYCLES = ("circle-massage", "easy-walk")
"""Movements that end where they began: half-way round is the other end."""
NOISE = 2e-4
"""How far the five decimals of a drawing can be from a true copy, moved, turned and scaled."""
STRUCTURES = (
    *("skin_outline", "femur", "tibia", "fibula", "calcaneus", "soleus", "gastrocnemius_medial"),
    *("gastrocnemius_lateral", "plantaris", "achilles_tendon", "popliteal_fossa", "fibular_neck"),
)
SVG = "{http://www.w3.org/2000/svg}"

Outline = NDArray[np.complex128]


def test_the_four_routines_have_twelve_exercises() -> None:
    assert len(DRAWN) == 12


@pytest.mark.parametrize("exercise", DRAWN)
def test_the_angles_drawn_are_the_angles_stated(exercise: str, tmp_path: Path) -> None:
    stated = exercises()[exercise]
    for leg in ("left", "right"):
        points = _landmarks(_pose(exercise, tmp_path, "--leg", leg))
        assert set(points) == {"hip", "knee", "ankle", "heel", "toe"}
        knee, dorsiflexion = _angles(points)
        assert -10 <= knee <= 140, leg
        assert -50 <= dorsiflexion <= 35, leg
        if exercise not in FREE:
            assert knee == pytest.approx(stated["knee_deg"], abs=1), leg
            assert dorsiflexion == pytest.approx(stated["dorsiflexion_deg"], abs=1), leg


@pytest.mark.parametrize(("knee", "dorsiflexion"), [(0, 20), (45, 20), (90, -15)])
def test_other_angles_are_drawn_when_asked_for(knee: int, dorsiflexion: int, tmp_path: Path) -> None:
    asked = ("--knee-deg", str(knee), "--dorsiflexion-deg", str(dorsiflexion))
    found = _angles(_landmarks(_pose("wall-stretch-bent", tmp_path, *asked)))
    assert found == pytest.approx((knee, dorsiflexion), abs=1)


@pytest.mark.parametrize("exercise", DRAWN)
def test_chest_and_calf_change_their_shape(exercise: str, tmp_path: Path) -> None:
    far_end = "0.5" if exercise in CYCLES else "1"
    before, after = (_pose(exercise, tmp_path, "--phase", phase) for phase in ("0", far_end))
    assert _difference(before, after, "chest") > 10 * NOISE
    if exercise != "circle-massage":  # there the hands work, and the leg lies still
        assert _difference(before, after, "gastrocnemius") > 10 * NOISE
    assert _difference(before, before, "chest") < NOISE


def test_the_other_leg_is_the_mirror_image(tmp_path: Path) -> None:
    right = _landmarks(_pose("towel-stretch", tmp_path, "--leg", "right"))
    left = _landmarks(_pose("towel-stretch", tmp_path, "--leg", "left"))
    assert np.sign(right["toe"].real - right["heel"].real) == -np.sign(left["toe"].real - left["heel"].real)
    for name in ("knee", "ankle", "toe"):
        assert (left[name] - left["hip"]).real == pytest.approx(-(right[name] - right["hip"]).real, abs=1e-3)


@pytest.mark.parametrize("view", ["posterior", "medial"])
def test_the_calf_keeps_its_ids(view: str, tmp_path: Path) -> None:
    drawn = _calf(view, tmp_path)
    ids = {element.get("id") for element in drawn.iter()}
    # Some is drawn only where the skin is not seen through, or where no-press zones are pointed out.
    for options in (("--layers", "skin"), ("--highlight", "popliteal_fossa,fibular_neck")):
        ids |= {element.get("id") for element in _calf(view, tmp_path, *options).iter()}
    assert ids >= set(_ids_of_the_plate(view))
    if view == "posterior":
        assert ids >= set(STRUCTURES)
    for name in ("landmark_knee", "landmark_ankle"):
        (marker,) = [element for element in drawn.iter() if element.get("id") == name]
        assert (marker.get("fill"), marker.get("stroke")) == ("none", "none")


def test_a_layer_left_out_is_left_out_and_a_structure_lit_is_lit(tmp_path: Path) -> None:
    bones, whole, lit = (tmp_path / f"{name}.svg" for name in ("bones", "whole", "lit"))
    assert _draw("calf", "--layers", "bones", "--out", str(bones)).returncode == 0
    assert _draw("calf", "--out", str(whole)).returncode == 0
    assert _draw("calf", "--highlight", "soleus", "--out", str(lit)).returncode == 0
    assert 'id="tibia"' in bones.read_text()
    assert 'id="gastrocnemius_medial"' not in bones.read_text()
    assert lit.read_text() != whole.read_text()


@pytest.mark.parametrize("theme", ["light", "dark", "night", "print"])
def test_png_is_as_wide_as_asked_for_and_night_is_red(theme: str, tmp_path: Path) -> None:
    out = tmp_path / "calf.png"
    answer = _draw("calf", "--theme", theme, "--width", "333", "--out", str(out))
    assert (answer.returncode, answer.stderr) == (0, "")
    image = Image.open(out).convert("RGB")
    assert image.width == 333
    red, green, blue = (np.asarray(image)[..., channel] for channel in range(3))
    assert red.std() > 1
    if theme == "night":
        assert (green.max(), blue.max()) == (0, 0)
    if theme == "print":
        assert (red == green).all()
        assert (red == blue).all()


@pytest.mark.parametrize(
    ("arguments", "exit_status", "word"),
    [
        (("pose", "towel-stretch", "--width", "15"), USAGE, "15"),
        (("pose", "towel-stretch", "--width", "8193"), USAGE, "8193"),
        (("calf", "--width", "-1"), USAGE, "-1"),
        (("pose", "levitation"), FAILED, "levitation"),
        (("pose", "../towel-stretch"), FAILED, "towel-stretch"),
        (("pose", "towel-stretch", "--phase", "1.01"), USAGE, "phase"),
        (("pose", "towel-stretch", "--phase", "nan"), USAGE, "phase"),
        (("pose", "towel-stretch", "--knee-deg", "400"), USAGE, "knee_deg"),
        (("calf", "--view", "inside-out"), FAILED, "inside-out"),
        (("calf", "--layers", "skin,armour"), FAILED, "armour"),
        (("calf", "--highlight", "heart"), FAILED, "heart"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(
    arguments: tuple[str, ...], exit_status: int, word: str, tmp_path: Path
) -> None:
    for name in ("out.svg", "out.png"):
        answer = _draw(*arguments, "--out", str(tmp_path / name))
        _check_refused(answer, exit_status)
        assert word in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    folder = tmp_path / "folder.svg"
    folder.mkdir()
    for out in (file / "out.svg", tmp_path / "none" / "out.svg", folder, tmp_path / "out.gif", tmp_path):
        _check_refused(_draw("pose", "towel-stretch", "--out", str(out)), FAILED)
    assert {path.name for path in tmp_path.rglob("*")} == {"file", "folder.svg"}
    assert file.read_text() == "no folder"


def _draw(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `draw` to its end, without a display."""
    variables = {"PATH": os.defpath, "HOME": os.environ["HOME"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "draw", *arguments],
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _check_refused(answer: "subprocess.CompletedProcess[str]", exit_status: int) -> None:
    assert (answer.returncode, answer.stdout) == (exit_status, ""), answer
    assert len(answer.stderr.splitlines()) == 1, answer.stderr


def _pose(exercise: str, folder: Path, *options: str) -> ET.Element:
    out = folder / "pose.svg"
    answer = _draw("pose", exercise, "--out", str(out), *options)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    return ET.parse(out).getroot()


def _calf(view: str, folder: Path, *options: str) -> ET.Element:
    out = folder / "calf.svg"
    answer = _draw("calf", "--view", view, "--out", str(out), *options)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    return ET.parse(out).getroot()


def _landmarks(drawing: ET.Element) -> dict[str, complex]:
    """Return the places of the unpainted circles by name; y runs upwards."""
    found = {}
    for circle in drawing.iter(f"{SVG}circle"):
        name = circle.get("id", "")
        if name.startswith("landmark_"):
            assert (circle.get("fill"), circle.get("stroke")) == ("none", "none")
            found[name.removeprefix("landmark_")] = complex(
                float(circle.get("cx", "nan")), -float(circle.get("cy", "nan"))
            )
    return found


def _angles(points: dict[str, complex]) -> tuple[float, float]:
    """Return knee flexion and dorsiflexion in degrees."""
    thigh, shank = points["knee"] - points["hip"], points["ankle"] - points["knee"]
    sole = points["toe"] - points["heel"]
    # Seen with the toes to the right of the shank, a knee bends clockwise; mirrored, the other way.
    side = np.sign((sole / shank).imag)
    knee = -side * np.degrees(np.angle(shank / thigh))
    return float(knee), float(side * np.degrees(np.angle(sole / shank)) - 90)


def _outline(drawing: ET.Element, name: str) -> Outline:
    """Return 400 points along the path, evenly spaced, around their middle."""
    (path,) = [element for element in drawing.iter(f"{SVG}path") if element.get("id") == name]
    words = path.get("d", "").replace(",", " ").translate(str.maketrans("MLCZ", "    ")).split()
    numbers = np.array([float(word) for word in words])
    points = numbers[0::2] + 1j * numbers[1::2]
    along = np.concatenate([[0], np.cumsum(np.abs(np.diff(points)))])
    even = np.linspace(0, along[-1], 400)
    spaced: Outline = np.interp(even, along, points.real) + 1j * np.interp(even, along, points.imag)
    spaced -= spaced.mean()
    return spaced


def _difference(one: ET.Element, other: ET.Element, name: str) -> float:
    """Return how much of the outline's change no moving, turning and scaling of the whole explains."""
    before, after = _outline(one, name), _outline(other, name)
    fitted = before * np.vdot(before, after) / np.vdot(before, before)
    return float(np.linalg.norm(after - fitted) / np.linalg.norm(after))


def _ids_of_the_plate(view: str) -> list[str]:
    plate = ET.parse(ROOT / f"assets/anatomy/{view}.svg").getroot()
    return [str(path.get("id")) for path in plate.iter(f"{SVG}path") if path.get("id")]
