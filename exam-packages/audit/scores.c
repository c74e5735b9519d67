/* SPDX-License-Identifier: Apache-2.0 */
/* The score records of an opened bundle: each of the work that came with it, and scored again to the same
 * bytes. kaochang-score does that, as a program of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/run-program.h"
#include "base/xml.h"
#include "exam-packages/audit/bundles.h"

enum { MAX_ARGUMENTS = 64, WAIT_MS = 600000 };

struct record {
    const char *name; /* "scores/T001.xml" */
    struct span data;
};

static bool fits(const struct xml_doc *x, const struct bundle_document *d)
{
    const struct xml_node *root = xml_root(x);
    const char *ticket = xml_attr(x, root, "ticket");
    uint8_t hash[32], package[32];
    int64_t epoch, seq;
    if (!xml_named(root, "score") || !ticket ||
        xml_need_int(x, root, "epoch", 1, INT32_MAX, &epoch, NULL) < 0 ||
        xml_need_int(x, root, "seq", 0, INT32_MAX, &seq, NULL) < 0 ||
        xml_need_hex(x, root, "hash", hash, sizeof hash, NULL) < 0 ||
        xml_need_hex(x, root, "package", package, sizeof package, NULL) < 0 ||
        memcmp(package, d->package, sizeof package) != 0)
        return false;
    for (size_t i = 0; i < d->n_sittings; i++)
        for (size_t k = 0; k < d->sitting[i].n_epochs; k++) {
            const struct bundle_epoch *e = &d->sitting[i].epoch[k];
            if (strcmp(d->sitting[i].ticket, ticket) == 0 && e->number == epoch && e->seq == seq)
                return memcmp(e->head, hash, sizeof hash) == 0;
        }
    return false;
}

static void tell_work(struct audit *a, const char *name, const struct bundle_document *d,
                      const struct record *record, size_t n)
{
    struct err e = {0};
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct xml_doc *x = NULL;
        r = xml_read(&x, record[i].name, record[i].data, NULL, &e);
        if (r == 0 && !fits(x, d))
            r = err_set(&e, ERR_NO, record[i].name, _("is not of a sitting that the bundle lists"));
        xml_free(x);
    }
    const char *command = arena_printf(
        a->arena,
        "( cd \"$work\"/%s && p=\"%s\" && for r in results/scores/*; do cat bundle.xml | " AUDIT_HEADS
        " | sed \"s/^/$p /\" | grep"
        " -qxF \"$(grep -o '^<[^>]*' $r | sed 's/.* package=\"\\([^\"]*\\)\".* ticket=\"\\([^\"]*\\)\""
        " epoch=\"\\([^\"]*\\)\""
        " seq=\"\\([^\"]*\\)\" hash=\"\\([^\"]*\\)\".*/\\1 \\2 \\3 \\4 \\5/')\" || exit 1; done )",
        name, audit_attribute(a, "bundle.xml", "package"));
    audit_tell(a, r, &e, command, _("%s: its score records (%zu) are of the work that the bundle lists"),
               name, n);
}

static int score_again(const struct audit *a, const char *bundle, const char *key,
                       const struct record *record, struct err *e)
{
    /* certificates were looked at before: no home is wanted */
    const char *nowhere = arena_printf(a->arena, "%s/no-home", a->scratch);
    const char *argv[MAX_ARGUMENTS] = {"kaochang-score", "verify", "-C",    nowhere,
                                       "--bundle",       bundle,   "--key", key};
    char *path = path_join(a->scratch, "record.xml");
    size_t n = 8;
    for (size_t i = 0; a->in->identity_file[i] && n + 4 < MAX_ARGUMENTS; i++) {
        argv[n++] = "--identity";
        argv[n++] = a->in->identity_file[i];
    }
    argv[n] = path;
    int r = file_put(path, 0600, record->data, e);
    if (r == 0 && (r = run_program(a->in->scorer, (char *const *)argv, NULL, WAIT_MS, e)) < 0)
        err_within(e, record->name);
    free(path);
    return r;
}

static void tell_scored(struct audit *a, const char *name, const char *path, const struct audit_package *p,
                        const struct record *record, size_t n)
{
    struct err e = {0};
    char *key = path_join(a->scratch, "key.age");
    int r = file_put(key, 0600, zip_get(p->container.zip, "key.age"), &e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = score_again(a, path, key, &record[i], &e);
    const char *command =
        arena_printf(a->arena,
                     "( for r in \"$work\"/%s/results/scores/*; do kaochang-score verify \"$r\" --bundle"
                     " \"$bundles\"/%s.results --key"
                     " \"$work\"/%s/key.age --identity \"$identity\" || exit 1; done )",
                     name, name, p->name);
    audit_tell(a, r, &e, command, _("%s: its records (%zu), scored again, are the same bytes"), name, n);
    free(key);
}

void audit_scores(struct audit *a, const char *name, const char *path, const struct bundle_document *d,
                  const struct zip *inner, const struct audit_package *p)
{
    struct record *record = arena_array(a->arena, zip_count(inner) + 1, sizeof *record);
    size_t n = 0;
    for (size_t i = 0; i < zip_count(inner); i++)
        if (strncmp(zip_name(inner, i), "scores/", 7) == 0)
            record[n++] = (struct record){.name = zip_name(inner, i), .data = zip_part(inner, i)};
    if (n == 0)
        return;
    tell_work(a, name, d, record, n);
    const struct age_recipient *to = p ? p->manifest->recipient : NULL;
    if (!to || (!audit_holds(a, &to[MANIFEST_R]) && !audit_holds(a, &to[MANIFEST_C])))
        audit_unseen(a, _("%s: its records (%zu), to be scored again: that takes R, or C and O"), name, n);
    else if (!a->in->scorer)
        audit_unseen(a, _("%s: its records (%zu), to be scored again: kaochang-score is not installed here"),
                     name, n);
    else
        tell_scored(a, name, path, p, record, n);
}
