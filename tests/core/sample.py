"""A small hand-made catalogue, and routines of it, for the tests of the engine."""

from dataclasses import replace

from relief_app.core.anatomy import TRICEPS_SURAE, Leg, Structure
from relief_app.core.exercise import Exercise, Kind, Position
from relief_app.core.routine import Audience, Hold, Routine, Side, Step, plan
from relief_app.core.session import Session


def exercise(name: str, kind: Kind = Kind.HOLD, targets: tuple[Structure, ...] = TRICEPS_SURAE) -> Exercise:
    return Exercise(
        id=name,
        letter=name[0].upper(),
        name=name.capitalize(),
        kind=kind,
        position=Position.SITTING,
        targets=targets,
        knee_deg=10.0,
        dorsiflexion_deg=5.0,
        dorsiflexion_max_deg=20.0,
        safety=frozenset(),
        cue=f"Do {name}.",
        source="seed",
    )


CATALOGUE = {
    entry.id: entry
    for entry in (
        exercise("pull"),
        exercise("lean"),
        exercise("rub", Kind.MASSAGE),
        exercise("walk", Kind.MOVEMENT),
        exercise("pump", Kind.MOVEMENT),
        exercise("warm", Kind.HEAT),
        exercise("cool", Kind.ICE),
        exercise("lie", Kind.HOLD, ()),
    )
}

PULL = Step("pull", duration_ms=20_000)
LEAN = Step("lean", duration_ms=10_000)
RUB = Step("rub", duration_ms=4_000)
PUMP = Step("pump", count=3, tempo_ms=2_000)
LIE = Step("lie", duration_ms=3_000)


def routine(*steps: Step, side: Side = Side.CHOSEN, name: str = "sample") -> Routine:
    return Routine(name, name.capitalize(), "For tests.", Audience.EVERYONE, side, "seed", steps)


def planned(*steps: Step, side: Side = Side.CHOSEN, leg: Leg = Leg.LEFT) -> tuple[Hold, ...]:
    return plan(routine(*steps, side=side), CATALOGUE, leg)


def session(*steps: Step, side: Side = Side.CHOSEN) -> Session:
    """A session that is not about a cramp."""
    return Session("sample", planned(*steps, side=side))


def cramp(*steps: Step, alarm_after_ms: int | None = 600_000) -> Session:
    """A session about a cramp now."""
    return Session("sample", planned(*steps, side=Side.CRAMPED), cramp=True, alarm_after_ms=alarm_after_ms)


def open_ended(step: Step, rest_ms: int = 0) -> Step:
    return replace(step, open_ended=True, rest_ms=rest_ms)
