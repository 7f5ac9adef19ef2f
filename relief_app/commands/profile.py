"""`profile list|get|set`: file jobs on the safety profile, which every start of a routine looks at again."""

import json
import time
from datetime import UTC, datetime

from relief_app.commands.client import send
from relief_app.commands.output import DONE, FAILED, complain, say
from relief_app.commands.wording import load_problem_line, not_kept_line, plain, refusal_line
from relief_app.core.gates import Asked, Gate
from relief_app.core.profile import Answer, Profile
from relief_app.core.refusal import RoutineRefused
from relief_app.core.safety import sign_gate
from relief_app.i18n import translate
from relief_app.ports import NotKept, ProblemCode
from relief_app.storage.assets import AssetMissing
from relief_app.storage.gates import read_gates
from relief_app.storage.paths import find_paths
from relief_app.storage.profile import ProfileFile
from relief_app.storage.red_flags import read_red_flags

NOW = "now"


def list_profile(*, as_json: bool) -> int:
    """Print every question with its answer, then every reported sign; what is not answered is unknown.

    A sign that is not reported is not listed: that would look like an answer.
    """
    gates = _gates()
    if gates is None:
        return FAILED
    profile, _ = _load(_file())
    rows = [_row(gate, profile) for gate in gates.values() if _is_listed(gate, profile)]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False, indent=2))
        return DONE
    longest = max(len(row["key"]) for row in rows)
    for row in rows:
        say(f"{row['key']:<{longest}} = {row['value']:<7}   {row['text']}")
    return DONE


def get(key: str) -> int:
    """Print one answer."""
    gates = _gates()
    if gates is None or key not in gates:
        return FAILED if gates is None else _unknown(key, gates)
    profile, _ = _load(_file())
    say(_value(gates[key], profile))
    return DONE


def set_answer(key: str, value: str) -> int:
    """Change one answer: yes, no or unknown; for what is dated: now, or no.

    A sign is reported by yes or now, and cleared by no: a clinician has looked at it.
    """
    gates = _gates()
    if gates is None or key not in gates:
        return FAILED if gates is None else _unknown(key, gates)
    gate = gates[key]
    if value not in _values(gate):
        return _fail(f"{key}: {plain(value)!r} is not one of {', '.join(_values(gate))}")
    file = _file()
    try:
        with file.alone():
            profile, problem = _load(file)
            if problem is ProblemCode.UNREADABLE:
                return FAILED  # saving would put an empty profile in place of what could only not be read
            file.save(_changed(profile, gate, value))
    except NotKept as refused:
        return _fail(not_kept_line(refused))
    if gate.asked is Asked.SIGN and value != Answer.NO:
        # What runs now must stop too; where no app runs there is nothing to stop.
        send({"command": "reported", "sign": key})
    return DONE


def _values(gate: Gate) -> tuple[str, ...]:
    """What may be set, in the order it is told."""
    if gate.asked is Asked.SIGN:
        return (NOW, Answer.YES, Answer.NO)
    return (NOW, Answer.NO, Answer.UNKNOWN) if gate.is_dated else (Answer.YES, Answer.NO, Answer.UNKNOWN)


def _changed(profile: Profile, gate: Gate, value: str) -> Profile:
    if value == NOW or (gate.asked is Asked.SIGN and value == Answer.YES):
        return profile.with_fact(gate.key, time.time())
    return profile.with_fact(gate.key, None).with_answer(gate.key, Answer(value))


def _is_listed(gate: Gate, profile: Profile) -> bool:
    return gate.asked is not Asked.SIGN or gate.key in profile.facts


def _row(gate: Gate, profile: Profile) -> dict[str, str]:
    return {"key": gate.key, "value": _value(gate, profile), "text": translate("catalogue", gate.text)}


def _value(gate: Gate, profile: Profile) -> str:
    """The answer, or the local time of what is dated and of a reported sign."""
    at = profile.facts.get(gate.key)
    if at is None or not (gate.is_dated or gate.asked is Asked.SIGN):
        return profile.answer(gate.key)
    try:
        return datetime.fromtimestamp(at, UTC).astimezone().isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):  # later than a calendar goes
        return f"{at:.0f}"


def _gates() -> dict[str, Gate] | None:
    """The questions of the profile and the signs by key; None, told, where they cannot be read."""
    name = "gates.toml"
    try:
        asked = [gate for gate in read_gates() if gate.asked is Asked.PROFILE]
        name = "red_flags.toml"
        return {gate.key: gate for gate in (*asked, *map(sign_gate, read_red_flags()))}
    except AssetMissing as missing:
        complain(f"a file of the program is missing: {missing.name}")
    except RoutineRefused as refused:
        complain(refusal_line(name, refused.refusal))
    return None


def _file() -> ProfileFile:
    return ProfileFile(find_paths().profile)


def _load(file: ProfileFile) -> tuple[Profile, ProblemCode | None]:
    """The profile, and what was wrong with its file, which has been told."""
    profile, problem = file.load(), file.take_problem()
    if problem is not None:
        complain(load_problem_line(problem))
    return profile, None if problem is None else problem.code


def _unknown(key: str, gates: dict[str, Gate]) -> int:
    return _fail(f'there is no safety question or sign "{plain(key)}"; there are: {", ".join(gates)}')


def _fail(line: str) -> int:
    complain(line)
    return FAILED
