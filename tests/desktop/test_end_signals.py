"""The system asks the program to end, and the program hears it."""

import os
import signal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from relief_app.desktop.end_signals import ENDING, EndSignals


@pytest.mark.parametrize("number", ENDING)
def test_each_signal_is_told_and_given_back(qtbot: QtBot, number: int) -> None:
    before = signal.getsignal(number)
    signals = EndSignals()
    with qtbot.waitSignal(signals.asked_to_end):
        os.kill(os.getpid(), number)
    signals.close()
    assert signal.getsignal(number) is before


def test_two_at_once_are_both_swallowed_alive(qtbot: QtBot) -> None:
    signals = EndSignals()
    with qtbot.waitSignal(signals.asked_to_end):
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGHUP)
    signals.close()


def test_closing_leaves_no_descriptor_behind() -> None:
    before = _open_descriptors()
    EndSignals().close()
    assert _open_descriptors() == before


def _open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
