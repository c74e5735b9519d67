/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/database/functions.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"

enum { TRIM_SET_MAX = 256, TEXT_MAX = 4 << 20 };

static const char *const allowed[] = {"abs",
                                      "avg",
                                      "ceil",
                                      "ceiling",
                                      "char",
                                      "coalesce",
                                      "count",
                                      "cume_dist",
                                      "date",
                                      "datetime",
                                      "dense_rank",
                                      "exp",
                                      "first_value",
                                      "floor",
                                      "format",
                                      "glob",
                                      "hex",
                                      "group_concat",
                                      "ifnull",
                                      "iif",
                                      "instr",
                                      "julianday",
                                      "lag",
                                      "last_value",
                                      "lead",
                                      "length",
                                      "like",
                                      "likelihood",
                                      "likely",
                                      "lower",
                                      "ltrim",
                                      "max",
                                      "min",
                                      "mod",
                                      "nth_value",
                                      "ntile",
                                      "nullif",
                                      "percent_rank",
                                      "pow",
                                      "power",
                                      "printf",
                                      "quote",
                                      "rank",
                                      "replace",
                                      "round",
                                      "row_number",
                                      "rtrim",
                                      "sign",
                                      "sqrt",
                                      "strftime",
                                      "substr",
                                      "substring",
                                      "sum",
                                      "time",
                                      "total",
                                      "trim",
                                      "trunc",
                                      "typeof",
                                      "unicode",
                                      "unixepoch",
                                      "unlikely",
                                      "upper",
                                      "current_date",
                                      "current_time",
                                      "current_timestamp",
                                      "changes",
                                      "last_insert_rowid"};

bool function_is_allowed(const char *name)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (ascii_casecmp(allowed[i], name) == 0)
            return true;
    return false;
}

static bool any_null(sqlite3_context *c, int n, sqlite3_value **v)
{
    for (int i = 0; i < n; i++)
        if (sqlite3_value_type(v[i]) == SQLITE_NULL) {
            sqlite3_result_null(c);
            return true;
        }
    return false;
}

static struct span text_of(sqlite3_value *v)
{
    const uint8_t *p = sqlite3_value_text(v);
    return span_of(p ? p : (const uint8_t *)"", p ? (size_t)sqlite3_value_bytes(v) : 0);
}

static void sql_instr(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (any_null(c, n, v))
        return;
    struct span text = text_of(v[0]), word = text_of(v[1]);
    const uint8_t *at = word.n ? memmem(text.p, text.n, word.p, word.n) : text.p;
    sqlite3_int64 count = at ? 1 : 0;
    for (const uint8_t *p = text.p; at && p < at; p++)
        count += (*p & 0xC0) != 0x80;
    sqlite3_result_int64(c, count);
}

static void sql_replace(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (any_null(c, n, v))
        return;
    struct span text = text_of(v[0]), from = text_of(v[1]), to = text_of(v[2]);
    struct bytes out = {0};
    const uint8_t *p = text.p, *end = text.p + text.n, *at;
    while (from.n && out.n <= TEXT_MAX && (at = memmem(p, (size_t)(end - p), from.p, from.n))) {
        bytes_add(&out, p, (size_t)(at - p));
        bytes_add(&out, to.p, to.n);
        p = at + from.n;
    }
    bytes_add(&out, p, (size_t)(end - p));
    if (out.n > TEXT_MAX)
        sqlite3_result_error_toobig(c);
    else
        sqlite3_result_text(c, out.n ? (const char *)out.p : "", (int)out.n, SQLITE_TRANSIENT);
    bytes_release(&out);
}

static bool is_in(uint32_t x, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (set[i] == x)
            return true;
    return false;
}

static const char *char_before(const char *begin, const char *p)
{
    do
        p--;
    while (p > begin && ((uint8_t)*p & 0xC0) == 0x80);
    return p;
}

/* The user data tells the ends: 1 the left one, 2 the right one. */
static void sql_trim(sqlite3_context *c, int n, sqlite3_value **v)
{
    uint32_t set[TRIM_SET_MAX] = {' '};
    size_t n_set = 1, ends = (size_t)(uintptr_t)sqlite3_user_data(c);
    if (any_null(c, n, v))
        return;
    struct span text = text_of(v[0]);
    const char *p = (const char *)text.p, *end = p + text.n;
    if (n == 2) {
        struct span s = text_of(v[1]);
        const char *q = (const char *)s.p, *q_end = q + s.n;
        for (n_set = 0; q < q_end && n_set < TRIM_SET_MAX; n_set++)
            set[n_set] = utf8_next(&q, q_end);
    }
    for (const char *next = p; ends & 1 && p < end && is_in(utf8_next(&next, end), set, n_set);)
        p = next;
    while (ends & 2 && p < end) {
        const char *last = char_before(p, end), *next = last;
        if (!is_in(utf8_next(&next, end), set, n_set))
            break;
        end = last;
    }
    sqlite3_result_text(c, p, (int)(end - p), SQLITE_TRANSIENT);
}

int functions_replace(sqlite3 *db)
{
    static const struct {
        const char *name;
        int arguments;
        uintptr_t ends;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
    } ours[] = {{"instr", 2, 0, sql_instr}, {"replace", 3, 0, sql_replace}, {"trim", 1, 3, sql_trim},
                {"trim", 2, 3, sql_trim},   {"ltrim", 1, 1, sql_trim},      {"ltrim", 2, 1, sql_trim},
                {"rtrim", 1, 2, sql_trim},  {"rtrim", 2, 2, sql_trim}};
    int r = SQLITE_OK;
    for (size_t i = 0; i < sizeof ours / sizeof *ours && r == SQLITE_OK; i++)
        r = sqlite3_create_function_v2(db, ours[i].name, ours[i].arguments,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                       (void *)ours[i].ends, ours[i].run, NULL, NULL, NULL);
    return r;
}
