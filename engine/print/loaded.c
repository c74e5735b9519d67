/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/print/loaded.h"

#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/instance.h"
#include "paperbank/item/view.h"

static bool part_on_paper(enum item_interaction_kind k)
{
    return k < INTERACTION_UPLOAD;
}

static bool has_unsupported(const struct item_node *n)
{
    for (; n; n = n->next)
        if (n->kind == NODE_UNSUPPORTED || has_unsupported(n->child))
            return true;
    return false;
}

static void fill_parts(struct loaded_item *i, struct span seed, struct arena *a)
{
    for (const struct item_interaction *x = i->view->interaction; x; x = x->next)
        i->n_parts++;
    i->part = arena_array(a, i->n_parts + 1, sizeof *i->part);
    struct loaded_part *p = i->part;
    for (const struct item_interaction *x = i->view->interaction; x; x = x->next, p++) {
        *p = (struct loaded_part){.interaction = x,
                                  .order = arena_array(a, x->n_choices + 1, sizeof *p->order),
                                  .target_order = arena_array(a, x->n_targets + 1, sizeof *p->target_order)};
        item_choice_order(x, seed, p->order);
        item_target_order(x, seed, p->target_order);
        i->unfit = i->unfit || !part_on_paper(x->kind);
    }
    i->unfit = i->unfit || i->n_parts == 0 || has_unsupported(i->view->body);
}

/* With its numbers drawn; takes *item over. */
static int draw(struct item **item, struct span seed, struct err *e)
{
    struct item *drawn = NULL;
    if (!item_is_template(*item))
        return 0;
    int r = item_instantiate(&drawn, *item, seed, e);
    if (r < 0)
        return r;
    item_free(*item);
    *item = drawn;
    return 0;
}

/* An item of which candidates cannot be shown anything stays without a view: it is unfit for paper too. */
static int make_view(struct loaded_item *i, const struct item *whole, struct span seed, struct err *e)
{
    struct bytes text = {0};
    struct err no_view = {0};
    int r = 0;
    if (item_view_write(whole, &text, &no_view) == 0) {
        r = item_read(&i->view, i->ref->id, bytes_span(&text), e);
        if (r == 0)
            r = draw(&i->view, seed, e);
    }
    bytes_release(&text);
    return r;
}

static int read_item(struct loaded *l, struct loaded_item *i, bool keys, struct err *e)
{
    struct bytes text = {0};
    struct item *whole = NULL;
    const char *name = arena_printf(l->arena, "items/%s.xml", i->ref->id);
    struct span seed = item_seed(l->arena, l->exam->paper->id, l->form->id, i->ref->id);
    int r = l->exam->file(l->exam->context, name, &text, e);
    if (r == 0)
        r = item_read(&whole, name, bytes_span(&text), e);
    if (r == 0)
        r = make_view(i, whole, seed, e);
    i->unfit = !i->view;
    if (r == 0 && i->view)
        fill_parts(i, seed, l->arena);
    if (r == 0 && keys)
        r = draw(&whole, seed, e);
    if (r == 0 && keys)
        i->whole = whole;
    else
        item_free(whole);
    bytes_release(&text);
    return r;
}

int loaded_read(struct loaded *ret, const struct print_exam *x, const struct paper_form *form, bool keys,
                struct err *e)
{
    struct arena *a = arena_new();
    size_t n = paper_form_items(form);
    *ret = (struct loaded){
        .arena = a, .exam = x, .form = form, .item = arena_array(a, n + 1, sizeof *ret->item), .n = n};
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        ret->item[i].ref = paper_form_item(form, i, &ret->item[i].section);
        ret->item[i].number = i + 1;
        r = read_item(ret, &ret->item[i], keys, e);
    }
    if (r < 0)
        loaded_release(ret);
    return r;
}

void loaded_release(struct loaded *l)
{
    for (size_t i = 0; i < l->n; i++) {
        item_free(l->item[i].view);
        item_free(l->item[i].whole);
    }
    if (l->arena)
        arena_free(l->arena);
    *l = (struct loaded){0};
}

const char *loaded_letter(struct arena *a, size_t place)
{
    return place < 26 ? arena_printf(a, "%c", (char)('A' + place)) : arena_printf(a, "A%zu", place + 1);
}

size_t loaded_place(const struct item_choice *c, size_t n_choices, const uint32_t *order,
                    const char *identifier, size_t n)
{
    for (size_t i = 0; i < n_choices; i++) {
        const char *own = c[order[i]].identifier;
        if (strlen(own) == n && strncmp(own, identifier, n) == 0)
            return i;
    }
    return n_choices;
}

const struct loaded_part *loaded_part_for(const struct loaded_item *i, const char *response)
{
    for (size_t k = 0; k < i->n_parts; k++)
        if (strcmp(i->part[k].interaction->response, response) == 0)
            return &i->part[k];
    return NULL;
}
