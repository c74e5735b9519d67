/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/browse/load.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/frame.h"
#include "paperbank/bank/check.h"
#include "paperbank/bank/edit.h"
#include "paperbank/bank/words.h"
#include "paperbank/item/expression/instance.h"
#include "paperbank/item/view.h"

void browse_item_free(struct browse_item *x)
{
    if (!x)
        return;
    work_free(x->work);
    work_free(x->solved);
    if (x->shown != x->keyed)
        item_free(x->shown);
    item_free(x->keyed);
    item_free(x->whole);
    arena_free(x->arena);
}

/* ---- what is shown ---- */

static void add_trouble(struct browse_item *x, const char *fmt, const struct err *e)
{
    char why[sizeof *e], text[2 * sizeof *e];
    say(text, sizeof text, fmt, say_error(why, sizeof why, e));
    x->trouble = arena_printf(x->arena, "%s%s%s", x->trouble, *x->trouble ? " " : "", text);
}

/* As the package carries it to the candidate, with the numbers of the same draw. */
static int as_candidate(struct browse_item *x, struct span seed, struct err *e)
{
    struct bytes bytes = {0};
    struct item *view = NULL;
    int r = item_view_write(x->whole, &bytes, e);
    if (r == 0)
        r = item_read(&view, x->about.id, bytes_span(&bytes), e);
    if (r == 0)
        r = item_instantiate(&x->shown, view, seed, e);
    item_free(view);
    bytes_release(&bytes);
    return r;
}

static struct work *work_of(const struct browse_item *x, const struct item *item, struct span seed,
                            struct pictures *pictures)
{
    struct work *w = work_new(1);
    w->pictures = pictures;
    work_set(w, 0, item, "", x->about.points, seed);
    return w;
}

static struct response_set key_of_item(const struct item *item, struct arena *a)
{
    struct response_set set = {.response =
                                   arena_array(a, item->n_declarations + 1, sizeof *set.response)};
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->what != DECLARED_RESPONSE || d->n_correct == 0)
            continue;
        struct response *r = &set.response[set.n++];
        r->identifier = d->identifier;
        r->value = arena_array(a, d->n_correct, sizeof *r->value);
        for (size_t k = 0; k < d->n_correct; k++)
            r->value[r->n++] = d->correct[k].text;
    }
    return set;
}

static const char *lines_of(struct browse_item *x,
                            void (*write)(const struct item *, struct arena *, struct bytes *))
{
    struct bytes out = {0};
    write(x->keyed, x->arena, &out);
    const char *text = out.n ? arena_strndup(x->arena, (const char *)out.p, out.n) : "";
    bytes_release(&out);
    return text;
}

static void prepare(struct browse_item *x, struct span seed, struct pictures *pictures)
{
    struct err e = {0};
    x->is_template = item_is_template(x->whole);
    if (item_instantiate(&x->keyed, x->whole, seed, &e) < 0) {
        add_trouble(x, _("It cannot be shown: %s"), &e);
        return;
    }
    if (as_candidate(x, seed, &e) < 0) {
        x->shown = x->keyed;
        x->words = lines_of(x, item_write_body);
    }
    if (item_sealed(x->whole, &e) < 0 || x->shown == x->keyed)
        add_trouble(x, _("No sealed exam takes it: %s"), &e);
    struct response_set key = key_of_item(x->keyed, x->arena);
    x->work = work_of(x, x->shown, seed, pictures);
    x->solved = work_of(x, x->shown, seed, pictures);
    question_restore(&x->solved->question[0], &key);
    x->key = lines_of(x, item_write_key);
    x->explanation = lines_of(x, item_write_explanation);
}

static int point_title(struct browse_item *x, struct bank *bank, struct err *e)
{
    struct knowledge_point *p = NULL;
    size_t n = 0;
    int r = bank_knowledge_points(bank, x->arena, &p, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (strcmp(p[i].code, x->about.knowledge_point) == 0)
            x->point_title = p[i].title;
    return r;
}

int browse_load(struct browse_item **ret, struct bank *bank, const char *id, uint64_t draw,
                struct pictures *pictures, struct err *e)
{
    struct arena *a = arena_new();
    struct browse_item *x = arena_alloc(a, sizeof *x);
    *x = (struct browse_item){
        .arena = a, .point_title = "", .key = "", .words = "", .explanation = "", .trouble = ""};
    struct span xml = {0};
    struct err wrong = {0};
    int r = bank_item(bank, id, a, &x->about, e);
    if (r == 0)
        r = point_title(x, bank, e);
    if (r == 0)
        r = bank_item_xml(bank, id, x->about.version, a, &xml, e);
    if (r < 0) {
        browse_item_free(x);
        return r;
    }
    for (size_t i = 0; i < BROWSE_FIELDS; i++)
        x->value[i] = bank_field_text(&x->about, bank_field(i), a);
    const char *seed = arena_printf(a, "browse %llu %s", (unsigned long long)draw, id);
    if (item_read(&x->whole, id, xml, &wrong) < 0)
        add_trouble(x, _("It cannot be shown: %s"), &wrong);
    else
        prepare(x, span_str(seed), pictures);
    *ret = x;
    return 0;
}

/* ---- what is known ---- */

struct findings {
    struct browse_item *item;
    size_t room;
};

static void keep_finding(void *context, const struct bank_finding *f)
{
    struct findings *c = context;
    struct browse_item *x = c->item;
    if (x->n_findings == c->room) {
        struct browse_finding *more = arena_array(x->arena, 2 * c->room + 8, sizeof *more);
        for (size_t i = 0; i < x->n_findings; i++)
            more[i] = x->finding[i];
        x->finding = more;
        c->room = 2 * c->room + 8;
    }
    x->finding[x->n_findings++] =
        (struct browse_finding){arena_strdup(x->arena, f->what), arena_strdup(x->arena, f->todo)};
}

int browse_load_more(struct browse_item *x, struct bank *bank, struct err *e)
{
    const struct bank_item *i = &x->about;
    struct findings found = {.item = x};
    size_t n = 0;
    int r = bank_history(bank, i->id, x->arena, &x->event, &x->n_events, e);
    if (r == 0)
        r = bank_statistics(bank, i->id, x->arena, &x->statistic, &x->n_statistics,
                            &x->facility_in_use, e);
    if (r == 0)
        r = bank_item_pictures(bank, i->id, i->version, x->arena, &x->picture, &x->n_pictures, e);
    x->n_findings = 0;
    if (r == 0)
        r = bank_check_item(bank, i->id, keep_finding, &found, &n, e);
    x->complete = r == 0;
    return r;
}
