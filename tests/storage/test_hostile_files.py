"""Files made to hurt: each is refused by name, quickly, in little memory."""

import os
import socket
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.storage.reading import FILE_LIMIT, KEY_PARTS, read_bytes
from tests.storage.samples import CATALOGUE, STEP, check, document, refusal

FULL = FILE_LIMIT - 8
NINE = ".".join("a" * 9)
EIGHT = ".".join("a" * 8)


def filled(piece: str, before: str = "", after: str = "") -> str:
    """As many pieces as fit into the largest file that is read."""
    return before + piece * ((FULL - len(before) - len(after)) // len(piece)) + after


def numbered(pattern: str) -> str:
    lines = [pattern.format(number) for number in range(FULL // len(pattern))]
    return "".join(lines)[:FULL]


HOSTILE = {
    "a dotted key": (filled("a.", after="a = 1"), RefusalCode.KEY_TOO_DEEP),
    "a dotted key with spaces": (filled("a . ", after="a = 1"), RefusalCode.KEY_TOO_DEEP),
    "a dotted key, quoted": (filled('"".', after="a = 1"), RefusalCode.KEY_TOO_DEEP),
    "a dotted table": (filled("a.", "[", "a]"), RefusalCode.KEY_TOO_DEEP),
    "a dotted array of tables": (filled("a.", "[[", "a]]"), RefusalCode.KEY_TOO_DEEP),
    "a dotted key inline": (filled("a.", "x = {", "a = 1}"), RefusalCode.KEY_TOO_DEEP),
    "open arrays": (filled("[", "a = "), RefusalCode.NESTED_TOO_DEEP),
    "nested arrays": ("a = " + "[" * 2_000 + "]" * 2_000, RefusalCode.NESTED_TOO_DEEP),
    "open inline tables": (filled("{a=", "a = "), RefusalCode.NESTED_TOO_DEEP),
    "a few hundred inline tables": ("a = " + "{a=" * 300 + "1" + "}" * 300, RefusalCode.NESTED_TOO_DEEP),
    "many numbers": (filled("1,", "a = [", "]"), RefusalCode.TOO_MANY_VALUES),
    "many texts": (filled("'',", "a = [", "]"), RefusalCode.TOO_MANY_VALUES),
    "many keys": (numbered("k{}=1\n"), RefusalCode.TOO_MANY_VALUES),
    "many tables": (filled("[[steps]]\n"), RefusalCode.TOO_MANY_VALUES),
    "many deep tables": (filled("[[a]]\nb.c.d.e.f.g.h.i=1\n"), RefusalCode.TOO_MANY_VALUES),
    "many deep keys": (numbered("a.b.c.d.e.f.g.h{}=1\n"), RefusalCode.TOO_MANY_VALUES),
    "as many keys as are read": ("".join(f"k{n}=1\n" for n in range(4_000)), RefusalCode.MISSING_KEY),
    "as many numbers as are read": ("a = [" + "1," * 3_999 + "]", RefusalCode.MISSING_KEY),
    "a long number": (filled("1", "a = "), RefusalCode.NOT_TOML),
    "a long number in hexadecimal": (filled("f", "format = 0x"), RefusalCode.WRONG_FORMAT),
    "comments": (filled("#\n"), RefusalCode.MISSING_KEY),
    "empty lines": (filled("\n"), RefusalCode.MISSING_KEY),
    "spaces": (filled(" "), RefusalCode.MISSING_KEY),
    "a long bare key": (filled("a", after="=1"), RefusalCode.MISSING_KEY),
    "words": (filled("a "), RefusalCode.NOT_TOML),
    "quotes": (filled('"'), RefusalCode.NOT_TOML),
    "single quotes": (filled("'"), RefusalCode.NOT_TOML),
    "mixed quotes": (filled("\"'\n"), RefusalCode.NOT_TOML),
    "an open text of escapes": (filled('\\"""', 'a = """'), RefusalCode.NOT_TOML),
    "an open text of backslashes": (filled("\\", 'a = """'), RefusalCode.NOT_TOML),
    "an open literal text": (filled("\n", "a = '''"), RefusalCode.NOT_TOML),
    "escapes": (filled("\\u0041", 'a = "', '"'), RefusalCode.MISSING_KEY),
    "no text": (b"\xff\xfe" + "a".encode("utf-16-le") * 100, RefusalCode.NOT_UTF8),
    "too large": (filled("#") + "#" * 100, RefusalCode.MISSING_KEY),
}


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_for_what_it_is(text: str | bytes, code: RefusalCode) -> None:
    assert refusal(text).code is code


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_within_50_ms(text: str | bytes, code: RefusalCode) -> None:
    assert fastest(lambda: refusal(text)) <= 0.050


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_within_64_mib(text: str | bytes, code: RefusalCode) -> None:
    tracemalloc.start()
    try:
        refusal(text)
        assert tracemalloc.get_traced_memory()[1] <= 64 * 1024 * 1024
    finally:
        tracemalloc.stop()


EVERY_KEY = STEP | {
    "range_s": "[15.5, 40.5]",
    "duration_s": "30.5",
    "open_ended": "true",
    "repetitions": "3",
    "rest_s": "10.5",
    "cue": '"Pull the towel gently."',
    "source": '"seed"',
    "side": '"both"',
    "zone": '"medial"',
    "knee_deg": "0.5",
    "dorsiflexion_deg": "4.5",
    "instead_seated": '"towel-stretch"',
}


def inline(count: int) -> str:
    """The same steps in the other spelling TOML has for them."""
    step = ", ".join(f"{key} = {value}" for key, value in EVERY_KEY.items())
    return document().split("[[steps]]")[0] + "steps = [" + f"{{{step}}},\n" * count + "]\n"


@pytest.mark.parametrize("text", [document(*[EVERY_KEY] * 200), inline(200)], ids=["tables", "inline"])
def test_two_hundred_steps_with_every_key_are_checked_within_50_ms(text: str) -> None:
    assert len(check(text).steps) == 200
    assert fastest(lambda: check(text)) <= 0.050


def fastest(act: object) -> float:
    """Best processor time of three, so that a busy machine does not decide."""
    assert callable(act)
    times = []
    for _ in range(3):
        started = time.process_time()
        act()
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{NINE} = 1", 1),
        (f"[{NINE}]", 1),
        (f"\n[[ {NINE} ]]", 2),
        (f"x = {{ {NINE} = 1 }}", 1),
        ("a\t.\ta . 'b' . \"c\".a.a.a.a.a = 1", 1),
        ("x = '''\n# \"\"\" a\n'''\n" + f"{NINE} = 1", 4),
        ('x = """\n a\\""" """\n' + f"{NINE} = 1", 3),
        ('x = """ a"""""\n' + f"{NINE} = 1", 2),
        ("x = ''' a'''''\n" + f"{NINE} = 1", 2),
        ("x = 'a#\"' # '''\n" + f"{NINE} = 1", 2),
        ('x = "a\\"#" # """\n' + f"{NINE} = 1", 2),
        ('""."".\'\'."#".a.a.a.a.a = 1', 1),
        (f"x = 1\r\n{NINE} = 1", 2),
        ('x = """a\\\n\'\'\' """\n' + f"{NINE} = 1", 3),
        ('x = { y = """a"""", ' + f"{NINE} = 1 }}", 1),
        ("x = { y = '''a'''', " + f"{NINE} = 1 }}", 1),
    ],
)
def test_deep_keys_are_found_wherever_toml_allows_them(text: str, line: int) -> None:
    found = refusal(text)
    assert (found.code, found.where, found.bound) == (RefusalCode.KEY_TOO_DEEP, f"line {line}", KEY_PARTS)


@pytest.mark.parametrize(
    "text",
    [
        f"{EIGHT} = 1",
        f"[{EIGHT}]",
        f"x = '{NINE}'",
        f'x = "{NINE} = \\" {NINE}"',
        f"x = '''\n{NINE} = 1\n'''",
        f'x = """\n{NINE} = 1\n\\""" {NINE}"""',
        f"# {NINE} = 1",
        f"x = 1 # ''' {NINE} '''",
        f"'{NINE}' = 1",
        f'"{NINE}"."{NINE}" = 1',
        "x = 1.5\na.a.a.a = 1\nb.b.b.b = 1",
    ],
)
def test_dots_that_part_no_keys_are_let_through(text: str) -> None:
    assert refusal(text).code is RefusalCode.MISSING_KEY


def test_brackets_in_texts_and_comments_do_not_nest() -> None:
    assert refusal(f"x = '{'[' * 50}' # {'{' * 50}").code is RefusalCode.MISSING_KEY


PARTS = st.sampled_from(["a", "b-1", '"q.q"', "'l'", '""', "''", '"\\""'])
DOTS = st.sampled_from([".", " .", ". ", "\t.\t"])
BEFORE = st.sampled_from(
    ["", "x = '''\n'''\n", 'x = """"a"""\n', "x = '\"' # '\n", "[t]\n", "x = [\n'#', ] # ]\n"]
)


@given(BEFORE, st.lists(PARTS, min_size=1, max_size=12), DOTS)
def test_a_key_is_refused_exactly_when_it_has_more_than_eight_parts(
    before: str, parts: list[str], dot: str
) -> None:
    found = refusal(f"{before}{dot.join(parts)} = 1\n")
    assert (found.code is RefusalCode.KEY_TOO_DEEP) == (len(parts) > KEY_PARTS)


def read_refusal(path: Path) -> RefusalCode:
    with pytest.raises(RoutineRefused) as caught:
        CATALOGUE.reader.read(path)
    return caught.value.code


def test_more_than_64_kib_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_bytes(document().encode().ljust(FILE_LIMIT, b"\n"))
    assert CATALOGUE.reader.read(file).id == "mine"
    os.truncate(file, 10 * 1024**3)
    assert read_refusal(file) is RefusalCode.FILE_TOO_LARGE


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for path in (tmp_path, tmp_path / "pipe", tmp_path / "socket", Path("/dev/zero")):
            assert read_refusal(path) is RefusalCode.NOT_A_FILE


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regular = tmp_path / "file"
    regular.touch()
    os.mkfifo(tmp_path / "pipe")
    looked = regular.stat()
    monkeypatch.setattr(Path, "stat", lambda self: looked)
    with pytest.raises(RoutineRefused) as caught:
        read_bytes(tmp_path / "pipe")
    assert caught.value.code is RefusalCode.NOT_A_FILE


def test_a_device_or_pipe_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening some devices has effects, and opening a pipe wakes who writes to it."""
    os.mkfifo(tmp_path / "pipe")
    opened: list[object] = []
    monkeypatch.setattr(os, "open", opened.append)
    assert read_refusal(tmp_path / "pipe") is RefusalCode.NOT_A_FILE
    assert opened == []


@pytest.mark.parametrize("name", ["none.toml", "file/below.toml", "nul\0.toml"])
def test_a_missing_file_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    assert read_refusal(tmp_path / name) is RefusalCode.MISSING


def test_a_circle_of_links_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert read_refusal(tmp_path / "a") is RefusalCode.UNREADABLE


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "locked.toml"
    file.touch()

    def refuse(*args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert read_refusal(file) is RefusalCode.NO_PERMISSION
