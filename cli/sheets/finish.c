/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/keyring.h"
#include "cli/sheets/commands.h"
#include "cli/sheets/desk.h"
#include "exam-packages/decision-file.h"
#include "office/sheets/sheet-decision.h"

enum { MAX_KEYS = 8 };

struct finishing {
    const struct args *args;
    struct sheet_files f;
    struct keyring keys;
    char *certificate[MAX_KEYS]; /* of keys.key[i]; NULL: an officer's */
    struct trust *trust;
    const char *folder, *date, *site, *room;
    size_t written, kept;
};

/* ---- keys ---- */

static bool is_of(const char *path, const struct minisign_public *key)
{
    struct bytes text = {0};
    struct certificate *c = NULL;
    struct err e;
    bool same = file_read(path, 1 << 20, &text, &e) == 0 &&
                certificate_read(&c, path, bytes_span(&text), &e) == 0 && minisign_public_equal(&c->key, key);
    certificate_free(c);
    bytes_release(&text);
    return same;
}

/* The one given that is of this key, or the one beside it. */
static char *certificate_of(const struct finishing *x, size_t i)
{
    struct minisign_public key;
    const char *given;
    minisign_secret_public(&x->keys.key[i], &key);
    for (int k = 0; (given = args_each(x->args, "certificate", k)); k++)
        if (is_of(given, &key))
            return mem_strdup(given);
    char *beside = keyring_path(x->args, x->keys.name[i], ".certificate.xml");
    if (file_exists(beside) && is_of(beside, &key))
        return beside;
    free(beside);
    return NULL;
}

static int open_keys(struct finishing *x, struct err *e)
{
    int r = keyring_open(&x->keys, x->args, "sign", "", e);
    if (r == 0 && (x->keys.n < 2 || x->keys.n > MAX_KEYS)) {
        err_set(e, ERR_USAGE, "--sign", _("the two who typed sign: two keys are needed"));
        r = err_hint(e, "-s KEY -s KEY");
    }
    for (size_t i = 0; r == 0 && i < x->keys.n; i++)
        x->certificate[i] = certificate_of(x, i);
    return r;
}

/* ---- one sheet ---- */

static bool is_there(const struct finishing *x, const struct sheet_place *p)
{
    return p && (!x->site || strcmp(x->site, p->candidate->site) == 0) &&
           (!x->room || strcmp(x->room, p->candidate->room) == 0);
}

/* Written before: it is the same decision, and only signed again. */
static int put(const struct finishing *x, const char *path, const struct decision *d, bool *ret_kept,
               struct err *e)
{
    struct decision_file before = {0};
    *ret_kept = file_exists(path);
    if (!*ret_kept)
        return decision_file_put(path, d, e);
    int r = decision_file_load(&before, path, e);
    if (r == 0 && strcmp(before.decision->serial, d->serial) != 0) {
        err_set(e, ERR_USAGE, path, _("another decision is there; it is never written over"));
        r = err_hint(e, _("give a new folder with -o"));
    }
    decision_file_release(&before);
    (void)x;
    return r;
}

static int verify(const struct finishing *x, const char *path, const struct sheet_place *p, struct err *e)
{
    struct decision_file file;
    int r = decision_file_load(&file, path, e);
    if (r < 0)
        return r;
    r = decision_verify(file.decision, file.document, &file.signatures, file.certificate, file.n_certificates,
                        x->trust, p->candidate->site, p->candidate->room, NULL, NULL, e);
    decision_file_release(&file);
    return r;
}

static int finish_sheet(struct finishing *x, const struct sheet *s, const struct sheet_finding *f,
                        struct err *e)
{
    const struct sheet_files *files = &x->f;
    const struct sheet_people who = {.first = files->file[0]->clerk,
                                     .second = files->file[1]->clerk,
                                     .third = files->file[2] ? files->file[2]->clerk : ""};
    const struct sheet_place *p = sheet_list_at(&files->desk.list, s->id);
    struct decision *d = NULL;
    bool kept = false;
    if (!is_there(x, p))
        return 0;
    int r = sheet_decision(&d, &files->desk.list, s, f, &who, x->date, e);
    if (r < 0)
        return r;
    char *path = mem_printf("%s/%s.decision.xml", x->folder, s->id);
    r = put(x, path, d, &kept, e);
    for (size_t i = 0; r == 0 && i < x->keys.n; i++)
        r = decision_file_sign(path, &x->keys.key[i], x->certificate[i], e);
    if (r == 0)
        r = verify(x, path, p, e);
    x->written += r == 0 && !kept;
    x->kept += r == 0 && kept;
    decision_free(d);
    free(path);
    return r;
}

/* ---- all ---- */

static int check_open(const struct finishing *x, struct err *e)
{
    size_t open = 0;
    for (size_t i = 0; i < x->f.comparison.n; i++) {
        const struct sheet_finding *f = &x->f.comparison.finding[i];
        open += !f->third && (!f->place || is_there(x, f->place));
    }
    if (!open)
        return 0;
    err_set(e, ERR_NO, NULL, _("%zu sheets differ or were typed once only"), open);
    return err_hint(e, _("kaochang sheets compare lists them; sheets resolve is the third look"));
}

static int finish(struct finishing *x, struct err *e)
{
    const struct sheet_comparison *c = &x->f.comparison;
    int r = check_open(x, e);
    if (r == 0)
        r = file_mkdirs(x->folder, false, e);
    for (size_t i = 0; r == 0 && i < c->n_agreed; i++)
        r = finish_sheet(x, c->agreed[i], NULL, e);
    for (size_t i = 0; r == 0 && i < c->n; i++)
        if (c->finding[i].third)
            r = finish_sheet(x, c->finding[i].third, &c->finding[i], e);
    if (r == 0)
        printf(ngettext("%zu decision in %s, %zu were there before\n",
                        "%zu decisions in %s, %zu were there before\n", x->written),
               x->written, x->folder, x->kept);
    return r;
}

static const char *today(const struct finishing *x)
{
    struct clock_reading now;
    char text[40];
    clock_read(&now);
    time_text(now.wall_ms, x->f.desk.session.utc_offset_min, text, sizeof text);
    text[10] = '\0';
    return arena_strdup(x->f.desk.arena, text);
}

static int run(const struct args *a, struct err *e)
{
    struct finishing x = {.args = a, .site = args_get(a, "site"), .room = args_get(a, "room")};
    int r = args_need(a, "output", &x.folder, e);
    if (r == 0)
        r = sheet_files_open(&x.f, a, NULL, e);
    if (r == 0)
        r = trust_load(&x.trust, args_home(a), e);
    if (r == 0)
        r = open_keys(&x, e);
    if (r == 0) {
        x.date = args_get(a, "date") ? args_get(a, "date") : today(&x);
        r = finish(&x, e);
    }
    for (size_t i = 0; i < MAX_KEYS; i++)
        free(x.certificate[i]);
    keyring_close(&x.keys);
    trust_free(x.trust);
    sheet_files_close(&x.f);
    return r;
}

static const struct command_option options[] = {
    {.name = "sign", .key = 's', .arg = "KEY", .help = N_("The keys of the two who typed: names or files")},
    {.name = "certificate",
     .arg = "FILE",
     .help = N_("Their certificates, unless they lie beside the keys or the keys are officers'")},
    {.name = "output", .key = 'o', .arg = "DIR", .help = N_("Folder for a signed decision per sheet")},
    {.name = "site", .arg = "SITE", .help = N_("Only the sheets of this site")},
    {.name = "room", .arg = "ROOM", .help = N_("Only the sheets of this room")},
    {.name = "date", .arg = "DAY", .help = N_("The day that stands in them, as 2026-11-22 (default: today)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_sheets_finish = {
    .name = "sheets finish",
    .args = "FIRST SECOND [THIRD]",
    .min_args = 2,
    .max_args = 3,
    .summary = N_("Make signed decisions of sheets that were typed twice, for kaochang merge"),
    .example = "kaochang sheets finish first.sheets second.sheets third.sheets -s zhang -s li -o decisions",
    .options = options,
    .no_json = true,
    .run = run,
};
