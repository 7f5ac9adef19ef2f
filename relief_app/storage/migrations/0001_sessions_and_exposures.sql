-- Sessions as they were done, and packs on the skin. Times are Unix seconds (wall) and milliseconds
-- since a boot of the computer; `boot` is that boot's id, '' where there is none.

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    routine TEXT NOT NULL,
    leg TEXT NOT NULL CHECK (leg IN ('left', 'right')),
    began_wall_s REAL NOT NULL,
    ended_wall_s REAL NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    holds_done INTEGER NOT NULL CHECK (holds_done >= 0),
    holds INTEGER NOT NULL CHECK (holds >= holds_done),
    is_cramp INTEGER NOT NULL CHECK (is_cramp IN (0, 1)),
    cramp_ms INTEGER NOT NULL CHECK (cramp_ms >= 0),
    release_ms INTEGER CHECK (release_ms >= 0),
    lasted_too_long INTEGER NOT NULL CHECK (lasted_too_long IN (0, 1))
) STRICT;

CREATE INDEX sessions_by_time ON sessions (began_wall_s);

CREATE TABLE exposures (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('heat', 'ice')),
    leg TEXT NOT NULL CHECK (leg IN ('left', 'right')),
    planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
    rate INTEGER NOT NULL CHECK (rate BETWEEN 1 AND 60),
    checked INTEGER NOT NULL CHECK (checked >= 0),
    alarm_reason TEXT,
    began_boot TEXT NOT NULL,
    began_boot_ms INTEGER NOT NULL,
    began_wall_s REAL NOT NULL,
    ended_boot TEXT,
    ended_boot_ms INTEGER,
    ended_wall_s REAL,
    CHECK ((ended_boot IS NULL) = (ended_wall_s IS NULL) AND (ended_boot IS NULL) = (ended_boot_ms IS NULL))
) STRICT;
