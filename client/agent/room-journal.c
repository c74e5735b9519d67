/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/agent/line.h"
#include "exam-packages/journal-spill.h"

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
        result = result > 0 ? 0 : result; /* it waits in memory until the disk is back */
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
    if (result == 0 && sitting_store_misfit(seat->store))
        room_note(r, "spill-aside", seat, "%s", "");
    if (result < 0) {
        sitting_store_close(seat->store);
        seat->store = NULL;
    }
    return result;
}

/* What the journal says has happened and the minutes do not have yet. */
static void note_progress(struct room *r, struct seat *seat)
{
    if (seat->noted == SITTING_NEW && seat->session.state != SITTING_NEW) {
        room_note(r, "begun", seat, "%s", "");
        if (r->state == ROOM_OPEN) /* by a changed program: ours waits */
            room_note(r, "begun-early", seat, "%s", "");
        seat->noted = SITTING_ANSWERING;
    }
    if (sitting_state_ended(seat->noted) || !sitting_state_ended(seat->session.state))
        return;
    char receipt[22];
    bool own = seat->session.state == SITTING_HANDED_IN;
    room_note(r, own ? "handed-in" : "time-over", seat, "%s", sitting_store_receipt(seat->store, receipt));
    seat->noted = seat->session.state;
}

/* The newest epoch was begun at this machine, not copied here. */
static bool is_own(const struct room *r, const struct seat *seat)
{
    const struct journal *j = sitting_store_journal(seat->store);
    const uint8_t *station = journal_epoch(j, journal_epochs(j) - 1)->station;
    struct minisign_public own;
    minisign_secret_public(&r->key, &own);
    return memcmp(station + 2, own.id, sizeof own.id) == 0 &&
           memcmp(station + 10, own.pk, sizeof own.pk) == 0;
}

/* Its disk fails, and is back: told once each. */
static void note_disk(struct room *r, struct seat *seat)
{
    bool fails = journal_spill_stays(sitting_store_journal(seat->store));
    if (fails != seat->disk_noted)
        room_note(r, fails ? "disk-failed" : "disk-back", seat, "%s", "");
    seat->disk_noted = fails;
}

static int refresh(struct room *r, struct seat *seat, struct err *e)
{
    int result = seat->store ? 0 : open_store(r, seat, e);
    if (result == 0)
        result = sitting_store_read(seat->store, &seat->session, NULL, e);
    if (result == 0) {
        note_progress(r, seat);
        note_disk(r, seat);
    }
    if (result == 0 && sitting_state_ended(seat->session.state) && is_own(r, seat))
        result = seal_end(r, seat, e);
    return result;
}

static void note_trouble(struct room *r, struct seat *seat, const struct err *e)
{
    char text[sizeof seat->trouble];
    err_text(e, text, sizeof text);
    if (strcmp(text, seat->trouble) != 0)
        room_note(r, "damaged", seat, "%s", text);
    snprintf(seat->trouble, sizeof seat->trouble, "%s", text);
}

int room_refresh(struct room *r, struct seat *seat, struct err *e)
{
    struct err own = {0};
    if (!seat->store && !file_exists(seat->path))
        return 0;
    int result = refresh(r, seat, &own);
    if (result < 0 && result != -ERR_ENV) /* what is in it, not the disk: one seat's trouble stops no room */
        note_trouble(r, seat, &own);
    else
        seat->trouble[0] = '\0';
    if (result < 0 && e)
        *e = own;
    return result;
}

void room_forget(struct room *r, struct seat *seat)
{
    const struct paper_form *form = seat->session.form;
    sitting_store_close(seat->store);
    seat->store = NULL;
    session_release(&seat->session);
    session_init(&seat->session, room_paper(r, seat), form, seat->who->extra_s * 1000);
}

int room_epoch(const struct room *r, const struct seat *seat, const struct journal_epoch *fork,
               struct journal_epoch *ret, struct bytes *ret_age, struct err *e)
{
    const struct manifest *m = package_manifest(r->package);
    struct minisign_public station;
    struct secret j = {0};
    /* C too: with the close code a station scores what it holds */
    const struct age_recipient to[] = {m->recipient[MANIFEST_U], m->recipient[MANIFEST_C],
                                       m->recipient[MANIFEST_O], m->recipient[MANIFEST_R]};
    *ret = (struct journal_epoch){
        .epoch = 1, .session = m->session, .ticket = seat->who->ticket, .form = seat->who->form};
    if (fork) {
        ret->epoch = fork->fork_epoch + 1;
        ret->fork_epoch = fork->fork_epoch;
        ret->fork_seq = fork->fork_seq;
        memcpy(ret->fork_hash, fork->fork_hash, sizeof ret->fork_hash);
    }
    minisign_secret_public(&r->key, &station);
    memcpy(ret->package, package_hash(r->package), sizeof ret->package);
    memcpy(ret->station, "Ed", 2);
    memcpy(ret->station + 2, station.id, sizeof station.id);
    memcpy(ret->station + 10, station.pk, sizeof station.pk);
    int result = secret_new(&j, 32, e);
    if (result == 0) {
        secret_random(&j);
        result = age_seal(secret_span(&j), to, sizeof to / sizeof *to, ret_age, e);
    }
    if (result == 0)
        ret->j_age = bytes_span(ret_age);
    secret_free(&j);
    return result;
}

static int make_journal(struct room *r, struct seat *seat, struct err *e)
{
    struct journal_epoch start;
    struct bytes j_age = {0};
    int result = room_epoch(r, seat, NULL, &start, &j_age, e);
    if (result == 0)
        result = journal_create(seat->path, &start, NULL, e);
    bytes_release(&j_age);
    return result;
}

int room_start(struct room *r, struct seat *seat, struct link_terms *ret, struct err *e)
{
    if (seat->moved)
        return line_refuse(e, ERR_MOVED, _("this sitting goes on at another machine"));
    bool fresh = !seat->store && !file_exists(seat->path);
    if (fresh && seat->noted != SITTING_NEW)
        room_note(r, "journal-gone", seat, "%s", "");
    int result = fresh ? make_journal(r, seat, e) : 0;
    if (result == 0)
        result = room_refresh(r, seat, e);
    if (result == 0 && fresh) /* from now on its -wal belongs to it */
        result = sitting_store_tick(seat->store, 0, &r->now, e);
    if (result < 0)
        return result;
    if (sitting_state_ended(seat->session.state))
        return line_refuse(e, ERR_ALREADY_ENDED, _("this candidate has finished"));
    const struct journal *j = sitting_store_journal(seat->store);
    *ret = (struct link_terms){
        .session = r->roster->session,
        .ticket = seat->who->ticket,
        .form = seat->who->form,
        .journal = seat->path,
        .extra_ms = seat->who->extra_s * 1000,
        .keys = *journal_epoch_keys(j, journal_epochs(j) - 1),
        .paper_fd = r->paper_fd,
        .order = seat->order,
        .rated = seat->rated,
        .n_rated = seat->n_rated,
        .other = seat->other,
        .n_others = seat->n_others,
    };
    for (size_t i = 0; i + 1 < journal_epochs(j) && i < JOURNAL_MAX_EPOCHS - 1; i++)
        ret->earlier[ret->n_earlier++] = *journal_epoch_keys(j, i);
    return 0;
}

bool room_is_signed(const struct seat *seat)
{
    struct journal *j = seat->store ? sitting_store_journal(seat->store) : NULL;
    struct minisign_public by = {0};
    struct journal_seal seal;
    struct bytes body = {0};
    int64_t epoch = 0, seq = 0;
    uint8_t head[32];
    if (!j || !journal_epoch_seal(j, journal_epochs(j) - 1, &seal))
        return false;
    const struct journal_epoch *start = journal_epoch(j, journal_epochs(j) - 1);
    journal_head(j, &epoch, &seq, head);
    memcpy(by.id, start->station + 2, sizeof by.id);
    memcpy(by.pk, start->station + 10, sizeof by.pk);
    journal_seal_body(start, seq, head, &body);
    bool is = seal.epoch == epoch && seal.seq == seq && memcmp(seal.head, head, sizeof head) == 0 &&
              minisign_verify(bytes_span(&body), seal.signature, &by, NULL, NULL) == 0;
    bytes_release(&body);
    return is;
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
