-- SPDX-License-Identifier: Apache-2.0
-- The item bank as format 1 made it, with a few rows: what an upgrade starts from. Numbers are integers: facility and discrimination in thousandths, points in milli-points, time in
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

INSERT INTO knowledge_point (position, code, title) VALUES (1, '1', 'One'), (2, '1.1', 'One one');
INSERT INTO import (id, at_ms, source, imported, refused) VALUES (1, 1000, 'old/imsmanifest.xml', 2, 1), (2, 2000, 'old/i1.xml', 0, 0);
INSERT INTO import_line (import, item, place, outcome, reason) VALUES
    (1, 'i1', 'old/i1.xml:0', 'imported', ''), (1, 'i2', 'old/i2.xml:0', 'imported', ''),
    (1, 'i3', 'old/i3.xml:7', 'refused', 'it is broken'), (2, 'i1', 'old/i1.xml:0', 'new version', '');
INSERT INTO item (id, version, state, knowledge_point, level, facility, discrimination, expected_s, points) VALUES
    ('i1', 2, 'active', '1.1', 'apply', 720, NULL, 45, 2500), ('i2', 1, 'active', '', '', NULL, NULL, NULL, 1000);
INSERT INTO item_version (item, version, import, kind, title, stem, max_score, xml)
    WITH v (item, version, import, stem) AS (VALUES ('i1', 1, 1, 'first?'), ('i2', 1, 1, 'other?'), ('i1', 2, 2, 'second?'))
    SELECT item, version, import, 'single', 'T', stem, 1000, CAST('<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="' || item || '" title="T" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>' || stem || '</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><simpleChoice identifier="A">one</simpleChoice><simpleChoice identifier="B">other</simpleChoice></choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
' AS BLOB) FROM v;
INSERT INTO enemy (item, enemy) VALUES ('i1', 'i2');
PRAGMA application_id=1262699083;
PRAGMA user_version=1;
