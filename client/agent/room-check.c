/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include "base/i18n.h"

static int64_t events_of(const struct seat *seat)
{
    const struct journal *j = sitting_store_journal(seat->store);
    int64_t n = 0, seq = 0;
    uint8_t head[32];
    for (size_t i = 0; i < journal_epochs(j); i++)
        n += journal_epoch_end(j, i, &seq, head) ? seq : 0;
    return n;
}

/* What is wrong with a sitting that has begun, and what to do; NULL when nothing is. */
static const char *fault_of(const struct room *r, const struct seat *seat, int result, const struct err *e,
                            struct arena *a)
{
    char text[sizeof *e];
    if (seat->trouble[0])
        return arena_printf(a, _("damaged: %s; keep the machine as it is, and the journal with it"),
                            seat->trouble);
    if (result < 0)
        return arena_printf(a, _("cannot be read: %s; make the disk readable and check again"),
                            err_text(e, text, sizeof text));
    if (!seat->store || seat->session.state == SITTING_NEW)
        return _("has begun, and its journal is gone; look for the file before this machine is used again");
    if (!sitting_state_ended(seat->session.state))
        return r->lab ? _("has not ended; let the rater hand in, or end it")
                      : _("has not ended; let the candidate hand in, or end it");
    if (!room_is_signed(seat))
        return _("is not signed; check again, and look at the disk of its machine");
    return r->hooks.fault ? r->hooks.fault(r->hooks.self, seat, a) : NULL;
}

/* The name in the certificate that came with the signature. */
static const char *signer_of(const struct seat *seat, struct arena *a)
{
    const struct journal *j = sitting_store_journal(seat->store);
    struct journal_seal seal;
    struct certificate *c = NULL;
    if (!journal_epoch_seal(j, journal_epochs(j) - 1, &seal) ||
        certificate_read(&c, "certificate.xml", seal.certificate, NULL) < 0)
        return "";
    const char *name = arena_strdup(a, c->name);
    certificate_free(c);
    return name;
}

static struct control_check_line line_of(struct room *r, struct seat *seat, struct control_check *c,
                                         struct arena *a)
{
    struct err e = {0};
    struct control_check_line l = {.ticket = seat->who->ticket,
                                   .seat = arena_printf(a, "%lld", (long long)seat->who->seat),
                                   .name = seat->who->name};
    room_forget(r, seat); /* so that all of it is verified, not only what is new */
    int result = room_refresh(r, seat, &e);
    if (result == 0 && seat->session.state == SITTING_NEW && seat->noted == SITTING_NEW) {
        bool absent = seat->presence == CONTROL_ABSENT;
        c->absent += absent;
        l.fine = absent;
        l.what = absent ? _("absent") : _("has not begun, and is not marked as absent; mark it");
        return l;
    }
    const char *fault = fault_of(r, seat, result, &e, a);
    c->sat++;
    c->complete += !fault;
    c->missing += fault != NULL;
    l.fine = !fault;
    l.what = fault ? fault
                   : arena_printf(a, _("%lld events, signed by %s"), (long long)events_of(seat),
                                  signer_of(seat, a));
    return l;
}

int room_check(struct room *r, struct arena *a, struct control_check *ret, struct err *e)
{
    (void)e;
    *ret = (struct control_check){.registered = (int64_t)r->n, .lab = r->lab, .n = r->n};
    ret->line = arena_array(a, r->n, sizeof *ret->line);
    for (size_t i = 0; i < r->n; i++)
        ret->line[i] = line_of(r, &r->seat[i], ret, a);
    room_note(r, "checked", NULL, "%lld/%lld", (long long)ret->complete, (long long)ret->sat);
    return 0;
}
