"""The built-in exercises and routines against the clinical tables, typed here a second time."""

import subprocess
import sys
from pathlib import Path

import pytest

from relief_app.core.anatomy import TRICEPS_SURAE, Leg, Structure
from relief_app.core.exercise import Exercise
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.core.routine import MINUTE, Prescription, Routine, Step, plan, stop_exceeded
from relief_app.core.sources import SourceKind
from relief_app.storage.assets import AssetMissing, asset_path
from relief_app.storage.catalogue import Catalogue, UnknownRoutine

GASTROCNEMIUS = (Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL)

# letter, id, kind, position, knee, start, up to, safety, spoken cue
EXERCISES = [
    (
        "A",
        "active-dorsiflexion",
        "hold",
        "lying",
        0,
        5,
        5,
        "P",
        "Pull your toes toward your shin. Don't point them.",
    ),
    ("B", "towel-stretch", "hold", "long_sitting", 0, 4, 10, "P", "Knee straight. Pull the towel gently."),
    ("C", "standing-heel-flat", "hold", "standing", 0, 5, 10, "PF", "Hold support. Press your heel flat."),
    (
        "D",
        "wall-stretch-straight",
        "hold",
        "standing",
        0,
        10,
        25,
        "PF",
        "Back knee straight, heel down, lean gently.",
    ),
    (
        "E",
        "wall-stretch-bent",
        "hold",
        "standing",
        45,
        15,
        30,
        "PF",
        "Bend the back knee, keep the heel down.",
    ),
    ("H", "hamstring-stretch", "hold", "standing", 0, 0, 0, "PF", "Straighten your knee and lean forward."),
    ("J", "seated-hamstring", "hold", "sitting", 0, 0, 0, "P", "Knee straight. Lean forward from the hips."),
    ("M", "circle-massage", "massage", "sitting", 30, 0, 0, "PV", "Rub slow circles, never behind the knee."),
    ("N", "stroke-massage", "massage", "sitting", 30, 0, 0, "PV", "Stroke upward. Stop below the knee."),
    ("Q", "ankle-pumps", "movement", "sitting", 90, 10, 10, "P", "Toes up, then flat."),
    ("W", "easy-walk", "movement", "standing", 0, 0, 0, "F", "Walk slowly, heels down."),
    ("T", "heat-pack", "heat", "sitting", 20, 0, 0, "KV", "Warm, not hot. Check your skin."),
    ("U", "ice-pack", "ice", "sitting", 20, 0, 0, "KV", "Wrapped pack on. Check your skin."),
    ("X", "heel-drop", "movement", "standing", 0, 10, 25, "PF", "Hold the rail. Let the heel sink slowly."),
    ("R", "heel-raise", "movement", "standing", 0, 0, 0, "PF", "Rise on your toes, lower slowly."),
    ("S", "rest", "hold", "lying", 0, 0, 0, "", "Rest. Keep your feet relaxed."),
    ("G", "get-up", "movement", "standing", 0, 0, 0, "F", "Lamp on. Sit, then stand. Hold on."),
]
STRETCHES = {"A": TRICEPS_SURAE, "B": GASTROCNEMIUS, "C": GASTROCNEMIUS, "D": GASTROCNEMIUS}
STRETCHES |= {"E": (Structure.SOLEUS,), "H": (Structure.HAMSTRINGS,), "J": (Structure.HAMSTRINGS,)}

CATALOGUE = Catalogue()


def by_letter(letter: str) -> Exercise:
    (found,) = (one for one in CATALOGUE.exercises.values() if one.letter == letter)
    return found


@pytest.mark.parametrize("row", EXERCISES, ids=lambda row: str(row[1]))
def test_every_exercise_is_as_in_the_clinical_table(
    row: tuple[str, str, str, str, int, int, int, str, str],
) -> None:
    letter, name, kind, position, knee, start, most, safety, cue = row
    found = CATALOGUE.exercises[name]
    assert (found.id, found.letter, found.kind, found.position) == (name, letter, kind, position)
    assert (found.knee_deg, found.dorsiflexion_deg, found.dorsiflexion_max_deg) == (knee, start, most)
    assert found.safety == frozenset(safety)
    assert found.cue == cue


def test_there_is_no_other_exercise() -> None:
    assert list(CATALOGUE.exercises) == [row[1] for row in EXERCISES]


def test_only_heel_drop_and_heel_raise_wait_for_a_prescription() -> None:
    assert [one.letter for one in CATALOGUE.exercises.values() if one.prescribed_only] == ["X", "R"]


@pytest.mark.parametrize(("letter", "targets"), STRETCHES.items())
def test_stretches_work_where_the_table_says(letter: str, targets: tuple[Structure, ...]) -> None:
    assert by_letter(letter).targets == targets


def test_nothing_else_is_a_stretch() -> None:
    assert {one.letter for one in CATALOGUE.exercises.values() if one.is_stretch} == set(STRETCHES)


def test_a_spoken_cue_has_at_most_twelve_words() -> None:
    for found in CATALOGUE.exercises.values():
        assert 1 <= len(found.cue.split()) <= 12, found.cue


def test_every_exercise_and_every_step_has_a_known_source() -> None:
    named = {one.source for one in CATALOGUE.exercises.values()}
    for name in CATALOGUE.routine_ids():
        routine = CATALOGUE.routine(name)
        assert all(step.source for step in routine.steps), name
        named |= {routine.source, *(step.source for step in routine.steps if step.source)}
    assert named <= CATALOGUE.sources.keys()


@pytest.mark.parametrize(
    ("key", "reference", "kind"),
    [
        ("seed", "founding article", SourceKind.ARTICLE),
        ("design", "design", SourceKind.DESIGN),
        ("miller-2022", "PMC8775277", SourceKind.REVIEW),
        ("hallegraeff-2012", "PMID 22341378", SourceKind.TRIAL),
        ("coppin-2005", "PMID 15808033", SourceKind.TRIAL),
        ("cochrane-2021", "CD008496.pub3", SourceKind.REVIEW),
        ("garrison-2020", "CD009402.pub3", SourceKind.REVIEW),
        ("baumbach-2014", "PMC4118219", SourceKind.STUDY),
        ("ward-2009", "PMC2650051", SourceKind.STUDY),
        ("fda-2012", "ucm318858", SourceKind.ADVICE),
    ],
)
def test_sources_carry_the_reference_they_are_known_by(key: str, reference: str, kind: SourceKind) -> None:
    found = CATALOGUE.sources[key]
    assert (found.key, found.reference, found.kind) == (key, reference, kind)


# Steps as (letter, seconds, repetitions, open-ended, rest in seconds).
DOSES = {
    "cramp-bed": [
        ("A", 30, 1, 0, 0),
        ("B", 30, 1, 1, 10),
        ("M", 60, 1, 0, 0),
        ("A", 30, 1, 0, 0),
        ("S", 60, 1, 0, 0),
    ],
    "cramp-standing": [
        ("G", 20, 1, 0, 0),
        ("C", 30, 1, 1, 10),
        ("D", 30, 2, 0, 10),
        ("M", 60, 1, 0, 0),
        ("W", 60, 1, 0, 0),
        ("S", 60, 1, 0, 0),
    ],
    "post-run": [("W", 300, 1, 0, 0), ("D", 30, 2, 0, 10), ("E", 30, 2, 0, 10), ("N", 60, 1, 0, 0)],
    "bedtime": [("D", 10, 3, 0, 0), ("H", 10, 3, 0, 0)],
    "heat": [("T", 900, 1, 0, 0)],
    "ice": [("U", 600, 1, 0, 0)],
    "massage": [("N", 60, 1, 0, 0), *[("M", 45, 1, 0, 0)] * 3, ("N", 60, 1, 0, 0)],
    "micro-break": [("Q", 20, 1, 0, 0), ("D", 15, 1, 0, 0), ("E", 15, 1, 0, 0)],
    "demonstration": [("D", 30, 1, 0, 0), ("E", 30, 1, 0, 0)],
}


def dose(step: Step) -> tuple[str, float, int, int, float]:
    letter = CATALOGUE.exercises[step.exercise].letter
    return (letter, step.dose_ms / 1_000, step.repetitions, int(step.open_ended), step.rest_ms / 1_000)


@pytest.mark.parametrize("name", DOSES)
def test_every_routine_has_the_doses_of_the_clinical_table(name: str) -> None:
    assert [dose(step) for step in CATALOGUE.routine(name).steps] == DOSES[name]


def test_the_routines_are_those_nine_in_that_order() -> None:
    assert CATALOGUE.routine_ids() == tuple(DOSES)


@pytest.mark.parametrize("name", DOSES)
def test_a_routine_is_called_by_its_file_and_says_what_it_is_for(name: str) -> None:
    routine = CATALOGUE.routine(name)
    assert routine.id == name
    assert 1 <= len(routine.title) <= 16
    assert routine.summary.endswith(".")


@pytest.mark.parametrize(
    ("name", "side", "alarm_min", "audience"),
    [
        ("cramp-bed", "cramped", 10, "night"),
        ("cramp-standing", "cramped", 10, "night"),
        ("post-run", "both", None, "athlete"),
        ("bedtime", "alternate", None, "night"),
        ("heat", "chosen", None, "everyone"),
        ("ice", "chosen", None, "athlete"),
        ("massage", "chosen", None, "everyone"),
        ("micro-break", "both", None, "everyone"),
        ("demonstration", "leg_by_leg", None, "therapist"),
    ],
)
def test_sides_alarms_and_audiences(name: str, side: str, alarm_min: int | None, audience: str) -> None:
    routine = CATALOGUE.routine(name)
    assert (routine.side, routine.audience) == (side, audience)
    assert routine.alarm_after_ms == (None if alarm_min is None else alarm_min * MINUTE)


@pytest.mark.parametrize(
    ("name", "step", "range_s"),
    [
        ("cramp-standing", 0, (10, 60)),
        ("cramp-standing", 1, (15, 30)),
        ("cramp-bed", 2, (30, 60)),
        ("heat", 0, (600, 1200)),
        ("ice", 0, (300, 600)),
    ],
)
def test_doses_may_be_changed_within_the_given_range(name: str, step: int, range_s: tuple[int, int]) -> None:
    low, high = range_s
    assert CATALOGUE.routine(name).steps[step].range_ms == (low * 1_000, high * 1_000)


def test_no_routine_passes_a_hard_stop() -> None:
    for name in DOSES:
        assert stop_exceeded(CATALOGUE.routine(name), CATALOGUE.exercises) is None


def test_no_built_in_routine_uses_what_must_be_prescribed() -> None:
    for name in DOSES:
        used = (CATALOGUE.exercises[step.exercise] for step in CATALOGUE.routine(name).steps)
        assert not any(one.prescribed_only for one in used)


def test_massage_goes_over_all_three_zones_within_five_minutes_a_leg() -> None:
    steps = CATALOGUE.routine("massage").steps
    assert [step.zone for step in steps] == [None, "medial", "lateral", "lower", None]
    assert sum(step.dose_ms for step in steps) == 255_000


def test_bedtime_is_seated_unless_standing_is_chosen() -> None:
    bedtime = CATALOGUE.routine("bedtime")
    seated = plan(bedtime, CATALOGUE.exercises, Leg.LEFT)
    standing = plan(bedtime, CATALOGUE.exercises, Leg.LEFT, seated=False)
    assert [hold.exercise.letter for hold in seated] == ["B"] * 6 + ["J"] * 6
    assert [hold.exercise.letter for hold in standing] == ["D"] * 6 + ["H"] * 6
    assert [hold.leg for hold in seated] == [Leg.LEFT, Leg.RIGHT] * 6
    assert [hold.dorsiflexion_deg for hold in seated[:1]] == [4]
    assert bedtime.prescription == Prescription(times_per_day=1, days_per_week=7, weeks=6)


def test_one_walk_serves_both_legs_after_a_run() -> None:
    holds = plan(CATALOGUE.routine("post-run"), CATALOGUE.exercises, Leg.LEFT)
    assert [hold.exercise.letter for hold in holds] == ["W", *"DDDD", *"EEEE", *"NN"]


def test_the_demonstration_bends_the_knee_and_keeps_the_ankle() -> None:
    holds = plan(CATALOGUE.routine("demonstration"), CATALOGUE.exercises, Leg.LEFT)
    straight, bent = (hold for hold in holds if hold.leg is Leg.LEFT)
    assert (straight.knee_deg, straight.dorsiflexion_deg) == (0, 20)
    assert (bent.knee_deg, bent.dorsiflexion_deg) == (45, 20)


def test_micro_break_counts_its_ankle_pumps() -> None:
    step = CATALOGUE.routine("micro-break").steps[0]
    assert (step.count, step.tempo_ms) == (10, 2_000)


def test_an_unknown_routine_is_named() -> None:
    with pytest.raises(UnknownRoutine) as caught:
        CATALOGUE.routine("../heat")
    assert caught.value.routine == "../heat"


def test_only_the_routine_asked_for_is_read(tmp_path: Path) -> None:
    asked: list[str] = []

    def find(*parts: str) -> Path:
        asked.append("/".join(parts))
        return asset_path(*parts)

    routine: Routine = Catalogue(tmp_path, find_asset=find).routine("ice")
    assert routine.id == "ice"
    assert asked == ["exercises.toml", "routines/ice.toml"]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ("format = 1", "sources"),
        ('format = 1\n[sources.x]\ntitle="t"\nid="i"\nkind="trial"', "exercises"),
        ('format = 1\n[sources.x]\ntitle="t"\nid="i"\nkind="rumour"', "sources.x.kind"),
        (
            'format = 1\n[sources.x]\ntitle="t"\nid="i"\nkind="trial"\n[exercises.y]\nletter="Y"',
            "exercises.y.name",
        ),
    ],
)
def test_a_broken_catalogue_is_refused_by_place(tmp_path: Path, wrong: str, where: str) -> None:
    file = tmp_path / "exercises.toml"
    file.write_text(wrong)
    with pytest.raises(RoutineRefused) as caught:
        _ = Catalogue(find_asset=lambda *parts: file).exercises
    assert caught.value.where == where


def test_a_catalogue_of_another_format_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "exercises.toml"
    file.write_text("format = 2")
    with pytest.raises(RoutineRefused) as caught:
        _ = Catalogue(find_asset=lambda *parts: file).sources
    assert caught.value.code is RefusalCode.WRONG_FORMAT


def test_assets_are_found_in_the_package_first(tmp_path: Path) -> None:
    package, checkout = tmp_path / "a", tmp_path / "b"
    for root in (package, checkout):
        (root / "routines").mkdir(parents=True)
    (checkout / "routines" / "x.toml").touch()
    roots = (package, checkout)
    assert asset_path("routines", "x.toml", roots=roots) == checkout / "routines" / "x.toml"
    (package / "routines" / "x.toml").touch()
    assert asset_path("routines", "x.toml", roots=roots) == package / "routines" / "x.toml"


def test_a_missing_asset_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetMissing) as caught:
        asset_path("voice", "none.ogg", roots=(tmp_path,))
    assert caught.value.name == "voice/none.ogg"


def test_starting_a_routine_imports_nothing_heavy() -> None:
    program = (
        "import sys; from relief_app.storage.catalogue import Catalogue; Catalogue().routine('cramp-bed');"
        "from relief_app.storage import settings, journal, paths; paths.find_paths();"
        "heavy = {'msgspec', 'platformdirs', 'tomli_w', 'tempfile', 'logging', 'PySide6'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    checkout = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=checkout
    )
    assert done.stdout == "[]\n"
