/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lab/lab-kit.h"

#include "scoring/lab/marks.h"
#include "tests/check.h"

static void whole(struct bytes *out, const char *head, const char *steps)
{
    bytes_printf(
        out,
        "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"T\" version=\"1\" subject=\"lab\" title=\"Test\" "
        "minutes=\"15\" %s>\n%s</rubric>\n",
        head, steps);
}

struct rubric *kit_rubric(const char *head, const char *steps)
{
    struct bytes text = {0};
    struct rubric *r = NULL;
    struct err e = {0};
    whole(&text, head, steps);
    assert_done(rubric_read(&r, "rubric.xml", bytes_span(&text), NULL, NULL, &e), e);
    bytes_release(&text);
    return r;
}

struct first {
    unsigned line, n;
    char *buf;
};

static void take_first(void *context, unsigned line, const char *message)
{
    struct first *f = context;
    if (f->n++)
        return;
    f->line = line;
    snprintf(f->buf, 400, "%s", message);
}

const char *kit_fault(const char *head, const char *steps, unsigned *ret_line, char buf[400])
{
    struct bytes text = {0};
    struct rubric *r = NULL;
    struct err e = {0};
    struct first f = {.buf = buf};
    buf[0] = '\0';
    whole(&text, head, steps);
    int result = rubric_read(&r, "rubric.xml", bytes_span(&text), take_first, &f, &e);
    assert_int_equal(result<0, f.n> 0);
    if (result < 0)
        assert_string_equal(e.what, buf);
    *ret_line = f.line;
    rubric_free(r);
    bytes_release(&text);
    return buf;
}

void kit_points(const struct rubric *r, const char *marks, struct rating_points *ret)
{
    struct rating x;
    struct err e = {0};
    rating_begin(&x, r);
    assert_done(rating_marks_parse(&x, r, marks, &e), e);
    assert_done(rating_fits(&x, r, &e), e);
    rating_points(&x, r, ret);
}

int64_t kit_total(const struct rubric *r, const char *marks)
{
    struct rating_points points;
    kit_points(r, marks, &points);
    return points.total.milli;
}

uint64_t kit_next(struct kit_random *x, uint64_t below)
{
    x->state = x->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (x->state >> 33) % below;
}

static void random_slip(struct kit_random *x, bool deduct, bool fatal, size_t i, size_t n, bool includes,
                        struct bytes *out)
{
    bytes_printf(out, "<slip code=\"%c\"", (int)('a' + i));
    if (deduct)
        bytes_printf(out, " minus=\"%s\"",
                     includes ? "9" : (const char *[]){"0.5", "1", "1.5"}[kit_next(x, 3)]);
    if (includes) {
        bytes_str(out, " includes=\"");
        for (size_t k = i + 1; k < n; k++)
            bytes_printf(out, "%c", (int)('a' + k));
        bytes_str(out, "\"");
    }
    if (!fatal && kit_next(x, 3) == 0)
        bytes_printf(out, " same=\"s%d\"", (int)kit_next(x, 3));
    bytes_str(out, ">not so</slip>");
}

/* Returns its points in tenths. */
static int random_step(struct kit_random *x, struct bytes *out)
{
    int mode = (int)kit_next(x, 8), points = 5 * (1 + (int)kit_next(x, 8));
    bool fatal = mode == 0, deduct = mode > 3, includes = deduct && kit_next(x, 3) == 0;
    size_t n = deduct ? 3 + kit_next(x, 3) : kit_next(x, 4);
    bytes_printf(out, "<step title=\"t\" points=\"%d.%d\" mode=\"%s\"", points / 10, points % 10,
                 fatal    ? "fatal"
                 : deduct ? "deduct"
                          : "all");
    if (deduct)
        bytes_printf(out, " cap=\"%s\"", points < 15 ? "0.5" : "1.5");
    if (!fatal && !includes && kit_next(x, 3) == 0)
        bytes_str(out, " hint=\"0.5\"");
    bytes_str(out, ">");
    for (size_t i = 0; i < n; i++)
        random_slip(x, deduct, fatal, i, n, includes && i == 0, out);
    bytes_str(out, "</step>");
    return points;
}

struct rubric *kit_random_rubric(struct kit_random *x)
{
    struct bytes steps = {0};
    char head[120];
    int n = 1 + (int)kit_next(x, 9), sum = 0;
    for (int i = 0; i < n; i++)
        sum += random_step(x, &steps);
    for (int i = (int)kit_next(x, 3); i > 0; i--) {
        int from = 1 + (int)kit_next(x, (uint64_t)n);
        bytes_printf(&steps, "<fatal from=\"%d\" to=\"%d\">stopped</fatal>", from,
                     from + (int)kit_next(x, (uint64_t)(n - from + 1)));
    }
    if (kit_next(x, 3) == 0 && sum != 200)
        snprintf(head, sizeof head, "total=\"20\" raw=\"%d.%d\" foldTo=\"0.5\"", sum / 10, sum % 10);
    else
        snprintf(head, sizeof head, "total=\"%d.%d\"", sum / 10, sum % 10);
    struct rubric *r = kit_rubric(head, (const char *)steps.p);
    bytes_release(&steps);
    return r;
}

void kit_random_rating(struct kit_random *x, const struct rubric *r, struct rating *ret)
{
    rating_begin(ret, r);
    ret->status = RATING_RATED;
    for (size_t i = 0; i < r->n_steps; i++) {
        struct rating_step *s = &ret->step[i];
        s->mark = kit_next(x, 8) == 0 ? RATING_UNMARKED : kit_next(x, 8) == 0 ? RATING_ZERO : RATING_MARKED;
        if (s->mark != RATING_UNMARKED && r->step[i].n_slips && kit_next(x, 2))
            s->slips = (uint32_t)kit_next(x, UINT64_C(1) << r->step[i].n_slips);
        if (r->step[i].fix)
            s->hinted = s->slips & (uint32_t)kit_next(x, 64);
    }
    if (r->n_fatals && kit_next(x, 4) == 0)
        ret->fatals = (uint32_t)kit_next(x, UINT64_C(1) << r->n_fatals);
}
