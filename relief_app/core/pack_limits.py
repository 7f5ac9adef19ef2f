"""How soon after one pack the next may be put on, and how many there may be a day.

Clinical content, section 4: heat at least an hour apart and at most three a day, ice at least two hours
apart and at most three a day, heat not within two hours after ice and no pack within two hours of one of
the other kind.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, Stamp, since_ms
from relief_app.core.routine import MINUTE

HOUR = 60 * MINUTE
DAY = 24 * HOUR

INTERVAL_MS: Mapping[Kind, int] = {Kind.HEAT: HOUR, Kind.ICE: 2 * HOUR}
"""From the end of one pack to the next of its kind."""

OTHER_KIND_MS = 2 * HOUR
"""From the end of one pack to one of the other kind."""

A_DAY = 3
"""At most so many of a kind in any 24 hours, which is never laxer than a calendar day."""

NO_RUNNING_MS = 30 * MINUTE
"""No running after ice (MacAuley 2001)."""


class LimitReason(StrEnum):
    """Which rule stands in the way."""

    INTERVAL = "interval"
    OTHER_KIND = "other_kind"
    DAILY = "daily"


class Limit(NamedTuple):
    """A pack of `kind` is not allowed for another `left_ms` of real time."""

    kind: Kind
    reason: LimitReason
    left_ms: int


def limit(kind: Kind, past: Iterable[Exposure], now: Stamp) -> Limit | None:
    """What keeps a pack of `kind` from being put on at `now`, the longest of it; None where nothing does.

    `past` are the packs of the last day in any order, of one rate; a rehearsal's hours pass as fast as it
    does. A pack that is still on counts as just ended, one whose time lies in the future as well.
    """
    packs = tuple(past)
    found = [*_intervals(kind, packs, now), *_daily(kind, packs, now)]
    return max(found, key=lambda one: one.left_ms, default=None)


def _intervals(kind: Kind, past: Iterable[Exposure], now: Stamp) -> Iterable[Limit]:
    for pack in past:
        same = pack.kind is kind
        left = _left(INTERVAL_MS[kind] if same else OTHER_KIND_MS, pack.ended, now, pack.rate)
        if left > 0:
            yield Limit(kind, LimitReason.INTERVAL if same else LimitReason.OTHER_KIND, left)


def _daily(kind: Kind, past: Iterable[Exposure], now: Stamp) -> Iterable[Limit]:
    """The day is over when the third last pack began a day ago."""
    left = sorted(
        (_left(DAY, pack.began, now, pack.rate) for pack in past if pack.kind is kind), reverse=True
    )
    if len(left) >= A_DAY and left[A_DAY - 1] > 0:
        yield Limit(kind, LimitReason.DAILY, left[A_DAY - 1])


def _left(span_ms: int, since: Stamp | None, now: Stamp, rate: int) -> int:
    """Real milliseconds until `span_ms` have passed; all of them where nobody can tell."""
    span = -(-span_ms // rate)
    gone = None if since is None else since_ms(since, now)
    return span if gone is None else span - gone
