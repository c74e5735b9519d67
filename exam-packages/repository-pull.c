/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/repository.h"

/* Where a session's package is accepted, and where it waits until all are verified. */
static char *accepted_path(const char *home, const struct target *t)
{
    return mem_printf("%s/packages/%s.exam", home, t->session);
}

static char *staged_path(const char *home, const struct target *t)
{
    return mem_printf("%s/packages/.%s.exam.staged", home, t->session);
}

static bool is_here(const char *home, const struct target *t)
{
    uint8_t hash[PART_HASH_BYTES];
    char *path = accepted_path(home, t);
    bool here = file_exists(path) && blake2b_512_file(hash, path, (uint64_t)t->size, NULL) == 0 &&
                memcmp(hash, t->hash, sizeof hash) == 0;
    free(path);
    return here;
}

/* Candidates have sat with the package that is here: their journals fit that version and no other, so it stays. */
static bool is_used(const char *home, const struct target *t)
{
    struct file_names names = {0};
    char *package = accepted_path(home, t), *journals = mem_printf("%s/sessions/%s/journals", home, t->session);
    bool used = file_exists(package) && file_list(journals, &names, NULL) == 0 && names.n > 0;
    file_names_free(&names);
    free(journals);
    free(package);
    return used;
}

/* Copies at most the announced length, so that an endless file ends. */
static int copy_bounded(const char *from, const char *to, int64_t size, struct err *e)
{
    FILE *in = fopen(from, "re");
    if (!in)
        return err_sys(e, from, _("cannot open"));
    struct file_writer *w = NULL;
    int64_t left = size;
    int r = file_begin(&w, to, 0644, e);
    for (char chunk[65536]; r == 0 && left > 0;) {
        size_t n = fread(chunk, 1, (uint64_t)left < sizeof chunk ? (size_t)left : sizeof chunk, in);
        if (n == 0)
            break;
        left -= (int64_t)n;
        r = file_write(w, chunk, n, e);
    }
    if (r == 0 && (left != 0 || fgetc(in) != EOF))
        r = err_set(e, ERR_NO, from, _("has another length than the %lld bytes that the index names"),
                    (long long)size);
    fclose(in);
    if (r < 0) {
        file_cancel(w);
        return r;
    }
    return file_commit(w, e);
}

static int stage(const struct repository *r, const struct target *target, const struct trust *t,
                 const char *home, int64_t now_ms, struct err *e)
{
    char *from = path_join(r->folder, target_path(r->arena, target)), *to = staged_path(home, target);
    int result = target->expiry_ms <= now_ms
                     ? err_set(e, ERR_NO, from, _("the package expired at %s"), target->expiry)
                     : copy_bounded(from, to, target->size, e);
    if (result == 0)
        result = repository_check_package(r, target, to, t, e);
    free(from);
    free(to);
    return result;
}

static int put_in_place(const char *home, const struct target *target, struct err *e)
{
    char *from = staged_path(home, target), *to = accepted_path(home, target);
    int r = rename(from, to) < 0 ? err_sys(e, to, _("cannot put in place")) : 0;
    free(from);
    free(to);
    return r;
}

/* ---- supplements: HOME/supplements/SESSION.NUMBER.KIND.exam, staged beside as .NAME ---- */

static char *supplement_path(const char *home, struct arena *a, const struct target_supplement *s, bool staged)
{
    return mem_printf("%s/supplements/%s%s", home, staged ? "." : "", path_base(target_supplement_path(a, s)));
}

static bool is_supplied(const char *home, const struct repository *r, const struct target_supplement *s)
{
    uint8_t hash[PART_HASH_BYTES];
    char *path = supplement_path(home, r->arena, s, false);
    bool here = file_exists(path) && blake2b_512_file(hash, path, (uint64_t)s->size, NULL) == 0 &&
                memcmp(hash, s->hash, sizeof hash) == 0;
    free(path);
    return here;
}

static int stage_supplement(const struct repository *r, const struct target_supplement *s, const struct trust *t,
                            const char *home, struct err *e)
{
    char *from = path_join(r->folder, target_supplement_path(r->arena, s));
    char *to = supplement_path(home, r->arena, s, true);
    int result = copy_bounded(from, to, s->size, e);
    if (result == 0)
        result = repository_check_supplement(r, s, to, t, e);
    free(from);
    free(to);
    return result;
}

static int stage_supplements(const struct repository *r, const struct trust *t, const char *home, bool *wanted,
                             struct err *e)
{
    const struct targets *targets = r->targets;
    char *folder = supplements_folder(home);
    int result = targets->n_supplements ? file_mkdirs(folder, false, e) : 0;
    for (size_t i = 0; i < targets->n_supplements && result == 0; i++) {
        wanted[i] = !is_supplied(home, r, &targets->supplement[i]);
        if (wanted[i])
            result = stage_supplement(r, &targets->supplement[i], t, home, e);
    }
    free(folder);
    return result;
}

/* Before the trust moves on: a station that knows of a supplement has it. */
static int put_supplements(const struct repository *r, const char *home, const bool *wanted, struct err *e)
{
    const struct targets *targets = r->targets;
    char *folder = supplements_folder(home);
    int result = 0;
    for (size_t i = 0; i < targets->n_supplements && result == 0; i++) {
        if (!wanted[i])
            continue;
        char *from = supplement_path(home, r->arena, &targets->supplement[i], true);
        char *to = supplement_path(home, r->arena, &targets->supplement[i], false);
        result = rename(from, to) < 0 ? err_sys(e, to, _("cannot put in place")) : 0;
        free(from);
        free(to);
    }
    if (result == 0 && targets->n_supplements)
        result = file_sync_dir(folder, e);
    free(folder);
    return result;
}

static void drop_staged_supplements(const struct repository *r, const char *home)
{
    for (size_t i = 0; i < r->targets->n_supplements; i++) {
        char *path = supplement_path(home, r->arena, &r->targets->supplement[i], true);
        unlink(path);
        free(path);
    }
}

static void drop_staged(const char *home, const struct targets *targets)
{
    for (size_t i = 0; i < targets->n_packages; i++) {
        char *path = staged_path(home, &targets->package[i]);
        unlink(path);
        free(path);
    }
}

static int accept_all(const struct repository *r, struct trust *t, const char *home, const bool *wanted,
                      const bool *wanted_supplements, struct err *e)
{
    const struct targets *targets = r->targets;
    char *folder = path_join(home, "packages");
    int result = put_supplements(r, home, wanted_supplements, e);
    if (result == 0)
        result = trust_accept(t, r->targets_document, &r->targets_signatures, r->snapshot->version,
                              r->timestamp->version, e);
    for (size_t i = 0; i < targets->n_packages && result == 0; i++)
        if (wanted[i])
            result = put_in_place(home, &targets->package[i], e);
    if (result == 0)
        result = file_sync_dir(folder, e);
    free(folder);
    return result;
}

int repository_pull(const char *folder, struct trust *t, const char *home, int64_t now_ms,
                    repository_told_fn *tell, void *context, struct err *e)
{
    struct repository *r = NULL;
    char *packages = path_join(home, "packages");
    bool *wanted = NULL, *supplied = NULL;
    int result = repository_open(&r, folder, t, now_ms, e);
    if (result < 0 || (result = file_mkdirs(packages, false, e)) < 0)
        goto done;
    const struct targets *targets = r->targets;
    wanted = mem_alloc((targets->n_packages + 1) * sizeof *wanted);
    for (size_t i = 0; i < targets->n_packages && result == 0; i++) {
        wanted[i] = !is_here(home, &targets->package[i]) && !is_used(home, &targets->package[i]);
        if (wanted[i])
            result = stage(r, &targets->package[i], t, home, now_ms, e);
    }
    supplied = mem_alloc((targets->n_supplements + 1) * sizeof *supplied);
    if (result == 0)
        result = stage_supplements(r, t, home, supplied, e);
    if (result == 0)
        result = accept_all(r, t, home, wanted, supplied, e);
    if (result < 0) {
        drop_staged(home, targets);
        drop_staged_supplements(r, home);
    }
    for (size_t i = 0; i < targets->n_packages && result == 0 && tell; i++)
        tell(context, &targets->package[i], wanted[i]);
done:
    free(supplied);
    free(wanted);
    free(packages);
    repository_close(r);
    return result;
}
