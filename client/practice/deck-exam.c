/* SPDX-License-Identifier: Apache-2.0 */
/* Items of a practice package: verified as any package, opened with what lies in open.txt, items with their
 * keys. */
#include <string.h>

#include "base/i18n.h"
#include "client/practice/deck.h"
#include "exam-packages/package.h"
#include "exam-packages/zip.h"

struct exam {
    struct trust *trust;
    struct package *package;
    struct age_identity unlock, close;
    struct bytes key, candidates; /* the two inner containers */
    struct zip *inner, *outer;    /* of them, in this order */
    struct paper *paper;
};

static int open_exam(struct exam *x, const char *path, const char *home, struct err *e)
{
    int r = trust_load(&x->trust, home, e);
    if (r < 0)
        return err_hint(
            e, _("a practice package is verified like any other: name a station or an office with -C"));
    r = package_open(&x->package, path, x->trust, e);
    if (r == 0 && !package_manifest(x->package)->practice) {
        r = err_set(e, ERR_NO, path, _("this package is sealed for an exam"));
        err_hint(e, _("it is sat with kaochang-client sit; practice packages are made with kaochang pack "
                      "--practice"));
    }
    if (r == 0)
        r = package_recover(x->package, NULL, &x->unlock, &x->close, e);
    if (r == 0)
        r = package_open_part(x->package, "key.age", &x->close, &x->key, e);
    if (r == 0)
        r = zip_open_span(&x->inner, bytes_span(&x->key), e);
    if (r == 0)
        r = package_open_part(x->package, "paper.age", &x->unlock, &x->candidates, e);
    if (r == 0)
        r = zip_open_span(&x->outer, bytes_span(&x->candidates), e);
    if (r == 0)
        r = paper_read(&x->paper, "paper.xml", zip_get(x->inner, "paper.xml"), e);
    return r;
}

static void close_exam(struct exam *x)
{
    paper_free(x->paper);
    zip_close(x->inner);
    zip_close(x->outer);
    bytes_release(&x->key);
    bytes_release(&x->candidates);
    age_identity_free(&x->unlock);
    age_identity_free(&x->close);
    package_close(x->package);
    trust_free(x->trust);
}

static void add_items(struct deck *d, const struct exam *x, const struct paper_form *form)
{
    for (size_t i = 0; i < paper_form_items(form); i++) {
        const struct paper_item *item = paper_form_item(form, i, NULL);
        const char *name = arena_printf(d->arena, "items/%s.xml", item->id);
        deck_try(d,
                 &(struct deck_entry){.name = name, .data = zip_get(x->inner, name), .points = item->points});
    }
}

/* Pictures lie in the candidate's part. */
static void keep_pictures(struct deck *d, const struct exam *x)
{
    size_t n = zip_count(x->outer);
    d->media = arena_array(d->arena, n, sizeof *d->media);
    for (size_t i = 0; i < n; i++)
        if (strncmp(zip_name(x->outer, i), "media/", 6) == 0) {
            struct span part = zip_part(x->outer, i);
            d->media[d->n_media++] =
                (struct deck_picture){.name = arena_strdup(d->arena, zip_name(x->outer, i)),
                                      .data = span_of(arena_copy(d->arena, part.p, part.n), part.n)};
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
        keep_pictures(d, &x);
        add_items(d, &x, form);
    }
    close_exam(&x);
    return r;
}
