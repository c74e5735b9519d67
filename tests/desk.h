/* SPDX-License-Identifier: Apache-2.0 */
/* A desk for tests: a folder of its own, a station key, J and its sub-keys, and journals begun with them. */
#ifndef KAOCHANG_TESTS_DESK_H
#define KAOCHANG_TESTS_DESK_H

#include "exam-packages/age.h"
#include "exam-packages/journal.h"
#include "exam-packages/minisign.h"

struct desk {
    char dir[64];
    char path[128]; /* of the journal */
    struct minisign_secret station;
    struct age_identity recovery; /* opens j.age */
    struct journal_keys keys;
    struct bytes j_age;
    struct journal_epoch start;
};

void desk_open(struct desk *d);
void desk_close(struct desk *d); /* removes the folder */
/* As after a power cut: what a journal spilled into memory is gone. */
void desk_drop_spill(const char *journal);
/* No program at this desk finds memory for a spill (exam-packages/journal-spill.h): before the first opens
 * its journal. */
void desk_without_spill(const struct desk *d);
/* Creates the journal of epoch 1 and opens it, read to its end. */
struct journal *desk_journal(struct desk *d);
/* Opens it again for adding, without having read. */
struct journal *desk_again(struct desk *d);
/* Appends, and fails the test if that fails. `text` is the payload. */
void desk_add(struct journal *j, int64_t used_ms, enum journal_kind kind, const char *item, const char *text);
/* The payload of an act that the station signed for that place. */
void desk_act(const struct desk *d, enum journal_kind kind, int64_t seq, int64_t value, struct bytes *ret);
/* Signs the end that was read. */
void desk_seal(const struct desk *d, struct journal *j);

#endif
