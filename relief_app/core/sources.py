"""Where a dose or a statement comes from; the app shows it beside what it says."""

from enum import StrEnum
from typing import NamedTuple


class SourceKind(StrEnum):
    """The evidence label of a source."""

    TRIAL = "trial"
    STUDY = "study"
    """A measurement on people or specimens; no treatment was compared."""
    REVIEW = "review"
    ADVICE = "advice"
    OPINION = "opinion"
    ARTICLE = "article"
    DESIGN = "design"


class Source(NamedTuple):
    """One source: `key` is how data names it, `reference` how a reader finds it."""

    key: str
    title: str
    reference: str
    kind: SourceKind
