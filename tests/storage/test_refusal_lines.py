"""Every refusal is one clear line that names file, step, field, value and bound."""

import pytest

from relief_app.commands.wording import plain, refusal_line
from relief_app.core.refusal import Refusal, RefusalCode
from tests.storage.samples import document, refusal

HOT = {"exercise": '"heat-pack"', "duration_s": "1800"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            document({}, HOT),
            "mine.toml, step 2, duration_s: 1800 s in all is over the hard stop of 1200 s for a routine",
        ),
        (
            document(HOT | {"open_ended": "true", "duration_s": "60"}),
            "mine.toml, step 1, open_ended: heat must have an end; its hard stop is 1200 s",
        ),
        (document({"repetitions": "0"}), "mine.toml, step 1, repetitions: 0 is outside 1 to 100"),
        (
            document({"repetitions": "true"}),
            "mine.toml, step 1, repetitions: true is not allowed; expected: whole number",
        ),
        (document({"duration_s": "nan"}), "mine.toml, step 1, duration_s: nan is not a finite number"),
        (
            document({"range_s": "[40, 15.5]"}),
            "mine.toml, step 1, range_s: the range 40 to 15.5 is the wrong way round",
        ),
        (
            document({"range_s": "[40, 50]"}),
            "mine.toml, step 1, range_s: the dose of 30 s is outside the range 40 to 50 s",
        ),
        (
            document(side='"up"'),
            'mine.toml, side: "up" is not one of cramped, chosen, both, alternate, leg_by_leg',
        ),
        (document(format="2"), "mine.toml, format: format 2 is not known, only 1 is"),
        (document(id='""'), "mine.toml, id: this is empty"),
        (document(wight="1"), "mine.toml, wight: this key is not known"),
        ("a.a.a.a.a.a.a.a.a = 1", "mine.toml, line 1: a key has more than 8 parts"),
        (document(title=r'"\u202e"'), "mine.toml, title: the character U+202E is not allowed"),
        (document() + "\n=", "mine.toml, line 13: this is not TOML"),
    ],
)
def test_what_people_read(text: str, line: str) -> None:
    assert refusal_line("mine.toml", refusal(text)) == line


@pytest.mark.parametrize("code", RefusalCode)
def test_every_code_has_a_line(code: RefusalCode) -> None:
    line = refusal_line("mine.toml", Refusal(code, 3, "cue", "{value}", (1, 2)))
    assert line.startswith("mine.toml, step 3, cue: ")
    assert len(line) > len("mine.toml, step 3, cue: ")
    assert "\n" not in line


def test_no_name_or_value_can_steer_a_terminal_or_fill_the_screen() -> None:
    wild = "\x1b[2J\u202e\n" + "x" * 500
    line = refusal_line(wild, Refusal(RefusalCode.BAD_ID, field=wild, value=wild))
    assert line.isprintable()
    assert len(line) < 400
    assert plain("\x1b[2J") == "\\u001b[2J"
    assert plain("x" * 60) == "x" * 60
    assert plain("x" * 61) == "x" * 60 + "…"
