"""Texts of routine files for the tests, and a way to see what is made of them."""

from relief_app.core.refusal import Refusal, RoutineRefused
from relief_app.core.routine import Routine
from relief_app.storage.catalogue import Catalogue

CATALOGUE = Catalogue()

HEAD = {
    "format": "1",
    "id": '"mine"',
    "title": '"Mine"',
    "summary": '"For tests."',
    "audience": '"everyone"',
    "side": '"both"',
    "source": '"design"',
}
STEP = {"exercise": '"towel-stretch"', "duration_s": "30"}


def table(values: dict[str, str]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in values.items() if value != "")


def document(*steps: dict[str, str], **head: str) -> str:
    """A routine file; a value of "" leaves a key out. Without `steps` it has one good step."""
    return table(HEAD | head) + "".join(f"\n[[steps]]\n{table(STEP | step)}" for step in steps or ({},))


def check(text: str | bytes) -> Routine:
    return CATALOGUE.reader.check(text.encode() if isinstance(text, str) else text)


def refusal(text: str | bytes) -> Refusal:
    """Why `text` is refused."""
    try:
        check(text)
    except RoutineRefused as refused:
        return refused.refusal
    raise AssertionError("not refused")
