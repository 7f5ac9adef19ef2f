"""When the morning after a cramp is: what the night keeps back is asked then.

Clinical content, sections 7 and 9.
"""

HOUR_S = 3_600

LEAST_AFTER_S = 4 * HOUR_S
"""A cramp this recent is still the same night, or the same run: nobody is asked about it yet."""

LONGEST_AFTER_S = 24 * HOUR_S
"""Soreness after a cramp lasts up to a day, and so does the lock on heat after a cream."""


def is_morning_after(ended_wall_s: float, now_wall_s: float, *, is_night: bool) -> bool:
    """True where a cramp that ended at `ended_wall_s` is asked about at `now_wall_s` (Unix seconds).

    `is_night` says whether now lies in the night hours. A cramp in the future is a clock set back: it is
    not asked about.
    """
    return not is_night and LEAST_AFTER_S <= now_wall_s - ended_wall_s <= LONGEST_AFTER_S
