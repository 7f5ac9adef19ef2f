"""Rows of the database: what goes in comes out, whatever the clocks and the file did meanwhile."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.diary import SessionRecord
from relief_app.core.events import Outcome
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, PackReason, Stamp
from relief_app.core.pack_limits import LimitReason, limit
from relief_app.ports import ExposureStore, SessionStore
from relief_app.storage.database import Sessions
from relief_app.storage.paths import Paths
from relief_app.storage.stores import Stores
from tests.storage.databases import NOW, PACK, clean, store

STAMPS = st.builds(
    Stamp, st.text("ab-", max_size=4), st.integers(0, 2**40), st.floats(0, 1e12, allow_nan=False)
)
PACKS = st.builds(
    Exposure,
    kind=st.sampled_from([Kind.HEAT, Kind.ICE]),
    leg=st.sampled_from(Leg),
    planned_ms=st.integers(0, 1_200_000),
    began=STAMPS,
    rate=st.integers(1, 60),
    checked=st.integers(0, 4),
    alarm_reason=st.none() | st.sampled_from(PackReason),
    ended=st.none() | STAMPS,
)
DAY_S = 86_400.0


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data" / "relief.db"
    clean()


@given(PACKS)
def test_a_pack_comes_out_as_it_went_in(pack: Exposure) -> None:
    with TemporaryDirectory() as folder:
        exposures = store(Path(folder) / "relief.db")
        kept = exposures.add(pack)
        assert exposures.since(-1.0) == (kept,)
        assert kept == replace(pack, id=kept.id)
        changed = replace(kept, leg=kept.leg.other, checked=kept.checked + 1, ended=NOW)
        exposures.update(changed)
        assert store(Path(folder) / "relief.db").since(-1.0) == (changed,)
        clean()


def test_another_run_finds_the_pack_that_is_on(file: Path) -> None:
    first = store(file)
    kept = first.add(PACK)
    first.add(replace(PACK, ended=NOW))
    again = store(file)
    assert again.on_skin() == kept
    again.update(replace(kept, ended=NOW, checked=2))
    assert store(file).on_skin() is None
    assert store(file).since(0)[0].checked == 2


def test_only_what_is_recent_or_on_the_skin_is_told(file: Path) -> None:
    before = NOW._replace(boot_id="another boot")
    exposures = store(file)
    old = exposures.add(replace(PACK, began=before, ended=before))
    open_one = exposures.add(replace(PACK, began=before._replace(wall_s=5.0)))
    assert exposures.since(NOW.wall_s - 1) == (old, open_one)
    assert exposures.since(NOW.wall_s) == (open_one,)


@pytest.mark.parametrize("set_by_s", [-3 * DAY_S, -3_600.0, 3_600.0, 3 * DAY_S, 400 * DAY_S])
def test_a_clock_that_was_set_meanwhile_makes_no_pack_come_sooner(file: Path, set_by_s: float) -> None:
    """Ten minutes after heat, by the clock of this boot, whatever the wall clock says."""
    now = Stamp(NOW.boot_id, NOW.boot_ms + 600_000, NOW.wall_s + 600 + set_by_s)
    store(file).add(replace(PACK, began=NOW._replace(boot_ms=NOW.boot_ms - 900_000), ended=NOW))
    found = limit(Kind.HEAT, store(file, now=now).since(now.wall_s - DAY_S), now)
    assert found is not None
    assert (found.reason, found.left_ms) == (LimitReason.INTERVAL, 3_000_000)


def test_of_this_boot_only_what_is_recent_is_told(file: Path) -> None:
    later = Stamp(NOW.boot_id, NOW.boot_ms + 90_000_000, NOW.wall_s + 90_000)
    store(file).add(replace(PACK, ended=NOW))
    assert store(file, now=later).since(later.wall_s - DAY_S) == ()
    assert len(store(file, now=later).since(later.wall_s - 90_001)) == 1


def test_a_pack_that_was_erased_while_on_is_kept_anew(file: Path) -> None:
    exposures = store(file)
    kept = exposures.add(PACK)
    for entry in file.parent.iterdir():
        entry.unlink()
    exposures.update(replace(kept, checked=1))
    exposures.update(replace(kept, checked=2))
    assert store(file).since(0) == (replace(kept, id=1, checked=2),)


def test_in_another_file_an_id_stands_for_no_other_pack(file: Path) -> None:
    """Ids begin anew with the file: a pack must not take the place of the one that has its id now."""
    exposures = store(file)
    kept = exposures.add(PACK)
    for entry in file.parent.iterdir():
        entry.unlink()
    other = store(file).add(replace(PACK, kind=Kind.ICE, began=NOW._replace(boot_ms=1), ended=NOW))
    assert other.id == kept.id
    exposures.update(replace(kept, checked=1))
    exposures.update(replace(kept, checked=2))
    assert store(file).since(0) == (other, replace(kept, id=2, checked=2))


def test_a_reason_of_a_later_version_stays_an_alarm(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    with exposures.database.writing() as connection:
        connection.execute("UPDATE exposures SET alarm_reason = 'of_later'")
    found = exposures.on_skin()
    assert found is not None
    assert found.alarm_reason is PackReason.CLOCK


@given(
    st.builds(
        SessionRecord,
        routine=st.text("abc-", min_size=1, max_size=8),
        leg=st.sampled_from(Leg),
        began_wall_s=st.floats(0, 1e12, allow_nan=False),
        ended_wall_s=st.floats(0, 1e12, allow_nan=False),
        utc_offset_s=st.integers(-50_400, 50_400),
        outcome=st.sampled_from(Outcome),
        holds_done=st.integers(0, 200),
        holds=st.integers(200, 400),
        is_cramp=st.booleans(),
        cramp_ms=st.integers(0, 2**40),
        release_ms=st.none() | st.integers(0, 2**40),
        lasted_too_long=st.booleans(),
    )
)
@example(SessionRecord("a", Leg.LEFT, 0.0, 0.0, 0, Outcome.STOPPED, 0, 0))
def test_a_session_is_kept_as_it_was(record: SessionRecord) -> None:
    with TemporaryDirectory() as folder:
        database = store(Path(folder) / "relief.db").database
        kept = Sessions(database).add(record)
        with database.reading() as connection:
            cursor = connection.execute("SELECT * FROM sessions")
            row = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
        assert row == asdict(kept)
        assert kept == replace(record, id=1)
        clean()


def test_rehearsed_packs_lie_apart_and_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    paths = Paths(*(tmp_path / kind / "relief" for kind in ("config", "data", "state", "run")))
    stores = Stores(paths, lambda: NOW, lambda _: None)
    real: ExposureStore = stores.exposures.real
    rehearsed: ExposureStore = stores.exposures.rehearsed
    sessions: SessionStore = stores.sessions
    assert [real.on_skin(), rehearsed.on_skin()] == [None, None]
    assert list(tmp_path.iterdir()) == []
    kept = rehearsed.add(replace(PACK, rate=60))
    assert (rehearsed.on_skin(), real.on_skin(), real.since(0)) == (kept, None, ())
    assert sessions.add(SessionRecord("a", Leg.LEFT, 0.0, 1.0, 0, Outcome.STOPPED, 0, 1)).id == 1
    assert paths.has_database
    stores.close()
    assert [entry.name for entry in (*paths.data_dir.iterdir(), *paths.state_dir.iterdir())] == [
        "relief.db",
        "rehearsal.db",
    ]
    assert rehearsed.on_skin() == kept
    stores.close()
