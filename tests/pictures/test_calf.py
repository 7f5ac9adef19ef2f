"""The calf shows what its state says: layers, lit structures, lengths, zones, sides."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import NO_PRESS_ZONES, TRICEPS_SURAE, Leg, Structure
from relief_app.pictures.calf import ALL_LAYERS, CalfState, Layer, calf_picture, label_anchors
from relief_app.pictures.palette import LIGHT, PALETTES
from relief_app.pictures.shapes import Picture, Shape, turned
from relief_app.pictures.svg import svg
from tests.pictures.plates import plate

PLATE = plate("posterior")
HEADS = frozenset({Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL})
STATES = st.builds(
    CalfState,
    leg=st.sampled_from(Leg),
    layers=st.frozensets(st.sampled_from(Layer)),
    highlight=st.frozensets(st.sampled_from(Structure)),
    lengthening=st.just(()) | st.tuples(st.tuples(st.sampled_from(TRICEPS_SURAE), st.floats(-9, 9))),
    no_press=st.booleans(),
    depth=st.none() | st.floats(-1, 4),
)


def picture(state: CalfState) -> Picture:
    return calf_picture(state, PLATE)


def shape(state: CalfState, shape_id: str) -> Shape:
    (found,) = (shape for shape in picture(state).shapes if shape.id == shape_id)
    return found


def ids(state: CalfState) -> set[str]:
    return {shape.id for shape in picture(state).shapes}


def test_by_default_every_structure_is_there_once() -> None:
    named = [shape.id for shape in picture(CalfState()).shapes if shape.id in frozenset(Structure)]
    assert sorted(named) == sorted(Structure)


@given(STATES)
def test_a_picture_is_a_function_of_its_state_in_roles_of_the_palette(state: CalfState) -> None:
    drawn = picture(state)
    assert drawn == picture(state)
    named = [shape.id for shape in drawn.shapes if shape.id]
    assert len(named) == len(set(named))
    for one in drawn.shapes:
        roles = {one.fill, one.stroke, one.gradient.to if one.gradient else ""} - {""}
        assert roles <= set(LIGHT)
        assert 0 < one.opacity <= 1
        assert one.width > 0 or not one.stroke


@given(STATES)
def test_the_left_leg_is_the_right_one_in_the_mirror(state: CalfState) -> None:
    left = picture(replace(state, leg=Leg.LEFT))
    assert left == turned(picture(replace(state, leg=Leg.RIGHT)))


@pytest.mark.parametrize(
    ("layer", "shown", "hidden"),
    [
        (Layer.SKIN, {"skin_outline", "surface_crease"}, {"tibia", "soleus", "achilles_tendon"}),
        (Layer.GASTROCNEMIUS, {"gastrocnemius_medial", "achilles_tendon"}, {"soleus", "tibia", "skin_line"}),
        (Layer.SOLEUS, {"soleus", "plantaris", "achilles_tendon"}, {"gastrocnemius_lateral", "fibula"}),
        (Layer.BONES, {"tibia", "fibula", "femur", "calcaneus"}, {"soleus", "skin_outline"}),
    ],
)
def test_a_layer_alone(layer: Layer, shown: set[str], hidden: set[str]) -> None:
    alone = ids(CalfState(layers=frozenset({layer})))
    assert shown <= alone
    assert not hidden & alone
    assert set(NO_PRESS_ZONES) <= alone


def test_bare_skin_has_relief_and_covers() -> None:
    assert "surface_crease" not in ids(CalfState())
    assert shape(CalfState(layers=frozenset({Layer.SKIN})), "skin_outline").opacity == 1
    assert shape(CalfState(), "skin_outline").opacity < 1


def test_what_is_lit_glows_with_a_stronger_outline_and_the_rest_recedes() -> None:
    state = CalfState(highlight=HEADS)
    assert (
        shape(state, "gastrocnemius_medial").gradient != shape(CalfState(), "gastrocnemius_medial").gradient
    )
    line, plain = (shape(each, "gastrocnemius_medial_line") for each in (state, CalfState()))
    assert line.stroke == "glow_line"
    assert line.width == 2 * plain.width
    assert shape(state, "soleus").fill == "muscle_quiet"
    assert shape(state, "soleus_fibres").opacity < shape(CalfState(), "soleus_fibres").opacity


def test_what_is_lit_keeps_its_light_and_shade_and_its_fibres_grow() -> None:
    lit, plain = CalfState(highlight=frozenset({Structure.SOLEUS})), CalfState()
    for part, role in (("soleus_light", "lit_light"), ("soleus_shade", "lit_shade"), ("soleus", "lit_light")):
        assert shape(lit, part).fill == role
    gradient = shape(lit, "soleus").gradient
    assert gradient is not None
    assert gradient.to == "lit"
    fibres = shape(lit, "soleus_fibres")
    assert fibres.stroke == fibres.fill == "lit_fibre"
    assert fibres.opacity > shape(plain, "soleus_fibres").opacity


@pytest.mark.parametrize("theme", ["light", "dark", "night"])
def test_light_on_what_is_lit_is_brighter_than_its_shade(theme: str) -> None:
    def red_and_green(role: str) -> int:
        colour = PALETTES[theme][role]
        return int(colour[1:3], 16) + int(colour[3:5], 16)

    levels = [red_and_green(role) for role in ("lit_light", "lit", "lit_shade", "lit_fibre")]
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == len(levels)


def test_what_is_lit_has_rims_behind_it() -> None:
    shapes = picture(CalfState(highlight=frozenset({Structure.SOLEUS}))).shapes
    place = next(index for index, each in enumerate(shapes) if each.id == "soleus")
    assert [each.stroke for each in shapes[place - 2 : place]] == ["muscle_glow", "muscle_glow"]
    assert shapes[place - 1].path == shapes[place].path


def test_a_lit_soleus_is_seen_through_gastrocnemius() -> None:
    lit = shape(CalfState(highlight=frozenset({Structure.SOLEUS})), "gastrocnemius_medial")
    both = shape(CalfState(highlight=HEADS | {Structure.SOLEUS}), "gastrocnemius_medial")
    assert lit.opacity < 0.5
    assert both.opacity == 1


def test_a_lit_heel_bone_glows_and_the_rest_of_the_foot_does_not() -> None:
    state = CalfState(highlight=frozenset({Structure.CALCANEUS}))
    assert shape(state, "calcaneus_glow").fill == "lit_light"
    assert shape(state, "calcaneus").stroke == "glow_line"
    assert shape(state, "foot_bones") == shape(CalfState(), "foot_bones")
    assert "calcaneus_glow" not in ids(CalfState())


def test_a_thick_line_is_not_doubled_and_a_pale_one_stays() -> None:
    drawn = calf_picture(CalfState("medial", highlight=frozenset({Structure.PLANTARIS})), plate("medial"))
    found = {each.id: each for each in drawn.shapes}
    assert found["plantaris_tendon"].width == pytest.approx(
        plate("medial").part("plantaris_tendon").width + 0.003
    )
    assert found["plantaris_tendon_light"].stroke == "tendon"


@pytest.mark.parametrize(
    ("view", "lit", "glass"),
    [
        ("posterior", Structure.PLANTARIS, {"gastrocnemius_medial", "gastrocnemius_lateral"}),
        ("posterior", Structure.TIBIA, {"gastrocnemius_medial", "gastrocnemius_lateral", "soleus"}),
        ("medial", Structure.GASTROCNEMIUS_LATERAL, {"gastrocnemius_medial"}),
        ("posterior", Structure.GASTROCNEMIUS_LATERAL, set()),
        ("posterior", Structure.ACHILLES_TENDON, set()),
    ],
)
def test_what_lies_over_a_lit_structure_becomes_glass(view: str, lit: Structure, glass: set[str]) -> None:
    shapes = calf_picture(CalfState(view, highlight=frozenset({lit})), plate(view)).shapes
    muscles = {"gastrocnemius_medial", "gastrocnemius_lateral", "soleus"}
    assert {each.id for each in shapes if each.id in muscles and each.opacity < 0.5} == glass


def test_length_shifts_the_colour_a_little_and_no_further_than_the_range() -> None:
    def tint(percent: float) -> Shape:
        return shape(CalfState(lengthening=((Structure.SOLEUS, percent),)), "soleus_length")

    assert (tint(3.5).fill, tint(3.5).opacity) == ("muscle_light", 0.18)
    assert (tint(-7).fill, tint(-7).opacity) == ("muscle_shade", 0.36)
    assert tint(50).opacity == 0.36
    assert tint(3.5).moving
    assert ids(CalfState(lengthening=((Structure.SOLEUS, 0.0),))) == ids(CalfState())


def test_zones_are_painted_when_asked_for() -> None:
    for zone in NO_PRESS_ZONES:
        assert shape(CalfState(), zone).fill == shape(CalfState(), zone).stroke == ""
        assert f"{zone}_hatch" not in ids(CalfState())
        assert shape(CalfState(no_press=True), zone).fill == "no_press"
        assert shape(CalfState(no_press=True), f"{zone}_hatch").stroke == "no_press"


def test_labels_point_at_what_is_shown() -> None:
    right, left = (label_anchors(CalfState(leg=leg), PLATE) for leg in (Leg.RIGHT, Leg.LEFT))
    assert [y for _, (_, y) in right] == sorted(y for _, (_, y) in right)
    for (name, (x, y)), mirror in zip(right, left, strict=True):
        assert mirror[0] is name
        assert mirror[1] == pytest.approx((-x, y))
    assert not {name for name, _ in right} & set(NO_PRESS_ZONES)
    bones = {name for name, _ in label_anchors(CalfState(layers=frozenset({Layer.BONES})), PLATE)}
    assert bones == {Structure.FEMUR, Structure.TIBIA, Structure.FIBULA, Structure.CALCANEUS}
    zones = {name for name, _ in label_anchors(CalfState(no_press=True), PLATE)}
    assert zones >= set(NO_PRESS_ZONES)


@pytest.mark.parametrize("theme", PALETTES)
def test_a_file_keeps_the_ids(theme: str) -> None:
    text = svg(picture(CalfState(leg=Leg.LEFT)), PALETTES[theme])
    for structure in Structure:
        assert f'id="{structure}"' in text
    assert 'id="landmark_knee"' in text


@pytest.mark.parametrize(
    ("depth", "layers"),
    [
        (0, {Layer.SKIN}),
        (1, set(Layer)),
        (2, {Layer.SKIN, Layer.SOLEUS, Layer.BONES}),
        (3, {Layer.SKIN, Layer.BONES}),
    ],
)
def test_a_whole_depth_is_a_choice_of_layers(depth: float, layers: set[Layer]) -> None:
    assert picture(CalfState(depth=depth)) == picture(CalfState(layers=frozenset(layers)))


@pytest.mark.parametrize(
    ("depth", "shape_id", "of_whole"),
    [
        (0.25, "surface_crease", 0.75),
        (0.25, "gastrocnemius_medial_fibres", 1),
        (1.5, "gastrocnemius_medial_fibres", 0.5),
        (1.75, "gastrocnemius_lateral", 0.25),
        (1.75, "soleus_fibres", 1),
        (2.25, "soleus_fibres", 0.75),
        (2.25, "achilles_tendon", 0.75),
        (2.25, "tibia", 1),
    ],
)
def test_between_two_depths_the_upper_one_fades(depth: float, shape_id: str, of_whole: float) -> None:
    whole = PLATE.part(shape_id).opacity
    assert shape(CalfState(depth=depth), shape_id).opacity == pytest.approx(whole * of_whole)


def test_the_skin_going_covers_all_but_the_zones() -> None:
    shapes = picture(CalfState(depth=0.25, no_press=True)).shapes
    paths = [each.path for each in shapes]
    outline = PLATE.part("skin_outline").path
    cover = len(paths) - 1 - paths[::-1].index(outline)
    assert shapes[cover].opacity == 0.75
    names = [each.id for each in shapes]
    assert names.index("gastrocnemius_lateral_line") < cover < names.index("popliteal_fossa")


@pytest.mark.parametrize(("depth", "end"), [(-1, 0), (3.5, 3), (float("inf"), 3), (float("-inf"), 0)])
def test_beyond_the_ends_the_end_is_taken(depth: float, end: float) -> None:
    assert picture(CalfState(depth=depth)) == picture(CalfState(depth=end))
    assert label_anchors(CalfState(depth=depth), PLATE) == label_anchors(CalfState(depth=end), PLATE)


@pytest.mark.parametrize(
    ("depth", "has", "lacks"),
    [
        (0.49, {Structure.SKIN}, {Structure.TIBIA, Structure.GASTROCNEMIUS_MEDIAL, Structure.SOLEUS}),
        (0.5, {Structure.SKIN, Structure.TIBIA, Structure.GASTROCNEMIUS_MEDIAL, Structure.SOLEUS}, set()),
        (1.5, {Structure.GASTROCNEMIUS_LATERAL, Structure.SOLEUS}, set()),
        (1.51, {Structure.SOLEUS, Structure.ACHILLES_TENDON}, {Structure.GASTROCNEMIUS_LATERAL}),
        (2.51, {Structure.TIBIA, Structure.SKIN}, {Structure.SOLEUS, Structure.ACHILLES_TENDON}),
    ],
)
def test_labels_name_what_is_at_least_half_visible(
    depth: float, has: set[Structure], lacks: set[Structure]
) -> None:
    named = {name for name, _ in label_anchors(CalfState(depth=depth), PLATE)}
    assert has <= named
    assert not lacks & named


def test_all_layers_are_the_default() -> None:
    assert CalfState().layers == ALL_LAYERS == frozenset(Layer)
