/* SPDX-License-Identifier: Apache-2.0 */
/* A journal that was brought while the room is open: into the room's copy, as if its station had sent the
 * rows. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/room/brought.h"
#include "client/room/hall-internal.h"

static int open_brought(const struct asking *a, struct journal **ret, struct err *e)
{
    struct room *room = a->room;
    char *path = path_join(room->folder, BROUGHT_FILE);
    int r = journal_open_file(ret, path, e);
    if (r == 0 && strcmp(journal_epoch(*ret, 0)->ticket, a->request->ticket) != 0)
        r = err_set(e, ERR_DATA, a->request->ticket, _("this journal is another candidate's"));
    if (r == 0)
        r = journal_unseal(*ret, &room->unlock, 1, e);
    if (r == 0)
        r = journal_read(*ret, NULL, NULL, e);
    free(path);
    return r;
}

/* What became of it, over all its parts. */
struct bringing_in {
    bool any, beside;
    const char *refused;
};

/* The name of the machine that wrote it last, as far as it has shown itself; else what the proctor's program
 * says. */
static const char *station_of(const struct hall *h, const struct journal *j, const char *said)
{
    const uint8_t *key = journal_epoch(j, journal_epochs(j) - 1)->station;
    for (size_t i = 0; i < h->n; i++)
        if (memcmp(h->station[i]->key, key, sizeof h->station[i]->key) == 0)
            return h->station[i]->name;
    return said;
}

static int take_parts(struct asking *a, struct seat *seat, const char *name, const struct api_rows *rows,
                      struct bringing_in *ret, struct err *e)
{
    const struct copies_sender from = {.name = name};
    int r = 0;
    for (size_t i = 0; r == 0 && !ret->refused && i < rows->n; i++) {
        struct copies_taken taken;
        r = copies_take(a->room, seat, &rows->part[i], &from, &taken, e);
        ret->any = ret->any || (r == 0 && taken.any);
        ret->beside = ret->beside || (r == 0 && taken.beside);
        if (r == 0 && taken.refused[0] && !taken.beside)
            ret->refused = arena_strdup(a->arena, taken.refused);
    }
    return r;
}

/* The place after which the next piece begins; false: this one was the last. */
static bool advance(const struct api_rows *rows, struct copies_end *at)
{
    bool more = false;
    for (size_t i = 0; i < rows->n; i++) {
        const struct api_part *p = &rows->part[i];
        more = more || p->has_start || p->n;
        if (p->has_start)
            *at = (struct copies_end){.epoch = p->start.epoch};
        if (p->n) {
            at->seq = p->row[p->n - 1].seq;
            memcpy(at->head, p->row[p->n - 1].hash, sizeof at->head);
        }
    }
    return more;
}

static int take_all(struct asking *a, struct seat *seat, struct journal *j, const char *name,
                    struct bringing_in *ret, struct err *e)
{
    struct copies_end at = {0};
    bool more = true;
    int r = 0;
    while (r == 0 && more && !ret->refused) {
        struct arena *piece = arena_new();
        struct api_rows rows = {0};
        r = copies_give_journal(j, &at, piece, &rows, e);
        if (r == 0)
            r = take_parts(a, seat, name, &rows, ret, e);
        more = r == 0 && advance(&rows, &at);
        arena_free(piece);
    }
    return r;
}

static const char *outcome_of(const struct bringing_in *in, const struct copies_end *before,
                              const struct copies_end *after)
{
    if (in->beside)
        return brought_outcome_name(BROUGHT_BESIDE);
    if (!in->any)
        return brought_outcome_name(BROUGHT_SAME);
    bool went_on =
        before->epoch != after->epoch || before->seq != after->seq || before->sealed != after->sealed;
    return brought_outcome_name(before->epoch == 0 ? BROUGHT_NEW : went_on ? BROUGHT_MORE : BROUGHT_TAIL);
}

int hall_bring(struct asking *a, struct err *e)
{
    struct hall *h = a->room->hooks.self;
    struct seat *seat = NULL;
    struct journal *j = NULL;
    struct bringing_in in = {0};
    struct copies_end before, after;
    int r = path_is_plain_name(a->request->text)
                ? 0
                : err_set(e, ERR_USAGE, NULL, _("\"%s\" is not the name of a station"), a->request->text);
    if (r == 0)
        r = room_seat(a->room, a->request->ticket, &seat, e);
    if (r == 0)
        r = open_brought(a, &j, e);
    if (r < 0)
        goto done;
    const char *name = station_of(h, j, a->request->text);
    copies_end(seat, &before);
    r = take_all(a, seat, j, name, &in, e);
    if (r == 0 && in.refused)
        r = err_set(e, ERR_NO, a->request->ticket, "%s", in.refused);
    if (r < 0)
        goto done;
    copies_end(seat, &after);
    hall_sitting(seat)->beside = hall_sitting(seat)->beside || in.beside;
    if (in.any)
        room_note(a->room, "brought", seat, "%s: %s", name, outcome_of(&in, &before, &after));
    hall_settle_orders(h, seat);
    message_put_text(MESSAGE_TEXT, outcome_of(&in, &before, &after), a->out);
done:
    journal_close(j);
    return r;
}
