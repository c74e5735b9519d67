/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/package-key.h"
#include "sync/record-input.h"

struct office_scoring {
    struct package_key key;
    struct store *store;
    size_t scored, failed;
};

static int put_record(struct office_scoring *s, const char *session, struct span document, struct err *e)
{
    struct score_record rec = {0};
    struct merge_record m;
    int r = score_record_read(&rec, "record", document, e);
    if (r < 0)
        return r;
    record_input_take(&m, rec.arena, &rec, document);
    r = store_put_record(s->store, session, &m, e);
    score_record_release(&rec);
    return r;
}

/* A work that cannot be scored is told; it never stops the others. */
static int each(void *context, const struct store_work *w, struct err *e)
{
    struct office_scoring *s = context;
    struct bytes record = {0};
    struct err why;
    char text[900];
    int r = 0;
    if (score_store_work(s->key.part.key, w, &record, &why) < 0) {
        s->failed++;
        fprintf(stderr, _("%s is not scored: %s\n"), w->ticket, err_text(&why, text, sizeof text));
    } else if ((r = put_record(s, w->session, bytes_span(&record), e)) == 0) {
        s->scored++;
    }
    bytes_release(&record);
    return r;
}

static int open_all(struct office_scoring *s, const struct args *a, struct err *e)
{
    const char *package;
    char *path = path_join(args_home(a), "store.db");
    int r = args_need(a, "package", &package, e);
    if (r == 0)
        r = package_key_open(&s->key, a, package, e);
    if (r == 0)
        r = store_open(&s->store, args_get(a, "store") ? args_get(a, "store") : path, DB_WRITE, e);
    free(path);
    return r;
}

static void tell(const struct office_scoring *s, const struct args *a)
{
    const char *session = package_manifest(s->key.package)->session;
    if (!args_json(a)) {
        printf(_("session %s: %zu sittings scored\n"), session, s->scored);
        return;
    }
    json_t *o = json_pack("{s:s, s:I, s:I}", "session", session, "scored", (json_int_t)s->scored, "failed",
                          (json_int_t)s->failed);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static int run(const struct args *a, struct err *e)
{
    struct office_scoring s = {0};
    int r = open_all(&s, a, e);
    if (r == 0)
        r = store_unscored(s.store, package_manifest(s.key.package)->session, package_hash(s.key.package),
                           score_key_paper(s.key.part.key)->ruleset, each, &s, e);
    if (r == 0)
        tell(&s, a);
    if (r == 0 && s.failed)
        r = err_set(e, ERR_NO, NULL, _("%zu sittings could not be scored"), s.failed);
    store_close(s.store);
    package_key_release(&s.key);
    return r;
}

static const struct command_option options[] = {
    {.name = "package", .arg = "FILE.exam", .help = N_("The session's package")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("The recovery identity R (default: those of the home)")},
    {.name = "store", .arg = "FILE", .help = N_("The central store (default: store.db of the office)")},
    {0},
};

const struct command cmd_score_store = {
    .name = "store",
    .args = "",
    .summary = N_("score every work in the central store that came without a record"),
    .example = "kaochang-score store -C office --package s1.exam",
    .options = options,
    .run = run,
};
