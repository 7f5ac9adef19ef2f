"""What stands on the terminal at one moment: a pure function of words, keys and size.

Where there is no room for everything, what matters least goes first; the cue and the number stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from relief_app.i18n import translate
from relief_app.terminal.aid import Aid
from relief_app.terminal.digits import large
from relief_app.terminal.words import Words, ten_minutes

FEWEST_LINES = 8
"""Lines that the red flags should have; what else stands on their page gives way to them."""

_DONE_INK, _LEFT_INK = ("━", "─"), ("=", "-")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand or go together; the highest `rank` goes first, 0 never."""

    rank: int
    lines: Text


def guide_screen(words: Words, keys: Sequence[str], note: str, console: Console) -> RenderableType:
    """The guide: cue, number and bar; then what is around them as far as there is room.

    The first two `keys` are the most needed one and "something is wrong", which always stands.
    """
    options = console.options
    blocks = [
        Block(3, Text(f"{words.title} · {words.step}", style="dim", justify="center")),
        Block(5, Text("")),
        Block(0, Text(words.cue, style="bold", justify="center")),
        Block(6, Text("")),
        *_number_blocks(words.number, options),
        Block(1, Text(words.word, justify="center")),
        Block(7, Text("")),
        Block(2, _bar(words.done, options)),
        Block(4, Text(words.following, justify="center")),
        Block(8, Text("")),
        *([Block(1, Text(note, style="italic", justify="center"))] if note else []),
        Block(1, Text(keys[0], style="dim", justify="center")),
        Block(0, Text(keys[1], style="bold", justify="center")),
        Block(4, Text(_filled(keys[2:], options.max_width), style="dim", justify="center")),
    ]
    return _fitting(blocks, console)


def wrong_screen(
    aid: Aid, keys: Sequence[str], page: int, console: Console, *, alarm: bool
) -> RenderableType:
    """The page "Something is wrong": the emergency number on every page, and the red flags, as many as fit.

    `page` counts from 0 and goes round; in `keys`, "%1" becomes "1/3" where there are three pages.
    """
    options = console.options
    call = Text(aid.emergency, style="bold", justify="center")
    if_one = translate("terminal", "If one of these is true, do what it says now.")
    head = [call, Text(ten_minutes(), style="bold") if alarm else Text(if_one)]
    tail = Text(_filled(keys, options.max_width), style="dim")
    room = options.size.height - sum(_height(lines, console) for lines in (*head, tail))
    if room < FEWEST_LINES and not alarm:
        room += _height(head.pop(), console)
    pages = _pages([_flag(*entry) for entry in aid.entries()], max(room, 1), console)
    shown = page % len(pages)
    tail.plain = tail.plain.replace("%1", f"{shown + 1}/{len(pages)}")
    return Group(*head, *pages[shown], tail)


def _filled(keys: Sequence[str], width: int) -> str:
    """The keys side by side in lines of at most `width`, none of them torn."""
    lines = [""]
    for key in keys:
        longer = f"{lines[-1]}  {key}" if lines[-1] else key
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(key)
    return "\n".join(lines)


def _pages(flags: Sequence[Text], room: int, console: Console) -> list[list[Text]]:
    """The flags in pages of `room` lines; a flag is torn only where it is longer than a page."""
    pages: list[list[Text]] = [[]]
    for flag in flags:
        lines = list(flag.wrap(console, console.options.max_width))
        if len(pages[-1]) + len(lines) > room and pages[-1]:
            pages.append([])
        for line in lines:
            if len(pages[-1]) == room:
                pages.append([])
            pages[-1].append(line)
    return pages


def _number_blocks(number: str, options: ConsoleOptions) -> list[Block]:
    """The number large where it fits across, and small where there is no room for that."""
    rows = large(number, "█" if _unicode(options) else "#")
    if len(rows[0]) > options.max_width or options.size.height < 14:
        return [Block(0, Text(number, style="bold", justify="center"))]
    # Not centred by rich, which would first cut off the spaces at the end of each row.
    margin = " " * ((options.max_width - len(rows[0])) // 2)
    lines = "\n".join(margin + row for row in rows)
    return [Block(0, Text(lines, style="bold", no_wrap=True))]


def _bar(done: float, options: ConsoleOptions) -> Text:
    """How much of the phase is over."""
    full, left = _DONE_INK if _unicode(options) else _LEFT_INK
    width = max(1, options.max_width - 2)
    filled = round(width * done)
    parts = ((full * filled, "bold"), (left * (width - filled), "dim"))
    return Text.assemble(*parts, justify="center", no_wrap=True)


def _flag(trigger: str, action: str) -> Text:
    return Text.assemble(("• ", ""), (trigger, "bold"), ("  ", ""), (action, ""))


def _unicode(options: ConsoleOptions) -> bool:
    return not options.ascii_only


def _fitting(blocks: Sequence[Block], console: Console) -> RenderableType:
    """The blocks that fit the height together."""
    shown = [(block, _height(block.lines, console)) for block in blocks]
    while sum(height for _, height in shown) > console.options.size.height:
        last = max(shown, key=lambda entry: entry[0].rank)
        if last[0].rank == 0:
            break
        shown.remove(last)
    return Group(*(block.lines for block, _ in shown))


def _height(lines: Text, console: Console) -> int:
    return len(console.render_lines(lines, console.options.update(height=None)))
