CREATE TABLE minute (
  number INTEGER PRIMARY KEY,
  wall_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  ticket TEXT NOT NULL,
  station TEXT NOT NULL,
  text TEXT NOT NULL,
  value INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX minute_kind ON minute (kind, ticket);
CREATE TABLE done (number INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER minute_stays BEFORE UPDATE ON minute BEGIN SELECT RAISE(ABORT, 'minutes are only added'); END;
CREATE TRIGGER minute_remains BEFORE DELETE ON minute BEGIN SELECT RAISE(ABORT, 'minutes are only added'); END;
CREATE TRIGGER done_remains BEFORE DELETE ON done BEGIN SELECT RAISE(ABORT, 'what is done stays done'); END;
