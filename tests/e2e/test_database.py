"""The database in the real program: what it keeps, and what is said where it is damaged."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, Stamp
from relief_app.core.gates import Asked
from relief_app.storage.database import Exposures, carry_nothing
from relief_app.storage.database_file import Database
from relief_app.storage.gates import read_gates
from tests.support.control import tell, wait_for, wait_for_state, wait_for_step
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import wait_until

REFUSED = 4


def database_of(stage: PrivateDesktop) -> Path:
    return Path(stage.environment["XDG_DATA_HOME"]) / "relief" / "relief.db"


def nothing_applies(stage: PrivateDesktop) -> None:
    """Every question of the set-up answered in the way that allows packs."""
    answers = {gate.key: "no" for gate in read_gates() if gate.asked is Asked.PROFILE}
    profile = database_of(stage).with_name("profile.json")
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text(json.dumps({"format": 1, "answers": answers, "facts": {}}))


def test_a_session_is_written_down_and_a_rehearsal_is_not(stage: PrivateDesktop) -> None:
    app = stage.launch("start", "micro-break", "--rate", "60")
    wait_for_state(app, "finished")
    assert not database_of(stage).exists()
    assert stage.command("start", "bedtime", "--leg", "left").returncode == 0
    wait_for_step(app, index=0)
    tell(app, "next")
    wait_for_step(app, index=1)
    assert stage.command("stop").returncode == 0
    wait_until(lambda: database_of(stage).exists(), what="the database")
    assert app.terminate() == 0
    with closing(sqlite3.connect(database_of(stage))) as kept:
        rows = kept.execute("SELECT routine, outcome, holds_done FROM sessions").fetchall()
    assert rows == [("bedtime", "stopped", 0)]
    assert "bedtime" not in app.output


def test_a_damaged_database_is_said_once_and_packs_wait(stage: PrivateDesktop) -> None:
    nothing_applies(stage)
    database_of(stage).write_bytes(b"no database" * 999)
    app = stage.launch("now", "--leg", "left")
    wait_for_step(app, index=0, phase="active")
    wait_until(lambda: "relief.db was damaged and is set aside" in app.output, what="the line")
    assert app.output.count("relief.db") == 1
    assert stage.command("stop").returncode == 0
    for kind in ("heat", "ice"):
        refused = stage.command("start", kind, "--leg", "left")
        assert (refused.returncode, len(refused.stderr.splitlines())) == (REFUSED, 1), refused
    assert app.terminate() == 0
    again = stage.launch()
    again.window()
    assert again.terminate() == 0
    assert "relief.db" not in again.output


def test_what_is_known_of_a_pack_outlasts_whoever_would_erase_it(stage: PrivateDesktop) -> None:
    """An earlier run left a pack on: nothing goes until somebody says that it is off."""
    database = Database(database_of(stage), carry_nothing)
    Exposures(database).add(Exposure(Kind.HEAT, Leg.LEFT, 900_000, Stamp("another boot", 5, 1_700_000_000.0)))
    database.close()
    refused = stage.command("data", "erase", "--yes")
    assert refused.returncode == REFUSED
    assert refused.stderr.startswith("a heat or ice pack counts as on the skin")
    app = stage.launch()
    wait_for(app, lambda status: bool((status["exposure"] or {}).get("alarm")), what="the alarm")
    assert stage.command("data", "erase", "--yes").returncode == REFUSED
    assert stage.command("acknowledge").returncode == 0
    assert stage.command("data", "erase", "--yes").returncode == 1
    assert app.terminate() == 0
    assert stage.command("data", "erase", "--yes").returncode == 0
    assert not database_of(stage).parent.exists()
