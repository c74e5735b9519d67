/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-order.h"

#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "exam-packages/journal-internal.h"

enum { MAX_NAME = 100, MAX_REASON = 1000, MAX_DOCUMENT = 16 << 10 };
static const char order_domain[] = "kaochang/1 order";
static const char packed_domain[] = "kaochang/1 signed order";
static const char comment[] = "kaochang/1 role=room order";

static bool is_act(enum journal_kind kind)
{
    return (kind >= JOURNAL_EXTRA_TIME && kind <= JOURNAL_RESEAT) || kind == JOURNAL_FORCED_END;
}

static bool is_serial(const char *s)
{
    return strlen(s) == JOURNAL_SERIAL && strspn(s, "0123456789abcdef") == JOURNAL_SERIAL;
}

static bool is_zero(const uint8_t *p, size_t n)
{
    while (n && p[n - 1] == 0)
        n--;
    return n == 0;
}

static bool is_whole(const struct journal_order *o)
{
    bool fork = o->fork_epoch >= 1 && o->fork_seq >= 0 && memcmp(o->station, "Ed", 2) == 0;
    bool none = o->fork_epoch == 0 && o->fork_seq == 0 && is_zero(o->station, sizeof o->station) &&
                is_zero(o->fork_hash, sizeof o->fork_hash);
    return is_act(o->kind) && is_serial(o->serial) && (o->kind == JOURNAL_RESEAT ? fork : none);
}

static void write_body(const struct journal_order *o, struct bytes *out)
{
    canon_domain(out, order_domain);
    canon_text(out, journal_kind_name(o->kind));
    canon_text(out, o->session);
    canon_text(out, o->ticket);
    canon_text(out, o->serial);
    canon_int(out, o->value);
    canon_int(out, o->wall_ms);
    canon_text(out, o->reason);
    canon_blob(out, span_of(o->station, sizeof o->station));
    canon_int(out, o->fork_epoch);
    canon_int(out, o->fork_seq);
    canon_blob(out, span_of(o->fork_hash, sizeof o->fork_hash));
}

int journal_order_sign(const struct journal_order *order, const struct minisign_secret *room,
                       const struct certificate_chain *chain, struct bytes *out, struct err *e)
{
    struct bytes body = {0}, signature = {0};
    if (!is_whole(order))
        return err_set(e, ERR_BUG, NULL, _("an order of the proctor is damaged"));
    write_body(order, &body);
    int r = minisign_sign(room, bytes_span(&body), comment, &signature, e);
    if (r == 0) {
        canon_domain(out, packed_domain);
        canon_blob(out, bytes_span(&body));
        canon_blob(out, bytes_span(&signature));
        canon_blob(out, chain->certificate);
        canon_blob(out, chain->signature);
        canon_blob(out, chain->issuer);
        canon_blob(out, chain->issuer_signature);
    }
    bytes_release(&body);
    bytes_release(&signature);
    return r;
}

static bool read_document(struct canon_reader *r, bool may_lack, struct span *ret)
{
    return canon_read_blob(r, ret) && (ret->p || may_lack) && ret->n <= MAX_DOCUMENT;
}

static bool unpack(struct span packed, struct journal_signed_order *ret)
{
    struct canon_reader r = canon_reader_of(packed);
    struct certificate_chain *c = &ret->chain;
    return packed.n <= JOURNAL_MAX_ORDER && canon_read_domain(&r, packed_domain) &&
           read_document(&r, false, &ret->body) && read_document(&r, false, &ret->signature) &&
           read_document(&r, false, &c->certificate) && read_document(&r, false, &c->signature) &&
           read_document(&r, true, &c->issuer) && read_document(&r, !c->issuer.p, &c->issuer_signature) &&
           canon_at_end(&r);
}

static bool read_exactly(struct canon_reader *r, void *to, size_t n)
{
    struct span blob;
    if (!canon_read_blob(r, &blob) || blob.n != n)
        return false;
    memcpy(to, blob.p, n);
    return true;
}

static bool read_body(struct journal_order *o, struct arena *a, struct span body)
{
    struct canon_reader r = canon_reader_of(body);
    const char *kind = NULL;
    return canon_read_domain(&r, order_domain) && canon_read_text(&r, a, MAX_NAME, &kind) &&
           journal_kind_of(kind, &o->kind) && canon_read_text(&r, a, MAX_NAME, &o->session) &&
           canon_read_text(&r, a, MAX_NAME, &o->ticket) && canon_read_text(&r, a, MAX_NAME, &o->serial) &&
           canon_read_int(&r, &o->value) && canon_read_int(&r, &o->wall_ms) &&
           canon_read_text(&r, a, MAX_REASON, &o->reason) &&
           read_exactly(&r, o->station, sizeof o->station) && canon_read_int(&r, &o->fork_epoch) &&
           canon_read_int(&r, &o->fork_seq) && read_exactly(&r, o->fork_hash, sizeof o->fork_hash) &&
           canon_at_end(&r) && is_whole(o);
}

static int check_signature(const struct journal_signed_order *s, struct err *e)
{
    struct certificate *c = NULL;
    char *said = NULL;
    int r = certificate_read(&c, "certificate.xml", s->chain.certificate, e);
    if (r < 0)
        return r;
    if (c->kind != CERTIFICATE_ROOM)
        r = err_set(e, ERR_NO, c->name,
                    _("may not give orders: it is not certified as the machine of a room"));
    if (r == 0)
        r = minisign_verify(s->body, s->signature, &c->key, &said, e);
    if (r == 0 && strcmp(said, comment) != 0)
        r = err_set(e, ERR_NO, c->name, _("the signature is not for an order"));
    free(said);
    certificate_free(c);
    return r;
}

int journal_order_read(struct journal_order *ret, struct journal_signed_order *ret_signed, struct arena *a,
                       struct span packed, struct err *e)
{
    struct journal_signed_order s = {0};
    struct journal_order o = {0};
    if (!unpack(packed, &s) || !read_body(&o, a, s.body))
        return err_set(e, ERR_DATA, NULL, _("an order of the proctor is damaged"));
    int r = check_signature(&s, e);
    if (r < 0)
        return r;
    *ret = o;
    if (ret_signed)
        *ret_signed = s;
    return 0;
}

int journal_order_fits(const struct journal_order *o, const struct journal_act *act,
                       const struct journal_epoch *start, struct err *e)
{
    bool fits = o->kind == act->kind && strcmp(o->session, start->session) == 0 &&
                strcmp(o->ticket, start->ticket) == 0 && o->value == act->value &&
                strcmp(o->reason, act->reason) == 0;
    if (fits && o->kind == JOURNAL_RESEAT)
        fits = o->fork_epoch == start->fork_epoch && o->fork_seq == start->fork_seq &&
               memcmp(o->fork_hash, start->fork_hash, sizeof o->fork_hash) == 0 &&
               memcmp(o->station, start->station, sizeof o->station) == 0;
    return fits ? 0 : err_set(e, ERR_NO, NULL, _("the order of the proctor is for something else"));
}

int journal_order_trusted(const struct journal_signed_order *order, const struct trust *t, const char *site,
                          const char *room, struct err *e)
{
    struct certificate *c = NULL;
    int r = trust_check_certificate(t, &order->chain, &c, e);
    if (r == 0 && c->kind != CERTIFICATE_ROOM)
        r = err_set(e, ERR_NO, c->name,
                    _("may not give orders: it is not certified as the machine of a room"));
    if (r == 0 && (strcmp(c->site, site) != 0 || strcmp(c->room, room) != 0))
        r = err_set(e, ERR_NO, c->name, _("may not give orders here: it is the machine of another room"));
    certificate_free(c);
    return r;
}
