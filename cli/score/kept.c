/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

static const char scored_suffix[] = "-scored.results", plain_suffix[] = "-unscored.results";

static const char close_name[] = "close.xml";
enum { MAX_CLOSE = 16 << 20 };

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

static bool same_sitting(const struct bundle_sitting *a, const struct bundle_sitting *b)
{
    if (strcmp(a->ticket, b->ticket) != 0 || a->n_epochs != b->n_epochs)
        return false;
    for (size_t i = 0; i < a->n_epochs; i++)
        if (a->epoch[i].number != b->epoch[i].number || a->epoch[i].seq != b->epoch[i].seq ||
            memcmp(a->epoch[i].head, b->epoch[i].head, sizeof a->epoch[i].head) != 0)
            return false;
    return true;
}

static bool same_work(const struct bundle_document *a, const struct bundle_document *b)
{
    if (strcmp(a->session, b->session) != 0 || memcmp(a->package, b->package, sizeof a->package) != 0 ||
        a->n_sittings != b->n_sittings)
        return false;
    for (size_t i = 0; i < a->n_sittings; i++)
        if (!same_sitting(&a->sitting[i], &b->sitting[i]))
            return false;
    return true;
}

/* Looks through the bundles that were made before: their hashes become predecessors; one of the same work ends the search. */
static int look_back(const char *folder, const struct trust *t, bool scored, struct bundle_document *d, char **ret,
                     struct err *e)
{
    struct file_names names = {0};
    int r = file_list(folder, &names, e);
    if (r == 0)
        d->predecessor = arena_array(d->arena, names.n, sizeof *d->predecessor);
    for (size_t i = 0; r == 0 && !*ret && i < names.n; i++) {
        struct bundle *b = NULL;
        struct err unwanted;
        char *path = path_join(folder, names.name[i]);
        if (ends_with(names.name[i], ".results") && bundle_open(&b, path, t, &unwanted) == 0) {
            if (ends_with(names.name[i], scored ? scored_suffix : plain_suffix) && same_work(d, bundle_document_of(b)))
                *ret = mem_strdup(path);
            memcpy(d->predecessor[d->n_predecessors++], bundle_hash(b), BUNDLE_HASH_BYTES);
        }
        bundle_close(b);
        free(path);
    }
    file_names_free(&names);
    return r;
}

/* The room's CLOSE record with its signatures, where the room was closed properly. */
static int add_close(const struct station *s, const struct bundle_document *d, struct bundle_file *file, size_t *n,
                     struct err *e)
{
    struct signatures signatures = {0};
    struct span record = {0};
    const char *folder = arena_printf(d->arena, "%s/sessions/%s", s->home, d->session);
    if (!file_exists(arena_printf(d->arena, "%s/%s", folder, close_name)))
        return 0;
    int r = signatures_load_document(&record, &signatures, d->arena, folder, close_name, MAX_CLOSE, e);
    if (r < 0)
        return r;
    file[(*n)++] = (struct bundle_file){close_name, record};
    for (size_t i = 0; i < signatures.n; i++)
        file[(*n)++] = (struct bundle_file){
            arena_printf(d->arena, "%s.%s.minisig", close_name, signatures.list[i].keyid), signatures.list[i].file};
    return 0;
}

static size_t list_files(const struct bundle_document *d, const struct leaving *sitting, struct bundle_file *file)
{
    size_t n = 0;
    for (size_t i = 0; i < d->n_sittings; i++)
        file[n++] = (struct bundle_file){arena_printf(d->arena, "journals/%s.journal", sitting[i].ticket),
                                         bytes_span(&sitting[i].journal)};
    for (size_t i = 0; i < d->n_sittings; i++)
        if (sitting[i].record.n)
            file[n++] = (struct bundle_file){arena_printf(d->arena, "scores/%s.xml", sitting[i].ticket),
                                             bytes_span(&sitting[i].record)};
    return n;
}

static int make(const struct station *s, const struct trust *t, const struct package *p, struct bundle_document *d,
                const struct leaving *sitting, const char *path, struct err *e)
{
    const struct manifest *m = package_manifest(p);
    const struct age_recipient to[2] = {m->recipient[MANIFEST_O], m->recipient[MANIFEST_R]};
    struct bundle_file *file = arena_array(d->arena, 2 * d->n_sittings + 1 + SIGNATURES_MAX, sizeof *file);
    size_t n = list_files(d, sitting, file);
    struct minisign_secret key = {0};
    struct certificate_chain chain = {0};
    uint8_t hash[BUNDLE_HASH_BYTES];
    int r = station_certificate(s, t, &chain, NULL, e);
    if (r == 0)
        r = station_key(s, &key, e);
    if (r == 0)
        r = add_close(s, d, file, &n, e);
    if (r == 0)
        r = bundle_write(d, file, n, to, 2, &key, &chain, path, hash, e);
    minisign_secret_free(&key);
    return r;
}

int kept_bundle(const struct station *s, const struct trust *t, const struct package *p, struct bundle_document *d,
                const struct leaving *sitting, char **ret, bool *ret_made, struct err *e)
{
    bool scored = false;
    char *folder = arena_printf(d->arena, "%s/sessions/%s/results", s->home, d->session), *path = NULL;
    for (size_t i = 0; i < d->n_sittings; i++)
        scored |= sitting[i].record.n > 0;
    int r = file_mkdirs(folder, true, e);
    if (r == 0)
        r = look_back(folder, t, scored, d, &path, e);
    *ret_made = r == 0 && !path;
    if (*ret_made) {
        path = mem_printf("%s/%s-%s-%zu%s", folder, d->session, s->name, d->n_predecessors + 1,
                          scored ? scored_suffix : plain_suffix);
        r = make(s, t, p, d, sitting, path, e);
    }
    if (r < 0) {
        free(path);
        return r;
    }
    *ret = path;
    return 0;
}
