"""What a routine file may say, and by what name everything else is refused."""

import math

import pytest

from relief_app.core.anatomy import Zone
from relief_app.core.refusal import RefusalCode
from relief_app.core.routine import Audience, Prescription, Routine, Side, Step
from tests.storage.samples import CATALOGUE, STEP, check, document, refusal

NO_DOSE = {"duration_s": ""}
COUNTED = NO_DOSE | {"count": "10", "tempo_s": "2"}


def test_a_small_file_is_a_routine() -> None:
    assert check(document()) == Routine(
        "mine",
        "Mine",
        "For tests.",
        Audience.EVERYONE,
        Side.BOTH,
        "design",
        (Step("towel-stretch", 30_000),),
    )


def test_every_key_of_the_format_is_read() -> None:
    step = {
        "range_s": "[15, 40.5]",
        "open_ended": "true",
        "repetitions": "3",
        "rest_s": "10",
        "cue": '"Pull."',
        "source": '"seed"',
        "side": '"alternate"',
        "zone": '"lower"',
        "knee_deg": "0",
        "dorsiflexion_deg": "7.5",
        "instead_seated": '"seated-hamstring"',
        "duration_s": "30.25",
    }
    head = {"times_per_day": "2", "days_per_week": "7", "weeks": "6", "alarm_after_s": "600"}
    found = check(document(step, **head))
    assert (found.alarm_after_ms, found.prescription) == (600_000, Prescription(2, 7, 6))
    assert found.steps == (
        Step(
            "towel-stretch",
            30_250,
            (15_000, 40_500),
            open_ended=True,
            repetitions=3,
            rest_ms=10_000,
            cue="Pull.",
            source="seed",
            side=Side.ALTERNATE,
            zone=Zone.LOWER,
            knee_deg=0.0,
            dorsiflexion_deg=7.5,
            instead_seated="seated-hamstring",
        ),
    )


def test_counted_movements_have_a_tempo() -> None:
    (step,) = check(document(COUNTED)).steps
    assert (step.count, step.tempo_ms, step.dose_ms) == (10, 2_000, 20_000)


def test_a_leading_byte_order_mark_is_no_fault() -> None:
    assert check(b"\xef\xbb\xbf" + document().encode()).id == "mine"


@pytest.mark.parametrize("key", ["format", "id", "title", "summary", "audience", "side", "source"])
def test_what_a_routine_must_say(key: str) -> None:
    found = refusal(document(**{key: ""}))
    assert (found.code, found.where) == (RefusalCode.MISSING_KEY, key)


@pytest.mark.parametrize(
    ("key", "value", "code", "shown", "bound"),
    [
        ("format", "2", RefusalCode.WRONG_FORMAT, 2, 1),
        ("format", "true", RefusalCode.WRONG_FORMAT, True, 1),
        ("format", "1.0", RefusalCode.WRONG_FORMAT, 1.0, 1),
        ("format", '"1"', RefusalCode.WRONG_FORMAT, "1", 1),
        ("id", '""', RefusalCode.EMPTY, "", None),
        ("id", "7", RefusalCode.WRONG_TYPE, 7, "text"),
        ("id", '"../heat"', RefusalCode.BAD_ID, "../heat", None),
        ("id", '".."', RefusalCode.BAD_ID, "..", None),
        ("id", '"a/b"', RefusalCode.BAD_ID, "a/b", None),
        ("id", r'"a\\b"', RefusalCode.BAD_ID, "a\\b", None),
        ("id", '"Heat"', RefusalCode.BAD_ID, "Heat", None),
        ("id", '"--help"', RefusalCode.BAD_ID, "--help", None),
        ("id", r'"heat\n"', RefusalCode.BAD_ID, "heat\n", None),
        ("id", f'"{"a" * 65}"', RefusalCode.BAD_ID, "a" * 65, None),
        ("title", '""', RefusalCode.EMPTY, "", None),
        ("title", '"  "', RefusalCode.EMPTY, "  ", None),
        ("title", "true", RefusalCode.WRONG_TYPE, True, "text"),
        ("title", "[]", RefusalCode.WRONG_TYPE, "a list", "text"),
        ("title", f'"{"a" * 201}"', RefusalCode.TOO_LONG, 201, 200),
        (
            "audience",
            '"cats"',
            RefusalCode.UNKNOWN_CHOICE,
            "cats",
            ("night", "athlete", "therapist", "everyone"),
        ),
        ("audience", "1", RefusalCode.WRONG_TYPE, 1, "text"),
        (
            "side",
            '"middle"',
            RefusalCode.UNKNOWN_CHOICE,
            "middle",
            ("cramped", "chosen", "both", "alternate", "leg_by_leg"),
        ),
        ("source", '"hearsay"', RefusalCode.UNKNOWN_SOURCE, "hearsay", None),
        ("source", '""', RefusalCode.EMPTY, "", None),
        ("source", "{}", RefusalCode.WRONG_TYPE, "a table", "text"),
        ("times_per_day", "0", RefusalCode.OUT_OF_RANGE, 0, (1, 24)),
        ("days_per_week", "8", RefusalCode.OUT_OF_RANGE, 8, (1, 7)),
        ("weeks", "true", RefusalCode.WRONG_TYPE, True, "whole number"),
        ("weeks", "1.5", RefusalCode.WRONG_TYPE, 1.5, "whole number"),
        ("alarm_after_s", "0", RefusalCode.OUT_OF_RANGE, 0, (0.001, 86_400)),
        ("alarm_after_s", "-1", RefusalCode.OUT_OF_RANGE, -1, (0.001, 86_400)),
        ("wight", "1", RefusalCode.UNKNOWN_KEY, None, None),
    ],
)
def test_a_wrong_value_of_the_routine_is_named(
    key: str, value: str, code: RefusalCode, shown: object, bound: object
) -> None:
    found = refusal(document(**{key: value}))
    assert (found.code, found.where, found.value, found.bound) == (code, key, shown, bound)


@pytest.mark.parametrize(
    ("key", "value", "code", "shown", "bound"),
    [
        ("exercise", '"headstand"', RefusalCode.UNKNOWN_EXERCISE, "headstand", None),
        ("exercise", "3", RefusalCode.WRONG_TYPE, 3, "text"),
        ("exercise", "", RefusalCode.MISSING_KEY, None, None),
        ("duration_s", "0", RefusalCode.OUT_OF_RANGE, 0, (0.001, 86_400)),
        ("duration_s", "-5", RefusalCode.OUT_OF_RANGE, -5, (0.001, 86_400)),
        ("duration_s", "inf", RefusalCode.NOT_FINITE, math.inf, None),
        ("duration_s", "-inf", RefusalCode.NOT_FINITE, -math.inf, None),
        ("duration_s", "true", RefusalCode.WRONG_TYPE, True, "number"),
        ("duration_s", '"30"', RefusalCode.WRONG_TYPE, "30", "number"),
        ("duration_s", "0.0004", RefusalCode.OUT_OF_RANGE, 0.0004, (0.001, 86_400)),
        ("duration_s", "1e300", RefusalCode.OUT_OF_RANGE, 1e300, (0.001, 86_400)),
        (
            "duration_s",
            "0x" + "f" * 5_000,
            RefusalCode.OUT_OF_RANGE,
            "0xffffffffffffffffff...",
            (0.001, 86_400),
        ),
        ("repetitions", "0", RefusalCode.OUT_OF_RANGE, 0, (1, 100)),
        ("repetitions", "101", RefusalCode.OUT_OF_RANGE, 101, (1, 100)),
        ("repetitions", "true", RefusalCode.WRONG_TYPE, True, "whole number"),
        ("repetitions", "2.0", RefusalCode.WRONG_TYPE, 2.0, "whole number"),
        ("rest_s", "-1", RefusalCode.OUT_OF_RANGE, -1, (0, 86_400)),
        ("rest_s", "-inf", RefusalCode.NOT_FINITE, -math.inf, None),
        ("open_ended", "1", RefusalCode.WRONG_TYPE, 1, "true or false"),
        ("cue", '""', RefusalCode.EMPTY, "", None),
        ("source", '"hearsay"', RefusalCode.UNKNOWN_SOURCE, "hearsay", None),
        (
            "side",
            '"middle"',
            RefusalCode.UNKNOWN_CHOICE,
            "middle",
            ("cramped", "chosen", "both", "alternate", "leg_by_leg"),
        ),
        (
            "zone",
            '"popliteal_fossa"',
            RefusalCode.UNKNOWN_CHOICE,
            "popliteal_fossa",
            ("medial", "lateral", "lower"),
        ),
        ("knee_deg", "-1", RefusalCode.OUT_OF_RANGE, -1, (0, 150)),
        ("dorsiflexion_deg", "31", RefusalCode.OUT_OF_RANGE, 31, (0, 30)),
        ("dorsiflexion_deg", "-10", RefusalCode.OUT_OF_RANGE, -10, (0, 30)),
        ("instead_seated", '"headstand"', RefusalCode.UNKNOWN_EXERCISE, "headstand", None),
        ("instead_seated", '"heel-drop"', RefusalCode.NOT_SEATED, "heel-drop", None),
        ("range_s", "[15]", RefusalCode.WRONG_TYPE, "a list", "two numbers"),
        ("range_s", "15", RefusalCode.WRONG_TYPE, 15, "two numbers"),
        ("range_s", "[15, true]", RefusalCode.WRONG_TYPE, True, "number"),
        ("range_s", "[40, 15]", RefusalCode.RANGE_REVERSED, (40, 15), None),
        ("range_s", "[0, 40]", RefusalCode.OUT_OF_RANGE, 0, (0.001, 86_400)),
        ("range_s", "[31, 40]", RefusalCode.RANGE_WITHOUT_DOSE, 30.0, (31.0, 40.0)),
        ("range_s", "[10, 29]", RefusalCode.RANGE_WITHOUT_DOSE, 30.0, (10.0, 29.0)),
        ("tempo_s", "2", RefusalCode.TEMPO_WITHOUT_COUNT, None, None),
        ("count", "10", RefusalCode.DOSE_TWICE, None, None),
        ("colour", "1", RefusalCode.UNKNOWN_KEY, None, None),
    ],
)
def test_a_wrong_value_of_a_step_is_named_with_the_step(
    key: str, value: str, code: RefusalCode, shown: object, bound: object
) -> None:
    found = refusal(document({}, {key: value}))
    assert (found.code, found.where, found.value, found.bound) == (code, f"steps[2].{key}", shown, bound)


def test_nan_is_refused() -> None:
    found = refusal(document({"duration_s": "nan"}))
    assert (found.code, found.where) == (RefusalCode.NOT_FINITE, "steps[1].duration_s")


@pytest.mark.parametrize(
    ("step", "code", "where"),
    [
        (NO_DOSE, RefusalCode.DOSE_MISSING, "steps[1].duration_s"),
        (NO_DOSE | {"count": "10"}, RefusalCode.TEMPO_MISSING, "steps[1].tempo_s"),
        (COUNTED | {"count": "0"}, RefusalCode.OUT_OF_RANGE, "steps[1].count"),
        (COUNTED | {"count": "1.5"}, RefusalCode.WRONG_TYPE, "steps[1].count"),
        (COUNTED | {"tempo_s": "0"}, RefusalCode.OUT_OF_RANGE, "steps[1].tempo_s"),
        (COUNTED | {"range_s": "[30, 40]"}, RefusalCode.RANGE_WITHOUT_DOSE, "steps[1].range_s"),
    ],
)
def test_a_dose_is_a_duration_or_a_count_with_a_tempo(
    step: dict[str, str], code: RefusalCode, where: str
) -> None:
    found = refusal(document(step))
    assert (found.code, found.where) == (code, where)


@pytest.mark.parametrize(
    "sign",
    ["\\u0000", "\\u0007", "\\n", "\\t", "\\u001b", "\\u007f", "\\u0085", "\\u2028", "\\u2029"]
    + [f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))],
)
@pytest.mark.parametrize("key", ["title", "summary"])
def test_control_and_override_characters_are_refused(key: str, sign: str) -> None:
    found = refusal(document(**{key: f'"a{sign}b"'}))
    assert (found.code, found.where) == (RefusalCode.FORBIDDEN_CHARACTER, key)
    if sign.startswith("\\u"):
        assert found.value == f"U+{sign[2:].upper()}"


def test_a_forbidden_character_in_a_cue_names_the_step() -> None:
    found = refusal(document({}, {"cue": '"a\u202eb"'}))
    assert (found.code, found.where) == (RefusalCode.FORBIDDEN_CHARACTER, "steps[2].cue")


def test_an_override_in_a_comment_is_refused_with_its_line() -> None:
    found = refusal(document() + "# harmless \u202e sselmrah\n")
    assert (found.code, found.where, found.value) == (RefusalCode.FORBIDDEN_CHARACTER, "line 12", "U+202E")


def test_other_scripts_are_welcome() -> None:
    assert check(document(title='"עווית בשוק"', summary='"夜間のこむら返り 🦵"')).title == "עווית בשוק"


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ("steps = []", RefusalCode.NO_STEPS),
        ("steps = 3", RefusalCode.WRONG_TYPE),
        ("[steps]\nexercise = 'rest'", RefusalCode.WRONG_TYPE),
        ("", RefusalCode.MISSING_KEY),
    ],
)
def test_steps_are_a_list_with_something_in_it(steps: str, code: RefusalCode) -> None:
    head = document().split("[[steps]]")[0]
    found = refusal(head + steps)
    assert (found.code, found.field) == (code, "steps")


def test_a_step_is_a_table() -> None:
    found = refusal(document().split("[[steps]]")[0] + "steps = [1]")
    assert (found.code, found.where) == (RefusalCode.WRONG_TYPE, "steps[1]")


def test_two_hundred_steps_are_enough() -> None:
    assert len(check(document(*[STEP] * 200)).steps) == 200
    found = refusal(document(*[STEP] * 201))
    assert (found.code, found.where, found.value, found.bound) == (
        RefusalCode.TOO_MANY_STEPS,
        "steps",
        201,
        200,
    )


def stop(exercise: str, seconds: int, **more: str) -> dict[str, str]:
    return {"exercise": f'"{exercise}"', "duration_s": str(seconds), **more}


STOPS = [("heat-pack", 1_200), ("ice-pack", 600), ("stroke-massage", 300)]


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_the_hard_stop_itself_is_allowed(name: str, bound: int) -> None:
    check(document(stop(name, bound - 60, range_s=f"[60, {bound}]"), stop(name, 60)))


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_more_than_a_hard_stop_is_refused_with_step_field_value_and_bound(name: str, bound: int) -> None:
    found = refusal(document(stop(name, bound - 60), {}, stop(name, 61)))
    assert (found.code, found.where, found.value, found.bound) == (
        RefusalCode.HARD_STOP,
        "steps[3].duration_s",
        bound + 1,
        bound,
    )


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_repetitions_count_towards_a_hard_stop(name: str, bound: int) -> None:
    found = refusal(document(stop(name, bound // 2, repetitions="3")))
    assert (found.code, found.value) == (RefusalCode.HARD_STOP, bound // 2 * 3)


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_a_counted_dose_meets_the_same_hard_stop(name: str, bound: int) -> None:
    found = refusal(
        document({"exercise": f'"{name}"', "duration_s": "", "count": "10", "tempo_s": str(bound)})
    )
    assert (found.code, found.where, found.value) == (RefusalCode.HARD_STOP, "steps[1].count", bound * 10)


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_a_range_may_not_reach_past_a_hard_stop(name: str, bound: int) -> None:
    found = refusal(document({}, stop(name, 60, range_s=f"[60, {bound + 1}]")))
    assert (found.code, found.where, found.value, found.bound) == (
        RefusalCode.HARD_STOP,
        "steps[2].range_s",
        bound + 1,
        bound,
    )


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_what_is_done_seated_instead_meets_the_same_hard_stop(name: str, bound: int) -> None:
    step = stop("wall-stretch-straight", bound + 1, instead_seated=f'"{name}"')
    assert refusal(document(step)).code is RefusalCode.HARD_STOP
    ranged = stop("wall-stretch-straight", 60, range_s=f"[60, {bound + 1}]", instead_seated=f'"{name}"')
    assert refusal(document(ranged)).where == "steps[1].range_s"


@pytest.mark.parametrize(("name", "bound"), STOPS)
def test_what_has_a_hard_stop_may_not_be_open_ended(name: str, bound: int) -> None:
    found = refusal(document({}, stop(name, 60, open_ended="true")))
    kind = CATALOGUE.exercises[name].kind.value
    assert (found.code, found.where, found.value, found.bound) == (
        RefusalCode.OPEN_ENDED,
        "steps[2].open_ended",
        kind,
        bound,
    )
