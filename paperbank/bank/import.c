/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/import.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/manifest.h"
#include "paperbank/bank/words.h"
#include "paperbank/item/item.h"
#include "paperbank/item/view.h"

static const char sql_import[] = "INSERT INTO import (at_ms, source) VALUES (?1, ?2)";
static const char sql_totals[] =
    "UPDATE import SET imported = ?2, version = ?3, updated = ?4, unchanged = ?5, refused = ?6 WHERE id = ?1";
static const char sql_line[] = "INSERT INTO import_line (import, item, place, outcome, reason) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char sql_point[] =
    "INSERT INTO knowledge_point (code, title) VALUES (?1, ?2) ON CONFLICT (code) DO UPDATE SET title = excluded.title";
static const char sql_version[] =
    "INSERT INTO item_version (item, version, import, kind, title, stem, max_score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char sql_document[] = "INSERT INTO item_document (number, xml) VALUES (?1, ?2)";
static const char sql_item[] =
    "INSERT INTO item (id, version, knowledge_point, level, facility, discrimination, expected_s, points) "
    "VALUES (?1, ?2, ?3, ?4, nullif(?5, -9223372036854775807 - 1), nullif(?6, -9223372036854775807 - 1), "
    "nullif(?7, -9223372036854775807 - 1), ?8) ON CONFLICT (id) DO UPDATE SET version = excluded.version, "
    "knowledge_point = excluded.knowledge_point, level = excluded.level, facility = excluded.facility, "
    "discrimination = excluded.discrimination, expected_s = excluded.expected_s, points = excluded.points";
static const char sql_no_enemies[] = "DELETE FROM enemy WHERE item = ?1 AND origin IN ('declared', 'confirmed')";
static const char sql_enemy[] =
    "INSERT INTO enemy (item, enemy) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET origin = 'declared'";

struct import {
    struct bank *bank;
    int64_t id; /* of the row in table import */
    import_report_fn *report;
    void *context;
    int64_t count[IMPORT_OUTCOMES];
    struct arena *arena; /* of the item at hand */
    char **seen;         /* ids in this file, sorted */
    size_t n_seen, room_seen;
};

/* What an item's file says. */
struct prepared {
    const char *id, *kind, *title, *stem;
    points_t max_score;
    struct span xml;
};

const char *import_outcome_name(enum import_outcome o)
{
    static const char *const name[] = {"imported", "new version", "updated", "unchanged", "refused"};
    return name[o];
}

static int tell(struct import *im, const char *file, unsigned line, const char *item, int64_t version,
                enum import_outcome outcome, const char *reason, struct err *e)
{
    const struct import_line l = {file, line, item, version, outcome, reason};
    im->count[outcome]++;
    int r = 0;
    if (outcome != IMPORT_UNCHANGED) {
        char *place = mem_printf("%s:%u", file, line);
        r = db_run(im->bank->db, e, sql_line, "itttt", im->id, item, place, import_outcome_name(outcome), reason);
        free(place);
    }
    if (r == 0 && im->report)
        im->report(im->context, &l);
    return r;
}

/* The line in an error's place "file:line", 0 if it has none. */
static unsigned line_of(const struct err *e)
{
    const char *colon = strrchr(e->where, ':');
    if (!colon || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1))
        return 0;
    return (unsigned)strtoul(colon + 1, NULL, 10);
}

static int refuse(struct import *im, const char *file, const char *item, const struct err *why, struct err *e)
{
    char *reason = mem_printf("%s%s%s", why->what, why->hint[0] ? "; " : "", why->hint);
    int r = tell(im, file, line_of(why), item, 0, IMPORT_REFUSED, reason, e);
    free(reason);
    return r;
}

static char *printable(struct arena *a, const char *s)
{
    char *copy = arena_strdup(a, s);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return copy;
}

static int check_item(const struct item *item, const char *file, struct err *e)
{
    struct bytes view = {0};
    if (!path_is_plain_name(item->identifier))
        return err_set(e, ERR_DATA, file, _("the identifier \"%.100s\" is not a plain name of letters, digits, dot, "
                                            "hyphen and underline"), item->identifier);
    int r = item_deliverable(item, e); /* first of all: what the item lacks, however faulty the rest */
    char *place = mem_printf("%s:%u", file, item->problem[0].line);
    if (r == 0 && item->n_problems > 1)
        r = err_set(e, ERR_DATA, place, _("%s (and %zu more)"), item->problem[0].what, item->n_problems - 1);
    else if (r == 0 && item->n_problems)
        r = err_set(e, ERR_DATA, place, "%s", item->problem[0].what);
    free(place);
    if (r == 0)
        r = item_view_write(item, &view, e);
    bytes_release(&view);
    return r;
}

static int prepare(struct import *im, const char *file, struct span data, struct prepared *ret, const char **ret_id,
                   struct err *e)
{
    struct item *item = NULL;
    int r = item_read_lenient(&item, file, data, e);
    if (r < 0)
        return r;
    *ret_id = arena_strdup(im->arena, item->identifier);
    r = check_item(item, file, e);
    if (r == 0)
        r = item_max_score(item, &ret->max_score, e);
    if (r == 0) {
        ret->id = *ret_id;
        ret->kind = item_kind_name(item->kind);
        ret->title = printable(im->arena, item->title);
        ret->stem = item_stem(item, im->arena);
        ret->xml = data;
    }
    item_free(item);
    return r;
}

static int find(struct import *im, const char *id, struct bank_item *ret, bool *ret_found, struct err *e)
{
    struct err none = {0};
    int r = bank_item(im->bank, id, im->arena, ret, &none);
    *ret_found = r == 0;
    if (r == 0 || r == -ERR_DATA)
        return 0;
    *e = none;
    return r;
}

/* What the bank shall know about the item from now on. */
static struct item_metadata wanted(const struct prepared *p, const struct item_metadata *given, const struct bank_item *old)
{
    if (given) {
        struct item_metadata m = *given;
        if (!m.has_points)
            m.points = p->max_score;
        return m;
    }
    if (old)
        return (struct item_metadata){.knowledge_point = old->knowledge_point, .level = old->level,
                                      .facility = old->facility, .discrimination = old->discrimination,
                                      .expected_s = old->expected_s, .points = old->points,
                                      .enemy = old->declared, .n_enemies = old->n_declared};
    return (struct item_metadata){.knowledge_point = "", .level = "", .facility = BANK_UNKNOWN,
                                  .discrimination = BANK_UNKNOWN, .expected_s = BANK_UNKNOWN, .points = p->max_score};
}

static bool same_metadata(const struct item_metadata *m, const struct bank_item *old)
{
    if (strcmp(m->knowledge_point, old->knowledge_point) != 0 || strcmp(m->level, old->level) != 0 ||
        m->facility != old->facility || m->discrimination != old->discrimination || m->expected_s != old->expected_s ||
        m->points.milli != old->points.milli || m->n_enemies != old->n_declared)
        return false;
    for (size_t i = 0; i < m->n_enemies; i++)
        if (strcmp(m->enemy[i], old->declared[i]) != 0)
            return false;
    return true;
}

static int store(struct import *im, const struct prepared *p, int64_t version, bool new_version,
                 const struct item_metadata *m, struct err *e)
{
    struct db *db = im->bank->db;
    int r = 0;
    if (new_version)
        r = db_run(db, e, sql_version, "tiittti", p->id, version, im->id, p->kind, p->title, p->stem, p->max_score.milli);
    if (r == 0 && new_version)
        r = db_run(db, e, sql_document, "ib", db_last_id(db), p->xml);
    if (r == 0)
        r = db_run(db, e, sql_item, "tittiiii", p->id, version, m->knowledge_point, m->level, m->facility,
                   m->discrimination, m->expected_s, m->points.milli);
    if (r == 0)
        r = db_run(db, e, sql_no_enemies, "t", p->id);
    for (size_t i = 0; r == 0 && i < m->n_enemies; i++)
        r = db_run(db, e, sql_enemy, "tt", p->id, m->enemy[i]);
    return r;
}

static int decide(struct import *im, const char *file, const struct prepared *p, const struct item_metadata *given,
                  struct err *e)
{
    struct bank_item old = {0};
    struct span old_xml = {0};
    bool found = false;
    int r = find(im, p->id, &old, &found, e);
    if (r == 0 && found)
        r = bank_item_xml(im->bank, p->id, old.version, im->arena, &old_xml, e);
    if (r < 0)
        return r;
    struct item_metadata m = wanted(p, given, found ? &old : NULL);
    bool same_bytes = found && span_equal(old_xml, p->xml);
    if (same_bytes && same_metadata(&m, &old))
        return tell(im, file, 0, p->id, old.version, IMPORT_UNCHANGED, "", e);
    int64_t version = !found ? 1 : same_bytes ? old.version : old.version + 1;
    enum import_outcome outcome = !found ? IMPORT_NEW : same_bytes ? IMPORT_UPDATED : IMPORT_VERSION;
    r = store(im, p, version, !same_bytes, &m, e);
    return r < 0 ? r : tell(im, file, 0, p->id, version, outcome, "", e);
}

static bool seen_before(struct import *im, const char *id)
{
    size_t lo = 0, hi = im->n_seen;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(im->seen[mid], id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < im->n_seen && strcmp(im->seen[lo], id) == 0)
        return true;
    if (im->n_seen == im->room_seen) {
        im->room_seen = im->room_seen ? 2 * im->room_seen : 64;
        im->seen = mem_grow(im->seen, im->room_seen, sizeof *im->seen);
    }
    memmove(&im->seen[lo + 1], &im->seen[lo], (im->n_seen - lo) * sizeof *im->seen);
    im->seen[lo] = mem_strdup(id);
    im->n_seen++;
    return false;
}

static int take_prepared(struct import *im, const char *file, struct span data, const struct item_metadata *given,
                         struct err *e)
{
    struct prepared p = {0};
    struct err why = {0};
    const char *id = "";
    if (prepare(im, file, data, &p, &id, &why) < 0)
        return refuse(im, file, id, &why, e);
    if (seen_before(im, id)) {
        err_set(&why, ERR_DATA, file, _("an item of this identifier has come already in this package"));
        return refuse(im, file, id, &why, e);
    }
    return decide(im, file, &p, given, e);
}

static int take_item(struct import *im, const char *file, struct span data, const struct item_metadata *given,
                     struct err *e)
{
    im->arena = arena_new();
    int r = take_prepared(im, file, data, given, e);
    arena_free(im->arena);
    im->arena = NULL;
    return r;
}

static int take_resource(struct import *im, const char *manifest, const char *folder, const struct manifest_item *i,
                         struct err *e)
{
    struct bytes data = {0};
    struct err why = {0};
    if (i->fault)
        return tell(im, manifest, i->fault_line, i->href, 0, IMPORT_REFUSED, i->fault, e);
    char *path = path_join(folder, i->href);
    int r = file_read(path, item_limits.bytes, &data, &why);
    if (r < 0)
        r = refuse(im, path, "", &why, e);
    else
        r = take_item(im, path, bytes_span(&data), i->has_metadata ? &i->metadata : NULL, e);
    bytes_release(&data);
    free(path);
    return r;
}

static int take_manifest(struct import *im, const char *path, const struct manifest *m, struct err *e)
{
    char *folder = mem_strdup(path);
    char *slash = strrchr(folder, '/');
    int r = 0;
    if (slash)
        slash[slash == folder] = '\0';
    for (size_t i = 0; r == 0 && i < m->n_points; i++) {
        const struct manifest_point *p = &m->point[i];
        r = p->fault ? tell(im, path, p->line, p->code, 0, IMPORT_REFUSED, p->fault, e)
                     : db_run(im->bank->db, e, sql_point, "tt", p->code, p->title);
    }
    for (size_t i = 0; r == 0 && i < m->n_items; i++)
        r = take_resource(im, path, slash ? folder : ".", &m->item[i], e);
    free(folder);
    return r;
}

static bool looks_like_manifest(struct span data)
{
    static const char root[] = "<manifest";
    return memmem(data.p, data.n < 4096 ? data.n : 4096, root, strlen(root)) != NULL;
}

static int take_file(struct import *im, const char *path, struct err *e)
{
    struct bytes data = {0};
    struct manifest *m = NULL;
    struct err why = {0};
    int r = file_read(path, MANIFEST_MAX_BYTES, &data, &why);
    bool manifest = r == 0 && looks_like_manifest(bytes_span(&data));
    if (manifest)
        r = manifest_read(&m, path, bytes_span(&data), &why);
    if (r < 0)
        r = refuse(im, path, "", &why, e);
    else if (manifest)
        r = take_manifest(im, path, m, e);
    else
        r = take_item(im, path, bytes_span(&data), NULL, e);
    manifest_free(m);
    bytes_release(&data);
    return r;
}

static int in_transaction(struct import *im, const char *path, int64_t at_ms, struct err *e)
{
    struct db *db = im->bank->db;
    int r = db_begin(db, e);
    if (r < 0)
        return r;
    r = db_run(db, e, sql_import, "it", at_ms, path);
    im->id = db_last_id(db);
    if (r == 0)
        r = take_file(im, path, e);
    if (r == 0)
        r = db_run(db, e, sql_totals, "iiiiii", im->id, im->count[IMPORT_NEW], im->count[IMPORT_VERSION],
                   im->count[IMPORT_UPDATED], im->count[IMPORT_UNCHANGED], im->count[IMPORT_REFUSED]);
    if (r == 0)
        r = db_commit(db, e);
    if (r < 0)
        db_rollback(db);
    return r;
}

int bank_import(struct bank *b, const char *path, int64_t at_ms, import_report_fn *report, void *context,
                int64_t totals[IMPORT_OUTCOMES], struct err *e)
{
    struct import im = {.bank = b, .report = report, .context = context};
    struct stat st;
    char *file = stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? path_join(path, MANIFEST_FILE) : mem_strdup(path);
    int r = in_transaction(&im, file, at_ms, e);
    for (size_t i = 0; r == 0 && i < IMPORT_OUTCOMES; i++)
        totals[i] += im.count[i];
    for (size_t i = 0; i < im.n_seen; i++)
        free(im.seen[i]);
    free(im.seen);
    free(file);
    return r;
}
