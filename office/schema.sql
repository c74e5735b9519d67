-- The office database: sessions and their candidates. Portable SQL; docs/office.md says what the columns mean.
CREATE TABLE session (
    id             TEXT    NOT NULL PRIMARY KEY,
    title          TEXT    NOT NULL,
    exam           TEXT    NOT NULL,
    start_ms       INTEGER NOT NULL,
    end_ms         INTEGER NOT NULL CHECK (end_ms > start_ms),
    utc_offset_min INTEGER NOT NULL
);

CREATE TABLE candidate (
    session   TEXT    NOT NULL REFERENCES session (id),
    ticket    TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    id_number TEXT    NOT NULL,
    county    TEXT    NOT NULL,
    school    TEXT    NOT NULL,
    site      TEXT    NOT NULL,
    room      TEXT    NOT NULL,
    seat      INTEGER NOT NULL,
    form      TEXT    NOT NULL,
    extra_s   INTEGER NOT NULL CHECK (extra_s >= 0),
    PRIMARY KEY (session, ticket)
);

CREATE TABLE room (
    session TEXT    NOT NULL REFERENCES session (id),
    site    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    seats   INTEGER NOT NULL CHECK (seats > 0),
    benches INTEGER NOT NULL DEFAULT 0 CHECK (benches >= 0),
    PRIMARY KEY (session, site, id)
);

CREATE TABLE rater (
    session    TEXT    NOT NULL REFERENCES session (id),
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    school     TEXT    NOT NULL,
    site       TEXT    NOT NULL,
    room       TEXT    NOT NULL,
    from_bench INTEGER NOT NULL,
    to_bench   INTEGER NOT NULL,
    rank       INTEGER NOT NULL,
    PRIMARY KEY (session, id)
);

-- Rooms that are closed, as the office heard before their bundles came: number '' of a CLOSE record, hash '' of a call.
CREATE TABLE heard (
    session TEXT    NOT NULL REFERENCES session (id),
    site    TEXT    NOT NULL,
    room    TEXT    NOT NULL,
    number  TEXT    NOT NULL,
    hash    BLOB    NOT NULL,
    sat     INTEGER NOT NULL CHECK (sat >= 0),
    at_ms   INTEGER NOT NULL,
    PRIMARY KEY (session, site, room, number, hash)
);
