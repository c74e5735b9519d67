/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/edit.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/review.h"

static const char sql_has_point[] = "SELECT 1 FROM knowledge_point WHERE code = ?1";
static const char sql_set[] =
    "UPDATE item SET knowledge_point = ?2, level = ?3, facility = nullif(?4, -9223372036854775807 - 1), "
    "discrimination = nullif(?5, -9223372036854775807 - 1), expected_s = nullif(?6, -9223372036854775807 - 1), points = ?7 "
    "WHERE id = ?1";
static const char sql_no_enemies[] = "DELETE FROM enemy WHERE item = ?1 AND origin IN ('declared', 'confirmed')";
static const char sql_enemy[] =
    "INSERT INTO enemy (item, enemy) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET origin = 'declared'";
static const char sql_log[] =
    "INSERT INTO metadata_change (item, at_ms, who, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char *const fields[] = {"knowledge-point", "level",         "facility", "discrimination",
                                     "points",          "expected-time", "enemies",  "irt",
                                     "attributes"};
enum { KNOWLEDGE_POINT, LEVEL, FACILITY, DISCRIMINATION, POINTS, EXPECTED_TIME, ENEMIES, IRT, ATTRIBUTES, FIELDS };

const char *bank_field(size_t i)
{
    return i < FIELDS ? fields[i] : NULL;
}

static size_t field_named(const char *name)
{
    size_t i = 0;
    while (i < FIELDS && strcmp(fields[i], name) != 0)
        i++;
    return i;
}

static const char *thousandths(int64_t v, struct arena *a)
{
    char text[32];
    return v == BANK_UNKNOWN ? "" : arena_strdup(a, points_text(points_milli(v), text, sizeof text));
}

static const char *joined(const char *const *list, size_t n, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text = arena_printf(a, "%s%s%s", text, i ? " " : "", list[i]);
    return text;
}

const char *bank_field_text(const struct bank_item *i, const char *field, struct arena *a)
{
    char irt[64];
    switch (field_named(field)) {
    case KNOWLEDGE_POINT:
        return i->knowledge_point;
    case LEVEL:
        return i->level;
    case FACILITY:
        return thousandths(i->facility, a);
    case DISCRIMINATION:
        return thousandths(i->discrimination, a);
    case POINTS:
        return thousandths(i->points.milli, a);
    case EXPECTED_TIME:
        return i->expected_s == BANK_UNKNOWN ? "" : arena_printf(a, "%lld", (long long)i->expected_s);
    case IRT:
        return arena_strdup(a, metadata_irt_text(&i->irt, irt, sizeof irt));
    case ATTRIBUTES:
        return i->attributes;
    default:
        return joined(i->declared, i->n_declared, a);
    }
}

static const char *read_value(struct bank_item *i, size_t field, const char *text, struct arena *a)
{
    if (!*text) {
        i->knowledge_point = field == KNOWLEDGE_POINT ? "" : i->knowledge_point;
        i->level = field == LEVEL ? "" : i->level;
        i->facility = field == FACILITY ? BANK_UNKNOWN : i->facility;
        i->discrimination = field == DISCRIMINATION ? BANK_UNKNOWN : i->discrimination;
        i->points = field == POINTS ? i->max_score : i->points;
        i->expected_s = field == EXPECTED_TIME ? BANK_UNKNOWN : i->expected_s;
        i->n_declared = field == ENEMIES ? 0 : i->n_declared;
        i->irt = field == IRT ? (struct bank_irt){0} : i->irt;
        i->attributes = field == ATTRIBUTES ? "" : i->attributes;
        return NULL;
    }
    switch (field) {
    case KNOWLEDGE_POINT:
        return metadata_read_code(text, &i->knowledge_point);
    case LEVEL:
        return metadata_read_level(text, &i->level);
    case FACILITY:
        return metadata_read_facility(text, &i->facility);
    case DISCRIMINATION:
        return metadata_read_discrimination(text, &i->discrimination);
    case POINTS:
        return metadata_read_points(text, &i->points);
    case EXPECTED_TIME:
        return metadata_read_time(text, &i->expected_s);
    case IRT:
        return metadata_read_irt(text, &i->irt);
    case ATTRIBUTES:
        return metadata_read_attributes(text, a, &i->attributes);
    default:
        return metadata_read_enemies(text, a, &i->declared, &i->n_declared);
    }
}

static int check_point(struct bank *b, const char *code, struct err *e)
{
    int64_t has = 0;
    int r = *code ? db_get_int(b->db, &has, 0, e, sql_has_point, "t", code) : 0;
    if (r < 0 || !*code || has)
        return r;
    err_set(e, ERR_USAGE, NULL, _("the bank has no knowledge point %s"), code);
    return err_hint(e, _("see them with: kaochang bank points"));
}

static int read_all(struct bank *b, struct bank_item *i, const struct bank_value *value, size_t n, struct arena *a,
                    struct err *e)
{
    for (size_t k = 0; k < n; k++) {
        size_t field = field_named(value[k].field);
        if (field == FIELDS)
            return err_set(e, ERR_USAGE, NULL, _("there is no field \"%.40s\""), value[k].field);
        const char *wrong = read_value(i, field, value[k].text, a);
        if (wrong)
            return err_set(e, ERR_USAGE, NULL, "%s (\"%.60s\")", wrong, value[k].text);
        int r = field == KNOWLEDGE_POINT ? check_point(b, i->knowledge_point, e) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

static int store(struct bank *b, const struct bank_item *i, bool enemies, struct err *e)
{
    int r = db_run(b->db, e, sql_set, "tttiiii", i->id, i->knowledge_point, i->level, i->facility, i->discrimination,
                   i->expected_s, i->points.milli);
    if (r == 0)
        r = bank_store_more(b, i->id, &i->irt, i->attributes, e);
    if (r == 0 && enemies)
        r = db_run(b->db, e, sql_no_enemies, "t", i->id);
    for (size_t k = 0; r == 0 && enemies && k < i->n_declared; k++)
        r = db_run(b->db, e, sql_enemy, "tt", i->id, i->declared[k]);
    return r;
}

static int check_enemies(const struct bank_item *i, struct err *e)
{
    for (size_t k = 0; k < i->n_declared; k++)
        if (strcmp(i->declared[k], i->id) == 0)
            return err_set(e, ERR_USAGE, i->id, _("it is named among its own enemies"));
    return 0;
}

static int edit(struct bank *b, const char *id, const struct bank_value *value, size_t n, const char *who, int64_t at_ms,
                struct arena *a, size_t *ret_changed, struct err *e)
{
    struct bank_item before = {0};
    bool enemies = false;
    int r = bank_item(b, id, a, &before, e);
    struct bank_item after = before;
    if (r == 0)
        r = read_all(b, &after, value, n, a, e);
    if (r == 0)
        r = check_enemies(&after, e);
    for (size_t k = 0; r == 0 && k < FIELDS; k++) {
        const char *old = bank_field_text(&before, fields[k], a), *new = bank_field_text(&after, fields[k], a);
        if (strcmp(old, new) == 0)
            continue;
        enemies = enemies || k == ENEMIES;
        ++*ret_changed;
        r = db_run(b->db, e, sql_log, "titttt", id, at_ms, who, fields[k], old, new);
    }
    return r == 0 && *ret_changed ? store(b, &after, enemies, e) : r;
}

int bank_edit(struct bank *b, const char *id, const struct bank_value *value, size_t n, const char *who, int64_t at_ms,
              size_t *ret_changed, struct err *e)
{
    size_t changed = 0;
    int r = bank_check_person(who, e);
    if (r == 0)
        r = db_begin(b->db, e);
    if (r < 0)
        return r;
    struct arena *a = arena_new();
    r = edit(b, id, value, n, who, at_ms, a, &changed, e);
    if (r == 0)
        r = db_commit(b->db, e);
    if (r < 0)
        db_rollback(b->db);
    arena_free(a);
    if (r == 0 && ret_changed)
        *ret_changed = changed;
    return r;
}
