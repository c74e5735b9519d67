/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/words.h"
#include "paperbank/item/item.h"

/* Columns: kind, time, order within a moment, version, who, what, text, detail, number, facility,
 * discrimination. */
static const char sql_events[] = "SELECT 0, i.at_ms, l.rowid, coalesce((SELECT v.version FROM item_version v "
                                 "WHERE v.item = l.item AND v.import = i.id), 0), "
                                 "i.who, l.outcome, l.place, l.reason, NULL, NULL, NULL FROM import_line l "
                                 "JOIN import i ON i.id = l.import WHERE l.item = ?1 "
                                 "UNION ALL SELECT 1, at_ms, id, version, who, from_state, to_state, note, "
                                 "NULL, NULL, NULL FROM review WHERE item = ?1 "
                                 "UNION ALL SELECT 2, at_ms, id, 0, who, field, before, after, NULL, NULL, "
                                 "NULL FROM metadata_change WHERE item = ?1 "
                                 "UNION ALL SELECT 3, at_ms, 0, version, '', exam, session, '', candidates, "
                                 "NULL, NULL FROM item_use WHERE item = ?1 "
                                 "UNION ALL SELECT 4, at_ms, 0, version, '', exam, '', '', n, facility, "
                                 "discrimination FROM item_statistic WHERE item = ?1 "
                                 "ORDER BY 2, 1, 3, 6, 7";

enum { MAX_LINES = 2000 };

static int64_t number(struct db_stmt *s, int column)
{
    return db_is_null(s, column) ? BANK_UNKNOWN : db_int(s, column);
}

int bank_history(struct bank *b, const char *id, struct arena *a, struct bank_event **ret, size_t *ret_n,
                 struct err *e)
{
    struct bank_item item = {0};
    struct bank_event *list = NULL;
    struct db_stmt *s = NULL;
    size_t n = 0, room = 0;
    int r = bank_item(b, id, a, &item, e);
    if (r == 0)
        r = db_query(b->db, &s, e, sql_events, "t", id);
    while (r >= 0 && (s != NULL) && (r = db_step(s, e)) == 1) {
        if (n == room) {
            room = room ? 2 * room : 16;
            list = mem_grow(list, room, sizeof *list);
        }
        list[n++] = (struct bank_event){.kind = (enum bank_event_kind)db_int(s, 0),
                                        .at_ms = db_int(s, 1),
                                        .version = db_int(s, 3),
                                        .who = arena_strdup(a, db_text(s, 4)),
                                        .what = arena_strdup(a, db_text(s, 5)),
                                        .text = arena_strdup(a, db_text(s, 6)),
                                        .detail = arena_strdup(a, db_text(s, 7)),
                                        .number = number(s, 8),
                                        .facility = number(s, 9),
                                        .discrimination = number(s, 10)};
    }
    db_done(s);
    if (r == 0) {
        *ret = n ? arena_copy(a, list, n * sizeof *list) : NULL;
        *ret_n = n;
    }
    free(list);
    return r;
}

struct lines {
    char *line[MAX_LINES];
    size_t n;
};

static int read_lines(struct bank *b, const char *id, int64_t version, struct arena *a, struct lines *ret,
                      struct err *e)
{
    struct span xml = {0};
    struct item *item = NULL;
    struct bytes text = {0};
    int r = bank_item_xml(b, id, version, a, &xml, e);
    if (r == 0)
        r = item_read_lenient(&item, id, xml, e);
    if (r == 0) {
        bytes_printf(&text, "%s\n", item->title);
        item_write_body(item, a, &text);
        item_write_key(item, a, &text);
        item_write_explanation(item, a, &text);
        char *all = arena_strndup(a, (const char *)text.p, text.n), *rest = NULL;
        for (char *l = strtok_r(all, "\n", &rest); l && ret->n < MAX_LINES; l = strtok_r(NULL, "\n", &rest))
            ret->line[ret->n++] = l;
    }
    bytes_release(&text);
    item_free(item);
    return r;
}

/* length[i][j]: of the longest common part of the lines from i and from j on. */
static uint16_t *common(const struct lines *x, const struct lines *y, struct arena *a)
{
    size_t width = y->n + 1;
    uint16_t *length = arena_array(a, (x->n + 1) * width, sizeof *length);
    for (size_t i = x->n; i-- > 0;)
        for (size_t j = y->n; j-- > 0;) {
            uint16_t down = length[(i + 1) * width + j], right = length[i * width + j + 1];
            length[i * width + j] = strcmp(x->line[i], y->line[j]) == 0
                                        ? (uint16_t)(length[(i + 1) * width + j + 1] + 1)
                                    : down > right ? down
                                                   : right;
        }
    return length;
}

static void write_diff(const struct lines *x, const struct lines *y, struct arena *a, struct bytes *out)
{
    size_t i = 0, j = 0, width = y->n + 1;
    const uint16_t *length = common(x, y, a);
    if (x->n == y->n && length[0] == x->n)
        return;
    while (i < x->n || j < y->n) {
        if (i < x->n && j < y->n && strcmp(x->line[i], y->line[j]) == 0) {
            bytes_printf(out, "  %s\n", x->line[i++]);
            j++;
        } else if (j == y->n || (i < x->n && length[(i + 1) * width + j] >= length[i * width + j + 1])) {
            bytes_printf(out, "- %s\n", x->line[i++]);
        } else {
            bytes_printf(out, "+ %s\n", y->line[j++]);
        }
    }
}

int bank_diff(struct bank *b, const char *id, int64_t from, int64_t to, struct bytes *out, struct err *e)
{
    struct arena *a = arena_new();
    struct lines *x = arena_alloc(a, sizeof *x), *y = arena_alloc(a, sizeof *y);
    int r = read_lines(b, id, from, a, x, e);
    if (r == 0)
        r = read_lines(b, id, to, a, y, e);
    if (r == 0)
        write_diff(x, y, a, out);
    arena_free(a);
    return r;
}
