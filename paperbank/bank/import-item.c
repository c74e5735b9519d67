/* SPDX-License-Identifier: Apache-2.0 */
/* One item: what its document says, and whether it can be taken. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/bank/import-store.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/task-files.h"
#include "paperbank/bank/words.h"
#include "paperbank/item/stimulus.h"
#include "paperbank/item/view.h"

static char *printable(struct arena *a, const char *s)
{
    char *copy = arena_strdup(a, s);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return copy;
}

static int first_problem(const struct item *item, const char *file, struct arena *a, struct err *e)
{
    if (item->n_problems == 0)
        return 0;
    const char *place = arena_printf(a, "%s:%u", file, item->problem[0].line);
    if (item->n_problems > 1)
        return err_set(e, ERR_DATA, place, _("%s (and %zu more)"), item->problem[0].what,
                       item->n_problems - 1);
    return err_set(e, ERR_DATA, place, "%s", item->problem[0].what);
}

static int check_item(const struct item *item, const char *file, enum item_delivery delivery, struct arena *a,
                      struct err *e)
{
    struct bytes view = {0};
    if (!path_is_plain_name(item->identifier))
        return err_set(e, ERR_DATA, file,
                       _("the identifier \"%.100s\" is not a plain name of letters, digits, dot, "
                         "hyphen and underline"),
                       item->identifier);
    if (delivery == DELIVERY_NONE)
        return item_deliverable(item, e); /* first of all: what the item lacks, however faulty the rest */
    int r = first_problem(item, file, a, e);
    if (r == 0 && delivery == DELIVERY_TERMINAL)
        r = item_view_write(item, &view, e);
    bytes_release(&view);
    return r;
}

static int check_enemies(const struct item *item, const struct prepared_item *p, struct err *e)
{
    for (size_t i = 0; p->metadata && i < p->metadata->n_enemies; i++)
        if (strcmp(p->metadata->enemy[i], item->identifier) == 0)
            return err_set(e, ERR_DATA, NULL, _("it is named among its own enemies"));
    return 0;
}

static int look_at(const struct prepared_item *p, struct incoming *in, struct err *e)
{
    const struct item *item = in->item;
    enum item_delivery delivery = item_delivery(item, NULL);
    int r = check_item(item, p->file, delivery, in->arena, e);
    if (r == 0)
        r = check_enemies(item, p, e);
    if (r == 0)
        r = item_max_score(item, &in->max_score, e);
    if (r < 0)
        return r;
    if (item->kind == ITEM_MATERIAL)
        in->max_score = points_milli(0);
    in->kind = item_kind_name(item->kind);
    in->delivery = item_delivery_name(delivery);
    in->title = printable(in->arena, item->title);
    in->stem = item_stem(item, in->arena);
    r = media_take(&in->pictures, &in->xml, item, p, delivery == DELIVERY_TERMINAL, in->arena, e);
    if (r == 0)
        r = task_files_take(&in->files, item, p, e);
    in->original = p->original.p || span_equal(in->xml, p->xml) ? p->original : p->xml;
    return r;
}

/* Items of one stimulus can be told by it later on: the bank's documents hold its content alone. */
static const char *stimulus_of(const struct incoming *in)
{
    const struct xml_doc *d = in->item->doc;
    const struct xml_node *n = xml_child(xml_root(d), "assessmentStimulusRef");
    const char *id = n ? xml_attr(d, n, "identifier") : NULL;
    return id && strlen(id) <= 60 && path_is_plain_name(id) ? arena_strdup(in->arena, id) : NULL;
}

/* Reads the item again with the content of the stimuli that it names. */
static int with_stimuli(struct prepared_item *p, struct incoming *in, struct err *e)
{
    struct bytes xml = {0};
    struct span own = p->original.p ? p->original : p->xml;
    if (!item_has_stimuli(in->item) || in->item->n_problems)
        return 0;
    in->stimulus = stimulus_of(in);
    int r = item_put_stimuli(in->item, p->source, p->path, &xml, e);
    if (r == 0) {
        p->original = own;
        p->xml = span_of(arena_copy(in->arena, xml.p, xml.n), xml.n);
        item_free(in->item);
        in->item = NULL;
        r = item_read_lenient(&in->item, p->file, p->xml, e);
    }
    bytes_release(&xml);
    return r;
}

static void search_element(const struct xml_node *n, unsigned line, const char *reason,
                           const struct xml_node **ret)
{
    if (xml_line(n) == line && (!*ret || strstr(reason, xml_name(n))))
        *ret = n;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        search_element(c, line, reason, ret);
}

/* The element that begins in the line of a fault; of several the one that the reason names. */
static const char *element_at(const struct item *item, const struct err *why)
{
    const struct xml_node *found = NULL;
    const char *colon = strrchr(why->where, ':');
    unsigned line = colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0;
    if (item && item->doc && line)
        search_element(xml_root(item->doc), line, why->what, &found);
    return found ? xml_name(found) : "";
}

static int refuse(struct import *im, const struct prepared_item *p, const struct incoming *in,
                  const struct err *why, struct err *e)
{
    const char *id = in->item ? in->item->identifier : "";
    return import_refuse(im, p->file, p->line, id, element_at(in->item, why), why, e);
}

static int take(struct import *im, struct prepared_item *p, struct incoming *in, struct err *e)
{
    struct err why = {0};
    const char *first = NULL;
    if (item_read_lenient(&in->item, p->file, p->xml, &why) < 0 || with_stimuli(p, in, &why) < 0 ||
        look_at(p, in, &why) < 0)
        return refuse(im, p, in, &why, e);
    const char *place = p->line ? arena_printf(in->arena, "%s:%u", p->file, p->line) : p->file;
    int r = import_seen(im, in->item->identifier, place, in->arena, &first, e);
    if (r < 0)
        return r;
    if (first) {
        err_set(&why, ERR_DATA, NULL, _("an item of this identifier has come already in this package: %s"),
                first);
        return refuse(im, p, in, &why, e);
    }
    return import_decide(im, p, in, e);
}

int import_one(struct import *im, const struct prepared_item *p, struct err *e)
{
    struct incoming in = {.arena = arena_new()};
    struct prepared_item own = *p;
    int r = take(im, &own, &in, e);
    task_files_free(in.files);
    media_free(in.pictures);
    item_free(in.item);
    arena_free(in.arena);
    return r;
}
