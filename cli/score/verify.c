/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/identities.h"
#include "cli/score/work.h"
#include "exam-packages/bundle.h"

enum { MAX_KEY = 512 << 20 };

struct verifying {
    struct bytes record;
    struct score_record said;
    struct age_identity *id;
    size_t n_ids;
    struct trust *trust;
    struct bundle *bundle;
    struct key_part key;
};

static int read_record(struct verifying *v, const char *path, struct err *e)
{
    int r = file_read(path, SCORE_MAX_BYTES, &v->record, e);
    return r == 0 ? score_record_read(&v->said, path, bytes_span(&v->record), e) : r;
}

/* The opened key part, or key.age as it stands in the package. */
static int read_key(struct verifying *v, const char *path, struct err *e)
{
    static const char sealed[] = "age-encryption.org/";
    struct bytes raw = {0}, plain = {0};
    int r = file_read(path, MAX_KEY, &raw, e);
    bool is_sealed = r == 0 && raw.n > sizeof sealed && memcmp(raw.p, sealed, sizeof sealed - 1) == 0;
    if (is_sealed && (r = age_open(bytes_span(&raw), v->id, v->n_ids, &plain, e)) < 0)
        err_within(e, path);
    if (r == 0)
        r = key_part_open(&v->key, is_sealed ? &plain : &raw, e);
    bytes_release(&raw);
    bytes_release(&plain);
    return r;
}

/* With the trust of a home where there is one; an auditor without one still has the signature checked against
 * the certificate that came along. */
static int open_bundle(struct verifying *v, const struct args *a, const char *path, struct err *e)
{
    struct err unwanted;
    if (trust_load(&v->trust, args_home(a), &unwanted) == 0)
        return bundle_open(&v->bundle, path, v->trust, e);
    fprintf(stderr, "%s\n", _("no trust in this folder: the bundle's certificate is not checked (-C HOME)"));
    return bundle_open_untrusted(&v->bundle, path, e);
}

static int score_again(struct verifying *v, struct bytes *ret, struct err *e)
{
    const struct zip *inner;
    char name[200];
    struct journal *j = NULL;
    struct journal_work work = {0};
    snprintf(name, sizeof name, "journals/%s.journal", v->said.ticket);
    int r = bundle_unseal(v->bundle, v->id, v->n_ids, &inner, e);
    struct span data = r == 0 ? zip_get(inner, name) : (struct span){0};
    if (r == 0 && !data.p)
        r = err_set(e, ERR_NO, NULL, _("the bundle has no journal of %s"), v->said.ticket);
    if (r == 0)
        r = journal_open_bytes(&j, name, data, e);
    if (r == 0)
        r = journal_unseal(j, v->id, v->n_ids, e);
    if (r == 0)
        r = journal_fold(j, &work, e);
    if (r == 0)
        r = score_journal_work(v->key.key, j, &work, ret, e);
    journal_work_release(&work);
    journal_close(j);
    return r;
}

static int compare(const struct verifying *v, const struct bytes *again, struct err *e)
{
    struct score_record fresh = {0};
    if (span_equal(bytes_span(again), bytes_span(&v->record)))
        return 0;
    int r = score_record_read(&fresh, "record", bytes_span(again), e);
    if (r == 0 && (r = score_record_compare(&v->said, &fresh, e)) == 0)
        r = err_set(e, ERR_NO, v->said.ticket, _("the records differ"));
    score_record_release(&fresh);
    return r;
}

static void release(struct verifying *v)
{
    bytes_release(&v->record);
    score_record_release(&v->said);
    age_identities_free(v->id, v->n_ids);
    key_part_release(&v->key);
    bundle_close(v->bundle);
    trust_free(v->trust);
}

static int run(const struct args *a, struct err *e)
{
    struct verifying v = {0};
    struct bytes again = {0};
    const char *bundle, *key;
    char points[32];
    int r = args_need(a, "bundle", &bundle, e);
    if (r == 0)
        r = args_need(a, "key", &key, e);
    if (r == 0)
        r = read_record(&v, args_at(a, 0), e);
    if (r == 0)
        r = identities_read(a, &v.id, &v.n_ids, e);
    if (r == 0)
        r = read_key(&v, key, e);
    if (r == 0)
        r = open_bundle(&v, a, bundle, e);
    if (r == 0)
        r = score_again(&v, &again, e);
    if (r == 0)
        r = compare(&v, &again, e);
    if (r == 0)
        printf(_("%s: scored again, %s points, the same bytes\n"), v.said.ticket,
               points_text(v.said.points, points, sizeof points));
    bytes_release(&again);
    release(&v);
    return r;
}

static const struct command_option options[] = {
    {.name = "bundle", .arg = "FILE", .help = N_("The result bundle that the sitting came in")},
    {.name = "key", .arg = "FILE", .help = N_("The package's key part, opened or still sealed")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("Opens the bundle: the results or recovery identity (default: those of the home)")},
    {0},
};

const struct command cmd_score_verify = {
    .name = "verify",
    .args = "RECORD",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("score a sitting again and compare the bytes"),
    .example = "kaochang-score verify scores/T001.xml -C office --bundle s1.results --key key.age",
    .options = options,
    .no_json = true,
    .run = run,
};
