/* SPDX-License-Identifier: Apache-2.0 */
/* The file of a spill; for journal-spill.c alone. */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_SPILL_FILE_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_SPILL_FILE_H

#include "exam-packages/journal-rows.h"

struct spill {
    char *path;
    int fd;
    struct bytes file; /* as it was read last */
    uint64_t generation;
    int64_t epoch, base, disk; /* of the head */
    uint8_t
        start[32]; /* likewise: hash of how the epoch began, so that no other journal takes it for its own */
    size_t *at;    /* offset of each whole row; row i has seq base + 1 + i */
    size_t n;
    size_t end; /* of the last whole row */
};

/* Makes folder and file; an empty one is not begun yet. */
MUST_CHECK int spill_open(struct spill **ret, const char *path, struct err *e);
void spill_free(struct spill *s); /* NULL is fine */
/* As another program left it. A file that is begun anew while it is read is read again. */
MUST_CHECK int spill_look(struct spill *s, struct err *e);
/* Takes the turn, 5 s at most, and looks. */
MUST_CHECK int spill_lock(struct spill *s, struct err *e);
bool spill_try_lock(struct spill *s); /* at once or not at all; nothing is looked at */
void spill_unlock(struct spill *s);

/* What is whole of s->file: its head and its rows. False when it is none of ours. */
bool spill_parse(struct spill *s);
int64_t spill_last(const struct spill *s); /* seq of the last row */
/* Row i; texts into the arena, the payload borrowed. False when it is damaged. */
bool spill_row(const struct spill *s, size_t i, struct arena *a, struct journal_stored *ret);

/* ---- with the lock; false where memory refuses ---- */
/* Without rows, after that event, which the disk has. */
bool spill_begin_anew(struct spill *s, int64_t epoch, const uint8_t start[32], int64_t seq);
/* s->disk and the rest of the head. */
bool spill_put_head(struct spill *s);
/* The row at the end; nothing of it is there when it does not fit. */
bool spill_add(struct spill *s, const struct journal_stored *row);
void spill_take_back(struct spill *s);

#endif
