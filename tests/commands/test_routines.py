import json
import os
from pathlib import Path
from typing import Any

import pytest

from relief_app.commands import profile, routines
from relief_app.commands.routine_times import minutes, planned_ms
from relief_app.core.anatomy import Leg
from relief_app.core.gates import CAUTIOUS, Verdict
from relief_app.core.routine import Routine, Side, Step, plan
from relief_app.core.session import Session
from relief_app.storage.catalogue import BUILT_IN, Catalogue
from relief_app.storage.paths import find_paths
from tests.core.sample import CATALOGUE, LEAN, LIE, PULL, PUMP, RUB, open_ended, routine

Captured = pytest.CaptureFixture[str]
OWN = """
format = 1
id = "mine"
title = "Mine"
summary = "For tests."
audience = "everyone"
side = "chosen"
source = "design"

[[steps]]
exercise = "rest"
duration_s = 90
"""


def own_folder() -> Path:
    folder = find_paths().own_routines_dir
    folder.mkdir(parents=True)
    return folder


def own_file(text: str = OWN, name: str = "mine.toml") -> Path:
    path = own_folder() / name
    path.write_text(text)
    return path


def lines(captured: Captured) -> tuple[list[str], list[str]]:
    found = captured.readouterr()
    return found.out.splitlines(), found.err.splitlines()


def test_the_list_names_every_routine_and_why_some_are_not_offered(capsys: Captured) -> None:
    assert routines.list_routines(as_json=False) == 0
    out, err = lines(capsys)
    assert [line.split()[0] for line in out] == list(BUILT_IN)
    assert err == []
    later = [line.split()[0] for line in out if "(not offered: the safety questions" in line]
    assert later == ["heat", "ice"]
    post_run, massage = [line for line in out if "(not offered: not answered" in line]
    assert post_run.startswith("post-run ")
    assert massage.startswith("massage ")
    assert "blood_thinner, pregnancy, poor_circulation; answer with: relief-app profile set" in massage
    assert out[0] == "cramp-bed        Cramp, in bed                3 min"


def test_the_list_for_scripts(capsys: Captured) -> None:
    own_file()
    assert routines.list_routines(as_json=True) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert list(rows) == [*BUILT_IN, "mine"]
    assert rows["mine"] == {
        "id": "mine",
        "title": "Mine",
        "own": True,
        "audience": "everyone",
        "steps": 1,
        "duration_s": 90.0,
        "minutes": 2,
        "offered": True,
        "why": None,
    }
    assert not rows["heat"]["own"]
    assert not rows["heat"]["offered"]
    assert rows["heat"]["why"].startswith("heat is not offered: ")


def test_damaged_own_files_are_named_and_the_rest_is_listed(capsys: Captured) -> None:
    own_file()
    (find_paths().own_routines_dir / "torn.toml").write_bytes(b"\xff")
    (find_paths().own_routines_dir / "odd.toml").write_text(OWN.replace("90", "-1"))
    assert routines.list_routines(as_json=False) == 0
    out, err = lines(capsys)
    assert out[-1].startswith("mine ")
    assert err == [
        "odd.toml, step 1, duration_s: -1 is outside 0.001 to 86400",
        "torn.toml: the text is not UTF-8 (byte 0)",
    ]


def test_a_routine_step_by_step(capsys: Captured) -> None:
    assert routines.show("cramp-bed", as_json=False) == 0
    out, err = lines(capsys)
    assert err == []
    assert out[0] == "Cramp, in bed"
    assert out[2] == "for the cramped leg; about 3 min in all"
    assert out[3].startswith("source: ")
    assert out[4] == "alarm after 10 min of cramp"
    assert "  1. Toes to shin: 30 s" in out
    assert "  2. Towel stretch: 30 s, until it lets go, 10 s rest" in out
    at = out.index("  3. Slow circles: 1 min")
    assert out[at + 2].startswith("     left out: not answered: blood_thinner, pregnancy, poor_circulation; ")
    assert sum(line.startswith("     source: ") for line in out) == 5


def answer(**answers: str) -> None:
    for key, value in answers.items():
        assert profile.set_answer(key, value) == 0


def shown(key: str, capsys: Captured) -> dict[str, Any]:
    assert routines.show(key, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def left_out(key: str, capsys: Captured) -> dict[str, str]:
    """Why steps are left out, by exercise."""
    steps = shown(key, capsys)["steps"]
    assert all(step["left_out"] == (step["why_left_out"] is not None) for step in steps)
    return {step["exercise"]: step["why_left_out"] for step in steps if step["left_out"]}


def test_answers_bring_massage_and_standing_steps_in(capsys: Captured) -> None:
    assert set(left_out("cramp-bed", capsys)) == {"circle-massage"}
    assert set(left_out("micro-break", capsys)) == {"wall-stretch-straight", "wall-stretch-bent"}
    seconds = shown("micro-break", capsys)["duration_s"]
    answer(blood_thinner="no", pregnancy="no", poor_circulation="no", unsteady="no")
    assert left_out("cramp-bed", capsys) == left_out("micro-break", capsys) == {}
    assert shown("micro-break", capsys)["duration_s"] == seconds + 2 * (5 + 15 + 5 + 15)
    assert shown("massage", capsys)["offered"]


def test_an_answer_that_forbids_says_why_and_what_is_possible_instead(capsys: Captured) -> None:
    answer(blood_thinner="yes", pregnancy="no", poor_circulation="no", unsteady="yes")
    why = "With a blood thinner there is no massage. Stretching stays possible"
    assert left_out("cramp-bed", capsys) == {"circle-massage": why}
    assert shown("massage", capsys)["why"] == f"massage is not offered: {why}"
    standing = left_out("cramp-standing", capsys)
    assert set(standing) == {"get-up", "circle-massage", "easy-walk"}
    assert standing["get-up"].startswith("Unsteady on your feet: bed and seated steps only.")


def test_a_damaged_profile_is_told_and_nothing_counts_as_answered(capsys: Captured) -> None:
    answer(blood_thinner="no", pregnancy="no", poor_circulation="no")
    find_paths().profile.write_text("{")
    assert routines.show("cramp-bed", as_json=False) == 0
    out, err = lines(capsys)
    assert any(line.startswith("     left out: not answered: blood_thinner") for line in out)
    assert len(err) == 1
    assert err[0].endswith("; no safety question counts as answered")


def test_counts_repetitions_zones_and_seats_are_said(capsys: Captured) -> None:
    for key in ("micro-break", "bedtime", "massage"):
        assert routines.show(key, as_json=False) == 0
    out, _ = lines(capsys)
    assert "  1. Ankle pumps: 10 times" in out
    assert any(line.endswith(": 3 x 10 s") for line in out)
    assert "     seated instead: towel-stretch" in out
    assert "  2. Slow circles (medial): 45 s" in out


@pytest.mark.parametrize("key", BUILT_IN)
def test_every_routine_for_scripts(key: str, capsys: Captured) -> None:
    assert routines.show(key, as_json=True) == 0
    shown = json.loads(capsys.readouterr().out)
    written = Catalogue().routine(key)
    assert [step["exercise"] for step in shown["steps"]] == [step.exercise for step in written.steps]
    assert [step["duration_s"] * 1000 for step in shown["steps"]] == [step.dose_ms for step in written.steps]
    assert all(step["cue"] and step["source"] for step in shown["steps"])


@pytest.mark.parametrize("key", ["", "nope", "../etc/passwd", "a\x1b[31m\nb", "x" * 10_000])
def test_an_unknown_routine_is_one_line_with_those_there_are(key: str, capsys: Captured) -> None:
    assert routines.show(key, as_json=False) == 1
    out, err = lines(capsys)
    assert out == []
    assert len(err) == 1
    assert err[0].startswith('there is no routine "')
    assert err[0].endswith(", ".join(BUILT_IN))
    assert "\x1b" not in err[0]


def test_a_damaged_own_routine_says_what_is_wrong_with_it(capsys: Captured) -> None:
    own_file(OWN + "colour = 1\n", "mine.toml")
    assert routines.show("mine", as_json=False) == 1
    assert lines(capsys) == ([], ["mine, step 1, colour: this key is not known"])


def test_check_has_a_line_for_every_file(tmp_path: Path, capsys: Captured) -> None:
    good, bad, gone = tmp_path / "good.toml", tmp_path / "bad.toml", tmp_path / "gone.toml"
    good.write_text(OWN)
    bad.write_text(OWN.replace("90", "true"))
    os.mkfifo(tmp_path / "pipe")
    paths = [str(path) for path in (good, bad, gone, tmp_path, tmp_path / "pipe", good)]
    assert routines.check(paths) == 1
    out, err = lines(capsys)
    assert [line.partition(": ")[0] for line in out] == ["ok", "ok"]
    assert [line.rpartition(": ")[2] for line in out] == ["1 step, 2 min"] * 2
    assert [line.rpartition(": ")[2] for line in err] == [
        "number",
        "there is no such file",
        "this is not a regular file",
        "this is not a regular file",
    ]
    assert routines.check([str(good)]) == 0


def test_import_keeps_a_routine_and_never_overwrites(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "given.toml"
    path.write_text(OWN)
    assert routines.import_file(str(path)) == 0
    kept = find_paths().own_routines_dir / "mine.toml"
    before = kept.read_bytes()
    path.write_text(OWN.replace("90", "30"))
    assert routines.import_file(str(path)) == 1
    assert kept.read_bytes() == before
    out, err = lines(capsys)
    assert out == ["imported: mine"]
    assert err[0].endswith('id: the id "mine" is in use; nothing was overwritten')


def test_a_built_in_id_cannot_be_imported(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "given.toml"
    path.write_text(OWN.replace('"mine"', '"cramp-bed"'))
    assert routines.import_file(str(path)) == 1
    assert 'the id "cramp-bed" is in use' in lines(capsys)[1][0]
    assert not find_paths().own_routines_dir.exists()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "given.toml"
    path.write_text(OWN)
    find_paths().data_dir.write_text("a file where the folder should be")
    assert routines.import_file(str(path)) == 1
    out, err = lines(capsys)
    assert (out, len(err)) == ([], 1)
    assert err[0].endswith("mine.toml: it cannot be written")


def test_export_writes_what_reads_back_and_overwrites_nothing(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "out.toml"
    assert routines.export("cramp-standing", str(path)) == 0
    catalogue = Catalogue()
    assert catalogue.reader.read(path) == catalogue.routine("cramp-standing")
    before = path.read_bytes()
    assert routines.export("bedtime", str(path)) == 1
    assert path.read_bytes() == before
    out, err = lines(capsys)
    assert out[0].startswith("exported: ")
    assert err == [f"{path}: there is a file already; nothing was overwritten"] or "…" in err[0]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("no/such/folder/x.toml", "there is no such folder"),
        ("folder", "this is not a regular file"),
        ("dangling", "there is a file already; nothing was overwritten"),
    ],
)
def test_export_to_where_nothing_can_be(name: str, line: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert routines.export("bedtime", str(tmp_path / name)) == 1
    out, err = lines(capsys)
    assert (out, len(err)) == ([], 1)
    assert err[0].endswith(f": {line}")
    assert not (tmp_path / "nowhere").exists()


def test_export_to_a_name_that_cannot_be(capsys: Captured) -> None:
    assert routines.export("bedtime", "a\0b") == 1
    assert len(lines(capsys)[1]) == 1


@pytest.mark.parametrize(
    ("subject", "seconds"),
    [
        (routine(PULL), 5 + 20),
        (routine(PULL, LEAN), 5 + 20 + 5 + 10),
        (routine(Step("lean", duration_ms=10_000, repetitions=3, rest_ms=4_000)), 5 + 10 + 4 + 10 + 4 + 10),
        (routine(Step("lean", duration_ms=10_000, repetitions=2, rest_ms=4_000), side=Side.BOTH), 58),
        (routine(PUMP, LIE), 5 + 6 + 3),
        (routine(RUB, LEAN), 5 + 10),
        (routine(RUB), 5 + 4),
        (routine(open_ended(PULL, 10_000), LIE, side=Side.CRAMPED), 5 + 20 + 3),
    ],
)
def test_the_time_is_that_of_a_session(subject: Routine, seconds: int) -> None:
    assert planned_ms(subject, CATALOGUE, CAUTIOUS) == seconds * 1000


@pytest.mark.parametrize("key", ["bedtime", "micro-break", "post-run", "massage", "heat", "demonstration"])
def test_the_time_of_a_built_in_routine_is_that_of_the_engine(key: str) -> None:
    catalogue = Catalogue()
    subject = catalogue.routine(key)
    session = Session(key, plan(subject, catalogue.exercises, Leg.LEFT))
    session.start(0)
    end = session.advance(10**9)[-1]
    assert planned_ms(subject, catalogue.exercises, Verdict()) == end.at


@pytest.mark.parametrize(("ms", "whole"), [(1, 1), (89_000, 1), (91_000, 2), (600_000, 10)])
def test_minutes_are_whole_and_never_none(ms: int, whole: int) -> None:
    assert minutes(ms) == whole
