/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/additive.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"

/* q: schools, then rubrics. B: how often rater r met other effect j; S: what is left of the normal equations
 * without the raters, and below it its factor. */
struct equations {
    struct arena *arena;
    size_t n_raters, q;
    double *count;   /* of each rater */
    double *sum;     /* of each rater's marks */
    double *met;     /* B, n_raters x q */
    double *left;    /* S, q x q */
    double *right;   /* of length q */
    double *factor;  /* lower triangle L with S = L L'; a dependent row has 0 on the diagonal */
    bool *dependent; /* of each of q: no pivot was left for it */
};

static void accumulate(struct equations *s, const struct additive_case *x, size_t n, size_t n_schools)
{
    size_t q = s->q;
    for (size_t i = 0; i < n; i++) {
        const size_t at[2] = {x[i].school, n_schools + x[i].rubric};
        s->count[x[i].rater] += 1;
        s->sum[x[i].rater] += x[i].mark;
        for (int a = 0; a < 2; a++) {
            s->met[x[i].rater * q + at[a]] += 1;
            s->right[at[a]] += x[i].mark;
            for (int b = 0; b < 2; b++)
                s->left[at[a] * q + at[b]] += 1;
        }
    }
}

static void eliminate_raters(struct equations *s, size_t *met)
{
    size_t q = s->q;
    for (size_t r = 0; r < s->n_raters; r++) {
        const double *row = &s->met[r * q];
        size_t n = 0;
        for (size_t j = 0; j < q; j++)
            if (row[j] > 0)
                met[n++] = j;
        for (size_t i = 0; i < n; i++) {
            double share = row[met[i]] / s->count[r];
            s->right[met[i]] -= share * s->sum[r];
            for (size_t j = 0; j < n; j++)
                s->left[met[i] * q + met[j]] -= share * row[met[j]];
        }
    }
}

static void factorise(struct equations *s, const double *scale)
{
    size_t q = s->q;
    for (size_t i = 0; i < q; i++) {
        double *row = &s->factor[i * q];
        for (size_t j = 0; j <= i; j++) {
            const double *other = &s->factor[j * q];
            double v = s->left[i * q + j];
            for (size_t k = 0; k < j; k++)
                v -= row[k] * other[k];
            if (j < i)
                row[j] = s->dependent[j] ? 0 : v / other[j];
            else if (v <= 1e-9 * scale[i])
                s->dependent[i] = true;
            else
                row[i] = sqrt(v);
        }
    }
}

/* L z = b over the independent rows, in place. */
static void forward(const struct equations *s, double *b)
{
    for (size_t i = 0; i < s->q; i++) {
        const double *row = &s->factor[i * s->q];
        double v = b[i];
        for (size_t k = 0; k < i; k++)
            v -= row[k] * b[k];
        b[i] = s->dependent[i] ? 0 : v / row[i];
    }
}

static void solve(const struct equations *s, double *b)
{
    forward(s, b);
    for (size_t i = s->q; i-- > 0;) {
        if (s->dependent[i])
            continue;
        b[i] /= s->factor[i * s->q + i];
        for (size_t k = 0; k < i; k++)
            b[k] -= s->factor[i * s->q + k] * b[i];
    }
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Raters can be compared when every direction in which the data say nothing moves them alike. Each such
 * direction has one dependent effect at 1. Sets are told apart one direction after the other, by the first
 * rater of each. */
static void find_sets(const struct equations *s, struct additive *m)
{
    size_t q = s->q, n_free = 0;
    for (size_t j = 0; j < q; j++)
        n_free += s->dependent[j];
    double *moves = arena_array(s->arena, n_free * s->n_raters + 1, sizeof *moves);
    double *v = arena_array(s->arena, q + 1, sizeof *v);
    size_t at = 0;
    for (size_t j = 0; j < q; j++) {
        if (!s->dependent[j])
            continue;
        for (size_t i = 0; i < q; i++)
            v[i] = -s->left[i * q + j];
        solve(s, v);
        for (size_t i = 0; i < q; i++)
            if (s->dependent[i])
                v[i] = i == j;
        for (size_t r = 0; r < s->n_raters; r++)
            moves[r * n_free + at] = -dot(&s->met[r * q], v, q) / s->count[r];
        at++;
    }
    size_t *first = arena_array(s->arena, s->n_raters + 1, sizeof *first);
    for (size_t r = 0; r < s->n_raters; r++) {
        size_t k = 0;
        for (; k < m->n_sets; k++) {
            size_t d = 0;
            while (d < n_free && fabs(moves[r * n_free + d] - moves[first[k] * n_free + d]) < 1e-6)
                d++;
            if (d == n_free)
                break;
        }
        if (k == m->n_sets)
            first[m->n_sets++] = r;
        m->rater[r].set = k;
    }
}

static double residuals(const double *other, const double *rater, const struct additive_case *x, size_t n,
                        size_t n_schools, double *ret)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        ret[i] = x[i].mark - rater[x[i].rater] - other[x[i].school] - other[n_schools + x[i].rubric];
        squares += ret[i] * ret[i];
    }
    return squares;
}

/* Offsets from the mean of the set, weighted with the numbers of ratings; and their variances: c'D^-1 c +
 * u'S^- u with u = B'D^-1 c for the contrast c. */
static void compare_set(const struct equations *s, struct additive *m, const double *rater, size_t set,
                        double *mean_met, double *u)
{
    size_t q = s->q, members = 0;
    double count = 0, sum = 0;
    memset(mean_met, 0, q * sizeof *mean_met);
    for (size_t r = 0; r < s->n_raters; r++) {
        if (m->rater[r].set != set)
            continue;
        members++;
        count += s->count[r];
        sum += s->count[r] * rater[r];
        for (size_t j = 0; j < q; j++)
            mean_met[j] += s->met[r * q + j];
    }
    for (size_t r = 0; r < s->n_raters && members > 1; r++) {
        if (m->rater[r].set != set)
            continue;
        for (size_t j = 0; j < q; j++)
            u[j] = s->met[r * q + j] / s->count[r] - mean_met[j] / count;
        forward(s, u);
        double variance = 1 / s->count[r] - 1 / count + dot(u, u, q);
        m->rater[r].offset = rater[r] - sum / count;
        m->rater[r].se = m->sigma * sqrt(variance > 0 ? variance : 0);
    }
}

static void conclude(const struct equations *s, struct additive *m, const struct additive_case *x, size_t n,
                     size_t n_schools)
{
    size_t q = s->q, rank = s->n_raters;
    double *rater = arena_array(s->arena, s->n_raters + 1, sizeof *rater);
    double *mean_met = arena_array(s->arena, q + 1, sizeof *mean_met),
           *u = arena_array(s->arena, q + 1, sizeof *u);
    solve(s, s->right);
    for (size_t j = 0; j < q; j++)
        rank += !s->dependent[j];
    for (size_t r = 0; r < s->n_raters; r++) {
        rater[r] = (s->sum[r] - dot(&s->met[r * q], s->right, q)) / s->count[r];
        m->rater[r].n = (size_t)s->count[r];
    }
    double squares = residuals(s->right, rater, x, n, n_schools, m->residual);
    m->df = n > rank ? (double)(n - rank) : 0;
    m->sigma = m->df > 0 ? sqrt(squares / m->df) : 0;
    find_sets(s, m);
    for (size_t k = 0; k < m->n_sets; k++)
        compare_set(s, m, rater, k, mean_met, u);
}

int additive_fit(struct additive *ret, const struct additive_case *x, size_t n, size_t n_raters,
                 size_t n_schools, size_t n_rubrics, struct err *e)
{
    size_t q = n_schools + n_rubrics;
    if (q > ADDITIVE_MAX_OTHERS)
        return err_set(e, ERR_DATA, NULL,
                       _("%zu schools and experiments are more than severity is computed for"), q);
    struct additive m = {.arena = arena_new(), .n_raters = n_raters};
    struct equations s = {.arena = arena_new(), .n_raters = n_raters, .q = q};
    m.rater = arena_array(m.arena, n_raters + 1, sizeof *m.rater);
    m.residual = arena_array(m.arena, n + 1, sizeof *m.residual);
    s.count = arena_array(s.arena, n_raters + 1, sizeof *s.count);
    s.sum = arena_array(s.arena, n_raters + 1, sizeof *s.sum);
    s.met = arena_array(s.arena, n_raters * q + 1, sizeof *s.met);
    s.left = arena_array(s.arena, q * q + 1, sizeof *s.left);
    s.factor = arena_array(s.arena, q * q + 1, sizeof *s.factor);
    s.right = arena_array(s.arena, q + 1, sizeof *s.right);
    s.dependent = arena_array(s.arena, q + 1, sizeof *s.dependent);
    double *scale = arena_array(s.arena, q + 1, sizeof *scale);
    accumulate(&s, x, n, n_schools);
    for (size_t j = 0; j < q; j++)
        scale[j] = s.left[j * q + j];
    eliminate_raters(&s, arena_array(s.arena, q + 1, sizeof(size_t)));
    factorise(&s, scale);
    conclude(&s, &m, x, n, n_schools);
    arena_free(s.arena);
    *ret = m;
    return 0;
}

void additive_release(struct additive *m)
{
    arena_free(m->arena);
    *m = (struct additive){0};
}
