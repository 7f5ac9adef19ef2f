import pytest

from relief_app.opening import Recovered, take_recovered


def test_a_usual_start_recovers_nothing() -> None:
    environment = {"HOME": "/home/me"}
    assert take_recovered(environment) is None
    assert environment == {"HOME": "/home/me"}


def test_what_the_guard_says_is_taken_and_passed_on_to_nobody() -> None:
    said = {"RELIEF_RECOVERED": "2", "RELIEF_GUARD_FD": "7", "RELIEF_WAS": "session muted", "HOME": "/me"}
    assert take_recovered(said) == Recovered(2, 7, frozenset({"session", "muted"}))
    assert said == {"HOME": "/me"}


@pytest.mark.parametrize("count", ["", "yes", "-1", "1.5", "\u0663", "99999999"])
def test_what_is_no_count_is_no_recovery(count: str) -> None:
    environment = {"RELIEF_RECOVERED": count, "RELIEF_GUARD_FD": "7"}
    assert take_recovered(environment) is None
    assert environment == {}


@pytest.mark.parametrize("channel", ["", "x", "-1"])
def test_without_a_channel_it_recovers_all_the_same(channel: str) -> None:
    assert take_recovered({"RELIEF_RECOVERED": "1", "RELIEF_GUARD_FD": channel}) == Recovered(
        1, None, frozenset()
    )
