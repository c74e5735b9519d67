/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/bundle-input.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/bundle-input-internal.h"
#include "sync/close-input.h"

struct reader {
    const struct bundle_document *document;
    const struct zip *inner;
    struct witness witness;
    const struct age_identity *id;
    size_t n_ids;
    struct merge_sitting *sitting;
    struct merge_record *record;
    size_t n_records;
    const struct merge_closing *closing;
    struct arena *arena;
};

/* bundle.xml, which the station signed, names the very package, epochs and heads that the journal has. */
static bool is_as_told(const struct bundle_sitting *told, const uint8_t *package, const struct merge_sitting *s)
{
    bool same = strcmp(told->ticket, s->ticket) == 0 && told->n_epochs == s->n_epochs &&
                memcmp(package, s->package, sizeof s->package) == 0;
    for (size_t i = 0; same && i < s->n_epochs; i++) {
        const struct merge_epoch *x = &s->epoch[i];
        const uint8_t *head = x->n_events ? x->chain + (x->n_events - 1) * MERGE_HASH : NULL;
        same = told->epoch[i].number == x->epoch && told->epoch[i].seq == (int64_t)x->n_events &&
               (!head || memcmp(told->epoch[i].head, head, MERGE_HASH) == 0);
    }
    return same;
}

static int read_sitting(struct reader *r, size_t i, struct err *e)
{
    const struct bundle_sitting *told = &r->document->sitting[i];
    const char *name = arena_printf(r->arena, "journals/%s.journal", told->ticket);
    struct span data = zip_get(r->inner, name);
    if (!data.p)
        return err_set(e, ERR_DATA, name, _("is not in the bundle, though bundle.xml lists its sitting"));
    int k = journal_input_read(&r->sitting[i], r->arena, name, data, r->document->session, &r->witness, r->id, r->n_ids,
                               e);
    if (k == 0 && !is_as_told(told, r->document->package, &r->sitting[i]))
        k = err_set(e, ERR_DATA, name, _("is not what bundle.xml says of it"));
    return k;
}

static int compare_ticket(const void *a, const void *b)
{
    return strcmp(((const struct merge_sitting *)a)->ticket, ((const struct merge_sitting *)b)->ticket);
}

/* The middle of "FOLDER/TICKET.ENDING", in the arena; NULL when the name is not of that form. */
static const char *ticket_in(struct arena *a, const char *name, const char *folder, const char *ending)
{
    size_t n = strlen(name), f = strlen(folder), x = strlen(ending);
    if (n <= f + x || strncmp(name, folder, f) != 0 || strcmp(name + n - x, ending) != 0)
        return NULL;
    return arena_strndup(a, name + f, n - f - x);
}

static const struct merge_sitting *find_sitting(const struct reader *r, const char *ticket)
{
    const struct merge_sitting key = {.ticket = ticket};
    return r->document->n_sittings
               ? bsearch(&key, r->sitting, r->document->n_sittings, sizeof key, compare_ticket)
               : NULL;
}

static int read_part(struct reader *r, const char *name, struct span data, struct err *e)
{
    const char *ticket = ticket_in(r->arena, name, "scores/", ".xml");
    if (ticket) {
        int k = record_input_read(&r->record[r->n_records], r->arena, name, data, r->document->session,
                                  find_sitting(r, ticket), e);
        r->n_records += k == 0;
        return k;
    }
    ticket = ticket_in(r->arena, name, "journals/", ".journal");
    if (ticket && !find_sitting(r, ticket))
        return err_set(e, ERR_DATA, name, _("is in the bundle, but bundle.xml does not list its sitting"));
    return 0;
}

static int read_all(struct reader *r, struct err *e)
{
    int k = 0;
    r->sitting = arena_array(r->arena, r->document->n_sittings + 1, sizeof *r->sitting);
    r->record = arena_array(r->arena, zip_count(r->inner) + 1, sizeof *r->record);
    for (size_t i = 0; k == 0 && i < r->document->n_sittings; i++)
        k = read_sitting(r, i, e);
    for (size_t i = 0; k == 0 && i < zip_count(r->inner); i++)
        k = read_part(r, zip_name(r->inner, i), zip_part(r->inner, i), e);
    return k < 0 ? k : close_input_read(&r->closing, r->arena, r->inner, r->document, r->witness.own, e);
}

static void fill(struct bundle_input *x, const struct reader *r, const uint8_t hash[BUNDLE_HASH_BYTES])
{
    const struct bundle_document *d = r->document;
    x->in = (struct merge_input){
        .session = d->session,
        .station = d->station,
        .site = d->site,
        .room = d->room,
        .sitting = r->sitting,
        .n_sittings = d->n_sittings,
        .record = r->record,
        .n_records = r->n_records,
        .closing = r->closing,
    };
    memcpy(x->in.bundle, hash, sizeof x->in.bundle);
    memcpy(x->in.package, d->package, sizeof x->in.package);
}

int bundle_input_read(struct bundle_input *ret, struct bundle *b, const struct trust *t, const struct age_identity *id,
                      size_t n_ids, struct err *e)
{
    struct bundle_input x = {.arena = arena_new()};
    struct reader r = {.document = bundle_document_of(b), .witness = {bundle_certificate(b), t}, .id = id,
                       .n_ids = n_ids, .arena = x.arena};
    int k = bundle_unseal(b, id, n_ids, &r.inner, e);
    if (k == 0)
        k = read_all(&r, e);
    if (k < 0) {
        bundle_input_release(&x);
        return k;
    }
    fill(&x, &r, bundle_hash(b));
    *ret = x;
    return 0;
}

void bundle_input_release(struct bundle_input *x)
{
    arena_free(x->arena);
    *x = (struct bundle_input){0};
}
