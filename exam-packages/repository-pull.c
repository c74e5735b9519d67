/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/repository-internal.h"

/* Where a session's package is accepted. */
static char *accepted_path(const char *home, const struct target_package *t)
{
    return mem_printf("%s/packages/%s.exam", home, t->session);
}

/* Candidates have sat with the package that is here: their journals fit that version and no other, so it stays. */
static bool is_used(const char *home, const struct target_package *t)
{
    struct file_names names = {0};
    char *package = accepted_path(home, t), *journals = mem_printf("%s/sessions/%s/journals", home, t->session);
    bool used = file_exists(package) && file_list(journals, &names, NULL) == 0 && names.n > 0;
    file_names_free(&names);
    free(journals);
    free(package);
    return used;
}

/* A listed file: a package, or a supplement. */
struct item {
    struct repository_file file;
    const struct target_package *package;       /* or NULL */
    const struct target_supplement *supplement; /* or NULL */
    char *to, *part;                            /* part NULL: not wanted */
};

struct pulling {
    const struct repository *r;
    struct trust *t;
    const char *home;
    char *packages, *supplements; /* folders */
    struct item *item;            /* supplements first */
    size_t n;
};

static void add_supplement(struct pulling *p, const struct target_supplement *s)
{
    struct item *i = &p->item[p->n++];
    i->supplement = s;
    i->file = repository_file_of_supplement(p->r, s);
    i->to = path_join(p->supplements, path_base(i->file.name));
    if (!repository_file_is_here(i->to, &i->file))
        i->part = repository_part(p->supplements, &i->file);
}

static void add_package(struct pulling *p, const struct target_package *t)
{
    struct item *i = &p->item[p->n++];
    i->package = t;
    i->file = repository_file_of(p->r, t);
    i->to = accepted_path(p->home, t);
    if (!repository_file_is_here(i->to, &i->file) && !is_used(p->home, t))
        i->part = repository_part(p->packages, &i->file);
}

static void pulling_init(struct pulling *p, const struct repository *r, struct trust *t, const char *home)
{
    const struct targets *targets = r->targets;
    *p = (struct pulling){.r = r,
                          .t = t,
                          .home = home,
                          .packages = path_join(home, "packages"),
                          .supplements = supplements_folder(home)};
    p->item = mem_alloc((targets->n_packages + targets->n_supplements + 1) * sizeof *p->item);
    for (size_t i = 0; i < targets->n_supplements; i++)
        add_supplement(p, &targets->supplement[i]);
    for (size_t i = 0; i < targets->n_packages; i++)
        add_package(p, &targets->package[i]);
}

static void pulling_release(struct pulling *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->item[i].part);
        free(p->item[i].to);
    }
    free(p->item);
    free(p->packages);
    free(p->supplements);
}

/* Of files that no index lists any more, or another version of them. */
static void drop_old_parts(const struct pulling *p)
{
    struct repository_file *file = mem_alloc((p->n + 1) * sizeof *file);
    for (size_t i = 0; i < p->n; i++)
        file[i] = p->item[i].file;
    repository_drop_parts(p->packages, file, p->n);
    repository_drop_parts(p->supplements, file, p->n);
    free(file);
}

static int check_item(const struct pulling *p, const struct item *i, struct err *e)
{
    return i->package ? repository_check_package(p->r, i->package, i->part, p->t, e)
                      : repository_check_supplement(p->r, i->supplement, i->part, p->t, e);
}

/* What the index names and what does not verify will not do so next time. */
static int fetch_item(const struct pulling *p, const struct item *i, int64_t now_ms, struct err *e)
{
    if (i->package && i->package->expiry_ms <= now_ms)
        return err_set(e, ERR_NO, i->file.name, _("the package expired at %s"), i->package->expiry);
    int r = repository_fetch(p->r, &i->file, i->part, e);
    if (r == 0 && (r = check_item(p, i, e)) < 0)
        unlink(i->part);
    return r;
}

static int fetch_all(const struct pulling *p, int64_t now_ms, struct err *e)
{
    int r = file_mkdirs(p->packages, false, e);
    if (r == 0 && p->r->targets->n_supplements)
        r = file_mkdirs(p->supplements, false, e);
    if (r == 0)
        drop_old_parts(p);
    for (size_t i = 0; i < p->n && r == 0; i++)
        if (p->item[i].part)
            r = fetch_item(p, &p->item[i], now_ms, e);
    return r;
}

static int put_in_place(const struct pulling *p, bool packages, struct err *e)
{
    const char *folder = packages ? p->packages : p->supplements;
    bool any = false;
    for (size_t i = 0; i < p->n; i++) {
        const struct item *item = &p->item[i];
        if (!item->part || (item->package != NULL) != packages)
            continue;
        any = true;
        if (rename(item->part, item->to) < 0)
            return err_sys(e, item->to, _("cannot put in place"));
    }
    return any ? file_sync_dir(folder, e) : 0;
}

/* Supplements before the trust moves on: a station that knows of a supplement has it. */
static int accept_all(const struct pulling *p, struct err *e)
{
    const struct repository *r = p->r;
    int result = put_in_place(p, false, e);
    if (result == 0)
        result = trust_accept(p->t, r->targets_document, &r->targets_signatures, r->snapshot->version,
                              r->timestamp->version, e);
    return result < 0 ? result : put_in_place(p, true, e);
}

int repository_pull(struct source *s, struct trust *t, const char *home, int64_t now_ms,
                    repository_told_fn *tell, void *context, struct err *e)
{
    struct repository *r = NULL;
    struct pulling p;
    int result = repository_begin(&r, s, t, home, now_ms, e);
    if (result < 0)
        return result;
    pulling_init(&p, r, t, home);
    result = fetch_all(&p, now_ms, e);
    if (result == 0)
        result = accept_all(&p, e);
    for (size_t i = 0; i < p.n && result == 0 && tell; i++)
        if (p.item[i].package)
            tell(context, p.item[i].package, p.item[i].part != NULL);
    pulling_release(&p);
    repository_close(r);
    return result;
}
