import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QExposeEvent, QImage, QRegion, QWindow
from PySide6.QtWidgets import QApplication

from relief_app.core.anatomy import Leg
from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.pictures.figure import PoseState
from relief_app.ui.widgets.countdown_ring import CountdownRing
from relief_app.ui.widgets.pose_view import PoseView
from tests.ui.conftest import MakeStage
from tests.ui.stage import FRAMES_MS, Stage, channels

Key = Qt.Key


def number(stage: Stage) -> str:
    ring = stage.find("countdown_ring")
    assert isinstance(ring, CountdownRing)
    return ring.number


def pose(stage: Stage) -> PoseState:
    view = stage.find("pose_view")
    assert isinstance(view, PoseView)
    assert view.state is not None
    return view.state


# Words and numbers


@pytest.mark.parametrize(
    ("routine", "cue"),
    [
        ("cramp-bed", "Pull your toes toward your shin. Don't point them."),
        ("bedtime", "Knee straight. Pull the towel gently."),
    ],
)
def test_the_cue_is_the_exercises(stage: Stage, routine: str, cue: str) -> None:
    stage.guide(routine)
    assert stage.text("cue_label") == cue


def test_the_number_counts_down_with_the_clock(stage: Stage) -> None:
    stage.guide("cramp-bed")
    shown = [number(stage)]
    for ms in (400, 700, 8_900, 19_000, 500):
        stage.move(ms)
        shown.append(number(stage))
    assert shown == ["30", "30", "29", "20", "1", "1"]


def test_over_a_minute_is_shown_as_a_clock_shows_it(stage: Stage) -> None:
    stage.guide("cramp-bed")
    for _ in range(2):
        stage.press(Key.Key_Plus)
    assert number(stage) == "1:30"
    stage.move(26_000)
    assert number(stage) == "1:04"


def test_counted_movements_are_counted(stage: Stage) -> None:
    stage.guide("micro-break")
    assert stage.told("countdown_ring") == "5 get ready"
    stage.move(5_000)
    assert stage.told("countdown_ring") == "0 of 10"
    stage.move(3_900)
    assert stage.told("countdown_ring") == "1 of 10"
    stage.move(100)
    assert stage.told("countdown_ring") == "2 of 10"


def test_a_stretch_of_a_cramp_lasts_until_it_lets_go_with_rests_between(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.press(Key.Key_Right)
    assert stage.told("countdown_ring") == "5 get ready"
    stage.move(5_000)
    assert stage.told("countdown_ring") == "30 until it lets go"
    assert stage.text("next_label") == "Hold, rest, hold again, until it lets go."
    stage.move(30_000)
    assert stage.told("countdown_ring") == "10 rest"
    stage.move(10_000)
    assert stage.told("countdown_ring") == "30 until it lets go"


def test_paused_is_said(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.move(7_000)
    stage.press(Key.Key_Space)
    stage.move(100_000)
    assert stage.told("countdown_ring") == "8 paused"


def test_what_comes_next_is_said_and_on_which_leg(stage: Stage) -> None:
    stage.guide("bedtime", leg=Leg.LEFT)
    assert stage.text("step_label") == "Step 1 of 12, left leg"
    assert stage.text("next_label") == "Next: Towel stretch, right leg"
    stage.move(5_000 + 10_000)
    assert stage.told("countdown_ring") == "5 change legs"
    assert stage.text("step_label") == "Step 2 of 12, right leg"
    for _ in range(10):
        stage.press(Key.Key_Right)
    assert stage.text("next_label") == "The last one."


def test_an_ending_not_a_stop(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.move(65_000)
    stage.press(Key.Key_Space)
    stage.move(300_000)
    assert stage.text("cue_label") == "It let go after 1 min 5 s."
    assert number(stage) == "✓"
    stage.guide("bedtime")
    stage.move(600_000)
    assert stage.text("cue_label") == "All done."


def test_what_does_not_work_is_said_until_the_next_step(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.window.say("No sound device was found.")
    assert stage.text("next_label") == "No sound device was found."
    stage.move(2_000)
    assert stage.text("next_label") == "No sound device was found."
    stage.press(Key.Key_Right)
    assert stage.text("next_label") != "No sound device was found."


# Pictures


def test_in_a_cramp_there_is_no_inset_and_elsewhere_there_is(stage: Stage) -> None:
    stage.guide("cramp-bed")
    assert not stage.sees("calf_view")
    assert stage.page.findChild(type(stage.page), "calf_view") is None
    stage.guide("bedtime")
    assert stage.sees("calf_view")
    assert stage.sees("length_bars")
    stage.guide("cramp-bed")
    assert not stage.sees("calf_view")


def test_the_bars_tell_how_long_the_muscles_are(stage: Stage) -> None:
    stage.guide("micro-break")
    stage.press(Key.Key_Right)
    stage.move(5_000)
    before = stage.told("length_bars")
    stage.move(9_000)
    assert "Soleus" in stage.told("length_bars")
    assert stage.told("length_bars") != before


def ink(image: QImage) -> bytes:
    return channels(image).tobytes()


def test_the_picture_changes_from_phase_to_phase(stage: Stage) -> None:
    stage.guide("bedtime")
    getting_ready = ink(stage.picture("pose_view"))
    stage.move(5_000 + 2_500)
    held = ink(stage.picture("pose_view"))
    stage.move(2_500)
    breathing = ink(stage.picture("pose_view"))
    for _ in range(6):
        stage.press(Key.Key_Right)
    stage.move(8_000)
    other = ink(stage.picture("pose_view"))
    assert len({getting_ready, held, breathing, other}) == 4


def test_one_moment_is_one_picture(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.move(8_000)
    assert ink(stage.picture("pose_view")) == ink(stage.picture("pose_view"))


def test_the_other_leg_is_the_same_picture_mirrored(make_stage: MakeStage) -> None:
    pictures = []
    for leg in (Leg.LEFT, Leg.RIGHT):
        stage = make_stage().guide("cramp-bed", leg=leg)
        stage.resize(480, 640)
        stage.move(4_000)
        pictures.append(stage.picture("pose_view"))
    left, right = pictures
    assert ink(left) != ink(right)
    assert_close(left.flipped(Qt.Orientation.Horizontal), right)


def assert_close(one: QImage, other: QImage) -> None:
    """Allow a smoothed edge to fall half a pixel aside."""
    assert one.size() == other.size()
    differing = sum(
        abs((one.pixel(x, y) >> 8 & 255) - (other.pixel(x, y) >> 8 & 255)) > 96
        for y in range(0, one.height(), 2)
        for x in range(0, one.width(), 2)
    )
    assert differing <= one.width() * one.height() // 4 * 0.01


def test_a_corrected_leg_turns_the_picture(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.move(4_000)
    stage.press(Key.Key_L)
    stage.move(1_000)
    assert pose(stage).leg is Leg.LEFT


# Motion, and when there is none


def test_frames_run_only_while_something_moves_and_is_seen(stage: Stage) -> None:
    stage.guide("bedtime")
    assert stage.frames_run()
    stage.press(Key.Key_Space)
    assert not stage.frames_run()
    stage.press(Key.Key_Space)
    assert stage.frames_run()
    stage.window.hide()
    assert not stage.frames_run()
    stage.window.show()
    assert stage.frames_run()
    stage.press(Key.Key_Question, shift=True)
    assert not stage.frames_run()
    stage.press(Key.Key_Escape)
    assert stage.frames_run()
    stage.move(600_000)
    assert stage.state() is State.FINISHED
    assert not stage.frames_run()


def test_no_frames_run_while_the_window_is_minimised(stage: Stage) -> None:
    stage.guide("bedtime")
    assert stage.frames_run()
    stage.window.showMinimized()
    QApplication.processEvents()
    assert stage.window.isMinimized()
    assert not stage.frames_run()
    stage.steer(Steer.NEXT)
    assert not stage.frames_run()
    stage.window.showNormal()
    QApplication.processEvents()
    assert stage.frames_run()


def test_no_frames_run_where_nobody_can_see_the_window(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.guide("bedtime")
    for exposed in (False, True):  # another workspace, and back: the window stays shown and not minimised
        monkeypatch.setattr(QWindow, "isExposed", lambda _, told=exposed: told)
        QApplication.sendEvent(stage.window.windowHandle(), QExposeEvent(QRegion()))
        assert stage.frames_run() == exposed


def test_a_change_of_position_is_fluid_a_stretch_slower_and_a_breath_slowest(stage: Stage) -> None:
    stage.guide("cramp-bed")
    rates = []
    for ms in (100, 3_000):
        stage.move(ms)
        rates.append(frame_interval(stage))
    stage.steer(Steer.NEXT)
    rates.append(frame_interval(stage))
    stage.move(4_000)
    rates.append(frame_interval(stage))
    assert rates == [66, 200, 40, 200]


def frame_interval(stage: Stage) -> int:
    (timer,) = (timer for timer in stage.timers(*FRAMES_MS) if timer.isActive())
    return timer.interval()


def test_no_frames_run_in_an_alarm_or_after_leaving(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.move(600_000)
    assert stage.state() is State.ALARM
    assert not stage.frames_run()
    stage.guide("cramp-bed")
    stage.press(Key.Key_Escape)
    assert not stage.frames_run()


def test_events_that_nobody_sees_start_no_frames(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.window.hide()
    stage.steer(Steer.NEXT)
    assert not stage.frames_run()


def test_with_reduced_motion_key_poses_are_shown_and_only_the_number_moves(make_stage: MakeStage) -> None:
    stage = make_stage(reduced_motion=True).guide("bedtime")
    assert pose(stage).phase == 0.0
    stage.move(5_000)
    first = ink(stage.picture("pose_view"))
    assert (pose(stage).phase, pose(stage).breath) == (1.0, 0.0)
    stage.move(1_200)
    assert ink(stage.picture("pose_view")) == first
    assert number(stage) == "9"
    assert [timer.interval() for timer in stage.timers(*FRAMES_MS) if timer.isActive()] == [500]


def test_with_motion_the_figure_goes_into_its_pose_and_breathes(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.move(5_100)
    early = pose(stage).phase
    stage.move(1_000)
    middle = pose(stage).phase
    stage.move(2_000)
    assert 0 < early < middle < pose(stage).phase == 1.0
    assert pose(stage).breath > 0
