"""One line for each thing that does not work: what, and what it means for the person."""

import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from relief_app.core.archives import ArchiveProblem, ArchiveRefused
from relief_app.core.gates import Asked, Gate
from relief_app.core.safety import NotOffered, NotOfferedReason
from relief_app.desktop.session_host import Dropped
from relief_app.desktop.sound import SoundProblem, SoundProblemCode
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode
from relief_app.ui.words import content


def not_kept(problem: NotKept) -> str:
    """Something could not be written."""
    why = {
        NotKeptReason.NO_SPACE: _tr("the disk is full"),
        NotKeptReason.READ_ONLY: _tr("the disk is read-only"),
        NotKeptReason.NO_PERMISSION: _tr("writing there is not allowed"),
        NotKeptReason.NEWER: _tr("a newer version of Relief wrote it, so it is left alone"),
    }.get(problem.reason, _tr("it cannot be written"))
    text = _tr("Not kept, the guide goes on: %1 (%2)")
    return text.replace("%1", str(problem.path)).replace("%2", why)


def not_loaded(problem: LoadProblem) -> str:
    """A file of ours could not be used."""
    text = _tr("%1 could not be read; the usual settings are used.")
    if problem.code is ProblemCode.DAMAGED:
        text = _tr("%1 was damaged and is set aside; the usual settings are used.")
    if problem.path.name == "session.json":
        text = _tr("%1 could not be used: there is no session to go on with.")
    if problem.path.name == "relief.db":
        text = _tr("If a pack is on the skin, take it off now: %1 was damaged and is set aside.")
    elif problem.path.suffix == ".db":
        text = _tr("%1 was damaged and is set aside: it held rehearsals only.")
    return text.replace("%1", str(problem.path))


def heat_is_locked() -> str:
    """A cream was used: clinical content, FDA 2012."""
    return _tr("No heat for 24 hours after a menthol, methyl salicylate or capsaicin cream.")


def no_media_keys() -> str:
    """Media keys are on, and there is no bus that could bring them."""
    return _tr("Media keys reach Relief only in its own window: this computer has no message bus.")


def not_kept_awake() -> str:
    """The bedside mode lets the computer sleep, and nothing here prevents it."""
    return _tr("This computer may go to sleep by itself: have it stay awake in its own settings.")


def on_battery() -> str:
    """The bedside mode may end before the night does."""
    return _tr("On battery: plug the computer in, or it may be off before morning.")


def no_answers(problem: LoadProblem) -> str:
    """The safety profile, or the table of its questions, could not be used."""
    text = _tr("%1 could not be read: no safety question counts as answered.")
    if problem.code is ProblemCode.DAMAGED:
        text = _tr("%1 was damaged and is set aside: no safety question counts as answered.")
    return text.replace("%1", str(problem.path))


def not_offered(problem: NotOffered) -> str:
    """A routine may not be started: why, and what is possible instead."""
    if problem.reason is NotOfferedReason.GATED:
        said = [text for gate in problem.because for text in _gate_texts(gate)]
        return " ".join(dict.fromkeys(said))
    if problem.reason is NotOfferedReason.NO_SIGNS:
        return _tr("A sign was reported, and the list of signs cannot be read: nothing is offered.")
    if problem.reason is NotOfferedReason.UNANSWERED:
        text = _tr("First answer: %1 (key Q) Stretching in bed stays possible.")
        return text.replace("%1", " ".join(content(gate.text) for gate in problem.because))
    if problem.reason is NotOfferedReason.NO_TABLE:
        return _tr("The safety questions cannot be read: not offered. Stretching in bed stays possible.")
    if problem.reason in (NotOfferedReason.LIMIT, NotOfferedReason.NO_RECORD, NotOfferedReason.MIXED):
        return _no_pack(problem)
    text = _tr("Not offered: the questions right before it are not part of this version. %1")
    return text.replace("%1", _tr("Stretching in bed stays possible."))


def not_offered_in_short(problem: NotOffered) -> str:
    """The same in a line or two: of several questions the first, and how many more there are."""
    if problem.reason is not NotOfferedReason.UNANSWERED or len(problem.because) < 2:
        return not_offered(problem)
    text = _tr("First answer: %1 And %2 more (key Q).")
    first = content(problem.because[0].text)
    return text.replace("%2", str(len(problem.because) - 1)).replace("%1", first)


def _no_pack(problem: NotOffered) -> str:
    """A pack that may not be put on now, and from when on it may."""
    from relief_app.ui.pack_words import next_allowed, no_record, why_limited

    if problem.limit is not None:
        return f"{next_allowed(problem.limit, time.time())} {why_limited(problem.limit)}"
    if problem.reason is NotOfferedReason.MIXED:
        return _tr("Not offered: heat and ice do not go together, nor with a cramp.")
    return no_record()


def _gate_texts(gate: Gate) -> tuple[str, str]:
    """Why, and what is possible instead."""
    if gate.asked is Asked.SIGN:
        return _tr("Reported: %1.").replace("%1", content(gate.why)), content(gate.instead)
    return content(gate.why), content(gate.instead)


def dropped(kept: Dropped) -> str:
    """A kept session is not offered."""
    if kept.too_old:
        return _tr("The session that was kept is more than two hours old: it is not offered again.")
    return _tr("The session that was kept does not fit its routine any more: it is not offered again.")


def no_archive(problem: ArchiveRefused) -> str:
    """An archive is not restored, or not made."""
    text = {
        ArchiveProblem.NOT_AN_ARCHIVE: _tr("This is no archive of Relief. Nothing was changed."),
        ArchiveProblem.OTHER_FORMAT: _tr("This is no archive of this version. Nothing was changed."),
        ArchiveProblem.TOO_LARGE: _tr("The archive is too large. Nothing was changed."),
        ArchiveProblem.STRANGE_FILE: _tr("%1 in the archive is not Relief's. Nothing was changed."),
        ArchiveProblem.DAMAGED_FILE: _tr("%1 is damaged. Nothing was changed."),
        ArchiveProblem.UNREADABLE_FILE: _tr("%1 cannot be read. Nothing was changed."),
    }[problem.problem]
    return text.replace("%1", problem.name)


def no_sound(problem: SoundProblem) -> str:
    """Nothing, or one sound, can be heard."""
    if problem.code is SoundProblemCode.NO_DEVICE:
        return _tr("No sound device was found: watch the number, there will be no sounds.")
    return _tr("The sound %1 cannot be read.").replace("%1", problem.sound or "")


def no_voice() -> str:
    """There is no recording of a text, and the system has no voice that could read it."""
    return _tr("This computer has no voice for some of the texts: a chime says when to look.")


def lid_not_held() -> str:
    """A pack is on, and a closed lid would silence its alarm (clinical content, section 4)."""
    return _tr("Leave the lid open and set a second timer.")


def lid_held_for() -> str:
    """What the system shows to whoever asks who holds the lid switch."""
    return _tr("A heat or ice pack is on the skin")


def silent_alarm(problem: SoundProblem) -> str:
    """The alarm of a pack cannot be heard, or not as it should."""
    if problem.code is SoundProblemCode.NO_DEVICE:
        return _tr("No sound device works: the alarm cannot be heard. Relief goes on trying.")
    return _tr("The alarm's sound cannot be read: a plain tone is played.")


def no_notification() -> str:
    """The desktop does not show what the window says."""
    return _tr("The desktop shows no notifications: alarms come as sound and in this window.")


def no_socket(error: OSError) -> str:
    """Nothing outside can steer the app."""
    text = _tr("Commands from outside will not reach this window: %1")
    return text.replace("%1", error.strerror or type(error).__name__)


def no_lock(error: OSError) -> str:
    """Whether another window is open cannot be told."""
    text = _tr("It cannot be told whether Relief is open already: %1")
    return text.replace("%1", error.strerror or type(error).__name__)


def our_fault(kind: str, place: str) -> str:
    """An error in the app itself."""
    return (
        _tr("Something in Relief went wrong (%1, %2). The guide goes on.")
        .replace("%1", kind)
        .replace("%2", place)
    )


def place_of(trace: TracebackType | None) -> str:
    """File and line of the innermost frame: enough to find it, nothing about a person."""
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("problems", text)
