/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/pictures.h"
#include "cli/package/tasks.h"
#include "paperbank/item/view.h"
#include "scoring/score.h"

/* The items of all forms, each once. */
struct content {
    struct span paper_xml;
    struct arena *arena;
    const char **id;
    struct bytes *full, *view;
    size_t n;
    struct part_pictures pictures; /* of the views */
    struct part_tasks tasks;       /* of the practical items */
};

static int by_id(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_items(struct content *c, const struct paper *p)
{
    size_t all = 0, n = 0;
    for (size_t f = 0; f < p->n_forms; f++)
        all += paper_form_items(&p->form[f]);
    c->id = arena_array(c->arena, all + 1, sizeof *c->id);
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t i = 0; i < paper_form_items(&p->form[f]); i++)
            c->id[n++] = paper_form_item(&p->form[f], i, NULL)->id;
    qsort(c->id, n, sizeof *c->id, by_id);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(c->id[c->n - 1], c->id[i]) != 0)
            c->id[c->n++] = c->id[i];
    c->full = mem_alloc((c->n + 1) * sizeof *c->full);
    c->view = mem_alloc((c->n + 1) * sizeof *c->view);
}

static int try_sealed(const struct content *c, const struct item *item, const char *path, struct err *e)
{
    bool practical = part_tasks_has(&c->tasks, item->identifier);
    int r = practical ? item_sealed_practical(item, e) : item_sealed(item, e);
    if (r < 0)
        err_within(e, path);
    return r < 0 || practical ? r : score_try_key(item, e);
}

static int load_item(struct content *c, size_t i, const char *exam, bool sealed, struct err *e)
{
    struct item *item = NULL;
    char *path = mem_printf("%s/items/%s.xml", exam, c->id[i]);
    int r = file_read(path, item_limits.bytes, &c->full[i], e);
    if (r == 0)
        r = item_read(&item, path, bytes_span(&c->full[i]), e);
    if (r == 0 && strcmp(item->identifier, c->id[i]) != 0)
        r = err_set(e, ERR_DATA, path, _("holds the item %s"), item->identifier);
    if (r == 0 && sealed)
        r = try_sealed(c, item, path, e);
    if (r == 0 && part_tasks_has(&c->tasks, c->id[i]))
        r = part_tasks_add(&c->tasks, c->id[i], e);
    if (r == 0 && (r = item_view_write(item, &c->view[i], e)) < 0)
        err_within(e, path);
    if (r == 0)
        r = item_view_check(path, bytes_span(&c->view[i]), e);
    if (r == 0)
        r = part_pictures_add(&c->pictures, path, bytes_span(&c->view[i]), e);
    item_free(item);
    free(path);
    return r;
}

static int write_container(struct content *c, const struct bytes *item, size_t padding,
                           struct bytes *out, struct err *e)
{
    struct zip_writer *w = zip_writer_new(out);
    int r = zip_add(w, "paper.xml", c->paper_xml, e);
    for (size_t i = 0; i < c->n && r == 0; i++)
        r = zip_add(w, arena_printf(c->arena, "items/%s.xml", c->id[i]), bytes_span(&item[i]), e);
    if (r == 0)
        r = part_tasks_write(&c->tasks, item == c->full, w, e);
    if (r == 0 && item == c->view)
        r = part_pictures_write(&c->pictures, w, e);
    if (r == 0 && item == c->full)
        r = zip_add(w, "padding", span_of(arena_alloc(c->arena, padding + 1), padding), e);
    if (r < 0) {
        zip_cancel(w);
        return r;
    }
    return zip_finish(w, e);
}

static int write_key(struct content *c, struct bytes *out, struct err *e)
{
    struct bytes unpadded = {0};
    int r = write_container(c, c->full, 0, &unpadded, e);
    size_t over = unpadded.n % INNER_KEY_MULTIPLE;
    if (r == 0)
        r = write_container(c, c->full, over ? INNER_KEY_MULTIPLE - over : 0, out, e);
    bytes_release(&unpadded);
    return r;
}

int inner_containers(const char *exam, const struct paper *paper, struct span paper_xml, bool sealed,
                     struct bytes *ret_paper, struct bytes *ret_key, struct err *e)
{
    struct content c = {.paper_xml = paper_xml, .arena = arena_new()};
    int r = 0;
    c.pictures = (struct part_pictures){.arena = c.arena, .exam = exam};
    c.tasks = (struct part_tasks){.arena = c.arena, .exam = exam};
    list_items(&c, paper);
    for (size_t i = 0; i < c.n && r == 0; i++)
        r = load_item(&c, i, exam, sealed, e);
    if (r == 0)
        r = write_container(&c, c.view, 0, ret_paper, e);
    if (r == 0)
        r = write_key(&c, ret_key, e);
    for (size_t i = 0; i < c.n; i++) {
        bytes_release(&c.full[i]);
        bytes_release(&c.view[i]);
    }
    part_tasks_release(&c.tasks);
    part_pictures_release(&c.pictures);
    free(c.full);
    free(c.view);
    arena_free(c.arena);
    return r;
}
