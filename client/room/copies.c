/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/copies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/seal.h"

/* What a part is taken into. */
struct taking {
    struct room *room;
    struct seat *seat;
    const struct api_part *part;
    const struct copies_sender *from;
    struct copies_taken *ret;
};

static char *beside_path(const struct seat *seat, const char *station)
{
    size_t stem = strlen(seat->path) - strlen(".journal");
    return mem_printf("%.*s.other-%s.journal", (int)stem, seat->path, station);
}

static const struct journal_epoch *find_epoch(const struct journal *j, int64_t epoch, size_t *ret_i)
{
    for (size_t i = 0; i < journal_epochs(j); i++)
        if (journal_epoch(j, i)->epoch == epoch) {
            *ret_i = i;
            return journal_epoch(j, i);
        }
    return NULL;
}

/* The end of that journal's epoch; 0 where it has none. */
static int64_t end_in(const char *path, int64_t epoch)
{
    struct journal *j = NULL;
    uint8_t hash[32];
    size_t i = 0;
    int64_t seq = 0;
    if (journal_open(&j, path, NULL, NULL, NULL) < 0 || !find_epoch(j, epoch, &i) ||
        !journal_epoch_end(j, i, &seq, hash))
        seq = 0;
    journal_close(j);
    return seq;
}

static bool has_rows(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    bool has = end_in(path, 1) > 0;
    free(path);
    return has;
}

char *copies_beside(const struct room *r, const struct seat *seat)
{
    struct file_names names = {0};
    char *folder = path_join(r->folder, "journals"), *found = NULL;
    char *start = mem_printf("%s.other-", seat->who->ticket);
    if (file_list(folder, &names, NULL) == 0)
        for (size_t i = 0; i < names.n && !found; i++) {
            size_t n = strlen(names.name[i]);
            if (strncmp(names.name[i], start, strlen(start)) == 0 && n > 8 &&
                strcmp(names.name[i] + n - 8, ".journal") == 0 && has_rows(folder, names.name[i]))
                found = mem_strdup(names.name[i]);
        }
    file_names_free(&names);
    free(start);
    free(folder);
    return found;
}

static int refuse(const struct taking *t, const char *why)
{
    snprintf(t->ret->refused, sizeof t->ret->refused, "%s", why);
    return 0;
}

static bool same_sitting(const struct taking *t)
{
    const struct journal_epoch *s = &t->part->start;
    return strcmp(s->session, t->room->roster->session) == 0 &&
           strcmp(s->ticket, t->seat->who->ticket) == 0 && strcmp(s->form, t->seat->who->form) == 0 &&
           memcmp(s->package, package_hash(t->room->package), sizeof s->package) == 0;
}

/* An error of the disk is the caller's; what is wrong with the rows is the sender's to hear. */
static int sort_out(const struct taking *t, int result, struct err *own, struct err *e)
{
    if (result == 0 || own->code == JOURNAL_GAP)
        return 0;
    if (result == -ERR_ENV || result == -ERR_BUG) {
        if (e)
            *e = *own;
        return result;
    }
    char text[400];
    return refuse(t, err_text(own, text, sizeof text));
}

/* Start, rows, tick and seal into an open journal. */
static int take_into(struct taking *t, struct journal *j, struct err *e)
{
    const struct api_part *p = t->part;
    struct err own = {0};
    size_t i = 0;
    int r = 0;
    if (p->has_start && !find_epoch(j, p->start.epoch, &i)) {
        r = journal_take_epoch(j, &p->start, &own);
        if (r == 0)
            r = journal_unseal(j, &t->room->unlock, 1, &own);
        t->ret->any = t->ret->any || r == 0;
    } else if (p->has_start) { /* the same again, or two that differ */
        r = journal_take_epoch(j, &p->start, &own);
    }
    if (r == 0 && !find_epoch(j, p->start.epoch, &i))
        return 0; /* its start has to come first: nothing is acknowledged */
    int64_t before = 0;
    uint8_t hash[32];
    if (r == 0 && journal_epoch_end(j, i, &before, hash))
        t->ret->seq = before;
    if (r == 0 && p->n)
        r = journal_take(j, p->row, p->n, &t->ret->seq, &own);
    t->ret->any = t->ret->any || t->ret->seq > before;
    if (r == 0 && p->has_tick && i + 1 == journal_epochs(j))
        r = journal_take_tick(j, &p->tick, &own);
    if (r == 0 && p->has_seal && !journal_epoch_seal(j, i, &(struct journal_seal){0}) &&
        p->seal.seq == t->ret->seq) {
        r = seal_check(t->room->trust, t->seat->who->ticket, journal_epoch(j, i), &p->seal, NULL, &own);
        if (r == 0)
            r = journal_take_seal(j, &p->seal, &own);
        t->ret->any = t->ret->any || r == 0;
    }
    if (own.code == JOURNAL_FORKED) {
        if (e)
            *e = own;
        return r;
    }
    return sort_out(t, r, &own, e);
}

/* The copy that was contradicted up to where the two part: the other one is to be read whole. */
struct row_list {
    struct arena *arena;
    struct journal_stored *row;
    size_t n, room;
};

static int keep_row(void *context, const struct journal_stored *row, struct err *e)
{
    struct row_list *l = context;
    (void)e;
    if (l->n == l->room)
        return 1;
    struct journal_stored *to = &l->row[l->n++];
    *to = *row;
    to->item = arena_strdup(l->arena, row->item);
    to->payload = span_of(arena_copy(l->arena, row->payload.p, row->payload.n), row->payload.n);
    return 0;
}

static int rows_of(struct journal *j, int64_t epoch, int64_t after, size_t max, struct arena *a,
                   struct row_list *l, struct err *e)
{
    *l = (struct row_list){.arena = a, .row = arena_array(a, max, sizeof *l->row), .room = max};
    int r = journal_stored_after(j, epoch, after, max, keep_row, l, e);
    return r < 0 ? r : 0;
}

static int begin_beside(struct taking *t, const char *path, struct err *e)
{
    const struct api_part *p = t->part;
    struct journal *mine = t->seat->store ? sitting_store_journal(t->seat->store) : NULL;
    struct journal *j = NULL;
    struct arena *a = arena_new();
    struct row_list l = {0};
    size_t i = 0;
    const struct journal_epoch *start = p->has_start ? &p->start
                                        : mine       ? find_epoch(mine, p->start.epoch, &i)
                                                     : NULL;
    int64_t seq = 0;
    int r = start ? journal_create(path, start, NULL, e)
                  : err_set(e, ERR_NO, NULL, _("the beginning is missing"));
    if (r == 0 && !p->has_start && p->n && p->row[0].seq > 1) {
        r = rows_of(mine, start->epoch, 0, (size_t)p->row[0].seq - 1, a, &l, e);
        if (r == 0)
            r = journal_open(&j, path, NULL, NULL, e);
        if (r == 0)
            r = journal_unseal(j, &t->room->unlock, 1, e);
        if (r == 0)
            r = journal_take(j, l.row, l.n, &seq, e);
    }
    journal_close(j);
    arena_free(a);
    return r;
}

static void remove_journal(const char *path)
{
    static const char *const tail[] = {"-wal", "-shm", ""};
    for (size_t i = 0; i < sizeof tail / sizeof *tail; i++) {
        char *file = mem_printf("%s%s", path, tail[i]);
        unlink(file);
        free(file);
    }
}

/* Begun only with what verifies: garbage is no second machine. A start comes alone, and its rows after it. */
static int take_beside(struct taking *t, const char *path, struct err *e)
{
    struct journal *j = NULL;
    struct err own = {0};
    bool fresh = !file_exists(path);
    int r = fresh ? begin_beside(t, path, &own) : 0;
    if (r == 0)
        r = journal_open(&j, path, NULL, NULL, &own);
    if (r == 0)
        r = journal_unseal(j, &t->room->unlock, 1, &own);
    if (r == 0)
        r = take_into(t, j, &own);
    journal_close(j);
    t->ret->beside = r == 0 && t->ret->seq > 0;
    if (fresh && (r < 0 || t->ret->refused[0]))
        remove_journal(path);
    return sort_out(t, r, &own, e);
}

static int first_epoch(struct taking *t, struct err *e)
{
    const struct api_part *p = t->part;
    if (!p->has_start || p->start.epoch != 1)
        return 0; /* send it from the beginning */
    int r = journal_create(t->seat->path, &p->start, NULL, e);
    if (r == 0)
        r = room_refresh(t->room, t->seat, e);
    t->ret->any = r == 0;
    return r;
}

/* What was begun by this part and does not verify: nothing of it was acknowledged. */
static void remove_copy(struct taking *t)
{
    room_forget(t->room, t->seat);
    remove_journal(t->seat->path);
    t->seat->trouble[0] = '\0';
    t->ret->any = false;
}

/* A new epoch supersedes, and the tail of an older one changes nothing: then all is read anew. */
static int fold(struct taking *t, size_t epochs, struct err *e)
{
    const struct journal *j = sitting_store_journal(t->seat->store);
    if (t->ret->any && (journal_epochs(j) != epochs ||
                        t->part->start.epoch != journal_epoch(j, journal_epochs(j) - 1)->epoch))
        room_forget(t->room, t->seat);
    return room_refresh(t->room, t->seat, e) < 0 && !t->seat->trouble[0] ? -ERR_ENV : 0;
}

static int take_here(struct taking *t, struct err *e)
{
    bool fresh = !file_exists(t->seat->path);
    int r = fresh ? first_epoch(t, e) : room_refresh(t->room, t->seat, e);
    if (r < 0 && t->seat->trouble[0]) {
        refuse(t, t->seat->trouble);
        if (fresh)
            remove_copy(t);
        return 0;
    }
    if (r < 0 || !t->seat->store)
        return r;
    struct journal *j = sitting_store_journal(t->seat->store);
    size_t epochs = journal_epochs(j);
    r = take_into(t, j, e);
    if (r < 0)
        return r;
    if (fresh && t->part->n && t->ret->seq == 0) {
        remove_copy(t);
        return 0;
    }
    return fold(t, epochs, e);
}

/* Two machines with one name and key: whose part it is, is seen from what verifies. A clock alone is
 * nobody's. */
static int take_either(struct taking *t, const char *beside, struct err *e)
{
    struct api_part part = *t->part;
    bool two = file_exists(beside), says_nothing = !part.has_start && part.n == 0;
    part.has_tick = part.has_tick && !(two && says_nothing);
    t->part = &part;
    int r = take_here(t, e);
    bool forked = r < 0 && e->code == JOURNAL_FORKED;
    if (two && r == 0 && says_nothing && !t->ret->any) {
        int64_t end = end_in(beside, part.start.epoch);
        t->ret->seq = end < t->ret->seq ? end : t->ret->seq;
    }
    bool all = !t->ret->refused[0] &&
               (part.n ? t->ret->seq >= part.row[part.n - 1].seq : !part.has_seal || t->ret->any);
    if (!forked && (r < 0 || !two || all))
        return r;
    *t->ret = (struct copies_taken){.epoch = part.start.epoch};
    *e = (struct err){0};
    return take_beside(t, beside, e);
}

int copies_take(struct room *r, struct seat *seat, const struct api_part *part,
                const struct copies_sender *from, struct copies_taken *ret, struct err *e)
{
    struct taking t = {.room = r, .seat = seat, .part = part, .from = from, .ret = ret};
    struct err own = {0};
    char *beside = beside_path(seat, from->name);
    int result = 0;
    *ret = (struct copies_taken){.epoch = part->start.epoch};
    if (part->has_start && !same_sitting(&t))
        refuse(&t, _("this journal belongs to another exam"));
    else
        result = take_either(&t, beside, &own);
    if (result < 0 && e)
        *e = own;
    free(beside);
    return result;
}

void copies_end(const struct seat *seat, struct copies_end *ret)
{
    struct journal *j = seat->store ? sitting_store_journal(seat->store) : NULL;
    size_t n = j ? journal_epochs(j) : 0;
    *ret = (struct copies_end){0};
    if (n == 0)
        return;
    const struct journal_epoch *start = journal_epoch(j, n - 1);
    journal_head(j, &ret->epoch, &ret->seq, ret->head);
    memcpy(ret->station, start->station, sizeof ret->station);
    ret->sealed = journal_epoch_seal(j, n - 1, &(struct journal_seal){0});
}
