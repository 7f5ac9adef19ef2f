"""Answers what comes over the local socket: one request in, one answer out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from relief_app.commands.wording import not_offered_line, plain, refusal_line
from relief_app.core.anatomy import Leg
from relief_app.core.exposure import NotNowError
from relief_app.core.refusal import RoutineRefused
from relief_app.core.safety import NotOffered
from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.steering import EXTEND_MS, Steer
from relief_app.desktop.pack_questions import BadChoice, UnknownQuestion
from relief_app.desktop.status import PackStatus, status
from relief_app.storage.assets import AssetMissing
from relief_app.storage.catalogue import UnknownRoutine

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.desktop.before_session import BeforeSession
    from relief_app.desktop.morning import Morning
    from relief_app.desktop.pack_care import PackCare

FAILED, REFUSED = 1, 4
LONGEST_EXTENSION_S = 3_600
HIGHEST_RATE = 60
PACK_OFF_FIRST = "pack off first; when it is off: relief-app acknowledge"

Request = Mapping[str, Any]
Answer = Mapping[str, Any]


class BadRequest(Exception):  # noqa: N818 - the other side's mistake, answered in one line
    """A request that asks for nothing we know."""


class Remote:
    """Does what a request asks, in the running app."""

    def __init__(self, relief: "Relief") -> None:
        self._relief = relief

    def handle(self, request: Request) -> Answer:
        """The answer: `{"ok": true}`, a status, or `error` (one line) with its exit status."""
        try:
            return self._act(request)
        except IllegalCommandError as refused:
            return _error(f"{refused.command}: not possible while the session is {refused.state}", FAILED)
        except NotOffered as problem:
            return _error(not_offered_line(problem), REFUSED)
        except UnknownRoutine as unknown:
            known = ", ".join(self._relief.host.routines.routine_ids())
            return _error(f"no routine {unknown.routine!r}; there are: {known}", FAILED)
        except RoutineRefused as refused:
            return _error(refusal_line(str(request.get("routine")), refused.refusal), FAILED)
        except (BadRequest, AssetMissing) as bad:
            return _error(str(bad), FAILED)

    def _act(self, request: Request) -> Answer:
        command = str(request.get("command"))
        other: dict[str, Callable[[Request], Answer]] = {
            "status": lambda _: self._status(),
            "watch": lambda _: {"ok": True},
            "raise": lambda _: self._raise(),
            "wrong": lambda _: self._wrong(),
            "reported": self._reported,
            "now": self._now,
            "bedside": lambda _: self._bedside(),
            "settings": lambda _: self._settings(),
            "start": self._start,
            "answer": self._answer,
            "acknowledge": lambda _: self._acknowledge(),
        }
        if command in other:
            return other[command](request)
        try:
            steer = Steer(command)
        except ValueError:
            raise BadRequest(f"unknown command {command!r}") from None
        return self._steer(steer, request)

    def _status(self) -> Answer:
        host, driver, packs = self._relief.host, self._relief.driver, self._relief.packs
        before, morning = host.before, self._morning
        return status(
            driver.view(),
            kept=host.kept is not None,
            leg=host.leg if driver.session is not None else self._relief.leg,
            theme=self._relief.window.theme_name,
            rate=driver.rate,
            bedside=self._relief.window.bedside.is_on,
            packs=PackStatus(
                packs.question or before.question or (morning.question if morning else None),
                packs.exposure,
                packs.waiting_routine or before.waiting_routine,
                self._relief.clock.boot_ms(),
            ),
        )

    def _raise(self) -> Answer:
        self._relief.window.raise_up()
        return {"ok": True}

    def _wrong(self) -> Answer:
        self._relief.window.show_wrong()
        return self._raise()

    def _reported(self, request: Request) -> Answer:
        """A sign was reported from outside: what it forbids stops, and the window says what to do."""
        sign = str(request.get("sign"))
        if sign not in self._relief.safety.profile().facts:
            raise BadRequest(f"sign {sign!r}: it is not reported")
        self._relief.window.show_wrong(sign, now=True)
        return self._raise()

    def _now(self, request: Request) -> Answer:
        position = request.get("position") or "bed"
        if position not in ("bed", "standing"):
            raise BadRequest(f"position {position!r}: expected bed or standing")
        self._relief.begin(f"cramp-{position}", _leg(request), urgent=True)
        return {"ok": True}

    def _bedside(self) -> Answer:
        if self._relief.packs.is_on:
            return _error(f"bedside: {PACK_OFF_FIRST}", REFUSED)
        if not self._relief.window.bedside.enter():
            raise BadRequest("bedside: a session is running; it comes first")
        return self._raise()

    def _settings(self) -> Answer:
        """The command line wrote settings: they count from now on."""
        self._relief.take_up_settings()
        return {"ok": True}

    def _start(self, request: Request) -> Answer:
        rate = request.get("rate", 1)
        if type(rate) is not int or not 1 <= rate <= HIGHEST_RATE:
            raise BadRequest(f"rate {rate!r}: expected 1 to {HIGHEST_RATE}")
        was_on = self._relief.packs.is_on
        began = self._relief.begin(str(request.get("routine")), _leg(request), rate=rate)
        return _error(f"start: {PACK_OFF_FIRST}", REFUSED) if was_on and not began else {"ok": True}

    def _answer(self, request: Request) -> Answer:
        question, choice = str(request.get("question")), str(request.get("value"))
        try:
            self._who_asks(question).answer(question, choice)
        except UnknownQuestion as unknown:
            asked = "nothing is asked" if unknown.asked is None else f"asked is {plain(unknown.asked)}"
            raise BadRequest(f"answer: {plain(question)!r} is not asked now; {asked}") from None
        except BadChoice as bad:
            known = ", ".join(bad.question.choices)
            raise BadRequest(f"answer {plain(question)}: {plain(choice)!r} is not one of {known}") from None
        refused = self._relief.packs.take_refusal()
        return {"ok": True} if refused is None else _error(not_offered_line(refused), REFUSED)

    def _who_asks(self, question: str) -> "BeforeSession | Morning | PackCare":
        """Whoever asks `question` now; the packs where nobody does, who say so."""
        for asks in (self._relief.host.before, self._morning):
            if asks is not None and asks.question is not None and asks.question.id == question:
                return asks
        return self._relief.packs

    @property
    def _morning(self) -> "Morning | None":
        services = self._relief.services
        return None if services is None else services.mornings.asks

    def _acknowledge(self) -> Answer:
        try:
            self._relief.packs.acknowledge()
        except NotNowError:
            raise BadRequest("acknowledge: no pack is on") from None
        return {"ok": True}

    def _steer(self, command: Steer, request: Request) -> Answer:
        driver = self._relief.driver
        for asks in (self._relief.packs, self._relief.host.before):
            if command is Steer.STOP and asks.waiting_routine is not None:
                asks.withdraw()
                return {"ok": True}
        if driver.session is None:
            raise BadRequest(f"{command}: no session is running")
        if command is Steer.RESUME and driver.session.state is State.ALARM:
            return _error("resume: this cramp has lasted ten minutes; get medical help urgently", REFUSED)
        if not driver.steer(command, by_ms=_by_ms(request), leg=_leg(request)):
            return _error(f"{command}: {PACK_OFF_FIRST}", REFUSED)
        return {"ok": True}


def _leg(request: Request) -> Leg | None:
    leg = request.get("leg")
    if leg in (None, "both"):
        return None
    try:
        return Leg(str(leg))
    except ValueError:
        raise BadRequest(f"leg {leg!r}: expected left or right") from None


def _by_ms(request: Request) -> int:
    seconds = request.get("seconds")
    if seconds is None:
        return EXTEND_MS
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not abs(seconds) <= LONGEST_EXTENSION_S
    ):
        raise BadRequest(
            f"seconds {seconds!r}: expected a number from -{LONGEST_EXTENSION_S} to {LONGEST_EXTENSION_S}"
        )
    return round(seconds * 1000)


def _error(line: str, exit_status: int) -> Answer:
    return {"error": line, "exit": exit_status}
