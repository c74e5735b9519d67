-- SPDX-License-Identifier: Apache-2.0
-- Format 4: parameters of item response theory, and attributes of the office's own.
CREATE TABLE item_more (                   -- what few items have
    item       TEXT NOT NULL PRIMARY KEY REFERENCES item (id),
    irt_a      INTEGER,                    -- estimates of the three-parameter logistic model, thousandths; NULL: none
    irt_b      INTEGER,
    irt_c      INTEGER,
    irt_normal INTEGER NOT NULL DEFAULT 0, -- 1: on the normal scale, a stands for 1.702 a
    attributes TEXT NOT NULL DEFAULT ''    -- "name=value name=value", sorted
) WITHOUT ROWID;
