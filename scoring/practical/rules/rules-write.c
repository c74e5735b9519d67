/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/xml.h"
#include "scoring/practical/rules/rules.h"

static void new_line(struct xml_out *o, unsigned depth)
{
    char text[4 + 2 * RULES_MAX_DEPTH + 4];
    size_t n = 0;
    text[n++] = '\n';
    while (depth-- > 0 && n + 3 < sizeof text) {
        text[n++] = ' ';
        text[n++] = ' ';
    }
    text[n] = '\0';
    xml_put_text(o, text);
}

static void put_if(struct xml_out *o, const char *name, const char *value)
{
    if (value)
        xml_put(o, name, value);
}

static void put_file(struct xml_out *o, const struct rules_file *f)
{
    new_line(o, 1);
    xml_open(o, "file");
    xml_put(o, "id", f->id);
    xml_put(o, "path", f->paths);
    put_if(o, "start", f->start);
    if (f->family && (f->n_paths == 0 || rules_family_of(f->path[0]) != f->family))
        xml_put(o, "family", f->family->name);
    if (f->has_cap)
        xml_put_points(o, "cap", f->cap);
    xml_close(o);
}

static void put_check(struct xml_out *o, const struct rules *r, const struct rules_check *c, unsigned depth)
{
    static const char *const gates[] = {NULL, "group", "file", "task"};
    new_line(o, depth);
    xml_open(o, c->forbid ? "forbid" : "check");
    xml_put(o, "id", c->id);
    if (c->title[0])
        xml_put(o, "title", c->title);
    xml_put(o, "kind", c->kind->name);
    if (c->file != RULES_NONE)
        xml_put(o, "file", r->file[c->file].id);
    put_if(o, "path", c->path);
    for (size_t i = 0; i < c->at.n; i++)
        xml_put(o, c->at.key[i].name, c->at.key[i].value);
    put_if(o, "of", c->argument);
    xml_put(o, "expect", c->expect);
    put_if(o, "tolerance", c->tolerance);
    if (c->unchanged_counts)
        xml_put(o, "unchanged", "counts");
    if (c->gate)
        xml_put(o, "gate", gates[c->gate]);
    else
        xml_put_points(o, "points", c->points);
    xml_close(o);
}

static void put_members(struct xml_out *o, const struct rules *r, size_t group, unsigned depth);

static void put_group(struct xml_out *o, const struct rules *r, size_t index, unsigned depth)
{
    const struct rules_group *g = &r->group[index];
    new_line(o, depth);
    xml_open(o, "group");
    if (g->title[0])
        xml_put(o, "title", g->title);
    xml_put(o, "mode", rules_mode_name(g->mode));
    if (g->has_points)
        xml_put_points(o, "points", g->maximum);
    if (g->has_cap)
        xml_put_points(o, "cap", g->cap);
    put_members(o, r, index, depth + 1);
    new_line(o, depth);
    xml_close(o);
}

/* Checks and groups as they stand in the document, one after the other. */
static void put_members(struct xml_out *o, const struct rules *r, size_t group, unsigned depth)
{
    size_t check = 0, inner = group + 1;
    for (;;) {
        while (check < r->n_checks && r->check[check].group != group)
            check++;
        while (inner < r->n_groups && r->group[inner].parent != group)
            inner++;
        bool has_check = check < r->n_checks, has_group = inner < r->n_groups;
        if (!has_check && !has_group)
            return;
        if (has_check && (!has_group || r->check[check].order < r->group[inner].order))
            put_check(o, r, &r->check[check++], depth);
        else
            put_group(o, r, inner++, depth);
    }
}

int rules_write(const struct rules *r, struct bytes *out, struct err *e)
{
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "rules");
    xml_put(&o, "xmlns", RULES_NS);
    xml_put(&o, "id", r->id);
    if (r->title[0])
        xml_put(&o, "title", r->title);
    if (r->version[0])
        xml_put(&o, "version", r->version);
    if (r->today && r->today[0])
        xml_put(&o, "today", r->today);
    xml_put_points(&o, "points", r->points);
    if (r->group[0].has_cap)
        xml_put_points(&o, "cap", r->group[0].cap);
    for (size_t i = 0; i < r->n_files; i++)
        put_file(&o, &r->file[i]);
    put_members(&o, r, 0, 1);
    new_line(&o, 0);
    xml_close(&o);
    return xml_end(&o, e);
}
