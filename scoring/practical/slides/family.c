/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/slides/find.h"
#include "scoring/practical/slides/pptx.h"

static int slides_open(void **ret, const struct practical_folder *folder, const char *path, struct err *e)
{
    const struct practical_file *file = practical_find(folder, path);
    struct slides *s = NULL;
    struct parts *p = NULL;
    if (!file)
        return err_set(e, ERR_NO, path, _("there is no such file"));
    if (file->skipped)
        return err_set(e, ERR_DATA, path, "%s", file->skipped);
    int r = 0;
    if (odf_recognised(file->bytes)) {
        r = odf_read_slides(&s, path, file->bytes, e);
    } else {
        r = parts_open(&p, path, file->bytes, e);
        if (r == 0)
            r = pptx_read(&s, p, e);
        parts_close(p);
    }
    *ret = s;
    return r;
}

static void slides_close(void *document)
{
    slides_free(document);
}

enum {
    MAX_PLACES = 5000, /* of one kind that are listed */
    MAX_RUNS = 100,    /* of one paragraph: each is found again by its text */
};

struct listing {
    struct check_target target;
    struct arena *arena; /* of one fact */
    size_t n;
    fact_sink_fn *sink;
    void *context;
    const struct check_kind *kind;
    const struct slides_getter *getter;
};

static void add_key(struct locator_key *key, struct locator *at, struct arena *a, const char *name,
                    int number)
{
    if (number > 0)
        key[at->n++] = (struct locator_key){name, arena_printf(a, "%d", number)};
}

/* Which of the shapes that this kind of check counts. */
static int shape_index(const struct listing *l, const struct slides_place *p)
{
    int n = 0;
    for (const struct slides_shape *s = p->slide->shape; s; s = s->next) {
        n += !l->getter->shapes || (l->getter->shapes & 1u << s->kind);
        if (s == p->shape)
            break;
    }
    return n;
}

static bool is_far(const struct slides_place *p)
{
    size_t n = 0;
    for (const struct slides_run *r = p->paragraph->run; r != p->run; r = r->next)
        if (++n == MAX_RUNS)
            return true;
    return false;
}

static bool give(void *context, const struct slides_place *place)
{
    struct listing *l = context;
    struct slides_place p = *place;
    struct locator_key key[8];
    struct locator at = {.key = key};
    struct fact f = {.state = FACT_FOUND, .value.type = l->kind->type};
    if (p.shape && l->getter->shapes && !(l->getter->shapes & 1u << p.shape->kind))
        return true;
    if (p.run && (slides_is_blank(p.run->text) || is_far(&p)))
        return true;
    p.target = &l->target;
    add_key(key, &at, l->arena, "slide", p.slide ? p.slide->number : 0);
    if (p.effect)
        add_key(key, &at, l->arena, "effect", p.effect_number);
    else if (p.shape)
        add_key(key, &at, l->arena, "shape", shape_index(l, &p));
    add_key(key, &at, l->arena, "row", p.row);
    add_key(key, &at, l->arena, "column", p.column);
    add_key(key, &at, l->arena, "paragraph", p.paragraph ? p.paragraph_number : 0);
    if (p.run)
        key[at.n++] = (struct locator_key){"run-text", p.run->text};
    f.place = slides_place_text(l->arena, &p);
    l->getter->get(&p, &f);
    l->sink(l->context, l->kind->name, &at, &f);
    arena_reset(l->arena);
    return ++l->n < MAX_PLACES;
}

static void slides_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context)
{
    struct arena *scratch = arena_new();
    (void)a;
    for (size_t i = 0; i < SLIDES_KINDS; i++) {
        struct listing l = {.target = *t,
                            .arena = scratch,
                            .sink = sink,
                            .context = context,
                            .kind = &slides_kinds[i],
                            .getter = &slides_getters[i]};
        l.target.kind = l.kind;
        if (!l.kind->argument)
            slides_visit(t->document, l.getter->level, scratch, give, &l);
    }
    arena_free(scratch);
}

const struct practical_family slides_family = {
    .name = "slides",
    .extensions = "pptx pptm ppsx potx odp fodp",
    .open = slides_open,
    .close = slides_close,
    .kind = slides_kinds,
    .n_kinds = SLIDES_KINDS,
    .enumerate = slides_enumerate,
};
