/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "exam-packages/journal-internal.h"
#include "exam-packages/journal-order.h"

enum { MAX_NAME = 100, MAX_REASON = 1000, MAX_SIGNATURE = 4096 };
static const char act_domain[] = "kaochang/1 act";
static const char payload_domain[] = "kaochang/1 signed act";

void journal_act_body(const struct journal_act *act, struct bytes *out)
{
    canon_domain(out, act_domain);
    canon_text(out, journal_kind_name(act->kind));
    canon_text(out, act->session);
    canon_text(out, act->ticket);
    canon_int(out, act->epoch);
    canon_int(out, act->seq);
    canon_int(out, act->value);
    canon_int(out, act->wall_ms);
    canon_text(out, act->reason);
}

void journal_act_payload(struct span body, struct span signature, struct span order, struct bytes *out)
{
    canon_domain(out, payload_domain);
    canon_blob(out, body);
    canon_blob(out, signature);
    if (order.n)
        canon_blob(out, order);
}

bool journal_kind_of(const char *name, enum journal_kind *ret)
{
    for (int kind = JOURNAL_START; journal_kind_name(kind); kind++)
        if (strcmp(journal_kind_name(kind), name) == 0) {
            *ret = (enum journal_kind)kind;
            return true;
        }
    return false;
}

int journal_act_read(struct journal_act *ret, struct arena *a, struct span payload, struct span *ret_body,
                     struct span *ret_signature, struct err *e)
{
    struct canon_reader outer = canon_reader_of(payload);
    struct span body = {0}, signature = {0};
    struct journal_act act = {0};
    const char *kind = NULL;
    bool ok = canon_read_domain(&outer, payload_domain) && canon_read_blob(&outer, &body) && body.p &&
              canon_read_blob(&outer, &signature) && signature.p && signature.n <= MAX_SIGNATURE &&
              (canon_at_end(&outer) || (canon_read_blob(&outer, &act.order) && act.order.n > 0 &&
                                        act.order.n <= JOURNAL_MAX_ORDER && canon_at_end(&outer)));
    struct canon_reader r = canon_reader_of(body);
    ok = ok && canon_read_domain(&r, act_domain) && canon_read_text(&r, a, MAX_NAME, &kind) &&
         journal_kind_of(kind, &act.kind) && canon_read_text(&r, a, MAX_NAME, &act.session) &&
         canon_read_text(&r, a, MAX_NAME, &act.ticket) && canon_read_int(&r, &act.epoch) &&
         canon_read_int(&r, &act.seq) && canon_read_int(&r, &act.value) && canon_read_int(&r, &act.wall_ms) &&
         canon_read_text(&r, a, MAX_REASON, &act.reason) && canon_at_end(&r);
    if (!ok)
        return err_set(e, ERR_DATA, NULL, _("an act of the proctor is damaged"));
    *ret = act;
    if (ret_body)
        *ret_body = body;
    if (ret_signature)
        *ret_signature = signature;
    return 0;
}

static int refuse(const struct journal_event *event, const char *why, struct err *e)
{
    return journal_err(e, JOURNAL_BROKEN, NULL, _("epoch %lld, event %lld (%s): %s"), (long long)event->epoch,
                       (long long)event->seq, journal_kind_name(event->kind), why);
}

static int check_order(const struct journal_epoch *start, const struct journal_event *event, struct arena *a,
                       struct journal_act *act, struct err *e)
{
    struct journal_order order = {0};
    struct err why;
    if (journal_order_read(&order, NULL, a, act->order, &why) < 0 ||
        journal_order_fits(&order, act, start, &why) < 0)
        return refuse(event, why.what, e);
    act->serial = order.serial;
    return 0;
}

int journal_act_check(const struct journal_epoch *start, const struct journal_event *event, struct arena *a,
                      struct journal_act *ret, struct err *e)
{
    struct minisign_public station = {0};
    struct span body = {0}, signature = {0};
    struct journal_act act = {0};
    memcpy(station.id, start->station + 2, sizeof station.id);
    memcpy(station.pk, start->station + 10, sizeof station.pk);
    if (journal_act_read(&act, a, event->payload, &body, &signature, NULL) < 0)
        return refuse(event, _("the act of the proctor is damaged"), e);
    if (act.kind != event->kind || act.epoch != event->epoch || act.seq != event->seq ||
        strcmp(act.session, start->session) != 0 || strcmp(act.ticket, start->ticket) != 0)
        return refuse(event, _("the act of the proctor belongs to another place"), e);
    if (minisign_verify(body, signature, &station, NULL, NULL) < 0)
        return refuse(event, _("the act of the proctor is not signed by this station"), e);
    if (act.order.n && check_order(start, event, a, &act, e) < 0)
        return -ERR_DATA;
    *ret = act;
    return 0;
}
