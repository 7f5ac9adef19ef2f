"""What holds for every routine and for any bytes, looked for by Hypothesis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Zone
from relief_app.core.refusal import Refusal, RoutineRefused
from relief_app.core.routine import Audience, Prescription, Routine, Side, Step
from relief_app.storage.routine_text import routine_text
from tests.storage.samples import CATALOGUE, check, document

MS = st.integers(1, 86_400_000)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), max_size=40)
TEXTS = LINES.filter(lambda line: bool(line.strip()))
ANGLES = st.none() | st.floats(0, 30)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    counted = draw(st.booleans())
    return Step(
        draw(st.sampled_from(["towel-stretch", "wall-stretch-bent", "easy-walk"])),
        duration_ms=0 if counted else draw(MS),
        count=draw(st.integers(1, 1_000)) if counted else None,
        tempo_ms=draw(MS) if counted else 0,
        open_ended=draw(st.booleans()),
        repetitions=draw(st.integers(1, 100)),
        rest_ms=draw(st.just(0) | MS),
        cue=draw(st.none() | TEXTS),
        source=draw(st.none() | st.sampled_from(["seed", "design"])),
        side=draw(st.none() | st.sampled_from(Side)),
        zone=draw(st.none() | st.sampled_from(Zone)),
        knee_deg=draw(ANGLES),
        dorsiflexion_deg=draw(ANGLES),
        instead_seated=draw(st.none() | st.just("seated-hamstring")),
    )


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    return Routine(
        id=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True)),
        title=draw(TEXTS),
        summary=draw(LINES),
        audience=draw(st.sampled_from(Audience)),
        side=draw(st.sampled_from(Side)),
        source=draw(st.sampled_from(["seed", "design"])),
        steps=tuple(draw(st.lists(steps(), min_size=1, max_size=4))),
        alarm_after_ms=draw(st.none() | MS),
        prescription=Prescription(
            draw(st.none() | st.integers(1, 24)), None, draw(st.none() | st.integers(1, 520))
        ),
    )


@given(routines())
def test_what_is_written_reads_back_the_same(routine: Routine) -> None:
    assert check(routine_text(routine)) == routine


@pytest.mark.parametrize("name", CATALOGUE.routine_ids())
def test_built_in_routines_read_back_the_same(name: str) -> None:
    routine = CATALOGUE.routine(name)
    assert check(routine_text(routine)) == routine


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_a_routine_or_are_refused(data: bytes) -> None:
    assert_routine_or_refused(data)


GOOD = document({"range_s": "[15, 30]", "cue": '"Pull."', "repetitions": "3"}).encode()


@given(st.data())
def test_a_good_file_with_a_few_bytes_changed_is_a_routine_or_is_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 8)))
    middle = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"[", b"{", b"'''", b'"""', b".", b"=", b"1e999"])
    )
    assert_routine_or_refused(GOOD[:start] + middle + GOOD[end:])


def assert_routine_or_refused(data: bytes) -> None:
    try:
        found: object = check(data)
    except RoutineRefused as refused:
        found = refused.refusal
    assert isinstance(found, Routine | Refusal)
