"""The Anatomy page, driven as a person drives it."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTranslator
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QWidget

from relief_app.core.anatomy import TRICEPS_SURAE, Leg, Structure
from relief_app.core.preferences import SkinTone
from relief_app.ui.pages.anatomy import AnatomyPage
from relief_app.ui.widgets.anatomy_plate import AnatomyPlate
from relief_app.ui.widgets.hero_calf import HeroCalf
from relief_app.ui.widgets.leg_view import LegView
from relief_app.ui.widgets.themed import SMALLEST_TARGET
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels, targets
from tests.ui.test_layout import assert_tidy, assert_words_fit, text_size

__all__ = ["text_size"]  # a fixture, which pytest finds by its name here

SIZES = ((320, 420), (480, 640), (900, 620), (1280, 800), (1920, 1080))


@pytest.fixture
def anatomy(stage: Stage) -> Stage:
    """The page, opened from Home by its key, where both columns have room."""
    stage.home().resize(1280, 800)
    stage.press(Qt.Key.Key_A)
    return stage


def page(stage: Stage) -> AnatomyPage:
    found = stage.page
    assert isinstance(found, AnatomyPage)
    return found


def plate(stage: Stage) -> AnatomyPlate:
    found = stage.find("anatomy_plate")
    assert isinstance(found, AnatomyPlate)
    return found


def slide(stage: Stage, name: str, value: int) -> None:
    slider = stage.find(name)
    assert isinstance(slider, QAbstractSlider)
    slider.setValue(value)
    QApplication.processEvents()


def on(stage: Stage, structure: Structure) -> QPointF:
    """Where the leader line of `structure` ends, in the plate's pixels."""
    (label,) = [label for label in plate(stage).labels if label.structure is structure]
    return QPointF(*label.line[-1])


def move_to(widget: QWidget, place: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    held = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QMouseEvent.Type.MouseMove, place, widget.mapToGlobal(place), none, none, held)
    QApplication.sendEvent(widget, event)
    QApplication.processEvents()


def press_at(widget: QWidget, place: QPointF) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place.toPoint())
    QApplication.processEvents()


# Choosing


def test_pointing_names_a_structure_and_leaving_lets_go_of_it(anatomy: Stage) -> None:
    place = on(anatomy, Structure.GASTROCNEMIUS_MEDIAL)
    move_to(plate(anatomy), place)
    assert anatomy.text("structure_name_label") == "Gastrocnemius, inner head"
    assert "ankle" in anatomy.text("structure_action_label")
    assert "condyle" in anatomy.text("structure_place_label")
    move_to(plate(anatomy), QPointF(2, 2))
    assert anatomy.text("structure_name_label") == "Point at a structure"


def test_a_press_chooses_and_outlines_it(anatomy: Stage) -> None:
    before = anatomy.picture("anatomy_plate")
    press_at(plate(anatomy), on(anatomy, Structure.GASTROCNEMIUS_LATERAL))
    move_to(plate(anatomy), QPointF(2, 2))
    assert anatomy.text("structure_name_label") == "Gastrocnemius, outer head"
    after = channels(anatomy.picture("anatomy_plate"))
    assert (channels(before) != after).any(axis=2).sum() > 1_000, "no outline is drawn"


def test_a_name_can_be_pressed_instead_of_its_structure(anatomy: Stage) -> None:
    (label,) = [label for label in plate(anatomy).labels if label.structure is Structure.PLANTARIS]
    left, top, width, height = label.box
    press_at(plate(anatomy), QPointF(left + width / 2, top + height / 2))
    assert anatomy.text("structure_name_label") == "Plantaris"


def test_arrows_walk_through_every_structure_in_sight_and_come_round(anatomy: Stage) -> None:
    seen = []
    for _ in range(len(plate(anatomy).labels)):
        anatomy.press(Qt.Key.Key_Down)
        seen.append(anatomy.text("structure_name_label"))
    assert len(set(seen)) == len(seen) >= 7
    anatomy.press(Qt.Key.Key_Down)
    assert anatomy.text("structure_name_label") == seen[0]
    anatomy.press(Qt.Key.Key_Up)
    assert anatomy.text("structure_name_label") == seen[-1]


def test_a_screen_reader_hears_what_is_shown_and_chosen(anatomy: Stage) -> None:
    assert anatomy.told("anatomy_plate") == "The calf from behind, right leg"
    page(anatomy).select(Structure.SOLEUS)
    assert plate(anatomy).accessibleDescription().startswith("Soleus. Crosses the ankle only.")
    assert anatomy.find("knee_slider").accessibleName() == "Knee, degrees bent"


# Layers, sides, zones


def test_the_layer_slider_takes_the_gastrocnemius_off(anatomy: Stage) -> None:
    named = {label.structure for label in plate(anatomy).labels}
    assert Structure.GASTROCNEMIUS_MEDIAL in named
    slide(anatomy, "layer_slider", 200)
    named = {label.structure for label in plate(anatomy).labels}
    assert Structure.SOLEUS in named
    assert Structure.GASTROCNEMIUS_MEDIAL not in named
    assert anatomy.text("layer_label") == "Layer: Soleus"
    slide(anatomy, "layer_slider", 300)
    assert Structure.TIBIA in {label.structure for label in plate(anatomy).labels}
    assert Structure.SOLEUS not in {label.structure for label in plate(anatomy).labels}


def test_the_layers_fade_into_one_another(anatomy: Stage) -> None:
    pictures = []
    for depth in (100, 150, 200):
        slide(anatomy, "layer_slider", depth)
        pictures.append(channels(anatomy.picture("anatomy_plate")).astype(int))
    middle = plate(anatomy).width() // 2
    whole, half, gone = (
        picture[200:500, middle - 40 : middle + 40].mean(axis=(0, 1)) for picture in pictures
    )
    assert ((half > gone.clip(max=whole) - 1) & (half < gone.clip(min=whole) + 1)).all()


def test_v_shows_the_calf_from_the_inside(anatomy: Stage) -> None:
    anatomy.press(Qt.Key.Key_V)
    assert page(anatomy).calf.view == "medial"
    assert anatomy.button("view_medial_button").isChecked()
    assert not anatomy.button("view_posterior_button").isChecked()
    anatomy.click("view_posterior_button")
    assert page(anatomy).calf.view == "posterior"


def test_the_leg_is_the_one_chosen_everywhere_and_the_picture_is_its_mirror(anatomy: Stage) -> None:
    right = on(anatomy, Structure.GASTROCNEMIUS_MEDIAL)
    anatomy.click("leg_left_button")
    assert anatomy.leg is Leg.LEFT
    assert page(anatomy).angles.leg is Leg.LEFT
    left = on(anatomy, Structure.GASTROCNEMIUS_MEDIAL)
    assert left.x() > plate(anatomy).width() / 2 > right.x()
    move_to(plate(anatomy), left)
    assert anatomy.text("structure_name_label") == "Gastrocnemius, inner head"


def test_zones_that_are_never_pressed_are_shown_with_the_reason(anatomy: Stage) -> None:
    anatomy.press(Qt.Key.Key_P)
    assert {Structure.POPLITEAL_FOSSA, Structure.FIBULAR_NECK} <= {
        label.structure for label in plate(anatomy).labels
    }
    assert "nerve" in anatomy.text("structure_action_label")
    move_to(plate(anatomy), on(anatomy, Structure.POPLITEAL_FOSSA))
    assert anatomy.text("structure_action_label").endswith("Never press here, and keep packs away.")
    anatomy.press(Qt.Key.Key_P)
    assert not page(anatomy).calf.no_press


# Moving


@pytest.mark.parametrize(
    ("knee", "ankle", "told"),
    [
        (0, 20, "inner head +4.3, outer head +4.3, soleus +3.9"),
        (45, 20, "inner head +1.5, outer head +2.0, soleus +3.9"),
        (0, -30, "inner head -6.4, outer head -6.4, soleus -5.8"),
        (0, 0, "inner head 0, outer head 0, soleus 0"),
    ],
)
def test_knee_and_ankle_move_leg_bars_and_numbers(anatomy: Stage, knee: int, ankle: int, told: str) -> None:
    """The changes of length are those of clinical content, section 2."""
    slide(anatomy, "knee_slider", knee)
    slide(anatomy, "ankle_slider", ankle)
    leg = anatomy.find("leg_view")
    assert isinstance(leg, LegView)
    assert (leg.state.knee_deg, leg.state.dorsiflexion_deg) == (knee, ankle)
    assert told in anatomy.text("lengths_label")
    assert f"Knee {knee}°" == anatomy.text("knee_label")


def test_an_angle_out_of_reach_is_the_nearest_one(anatomy: Stage) -> None:
    slide(anatomy, "knee_slider", 500)
    slide(anatomy, "ankle_slider", -500)
    assert (page(anatomy).angles.knee_deg, page(anatomy).angles.dorsiflexion_deg) == (90, -30)


def test_a_slider_follows_the_keyboard_and_the_finger(anatomy: Stage) -> None:
    slider = anatomy.find("knee_slider")
    assert isinstance(slider, QAbstractSlider)
    slider.setFocus()
    anatomy.press(Qt.Key.Key_PageUp, to="knee_slider")
    assert page(anatomy).angles.knee_deg == 15
    press_at(slider, QPointF(slider.width() - 4, slider.height() / 2))
    assert page(anatomy).angles.knee_deg == 90


class Repaints(QObject):
    """Counts the paint events of what it watches."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.count = dict.fromkeys((widget.objectName() for widget in watched), 0)
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count, and let it pass."""
        if event.type() is QEvent.Type.Paint:
            self.count[watched.objectName()] += 1
        return False


def test_one_move_of_a_slider_paints_what_it_moves_once(anatomy: Stage) -> None:
    QApplication.processEvents()
    repaints = Repaints(*(anatomy.find(name) for name in ("leg_view", "length_bars", "anatomy_plate")))
    slide(anatomy, "knee_slider", 45)
    assert repaints.count == {"leg_view": 1, "length_bars": 1, "anatomy_plate": 0}
    slide(anatomy, "layer_slider", 250)
    assert repaints.count == {"leg_view": 1, "length_bars": 1, "anatomy_plate": 1}
    for _ in range(3):
        QApplication.processEvents()
    assert sum(repaints.count.values()) == 3


def test_nothing_runs_while_nothing_is_touched(anatomy: Stage) -> None:
    assert not any(timer.isActive() for timer in anatomy.timers(*range(1, 2_000)))


# Ways in and out


def test_esc_goes_home_and_d_starts_the_demonstration(anatomy: Stage) -> None:
    anatomy.press(Qt.Key.Key_Escape)
    assert anatomy.window.page_name == "home_page"
    anatomy.press(Qt.Key.Key_A)
    anatomy.press(Qt.Key.Key_D)
    assert anatomy.window.page_name == "guide_page"
    assert anatomy.view().hold.exercise.id == "wall-stretch-straight"
    assert anatomy.view().hold.dorsiflexion_deg == 20


def test_a_press_on_the_calf_of_home_opens_what_was_pressed(stage: Stage) -> None:
    stage.home().resize(1280, 800)
    calf = stage.find("calf_view")
    press_at(calf, QPointF(calf.width() * 0.42, calf.height() * 0.4))
    assert stage.window.page_name == "anatomy_page"
    assert stage.text("structure_name_label").startswith("Gastrocnemius")


def test_the_calf_of_home_names_what_is_pointed_at(stage: Stage) -> None:
    stage.home().resize(1280, 800)
    calf = stage.find("calf_view")
    assert isinstance(calf, HeroCalf)
    bare = channels(stage.picture("calf_view"))
    move_to(calf, QPointF(calf.width() * 0.42, calf.height() * 0.4))
    assert str(calf.pointed).startswith("gastrocnemius")
    assert (channels(stage.picture("calf_view")) != bare).any(), "the name is not painted"
    QApplication.sendEvent(calf, QEvent(QEvent.Type.Leave))
    assert calf.pointed is None
    assert (channels(stage.picture("calf_view")) == bare).all()


def test_the_tone_of_skin_goes_round_and_every_figure_wears_it(anatomy: Stage) -> None:
    before = channels(anatomy.picture("leg_view"))
    anatomy.click("skin_tone_button")
    chosen = anatomy.skin_tone
    assert chosen is SkinTone.TONE_4
    assert anatomy.button("skin_tone_button").accessibleDescription() == "4 of 6"
    assert (channels(anatomy.picture("leg_view")) != before).any()
    for _ in range(len(SkinTone) - 1):
        anatomy.press(Qt.Key.Key_T)
    assert anatomy.skin_tone == "tone-3"


def test_n_is_night_and_night_is_pure_red(anatomy: Stage) -> None:
    anatomy.press(Qt.Key.Key_N)
    page(anatomy).select(Structure.SOLEUS)
    pixels = channels(anatomy.picture())
    assert pixels[..., 2].max() > 0
    assert pixels[..., :2].max() == 0


# Room


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moving", [False, True])
def test_targets_are_large_and_apart_at_every_size(
    anatomy: Stage, size: tuple[int, int], moving: bool
) -> None:
    anatomy.resize(*size)
    if moving and anatomy.find("move_button").isVisible():
        anatomy.click("move_button")
    parts = [*targets(anatomy.page)]
    sliders = [part for part in anatomy.page.findChildren(QAbstractSlider) if part.isVisible()]
    boxes = [part.geometry() for part in (*parts, *sliders)]
    assert len(sliders) >= (2 if moving else 1)
    for box in boxes:
        assert anatomy.page.rect().contains(box)
        assert min(box.width(), box.height()) >= SMALLEST_TARGET
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


class Longer(QTranslator):
    """Every text 60 % longer, as some languages are."""

    def translate(self, context: str, text: str, *_: object) -> str:
        return text + " " + "wider " * max(round(len(text) * 0.6 / 6), 1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["posterior", "medial"])
def test_labels_never_overlap_or_leave_the_plate_in_a_long_language(
    make_stage: MakeStage, size: tuple[int, int], view: str
) -> None:
    translator = Longer()
    QCoreApplication.installTranslator(translator)
    try:
        stage = make_stage().home()
        stage.resize(*size)
        stage.press(Qt.Key.Key_A)
        if view == "medial":
            stage.press(Qt.Key.Key_V)
        boxes = [label.box for label in plate(stage).labels]
        inside = plate(stage).rect()
    finally:
        QCoreApplication.removeTranslator(translator)
    assert boxes, "no label found room"
    for left, top, width, height in boxes:
        assert left >= 0
        assert top >= 0
        assert left + width <= inside.width()
        assert top + height <= inside.height()
    for number, (left, top, width, height) in enumerate(boxes):
        for x, y, w, h in boxes[number + 1 :]:
            assert left + width <= x or x + w <= left or top + height <= y or y + h <= top


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", [*SIZES, (3840, 2160)])
def test_the_page_is_tidy_and_its_words_fit(make_stage: MakeStage, size: tuple[int, int]) -> None:
    stage = make_stage().home()
    stage.resize(*size)
    stage.press(Qt.Key.Key_A)
    for structure in Structure:
        page(stage).select(structure)
        assert_words_fit(stage.page)
    assert_tidy(stage.page)
    if stage.find("move_button").isVisible():
        stage.click("move_button")
        slide(stage, "ankle_slider", -30)
        assert_tidy(stage.page)
        assert_words_fit(stage.page)


@pytest.mark.parametrize("size", SIZES[1:])
def test_every_muscle_is_named_at_usual_sizes(anatomy: Stage, size: tuple[int, int]) -> None:
    anatomy.resize(*size)
    assert {
        Structure.GASTROCNEMIUS_MEDIAL,
        Structure.GASTROCNEMIUS_LATERAL,
        Structure.SOLEUS,
        Structure.ACHILLES_TENDON,
    } <= {label.structure for label in plate(anatomy).labels}


def test_every_muscle_is_named_in_a_small_window_with_large_text(anatomy: Stage) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    usual = app.font()
    large = QFont(usual)
    large.setPointSizeF(20)
    app.setFont(large)
    try:
        anatomy.resize(480, 640)
        named = [label.structure for label in plate(anatomy).labels]
    finally:
        app.setFont(usual)
    assert set(TRICEPS_SURAE) <= set(named)
