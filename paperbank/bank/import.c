/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/import.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/importing.h"

static const char sql_pages[] = "PRAGMA cache_size = -8000"; /* KiB: with less, pages of one transaction are written many times */
static const char sql_import[] = "INSERT INTO import (at_ms, source, who) VALUES (?1, ?2, ?3)";
static const char sql_totals[] =
    "UPDATE import SET imported = ?2, version = ?3, updated = ?4, unchanged = ?5, refused = ?6 WHERE id = ?1";
static const char sql_line[] =
    "INSERT INTO import_line (import, item, place, element, outcome, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char sql_point[] = "INSERT INTO knowledge_point (code, title) VALUES (?1, ?2) ON CONFLICT "
                                "(code) DO UPDATE SET title = excluded.title";
static const char sql_new_point[] =
    "INSERT INTO knowledge_point (code, title) VALUES (?1, ?2) ON CONFLICT (code) DO NOTHING";
static const char sql_forget[] = "DELETE FROM import_seen";

static const struct import_kind *const kinds[] = {&import_zip, &import_manifest, &import_test_file,
                                                  &import_foreign, &import_item};

const char *import_outcome_name(enum import_outcome o)
{
    static const char *const name[] = {"imported", "new version", "updated", "unchanged", "refused"};
    return name[o];
}

int import_tell(struct import *im, const struct import_line *l, struct err *e)
{
    int r = 0;
    im->count[l->outcome]++;
    if (l->outcome != IMPORT_UNCHANGED) {
        char *place = l->line ? mem_printf("%s:%u", l->file, l->line) : mem_strdup(l->file);
        r = db_run(im->bank->db, e, sql_line, "ittttt", im->id, l->item, place, l->element,
                   import_outcome_name(l->outcome), l->reason);
        free(place);
    }
    if (r == 0 && im->report)
        im->report(im->context, l);
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

int import_refuse(struct import *im, const char *file, unsigned line, const char *item, const char *element,
                  const struct err *why, struct err *e)
{
    char *reason = mem_printf("%s%s%s", why->what, why->hint[0] ? "; " : "", why->hint);
    const struct import_line l = {.file = file,
                                  .line = line ? line : line_of(why),
                                  .element = element,
                                  .item = item,
                                  .outcome = IMPORT_REFUSED,
                                  .reason = reason};
    int r = import_tell(im, &l, e);
    free(reason);
    return r;
}

int import_point(struct import *im, const char *file, const struct manifest_point *p, struct err *e)
{
    struct err why = {0};
    im->points += !p->fault;
    if (!p->fault)
        return db_run(im->bank->db, e, sql_point, "tt", p->code, p->title);
    err_set(&why, ERR_DATA, file, "%s", p->fault);
    return import_refuse(im, file, p->line, p->code, "knowledgePoint", &why, e);
}

int import_point_if_new(struct import *im, const char *code, const char *title, struct err *e)
{
    return db_run(im->bank->db, e, sql_new_point, "tt", code, title);
}

static int read_head(const char *path, char head[4096], struct span *ret, struct err *e)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return err_set(e, ERR_DATA, path, _("not a regular file"));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, head, 4096);
    int r = n < 0 ? err_sys(e, path, _("cannot read")) : 0;
    if (fd >= 0)
        close(fd);
    *ret = span_of(head, n < 0 ? 0 : (size_t)n);
    return r;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int take_file(struct import *im, const char *path, struct err *e)
{
    char buffer[4096];
    struct span head = {0};
    struct err why = {0};
    if (im->options->format)
        return import_foreign.take(im, path, e);
    if (is_folder(path))
        return import_zip.take(im, path, e);
    if (read_head(path, buffer, &head, &why) < 0)
        return import_refuse(im, path, 0, "", "", &why, e);
    size_t k = 0;
    while (k + 1 < sizeof kinds / sizeof *kinds && !kinds[k]->looks_so(path, head))
        k++;
    return kinds[k]->take(im, path, e);
}

/* "Imported successfully" with nothing there is no success. */
static int refuse_nothing(struct import *im, const char *path, struct err *e)
{
    struct err why = {0};
    int64_t n = im->points;
    for (size_t i = 0; i < IMPORT_OUTCOMES; i++)
        n += im->count[i];
    if (n > 0)
        return 0;
    err_set(&why, ERR_DATA, NULL, _("there is no question in it"));
    return import_refuse(im, path, 0, "", "", &why, e);
}

static int in_transaction(struct import *im, const char *path, int64_t at_ms, struct err *e)
{
    struct db *db = im->bank->db;
    int r = db_script(db, sql_pages, e);
    if (r == 0)
        r = db_begin(db, e);
    if (r < 0)
        return r;
    r = db_run(db, e, sql_import, "itt", at_ms, path, im->who);
    im->id = db_last_id(db);
    if (r == 0)
        r = take_file(im, path, e);
    if (r == 0)
        r = refuse_nothing(im, path, e);
    if (r == 0)
        r = db_run(db, e, sql_totals, "iiiiii", im->id, im->count[IMPORT_NEW], im->count[IMPORT_VERSION],
                   im->count[IMPORT_UPDATED], im->count[IMPORT_UNCHANGED], im->count[IMPORT_REFUSED]);
    if (r == 0)
        r = db_run(db, e, sql_forget, "");
    if (r == 0)
        r = db_commit(db, e);
    if (r < 0)
        db_rollback(db);
    return r;
}

int bank_import_as(struct bank *b, const char *path, const struct import_options *options, int64_t at_ms,
                   import_report_fn *report, void *context, int64_t totals[IMPORT_OUTCOMES], struct err *e)
{
    struct import im = {.bank = b,
                        .who = options->who ? options->who : "",
                        .options = options,
                        .report = report,
                        .context = context};
    int r = import_check_options(options, e);
    if (r < 0)
        return r;
    char *manifest = path_join(path, MANIFEST_FILE);
    r = in_transaction(&im, is_folder(path) && file_exists(manifest) ? manifest : path, at_ms, e);
    free(manifest);
    for (size_t i = 0; r == 0 && i < IMPORT_OUTCOMES; i++)
        totals[i] += im.count[i];
    return r;
}

int bank_import(struct bank *b, const char *path, const char *who, int64_t at_ms, import_report_fn *report,
                void *context, int64_t totals[IMPORT_OUTCOMES], struct err *e)
{
    const struct import_options options = {.who = who};
    return bank_import_as(b, path, &options, at_ms, report, context, totals, e);
}
