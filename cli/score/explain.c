/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/package-key.h"
#include "scoring/practical/rules/explain.h"

static const char *title_of(const struct score_key *k, const char *item, const struct score_check *c)
{
    const struct practical_family *unwanted;
    const char *title = k ? score_key_check_title(k, item, c->id) : NULL;
    const struct check_kind *kind = title ? NULL : check_kind_find(c->kind, &unwanted);
    return title ? title : kind ? _(kind->label) : c->kind;
}

static enum practical_status status_of(const char *name)
{
    enum practical_status s = PRACTICAL_PASS;
    while (s < PRACTICAL_NOT_ATTEMPTED && strcmp(practical_status_name(s), name) != 0)
        s++;
    return s;
}

static void explain_check(const struct score_key *k, const char *item, const struct score_check *c,
                          struct bytes *out)
{
    const struct explained_check x = {.id = c->id,
                                      .title = title_of(k, item, c),
                                      .forbid = c->maximum.milli == 0,
                                      .status = status_of(c->status),
                                      .points = c->points,
                                      .maximum = c->maximum,
                                      .cut = c->cut,
                                      .expected = c->expected,
                                      .found = c->found,
                                      .place = c->place};
    practical_explain_check(&x, out);
}

static const char *token_text(const char *token)
{
    return strcmp(token, "kept") == 0 ? _("the start files' token is there")
           : strcmp(token, "lost") == 0
               ? _("the start files' token is gone; programs may drop it when they save")
               : _("a file carries the token of another candidate or exam");
}

static void explain_item(const struct score_key *k, const struct score_item *item, struct bytes *out)
{
    char points[32], maximum[32];
    bytes_str(out, "\n");
    bytes_printf(out, _("%s: %s of %s points"), item->id, points_text(item->points, points, sizeof points),
                 points_text(item->maximum, maximum, sizeof maximum));
    if (item->status == SCORE_PENDING)
        bytes_printf(out, " (%s)", _("waits for a marker"));
    bytes_printf(out, "\n  %s\n", item->evidence);
    if (*item->token)
        bytes_printf(out, "  %s\n", token_text(item->token));
    for (size_t i = 0; i < item->n_checks; i++)
        explain_check(k, item->id, &item->check[i], out);
}

static int explain(const struct args *a, const struct score_key *k, const struct score_record *x,
                   struct err *e)
{
    struct bytes out = {0};
    char points[32], maximum[32];
    const char *only = args_get(a, "item");
    bool found = !only;
    bytes_printf(&out, _("%s: %s of %s points"), x->ticket, points_text(x->points, points, sizeof points),
                 points_text(x->maximum, maximum, sizeof maximum));
    bytes_printf(&out, "\n%s: %s\n", _("session"), x->session);
    for (size_t i = 0; i < x->n_items; i++)
        if (!only || strcmp(only, x->item[i].id) == 0) {
            explain_item(k, &x->item[i], &out);
            found = true;
        }
    if (found)
        fwrite(out.p, 1, out.n, stdout);
    bytes_release(&out);
    return found ? 0 : err_set(e, ERR_NO, x->ticket, _("the record has no item %.60s"), only);
}

static bool is_file_name(const char *what)
{
    size_t n = strlen(what);
    return strchr(what, '/') || (n > 4 && strcmp(what + n - 4, ".xml") == 0);
}

static int read_record(const struct args *a, struct bytes *ret, struct err *e)
{
    const char *what = args_at(a, 0);
    struct store *s = NULL;
    if (is_file_name(what))
        return file_read(what, SCORE_MAX_BYTES, ret, e);
    char *path = path_join(args_home(a), "store.db");
    int r = store_open(&s, args_get(a, "store") ? args_get(a, "store") : path, DB_READ, e);
    if (r == 0)
        r = store_record(s, args_get(a, "session"), what, ret, e);
    store_close(s);
    free(path);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct bytes document = {0};
    struct score_record record = {0};
    struct package_key key = {0};
    const char *package = args_get(a, "package");
    int r = read_record(a, &document, e);
    if (r == 0)
        r = score_record_read(&record, args_at(a, 0), bytes_span(&document), e);
    if (r == 0 && package)
        r = package_key_open(&key, a, package, e);
    if (r == 0 && package && memcmp(package_hash(key.package), record.package, SCORE_HASH) != 0)
        r = err_set(e, ERR_DATA, package, _("the record is of another package"));
    if (r == 0)
        r = explain(a, key.part.key, &record, e);
    package_key_release(&key);
    score_record_release(&record);
    bytes_release(&document);
    return r;
}

static const struct command_option options[] = {
    {.name = "package",
     .arg = "FILE.exam",
     .help = N_("The session's package: checks are told by the titles of its rules")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("The recovery identity R (default: those of the home)")},
    {.name = "item", .arg = "ITEM", .help = N_("Of this item only")},
    {.name = "session", .arg = "SESSION", .help = N_("The session, where the store holds several")},
    {.name = "store", .arg = "FILE", .help = N_("The central store (default: store.db of the office)")},
    {0},
};

const struct command cmd_score_explain = {
    .name = "explain",
    .args = "RECORD.xml|TICKET",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("explain a score record for an appeal: what was expected and found, where, and its points"),
    .example = "kaochang-score explain T001 -C office --package s1.exam",
    .options = options,
    .no_json = true,
    .run = run,
};
