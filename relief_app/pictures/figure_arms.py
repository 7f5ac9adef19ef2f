"""The arms of the figure: sleeve, forearm and hand, bent into the posture.

A far arm is drawn behind the body, a near one over it; each is filled twice like the legs.
"""

from collections.abc import Iterable

from relief_app.core.skeleton import ELBOW, WRIST, Posture
from relief_app.pictures.figure_body import FINE, LINE, Flatten, Skin, band, strip, wider
from relief_app.pictures.figure_hands import HANDS, Hand
from relief_app.pictures.figure_outline import ARM_ROWS
from relief_app.pictures.figure_skin import ArmSkin
from relief_app.pictures.shapes import Path, Point, Shape, joined, smooth

WRIST_HEIGHT = -WRIST[1]


def arm_shapes(posture: Posture, flat: Flatten, *, far: bool = False) -> list[Shape]:
    """One arm with its hand and sleeve."""
    arm = ArmSkin(posture, far=far)

    def skin(x: float, h: float) -> Point:
        return flat(arm(x + ELBOW[0], h))

    side, tone = ("far", "skin_far") if far else ("near", "skin")
    path = band(ARM_ROWS, skin, 0.0, 1.0)
    hand = HANDS[posture.far_hand if far else posture.near_hand]
    palm = smooth(_on_hand(hand.palm, skin))
    return [
        Shape(f"arm_{side}_line", path, stroke="ink", width=LINE, moving=True),
        Shape(f"hand_{side}_line", palm, stroke="ink", width=LINE, moving=True),
        Shape(f"arm_{side}", path, tone, moving=True),
        Shape(f"hand_{side}", palm, tone, moving=True),
        *_arm_shade(skin, far=far),
        *_fingers(hand, skin, side, tone),
        *_sleeve(skin, far=far),
    ]


def _on_hand(points: Iterable[Point], skin: Skin) -> list[Point]:
    return [skin(x, WRIST_HEIGHT - d) for x, d in points]


def _fingers(hand: Hand, skin: Skin, side: str, tone: str) -> list[Shape]:
    """The lines between the fingers, all in one path, and the thumb over them."""
    lines: Path = ()
    for line in hand.lines:
        lines += smooth(_on_hand(line, skin), closed=False)
    shapes = [Shape(f"finger_lines_{side}", lines, stroke="ink", width=FINE * 0.7, opacity=0.7, moving=True)]
    if hand.thumb:
        thumb = smooth(_on_hand(hand.thumb, skin), closed=False)
        shapes.append(Shape(f"thumb_{side}", thumb, tone, "ink", FINE * 0.9, moving=True))
    return shapes


def _arm_shade(skin: Skin, *, far: bool) -> list[Shape]:
    if far:
        return []
    shade = band(ARM_ROWS[5:], skin, 0.0, 0.26)
    return [Shape("arm_shade", shade, "skin_soft", moving=True)]


def _sleeve(skin: Skin, *, far: bool) -> list[Shape]:
    side, cloth = ("far", "cloth_far") if far else ("near", "cloth")
    rows = (*wider(ARM_ROWS[1:5], 0.008, 0.008), (0.722, -0.047, 0.041), (0.700, -0.050, 0.044))
    back, front = strip(rows, skin, 0.0, 1.0)
    path = joined([*back[::-1], skin(-0.004, 0.853), *front])
    shapes = [Shape(f"sleeve_{side}", path, cloth, "ink", FINE, moving=True)]
    if not far:
        _, inner = strip(rows[2:], skin, 0.0, 0.27)
        shade = joined(back[::-1], [back[0], *inner])
        shapes.append(Shape("sleeve_shade", shade, "cloth_shade", moving=True))
    return shapes
