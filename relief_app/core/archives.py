"""Why a person's data is not exchanged: a code with a name, never a sentence."""

from enum import StrEnum


class ArchiveProblem(StrEnum):
    """Why an archive is not restored, or not made."""

    NOT_AN_ARCHIVE = "not_an_archive"
    OTHER_FORMAT = "other_format"
    TOO_LARGE = "too_large"
    STRANGE_FILE = "strange_file"
    DAMAGED_FILE = "damaged_file"
    UNREADABLE_FILE = "unreadable_file"


class ArchiveRefused(Exception):  # noqa: N818 - an answer, not an accident
    """An archive that is not used; `name` is the file in it that is the reason, "" for the whole."""

    def __init__(self, problem: ArchiveProblem, name: str = "") -> None:
        super().__init__(problem.value, name)
        self.problem = problem
        self.name = name


class DataInUse(Exception):  # noqa: N818 - an answer, not an accident
    """A session runs or a pack is on: what is kept cannot be exchanged now."""
