/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/review.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/bank-internal.h"

static const char sql_now[] =
    "SELECT i.version, i.state, v.author, coalesce((SELECT r.who FROM review r WHERE r.item = i.id AND "
    "r.version = i.version "
    "AND r.to_state = 'reviewed' ORDER BY r.id DESC LIMIT 1), '') "
    "FROM item i JOIN item_version v ON v.item = i.id AND v.version = i.version WHERE i.id = ?1";
static const char sql_move[] = "UPDATE item SET state = ?2 WHERE id = ?1";
static const char sql_log[] = "INSERT INTO review (item, version, at_ms, who, from_state, to_state, note) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char sql_requires[] = "SELECT value = 'on' FROM setting WHERE name = 'require-approval'";
static const char sql_require[] =
    "INSERT INTO setting (name, value) VALUES ('require-approval', ?1) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value";

enum { MAX_NAME = 200, MAX_NOTE = 2000 };

struct now {
    int64_t version;
    const char *state, *author, *reviewer;
};

static bool is_printable(const char *s)
{
    if (!utf8_valid(s, strlen(s)))
        return false;
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return false;
    return true;
}

int bank_check_person(const char *who, struct err *e)
{
    struct arena *a = arena_new();
    bool good = who && strlen(who) <= MAX_NAME && is_printable(who) && *text_trim(a, who);
    arena_free(a);
    if (good)
        return 0;
    err_set(e, ERR_USAGE, NULL, _("the name of the person is empty, too long or not printable"));
    return err_hint(e, _("say who does this: --by NAME"));
}

static const char *same_form(struct arena *a, const char *name)
{
    const char *plain = text_normalize_answer(a, name);
    const char *folded = plain ? text_fold_case(a, plain) : NULL;
    return folded ? folded : name;
}

static bool same_person(struct arena *a, const char *one, const char *other)
{
    return *one && strcmp(same_form(a, one), same_form(a, other)) == 0;
}

static int check_way(const char *id, const struct now *n, const char *to, struct err *e)
{
    if (strcmp(n->state, to) == 0)
        return err_set(e, ERR_NO, id, _("it is %s already"), _(to));
    if (strcmp(to, "reviewed") == 0 && strcmp(n->state, "draft") != 0)
        return err_set(e, ERR_NO, id, _("only a draft can be reviewed; this item is %s"), _(n->state));
    if (strcmp(to, "approved") == 0 && strcmp(n->state, "reviewed") != 0)
        return err_set(e, ERR_NO, id, _("only a reviewed item can be approved; this item is %s"), _(n->state));
    return 0;
}

static int check_person(const char *id, const struct now *n, const char *to, const char *who, struct arena *a,
                        struct err *e)
{
    if (strcmp(to, "reviewed") == 0 && same_person(a, n->author, who)) {
        err_set(e, ERR_NO, id, _("%.100s wrote this version"), who);
        return err_hint(e, _("somebody else reviews it"));
    }
    if (strcmp(to, "approved") == 0 && same_person(a, n->reviewer, who)) {
        err_set(e, ERR_NO, id, _("%.100s has reviewed this version"), who);
        return err_hint(e, _("somebody else approves it"));
    }
    return 0;
}

static int load(struct bank *b, const char *id, struct arena *a, struct now *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_now, "t", id);
    if (r == 0 && (r = db_step(s, e)) == 1)
        *ret = (struct now){db_int(s, 0), arena_strdup(a, db_text(s, 1)), arena_strdup(a, db_text(s, 2)),
                            arena_strdup(a, db_text(s, 3))};
    db_done(s);
    if (r == 0)
        return err_set(e, ERR_DATA, id, _("the bank has no such item"));
    return r < 0 ? r : 0;
}

static int move(struct bank *b, const char *id, const char *to, const char *who, const char *note,
                int64_t at_ms, struct arena *a, struct err *e)
{
    struct now n = {0};
    int r = load(b, id, a, &n, e);
    if (r == 0)
        r = check_way(id, &n, to, e);
    if (r == 0)
        r = check_person(id, &n, to, who, a, e);
    if (r == 0)
        r = db_run(b->db, e, sql_move, "tt", id, to);
    if (r == 0)
        r = db_run(b->db, e, sql_log, "tiitttt", id, n.version, at_ms, text_trim(a, who), n.state, to, note);
    return r;
}

static bool is_state(const char *s)
{
    return strcmp(s, "draft") == 0 || strcmp(s, "reviewed") == 0 || strcmp(s, "approved") == 0 ||
           strcmp(s, "retired") == 0;
}

int bank_review(struct bank *b, const char *id, const char *to, const char *who, const char *note,
                int64_t at_ms, struct err *e)
{
    note = note ? note : "";
    int r = bank_check_person(who, e);
    if (r < 0)
        return r;
    if (!is_state(to)) {
        err_set(e, ERR_USAGE, NULL, _("there is no state \"%.40s\""), to);
        return err_hint(e, _("one of: %s"), REVIEW_STATES);
    }
    if (strlen(note) > MAX_NOTE || !is_printable(note))
        return err_set(e, ERR_USAGE, NULL, _("the note is too long or not printable"));
    struct arena *a = arena_new();
    if ((r = db_begin(b->db, e)) == 0) {
        r = move(b, id, to, who, note, at_ms, a, e);
        if (r == 0)
            r = db_commit(b->db, e);
        if (r < 0)
            db_rollback(b->db);
    }
    arena_free(a);
    return r;
}

int bank_requires_approval(struct bank *b, bool *ret, struct err *e)
{
    int64_t on = 0;
    int r = db_get_int(b->db, &on, 0, e, sql_requires, "");
    *ret = on != 0;
    return r;
}

int bank_require_approval(struct bank *b, bool on, struct err *e)
{
    return db_run(b->db, e, sql_require, "t", on ? "on" : "off");
}
