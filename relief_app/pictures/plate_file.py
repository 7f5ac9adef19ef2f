"""Read an anatomical plate: the small, fixed part of SVG that `assets/anatomy/*.svg` are written in.

A plate is groups of paths with absolute M, C, L and Z commands, straight gradients, and unpainted
circles as markers. `data-fill`, `data-stroke` and `data-role` name palette roles; the plain `fill`
and `stroke` beside them are for viewers and are not read. The text comes from storage: this room
opens no file.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree as ET

from relief_app.core.anatomy import Structure
from relief_app.pictures.palette import LIGHT
from relief_app.pictures.shapes import Gradient, Marker, Path, Point, Segment

LANDMARKS = ("landmark_knee", "landmark_ankle")
REQUIRED = tuple(str(structure) for structure in Structure if structure is not Structure.HAMSTRINGS)
"""What every plate outlines; the hamstrings belong to the thigh and may be missing."""

_SVG = "{http://www.w3.org/2000/svg}"
_ANCHOR = "anchor_"
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[^\s,]")
_PAIRS = {"M": 1, "L": 1, "C": 3, "Z": 0}


class PlateError(ValueError):
    """A plate that cannot be read: `file`, `element` (an id, or a tag where it has none), `expected`."""

    def __init__(self, file: str, element: str, expected: str) -> None:
        super().__init__(f"{file}: {element}: expected {expected}")
        self.file = file
        self.element = element
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Part:
    """One path of a plate. `fill`, `stroke`: palette roles or ""; `width` in shank units.

    `layers`: the layers that show it, empty for always. `of`: the id of the structure it belongs to,
    its own id for an outline. `is_neighbour`: it only comes and goes with that structure, and is not
    lit with it, as the bones of the foot beside the heel bone.
    """

    id: str
    path: Path
    layers: frozenset[str]
    of: str
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    gradient: Gradient | None = None
    is_neighbour: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """A right calf: parts from back to front, coordinates in shank units (knee 0, malleoli 1).

    `markers` are the two landmarks; `anchors` say where the leader line of a structure points.
    """

    name: str
    view_box: tuple[float, float, float, float]
    parts: tuple[Part, ...]
    markers: tuple[Marker, ...]
    anchors: tuple[Marker, ...]

    def part(self, part_id: str) -> Part:
        """The part with that id; KeyError if there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)


def read_plate(text: str, name: str) -> Plate:
    """The plate written in `text`; `name` is the file's, for messages. PlateError if it is not one."""
    return _Reader(text, name).plate()


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._gradients: dict[str, tuple[str, Gradient]] = {}
        # Entities are the one way in which so small a file could grow without bound.
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            self._fail("svg", "no document type")
        try:
            self._root = ET.fromstring(text)  # noqa: S314 - no document type, hence no entities
        except ET.ParseError as error:
            raise PlateError(name, "svg", f"well-formed XML ({error})") from error

    def plate(self) -> Plate:
        self._gradients = dict(self._read_gradients())
        parts = tuple(self._read_parts())
        circles = tuple(self._read_circles())
        plate = Plate(
            self._name,
            self._view_box(),
            parts,
            tuple(marker for marker in circles if not marker.id.startswith(_ANCHOR)),
            tuple(
                Marker(marker.id.removeprefix(_ANCHOR), marker.at)
                for marker in circles
                if marker.id.startswith(_ANCHOR)
            ),
        )
        self._check_ids(plate)
        return plate

    def _check_ids(self, plate: Plate) -> None:
        ids = [part.id for part in plate.parts] + [marker.id for marker in plate.markers]
        for required in (*REQUIRED, *LANDMARKS):
            if required not in ids:
                self._fail(required, "an element with this id")
        for part_id in ids:
            if ids.count(part_id) > 1:
                self._fail(part_id, "an id used once")
        known = frozenset(Structure)
        for part in plate.parts:
            if part.of not in known:
                self._fail(part.id, f"data-of to name a structure, not {part.of!r}")

    def _view_box(self) -> tuple[float, float, float, float]:
        numbers = [self._number(word, "svg") for word in self._root.get("viewBox", "").split()]
        if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
            self._fail("svg", "viewBox with left, top, width > 0 and height > 0")
        return numbers[0], numbers[1], numbers[2], numbers[3]

    def _read_gradients(self) -> Iterator[tuple[str, tuple[str, Gradient]]]:
        for element in self._root.iter(f"{_SVG}linearGradient"):
            label = self._id(element)
            x1, y1, x2, y2 = (self._attribute(element, key) for key in ("x1", "y1", "x2", "y2"))
            roles = [self._role(stop, "data-role", label) for stop in element.iter(f"{_SVG}stop")]
            if len(roles) != 2 or not all(roles):
                self._fail(label, "two stops with data-role")
            yield label, (roles[0], Gradient((x1, y1), (x2, y2), roles[1]))

    def _read_parts(self) -> Iterator[Part]:
        for group in self._root.iter(f"{_SVG}g"):
            layers = frozenset(group.get("data-layers", "").split())
            for element in group.iterfind(f"{_SVG}path"):
                yield self._part(element, layers)

    def _part(self, element: ET.Element, layers: frozenset[str]) -> Part:
        label = self._id(element)
        fill, gradient = self._fill(element, label)
        return Part(
            label,
            self._path(element.get("d", ""), label),
            layers,
            element.get("data-of", label),
            fill,
            self._role(element, "data-stroke", label),
            self._attribute(element, "stroke-width", "0"),
            self._attribute(element, "opacity", "1"),
            gradient,
            element.get("data-part") == "neighbour",
        )

    def _fill(self, element: ET.Element, label: str) -> tuple[str, Gradient | None]:
        paint = element.get("fill", "")
        if not paint.startswith("url(#"):
            return self._role(element, "data-fill", label), None
        gradient_id = paint.removeprefix("url(#").rstrip(")")
        if gradient_id not in self._gradients:
            self._fail(label, f"fill to name a gradient, not {gradient_id!r}")
        return self._gradients[gradient_id]

    def _read_circles(self) -> Iterator[Marker]:
        for element in self._root.iter(f"{_SVG}circle"):
            yield Marker(self._id(element), (self._attribute(element, "cx"), self._attribute(element, "cy")))

    def _path(self, data: str, label: str) -> Path:
        words = _TOKEN.findall(data)
        if not words or words[0] != "M":
            self._fail(label, "d to begin with M")
        segments: list[Segment] = []
        position = 0
        while position < len(words):
            command = words[position]
            if command not in _PAIRS:
                self._fail(label, f"one of the commands M, C, L, Z in d, not {command!r}")
            end = position + 1 + 2 * _PAIRS[command]
            segments.append(Segment(command, self._points(words[position + 1 : end], command, label)))
            position = end
        return tuple(segments)

    def _points(self, words: list[str], command: str, label: str) -> tuple[Point, ...]:
        numbers = [self._number(word, label) for word in words]
        if len(numbers) != 2 * _PAIRS[command]:
            self._fail(label, f"{2 * _PAIRS[command]} numbers after {command}, not {len(numbers)}")
        return tuple(zip(numbers[::2], numbers[1::2], strict=True))

    def _id(self, element: ET.Element) -> str:
        return element.get("id") or self._fail(element.tag.removeprefix(_SVG), "an id")

    def _role(self, element: ET.Element, key: str, label: str) -> str:
        role = element.get(key, "")
        if role and role not in LIGHT:
            self._fail(label, f"{key} to be a role of the palette, not {role!r}")
        return role

    def _attribute(self, element: ET.Element, key: str, default: str = "") -> float:
        return self._number(element.get(key, default), self._id(element), f"a number in {key}")

    def _number(self, word: str, label: str, expected: str = "a number") -> float:
        try:
            number = float(word)
        except ValueError:
            number = math.nan
        return number if math.isfinite(number) else self._fail(label, f"{expected}, not {word!r}")

    def _fail(self, element: str, expected: str) -> NoReturn:
        raise PlateError(self._name, element, expected)
