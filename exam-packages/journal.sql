CREATE TABLE epoch (
  epoch INTEGER PRIMARY KEY,
  session TEXT NOT NULL,
  ticket TEXT NOT NULL,
  form TEXT NOT NULL,
  package BLOB NOT NULL,
  station BLOB NOT NULL,
  fork_epoch INTEGER NOT NULL,
  fork_seq INTEGER NOT NULL,
  fork_hash BLOB NOT NULL,
  j_age BLOB NOT NULL
) STRICT;
CREATE TABLE event (
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  used_ms INTEGER NOT NULL,
  mono_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  wall_ms INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  item TEXT NOT NULL,
  payload BLOB NOT NULL,
  prev BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE tick (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL,
  used_ms INTEGER NOT NULL,
  mono_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  wall_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE seal (
  epoch INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  head BLOB NOT NULL,
  signature BLOB NOT NULL,
  certificate BLOB NOT NULL,
  certificate_signature BLOB NOT NULL,
  issuer BLOB NOT NULL,
  issuer_signature BLOB NOT NULL
) STRICT;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER epoch_stays BEFORE UPDATE ON epoch BEGIN SELECT RAISE(ABORT, 'epochs are only added'); END;
CREATE TRIGGER epoch_remains BEFORE DELETE ON epoch BEGIN SELECT RAISE(ABORT, 'epochs are only added'); END;
