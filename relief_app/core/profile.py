"""What a person has answered about themselves: the safety profile.

It is health data, so it is never kept among the settings.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Answer(StrEnum):
    """Whether a risk applies; who has not answered counts as cautiously as can be."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Profile(NamedTuple):
    """Answers by the key of their gate, and when dated things happened, in Unix seconds by key.

    What is not in `answers` is unknown; what is not in `facts` is not known to have happened.
    """

    answers: Mapping[str, Answer] = MappingProxyType({})
    facts: Mapping[str, float] = MappingProxyType({})

    def answer(self, key: str) -> Answer:
        """The answer to `key`."""
        return self.answers.get(key, Answer.UNKNOWN)

    def with_answer(self, key: str, answer: Answer) -> "Profile":
        """A profile with another answer to `key`."""
        return self._replace(answers={**self.answers, key: answer})

    def with_fact(self, key: str, at_s: float | None) -> "Profile":
        """A profile with `key` having happened at `at_s`, or never."""
        facts = {name: at for name, at in self.facts.items() if name != key}
        return self._replace(facts=facts if at_s is None else {**facts, key: at_s})
