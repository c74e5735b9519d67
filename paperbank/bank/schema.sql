-- SPDX-License-Identifier: Apache-2.0
-- The item bank, format 1. Numbers are integers: facility and discrimination in thousandths, points in milli-points, time in
-- seconds or, where a name ends in _ms, milliseconds since 1970. NULL is unknown.

CREATE TABLE knowledge_point (
    position INTEGER PRIMARY KEY,          -- order of the tree: parents before children
    code     TEXT NOT NULL UNIQUE,         -- "1.2"; the parent is the code up to its last dot
    title    TEXT NOT NULL
);

CREATE TABLE import (
    id       INTEGER PRIMARY KEY,
    at_ms    INTEGER NOT NULL,
    source   TEXT NOT NULL,
    imported INTEGER NOT NULL DEFAULT 0,
    version  INTEGER NOT NULL DEFAULT 0,
    updated  INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    refused  INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE import_line (                 -- what an import did with each item; unchanged ones leave no line
    import  INTEGER NOT NULL REFERENCES import (id),
    item    TEXT NOT NULL,
    place   TEXT NOT NULL,                 -- file:line
    outcome TEXT NOT NULL,                 -- imported, version, updated, refused
    reason  TEXT NOT NULL
);
CREATE INDEX import_line_item ON import_line (item);

CREATE TABLE item (
    id              TEXT NOT NULL PRIMARY KEY,
    version         INTEGER NOT NULL,      -- the current one
    state           TEXT NOT NULL DEFAULT 'active',
    knowledge_point TEXT NOT NULL DEFAULT '',
    level           TEXT NOT NULL DEFAULT '',
    facility        INTEGER,
    discrimination  INTEGER,
    expected_s      INTEGER,
    points          INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE item_version (                -- never changed once written
    item      TEXT NOT NULL,
    version   INTEGER NOT NULL,
    import    INTEGER NOT NULL REFERENCES import (id),
    kind      TEXT NOT NULL,
    title     TEXT NOT NULL,
    stem      TEXT NOT NULL,
    max_score INTEGER NOT NULL,
    xml       BLOB NOT NULL,               -- as it was imported
    PRIMARY KEY (item, version)
);

CREATE TABLE enemy (                       -- as declared by item; the relation holds both ways
    item  TEXT NOT NULL,
    enemy TEXT NOT NULL,
    PRIMARY KEY (item, enemy)
) WITHOUT ROWID;
