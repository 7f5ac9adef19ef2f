"""Codes from the core and the disk as the one clear line a person reads."""

from collections.abc import Sequence

from relief_app.core.exercise import Kind
from relief_app.core.gates import Asked, Gate
from relief_app.core.pack_limits import Limit, LimitReason
from relief_app.core.refusal import Refusal, RefusalCode
from relief_app.core.safety import NotOffered, NotOfferedReason
from relief_app.i18n import translate
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode

LONGEST = 60
"""Characters of a name or a value that are quoted."""


def refusal_line(file_name: str, refusal: Refusal) -> str:
    """One line naming the file, the place, the value and what is allowed."""
    place = ", ".join(filter(None, [plain(file_name), _place(refusal)]))
    return f"{place}: {_REASONS[refusal.code].format(**_words(refusal))}"


def plain(value: object) -> str:
    """`value` as text that cannot steer a terminal, shortened."""
    text = str(value)
    shown = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text[: LONGEST + 1])
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _place(refusal: Refusal) -> str:
    if refusal.line is not None:
        return f"line {refusal.line}"
    step = None if refusal.step is None else f"step {refusal.step}"
    field = None if refusal.field is None else plain(refusal.field)
    return ", ".join(filter(None, [step, field]))


def _words(refusal: Refusal) -> dict[str, str]:
    """What the lines below may speak of."""
    value, bound = refusal.value, refusal.bound
    bound_text = _said(bound) if isinstance(bound, tuple) else plain(_number(bound))
    choices = ", ".join(map(str, bound)) if isinstance(bound, tuple) else ""
    return {"value": _said(value), "plain": plain(value), "bound": bound_text, "choices": choices}


def _said(value: object) -> str:
    """A value as a person writes it: text in quotes, a pair of numbers as "1 to 100"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " to ".join(map(_number, value))
    return f'"{plain(value)}"' if isinstance(value, str) else _number(value)


def _number(value: object) -> str:
    """1200.0 as 1200."""
    return f"{value:.15g}" if isinstance(value, float) else plain(value)


_REASONS = {
    RefusalCode.MISSING: "there is no such file",
    RefusalCode.NOT_A_FILE: "this is not a regular file",
    RefusalCode.NO_PERMISSION: "you may not read this file",
    RefusalCode.UNREADABLE: "the file cannot be read ({plain})",
    RefusalCode.FILE_TOO_LARGE: "the file is larger than {bound} bytes",
    RefusalCode.NOT_UTF8: "the text is not UTF-8 (byte {value})",
    RefusalCode.KEY_TOO_DEEP: "a key has more than {bound} parts",
    RefusalCode.NESTED_TOO_DEEP: "brackets are nested more than {bound} deep",
    RefusalCode.TOO_MANY_VALUES: "the file holds more than {bound} values",
    RefusalCode.NOT_TOML: "this is not TOML",
    RefusalCode.WRONG_FORMAT: "format {value} is not known, only {bound} is",
    RefusalCode.UNKNOWN_KEY: "this key is not known",
    RefusalCode.MISSING_KEY: "this key is missing",
    RefusalCode.WRONG_TYPE: "{value} is not allowed; expected: {bound}",
    RefusalCode.NOT_FINITE: "{value} is not a finite number",
    RefusalCode.OUT_OF_RANGE: "{value} is outside {bound}",
    RefusalCode.EMPTY: "this is empty",
    RefusalCode.TOO_LONG: "{value} characters; at most {bound} are allowed",
    RefusalCode.FORBIDDEN_CHARACTER: "the character {plain} is not allowed",
    RefusalCode.BAD_ID: "{value} is no id: small letters, digits and hyphens, at most 64, no hyphen first",
    RefusalCode.UNKNOWN_CHOICE: "{value} is not one of {choices}",
    RefusalCode.UNKNOWN_EXERCISE: "there is no exercise {value}",
    RefusalCode.UNKNOWN_SOURCE: "there is no source {value}",
    RefusalCode.NO_STEPS: "there are no steps",
    RefusalCode.TOO_MANY_STEPS: "{value} steps; at most {bound} are allowed",
    RefusalCode.DOSE_TWICE: "a step has either duration_s or count, not both",
    RefusalCode.DOSE_MISSING: "a step needs duration_s or count",
    RefusalCode.TEMPO_MISSING: "a step with count needs tempo_s",
    RefusalCode.TEMPO_WITHOUT_COUNT: "tempo_s needs count",
    RefusalCode.RANGE_REVERSED: "the range {value} is the wrong way round",
    RefusalCode.RANGE_WITHOUT_DOSE: "the dose of {value} s is outside the range {bound} s",
    RefusalCode.NOT_SEATED: "{value} is done standing",
    RefusalCode.HARD_STOP: "{value} s in all is over the hard stop of {bound} s for a routine",
    RefusalCode.OPEN_ENDED: "{plain} must have an end; its hard stop is {bound} s",
    RefusalCode.ID_TAKEN: "the id {value} is in use; nothing was overwritten",
}


def not_offered_line(problem: NotOffered) -> str:
    """One line saying why a routine cannot be started."""
    firm = (NotOfferedReason.GATED, NotOfferedReason.NO_SIGNS)
    instead = "" if problem.reason in firm else "; stretching in bed stays possible"
    limit = problem.limit
    why = gates_text(problem.reason, problem.because) if limit is None else _limit_text(limit)
    return f"{plain(problem.routine)} is not offered: {why}{instead}"


def _limit_text(limit: Limit) -> str:
    reasons = {
        LimitReason.INTERVAL: "too soon after the last one",
        LimitReason.OTHER_KIND: "too soon after heat" if limit.kind is Kind.ICE else "too soon after ice",
        LimitReason.DAILY: "three in 24 hours are enough",
    }
    return f"{reasons[limit.reason]}; possible again in {_span(limit.left_ms)}"


def _span(ms: int) -> str:
    """A time to wait, rounded up: 45 s, 12 min, 3 h 5 min."""
    seconds = -(-ms // 1_000)
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(-(-seconds // 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def gates_text(reason: NotOfferedReason, gates: Sequence[Gate]) -> str:
    """Why something is not done, with what the gates say is possible instead, or how that can change."""
    if reason is NotOfferedReason.NEEDS_QUESTIONS:
        return "the safety questions that must come right before it are not part of this version"
    if reason is NotOfferedReason.NO_TABLE:
        return "the safety questions cannot be read (gates.toml)"
    if reason is NotOfferedReason.NO_SIGNS:
        return "a sign that something is wrong was reported, and the signs cannot be read (red_flags.toml)"
    if reason is NotOfferedReason.NO_RECORD:
        return "the time of packs cannot be kept or read (relief.db)"
    if reason is NotOfferedReason.MIXED:
        return "heat and ice do not go into one routine, nor a pack into a cramp"
    if reason is NotOfferedReason.UNANSWERED:
        keys = ", ".join(gate.key for gate in gates)
        return f"not answered: {keys}; answer with: relief-app profile set KEY yes|no"
    said = [text for gate in gates for text in _gate_texts(gate)]
    return " ".join(dict.fromkeys(said)).rstrip(".")


def _gate_texts(gate: Gate) -> list[str]:
    """Why, and what is possible instead; of a reported sign, how to say that it was looked at as well."""
    why, instead = (translate("catalogue", text) for text in (gate.why, gate.instead))
    if gate.asked is not Asked.SIGN:
        return [why, instead]
    lifted = f"Once a clinician has looked at it: relief-app profile set {gate.key} no."
    return [f"reported: {why}.", instead, lifted]


def not_kept_line(problem: NotKept) -> str:
    """One line saying what could not be written, and why."""
    reasons = {
        NotKeptReason.NO_SPACE: "the disk is full",
        NotKeptReason.READ_ONLY: "the disk is read-only",
        NotKeptReason.NO_PERMISSION: "writing there is not allowed",
        NotKeptReason.TOO_LARGE: "there is too much to keep",
        NotKeptReason.NEWER: "a newer version of Relief wrote it, so it is left alone",
    }
    return f"{problem.path}: {reasons.get(problem.reason, 'it cannot be written')}"


def load_problem_line(problem: LoadProblem) -> str:
    """One line saying which file of ours was not used, and where it is now."""
    if problem.code is ProblemCode.UNREADABLE:
        return f"{problem.path}: this file cannot be read"
    kept = "" if problem.set_aside is None else f"; it is kept as {problem.set_aside.name}"
    return f"{problem.path}: this file is damaged{kept}"


def our_fault_line(problem: BaseException) -> str:
    """One line for an error of our own: enough to find it, nothing about a person."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = "" if trace is None else trace.tb_frame.f_code.co_filename.rpartition("/")[2]
    place = "" if trace is None else f", {name}:{trace.tb_lineno}"
    return f"something in Relief went wrong ({type(problem).__name__}{place})"
