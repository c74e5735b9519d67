-- The central store (docs/sync.md). Portable SQL: bigint, text, blob (bytea elsewhere). Rows of a candidate have keys that
-- begin with the distribution columns candidate_id (ticket number) and exam_id (session).

-- Bundles that were merged, and the sittings that each of them brought.
CREATE TABLE bundle (
    exam_id     text NOT NULL,
    bundle_hash blob NOT NULL,
    station     text NOT NULL,
    site        text NOT NULL,
    room        text NOT NULL,
    package     blob NOT NULL,
    PRIMARY KEY (exam_id, bundle_hash)
);
CREATE TABLE source (
    candidate_id text NOT NULL,
    exam_id      text NOT NULL,
    bundle_hash  blob NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, bundle_hash)
);

-- Signed policy documents: the whole-session roster, the plan of a lab exam (kind 'lab').
CREATE TABLE policy (
    exam_id     text NOT NULL,
    policy_hash blob NOT NULL,
    kind        text NOT NULL,
    document    blob NOT NULL,
    PRIMARY KEY (exam_id, policy_hash)
);
CREATE TABLE registration (
    candidate_id text   NOT NULL,
    exam_id      text   NOT NULL,
    policy_hash  blob   NOT NULL,
    name         text   NOT NULL,
    id_number    text   NOT NULL,
    county       text   NOT NULL,
    school       text   NOT NULL,
    site         text   NOT NULL,
    room         text   NOT NULL,
    seat         bigint NOT NULL,
    form         text   NOT NULL,
    extra_s      bigint NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, policy_hash)
);

-- Journals of each epoch that are no prefix of another one. chain: the hashes of all events, 32 bytes each.
CREATE TABLE epoch (
    candidate_id text   NOT NULL,
    exam_id      text   NOT NULL,
    epoch        bigint NOT NULL,
    head_hash    blob   NOT NULL,
    head_seq     bigint NOT NULL,
    start_hash   blob   NOT NULL,
    attested     bigint NOT NULL,
    chain        blob   NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, epoch, head_hash)
);

-- What a journal that ends with one of these heads folds to. The one of the highest epoch counts.
CREATE TABLE work (
    candidate_id text   NOT NULL,
    exam_id      text   NOT NULL,
    epoch        bigint NOT NULL,
    hash         blob   NOT NULL,
    seq          bigint NOT NULL,
    package      blob   NOT NULL,
    form         text   NOT NULL,
    status       text   NOT NULL,
    used_ms      bigint NOT NULL,
    receipt      text   NOT NULL,
    answers      blob   NOT NULL,
    files        blob   NOT NULL, -- of practical items; empty where there are none
    PRIMARY KEY (candidate_id, exam_id, epoch, hash)
);

-- Score records, from stations and from the office. Derived: never part of a work's identity.
CREATE TABLE record (
    candidate_id text   NOT NULL,
    exam_id      text   NOT NULL,
    epoch        bigint NOT NULL,
    hash         blob   NOT NULL,
    ruleset      text   NOT NULL,
    record_hash  blob   NOT NULL,
    points       bigint NOT NULL,
    maximum      bigint NOT NULL,
    status       text   NOT NULL,
    items        blob   NOT NULL,
    document     blob   NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, epoch, hash, ruleset, record_hash)
);

-- Derived from the rows above, except what concerns a whole bundle (candidate_id ''): a row for each side of a
-- contradiction. side: head of a journal, hash of a record, hash of a bundle.
CREATE TABLE quarantine (
    candidate_id text   NOT NULL,
    exam_id      text   NOT NULL,
    reason       text   NOT NULL,
    epoch        bigint NOT NULL,
    side         blob   NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, reason, epoch, side)
);
CREATE INDEX registration_by_exam ON registration (exam_id);
CREATE INDEX work_by_exam ON work (exam_id);
CREATE INDEX quarantine_by_exam ON quarantine (exam_id);

-- since version 3
-- What people decided about results of a lab exam, and who signed it. Plan: policy, kind 'lab'. Ratings stand in the
-- works of the raters (form 'rating'); what follows for the candidates is computed (sync/lab.h).
CREATE TABLE decision (
    candidate_id  text NOT NULL,
    exam_id       text NOT NULL,
    decision_hash blob NOT NULL,
    kind          text NOT NULL,
    document      blob NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, decision_hash)
);
CREATE TABLE decision_signature (
    candidate_id          text NOT NULL,
    exam_id               text NOT NULL,
    decision_hash         blob NOT NULL,
    signature_hash        blob NOT NULL,
    keyid                 text NOT NULL,
    document              blob NOT NULL,
    certificate           blob NOT NULL, -- empty of an officer
    certificate_signature blob NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, decision_hash, signature_hash)
);
CREATE INDEX decision_by_exam ON decision (exam_id);

-- since version 4
-- CLOSE records that came with bundles, and what each says of its sittings. whole: of the room's own machine, else of one
-- station.
CREATE TABLE closing (
    exam_id      text   NOT NULL,
    closing_hash blob   NOT NULL,
    site         text   NOT NULL,
    room         text   NOT NULL,
    whole        bigint NOT NULL,
    package      blob   NOT NULL,
    registered   bigint NOT NULL,
    sat          bigint NOT NULL,
    document     blob   NOT NULL,
    PRIMARY KEY (exam_id, closing_hash)
);
CREATE TABLE closed_sitting (
    candidate_id text   NOT NULL,
    exam_id      text   NOT NULL,
    closing_hash blob   NOT NULL,
    epoch        bigint NOT NULL,
    seq          bigint NOT NULL,
    head         blob   NOT NULL,
    status       text   NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, closing_hash)
);
-- Derived from policies of the kinds 'release' and 'admission': what rooms had said when the close code was given out
-- (number '' for a record: id is its hash), which records are the ones that were announced, and what was decided.
CREATE TABLE announced (
    exam_id text NOT NULL,
    id      blob NOT NULL,
    site    text NOT NULL,
    room    text NOT NULL,
    number  text NOT NULL,
    key     blob NOT NULL,
    PRIMARY KEY (exam_id, id)
);
CREATE TABLE announced_record (
    exam_id      text NOT NULL,
    closing_hash blob NOT NULL,
    id           blob NOT NULL,
    PRIMARY KEY (exam_id, closing_hash, id)
);
CREATE TABLE admitted (
    candidate_id text NOT NULL, -- '' of a bundle
    exam_id      text NOT NULL,
    reason       text NOT NULL,
    side         blob NOT NULL,
    PRIMARY KEY (candidate_id, exam_id, reason, side)
);
CREATE INDEX closing_by_room ON closing (exam_id, site, room);
CREATE INDEX bundle_by_room ON bundle (exam_id, site, room);
