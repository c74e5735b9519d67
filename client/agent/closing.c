/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/agent/room.h"
#include "exam-packages/close-number.h"
#include "exam-packages/close-record.h"
#include "exam-packages/signatures.h"

static bool has_sat(const struct seat *seat)
{
    return seat->session.state != SITTING_NEW || seat->trouble[0];
}

static struct close_sitting sitting_of(const struct seat *seat)
{
    struct close_sitting s = {.ticket = seat->who->ticket,
                              .status =
                                  seat->trouble[0] ? "damaged" : sitting_state_word(seat->session.state)};
    if (seat->store)
        journal_head(sitting_store_journal(seat->store), &s.epoch, &s.seq, s.head);
    return s;
}

static const struct seat *seat_of(const struct room *r, const struct roster_candidate *who)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->seat[i].who == who)
            return &r->seat[i];
    return NULL;
}

static int write_record(const struct room *r, const struct control_closing *c, struct bytes *out,
                        struct err *e)
{
    struct close_record record = {.session = r->roster->session,
                                  .site = r->station->site,
                                  .room = r->station->room,
                                  .registered = c->registered,
                                  .count = c->sat};
    struct arena *a = arena_new();
    memcpy(record.package, package_hash(r->package), sizeof record.package);
    record.sitting = arena_array(a, r->n + 1, sizeof *record.sitting);
    for (size_t i = 0; i < r->n_sitters; i++) { /* by ticket */
        const struct seat *seat = seat_of(r, &r->sitter[i]);
        if (seat && has_sat(seat))
            record.sitting[record.n++] = sitting_of(seat);
    }
    int result = close_record_write(&record, out, e);
    arena_free(a);
    return result;
}

/* What the proctor reads to the office by phone; a roster without the room's secret gives none. */
static void number_record(const struct room *r, struct span document, char shown[CLOSE_NUMBER_SHOWN])
{
    struct close_record c = {0};
    uint8_t key[CLOSE_KEY_BYTES];
    char number[CLOSE_NUMBER_TEXT];
    if (close_key(roster_find_room(r->roster, r->station->site, r->station->room), key, NULL) == 0 &&
        close_record_read(&c, "close.xml", document, NULL) == 0) {
        close_number_make(key, &c, document, number);
        close_number_show(number, shown);
    }
    secret_wipe(key, sizeof key);
    close_record_release(&c);
}

/* A document of the room with its signature by the station. */
static int save_signed(const struct room *r, const char *name, const char *role, struct span document,
                       struct err *e)
{
    struct signatures signatures = {0};
    struct arena *a = arena_new();
    const char *comment =
        arena_printf(a, "kaochang/1 role=%s session=%s room=%s", role, r->roster->session, r->station->room);
    int result = signatures_make(&signatures, a, document, comment, &r->key, 1, e);
    if (result == 0)
        result = signatures_save_document(r->folder, name, document, &signatures, e);
    arena_free(a);
    return result;
}

static int save_minutes(struct room *r, struct err *e)
{
    struct minutes_head head = {.session = r->roster->session,
                                .site = r->station->site,
                                .room = r->station->room,
                                .machine = r->station->name};
    struct bytes document = {0};
    memcpy(head.package, package_hash(r->package), sizeof head.package);
    int result = minutes_write(r->minutes, &head, &document, e);
    if (result == 0)
        result = save_signed(r, "minutes.xml", "minutes", bytes_span(&document), e);
    bytes_release(&document);
    return result;
}

/* Damaged minutes keep nobody from closing; a full disk does, until there is space. */
static int save_minutes_if_whole(struct room *r, struct err *e)
{
    struct err own = {0};
    int result = save_minutes(r, &own);
    if (result == -ERR_DATA)
        return 0;
    if (result < 0 && e)
        *e = own;
    return result;
}

/* The CLOSE record comes last: it is what says that the room is closed. */
static int save_all(struct room *r, struct control_closing *c, struct err *e)
{
    struct bytes record = {0};
    room_note_left_out(r);
    room_note(r, "closed", NULL, "registered %lld, sat %lld, absent %lld, forced %lld%s",
              (long long)c->registered, (long long)c->sat, (long long)c->absent, (long long)c->forced,
              c->lab ? ", raters" : "");
    int result = save_minutes_if_whole(r, e);
    if (result == 0)
        result = write_record(r, c, &record, e);
    if (result == 0)
        result = save_signed(r, "close.xml", "close", bytes_span(&record), e);
    if (result == 0)
        number_record(r, bytes_span(&record), c->number);
    if (result < 0)
        room_note(r, "not-closed", NULL, "%s", e ? e->what : "");
    bytes_release(&record);
    return result;
}

/* A damaged journal is noted and kept; it does not keep the room from closing. */
static int end_seat(struct room *r, struct seat *seat, struct control_closing *c, struct err *e)
{
    int result = room_refresh(r, seat, e);
    if (seat->trouble[0])
        result = 0;
    else if (result == 0 && seat->session.state != SITTING_NEW && !sitting_state_ended(seat->session.state)) {
        if (r->role == ROOM_AT_SERVICE) { /* its end was ordered, and its machine has not answered */
            c->stranded++;
            c->sat++;
            room_note(r, "stranded", seat, "%s", "");
            return 0;
        }
        result = room_force_end(r, seat, "room closed", e);
        c->forced += result == 0;
    }
    if (result == 0 && seat->store && !seat->trouble[0] &&
        (result = sitting_store_unspill(seat->store, e)) < 0)
        err_hint(e, _("make space on the disk of this machine, and close again"));
    c->sat += has_sat(seat);
    return result;
}

int room_close(struct room *r, struct control_closing *ret, struct err *e)
{
    struct control_closing c = {.registered = (int64_t)r->n, .lab = r->lab};
    char *path = path_join(r->folder, "close.xml");
    int result =
        room_may_move(r->state, ROOM_CLOSED) ? 0 : err_set(e, ERR_BUG, NULL, _("the room is not open"));
    snprintf(c.path, sizeof c.path, "%s", path);
    free(path);
    for (size_t i = 0; result == 0 && i < r->n; i++)
        result = end_seat(r, &r->seat[i], &c, e);
    c.absent = c.registered - c.sat;
    if (result == 0)
        result = save_all(r, &c, e);
    if (result < 0)
        return result;
    r->state = ROOM_CLOSED;
    age_identity_free(&r->unlock);
    *ret = c;
    return 0;
}
