/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/paper.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/xml.h"

struct paper *paper_new(void)
{
    struct arena *a = arena_new();
    struct paper *p = arena_alloc(a, sizeof *p);
    p->arena = a;
    p->ruleset = PAPER_RULESET;
    return p;
}

void paper_free(struct paper *p)
{
    if (p)
        arena_free(p->arena);
}

const struct paper_form *paper_form(const struct paper *p, const char *id)
{
    for (size_t i = 0; i < p->n_forms; i++)
        if (strcmp(p->form[i].id, id) == 0)
            return &p->form[i];
    return NULL;
}

size_t paper_form_items(const struct paper_form *f)
{
    size_t n = 0;
    for (size_t s = 0; s < f->n_sections; s++)
        n += f->section[s].n_items;
    return n;
}

const struct paper_item *paper_form_item(const struct paper_form *f, size_t i, const struct paper_section **ret_section)
{
    for (size_t s = 0; s < f->n_sections; s++) {
        if (i < f->section[s].n_items) {
            if (ret_section)
                *ret_section = &f->section[s];
            return &f->section[s].item[i];
        }
        i -= f->section[s].n_items;
    }
    return NULL;
}

bool paper_section_has_rules(const struct paper_section *s)
{
    return s->time_s || s->navigation == PAPER_LINEAR || s->once;
}

static int check_sections(const struct paper *p, const struct paper_form *f, struct err *e)
{
    int64_t time_s = 0;
    for (size_t i = 0; i < f->n_sections; i++) {
        const struct paper_section *s = &f->section[i];
        if (paper_section_has_rules(s) && s->n_items == 0)
            return err_set(e, ERR_DATA, f->id, _("section %s has rules but no items"), s->id);
        if (s->time_s < 0 || s->time_s > PAPER_MAX_TIME_S)
            return err_set(e, ERR_DATA, f->id, _("section %s: this is no time for a section"), s->id);
        time_s += s->time_s;
    }
    if (time_s > p->duration_s)
        return err_set(e, ERR_DATA, f->id, _("the sections have %lld seconds, the whole paper %lld"),
                       (long long)time_s, (long long)p->duration_s);
    return 0;
}

static int check_form(const struct paper *p, const struct paper_form *f, struct err *e)
{
    points_t sum = points_milli(0);
    size_t n = paper_form_items(f);
    if (!path_is_plain_name(f->id) || paper_form(p, f->id) != f)
        return err_set(e, ERR_DATA, f->id, _("the id of a form is not a plain name, or occurs twice"));
    if (n == 0 || n > PAPER_MAX_ITEMS)
        return err_set(e, ERR_DATA, f->id, _("a form has between 1 and %d items"), PAPER_MAX_ITEMS);
    for (size_t i = 0; i < n; i++) {
        const struct paper_item *item = paper_form_item(f, i, NULL);
        if (!path_is_plain_name(item->id))
            return err_set(e, ERR_DATA, f->id, _("\"%s\" is not a plain item name"), item->id);
        for (size_t j = 0; j < i; j++)
            if (strcmp(paper_form_item(f, j, NULL)->id, item->id) == 0)
                return err_set(e, ERR_DATA, f->id, _("item %s occurs twice"), item->id);
        if (item->set && !path_is_plain_name(item->set))
            return err_set(e, ERR_DATA, f->id, _("\"%s\" is not a plain name for a set of items"), item->set);
        if (item->points.milli < 0)
            return err_set(e, ERR_DATA, f->id, _("item %s has negative points"), item->id);
        int r = points_add(sum, item->points, &sum, e);
        if (r < 0)
            return r;
    }
    if (sum.milli != p->points.milli) {
        char have[32], want[32];
        return err_set(e, ERR_DATA, f->id, _("the items are worth %s points, the paper %s"),
                       points_text(sum, have, sizeof have), points_text(p->points, want, sizeof want));
    }
    return check_sections(p, f, e);
}

static int check(const struct paper *p, struct err *e)
{
    if (!path_is_plain_name(p->id))
        return err_set(e, ERR_DATA, NULL, _("\"%s\" is not a plain name for a paper"), p->id);
    if (p->n_forms == 0 || p->n_forms > PAPER_MAX_FORMS)
        return err_set(e, ERR_DATA, p->id, _("a paper has between 1 and %d forms"), PAPER_MAX_FORMS);
    if (p->pass.milli < 0 || p->pass.milli > p->high.milli || p->high.milli > p->points.milli)
        return err_set(e, ERR_DATA, p->id, _("pass line, high-score line and points must not fall"));
    if (p->duration_s <= 0 || p->earliest_hand_in_s < 0 || p->earliest_hand_in_s > p->duration_s)
        return err_set(e, ERR_DATA, p->id, _("the times of the paper do not fit each other"));
    for (size_t i = 0; i < p->n_forms; i++) {
        int r = check_form(p, &p->form[i], e);
        if (r < 0)
            return r;
    }
    return 0;
}

static void write_form(struct xml_out *o, const struct paper_form *f)
{
    xml_open(o, "form");
    xml_put(o, "id", f->id);
    for (size_t s = 0; s < f->n_sections; s++) {
        const struct paper_section *sec = &f->section[s];
        xml_open(o, "section");
        xml_put(o, "id", sec->id);
        xml_put(o, "title", sec->title);
        if (sec->time_s)
            xml_put_int(o, "time", sec->time_s);
        if (sec->navigation == PAPER_LINEAR)
            xml_put(o, "navigation", "linear");
        if (sec->once)
            xml_put(o, "reenter", "no");
        if (sec->shuffle)
            xml_put(o, "shuffle", "yes");
        for (size_t i = 0; i < sec->n_items; i++) {
            xml_open(o, "item");
            xml_put(o, "id", sec->item[i].id);
            xml_put_int(o, "version", sec->item[i].version);
            xml_put_points(o, "points", sec->item[i].points);
            if (sec->item[i].set)
                xml_put(o, "set", sec->item[i].set);
            xml_close(o);
        }
        xml_close(o);
    }
    xml_close(o);
}

static void put_flag(struct xml_out *o, const char *attr, bool value)
{
    if (value)
        xml_put(o, attr, "yes");
}

int paper_write(const struct paper *p, struct bytes *out, struct err *e)
{
    int r = check(p, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "paper");
    xml_put(&o, "xmlns", PAPER_NS);
    xml_put(&o, "id", p->id);
    xml_put(&o, "title", p->title);
    xml_put(&o, "ruleset", p->ruleset);
    xml_put_int(&o, "duration", p->duration_s);
    xml_put_int(&o, "earliestHandIn", p->earliest_hand_in_s);
    xml_put_points(&o, "points", p->points);
    xml_put_points(&o, "pass", p->pass);
    xml_put_points(&o, "high", p->high);
    put_flag(&o, "calculator", p->calculator);
    put_flag(&o, "notes", p->notes);
    put_flag(&o, "tutorial", p->tutorial);
    for (size_t i = 0; i < p->n_notices; i++) {
        xml_open(&o, "notice");
        xml_put_text(&o, p->notice[i]);
        xml_close(&o);
    }
    for (size_t i = 0; i < p->n_forms; i++)
        write_form(&o, &p->form[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

/* Children of `parent` with that name. */
static size_t count(const struct xml_node *parent, const char *name)
{
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(parent); c; c = xml_next_element(c))
        n += xml_named(c, name);
    return n;
}

static int read_items(struct paper *p, const struct xml_doc *d, const struct xml_node *n, struct paper_section *ret,
                      struct err *e)
{
    ret->item = arena_array(p->arena, count(n, "item"), sizeof *ret->item);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        const char *id;
        struct paper_item *item = &ret->item[ret->n_items];
        int r = xml_named(c, "item") ? xml_need(d, c, "id", &id, e) : xml_err(e, d, c, _("unknown element"));
        if (r < 0 || (r = xml_need_int(d, c, "version", 1, INT32_MAX, &item->version, e)) < 0 ||
            (r = xml_need_points(d, c, "points", &item->points, e)) < 0)
            return r;
        const char *set = xml_attr(d, c, "set");
        item->id = arena_strdup(p->arena, id);
        item->set = set ? arena_strdup(p->arena, set) : NULL;
        ret->n_items++;
    }
    return 0;
}

/* The one word that such an attribute may have: what it means otherwise is said by its absence. */
static int read_word(const struct xml_doc *d, const struct xml_node *n, const char *attr, const char *word,
                     bool *ret, struct err *e)
{
    const char *v = xml_attr(d, n, attr);
    if (v && strcmp(v, word) != 0)
        return xml_err(e, d, n, _("%s is \"%s\" or left out"), attr, word);
    *ret = v != NULL;
    return 0;
}

static int read_section_rules(const struct xml_doc *d, const struct xml_node *n, struct paper_section *ret,
                              struct err *e)
{
    bool linear = false;
    int r = xml_attr(d, n, "time") ? xml_need_int(d, n, "time", 1, PAPER_MAX_TIME_S, &ret->time_s, e) : 0;
    if (r < 0 || (r = read_word(d, n, "navigation", "linear", &linear, e)) < 0)
        return r;
    ret->navigation = linear ? PAPER_LINEAR : PAPER_FREE;
    r = read_word(d, n, "reenter", "no", &ret->once, e);
    return r < 0 ? r : read_word(d, n, "shuffle", "yes", &ret->shuffle, e);
}

static int read_form(struct paper *p, const struct xml_doc *d, const struct xml_node *n, struct paper_form *ret,
                     struct err *e)
{
    const char *id, *title;
    int r = xml_need(d, n, "id", &id, e);
    if (r < 0)
        return r;
    ret->id = arena_strdup(p->arena, id);
    ret->section = arena_array(p->arena, count(n, "section"), sizeof *ret->section);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        struct paper_section *sec = &ret->section[ret->n_sections];
        r = xml_named(c, "section") ? xml_need(d, c, "id", &id, e) : xml_err(e, d, c, _("unknown element"));
        if (r < 0 || (r = xml_need(d, c, "title", &title, e)) < 0)
            return r;
        sec->id = arena_strdup(p->arena, id);
        sec->title = arena_strdup(p->arena, title);
        if ((r = read_section_rules(d, c, sec, e)) < 0 || (r = read_items(p, d, c, sec, e)) < 0)
            return r;
        ret->n_sections++;
    }
    return 0;
}

static int read_rules(struct paper *p, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    const char *id, *title, *ruleset;
    int r;
    if ((r = xml_need(d, n, "id", &id, e)) < 0 || (r = xml_need(d, n, "title", &title, e)) < 0 ||
        (r = xml_need(d, n, "ruleset", &ruleset, e)) < 0 ||
        (r = xml_need_int(d, n, "duration", 1, PAPER_MAX_TIME_S, &p->duration_s, e)) < 0 ||
        (r = xml_need_int(d, n, "earliestHandIn", 0, PAPER_MAX_TIME_S, &p->earliest_hand_in_s, e)) < 0 ||
        (r = xml_need_points(d, n, "points", &p->points, e)) < 0 ||
        (r = xml_need_points(d, n, "pass", &p->pass, e)) < 0 ||
        (r = xml_need_points(d, n, "high", &p->high, e)) < 0 ||
        (r = read_word(d, n, "calculator", "yes", &p->calculator, e)) < 0 ||
        (r = read_word(d, n, "notes", "yes", &p->notes, e)) < 0 ||
        (r = read_word(d, n, "tutorial", "yes", &p->tutorial, e)) < 0)
        return r;
    p->id = arena_strdup(p->arena, id);
    p->title = arena_strdup(p->arena, title);
    p->ruleset = arena_strdup(p->arena, ruleset);
    return 0;
}

static int read_tree(struct paper *p, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    if (!xml_named(root, "paper") || strcmp(xml_ns(root), PAPER_NS) != 0)
        return xml_err(e, d, root, _("not a paper of this format"));
    int r = read_rules(p, d, root, e);
    if (r < 0)
        return r;
    p->notice = arena_array(p->arena, count(root, "notice"), sizeof *p->notice);
    p->form = arena_array(p->arena, count(root, "form"), sizeof *p->form);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c)) {
        if (xml_named(c, "notice"))
            p->notice[p->n_notices++] = xml_content(c, p->arena);
        else if (!xml_named(c, "form"))
            return xml_err(e, d, c, _("unknown element"));
        else if ((r = read_form(p, d, c, &p->form[p->n_forms], e)) < 0)
            return r;
        else
            p->n_forms++;
    }
    return 0;
}

int paper_read(struct paper **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct paper *p = paper_new();
    int r = xml_read(&d, name, data, NULL, e);
    if (r == 0)
        r = read_tree(p, d, e);
    if (r == 0)
        r = paper_write(p, &again, e) < 0 ? err_within(e, name) : 0;
    if (r == 0 && !span_equal(bytes_span(&again), data))
        r = err_set(e, ERR_DATA, name, _("not in canonical form"));
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        paper_free(p);
        return r;
    }
    *ret = p;
    return 0;
}
