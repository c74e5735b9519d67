-- SPDX-License-Identifier: Apache-2.0
-- The item bank, format 4. Numbers are integers: facility and discrimination in thousandths, points in milli-points, time in
-- seconds or, where a name ends in _ms, milliseconds since 1970. NULL is unknown. An older file is brought here by upgrade-N-M.sql;
-- a test compares what comes out with this.

CREATE TABLE setting (                     -- require-approval, index (which code wrote the search index)
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE knowledge_point (
    position INTEGER PRIMARY KEY,          -- order of the tree: parents before children
    code     TEXT NOT NULL UNIQUE,         -- "1.2"; the parent is the code up to its last dot
    title    TEXT NOT NULL
);

CREATE TABLE import (
    id       INTEGER PRIMARY KEY,
    at_ms    INTEGER NOT NULL,
    source   TEXT NOT NULL,
    who      TEXT NOT NULL DEFAULT '',     -- the author of what comes in, if said
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
    element TEXT NOT NULL DEFAULT '',      -- the element at fault
    outcome TEXT NOT NULL,                 -- imported, new version, updated, refused
    reason  TEXT NOT NULL
);
CREATE INDEX import_line_item ON import_line (item);

CREATE TABLE import_seen (                 -- what the import at work has met; empty between imports
    item  TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE item (
    id              TEXT NOT NULL PRIMARY KEY,
    version         INTEGER NOT NULL,      -- the current one
    state           TEXT NOT NULL DEFAULT 'draft', -- draft, reviewed, approved, retired: of the current version
    knowledge_point TEXT NOT NULL DEFAULT '',
    level           TEXT NOT NULL DEFAULT '',
    facility        INTEGER,               -- the author's estimate, as discrimination
    discrimination  INTEGER,
    expected_s      INTEGER,
    points          INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX item_knowledge_point ON item (knowledge_point);

CREATE TABLE item_version (                -- never changed once written
    number    INTEGER PRIMARY KEY,         -- of the row; item_document, item_gram, item_title and item_search use it
    item      TEXT NOT NULL,
    version   INTEGER NOT NULL,
    import    INTEGER NOT NULL REFERENCES import (id),
    kind      TEXT NOT NULL,               -- single, multiple, truefalse, fill, other, …: paperbank/item names them
    delivery  TEXT NOT NULL DEFAULT 'terminal', -- terminal, graphic, nothing
    author    TEXT NOT NULL DEFAULT '',
    title     TEXT NOT NULL,
    stem      TEXT NOT NULL,
    max_score INTEGER NOT NULL,
    UNIQUE (item, version)
);

CREATE TABLE item_document (
    number   INTEGER PRIMARY KEY REFERENCES item_version (number),
    xml      BLOB NOT NULL,                -- QTI 2.2
    original BLOB                          -- as it was imported, where that differs
);

CREATE TABLE item_gram (                   -- for near-duplicates
    number INTEGER PRIMARY KEY REFERENCES item_version (number),
    grams  BLOB NOT NULL                   -- hashes of its n-grams, 32 bits little-endian, sorted
);

-- The words of each version, by its number, cut up and folded by search-words.c; they keep no text.
CREATE VIRTUAL TABLE item_title USING fts5 (words, content='', columnsize=0, prefix='1 2',
    tokenize='ascii');
CREATE VIRTUAL TABLE item_search USING fts5 (words, content='', columnsize=0, prefix='1 2',
    tokenize='ascii');

CREATE TABLE media (                       -- pictures, decoded, bounded and written again when they come in
    hash   TEXT NOT NULL PRIMARY KEY,      -- of bytes
    type   TEXT NOT NULL,                  -- image/png
    width  INTEGER NOT NULL,               -- pixels
    height INTEGER NOT NULL,
    bytes  BLOB NOT NULL
);

CREATE TABLE item_media (                  -- which picture an href in an item's document stands for
    item    TEXT NOT NULL,
    version INTEGER NOT NULL,
    href    TEXT NOT NULL,
    hash    TEXT NOT NULL REFERENCES media (hash),
    PRIMARY KEY (item, version, href)
) WITHOUT ROWID;
CREATE INDEX item_media_hash ON item_media (hash);

CREATE TABLE file (                        -- of practical items
    hash  TEXT NOT NULL PRIMARY KEY,       -- BLAKE2b-256 of bytes, hex
    bytes BLOB NOT NULL
);

CREATE TABLE item_file (                   -- what lies beside an item: rules.xml, start/…, material/…, model/…
    item    TEXT NOT NULL,
    version INTEGER NOT NULL,
    path    TEXT NOT NULL,
    hash    TEXT NOT NULL REFERENCES file (hash),
    PRIMARY KEY (item, version, path)
) WITHOUT ROWID;
CREATE INDEX item_file_hash ON item_file (hash);

CREATE TABLE test_document (               -- assessment tests; never changed once written, the highest version counts
    number     INTEGER PRIMARY KEY,
    identifier TEXT NOT NULL,
    version    INTEGER NOT NULL,
    import     INTEGER NOT NULL REFERENCES import (id),
    title      TEXT NOT NULL,
    xml        BLOB NOT NULL,              -- QTI 2.2
    original   BLOB,                       -- as it was imported, where that differs
    UNIQUE (identifier, version)
);

CREATE TABLE enemy (                       -- the relation holds both ways; a pair stands here once, declared ones as declared
    item    TEXT NOT NULL,
    enemy   TEXT NOT NULL,
    origin  TEXT NOT NULL DEFAULT 'declared', -- declared (by item), proposed, confirmed, refused
    reason  TEXT NOT NULL DEFAULT '',      -- of a proposal: near-duplicate, gives-key
    measure INTEGER,                       -- of a proposal: thousandths
    who     TEXT NOT NULL DEFAULT '',      -- confirmed or refused it
    at_ms   INTEGER,
    PRIMARY KEY (item, enemy)
) WITHOUT ROWID;
CREATE INDEX enemy_other ON enemy (enemy);

CREATE TABLE review (
    id         INTEGER PRIMARY KEY,
    item       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    who        TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    note       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX review_item ON review (item, version);

CREATE TABLE metadata_change (             -- by hand, not by import
    id     INTEGER PRIMARY KEY,
    item   TEXT NOT NULL,
    at_ms  INTEGER NOT NULL,
    who    TEXT NOT NULL,
    field  TEXT NOT NULL,
    before TEXT NOT NULL,
    after  TEXT NOT NULL
);
CREATE INDEX metadata_change_item ON metadata_change (item);

CREATE TABLE item_use (                    -- an exam that was assembled with it; such a version is frozen
    item       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    exam       TEXT NOT NULL,
    session    TEXT NOT NULL DEFAULT '',   -- '': of the exam as such
    at_ms      INTEGER NOT NULL,
    candidates INTEGER,
    PRIMARY KEY (item, version, exam, session)
) WITHOUT ROWID;
CREATE INDEX item_use_exam ON item_use (exam);

CREATE TABLE item_statistic (              -- of past use, beside the author's estimates in item
    item           TEXT NOT NULL,
    version        INTEGER NOT NULL,
    exam           TEXT NOT NULL,          -- or another name of the source
    at_ms          INTEGER NOT NULL,
    n              INTEGER NOT NULL,       -- candidates
    facility       INTEGER NOT NULL,
    discrimination INTEGER,
    PRIMARY KEY (item, version, exam)
) WITHOUT ROWID;

CREATE TABLE item_more (                   -- what few items have
    item       TEXT NOT NULL PRIMARY KEY REFERENCES item (id),
    irt_a      INTEGER,                    -- estimates of the three-parameter logistic model, thousandths; NULL: none
    irt_b      INTEGER,
    irt_c      INTEGER,
    irt_normal INTEGER NOT NULL DEFAULT 0, -- 1: on the normal scale, a stands for 1.702 a
    attributes TEXT NOT NULL DEFAULT ''    -- "name=value name=value", sorted
) WITHOUT ROWID;
