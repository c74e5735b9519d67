/* SPDX-License-Identifier: Apache-2.0 */
/* A real seat with its sitting and its journal on a disk that can fail, played by a test, and whether what
 * the screen shows is what the journal has. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_PLAYER_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_PLAYER_H

#include "base/rng.h"
#include "client/screens/seat-internal.h"
#include "exam-packages/journal-fold.h"
#include "tests/client/screens/trace.h"
#include "tests/desk.h"
#include "tests/failing-vfs.h"

enum { PLAYER_ITEMS = 20 };
extern const char *const player_items[PLAYER_ITEMS];

struct player {
    struct desk desk;
    struct seat *seat;
    struct app app;
    struct grid grid;
    struct rng rng;
    int64_t now_ms;
    long events, looks, sittings;
    struct failing_vfs *disk;
    bool broken; /* the disk, now */
    int64_t duration_s;
    struct trace trace;
};

/* A new sitting of p->duration_s, with all of player_items; its screens have the size of p->grid. */
void player_begin(struct player *p);
void player_end(struct player *p);
/* The program begins anew: what the agent and the screens before the paper do. */
void player_sits_down(struct player *p);

void player_disk(struct player *p, bool broken);
void player_wait(struct player *p, int64_t ms);
void player_press(struct player *p, struct key k);

/* What the journal has, read anew. */
void player_fold(struct player *p, struct journal_work *ret);
/* Ends the test, with what led there. */
void player_fail(struct player *p, size_t item, const char *why);
/* What counts as saved is what the sitting has. */
void player_check_saved(struct player *p, size_t item);
/* What is shown is saved, and is what the journal has. */
void player_compare(struct player *p, size_t item, const struct journal_work_item *stored);
/* The same of all, on a disk that works, after some seconds. */
void player_look(struct player *p);

#endif
