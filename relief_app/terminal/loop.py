"""The loop of the guide: time and actions go into a session, its events to a face. No clock of its own."""

from collections.abc import Callable, Mapping, Sequence

from relief_app.core.anatomy import Leg
from relief_app.core.events import AlarmRaised, Event
from relief_app.core.exercise import Exercise
from relief_app.core.gates import Verdict
from relief_app.core.routine import Routine
from relief_app.core.safety import offer_problem, performed
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.sleeping import SHORTEST_SLEEP_MS, sleep_through
from relief_app.core.steering import Steer, steer
from relief_app.i18n import translate
from relief_app.ports import Clock
from relief_app.terminal.actions import Act, Action, Keys
from relief_app.terminal.face import Face
from relief_app.terminal.keys import known_words

STANDING_S = 0.5
"""How often a face that is repainted looks while nothing moves, to follow the size of its window."""

_STEERS = {
    Act.PAUSE: Steer.PAUSE,
    Act.RESUME: Steer.RESUME,
    Act.NEXT: Steer.NEXT,
    Act.BACK: Steer.BACK,
    Act.EXTEND: Steer.EXTEND,
    Act.EASED: Steer.EASED,
    Act.BACK_AGAIN: Steer.BACK_AGAIN,
    Act.LEG: Steer.LEG,
    Act.STOP: Steer.STOP,
}


class Loop:
    """Guides through one session; `rate` times as fast as `clock`."""

    def __init__(
        self,
        session: Session,
        face: Face,
        keys: Keys,
        clock: Clock,
        *,
        rate: int = 1,
        background: Callable[[], object] | None = None,
    ) -> None:
        """`background` puts the program there and returns when it is brought back."""
        self._session = session
        self._face = face
        self._keys = keys
        self._clock = clock
        self._rate = rate
        self._background = background
        self._base = clock.boot_ms()
        self._asleep = clock.asleep_ms()
        self._wrong: int | None = None
        self._stood_for_wrong = False

    def run(self, *, urgent: bool = False) -> None:
        """Guide until the session is over."""
        self._tell(self._session.start(self._now(), urgent=urgent))
        while not self._is_over:
            self._face.show(self._session.view(self._now()), wrong=self._wrong)
            for action in self._keys.wait(self._patience_s()):
                self._advance()
                self._do(action)
            self._advance()
            if not self._keys.is_open:
                self._go_on_alone()

    def stop(self) -> None:
        """End the session where it is, if it is not over."""
        if not self._is_over:
            self._steer(Steer.STOP)

    def close(self) -> None:
        """Let the face say its last word."""
        self._face.close(self._session.view(self._now()))

    @property
    def _is_over(self) -> bool:
        return self._session.state is State.FINISHED

    def _advance(self) -> None:
        """Tell what is due; where the computer was suspended the session is paused since then."""
        now, before, self._asleep = self._now(), self._asleep, self._clock.asleep_ms()
        slept = self._asleep - before
        if slept >= SHORTEST_SLEEP_MS:
            self._tell(sleep_through(self._session, now - slept * self._rate, now))
        else:
            self._tell(self._session.advance(now))

    def _now(self) -> int:
        """The session's time in milliseconds."""
        return self._base + (self._clock.boot_ms() - self._base) * self._rate

    def _patience_s(self) -> float | None:
        """How long to wait for an action: until the next deadline, or the next repaint."""
        due, refresh = self._session.next_deadline(), self._face.refresh_s
        waits = [] if due is None else [max(due - self._now(), 0) / self._rate / 1000]
        if refresh is not None:
            waits.append(refresh if self._session.state is State.RUNNING else STANDING_S)
        return min(waits, default=None)

    def _tell(self, events: Sequence[Event]) -> None:
        for event in events:
            self._face.tell(event, self._session)
            if isinstance(event, AlarmRaised):
                self._alarm()

    def _alarm(self) -> None:
        """What must stop stops; a face that takes keys keeps the choice open, lines end here."""
        self._wrong, self._stood_for_wrong = 0, False
        if self._face.refresh_s is None or not self._keys.is_open:
            self.stop()

    def _go_on_alone(self) -> None:
        """Nobody can answer any more: nothing may wait for an answer, except for the ten-minute alarm."""
        session = self._session
        view = session.view(self._now())
        if session.state is State.PAUSED:
            self._steer(Steer.RESUME)
        elif session.state is State.ALARM:
            self.stop()
        elif session.state is State.RUNNING and not self._alarm_to_come():
            past_dose = view.repetition > view.hold.repetition or session.next_deadline() is None
            if view.hold.open_ended and past_dose:
                self._steer(Steer.NEXT)

    def _alarm_to_come(self) -> bool:
        return self._session.snapshot(self._now()).alarm_armed

    # What actions do

    def _do(self, action: Action) -> None:
        if self._is_over:
            return
        if action.act is Act.INTERRUPT:
            self.stop()
        elif action.act is Act.AWAY:
            self._away()
        elif action.act in (Act.YES, Act.NO):
            self._face.note(translate("terminal", "Nothing is asked now."))
        elif action.act is Act.UNKNOWN:
            self._unknown(action.text)
        elif self._session.state is State.ALARM:
            self._do_in_alarm(action)
        elif self._wrong is not None and self._face.refresh_s is not None:
            self._do_in_wrong(action)
        elif action.act is Act.WRONG:
            self._open_wrong()
        else:
            self._do_in_guide(action)

    def _away(self) -> None:
        """In the background the session stands still, and nothing is painted."""
        ran = self._session.state is State.RUNNING
        if ran:
            self._steer(Steer.PAUSE)
        self._face.pause()
        if self._background is not None:
            self._background()
        self._face.go_on()
        self._advance()
        if ran:
            self._steer(Steer.RESUME)

    def _do_in_guide(self, action: Action) -> None:
        if action.act is Act.ESCAPE:
            self.stop()
        elif action.act is Act.SPACE:
            self._space()
        elif action.act is Act.PAUSE_OR_RESUME:
            self._steer(self._pause_or_resume())
        else:
            self._steer(_STEERS[action.act], action)

    def _do_in_alarm(self, action: Action) -> None:
        """Nothing but the plain words: a key hit by chance must not answer an alarm."""
        if action.act in (Act.EASED, Act.STOP):
            self._wrong = None
            self._steer(_STEERS[action.act])
        else:
            self._turn(action)

    def _do_in_wrong(self, action: Action) -> None:
        if action.act is Act.STOP:
            self.stop()
        elif action.act in (Act.WRONG, Act.ESCAPE):
            self._close_wrong()
        else:
            self._turn(action)

    def _turn(self, action: Action) -> None:
        """Turn the pages of the red flags."""
        step = {Act.NEXT: 1, Act.SPACE: 1, Act.BACK: -1}.get(action.act, 0)
        self._wrong = (self._wrong or 0) + step

    def _open_wrong(self) -> None:
        """What runs stands still while the red flags are read."""
        self._stood_for_wrong = self._session.state is State.RUNNING
        if self._stood_for_wrong:
            self._steer(Steer.PAUSE)
        self._wrong = 0
        self._face.show_wrong()

    def _close_wrong(self) -> None:
        self._wrong = None
        if self._stood_for_wrong and self._session.state is State.PAUSED:
            self._steer(Steer.RESUME)

    def _space(self) -> None:
        session = self._session
        if not session.is_cramp:
            self._steer(self._pause_or_resume())
        elif session.may_ease():
            self._steer(Steer.EASED)
        else:
            self._steer(Steer.BACK_AGAIN)

    def _pause_or_resume(self) -> Steer:
        return Steer.RESUME if self._session.state is State.PAUSED else Steer.PAUSE

    def _steer(self, command: Steer, action: Action | None = None) -> None:
        values = action or Action(Act.EXTEND)
        try:
            events = steer(self._session, command, self._now(), by_ms=values.by_ms, leg=values.leg)
        except IllegalCommandError as refused:
            self._tell(refused.events)
            self._face.note(translate("terminal", "%1: not possible now").replace("%1", command))
        else:
            self._tell(events)

    def _unknown(self, text: str) -> None:
        shown = "".join(sign for sign in text[:60] if sign.isprintable())
        known = translate("terminal", '"%1" is not known; there are: %2').replace(
            "%2", ", ".join(known_words())
        )
        self._face.note(known.replace("%1", shown))


def new_session(routine: Routine, exercises: Mapping[str, Exercise], leg: Leg, verdict: Verdict) -> Session:
    """A session of `routine` as `verdict` allows it; raises NotOffered."""
    problem = offer_problem(routine, exercises, verdict)
    if problem is not None:
        raise problem
    holds = performed(routine, exercises, leg, verdict)
    return Session(routine.id, holds, cramp=routine.is_cramp, alarm_after_ms=routine.alarm_after_ms)
