"""The two pictures before a cool-down: a calf that cramps now, and easy walking."""

from relief_app.core.anatomy import Leg
from relief_app.core.posture import posture
from relief_app.core.skeleton import on_shank
from relief_app.pictures.cues_of_motion import ROLE
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.shapes import Picture, Shape
from relief_app.pictures.sign_parts import bolt

CRAMPED, WALKING = "standing-heel-flat", "easy-walk"
_SIZE = 0.0044
"""Statures in one unit of a pictogram, whose mark of pain is used."""
_LINE = 0.0035
_PAIN = ((-0.062, 0.232, -55.0), (-0.066, 0.190, -95.0), (-0.056, 0.150, -130.0))
"""Where the marks point to on the standing shank (forward, height), and how they are turned."""


def cramping_picture(leg: Leg) -> Picture:
    """Somebody who holds on, the heel off the ground, and pain in the calf of `leg`; no arrow yet."""
    picture = pose_picture(PoseState(CRAMPED, phase=0.0, leg=leg))
    body = posture(CRAMPED, 0.0)
    marks = [_mark(number, on_shank(body, (x, -h)), turn) for number, (x, h, turn) in enumerate(_PAIN, 1)]
    shapes = [shape for shape in picture.shapes if not shape.id.startswith(ROLE)]
    return picture._replace(shapes=(*shapes, *marks))


def cool_down_picture(leg: Leg) -> Picture:
    """Somebody who walks easily."""
    return pose_picture(PoseState(WALKING, phase=0.0, leg=leg))


def _mark(number: int, at: tuple[float, float], turn: float) -> Shape:
    return bolt(f"pain_{number}", at, _SIZE, turn=turn)._replace(width=_LINE)
