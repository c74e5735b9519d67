/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/problem-text.h"

#include "engine/proof/tokens.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* In the order of enum requirement_kind. */
static const char *const requirement_word[] = {
    "linear",  "at-most-one", "all-or-none", "cover",        "stimuli", "per-stimulus", "include",
    "exclude", "total",       "use",         "stimulus-use", "overlap", "range",        "penalty"};
/* In the order of enum objective_kind. */
static const char *const objective_word[] = {"none",        "max-sum",   "maximin",
                                             "minimax-dev", "min-range", "min-penalty"};

static void put_named(struct bytes *out, const char *name, int64_t v)
{
    bytes_str(out, name);
    tokens_put_number(out, 0, v);
}

static void put_limit(struct bytes *out, const char *name, int64_t v, int64_t open)
{
    bytes_str(out, name);
    if (v == open)
        bytes_str(out, "-");
    else
        tokens_put_number(out, 0, v);
}

static void put_items(struct bytes *out, const struct requirement *r)
{
    put_named(out, "items ", (int64_t)r->n);
    for (size_t i = 0; i < r->n; i++) {
        size_t from = i;
        tokens_put_number(out, ' ', r->item[i]);
        while (i + 1 < r->n && r->item[i + 1] == r->item[i] + 1)
            i++;
        if (i > from)
            tokens_put_number(out, '-', r->item[i]);
    }
    bytes_str(out, "\n");
}

static void put_numbers(struct bytes *out, const char *name, const int64_t *v, size_t n)
{
    bytes_str(out, name);
    for (size_t i = 0; i < n; i++)
        tokens_put_number(out, ' ', v[i]);
    bytes_str(out, "\n");
}

static void put_requirement(struct bytes *out, const struct requirement *r)
{
    bytes_str(out, requirement_word[r->kind]);
    bytes_str(out, " ");
    tokens_put_word(out, r->id ? r->id : "");
    put_limit(out, " lo ", r->lo, OPEN_LO);
    put_limit(out, " hi ", r->hi, OPEN_HI);
    put_named(out, " unit ", r->unit);
    put_named(out, " weight ", r->weight);
    put_named(out, " with ", r->unit_no);
    put_named(out, " line ", r->line);
    bytes_str(out, "\n");
    put_items(out, r);
    if (r->coef)
        put_numbers(out, "coefs", r->coef, r->n);
    if (r->kind == REQUIRE_COVER) {
        put_named(out, "groups ", (int64_t)r->n_groups);
        for (size_t i = 0; i < r->n; i++)
            tokens_put_number(out, ' ', r->group[i]);
        bytes_str(out, "\n");
    }
}

static void put_objective(struct bytes *out, const struct problem *p, const struct objective *o)
{
    bytes_str(out, objective_word[o->kind]);
    put_named(out, " unit ", o->unit);
    put_named(out, " indifferent ", o->indifferent);
    put_named(out, " give ", o->give);
    put_named(out, " rows ", (int64_t)o->n_rows);
    bytes_str(out, "\n");
    for (size_t k = 0; k < o->n_rows; k++) {
        put_named(out, "target ", o->row[k].target);
        put_named(out, " weight ", o->row[k].weight);
        bytes_str(out, "\n");
        put_numbers(out, "coefs", o->row[k].coef, p->n_items);
    }
}

void problem_text(const struct problem *p, struct bytes *out)
{
    bytes_str(out, "kaochang-problem 1\nname ");
    tokens_put_rest(out, p->name ? p->name : "");
    put_named(out, "\nforms ", (int64_t)p->n_forms);
    put_named(out, "\nstimuli ", (int64_t)p->n_stimuli);
    put_named(out, "\nitems ", (int64_t)p->n_items);
    bytes_str(out, "\n");
    for (size_t i = 0; i < p->n_items; i++) {
        uint32_t t = p->stimulus ? p->stimulus[i] : NO_STIMULUS;
        tokens_put_word(out, p->id[i]);
        bytes_str(out, " ");
        if (t == NO_STIMULUS)
            bytes_str(out, "-");
        else
            tokens_put_number(out, 0, t);
        bytes_str(out, "\n");
    }
    put_named(out, "requirements ", (int64_t)p->n_requirements);
    bytes_str(out, "\n");
    for (size_t k = 0; k < p->n_requirements; k++)
        put_requirement(out, &p->requirement[k]);
    put_named(out, "objectives ", (int64_t)p->n_objectives);
    bytes_str(out, "\n");
    for (size_t k = 0; k < p->n_objectives; k++)
        put_objective(out, p, &p->objective[k]);
}

struct problem_reader {
    struct tokens t;
    struct problem *p;
    size_t entries;
};

/* Room for n entries; bad where all of them are too many. */
static size_t room(struct problem_reader *r, size_t n)
{
    r->entries += n;
    if (r->entries > PROBLEM_TEXT_MAX_ENTRIES)
        r->t.bad = true;
    return r->t.bad ? 0 : n;
}

static void read_item(struct problem_reader *r, size_t i, uint32_t *stimulus)
{
    r->p->id[i] = tokens_word(&r->t, r->p->arena);
    tokens_expect(&r->t, " ");
    stimulus[i] = tokens_try(&r->t, "-") ? NO_STIMULUS
                                         : (uint32_t)tokens_number(&r->t, 0, (int64_t)r->p->n_stimuli - 1);
    tokens_end_line(&r->t);
}

static void read_head(struct problem_reader *r)
{
    struct tokens *t = &r->t;
    struct arena *a = arena_new();
    tokens_expect(t, "kaochang-problem 1\nname ");
    t->line++;
    const char *name = tokens_rest(t, a);
    tokens_end_line(t);
    tokens_expect(t, "forms ");
    size_t forms = (size_t)tokens_number(t, 1, PROBLEM_TEXT_MAX_FORMS);
    tokens_end_line(t);
    tokens_expect(t, "stimuli ");
    size_t stimuli = tokens_count(t, PROBLEM_TEXT_MAX_ITEMS, 1);
    tokens_end_line(t);
    tokens_expect(t, "items ");
    size_t items = tokens_count(t, PROBLEM_TEXT_MAX_ITEMS, 4);
    tokens_end_line(t);
    r->p = problem_new(items, forms);
    r->p->name = arena_strdup(r->p->arena, name);
    r->p->n_stimuli = stimuli;
    r->p->n_objectives = 0;
    arena_free(a);
}

static void read_items(struct problem_reader *r)
{
    uint32_t *stimulus = arena_array(r->p->arena, r->p->n_items + 1, sizeof *stimulus);
    for (size_t i = 0; i < r->p->n_items && !r->t.bad; i++)
        read_item(r, i, stimulus);
    r->p->stimulus = r->p->n_stimuli ? stimulus : NULL;
}

/* "3 5-9 12": n of them, never descending. */
static const uint32_t *read_members(struct problem_reader *r, size_t n)
{
    uint32_t *item = arena_array(r->p->arena, n + 1, sizeof *item);
    int64_t last = (int64_t)r->p->n_items - 1, from = 0;
    for (size_t i = 0; i < n && !r->t.bad;) {
        tokens_expect(&r->t, " ");
        from = tokens_number(&r->t, i ? from : 0, last);
        int64_t to = tokens_try(&r->t, "-") ? tokens_number(&r->t, from + 1, last) : from;
        if ((size_t)(to - from) >= n - i)
            r->t.bad = true;
        for (; from <= to && !r->t.bad; from++)
            item[i++] = (uint32_t)from;
        from = to;
    }
    return item;
}

static int64_t *read_numbers(struct problem_reader *r, size_t n)
{
    if (n > tokens_left(&r->t) / 2)
        r->t.bad = true;
    n = r->t.bad ? 0 : n;
    int64_t *v = arena_array(r->p->arena, n + 1, sizeof *v);
    for (size_t i = 0; i < n && !r->t.bad; i++) {
        tokens_expect(&r->t, " ");
        v[i] = tokens_number(&r->t, INT64_MIN + 1, INT64_MAX);
    }
    tokens_end_line(&r->t);
    return v;
}

static void read_groups(struct problem_reader *r, struct requirement *q)
{
    tokens_expect(&r->t, "groups ");
    q->n_groups = room(r, (size_t)tokens_number(&r->t, 0, PROBLEM_TEXT_MAX_ITEMS));
    uint32_t *group = arena_array(r->p->arena, q->n + 1, sizeof *group);
    for (size_t i = 0; i < q->n && !r->t.bad; i++) {
        tokens_expect(&r->t, " ");
        group[i] = (uint32_t)tokens_number(&r->t, 0, (int64_t)q->n_groups - 1);
    }
    tokens_end_line(&r->t);
    q->group = group;
}

static void read_limits(struct problem_reader *r, struct requirement *q, uint32_t number)
{
    struct tokens *t = &r->t;
    tokens_expect(t, " lo ");
    q->lo = tokens_number_or(t, OPEN_LO);
    tokens_expect(t, " hi ");
    q->hi = tokens_number_or(t, OPEN_HI);
    tokens_expect(t, " unit ");
    q->unit = tokens_number(t, 1, INT64_MAX);
    tokens_expect(t, " weight ");
    q->weight = tokens_number(t, 0, INT64_MAX);
    tokens_expect(t, " with ");
    q->unit_no = (uint32_t)tokens_number(t, 0, number);
    tokens_expect(t, " line ");
    q->line = (unsigned)tokens_number(t, 0, INT32_MAX);
    tokens_end_line(t);
}

/* What all verifiers read alike: numbers of items only where they are summed up, an item twice only there. */
static bool is_plain(const struct requirement *q)
{
    bool sums = q->kind == REQUIRE_LINEAR || q->kind == REQUIRE_TOTAL || q->kind == REQUIRE_RANGE;
    bool good = sums || !q->coef;
    for (size_t i = 1; i < q->n; i++)
        good = good && (sums || q->kind == REQUIRE_COVER || q->item[i - 1] < q->item[i]);
    return good;
}

static void read_requirement(struct problem_reader *r, uint32_t number)
{
    struct tokens *t = &r->t;
    struct requirement q = {
        .kind = (enum requirement_kind)tokens_choice(t, requirement_word, COUNT(requirement_word))};
    tokens_expect(t, " ");
    q.id = tokens_word(t, r->p->arena);
    read_limits(r, &q, number);
    q.words = q.id;
    tokens_expect(t, "items ");
    q.n = room(r, (size_t)tokens_number(t, 0, PROBLEM_TEXT_MAX_ENTRIES));
    if (q.n > tokens_left(t) + r->p->n_items)
        t->bad = true;
    q.n = t->bad ? 0 : q.n;
    q.item = read_members(r, q.n);
    tokens_end_line(t);
    if (tokens_try(t, "coefs"))
        q.coef = read_numbers(r, q.n);
    if (q.kind == REQUIRE_COVER)
        read_groups(r, &q);
    t->bad = t->bad || !is_plain(&q);
    if (!t->bad)
        problem_require_with(r->p, &q, q.unit_no);
}

static void read_row(struct problem_reader *r, struct objective_row *row)
{
    tokens_expect(&r->t, "target ");
    row->target = tokens_number(&r->t, INT64_MIN + 1, INT64_MAX);
    tokens_expect(&r->t, " weight ");
    row->weight = tokens_number(&r->t, 0, INT64_MAX);
    tokens_end_line(&r->t);
    tokens_expect(&r->t, "coefs");
    row->coef = read_numbers(r, room(r, r->p->n_items));
}

static void read_objective(struct problem_reader *r, struct objective *o)
{
    struct tokens *t = &r->t;
    o->kind = (enum objective_kind)tokens_choice(t, objective_word, COUNT(objective_word));
    tokens_expect(t, " unit ");
    o->unit = tokens_number(t, 1, INT64_MAX);
    tokens_expect(t, " indifferent ");
    o->indifferent = tokens_number(t, 0, INT64_MAX);
    tokens_expect(t, " give ");
    o->give = tokens_number(t, 0, INT64_MAX);
    tokens_expect(t, " rows ");
    o->n_rows = tokens_count(t, PROBLEM_TEXT_MAX_ITEMS, 8);
    tokens_end_line(t);
    o->row = arena_array(r->p->arena, o->n_rows + 1, sizeof *o->row);
    for (size_t k = 0; k < o->n_rows && !t->bad; k++) {
        read_row(r, &o->row[k]);
        if (o->kind == OBJECTIVE_MAXIMIN && o->row[k].weight == 0)
            t->bad = true;
    }
}

static void read_objectives(struct problem_reader *r)
{
    tokens_expect(&r->t, "objectives ");
    size_t n = tokens_count(&r->t, PROBLEM_TEXT_MAX_ITEMS, 16);
    tokens_end_line(&r->t);
    if (n == 0)
        r->t.bad = true;
    r->p->objective = arena_array(r->p->arena, n + 1, sizeof *r->p->objective);
    for (size_t k = 0; k < n && !r->t.bad; k++)
        read_objective(r, &r->p->objective[k]);
    r->p->n_objectives = n;
}

int problem_text_read(struct problem **ret, const char *name, struct span text, struct err *e)
{
    struct problem_reader r = {.t = tokens_of(text)};
    read_head(&r);
    read_items(&r);
    tokens_expect(&r.t, "requirements ");
    size_t n = tokens_count(&r.t, PROBLEM_TEXT_MAX_ITEMS, 32);
    tokens_end_line(&r.t);
    for (uint32_t k = 0; k < n && !r.t.bad; k++)
        read_requirement(&r, k);
    read_objectives(&r);
    int status = tokens_done(&r.t, name, e);
    if (status < 0)
        problem_free(r.p);
    else
        *ret = r.p;
    return status;
}
