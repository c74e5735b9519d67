/* SPDX-License-Identifier: Apache-2.0 */
/* What few items have: parameters of item response theory, attributes of the office's own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/metadata.h"

static const char space[] = " \t\r\n";

/* The next word at *text into buf; false: there is none, or it is too long. */
static bool next_word(const char **text, char *buf, size_t size)
{
    *text += strspn(*text, space);
    size_t n = strcspn(*text, space);
    if (n == 0 || n >= size)
        return false;
    snprintf(buf, size, "%.*s", (int)n, *text);
    *text += n;
    return true;
}

static bool read_parameter(const char *word, int64_t lo, int64_t hi, int64_t *ret)
{
    points_t p;
    if (points_parse(word, &p, NULL) < 0 || p.milli < lo || p.milli > hi)
        return false;
    *ret = p.milli;
    return true;
}

const char *metadata_read_irt(const char *text, struct bank_irt *ret)
{
    struct bank_irt irt = {0};
    char word[32];
    bool good = next_word(&text, word, sizeof word) && read_parameter(word, 1, 10000, &irt.a) &&
                next_word(&text, word, sizeof word) && read_parameter(word, -10000, 10000, &irt.b);
    bool more = good && next_word(&text, word, sizeof word);
    if (more && read_parameter(word, 0, 990, &irt.c))
        more = next_word(&text, word, sizeof word);
    irt.normal = more && strcmp(word, "normal") == 0;
    good = good && (!more || irt.normal || strcmp(word, "logistic") == 0);
    if (!good || text[strspn(text, space)])
        return _(
            "irt is not \"A B C SCALE\": a above 0 to 10, b from -10 to 10, c from 0 to 0.99 or left out, each "
            "with at most three decimals, and then logistic or normal");
    *ret = irt;
    return NULL;
}

const char *metadata_irt_text(const struct bank_irt *irt, char *buf, size_t size)
{
    char a[32], b[32], c[32];
    buf[0] = '\0';
    if (irt->a)
        snprintf(buf, size, "%s %s %s %s", points_text(points_milli(irt->a), a, sizeof a),
                 points_text(points_milli(irt->b), b, sizeof b),
                 points_text(points_milli(irt->c), c, sizeof c), irt->normal ? "normal" : "logistic");
    return buf;
}

static bool is_attribute(char *word)
{
    char *equals = strchr(word, '=');
    if (!equals || !equals[1] || strlen(equals + 1) > 60 || !utf8_valid(equals + 1, strlen(equals + 1)))
        return false;
    for (const char *p = equals + 1; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return false;
    *equals = '\0';
    bool plain = path_is_plain_name(word);
    *equals = '=';
    return plain;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *metadata_read_attributes(const char *text, struct arena *a, const char **ret)
{
    const char *word[METADATA_MAX_ATTRIBUTES], *all = "";
    size_t n = 0;
    for (text += strspn(text, space); *text; text += strspn(text, space)) {
        size_t len = strcspn(text, space);
        char *one = arena_strndup(a, text, len);
        text += len;
        if (n == METADATA_MAX_ATTRIBUTES || !is_attribute(one))
            return _("attributes are words NAME=VALUE with spaces between them, at most 50");
        word[n++] = one;
    }
    if (n)
        qsort(word, n, sizeof *word, by_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(word[i - 1], word[i]) != 0)
            all = arena_printf(a, "%s%s%s", all, i ? " " : "", word[i]);
    *ret = all;
    return NULL;
}

const char *metadata_attribute(const char **at, const char *name, size_t *ret_n)
{
    size_t n = strlen(name);
    for (const char *p = *at; *p;) {
        size_t len = strcspn(p, space);
        const char *next = p + len + strspn(p + len, space);
        if (len > n && strncmp(p, name, n) == 0 && p[n] == '=') {
            *at = next;
            *ret_n = len - n - 1;
            return p + n + 1;
        }
        p = next;
    }
    return NULL;
}
