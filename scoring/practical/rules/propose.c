/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/propose.h"

#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/rules/score-internal.h"

enum { MAX_AREA = 150 };

struct candidate {
    const struct check_kind *kind;
    struct locator at;
    const char *expect;
    enum fact_type type;
    bool same, put;   /* same: as in the start file */
    const char *area; /* of what is put */
};

/* Facts of one file, or of one path. */
struct gathering {
    struct arena *a;
    struct candidate *candidate;
    size_t n, cap;
    bool cut; /* there are more */
};

struct proposing {
    struct rules *rules;
    const struct practical_folder *start, *model;
    const struct propose_options *options;
    size_t n_differing, n_unreadable, n_cut, n_protected;
    uint32_t order;
};

/* What no attribute can hold is not proposed. */
static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

static void gather(void *context, const char *kind, const struct locator *at, const struct fact *f)
{
    struct gathering *g = context;
    const struct practical_family *family;
    const struct check_kind *k = check_kind_find(kind, &family);
    if (!k || k->argument || f->state != FACT_FOUND)
        return;
    if (g->n == PROPOSE_MAX_FACTS) {
        g->cut = true;
        return;
    }
    if (g->n == g->cap) {
        struct candidate *more = arena_array(g->a, g->cap ? 2 * g->cap : 64, sizeof *more);
        if (g->n)
            memcpy(more, g->candidate, g->n * sizeof *more);
        g->candidate = more;
        g->cap = g->cap ? 2 * g->cap : 64;
    }
    struct locator_key *key = arena_array(g->a, at->n + 1, sizeof *key);
    for (size_t i = 0; i < at->n; i++)
        key[i] =
            (struct locator_key){arena_strdup(g->a, at->key[i].name), arena_strdup(g->a, at->key[i].value)};
    g->candidate[g->n++] = (struct candidate){
        .kind = k, .at = {key, at->n}, .expect = expectation_of(k, f, g->a), .type = f->value.type};
    bool plain = is_plain(g->candidate[g->n - 1].expect);
    for (size_t i = 0; plain && i < at->n; i++)
        plain = is_plain(key[i].value);
    g->n -= !plain;
}

/* True where the fact is there and is what the candidate expects. */
static bool holds(const struct candidate *c, struct check_target *t, bool *ret_asked)
{
    struct arena *a = arena_new();
    struct expectation *x;
    struct fact f = {.state = FACT_ABSENT, .place = ""};
    struct err unwanted;
    t->kind = c->kind;
    *ret_asked = expectation_read(&x, a, c->kind, c->expect, NULL, &unwanted) == 0 &&
                 c->kind->find(t, &c->at, NULL, a, &f, &unwanted) == 0;
    bool met = *ret_asked && expectation_met(x, &f, NULL);
    arena_free(a);
    return met;
}

/* Keeps the candidates that hold where `in` says so; marks those that hold in the start. */
static void keep_true(struct gathering *g, struct check_target *model)
{
    size_t n = 0;
    bool asked;
    for (size_t i = 0; i < g->n; i++)
        if (holds(&g->candidate[i], model, &asked))
            g->candidate[n++] = g->candidate[i];
    g->n = n;
}

static void mark_same(struct gathering *g, struct check_target *start)
{
    bool asked;
    for (size_t i = 0; i < g->n; i++)
        g->candidate[i].same = holds(&g->candidate[i], start, &asked);
}

/* Paragraph, slide, or column of a sheet: what an author looks at together. */
static const char *area_of(struct arena *a, const struct candidate *c, size_t file, const char *path)
{
    const char *sheet = locator_get(&c->at, "sheet"), *cell = locator_get(&c->at, "cell");
    const char *place = "";
    if (file != RULES_NONE && sheet && cell)
        place = arena_printf(a, ": %s!%.*s", sheet, (int)strspn(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), cell);
    else if (file != RULES_NONE && c->at.n)
        place = arena_printf(a, ": %s %s", c->at.key[0].name, c->at.key[0].value);
    return evidence_clean(a, arena_printf(a, "%s%s", path, place), MAX_AREA);
}

static void begin_group(struct proposing *p, const char *area)
{
    struct rules *r = p->rules;
    if (r->n_groups > 1 && strcmp(r->group[r->n_groups - 1].title, area) == 0)
        return;
    if (r->n_groups == RULES_MAX_GROUPS)
        return;
    r->group[r->n_groups++] =
        (struct rules_group){.title = arena_strdup(r->arena, area), .order = p->order++};
}

static void put_check(struct proposing *p, const struct candidate *c, size_t file, const char *path,
                      bool forbid)
{
    struct rules *r = p->rules;
    struct arena *a = r->arena;
    begin_group(p, c->area);
    struct locator_key *key = arena_array(a, c->at.n + 1, sizeof *key);
    for (size_t i = 0; i < c->at.n; i++)
        key[i] =
            (struct locator_key){arena_strdup(a, c->at.key[i].name), arena_strdup(a, c->at.key[i].value)};
    struct rules_check *k = &r->check[r->n_checks++];
    *k = (struct rules_check){.id = arena_printf(a, "%s%zu", forbid ? "x" : "c", r->n_checks),
                              .title = arena_strdup(a, _(c->kind->label)),
                              .kind = c->kind,
                              .file = file,
                              .path = file == RULES_NONE ? arena_strdup(a, path) : NULL,
                              .group = r->n_groups - 1,
                              .at = {key, c->at.n},
                              .expect = forbid ? "changed" : arena_strdup(a, c->expect),
                              .forbid = forbid,
                              .has_points = forbid,
                              .points = points_milli(forbid ? 1000 : 0),
                              .order = p->order++};
    check_kind_find(c->kind->name, &k->family);
    struct err unwanted;
    if (expectation_read(&k->expectation, a, k->kind, k->expect, NULL, &unwanted) < 0)
        r->n_checks--;
}

/* What a new file has without anybody's doing. */
static bool is_nothing(const struct candidate *c)
{
    static const char *const words[] = {"no", "none", "auto", "absent", "0", "0pt", ""};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(c->expect, words[i]) == 0)
            return true;
    return false;
}

/* Decides which are put, and in which group. */
static void choose(struct proposing *p, struct gathering *g, size_t file, const char *path)
{
    for (size_t i = 0; i < g->n; i++) {
        struct candidate *c = &g->candidate[i];
        bool content = c->type == FACT_TEXT || c->type == FACT_NUMBER;
        if (!c->same)
            c->put = ++p->n_differing <= PROPOSE_MAX_CHECKS;
        else if (content && p->options->protect && p->n_protected < PROPOSE_MAX_PROTECTED) {
            p->n_protected++;
            c->put = true;
        }
        c->area = c->put ? area_of(g->a, c, file, path) : NULL;
    }
}

/* Families enumerate by kind: what belongs to one area is brought together. */
static void put_all(struct proposing *p, struct gathering *g, size_t file, const char *path)
{
    choose(p, g, file, path);
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = i; g->candidate[i].put && k < g->n; k++) {
            struct candidate *c = &g->candidate[k];
            if (!c->put || strcmp(c->area, g->candidate[i].area) != 0)
                continue;
            put_check(p, c, file, path, c->same);
            c->put = k == i;
        }
}

static void drop_nothing(struct gathering *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        if (!is_nothing(&g->candidate[i]))
            g->candidate[n++] = g->candidate[i];
    g->n = n;
}

static int open_one(void **ret, const struct practical_family *family, const struct practical_folder *folder,
                    const struct practical_file *f)
{
    struct err unwanted;
    *ret = NULL;
    return f->skipped ? -ERR_DATA : family->open(ret, folder, f->path, &unwanted);
}

static void propose_document(struct proposing *p, const struct practical_family *family,
                             const struct practical_file *file, const struct practical_file *before)
{
    struct gathering g = {.a = arena_new()};
    struct check_target model = {.folder = p->model, .start = p->start, .path = file->path};
    struct check_target start = {.folder = p->start, .start = p->start, .path = before ? before->path : NULL};
    if (open_one(&model.document, family, p->model, file) < 0)
        p->n_unreadable++;
    else {
        family->enumerate(&model, g.a, gather, &g);
        p->n_cut += g.cut;
        keep_true(&g, &model);
        family->close(model.document);
        if (before && open_one(&start.document, family, p->start, before) == 0) {
            mark_same(&g, &start);
            family->close(start.document);
        }
    }
    if (!before)
        drop_nothing(&g);
    if (g.n) {
        struct rules *r = p->rules;
        struct arena *a = r->arena;
        r->file[r->n_files] = (struct rules_file){.id = arena_printf(a, "f%zu", r->n_files + 1),
                                                  .paths = arena_strdup(a, file->path),
                                                  .family = family};
        r->file[r->n_files].path = arena_copy(a, &r->file[r->n_files].paths, sizeof(char *));
        r->file[r->n_files].n_paths = 1;
        put_all(p, &g, r->n_files++, file->path);
    }
    arena_free(g.a);
}

/* What the path is as a file: new, copied, renamed; its text where no other family looks into it. */
static void propose_path(struct proposing *p, const char *path)
{
    for (const struct practical_family *const *f = practical_families; *f; f++) {
        struct gathering g = {.a = arena_new()};
        struct check_target model = {.folder = p->model, .start = p->start, .path = path};
        struct check_target start = {.folder = p->start, .start = p->start, .path = path};
        if (!(*f)->open && (*f)->enumerate) {
            (*f)->enumerate(&model, g.a, gather, &g);
            keep_true(&g, &model);
            mark_same(&g, &start);
            put_all(p, &g, RULES_NONE, path);
        }
        arena_free(g.a);
    }
}

static void propose_deleted(struct proposing *p, const struct practical_file *before)
{
    const struct practical_family *family;
    const struct check_kind *k = check_kind_find(before->folder ? "folder.absent" : "file.absent", &family);
    struct candidate c = {.kind = k, .expect = "yes", .type = FACT_BOOL, .area = before->path};
    if (k && ++p->n_differing <= PROPOSE_MAX_CHECKS)
        put_check(p, &c, RULES_NONE, before->path, false);
}

static const struct practical_file *exactly(const struct practical_folder *folder, const char *path)
{
    const struct practical_file *f = practical_find(folder, path);
    return f && strcmp(f->path, path) == 0 ? f : NULL;
}

static void propose_all(struct proposing *p)
{
    for (size_t i = 0; i < p->model->n; i++) {
        const struct practical_file *f = &p->model->file[i], *before = exactly(p->start, f->path);
        const struct practical_family *family = f->folder ? NULL : rules_family_of(f->path);
        bool same = before && before->folder == f->folder && (f->folder || practical_same_file(f, before));
        if (f->temporary || (same && !p->options->protect))
            continue;
        if (!before || !family)
            propose_path(p, f->path);
        if (family && family->enumerate && p->rules->n_files < RULES_MAX_FILES)
            propose_document(p, family, f, before);
    }
    for (size_t i = 0; i < p->start->n; i++)
        if (!p->start->file[i].temporary && !exactly(p->model, p->start->file[i].path))
            propose_deleted(p, &p->start->file[i]);
}

/* Equal parts in steps as round as they can be; the first ones get what is left. */
static void weight(struct rules *r, points_t all)
{
    static const int64_t steps[] = {1000, 500, 100, 50, 10, 5};
    int64_t n = 0, step = 1;
    for (size_t i = 0; i < r->n_checks; i++)
        n += !r->check[i].forbid;
    if (n == 0)
        return;
    for (size_t i = sizeof steps / sizeof *steps; i-- > 0;)
        if (all.milli / steps[i] >= n && all.milli % steps[i] == 0)
            step = steps[i];
    int64_t each = all.milli / n / step * step, rest = all.milli - each * n;
    for (size_t i = 0; i < r->n_checks; i++) {
        struct rules_check *c = &r->check[i];
        if (c->forbid)
            continue;
        int64_t more = rest < step ? rest : step;
        c->points = points_milli(each + more);
        c->has_points = true;
        rest -= more;
    }
}

/* Groups have no points of their own until they are summed up; one that holds only forbids goes to the whole.
 */
static void drop_empty_groups(struct rules *r)
{
    size_t *place = arena_array(r->arena, r->n_groups, sizeof *place), n = 1;
    for (size_t g = 1; g < r->n_groups; g++) {
        bool any = false;
        for (size_t i = 0; !any && i < r->n_checks; i++)
            any = r->check[i].group == g && !r->check[i].forbid;
        place[g] = any ? n : 0;
        if (any)
            r->group[n++] = r->group[g];
    }
    for (size_t i = 0; i < r->n_checks; i++)
        r->check[i].group = place[r->check[i].group];
    r->n_groups = n;
}

int propose_rules(struct proposal *ret, const struct practical_folder *start,
                  const struct practical_folder *model, const struct propose_options *options, struct err *e)
{
    struct arena *a = arena_new();
    struct rules *r = arena_alloc(a, sizeof *r);
    size_t most = PROPOSE_MAX_CHECKS + PROPOSE_MAX_PROTECTED;
    r->arena = a;
    r->name = "proposal";
    r->id = arena_strdup(a, options->id);
    r->title = r->version = "";
    r->file = arena_array(a, RULES_MAX_FILES, sizeof *r->file);
    r->group = arena_array(a, RULES_MAX_GROUPS, sizeof *r->group);
    r->check = arena_array(a, most, sizeof *r->check);
    points_t all = options->points.milli ? options->points : points_milli(100000);
    r->group[r->n_groups++] =
        (struct rules_group){.title = "", .parent = RULES_NONE, .has_points = true, .maximum = all};
    struct proposing p = {.rules = r, .start = start, .model = model, .options = options};
    propose_all(&p);
    weight(r, all);
    drop_empty_groups(r);
    int res =
        p.n_differing ? rules_sum_up(r, NULL, NULL, e)
        : p.n_unreadable
            ? err_set(
                  e, ERR_DATA, NULL,
                  _("%zu files of the model cannot be read, and nothing else that can be checked differs"),
                  p.n_unreadable)
            : err_set(e, ERR_DATA, NULL, _("nothing that can be checked differs between start and model"));
    if (res < 0) {
        rules_free(r);
        return res;
    }
    *ret = (struct proposal){
        .rules = r, .n_differing = p.n_differing, .n_unreadable = p.n_unreadable, .n_cut = p.n_cut};
    return 0;
}
