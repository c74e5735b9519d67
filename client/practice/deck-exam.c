/* SPDX-License-Identifier: Apache-2.0 */
/* Items of a practice package: verified as any package, opened with what lies in open.txt, items with their keys. */
#include "base/i18n.h"
#include "client/practice/deck.h"
#include "exam-packages/package.h"
#include "exam-packages/zip.h"

struct exam {
    struct trust *trust;
    struct package *package;
    struct age_identity unlock, close;
    struct bytes key;
    struct zip *inner;
    struct paper *paper;
};

static int open_exam(struct exam *x, const char *path, const char *home, struct err *e)
{
    int r = trust_load(&x->trust, home, e);
    if (r < 0)
        return err_hint(e, _("a practice package is verified like any other: name a station or an office with -C"));
    r = package_open(&x->package, path, x->trust, e);
    if (r == 0 && !package_manifest(x->package)->practice) {
        r = err_set(e, ERR_NO, path, _("this package is sealed for an exam"));
        err_hint(e, _("it is sat with kaochang-client sit; practice packages are made with kaochang pack --practice"));
    }
    if (r == 0)
        r = package_recover(x->package, NULL, &x->unlock, &x->close, e);
    if (r == 0)
        r = package_open_part(x->package, "key.age", &x->close, &x->key, e);
    if (r == 0)
        r = zip_open_span(&x->inner, bytes_span(&x->key), e);
    if (r == 0)
        r = paper_read(&x->paper, "paper.xml", zip_get(x->inner, "paper.xml"), e);
    return r;
}

static void close_exam(struct exam *x)
{
    paper_free(x->paper);
    zip_close(x->inner);
    bytes_release(&x->key);
    age_identity_free(&x->unlock);
    age_identity_free(&x->close);
    package_close(x->package);
    trust_free(x->trust);
}

static void add_items(struct deck *d, const struct exam *x, const struct paper_form *form)
{
    for (size_t i = 0; i < paper_form_items(form); i++) {
        const struct paper_section *section;
        const struct paper_item *item = paper_form_item(form, i, &section);
        const char *name = arena_printf(d->arena, "items/%s.xml", item->id);
        deck_add(d, &(struct deck_entry){.name = name,
                                         .section = section->title,
                                         .document = zip_get(x->inner, name),
                                         .points = item->points});
    }
}

int deck_add_exam(struct deck *d, const char *path, const struct deck_options *o, struct err *e)
{
    struct exam x = {0};
    int r = open_exam(&x, path, o->home, e);
    const struct paper_form *form = NULL;
    if (r == 0)
        form = o->form ? paper_form(x.paper, o->form) : &x.paper->form[0];
    if (r == 0 && !form)
        r = err_set(e, ERR_USAGE, path, _("it has no form %.60s"), o->form);
    if (r == 0) {
        d->title = arena_strdup(d->arena, x.paper->title);
        add_items(d, &x, form);
    }
    close_exam(&x);
    return r;
}
