/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/close-input.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/close-record.h"
#include "exam-packages/derive.h"
#include "exam-packages/signatures.h"

static const char name[] = "room/close.xml";

static int check_signature(struct arena *a, const struct zip *inner, struct span document,
                           const struct bundle_document *d, const struct certificate *machine, struct err *e)
{
    const char *wanted = arena_printf(a, "kaochang/1 role=close session=%s room=%s", d->session, d->room);
    struct span signature = zip_get(inner, signature_name_of(a, name, &machine->key));
    char *said = NULL;
    int r = signature.p ? minisign_verify(document, signature, &machine->key, &said, NULL) : -ERR_NO;
    bool good = r == 0 && said && strcmp(said, wanted) == 0;
    free(said);
    return good ? 0 : err_set(e, ERR_DATA, name, _("is not signed by the machine that the bundle is of"));
}

static struct merge_closing *take(struct arena *a, const struct close_record *c, struct span document)
{
    struct merge_closing *x = arena_alloc(a, sizeof *x);
    struct merge_closed_sitting *sitting = arena_array(a, c->n + 1, sizeof *sitting);
    *x = (struct merge_closing){.site = arena_strdup(a, c->site),
                                .room = arena_strdup(a, c->room),
                                .registered = c->registered,
                                .sitting = sitting,
                                .n_sittings = c->n,
                                .document = span_of(arena_copy(a, document.p, document.n), document.n)};
    memcpy(x->package, c->package, sizeof x->package);
    blake2b_256(x->hash, document);
    for (size_t i = 0; i < c->n; i++) {
        sitting[i] = (struct merge_closed_sitting){.ticket = arena_strdup(a, c->sitting[i].ticket),
                                                   .epoch = c->sitting[i].epoch,
                                                   .seq = c->sitting[i].seq,
                                                   .status = arena_strdup(a, c->sitting[i].status)};
        memcpy(sitting[i].head, c->sitting[i].head, sizeof sitting[i].head);
    }
    return x;
}

int close_input_read(const struct merge_closing **ret, struct arena *a, const struct zip *inner,
                     const struct bundle_document *d, const struct certificate *machine, struct err *e)
{
    struct close_record c = {0};
    struct span document = zip_get(inner, name);
    *ret = NULL;
    if (!document.p)
        return 0;
    int r = check_signature(a, inner, document, d, machine, e);
    if (r == 0)
        r = close_record_read(&c, name, document, e);
    if (r < 0)
        return r;
    if (strcmp(c.session, d->session) != 0 || strcmp(c.site, d->site) != 0 || strcmp(c.room, d->room) != 0 ||
        memcmp(c.package, d->package, sizeof c.package) != 0)
        r = err_set(e, ERR_DATA, name, _("is of another session, room or package than the bundle"));
    else {
        struct merge_closing *x = take(a, &c, document);
        x->whole = machine->kind == CERTIFICATE_ROOM;
        *ret = x;
    }
    close_record_release(&c);
    return r;
}
