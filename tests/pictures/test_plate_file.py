"""Reading plates: what is taken, and how each kind of damage is named."""

import re

import pytest

from relief_app.core.anatomy import Structure
from relief_app.pictures.calf import Layer
from relief_app.pictures.palette import LIGHT
from relief_app.pictures.plate_file import LANDMARKS, REQUIRED, PlateError, read_plate
from relief_app.pictures.shapes import Gradient, Marker, Segment
from tests.pictures.plates import ANATOMY, plate

VIEWS = [path.stem for path in sorted(ANATOMY.glob("*.svg"))]


def svg(body: str = "", *, box: str = "-1 -1 2 2", without: str = "") -> str:
    paths = "".join(
        f'<path id="{name}" d="M0,0 L1,0 L1,1 Z" data-fill="skin"/>' for name in REQUIRED if name != without
    )
    circles = "".join(f'<circle id="{name}" cx="0" cy="1"/>' for name in LANDMARKS if name != without)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="2"><stop data-role="skin"/>'
        '<stop data-role="bone"/></linearGradient></defs>'
        f'<g data-layers="skin soleus">{paths}{body}</g><g>{circles}</g></svg>'
    )


def test_a_part_is_read_whole() -> None:
    drawn = read_plate(
        svg(
            '<path id="x" d="M0,-1.5 C1e-1,2 3 4-5,.6Z" data-of="soleus" fill="url(#g)"'
            ' data-stroke="ink" stroke-width="0.5" opacity=".25"/>'
        ),
        "a.svg",
    )
    part = drawn.part("x")
    assert part.path == (
        Segment("M", ((0, -1.5),)),
        Segment("C", ((0.1, 2), (3, 4), (-5, 0.6))),
        Segment("Z"),
    )
    assert (part.of, part.layers) == ("soleus", frozenset({"skin", "soleus"}))
    assert (part.fill, part.gradient) == ("skin", Gradient((0, 0), (1, 2), "bone"))
    assert (part.stroke, part.width, part.opacity) == ("ink", 0.5, 0.25)
    assert drawn.view_box == (-1, -1, 2, 2)


def test_a_neighbour_is_told_from_a_part_of_the_structure() -> None:
    drawn = read_plate(svg('<path id="x" data-of="calcaneus" data-part="neighbour" d="M0,0"/>'), "a.svg")
    assert drawn.part("x").is_neighbour
    assert not drawn.part("calcaneus").is_neighbour


def test_anchors_are_told_from_landmarks() -> None:
    drawn = read_plate(svg().replace("</svg>", '<circle id="anchor_tibia" cx=".5" cy="0"/></svg>'), "a.svg")
    assert drawn.anchors == (Marker("tibia", (0.5, 0)),)
    assert [marker.id for marker in drawn.markers] == list(LANDMARKS)


def test_a_part_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        read_plate(svg(), "a.svg").part("nothing")


@pytest.mark.parametrize(
    ("text", "element", "expected"),
    [
        ("<svg", "svg", "well-formed XML"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "svg", "no document type"),
        (svg(box="0 0 1"), "svg", "viewBox"),
        (svg(box="0 0 0 1"), "svg", "viewBox"),
        (svg(box="0 0 x 1"), "svg", "a number"),
        (svg(without="soleus"), "soleus", "an element with this id"),
        (svg(without="landmark_knee"), "landmark_knee", "an element with this id"),
        (svg('<path id="tibia" d="M0,0"/>'), "tibia", "an id used once"),
        (svg('<path d="M0,0"/>'), "path", "an id"),
        (svg('<path id="x" data-of="tibia" d=""/>'), "x", "begin with M"),
        (svg('<path id="x" data-of="tibia" d="L0,0"/>'), "x", "begin with M"),
        (svg('<path id="x" data-of="tibia" d="M0,0 q1,1 2,2"/>'), "x", "commands M, C, L, Z"),
        (svg('<path id="x" data-of="tibia" d="M0,0 L1"/>'), "x", "2 numbers after L, not 1"),
        (svg('<path id="x" data-of="tibia" d="M0,0 C1,2 3,Z"/>'), "x", "a number"),
        (svg('<path id="x" data-of="tibia" d="M0,0 L1,2,3"/>'), "x", "not '3'"),
        (svg('<path id="x" data-of="tibia" d="M0,1e999"/>'), "x", "not '1e999'"),
        (svg('<path id="x" data-of="arm" d="M0,0"/>'), "x", "data-of to name a structure"),
        (svg('<path id="x" data-of="tibia" d="M0,0" data-fill="pink"/>'), "x", "role of the palette"),
        (svg('<path id="x" data-of="tibia" d="M0,0" fill="url(#no)"/>'), "x", "name a gradient"),
        (svg('<path id="x" data-of="tibia" d="M0,0" opacity="much"/>'), "x", "a number in opacity"),
        (svg().replace('<stop data-role="bone"/>', ""), "g", "two stops"),
        (svg().replace('cx="0"', ""), "landmark_knee", "a number in cx"),
    ],
)
def test_damage_is_named(text: str, element: str, expected: str) -> None:
    with pytest.raises(PlateError, match=re.escape(expected)) as caught:
        read_plate(text, "some.svg")
    assert (caught.value.file, caught.value.element) == ("some.svg", element)
    assert str(caught.value).startswith(f"some.svg: {element}: expected ")


@pytest.mark.parametrize("view", VIEWS)
def test_every_structure_has_an_anchor_in_the_picture(view: str) -> None:
    left, top, width, height = plate(view).view_box
    anchors = {marker.id: marker.at for marker in plate(view).anchors}
    assert set(anchors) >= set(REQUIRED)
    for x, y in anchors.values():
        assert left < x < left + width
        assert top < y < top + height


@pytest.mark.parametrize("view", VIEWS)
def test_a_viewer_sees_the_light_theme(view: str) -> None:
    text = (ANATOMY / f"{view}.svg").read_text(encoding="utf-8")
    painted = re.findall(r'(?:fill|stroke|stop-color)="(#\w+)" data-\w+="(\w+)"', text)
    assert len(painted) > 40
    for colour, role in painted:
        assert colour == LIGHT[role]


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_belongs_to_layers_that_exist(view: str) -> None:
    known = frozenset(Layer) | {"surface", "no_press"}
    for part in plate(view).parts:
        assert part.layers
        assert part.layers <= known


def test_hamstrings_may_be_missing() -> None:
    assert Structure.HAMSTRINGS not in REQUIRED
