"""What is asked before a pack is put on: one question after the other, none passed over.

Clinical content, section 4. The questions are gates of the table with `asked = "pack"`; each names a risk,
so *no* lets the next one come and *yes* ends it.
"""

from collections.abc import Iterable

from relief_app.core.exercise import Kind
from relief_app.core.gates import Asked, Block, Gate, Reason, Verdict
from relief_app.core.profile import Answer

PACKS = {Kind.HEAT: Block.HEAT, Kind.ICE: Block.ICE}
"""The kinds that are packs, and what blocks them."""

CREAM = "pack_cream"
"""Who answers *yes* here has heat locked for a day."""

UNHEARD = "pack_unheard"
"""Asked while the test sound plays."""


class PackChecks:
    """The questions before a pack of one kind."""

    def __init__(self, kind: Kind, gates: Iterable[Gate]) -> None:
        self.kind = kind
        self._left = [gate for gate in gates if gate.asked is Asked.PACK and PACKS[kind] in gate.blocks]
        self._count = len(self._left)

    @property
    def current(self) -> Gate | None:
        """What is asked now; None once all is clear."""
        return self._left[0] if self._left else None

    @property
    def count(self) -> int:
        """How many questions there are."""
        return self._count

    @property
    def number(self) -> int:
        """The present question's number, from 1."""
        return self._count - len(self._left) + 1

    def answer(self, answer: Answer) -> Gate | None:
        """Answer the present question. Only *no* goes on to the next; else the answer is what blocks it."""
        gate = self._left[0]
        if answer is not Answer.NO:
            return gate
        del self._left[0]
        return None


def without_pack_questions(verdict: Verdict) -> Verdict:
    """`verdict` but for the questions that are asked before each pack, for whoever asks them now."""
    return Verdict(tuple(reason for reason in verdict.reasons if not _waits_for_pack(reason)))


def _waits_for_pack(reason: Reason) -> bool:
    return reason.gate.asked is Asked.PACK and reason.answer is Answer.UNKNOWN
