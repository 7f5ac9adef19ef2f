"""The bench tests itself: what is left running, reached for or printed at the end."""

import socket
from pathlib import Path

import pytest

from tests.support.tally import TALLY_VARIABLE, total

ROOT = Path(__file__).parents[2]
CONFTEST = (ROOT / "tests/conftest.py").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv(TALLY_VARIABLE, raising=False)


def run(pytester: pytest.Pytester, source: str, *options: str) -> pytest.RunResult:
    """Run a test file of its own under the real conftest."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(source)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)


def test_a_running_timer_fails_only_the_test_that_left_it(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        from PySide6.QtCore import QTimer
        kept = []

        def test_leaves_it(qapp):
            timer = QTimer(objectName="forgotten")
            timer.start(60_000)
            kept.append(timer)

        def test_stops_it(qapp):
            timer = QTimer()
            timer.start(60_000)
            timer.stop()
            kept.append(timer)
        """,
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*left running: QTimer forgotten, parent none*"])


def test_a_running_animation_fails_the_test(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        from PySide6.QtCore import QVariantAnimation
        kept = []

        def test_leaves_it(qapp):
            animation = QVariantAnimation(startValue=0, endValue=1, duration=60_000)
            animation.start()
            kept.append(animation)
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*left running: QVariantAnimation*"])


def test_timers_of_widgets_closed_by_qtbot_are_no_leak(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QWidget

        def test_closes(qtbot):
            widget = QWidget()
            qtbot.addWidget(widget)
            widget.timer = QTimer(widget)
            widget.timer.start(60_000)
        """,
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("daemon", [True, False])
def test_a_thread_that_does_not_end_fails_the_test(pytester: pytest.Pytester, daemon: bool) -> None:
    result = run(
        pytester,
        f"""
        import threading
        import pytest
        from tests.support import leaks
        leaks._THREAD_PATIENCE_S = 0.05
        over = threading.Event()

        @pytest.fixture(scope="module", autouse=True)
        def ended():
            yield
            over.set()

        def test_leaves_it():
            threading.Thread(target=over.wait, name="forgotten", daemon={daemon}).start()

        def test_joins_it():
            thread = threading.Thread(target=lambda: None)
            thread.start()
            thread.join()
        """,
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*left running: thread forgotten*"])


def test_a_network_socket_fails_the_test_even_where_errors_are_swallowed(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import socket, urllib.request

        def test_reaches_out():
            try:
                urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)
            except Exception:
                pass

        def test_stays_here():
            socket.socketpair()[0].close()
        """,
        "-W",
        "ignore::ResourceWarning",
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*this test opened a network socket*"])


def test_local_sockets_are_allowed() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as local:
        assert local.family == socket.AF_UNIX


def test_home_is_the_tests_own_and_private(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import os, stat
        from pathlib import Path

        def test_home(tmp_path_factory):
            base = tmp_path_factory.getbasetemp()
            variables = ["HOME"] + [name for name in os.environ if name.startswith("XDG_")]
            assert len(variables) == 6
            assert all(base in Path(os.environ[name]).parents for name in variables)
            assert stat.S_IMODE(os.stat(os.environ["XDG_RUNTIME_DIR"]).st_mode) == 0o700
        """,
    )
    result.assert_outcomes(passed=1)


def test_no_qt_makes_qt_unimportable(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import sys, pytest

        def test_no_qt():
            with pytest.raises(ImportError, match="run without Qt"):
                import PySide6.QtCore
            assert not any(name.startswith("PySide6") for name in sys.modules)
        """,
        *("-p", "no:pytest-qt", "-p", "tests.support.no_qt"),
    )
    result.assert_outcomes(passed=1)


def test_the_closing_line_sums_all_parts(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    tally = pytester.path / "tally"
    tally.write_text("passed 40\nskipped 1\n", encoding="utf-8")
    monkeypatch.setenv(TALLY_VARIABLE, str(tally))
    result = run(pytester, "def test_one(): pass")
    assert result.outlines[-1] == "=== all parts so far: 41 passed, 1 skipped ==="


@pytest.mark.parametrize(
    ("lines", "phrase"),
    [("", "no tests"), ("passed 2\nfailed 1\npassed 3\nerror 0\n", "1 failed, 5 passed")],
)
def test_total(lines: str, phrase: str) -> None:
    assert total(lines) == phrase
