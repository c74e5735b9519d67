-- SPDX-License-Identifier: Apache-2.0
-- Format 3: the files of practical items.
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
