/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/supplement.h"

/* The supplements of one package in a folder, by number, all verified. */
struct found {
    struct supplement **list;
    size_t n;
};

static void release(struct found *f)
{
    for (size_t i = 0; i < f->n; i++)
        supplement_close(f->list[i]);
    free(f->list);
    *f = (struct found){0};
}

static bool is_for(const struct supplement *s, const struct package *p)
{
    const struct supplement_document *d = supplement_document_of(s);
    return strcmp(d->session, package_manifest(p)->session) == 0 &&
           memcmp(d->package, package_hash(p), sizeof d->package) == 0;
}

static void add(struct found *f, struct supplement *s)
{
    int64_t number = supplement_document_of(s)->number;
    size_t at = f->n;
    f->list = mem_grow(f->list, f->n + 1, sizeof(struct supplement *));
    for (; at > 0 && supplement_document_of(f->list[at - 1])->number > number; at--)
        f->list[at] = f->list[at - 1];
    f->list[at] = s;
    f->n++;
}

static int find(const char *folder, const struct trust *t, const struct package *p, struct found *ret,
                struct err *e)
{
    const char *session = package_manifest(p)->session;
    struct file_names names = {0};
    int r = file_exists(folder) ? file_list(folder, &names, e) : 0;
    for (size_t i = 0; i < names.n; i++) {
        struct supplement *s = NULL;
        char *path = path_join(folder, names.name[i]);
        if (strncmp(names.name[i], session, strlen(session)) == 0 && supplement_is(path) &&
            supplement_open(&s, path, t, NULL) == 0) {
            if (is_for(s, p))
                add(ret, s);
            else
                supplement_close(s);
        }
        free(path);
    }
    file_names_free(&names);
    return r;
}

static bool has(const struct found *f, int64_t number)
{
    for (size_t i = 0; i < f->n; i++)
        if (supplement_document_of(f->list[i])->number == number)
            return true;
    return false;
}

/* One that the targets name for this package and that is not in the folder; NULL: none of that kind. */
static const struct target_supplement *missing(const struct found *f, const struct trust *t,
                                               const struct package *p, enum supplement_kind kind)
{
    const struct targets *targets = trust_targets(t);
    for (size_t i = 0; targets && i < targets->n_supplements; i++) {
        const struct target_supplement *s = &targets->supplement[i];
        if (s->kind == kind && strcmp(s->session, package_manifest(p)->session) == 0 &&
            memcmp(s->package, package_hash(p), sizeof s->package) == 0 && !has(f, s->number))
            return s;
    }
    return NULL;
}

static int withdrawn(struct err *e)
{
    err_hint(
        e,
        _("what candidates have written stays, and goes into the bundle; is there a spare session, or a new "
          "version? kaochang-client pull"));
    if (e)
        e->code = SUPPLEMENT_WITHDRAWN;
    return -ERR_NO;
}

int supplements_check(const char *folder, const struct trust *t, const struct package *p, struct err *e)
{
    const char *session = package_manifest(p)->session;
    struct found f = {0};
    int r = find(folder, t, p, &f, e);
    for (size_t i = 0; i < f.n && r == 0; i++) {
        const struct supplement_document *d = supplement_document_of(f.list[i]);
        if (d->kind != SUPPLEMENT_WITHDRAWAL)
            continue;
        err_set(e, ERR_NO, session,
                _("the exam office has withdrawn this package: %.200s (%.10s, signed: %s)"), d->reason,
                d->date, supplement_signers(f.list[i]));
        r = withdrawn(e);
    }
    if (r == 0 && missing(&f, t, p, SUPPLEMENT_WITHDRAWAL)) {
        err_set(e, ERR_NO, session,
                _("the exam office has withdrawn this package; the reason is not on this machine"));
        r = withdrawn(e);
    }
    release(&f);
    return r;
}

/* The newest that has a list for this site: a supplement may be for some sites only. */
static const struct supplement *newest_list(const struct found *f, const char *site)
{
    char *part = mem_printf("roster/%s.age", site);
    const struct supplement *newest = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (parts_find(&supplement_document_of(f->list[i])->parts, part))
            newest = f->list[i];
    free(part);
    return newest;
}

int supplements_roster(const char *folder, const struct trust *t, const struct package *p, const char *site,
                       const struct age_identity *id, struct roster **ret, struct err *e)
{
    struct found f = {0};
    int r = find(folder, t, p, &f, e);
    const struct target_supplement *lost = r == 0 ? missing(&f, t, p, SUPPLEMENT_ROSTER) : NULL;
    if (lost) {
        err_set(e, ERR_ENV, folder,
                _("supplement %lld of session %s is missing here: a newer list of candidates"),
                (long long)lost->number, lost->session);
        r = err_hint(e, _("fetch it with kaochang-client pull; if that does not help, the exam office makes it again: "
                          "who signed it may have been revoked"));
    }
    const struct supplement *newest = r == 0 ? newest_list(&f, site) : NULL;
    if (newest)
        r = supplement_open_roster(newest, site, id, ret, e);
    else if (r == 0)
        r = package_open_roster(p, site, id, ret, e);
    release(&f);
    return r;
}

char *supplements_folder(const char *home)
{
    return path_join(home, "supplements");
}
