/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/points.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/manifest.h"

static const char sql_counts[] = "SELECT knowledge_point, count(*) FROM item WHERE state <> 'retired' GROUP "
                                 "BY knowledge_point ORDER BY knowledge_point";
static const char sql_clear[] = "DELETE FROM knowledge_point";
static const char sql_add[] = "INSERT INTO knowledge_point (position, code, title) VALUES (?1, ?2, ?3)";
static const char sql_rename[] = "UPDATE knowledge_point SET title = ?2 WHERE code = ?1";
static const char sql_move[] =
    "UPDATE item SET knowledge_point = ?2 || substr(knowledge_point, length(?1) + 1) "
    "WHERE knowledge_point = ?1 OR substr(knowledge_point, 1, length(?1) + 1) = ?1 || '.'";

struct tree {
    struct knowledge_point *point;
    size_t n;
};

static bool is_within(const char *code, const char *top)
{
    size_t n = strlen(top);
    return strncmp(code, top, n) == 0 && (code[n] == '\0' || code[n] == '.');
}

static size_t find(const struct tree *t, const char *code, size_t length)
{
    size_t i = 0;
    while (i < t->n && !(strncmp(t->point[i].code, code, length) == 0 && t->point[i].code[length] == '\0'))
        i++;
    return i;
}

static void count_up(struct bank_point *p, size_t n, const char *code, int64_t items, int64_t *lost)
{
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        if (!is_within(code, p[i].code))
            continue;
        p[i].below += items;
        if (strcmp(code, p[i].code) == 0) {
            p[i].items = items;
            found = true;
        }
    }
    *lost += found ? 0 : items;
}

int bank_points(struct bank *b, struct arena *a, struct bank_point **ret, size_t *ret_n, int64_t *ret_lost,
                struct err *e)
{
    struct tree t = {0};
    struct db_stmt *s = NULL;
    int64_t lost = 0;
    int r = bank_knowledge_points(b, a, &t.point, &t.n, e);
    if (r == 0)
        r = db_query(b->db, &s, e, sql_counts, "");
    if (r < 0)
        return r;
    struct bank_point *list = arena_array(a, t.n + 1, sizeof *list);
    for (size_t i = 0; i < t.n; i++)
        list[i] = (struct bank_point){.code = t.point[i].code, .title = t.point[i].title};
    while ((r = db_step(s, e)) == 1)
        count_up(list, t.n, db_text(s, 0), db_int(s, 1), &lost);
    db_done(s);
    *ret = list;
    *ret_n = t.n;
    *ret_lost = lost;
    return r;
}

static int check_title(const char *title, struct err *e)
{
    return metadata_is_title(title)
               ? 0
               : err_set(e, ERR_USAGE, NULL, _("a knowledge point needs a title of one line"));
}

/* The code may be a new place in the tree. */
static int check_code(const struct tree *t, const char *code, struct err *e)
{
    const char *dot = strrchr(code, '.');
    if (!metadata_is_code(code))
        return err_set(e, ERR_USAGE, NULL, _("\"%.60s\" is not a code like 1.2"), code);
    if (find(t, code, strlen(code)) < t->n)
        return err_set(e, ERR_USAGE, code, _("the bank has this knowledge point already"));
    if (dot && find(t, code, (size_t)(dot - code)) == t->n) {
        err_set(e, ERR_USAGE, code, _("the knowledge point above it is not in the bank"));
        return err_hint(e, _("add that one first"));
    }
    return 0;
}

/* Where a new child of code's parent belongs: after all that is below the parent. */
static size_t place_for(const struct tree *t, const char *code, struct arena *a)
{
    const char *dot = strrchr(code, '.');
    if (!dot)
        return t->n;
    const char *parent = arena_strndup(a, code, (size_t)(dot - code));
    size_t at = t->n;
    for (size_t i = 0; i < t->n; i++)
        if (is_within(t->point[i].code, parent))
            at = i + 1;
    return at;
}

static int write_tree(struct bank *b, const struct tree *t, struct err *e)
{
    int r = db_run(b->db, e, sql_clear, "");
    for (size_t i = 0; r == 0 && i < t->n; i++)
        r = db_run(b->db, e, sql_add, "itt", (int64_t)i + 1, t->point[i].code, t->point[i].title);
    return r;
}

static int add(struct bank *b, struct arena *a, const char *code, const char *title, struct err *e)
{
    struct tree t = {0};
    int r = bank_knowledge_points(b, a, &t.point, &t.n, e);
    if (r == 0)
        r = check_code(&t, code, e);
    if (r < 0)
        return r;
    if (t.n == MANIFEST_MAX_POINTS)
        return err_set(e, ERR_USAGE, NULL, _("more than %d knowledge points"), MANIFEST_MAX_POINTS);
    size_t at = place_for(&t, code, a);
    memmove(&t.point[at + 1], &t.point[at], (t.n - at) * sizeof *t.point);
    t.point[at] = (struct knowledge_point){code, title};
    t.n++;
    return write_tree(b, &t, e);
}

/* The moved points, in their order, behind what is below their new parent. */
static void put_behind(struct tree *t, const char *code, const char *to, struct arena *a)
{
    struct knowledge_point *order = arena_array(a, t->n + 1, sizeof *order),
                           *moved = arena_array(a, t->n + 1, sizeof *moved);
    struct tree rest = {order, 0};
    size_t n_moved = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct knowledge_point p = t->point[i];
        if (!is_within(p.code, code)) {
            rest.point[rest.n++] = p;
            continue;
        }
        p.code = arena_printf(a, "%s%s", to, p.code + strlen(code));
        moved[n_moved++] = p;
    }
    size_t at = place_for(&rest, to, a);
    memcpy(t->point, order, at * sizeof *order);
    memcpy(t->point + at, moved, n_moved * sizeof *moved);
    memcpy(t->point + at + n_moved, order + at, (rest.n - at) * sizeof *order);
}

static int move(struct bank *b, struct arena *a, const char *code, const char *to, int64_t *ret_items,
                struct err *e)
{
    struct tree t = {0};
    int r = bank_knowledge_points(b, a, &t.point, &t.n, e);
    if (r < 0)
        return r;
    if (find(&t, code, strlen(code)) == t.n)
        return err_set(e, ERR_USAGE, code, _("the bank has no such knowledge point"));
    if (is_within(to, code))
        return err_set(e, ERR_USAGE, to, _("a knowledge point cannot be moved into itself"));
    if ((r = check_code(&t, to, e)) < 0)
        return r;
    put_behind(&t, code, to, a);
    for (size_t i = 0; i < t.n; i++)
        if (!metadata_is_code(t.point[i].code))
            return err_set(e, ERR_USAGE, to, _("the codes below it would become too long"));
    r = db_run(b->db, e, sql_move, "tt", code, to);
    *ret_items = db_changes(b->db);
    return r == 0 ? write_tree(b, &t, e) : r;
}

static int finish(struct bank *b, struct arena *a, int r, struct err *e)
{
    if (r == 0)
        r = db_commit(b->db, e);
    if (r < 0)
        db_rollback(b->db);
    arena_free(a);
    return r;
}

int bank_point_add(struct bank *b, const char *code, const char *title, struct err *e)
{
    int r = check_title(title, e);
    if (r == 0)
        r = db_begin(b->db, e);
    if (r < 0)
        return r;
    struct arena *a = arena_new();
    return finish(b, a, add(b, a, code, title, e), e);
}

int bank_point_move(struct bank *b, const char *code, const char *to, int64_t *ret_items, struct err *e)
{
    int r = db_begin(b->db, e);
    if (r < 0)
        return r;
    struct arena *a = arena_new();
    return finish(b, a, move(b, a, code, to, ret_items, e), e);
}

int bank_point_rename(struct bank *b, const char *code, const char *title, struct err *e)
{
    int r = check_title(title, e);
    if (r == 0)
        r = db_run(b->db, e, sql_rename, "tt", code, title);
    if (r == 0 && db_changes(b->db) == 0)
        r = err_set(e, ERR_USAGE, code, _("the bank has no such knowledge point"));
    return r;
}
