"""What pictures show, in words, for who does not see them."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import NO_PRESS_ZONES, Leg, Structure, Zone
from relief_app.pictures.calf import CalfState
from relief_app.pictures.figure import PoseState
from relief_app.ui.widgets.calf_view import CalfView
from relief_app.ui.widgets.leg_view import LegView
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.progress_dots import ProgressDots
from relief_app.ui.words import leg_name


def pose_text(widget: QWidget) -> str:
    """What the figure does."""
    state = widget.state if isinstance(widget, PoseView) else None
    return "" if state is None else pose_words(state)


def pose_words(state: PoseState) -> str:
    """The pose of `state`, whatever the moment of it."""
    text = _poses(state.zone).get(state.exercise, _tr("Picture: a figure, side view. Cramped: the %1."))
    return text.replace("%1", leg_name(state.leg))


def calf_text(widget: QWidget) -> str:
    """Which side of which calf is seen, and what is lit."""
    return calf_words(widget.state) if isinstance(widget, CalfView) else ""


def calf_words(state: CalfState) -> str:
    """What the plate shows in `state`."""
    parts = [_plate_name(state.view, state.leg)]
    if state.highlight:
        parts.append(_tr("Lit: %1.").replace("%1", ", ".join(_names(state.highlight))))
    if state.zone is not None:
        parts.append(_tr("Rubbed: %1.").replace("%1", _place(state.zone)))
    if state.no_press:
        parts.append(_tr("Marked, never to be pressed: %1.").replace("%1", ", ".join(_names(NO_PRESS_ZONES))))
    return " ".join(parts)


def leg_text(widget: QWidget) -> str:
    """How knee and ankle of the moving leg stand."""
    if not isinstance(widget, LegView):
        return ""
    state = widget.state
    text = _tr("Picture: the %1 from the side, knee bent %2 degrees, ankle %3 degrees toes up.")
    text = text.replace("%1", leg_name(state.leg)).replace("%2", f"{state.knee_deg:.0f}")
    return text.replace("%3", f"{state.dorsiflexion_deg:.0f}")


def dots_text(widget: QWidget) -> str:
    """How much of the session is done."""
    if not isinstance(widget, ProgressDots):
        return ""
    done, count = widget.progress
    return _tr("%1 of %2 steps done").replace("%1", str(done)).replace("%2", str(count))


def sign_text(widget: QWidget) -> str:
    """What a pictogram shows."""
    sign = getattr(widget, "sign", None)
    return _signs().get(sign, "") if sign else ""


def _plate_name(view: str, leg: Leg) -> str:
    text = _tr("Picture: the calf of the %1 from behind.")
    if view == "medial":
        text = _tr("Picture: the calf of the %1 from the inside.")
    return text.replace("%1", leg_name(leg))


def _names(structures: "frozenset[Structure] | tuple[Structure, ...]") -> list[str]:
    names = {
        Structure.GASTROCNEMIUS_MEDIAL: _tr("gastrocnemius, inner head"),
        Structure.GASTROCNEMIUS_LATERAL: _tr("gastrocnemius, outer head"),
        Structure.SOLEUS: _tr("soleus"),
        Structure.PLANTARIS: _tr("plantaris"),
        Structure.ACHILLES_TENDON: _tr("Achilles tendon"),
        Structure.POPLITEAL_FOSSA: _tr("hollow of the knee"),
        Structure.FIBULAR_NECK: _tr("neck of the fibula"),
        Structure.HAMSTRINGS: _tr("hamstrings"),
    }
    return [names[each] for each in Structure if each in structures and each in names]


def _place(zone: Zone | None) -> str:
    if zone is None:
        return _tr("calf belly")
    return {
        Zone.MEDIAL: _tr("inner calf"),
        Zone.LATERAL: _tr("outer calf"),
        Zone.LOWER: _tr("lower calf"),
    }[zone]


def _poses(zone: Zone | None) -> dict[str, str]:
    """The pose of each exercise as it is drawn; %1 is the leg."""
    rubbing = _tr("Picture: sitting on the bed, both legs forward. Both hands rub circles on the %1: %2.")
    return {
        **_lying_and_sitting(),
        **_standing(),
        "circle-massage": rubbing.replace("%2", _place(zone)),
        "stroke-massage": _tr(
            "Picture: sitting on the bed, both legs forward. Both hands stroke up the calf of the %1, "
            "from the ankle toward the knee."
        ),
        "heat-pack": _tr(
            "Picture: sitting on a chair, the heel of the %1 on a low stool, a warm pack round the calf."
        ),
        "ice-pack": _tr(
            "Picture: sitting on a chair, the heel of the %1 on a low stool, a wrapped ice pack round the "
            "calf."
        ),
    }


def _lying_and_sitting() -> dict[str, str]:
    return {
        "active-dorsiflexion": _tr(
            "Picture: lying on the back in bed, the %1 straight, its toes pulled toward the shin."
        ),
        "towel-stretch": _tr(
            "Picture: sitting in bed, the %1 straight; both hands pull a towel that lies round the ball "
            "of the foot."
        ),
        "seated-hamstring": _tr(
            "Picture: sitting on the edge of the bed, the %1 straight with its heel on the floor, "
            "leaning forward from the hips."
        ),
        "ankle-pumps": _tr("Picture: sitting on a chair; the foot of the %1 goes up and down."),
        "rest": _tr("Picture: lying in bed below a loose blanket, the feet relaxed on a pillow; the %1."),
    }


def _standing() -> dict[str, str]:
    return {
        "standing-heel-flat": _tr(
            "Picture: standing with both hands on the back of a chair, the %1 behind, its heel flat on the "
            "floor."
        ),
        "wall-stretch-straight": _tr(
            "Picture: standing with both hands on a wall, the %1 behind with its knee straight and its "
            "heel down, leaning forward."
        ),
        "wall-stretch-bent": _tr(
            "Picture: standing with both hands on a wall, the %1 behind with its knee bent and its heel down."
        ),
        "hamstring-stretch": _tr(
            "Picture: standing, one hand on a table, the heel of the straight %1 on a chair, leaning forward."
        ),
        "easy-walk": _tr("Picture: walking slowly, the heel of the %1 on the floor."),
        "heel-drop": _tr(
            "Picture: standing on a step with both hands on the rail; the heel of the %1 sinks below its "
            "edge."
        ),
        "heel-raise": _tr("Picture: standing with both hands on a wall, risen on the toes; the %1."),
        "get-up": _tr(
            "Picture: standing beside the bed with the lamp on, both hands on the back of a chair; the %1."
        ),
    }


def _signs() -> dict[str, str]:
    """Pictograms of "Something is wrong" and of the questions before a pack."""
    return {
        "chest": _tr("Picture: a fist on a chest that hurts, short breath."),
        "cold-foot": _tr("Picture: a leg pale down to the foot, and a flake of snow."),
        "tense-calf": _tr("Picture: a swollen, tight calf, pain that grows, a foot that feels nothing."),
        "dark-drop": _tr("Picture: a dark drop, and a head that spins."),
        "slumping": _tr("Picture: a runner on their knees, head hanging, breathing fast."),
        "swollen-calf": _tr("Picture: two legs from behind, one thick, red and warm, with hard veins."),
        "torn-calf": _tr("Picture: a calf from behind with a gap in the muscle and a bruise below it."),
        "ten-minutes": _tr("Picture: a clock on which more than ten minutes have gone, and a cramped calf."),
        "wound": _tr("Picture: a cut in the shin with soil in it."),
        "hanging-leg": _tr("Picture: by night a leg hangs over the edge of the bed; the foot hurts."),
        "walking": _tr("Picture: walking legs, pain in the calf, and a seat beside the way."),
        "many-nights": _tr("Picture: a sheet of nights, with cramps in most of them."),
        "clinician": _tr("Picture: somebody in a white coat with a stethoscope."),
        **_pack_signs(),
    }


def _pack_signs() -> dict[str, str]:
    return {
        "pack_skin": _tr("Picture: a calf with a red sore on it."),
        "pack_feeling": _tr("Picture: a fingertip on a calf, and what it should feel."),
        "pack_bare": _tr("Picture: skin, a cloth over it, and the pack above both."),
        "pack_cream": _tr("Picture: a calf, and a tube of cream over it."),
        "pack_sedated": _tr("Picture: a glass, and tablets beside it."),
        "pack_other": _tr("Picture: a clock with two hours marked on it, and a pack."),
        "pack_stuck": _tr("Picture: a hand that takes a pack off a calf."),
        "pack_unheard": _tr("Picture: a loudspeaker that sounds."),
        "pack_injury": _tr("Picture: a swollen calf that was hit."),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("accessible", text)
