/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/code.h"

static int refuse(struct err *e, enum link_error code, const char *ticket, const char *why)
{
    err_set(e, ERR_NO, ticket, "%s", why);
    if (e)
        e->code = (int)code;
    return -ERR_NO;
}

int room_seat(struct room *r, const char *ticket, struct seat **ret, struct err *e)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->seat[i].who->ticket, ticket) == 0) {
            *ret = &r->seat[i];
            return 0;
        }
    if (!roster_find(r->roster, ticket)) {
        refuse(e, ERR_UNKNOWN_TICKET, ticket, _("this ticket number is not on the list of this session"));
        return err_hint(e, _("check the number and the session on the ticket"));
    }
    refuse(e, ERR_OTHER_ROOM, ticket, _("this candidate sits in another room"));
    return err_hint(e, _("the room is %s"), roster_find(r->roster, ticket)->room);
}

static int seal_end(struct room *r, struct seat *seat, struct err *e)
{
    struct journal *j = sitting_store_journal(seat->store);
    size_t last = journal_epochs(j) - 1;
    const struct journal_epoch *start = journal_epoch(j, last);
    struct bytes body = {0}, signature = {0};
    struct journal_seal seal = {.certificate = r->chain.certificate,
                                .certificate_signature = r->chain.signature,
                                .issuer = r->chain.issuer,
                                .issuer_signature = r->chain.issuer_signature};
    if (journal_epoch_seal(j, last, &(struct journal_seal){0}))
        return 0;
    journal_head(j, &seal.epoch, &seal.seq, seal.head);
    journal_seal_body(start, seal.seq, seal.head, &body);
    int result = minisign_sign(&r->key, bytes_span(&body), "kaochang/1 role=station seal", &signature, e);
    if (result == 0) {
        seal.signature = bytes_span(&signature);
        result = journal_put_seal(j, &seal, e);
    }
    bytes_release(&body);
    bytes_release(&signature);
    return result;
}

/* The journal is of this package and candidate, not one that was put here from elsewhere. */
static int check_journal(const struct room *r, const struct seat *seat, struct err *e)
{
    const struct journal_epoch *start = journal_epoch(sitting_store_journal(seat->store), 0);
    if (strcmp(start->session, r->roster->session) != 0 || strcmp(start->ticket, seat->who->ticket) != 0 ||
        strcmp(start->form, seat->who->form) != 0 ||
        memcmp(start->package, package_hash(r->package), sizeof start->package) != 0)
        return err_set(e, ERR_DATA, seat->path, _("the journal belongs to another sitting or package"));
    return 0;
}

static int open_store(struct room *r, struct seat *seat, struct err *e)
{
    int result = sitting_store_open(&seat->store, seat->path, NULL, NULL, e);
    if (result == 0)
        result = check_journal(r, seat, e);
    if (result == 0)
        result = sitting_store_unseal(seat->store, &r->unlock, e);
    if (result < 0) {
        sitting_store_close(seat->store);
        seat->store = NULL;
    }
    return result;
}

static int refresh(struct room *r, struct seat *seat, struct err *e)
{
    int result = seat->store ? 0 : open_store(r, seat, e);
    if (result == 0)
        result = sitting_store_read(seat->store, &seat->session, NULL, e);
    if (result == 0 && sitting_state_ended(seat->session.state))
        result = seal_end(r, seat, e);
    return result;
}

int room_refresh(struct room *r, struct seat *seat, struct err *e)
{
    struct err own = {0};
    if (!seat->store && !file_exists(seat->path))
        return 0;
    int result = refresh(r, seat, &own);
    seat->trouble[0] = '\0';
    if (result < 0 && result != -ERR_ENV) /* what is in it, not the disk: one seat's trouble stops no room */
        err_text(&own, seat->trouble, sizeof seat->trouble);
    if (result < 0 && e)
        *e = own;
    return result;
}

static bool outside_window(const struct room *r, const struct clock_reading *now)
{
    const struct manifest *m = package_manifest(r->package);
    return now->wall_ms < m->start_ms || now->wall_ms >= m->end_ms;
}

static const char *seat_text(const struct room *r, const struct seat *seat)
{
    return arena_printf(r->roster->arena, "%lld", (long long)seat->who->seat);
}

int room_candidate(struct room *r, struct seat *seat, const struct clock_reading *now,
                   struct link_candidate *ret, struct err *e)
{
    const struct manifest *m = package_manifest(r->package);
    if (seat->absent) {
        refuse(e, ERR_MARKED_ABSENT, seat->who->ticket, _("this candidate is marked as absent"));
        return err_hint(e, _("the proctor takes the mark back if the candidate may still begin"));
    }
    int result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    *ret = (struct link_candidate){
        .session = m->session,
        .title = m->title,
        .ticket = seat->who->ticket,
        .name = seat->who->name,
        .id_number = seat->who->id_number,
        .county = seat->who->county,
        .school = seat->who->school,
        .site = seat->who->site,
        .room = seat->who->room,
        .seat = seat_text(r, seat),
        .extra_s = seat->who->extra_s,
        .window_start = m->start_ms,
        .window_end = m->end_ms,
        .outside_window = outside_window(r, now),
        .state = seat->session.state,
    };
    if (sitting_state_ended(seat->session.state))
        sitting_store_receipt(seat->store, ret->receipt);
    return 0;
}

static int make_journal(struct room *r, struct seat *seat, struct err *e)
{
    const struct manifest *m = package_manifest(r->package);
    struct minisign_public station;
    struct secret j = {0};
    struct bytes j_age = {0};
    /* C too: with the close code a station scores what it holds */
    struct age_recipient to[] = {m->recipient[MANIFEST_U], m->recipient[MANIFEST_C], m->recipient[MANIFEST_O],
                                 m->recipient[MANIFEST_R]};
    struct journal_epoch start = {
        .epoch = 1, .session = m->session, .ticket = seat->who->ticket, .form = seat->who->form};
    minisign_secret_public(&r->key, &station);
    memcpy(start.package, package_hash(r->package), sizeof start.package);
    memcpy(start.station, "Ed", 2);
    memcpy(start.station + 2, station.id, sizeof station.id);
    memcpy(start.station + 10, station.pk, sizeof station.pk);
    int result = secret_new(&j, 32, e);
    if (result == 0) {
        secret_random(&j);
        result = age_seal(secret_span(&j), to, sizeof to / sizeof *to, &j_age, e);
    }
    if (result == 0) {
        start.j_age = bytes_span(&j_age);
        result = journal_create(seat->path, &start, NULL, e);
    }
    secret_free(&j);
    bytes_release(&j_age);
    return result;
}

int room_start(struct room *r, struct seat *seat, const struct clock_reading *now, struct link_terms *ret,
               struct err *e)
{
    bool fresh = !file_exists(seat->path);
    int result = fresh ? make_journal(r, seat, e) : 0;
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result == 0 && fresh) /* from now on its -wal belongs to it */
        result = sitting_store_tick(seat->store, 0, now, e);
    if (result < 0)
        return result;
    if (sitting_state_ended(seat->session.state))
        return refuse(e, ERR_ALREADY_ENDED, seat->who->ticket, _("this candidate has finished"));
    const struct journal *j = sitting_store_journal(seat->store);
    *ret = (struct link_terms){
        .session = r->roster->session,
        .ticket = seat->who->ticket,
        .form = seat->who->form,
        .journal = seat->path,
        .extra_ms = seat->who->extra_s * 1000,
        .keys = *journal_epoch_keys(j, journal_epochs(j) - 1),
        .paper_fd = r->paper_fd,
    };
    return 0;
}

int room_seal(struct room *r, struct seat *seat, char ret_receipt[22], struct err *e)
{
    int result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    if (!sitting_state_ended(seat->session.state))
        return err_set(e, ERR_NO, seat->who->ticket, _("the sitting has not ended"));
    sitting_store_receipt(seat->store, ret_receipt);
    return 0;
}

static struct control_candidate status_of(struct room *r, struct seat *seat)
{
    struct control_candidate c = {
        .ticket = seat->who->ticket,
        .name = seat->who->name,
        .id_number = seat->who->id_number,
        .seat = seat_text(r, seat),
        .form = seat->who->form,
        .state = seat->session.state,
        .connected = seat->line != NULL,
        .absent = seat->absent,
        .sealed = sitting_state_ended(seat->session.state),
        .answered = (int64_t)session_counts(&seat->session).answered,
        .items = (int64_t)seat->session.n,
        .used_ms = seat->session.used_ms,
        .allowance_ms = session_allowance_ms(&seat->session),
        .interruptions = seat->session.interruptions,
        .trouble = seat->trouble,
    };
    if (c.sealed && seat->store)
        sitting_store_receipt(seat->store, c.receipt);
    return c;
}

int room_status(struct room *r, const struct clock_reading *now, struct arena *a, struct control_room *ret,
                struct err *e)
{
    const struct manifest *m = package_manifest(r->package);
    const struct roster_room *room = roster_find_room(r->roster, r->station->site, r->station->room);
    *ret = (struct control_room){
        .session = m->session,
        .title = m->title,
        .site = r->station->site,
        .room = r->station->room,
        .room_name = room ? room->name : "",
        .window_start = m->start_ms,
        .window_end = m->end_ms,
        .outside_window = outside_window(r, now),
        .candidate = arena_array(a, r->n, sizeof *ret->candidate),
        .n = r->n,
    };
    for (size_t i = 0; i < r->n; i++) {
        int result = room_refresh(r, &r->seat[i], e);
        if (result < 0 && !r->seat[i].trouble[0])
            return result;
        ret->candidate[i] = status_of(r, &r->seat[i]);
    }
    return 0;
}

static int put_act(struct room *r, struct seat *seat, enum journal_kind kind, int64_t value_ms,
                   const char *reason, const struct clock_reading *now, struct err *e)
{
    const struct sitting_store_act act = {.kind = kind, .value_ms = value_ms, .reason = reason};
    return sitting_store_put_act(seat->store, &seat->session, &act, &r->key, now, e);
}

static int need_reason(const char *reason, struct err *e)
{
    size_t n = strlen(reason);
    if (n > 0 && n <= 1000)
        return 0;
    return err_set(e, ERR_USAGE, NULL, _("a reason is needed, of 1000 bytes at most"));
}

int room_extra_time(struct room *r, struct seat *seat, int64_t seconds, const char *reason,
                    const struct clock_reading *now, struct err *e)
{
    const int64_t limit = SESSION_MAX_GRANT_MS / 1000;
    int result = need_reason(reason, e);
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    int64_t ms = (seconds > limit ? limit + 1 : seconds < -limit ? -limit - 1 : seconds) * 1000;
    result = session_may_grant(&seat->session, ms, e);
    return result < 0 ? result : put_act(r, seat, JOURNAL_EXTRA_TIME, ms, reason, now, e);
}

int room_force_end(struct room *r, struct seat *seat, const char *reason, const struct clock_reading *now,
                   struct err *e)
{
    int result = need_reason(reason, e);
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result == 0)
        result = session_may_force_end(&seat->session, e);
    if (result == 0)
        result = put_act(r, seat, JOURNAL_FORCED_END, 0, reason, now, e);
    return result < 0 ? result : seal_end(r, seat, e);
}

int room_absent(struct room *r, struct seat *seat, bool absent, struct err *e)
{
    int result = room_refresh(r, seat, e);
    if (result < 0)
        return result;
    if (absent && seat->session.state != SITTING_NEW)
        return err_set(e, ERR_NO, seat->who->ticket, _("this candidate has begun and is not absent"));
    bool before = seat->absent;
    seat->absent = absent;
    if ((result = room_save_absent(r, e)) < 0)
        seat->absent = before;
    return result;
}
