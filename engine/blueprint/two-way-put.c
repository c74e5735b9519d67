/* SPDX-License-Identifier: Apache-2.0 */
/* Other cells in the text of a blueprint, and nothing else touched. */
#include <string.h>

#include "base/i18n.h"
#include "engine/blueprint/two-way-internal.h"

struct text {
    const char *p;
    size_t n;
};

static bool stands(const struct text *t, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at + n <= t->n && memcmp(t->p + at, word, n) == 0;
}

/* The first byte behind the next `end`. */
static size_t behind(const struct text *t, size_t at, const char *end)
{
    while (at < t->n && !stands(t, at, end))
        at++;
    return at < t->n ? at + strlen(end) : t->n;
}

/* Behind a tag that begins at `at`; *ret_open: it is no <tag/>. */
static size_t behind_tag(const struct text *t, size_t at, bool *ret_open)
{
    char quote = 0;
    for (; at < t->n && (quote || t->p[at] != '>'); at++)
        if (quote ? t->p[at] == quote : t->p[at] == '"' || t->p[at] == '\'')
            quote = quote ? 0 : t->p[at];
    *ret_open = at < t->n && t->p[at - 1] != '/';
    return at < t->n ? at + 1 : t->n;
}

/* The next element <cell> from *at on: where it begins and ends. */
static bool next_cell(const struct text *t, size_t *at, size_t *ret_from)
{
    bool open;
    while (*at < t->n) {
        if (stands(t, *at, "<!--")) {
            *at = behind(t, *at + 4, "-->");
        } else if (stands(t, *at, "<![CDATA[")) {
            *at = behind(t, *at, "]]>");
        } else if (stands(t, *at, "<?")) {
            *at = behind(t, *at, "?>");
        } else if (stands(t, *at, "<cell") && *at + 5 < t->n && strchr(" \t\r\n/>", t->p[*at + 5])) {
            *ret_from = *at;
            *at = behind_tag(t, *at, &open);
            if (open)
                *at = behind(t, *at, "</cell>");
            return true;
        } else if (t->p[*at] == '<') {
            *at = behind_tag(t, *at, &open);
        } else {
            ++*at;
        }
    }
    return false;
}

/* Where a line begins that holds only white space before `at`; else `at`. */
static size_t line_start(const struct text *t, size_t at)
{
    size_t p = at;
    while (p > 0 && (t->p[p - 1] == ' ' || t->p[p - 1] == '\t'))
        p--;
    return p > 0 && t->p[p - 1] == '\n' ? p : at;
}

static size_t line_end(const struct text *t, size_t at)
{
    size_t p = at;
    while (p < t->n && (t->p[p] == ' ' || t->p[p] == '\t' || t->p[p] == '\r'))
        p++;
    return p < t->n && t->p[p] == '\n' ? p + 1 : at;
}

static void put_cell(const struct two_way *t, size_t r, size_t c, struct bytes *out)
{
    const struct two_way_limits *l = &t->cell[r * t->n_columns + c];
    const struct blueprint_list *levels = &t->column[c];
    bytes_str(out, "  <cell");
    if (t->row[r].code)
        bytes_printf(out, " knowledgePoint=\"%s\"", t->row[r].code);
    for (size_t k = 0; k < levels->n; k++)
        bytes_printf(out, "%s%s%s", k ? " " : " cognitiveLevel=\"", levels->text[k],
                     k + 1 == levels->n ? "\"" : "");
    if (l->min > 0 || l->max == INT64_MAX)
        bytes_printf(out, " min=\"%lld\"", (long long)l->min);
    if (l->max != INT64_MAX)
        bytes_printf(out, " max=\"%lld\"", (long long)l->max);
    bytes_str(out, "/>\n");
}

/* Each in a line of its own. */
static void put_cells(const struct two_way *t, struct bytes *out)
{
    if (out->n && out->p[out->n - 1] != '\n')
        bytes_str(out, "\n");
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t c = 0; c < t->n_columns; c++)
            if (t->cell[r * t->n_columns + c].asked)
                put_cell(t, r, c, out);
}

/* The k-th cell of the document is a rule like any other; is it the table's? */
static const struct blueprint_rule *rule_of(const struct blueprint *b, size_t k)
{
    for (size_t i = 0; i < b->n_rules; i++)
        if (b->rule[i].kind == RULE_CELL && k-- == 0)
            return &b->rule[i];
    return NULL;
}

/* Before the first cell of the table; without any, before the end of the blueprint. */
static size_t place_for_cells(const struct blueprint *b, const struct text *t)
{
    size_t at = 0, from, end = t->n;
    for (size_t k = 0; next_cell(t, &at, &from); k++)
        if (rule_of(b, k) && two_way_holds(rule_of(b, k)))
            return line_start(t, from);
    while (end > 0 && !stands(t, end, "</blueprint"))
        end--;
    return end;
}

int two_way_put(const struct two_way *table, const struct blueprint *b, struct span xml, struct bytes *out,
                struct err *e)
{
    const struct text t = {(const char *)xml.p, xml.n};
    size_t place = place_for_cells(b, &t), copied = 0, at = 0, from, cells = 0;
    for (; next_cell(&t, &at, &from); cells++) {
        const struct blueprint_rule *rule = rule_of(b, cells);
        if (!rule || !two_way_holds(rule))
            continue;
        size_t start = line_start(&t, from), end = start < from || from == 0 ? line_end(&t, at) : at;
        bytes_add(out, t.p + copied, start - copied);
        if (start == place)
            put_cells(table, out);
        copied = end;
    }
    if (rule_of(b, cells) || place == 0) {
        bytes_clear(out);
        return err_set(e, ERR_DATA, b->name,
                       _("the cells are written with a prefix: make it the default namespace"));
    }
    if (copied <= place) {
        bytes_add(out, t.p + copied, place - copied);
        put_cells(table, out);
        copied = place;
    }
    bytes_add(out, t.p + copied, t.n - copied);
    return 0;
}
