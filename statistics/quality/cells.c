/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of cells. */
#include "base/i18n.h"
#include "base/text.h"
#include "statistics/quality/numbers.h"
#include "statistics/quality/sections-internal.h"

struct table *quality_table(const struct table_column *columns, size_t n_columns, size_t max_rows)
{
    struct table *t = table_new(NULL, n_columns, max_rows);
    struct table_column *own = arena_copy(t->arena, columns, n_columns * sizeof *columns);
    for (size_t c = 0; c < n_columns; c++)
        own[c].head = _(columns[c].head);
    t->column = own;
    return t;
}

const char *quality_number(struct arena *a, double x, int decimals)
{
    char text[48];
    return arena_strdup(a, num_text(x, decimals, text, sizeof text));
}

const char *quality_signed(struct arena *a, double x, int decimals)
{
    const char *text = quality_number(a, x, decimals);
    bool nothing = true;
    for (const char *p = text; *p; p++)
        nothing = nothing && (*p == '0' || *p == '.');
    return x > 0 && !nothing ? arena_printf(a, "+%s", text) : text;
}

const char *quality_chance(struct arena *a, double p)
{
    return p < 0.0005 ? "<0.001" : quality_number(a, p, 3);
}

const char *quality_percent(struct arena *a, int64_t num, int64_t den, int decimals)
{
    char text[48];
    return den > 0 ? arena_strdup(a, percent_text(num, den, decimals, text, sizeof text)) : "";
}

const char *quality_integer(struct arena *a, int64_t v)
{
    return arena_printf(a, "%lld", (long long)v);
}

const char *quality_short(struct arena *a, const char *text, size_t columns)
{
    size_t used;
    if (text_width(text) <= columns)
        return text;
    size_t n = text_fit(text, columns - 1, &used);
    return arena_printf(a, "%.*s…", (int)n, text);
}

const char *quality_verdict(struct arena *a, unsigned flags, bool for_data)
{
    static const struct {
        const char *key, *name;
    } word[] = {
        {"severe", N_("severe")},     {"lenient", N_("lenient")},   {"drift", N_("drifts")},
        {"constant", N_("constant")}, {"spotless", N_("no slips")}, {"narrow", N_("narrow")},
        {"alone", N_("alone")},       {"clock", N_("clock off")},
    };
    const char *text = "";
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (flags >> i & 1)
            text = arena_printf(a, "%s%s%s", text, text[0] ? (for_data ? " " : _(", ")) : "",
                                for_data ? word[i].key : _(word[i].name));
    return text;
}
