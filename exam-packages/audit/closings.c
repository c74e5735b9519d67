/* SPDX-License-Identifier: Apache-2.0 */
/* A room's CLOSE record says who sat and how each sitting ended: a journal that was left out is missed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/audit/bundles.h"
#include "exam-packages/close-record.h"

static void add(struct audit *a, struct audit_ends *ends, const struct audit_end *end)
{
    if (ends->n == ends->room) {
        struct audit_end *more = arena_array(a->arena, 2 * ends->room + 64, sizeof *more);
        if (ends->n)
            memcpy(more, ends->list, ends->n * sizeof *more);
        ends->list = more;
        ends->room = 2 * ends->room + 64;
    }
    ends->list[ends->n++] = *end;
}

void audit_closings_look(struct audit *a, struct audit_walk *w, const struct bundle_document *d)
{
    const char *session = arena_strdup(a->arena, d->session);
    for (size_t i = 0; i < d->n_sittings; i++)
        for (size_t k = 0; k < d->sitting[i].n_epochs; k++) {
            const struct bundle_epoch *told = &d->sitting[i].epoch[k];
            struct audit_end end = {
                session, arena_strdup(a->arena, d->sitting[i].ticket), told->number, told->seq, {0}};
            memcpy(end.head, told->head, sizeof end.head);
            add(a, &w->ends, &end);
        }
}

static bool has_ended(const struct close_sitting *s)
{
    return strcmp(s->status, "handed-in") == 0 || strcmp(s->status, "forced-end") == 0;
}

static void keep(struct audit *a, struct audit_walk *w, const char *name, const struct close_record *c)
{
    struct audit_closing *more = arena_array(a->arena, w->n_closings + 1, sizeof *more);
    if (w->n_closings)
        memcpy(more, w->closing, w->n_closings * sizeof *more);
    w->closing = more;
    struct audit_closing *x = &w->closing[w->n_closings++];
    x->name = name;
    for (size_t i = 0; i < c->n; i++)
        if (has_ended(&c->sitting[i])) {
            struct audit_end end = {arena_strdup(a->arena, c->session),
                                    arena_strdup(a->arena, c->sitting[i].ticket),
                                    c->sitting[i].epoch,
                                    c->sitting[i].seq,
                                    {0}};
            memcpy(end.head, c->sitting[i].head, sizeof end.head);
            add(a, &x->ends, &end);
        }
}

static int check(const struct bundle *b, const struct zip *inner, struct close_record *ret, const char *keyid,
                 struct arena *arena, struct err *e)
{
    const struct bundle_document *d = bundle_document_of(b);
    char *said = NULL;
    const char *name = arena_printf(arena, "room/close.xml.%s.minisig", keyid);
    int r = close_record_read(ret, "close.xml", zip_get(inner, "room/close.xml"), e);
    if (r < 0)
        return r;
    if (strcmp(ret->session, d->session) != 0 || memcmp(ret->package, d->package, sizeof d->package) != 0)
        return err_set(e, ERR_NO, "close.xml", _("is of another session or package than the bundle"));
    r = zip_find(inner, name) < 0
            ? err_set(e, ERR_NO, "close.xml", _("is not signed by the machine that made the bundle"))
            : minisign_verify(zip_get(inner, "room/close.xml"), zip_get(inner, name),
                              &bundle_certificate(b)->key, &said, e);
    if (r == 0 && strcmp(said, arena_printf(arena, "kaochang/1 role=close session=%s room=%s", ret->session,
                                            ret->room)) != 0)
        r = err_set(e, ERR_NO, "close.xml", _("the signature is for \"%.100s\""), said);
    free(said);
    return r;
}

void audit_closing(struct audit *a, struct audit_walk *w, const char *name, const struct bundle *b,
                   const struct zip *inner)
{
    struct err e = {0};
    struct close_record c = {0};
    char keyid[MINISIGN_ID_TEXT];
    if (zip_find(inner, "room/close.xml") < 0)
        return;
    minisign_id_text(bundle_certificate(b)->key.id, keyid);
    const char *command = arena_printf(
        a->arena,
        "( cd \"$work\"/%s && f=results/room/close.xml && test \"$(minisign -V -H -Q -P \"$(sed 's/.*"
        " key=\"\\([^\"]*\\)\".*/\\1/' certificate.xml)\" -m $f -x $f.%s.minisig)\" = \"kaochang/1"
        " role=close session=%s"
        " room=$(grep -o '^<[^>]*' $f | sed 's/.* room=\"\\([^\"]*\\)\".*/\\1/')\" && test \"$(grep -o"
        " '^<[^>]*' $f | grep -o"
        " ' package=\"[^\"]*')\" = \"$(grep -o '^<[^>]*' bundle.xml | grep -o ' package=\"[^\"]*')\" )",
        name, keyid, bundle_document_of(b)->session);
    int r = check(b, inner, &c, keyid, a->arena, &e);
    if (audit_tell(a, r, &e, command,
                   _("%s: the closing of the room is signed by the machine that made the bundle"), name))
        keep(a, w, name, &c);
    close_record_release(&c);
}

static bool is_in(const struct audit_ends *all, const struct audit_end *x)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct audit_end *y = &all->list[i];
        if (x->epoch == y->epoch && x->seq == y->seq && memcmp(x->head, y->head, sizeof x->head) == 0 &&
            strcmp(x->ticket, y->ticket) == 0 && strcmp(x->session, y->session) == 0)
            return true;
    }
    return false;
}

void audit_closings_tell(struct audit *a, struct audit_walk *w)
{
    for (size_t i = 0; i < w->n_closings; i++) {
        struct err e = {0};
        const struct audit_closing *x = &w->closing[i];
        int r = 0;
        for (size_t k = 0; r == 0 && k < x->ends.n; k++)
            if (!is_in(&w->ends, &x->ends.list[k]))
                r = err_set(&e, ERR_NO, x->ends.list[k].ticket, _("no bundle here holds it with that end"));
        const char *command = arena_printf(
            a->arena,
            "( cat \"$work\"/*/bundle.xml | " AUDIT_HEADS
            " | sort >\"$work\"/heads; ! grep -o '<sitting [^>]*'"
            " \"$work\"/%s/results/room/close.xml | grep -E 'status=\"(handed-in|forced-end)\"' | awk"
            " -F'\"' '{print $2, $4,"
            " $6, $8}' | grep -vxFf \"$work\"/heads )",
            x->name);
        audit_tell(a, r, &e, command,
                   _("%s: every sitting that the closing counts (%zu) is in a bundle here, with that end"),
                   x->name, x->ends.n);
    }
}
