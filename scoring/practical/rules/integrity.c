/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/integrity.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "scoring/practical/rules/compare.h"
#include "scoring/practical/rules/integrity-internal.h"

enum { MAX_PAIRS = 2000000 };

const char *trace_kind_name(enum trace_kind kind)
{
    static const char *const names[] = {"file", "token",   "document", "rsid",
                                        "part", "created", "creator",  "token-lost"};
    return names[kind];
}

struct traces *traces_new(void)
{
    struct traces *t = mem_alloc(sizeof *t);
    t->arena = arena_new();
    return t;
}

void traces_free(struct traces *t)
{
    if (!t)
        return;
    arena_free(t->arena);
    free(t->feature);
    free(t->file);
    free(t->candidate);
    free(t->base);
    free(t);
}

void traces_feature(struct traces *t, enum trace_kind kind, const char *value, uint32_t owner)
{
    if (t->n == TRACES_MAX_FEATURES) {
        t->full = true;
        return;
    }
    if (t->n == t->cap)
        t->feature = mem_grow(t->feature, t->cap = t->cap ? 2 * t->cap : 1024, sizeof *t->feature);
    t->feature[t->n++] = (struct feature){kind, value, owner};
}

static uint32_t add_owner(struct traces *t, const char *candidate, const char *path)
{
    if (t->n_files == t->file_cap) {
        t->file_cap = t->file_cap ? 2 * t->file_cap : 256;
        t->file = mem_grow(t->file, t->file_cap, sizeof *t->file);
        t->candidate = mem_grow(t->candidate, t->file_cap, sizeof *t->candidate);
        t->base = mem_grow(t->base, t->file_cap, sizeof *t->base);
    }
    t->base[t->n_files] = arena_strdup(t->arena, path);
    t->file[t->n_files] = evidence_clean(t->arena, arena_printf(t->arena, "%s/%s", candidate, path), 400);
    t->candidate[t->n_files] = t->n_candidates;
    return t->n_files++;
}

int traces_add(struct traces *t, const char *candidate, const struct practical_folder *folder, struct err *e)
{
    for (size_t i = 0; i < folder->n; i++)
        traces_of_file(t, &folder->file[i],
                       candidate ? add_owner(t, candidate, folder->file[i].path) : UINT32_MAX);
    t->n_candidates += candidate != NULL;
    return t->full ? err_set(e, ERR_DATA, candidate, _("too much to compare: give fewer folders at once"))
                   : 0;
}

static int by_value(const void *a, const void *b, void *context)
{
    const struct traces *t = context;
    const struct feature *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = strcmp(x->value, y->value);
    if (order || x->owner == y->owner)
        return order;
    if (x->owner == UINT32_MAX || y->owner == UINT32_MAX)
        return x->owner == UINT32_MAX ? -1 : 1;
    return strcmp(t->file[x->owner], t->file[y->owner]);
}

struct pair {
    uint32_t a, b;
};

static int by_pair(const void *a, const void *b, void *context)
{
    const struct traces *t = context;
    const struct pair *x = a, *y = b;
    int order = strcmp(t->file[x->a], t->file[y->a]);
    return order ? order : strcmp(t->file[x->b], t->file[y->b]);
}

struct telling {
    struct traces *t;
    trace_fn *tell;
    void *context;
    const char **name; /* files of one run */
    struct pair *pair; /* of shared rsids, one for each */
    size_t n_pairs, pair_cap;
};

static void add_pairs(struct telling *k, const struct feature *run, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && k->n_pairs < MAX_PAIRS; j++) {
            if (k->t->candidate[run[i].owner] == k->t->candidate[run[j].owner])
                continue;
            if (k->n_pairs == k->pair_cap)
                k->pair =
                    mem_grow(k->pair, k->pair_cap = k->pair_cap ? 2 * k->pair_cap : 256, sizeof *k->pair);
            k->pair[k->n_pairs++] = (struct pair){run[i].owner, run[j].owner};
        }
}

/* A file may hold a value twice: each file once. */
static size_t unique(struct feature *run, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (m == 0 || run[m - 1].owner != run[i].owner)
            run[m++] = run[i];
    return m;
}

static size_t candidates(const struct telling *k, const struct feature *run, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t j = 0; !seen && j < i; j++)
            seen = k->t->candidate[run[j].owner] == k->t->candidate[run[i].owner];
        count += !seen;
        if (count > TRACES_COMMON)
            break;
    }
    return count;
}

static void tell_run(struct telling *k, struct feature *run, size_t n)
{
    if (run[0].owner == UINT32_MAX)
        return;
    n = unique(run, n);
    size_t owners = candidates(k, run, n);
    if (owners < 2 || (owners > TRACES_COMMON && run[0].kind != TRACE_TOKEN && run[0].kind != TRACE_FILE))
        return;
    if (run[0].kind == TRACE_RSID) {
        add_pairs(k, run, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        k->name[i] = k->t->file[run[i].owner];
    struct trace trace = {run[0].kind, run[0].value, k->name, n, 1};
    k->tell(k->context, &trace);
}

static void tell_pairs(struct telling *k)
{
    if (k->n_pairs)
        qsort_r(k->pair, k->n_pairs, sizeof *k->pair, by_pair, k->t);
    for (size_t i = 0, n; i < k->n_pairs; i += n) {
        for (n = 1; i + n < k->n_pairs && by_pair(&k->pair[i], &k->pair[i + n], k->t) == 0; n++)
            ;
        const char *both[] = {k->t->file[k->pair[i].a], k->t->file[k->pair[i].b]};
        struct trace trace = {TRACE_RSID, "editing sessions", both, 2, n};
        k->tell(k->context, &trace);
    }
}

/* A file whose name carries a token at other candidates, and none here. */
static void tell_lost(struct telling *k)
{
    struct traces *t = k->t;
    bool *has = mem_alloc(t->n_files + 1);
    for (size_t i = 0; i < t->n; i++)
        if (t->feature[i].kind == TRACE_TOKEN && t->feature[i].owner != UINT32_MAX)
            has[t->feature[i].owner] = true;
    for (uint32_t i = 0; i < t->n_files; i++) {
        bool others = false;
        for (uint32_t j = 0; !has[i] && !others && j < t->n_files; j++)
            others = has[j] && strcmp(t->base[i], t->base[j]) == 0;
        struct trace trace = {TRACE_TOKEN_LOST, "", (const char *const *)&t->file[i], 1, 1};
        if (others)
            k->tell(k->context, &trace);
    }
    free(has);
}

void traces_tell(struct traces *t, trace_fn *tell, void *context)
{
    struct telling k = {.t = t, .tell = tell, .context = context};
    k.name = mem_alloc((t->n_files + 1) * sizeof *k.name);
    if (t->n)
        qsort_r(t->feature, t->n, sizeof *t->feature, by_value, t);
    for (size_t i = 0, n; i < t->n; i += n) {
        for (n = 1; i + n < t->n && t->feature[i].kind == t->feature[i + n].kind &&
                    strcmp(t->feature[i].value, t->feature[i + n].value) == 0;
             n++)
            ;
        tell_run(&k, &t->feature[i], n);
        bool last_rsid =
            t->feature[i].kind <= TRACE_RSID && (i + n == t->n || t->feature[i + n].kind > TRACE_RSID);
        if (last_rsid)
            tell_pairs(&k);
    }
    tell_lost(&k);
    free(k.pair);
    free(k.name);
}
