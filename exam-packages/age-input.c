/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/age-internal.h"
#include "exam-packages/base64.h"

enum { LINE = 64, AROUND = 1024 };

static const char first_line[] = "-----BEGIN AGE ENCRYPTED FILE-----";
static const char last_line[] = "-----END AGE ENCRYPTED FILE-----";

static int not_armored(const struct age_input *in, struct err *e)
{
    if (ferror(in->from))
        return err_sys(e, NULL, _("cannot read"));
    return age_broken(e, AGE_ARMOR, _("not an age file, or the text that it is wrapped in is damaged"));
}

/* The end may be that of the file. */
static bool take_line(FILE *from, char line[LINE + 1], size_t *ret_n)
{
    size_t n = 0;
    int c;
    while ((c = getc(from)) != EOF && c != '\n') {
        if (n == LINE + 1)
            return false;
        line[n++] = (char)c;
    }
    if (c == EOF && n == 0)
        return false;
    if (n && line[n - 1] == '\r')
        n--;
    *ret_n = n;
    return n <= LINE;
}

/* Says what follows, which stays, and whether it begins a line. */
static int skip_space(FILE *from, bool *ret_line_begins)
{
    bool begins = true;
    int c, skipped = 0;
    while ((c = getc(from)) != EOF && (c == ' ' || (c >= '\t' && c <= '\r')) && skipped++ < AROUND)
        begins = c == '\n';
    *ret_line_begins = begins;
    return c == EOF ? EOF : ungetc(c, from);
}

static bool is_line(const char *line, size_t n, const char *wanted)
{
    return n == strlen(wanted) && memcmp(line, wanted, n) == 0;
}

int age_input_begin(struct age_input *in, FILE *from, struct err *e)
{
    char line[LINE + 1];
    size_t n = 0;
    bool line_begins;
    *in = (struct age_input){.from = from};
    int c = getc(from);
    if (c == EOF && ferror(from))
        return err_sys(e, NULL, _("cannot read"));
    if (c == EOF || ungetc(c, from) == AGE_VERSION_LINE[0])
        return 0;
    in->armored = true;
    if (skip_space(from, &line_begins) == EOF || !line_begins || !take_line(from, line, &n) ||
        !is_line(line, n, first_line))
        return not_armored(in, e);
    return 0;
}

static bool decode(struct age_input *in, struct span line)
{
    if (in->short_line || line.n == 0 || line.n % 4 != 0)
        return false;
    size_t padding = (size_t)(line.p[line.n - 1] == '=') + (line.p[line.n - 2] == '=');
    in->n = line.n / 4 * 3 - padding;
    in->at = 0;
    in->short_line = in->n < sizeof in->raw;
    return base64_read(line, true, in->raw, in->n);
}

/* The next line's bytes, or the end and nothing but space after it. */
static int next_line(struct age_input *in, struct err *e)
{
    char line[LINE + 1];
    size_t n = 0;
    bool line_begins;
    if (!take_line(in->from, line, &n))
        return not_armored(in, e);
    if (!is_line(line, n, last_line))
        return decode(in, span_of(line, n)) ? 0 : not_armored(in, e);
    in->ended = true;
    return skip_space(in->from, &line_begins) == EOF && !ferror(in->from) ? 0 : not_armored(in, e);
}

static int read_armored(struct age_input *in, uint8_t *p, size_t n, size_t *ret_n, struct err *e)
{
    int r = 0;
    for (*ret_n = 0; r == 0 && !in->ended && (in->at == in->n || *ret_n < n);) {
        size_t take = in->n - in->at < n - *ret_n ? in->n - in->at : n - *ret_n;
        memcpy(p + *ret_n, in->raw + in->at, take);
        in->at += take;
        *ret_n += take;
        if (in->at == in->n)
            r = next_line(in, e);
    }
    return r;
}

int age_input_read(struct age_input *in, uint8_t *p, size_t n, size_t *ret_n, bool *ret_end, struct err *e)
{
    if (in->armored) {
        int r = read_armored(in, p, n, ret_n, e);
        *ret_end = in->ended;
        return r;
    }
    *ret_n = fread(p, 1, n, in->from);
    int c = *ret_n == n ? getc(in->from) : EOF;
    if (ferror(in->from))
        return err_sys(e, NULL, _("cannot read"));
    *ret_end = c == EOF;
    if (c != EOF && ungetc(c, in->from) == EOF)
        return err_set(e, ERR_BUG, NULL, _("cannot read"));
    return 0;
}
