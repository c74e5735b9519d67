/* SPDX-License-Identifier: Apache-2.0 */
/* Targets to the third decimal: four swaps in one form at once, found where two pairs of swaps meet. All
 * pairs of swaps are laid into a grid by what they change of the objective's rows; for each pair the grid is
 * asked for one that brings the form's rest to nothing. As many combinations as the square of the pairs are
 * looked through so, where annealing looks at each alone. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/sets-internal.h"

enum { RENEWALS = 6, MEET_ROWS = 16, GRID_ROWS = 6, MEET_LOOKS = 64, LOOK_TOUCHES = 1 };

/* Tries at swaps; of those found the so many that lie best; so many of their pairs; how often the point moves
 * around which they lie. The nearer the swaps are to a fourth of what is wanted, the denser lie their sums
 * around it. */
static const struct effort {
    size_t tries, swaps, pairs, turns;
} efforts[] = {
    {8000, 6000, 50000, 1}, {60000, 700, 245000, 1}, {60000, 700, 245000, 5}, {120000, 1400, 980000, 3}};
enum { EFFORTS = sizeof efforts / sizeof *efforts };

struct swap {
    uint32_t out, in; /* pieces */
    double size;      /* how far from what four of them would have to change each */
    double change[MEET_ROWS];
    double at[MEET_ROWS]; /* from there, in directions that do not go together */
};

struct pair {
    uint32_t a, b; /* swaps */
    uint64_t cell;
};

struct meeting {
    struct search *s;
    struct effort effort;
    size_t form, n_rows, first_row, n_swaps, n_pairs;
    struct swap *swap;
    struct pair *pair;
    uint32_t *bucket; /* the first pair of each bucket; pairs stand sorted by bucket */
    size_t n_buckets;
    double rest[MEET_ROWS]; /* what the form is off by */
    double near;            /* wanted: no row off by more */
};

static double row_value(const struct meeting *m, size_t k)
{
    const struct booklet_row *r = &m->s->b->row[m->first_row + k];
    return (double)(m->s->b->value[r->at + m->form] - r->lo);
}

static void read_rows(const struct meeting *m, double *ret)
{
    for (size_t k = 0; k < m->n_rows; k++)
        ret[k] = row_value(m, k);
}

static double worst(const double *v, size_t n)
{
    double most = 0;
    for (size_t k = 0; k < n; k++)
        most = fabs(v[k]) > most ? fabs(v[k]) : most;
    return most;
}

static int by_pieces(const void *a, const void *b)
{
    const struct swap *x = a, *y = b;
    if (x->out != y->out)
        return x->out < y->out ? -1 : 1;
    return x->in < y->in ? -1 : x->in > y->in;
}

/* The rows' changes together, as the lower triangle whose square is their spread: info curves are smooth, so
 * that rows go together, and what is small in one direction is large in another. */
static void spread(const struct meeting *m, double root[MEET_ROWS][MEET_ROWS])
{
    for (size_t i = 0; i < m->n_rows; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k < m->n_swaps; k++)
                sum += m->swap[k].change[i] * m->swap[k].change[j];
            root[i][j] = sum / (double)(m->n_swaps + 1) + (i == j ? m->near * m->near / 100 : 0);
        }
    for (size_t i = 0; i < m->n_rows; i++)
        for (size_t j = 0; j <= i; j++) {
            for (size_t k = 0; k < j; k++)
                root[i][j] -= root[i][k] * root[j][k];
            root[i][j] = i > j ? root[i][j] / root[j][j] : sqrt(fmax(root[i][i], m->near * m->near / 100));
        }
}

static void place_swaps(struct meeting *m)
{
    double root[MEET_ROWS][MEET_ROWS];
    spread(m, root);
    for (size_t n = 0; n < m->n_swaps; n++) {
        struct swap *w = &m->swap[n];
        for (size_t i = 0; i < m->n_rows; i++) {
            w->at[i] = w->change[i] + m->rest[i] / 4;
            for (size_t k = 0; k < i; k++)
                w->at[i] -= root[i][k] * w->at[k];
            w->at[i] /= root[i][i];
        }
    }
}

static int by_size(const void *a, const void *b)
{
    const struct swap *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return by_pieces(a, b);
}

/* Those to the front that lie next to a point, which moves until they are right on average: swaps lie thick
 * on one side of what is wanted and thin on the other. */
static void balance(struct meeting *m)
{
    double point[MEET_ROWS] = {0};
    for (size_t turn = 0; turn < m->effort.turns; turn++) {
        for (size_t k = 0; k < m->n_swaps; k++) {
            m->swap[k].size = 0;
            for (size_t r = 0; r < m->n_rows; r++) {
                double d = m->swap[k].at[r] - point[r];
                m->swap[k].size += d * d;
            }
        }
        qsort(m->swap, m->n_swaps, sizeof *m->swap, by_size);
        m->s->b->touched += (int64_t)(8 * m->n_swaps);
        for (size_t r = 0; r < m->n_rows; r++) {
            double sum = 0;
            for (size_t k = 0; k < m->effort.swaps; k++)
                sum += m->swap[k].at[r];
            point[r] -= sum / (double)m->effort.swaps;
        }
    }
    m->n_swaps = m->effort.swaps;
}

/* Each once, the smallest of them. */
static void choose_swaps(struct meeting *m)
{
    size_t n = 0;
    qsort(m->swap, m->n_swaps, sizeof *m->swap, by_pieces);
    for (size_t k = 0; k < m->n_swaps; k++)
        if (k == 0 || by_pieces(&m->swap[k], &m->swap[k - 1]))
            m->swap[n++] = m->swap[k];
    m->n_swaps = n;
    if (m->effort.swaps >= n)
        return;
    place_swaps(m);
    balance(m);
}

/* Swaps, each of which leaves the forms good. */
static void find_swaps(struct meeting *m)
{
    struct search *s = m->s;
    for (size_t k = 0; k < m->effort.tries; k++) {
        struct swap *w = &m->swap[m->n_swaps];
        if (!sets_move_plain(s, m->form, &w->out, &w->in))
            continue;
        if (booklets_good(s->b)) {
            read_rows(m, w->change);
            for (size_t r = 0; r < m->n_rows; r++)
                w->change[r] -= m->rest[r];
            m->n_swaps++;
        }
        booklets_undo(s->b, 0);
    }
    choose_swaps(m);
}

static bool apart(const struct swap *a, const struct swap *b)
{
    return a->out != b->out && a->in != b->in && a->out != b->in && a->in != b->out;
}

static void add_pair(struct meeting *m, size_t a, size_t b)
{
    m->pair[m->n_pairs] = (struct pair){.a = (uint32_t)a, .b = (uint32_t)b};
    m->n_pairs += apart(&m->swap[a], &m->swap[b]);
}

/* All of them, or as many as wanted by chance. */
static void find_pairs(struct meeting *m)
{
    size_t n = m->n_swaps, most = m->effort.pairs;
    if (n * (n - 1) / 2 <= most)
        for (size_t a = 1; a < n; a++)
            for (size_t b = 0; b < a; b++)
                add_pair(m, a, b);
    else
        for (size_t k = 0; k < 2 * most && m->n_pairs < most; k++)
            add_pair(m, sets_pick(m->s, n), sets_pick(m->s, n));
}

static void sum_of(const struct meeting *m, const struct pair *p, double *ret)
{
    for (size_t r = 0; r < m->n_rows; r++)
        ret[r] = m->swap[p->a].change[r] + m->swap[p->b].change[r];
}

static uint64_t cell_of(const int64_t *at, size_t n)
{
    uint64_t h = RNG_SPREAD;
    for (size_t k = 0; k < n; k++) {
        h ^= (uint64_t)at[k];
        h *= UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    return h;
}

static size_t grid_rows(const struct meeting *m)
{
    return m->n_rows < GRID_ROWS ? m->n_rows : GRID_ROWS;
}

/* The grid's cells are twice as wide as what counts as near. */
static void lay(struct meeting *m)
{
    double v[MEET_ROWS];
    int64_t at[GRID_ROWS];
    struct pair *sorted = mem_alloc((m->n_pairs + 1) * sizeof *sorted);
    memset(m->bucket, 0, (m->n_buckets + 2) * sizeof *m->bucket);
    for (size_t i = 0; i < m->n_pairs; i++) {
        sum_of(m, &m->pair[i], v);
        for (size_t k = 0; k < grid_rows(m); k++)
            at[k] = (int64_t)floor(v[k] / (2 * m->near));
        m->pair[i].cell = cell_of(at, grid_rows(m)) % m->n_buckets;
        m->bucket[m->pair[i].cell + 2]++;
    }
    for (size_t k = 2; k < m->n_buckets + 2; k++)
        m->bucket[k] += m->bucket[k - 1];
    for (size_t i = 0; i < m->n_pairs; i++)
        sorted[m->bucket[m->pair[i].cell + 1]++] = m->pair[i];
    memcpy(m->pair, sorted, m->n_pairs * sizeof *sorted);
    free(sorted);
}

static bool all_apart(const struct meeting *m, const struct pair *p, const struct pair *q)
{
    return apart(&m->swap[p->a], &m->swap[q->a]) && apart(&m->swap[p->a], &m->swap[q->b]) &&
           apart(&m->swap[p->b], &m->swap[q->a]) && apart(&m->swap[p->b], &m->swap[q->b]);
}

static bool is_near(const struct meeting *m, const double *wanted, const struct pair *q)
{
    for (size_t r = 0; r < m->n_rows; r++)
        if (fabs(m->swap[q->a].change[r] + m->swap[q->b].change[r] - wanted[r]) > m->near)
            return false;
    return true;
}

static void make_swap(struct meeting *m, uint32_t k)
{
    sets_move_pieces(m->s, m->form, m->swap[k].out, m->swap[k].in);
}

/* Do the two or the four together keep every requirement, and come as near as they say? */
static bool take(struct meeting *m, const struct pair *p, const struct pair *q)
{
    double v[MEET_ROWS];
    if (q && !all_apart(m, p, q))
        return false;
    make_swap(m, p->a);
    make_swap(m, p->b);
    if (q) {
        make_swap(m, q->a);
        make_swap(m, q->b);
    }
    read_rows(m, v);
    if (booklets_good(m->s->b) && worst(v, m->n_rows) <= m->near) {
        booklets_keep(m->s->b);
        return true;
    }
    booklets_undo(m->s->b, 0);
    return false;
}

static bool look_in(struct meeting *m, const struct pair *p, const double *wanted, const int64_t *at)
{
    size_t cell = cell_of(at, grid_rows(m)) % m->n_buckets;
    size_t from = m->bucket[cell], to = m->bucket[cell + 1];
    if (to - from > MEET_LOOKS)
        to = from + MEET_LOOKS;
    m->s->b->touched += (int64_t)(to - from) + LOOK_TOUCHES;
    for (size_t i = from; i < to; i++)
        if (is_near(m, wanted, &m->pair[i]) && take(m, p, &m->pair[i]))
            return true;
    return false;
}

/* A pair that together with p leaves no row off by more than `near`: in the cells around what is wanted. */
static bool meets(struct meeting *m, const struct pair *p)
{
    size_t n = grid_rows(m);
    double wanted[MEET_ROWS];
    int64_t low[GRID_ROWS], at[GRID_ROWS];
    bool two[GRID_ROWS];
    sum_of(m, p, wanted);
    for (size_t r = 0; r < m->n_rows; r++)
        wanted[r] = -m->rest[r] - wanted[r];
    for (size_t k = 0; k < n; k++) {
        low[k] = (int64_t)floor((wanted[k] - m->near) / (2 * m->near));
        two[k] = (int64_t)floor((wanted[k] + m->near) / (2 * m->near)) > low[k];
    }
    for (unsigned corner = 0; corner < 1u << n; corner++) {
        bool inside = true;
        for (size_t k = 0; k < n; k++) {
            at[k] = low[k] + (corner >> k & 1);
            inside = inside && (two[k] || !(corner >> k & 1));
        }
        if (inside && look_in(m, p, wanted, at))
            return true;
    }
    return false;
}

/* A pair alone. */
static bool pair_is_enough(struct meeting *m)
{
    const double *v = m->rest;
    for (size_t i = 0; i < m->n_pairs; i++) {
        const struct pair *p = &m->pair[i];
        const double *a = m->swap[p->a].change, *b = m->swap[p->b].change;
        bool near = true;
        for (size_t r = 0; near && r < m->n_rows; r++)
            near = fabs(v[r] + a[r] + b[r]) <= m->near;
        if (near && take(m, p, NULL))
            return true;
    }
    return false;
}

static bool search_pairs(struct meeting *m)
{
    int64_t touched = m->s->b->touched;
    lay(m);
    for (size_t i = 0; i < m->n_pairs; i++) {
        struct pair p = m->pair[i];
        if (meets(m, &p))
            return true;
        if (i % 256 == 0) {
            if (!sets_spend(m->s, touched))
                return false;
            touched = m->s->b->touched;
        }
    }
    return false;
}

/* One form comes within `near` of its targets; false if no four swaps do that. */
static bool meet_form(struct search *s, size_t form, double near, struct effort effort)
{
    struct meeting m = {.s = s, .form = form, .near = near, .effort = effort, .n_buckets = effort.pairs};
    int64_t touched = s->b->touched;
    bool done = false;
    m.n_rows = s->p->objective->n_rows;
    m.first_row = s->b->n_rows - m.n_rows;
    if (m.n_rows > MEET_ROWS || near <= 0)
        return false;
    m.swap = mem_alloc((effort.tries + 1) * sizeof *m.swap);
    m.pair = mem_alloc((effort.pairs + 1) * sizeof *m.pair);
    m.bucket = mem_alloc((m.n_buckets + 3) * sizeof *m.bucket);
    read_rows(&m, m.rest);
    find_swaps(&m);
    find_pairs(&m);
    if (sets_spend(s, touched - (int64_t)m.n_pairs * 4))
        done = pair_is_enough(&m) || search_pairs(&m);
    free(m.swap);
    free(m.pair);
    free(m.bucket);
    return done;
}

static double form_off(const struct search *s, size_t form)
{
    struct meeting m = {.s = (struct search *)s, .form = form, .n_rows = s->p->objective->n_rows};
    double most = 0;
    m.first_row = s->b->n_rows - m.n_rows;
    for (size_t k = 0; k < m.n_rows; k++)
        most = fabs(row_value(&m, k)) > most ? fabs(row_value(&m, k)) : most;
    return most;
}

/* The form that is most off its targets. */
static size_t worst_form(const struct search *s, double *off)
{
    size_t at = 0;
    *off = -1;
    for (size_t f = 0; f < s->b->n_forms; f++) {
        double v = form_off(s, f);
        if (v > *off) {
            *off = v;
            at = f;
        }
    }
    return at;
}

/* How far off the form is when neither of the first efforts brings it nearer. */
static double come_near(struct search *s, size_t form)
{
    double off = form_off(s, form);
    while (off > s->enough && !work_ended(s->w) &&
           (meet_form(s, form, off / 2, efforts[0]) || meet_form(s, form, off * 0.8, efforts[1]) ||
            meet_form(s, form, off * 0.8, efforts[2])))
        off = form_off(s, form);
    return off;
}

/* Rows that go together leave directions in which no swap goes far: the form is begun anew. */
static bool meet_anew(struct search *s, size_t form, double off)
{
    bool near = false;
    for (size_t k = 0; k < RENEWALS && !near && sets_dive_form(s, form); k++) {
        booklets_keep(s->b);
        near = booklets_good(s->b) && come_near(s, form) < off;
        if (!near)
            booklets_take(s->b, &s->best);
    }
    return near;
}

bool sets_meet_targets(struct search *s, size_t fails)
{
    double off;
    bool any = false;
    booklets_take(s->b, &s->best);
    for (size_t failed = 0; failed < fails && !work_ended(s->w);) {
        size_t f = worst_form(s, &off);
        if (off <= s->enough)
            return any;
        struct effort effort = efforts[failed < EFFORTS ? failed : EFFORTS - 1];
        if (meet_form(s, f, failed ? off * 0.9 : off / 2, effort) || (failed > 0 && meet_anew(s, f, off))) {
            any = true;
            failed = 0;
            booklets_refresh(s->b);
            sets_note(s);
        } else {
            failed++;
        }
    }
    return any;
}
