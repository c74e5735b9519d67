/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/lab/marks.h"

#include <string.h>

#include "base/i18n.h"

static int bad(const char *word, size_t n, const char *why, struct err *e)
{
    return err_set(e, ERR_USAGE, NULL, "\"%.*s\": %s", (int)(n < 40 ? n : 40), word, why);
}

/* A number from 1 to `most` that fills p[0..n); 0 otherwise. */
static size_t number_in(const char *p, size_t n, size_t most)
{
    size_t value = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9' || value > most)
            return 0;
        value = 10 * value + (size_t)(p[i] - '0');
    }
    return value <= most ? value : 0;
}

static const char *parse_slips(struct rating_step *x, const struct rubric_step *s, const char *p, size_t n)
{
    if (n == 0)
        return _("full, 0, or codes of slips");
    for (size_t i = 0; i < n; i++) {
        size_t slip = (size_t)(p[i] - 'a');
        if (p[i] < 'a' || slip >= s->n_slips)
            return _("the step has no such slip");
        if (x->slips >> slip & 1)
            return _("a slip stands twice");
        x->slips |= UINT32_C(1) << slip;
        if (i + 1 == n || p[i + 1] != '+')
            continue;
        if (!s->fix)
            return _("nothing is put right there after a hint");
        x->hinted |= UINT32_C(1) << slip;
        i++;
    }
    return NULL;
}

static const char *parse_step(struct rating_step *x, const struct rubric_step *s, const char *p, size_t n)
{
    if (x->mark != RATING_UNMARKED)
        return _("the step stands twice");
    x->mark = RATING_MARKED;
    if (n == 4 && memcmp(p, "full", 4) == 0)
        return NULL;
    if (n == 1 && *p == '0') {
        x->mark = RATING_ZERO;
        return NULL;
    }
    return parse_slips(x, s, p, n);
}

static const char *parse_word(struct rating *x, const struct rubric *r, const char *word, size_t n)
{
    const char *colon = memchr(word, ':', n);
    if (!colon)
        return _("write STEP:MARK, such as 2:ab");
    size_t head = (size_t)(colon - word), rest = n - head - 1;
    if (head == 5 && memcmp(word, "fatal", 5) == 0) {
        size_t fatal = number_in(colon + 1, rest, r->n_fatals);
        if (fatal == 0)
            return _("there is no such fatal act");
        x->fatals |= UINT32_C(1) << (fatal - 1);
        return NULL;
    }
    size_t step = number_in(word, head, r->n_steps);
    if (step == 0)
        return _("there is no such step");
    return parse_step(&x->step[step - 1], &r->step[step - 1], colon + 1, rest);
}

int rating_marks_parse(struct rating *x, const struct rubric *r, const char *marks, struct err *e)
{
    for (const char *p = marks + strspn(marks, " ,\t\r\n"); *p; p += strspn(p, " ,\t\r\n")) {
        size_t n = strcspn(p, " ,\t\r\n");
        const char *why = parse_word(x, r, p, n);
        if (why)
            return bad(p, n, why, e);
        p += n;
    }
    return 0;
}

static void write_slips(const struct rating_step *s, struct bytes *out)
{
    for (size_t i = 0; i < RUBRIC_MAX_SLIPS; i++)
        if (s->slips >> i & 1)
            bytes_printf(out, "%c%s", (int)('a' + i), s->hinted >> i & 1 ? "+" : "");
}

void rating_marks_write(const struct rating *x, struct bytes *out)
{
    const char *between = "";
    for (size_t i = 0; i < x->n_steps; i++) {
        const struct rating_step *s = &x->step[i];
        if (s->mark == RATING_UNMARKED)
            continue;
        bytes_printf(out, "%s%zu:%s", between, i + 1, s->mark == RATING_ZERO ? "0" : s->slips ? "" : "full");
        if (s->mark == RATING_MARKED)
            write_slips(s, out);
        between = " ";
    }
    for (size_t i = 0; i < RUBRIC_MAX_FATALS; i++)
        if (x->fatals >> i & 1) {
            bytes_printf(out, "%sfatal:%zu", between, i + 1);
            between = " ";
        }
}
