"""What menus, docks and software centres are told of the program."""

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from relief_app import APPLICATION_ID
from relief_app.commands.parser import build_parser
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.paths import find_paths

FOLDER = Path(__file__).parents[1] / "packaging"
ENTRY = FOLDER / f"{APPLICATION_ID}.desktop"
METAINFO = FOLDER / f"{APPLICATION_ID}.metainfo.xml"
ICON = FOLDER / f"icons/{APPLICATION_ID}.svg"
SYMBOLIC = FOLDER / f"icons/{APPLICATION_ID}-symbolic.svg"


@pytest.fixture(scope="module")
def entry() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment, method-assign] # its keys tell upper case from lower
    found.read(ENTRY, encoding="utf-8")
    return found


@pytest.mark.parametrize(
    "command",
    [("desktop-file-validate", ENTRY), ("appstreamcli", "validate", "--no-net", METAINFO)],
    ids=lambda command: command[0],
)
def test_the_standards_own_validators_find_nothing(command: tuple[str | Path, ...]) -> None:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_entry_of_the_menu_is_a_command_that_is_understood(entry: configparser.ConfigParser) -> None:
    lines = [entry[group]["Exec"].split() for group in entry.sections()]
    assert {program for program, *_ in lines} == {"relief-app-window"}
    options = [build_parser().parse_args(words) for _, *words in lines]
    assert [each.command for each in options] == [None, "now", "now", "start", "bedside"]
    assert [each.position for each in options if each.command == "now"] == ["bed", "standing"]
    routines = Catalogue(find_paths().own_routines_dir).routine_ids()
    assert {each.routine for each in options if each.command == "start"} <= set(routines)


def test_the_actions_are_those_listed_and_cramp_now_comes_first(entry: configparser.ConfigParser) -> None:
    listed = entry["Desktop Entry"]["Actions"].rstrip(";").split(";")
    assert [f"Desktop Action {action}" for action in listed] == entry.sections()[1:]
    assert entry[f"Desktop Action {listed[0]}"]["Name"] == "Cramp now"


def test_entry_and_description_go_by_the_applications_id(entry: configparser.ConfigParser) -> None:
    root = ET.parse(METAINFO).getroot()
    assert root.findtext("id") == APPLICATION_ID == entry["Desktop Entry"]["Icon"]
    assert root.findtext("launchable") == ENTRY.name
    assert root.findtext("summary") == entry["Desktop Entry"]["Comment"]


def drawn(path: Path, size: int, ground: str) -> QImage:
    image = QImage(QSize(size, size), QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    QSvgRenderer(str(path)).render(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ground", ["#ffffff", "#1d1f22"])
@pytest.mark.parametrize("size", [16, 22, 32, 48, 128, 256])
def test_the_muscle_stands_out_at_every_size_and_on_every_ground(
    qapp: object, size: int, ground: str
) -> None:
    image = drawn(ICON, size, ground)
    colours = [QColor(image.pixel(x, y)) for x in range(size) for y in range(size)]
    red = [each for each in colours if each.red() > 170 and each.green() < 120]
    skin = [each for each in colours if each.red() > 225 and 200 < each.green() < 235 and each.blue() < 220]
    assert len(red) > 0.06 * len(colours)
    assert len(skin) > 0.12 * len(colours)


@pytest.mark.parametrize("size", [16, 22, 32, 48])
def test_the_symbolic_icon_is_one_colour_that_the_desktop_may_change(qapp: object, size: int) -> None:
    fills = {each.get("fill") for each in ET.parse(SYMBOLIC).getroot().iter() if each.get("fill")}
    assert fills == {"#2e3436"}
    image = drawn(SYMBOLIC, size, "#ffffff").convertToFormat(
        QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither
    )
    dark = sum(QColor(image.pixel(x, y)).value() == 0 for x in range(size) for y in range(size))
    assert 0.3 < dark / size**2 < 0.7
