/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/formula/calendar.h"
#include "scoring/practical/rules/rules-internal.h"

struct reader {
    struct rules *r;
    const struct xml_doc *d;
    struct rules_faults *f;
    uint32_t order;
};

static const char *attribute(struct reader *r, const struct xml_node *n, const char *name,
                             const char *otherwise)
{
    const char *v = xml_attr(r->d, n, name);
    if (!v && !otherwise)
        rules_fault(r->f, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), name);
    return v ? arena_strdup(r->r->arena, v) : otherwise ? otherwise : "";
}

static void only_attributes(struct reader *r, const struct xml_node *n, const char *const *known)
{
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(r->d, n, i, &ns, &name, &value); i++) {
        bool found = false;
        for (size_t k = 0; known[k] && !found; k++)
            found = !*ns && strcmp(known[k], name) == 0;
        if (!found)
            rules_fault(r->f, xml_line(n), _("<%s> has an unknown attribute \"%.60s\""), xml_name(n), name);
    }
}

/* True where the attribute is there. */
static bool points_of(struct reader *r, const struct xml_node *n, const char *name, points_t *ret)
{
    const char *text = xml_attr(r->d, n, name);
    struct err e;
    if (!text)
        return false;
    if (points_parse(text, ret, &e) < 0 || ret->milli < 0 || ret->milli > 100000000)
        rules_fault(r->f, xml_line(n), _("<%s> %s=\"%.60s\": write points as 2 or 2.5"), xml_name(n), name,
                    text);
    return true;
}

static const struct practical_family *family_named(const char *name)
{
    for (const struct practical_family *const *f = practical_families; *f; f++)
        if (strcmp((*f)->name, name) == 0)
            return *f;
    return NULL;
}

static void split_paths(struct reader *r, const struct xml_node *n, struct rules_file *file)
{
    struct arena *a = r->r->arena;
    const char *p = file->paths;
    file->path = arena_array(a, strlen(p) + 1, sizeof *file->path);
    while (*p) {
        size_t length = strcspn(p, "|");
        const char *one = text_trim(a, arena_strndup(a, p, length));
        if (!*one || *one == '/' || strstr(one, "..") || strchr(one, '\\'))
            rules_fault(r->f, xml_line(n), _("path=\"%.80s\": a path inside the work's folder is needed"),
                        one);
        file->path[file->n_paths++] = one;
        p += length + (p[length] == '|');
    }
}

static void read_file(struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"id", "path", "start", "family", "cap", NULL};
    struct rules_file *file = &r->r->file[r->r->n_files];
    const char *family = xml_attr(r->d, n, "family");
    only_attributes(r, n, known);
    *file = (struct rules_file){
        .id = attribute(r, n, "id", NULL), .paths = attribute(r, n, "path", NULL), .line = xml_line(n)};
    file->start = xml_attr(r->d, n, "start") ? attribute(r, n, "start", NULL) : NULL;
    file->has_cap = points_of(r, n, "cap", &file->cap);
    split_paths(r, n, file);
    file->family = family ? family_named(family) : file->n_paths ? rules_family_of(file->path[0]) : NULL;
    if (family && !file->family)
        rules_fault(r->f, file->line, _("there is no family \"%.60s\""), family);
    for (size_t i = 0; i < r->r->n_files; i++)
        if (strcmp(r->r->file[i].id, file->id) == 0)
            rules_fault(r->f, file->line, _("the id \"%.60s\" stands twice, first in line %u"), file->id,
                        r->r->file[i].line);
    r->r->n_files++;
}

static enum rules_mode mode_of(struct reader *r, const struct xml_node *n)
{
    const char *mode = attribute(r, n, "mode", "sum");
    for (enum rules_mode m = RULES_SUM; m <= RULES_BEST; m++)
        if (strcmp(rules_mode_name(m), mode) == 0)
            return m;
    rules_fault(r->f, xml_line(n), _("mode=\"%.60s\": sum, all or best"), mode);
    return RULES_SUM;
}

static void read_members(struct reader *r, const struct xml_node *n, size_t group, unsigned depth);

static void read_group(struct reader *r, const struct xml_node *n, size_t parent, unsigned depth)
{
    static const char *const known[] = {"title", "mode", "points", "cap", NULL};
    size_t index = r->r->n_groups;
    if (depth > RULES_MAX_DEPTH || index >= RULES_MAX_GROUPS) {
        rules_fault(r->f, xml_line(n), _("there are too many groups, or too deep in each other"));
        return;
    }
    struct rules_group *g = &r->r->group[r->r->n_groups++];
    only_attributes(r, n, known);
    *g = (struct rules_group){.title = attribute(r, n, "title", ""),
                              .mode = mode_of(r, n),
                              .parent = parent,
                              .order = r->order++,
                              .line = xml_line(n)};
    g->has_points = points_of(r, n, "points", &g->maximum);
    g->has_cap = points_of(r, n, "cap", &g->cap);
    read_members(r, n, index, depth);
}

static void same_ids(struct reader *r, const struct rules_check *c)
{
    for (const struct rules_check *o = r->r->check; o < c; o++)
        if (strcmp(o->id, c->id) == 0) {
            rules_fault(r->f, c->line, _("the id \"%.60s\" stands twice, first in line %u"), c->id, o->line);
            return;
        }
}

static enum rules_gate gate_of(struct reader *r, const struct xml_node *n)
{
    static const char *const names[] = {"group", "file", "task"};
    const char *gate = xml_attr(r->d, n, "gate");
    for (size_t i = 0; gate && i < 3; i++)
        if (strcmp(names[i], gate) == 0)
            return (enum rules_gate)(GATE_GROUP + i);
    if (gate)
        rules_fault(r->f, xml_line(n), _("gate=\"%.60s\": group, file or task"), gate);
    return GATE_NONE;
}

static void read_unchanged(struct reader *r, const struct xml_node *n, struct rules_check *c)
{
    const char *unchanged = xml_attr(r->d, n, "unchanged");
    c->unchanged_counts = unchanged && strcmp(unchanged, "counts") == 0;
    if (unchanged && !c->unchanged_counts)
        rules_fault(r->f, c->line, _("unchanged=\"%.60s\": \"counts\", or leave it out"), unchanged);
}

static void read_check(struct reader *r, const struct xml_node *n, size_t group)
{
    if (r->r->n_checks >= RULES_MAX_CHECKS) {
        rules_fault(r->f, xml_line(n), _("there are more than %d checks"), RULES_MAX_CHECKS);
        return;
    }
    struct rules_check *c = &r->r->check[r->r->n_checks];
    *c = (struct rules_check){.id = attribute(r, n, "id", NULL),
                              .title = attribute(r, n, "title", ""),
                              .forbid = xml_named(n, "forbid"),
                              .file = RULES_NONE,
                              .group = group,
                              .order = r->order++,
                              .line = xml_line(n)};
    c->has_points = points_of(r, n, "points", &c->points);
    if (c->forbid) {
        c->gate = gate_of(r, n);
        if (c->has_points == (c->gate != GATE_NONE))
            rules_fault(r->f, c->line, _("<forbid> takes either points or, with gate, all of them"));
    } else
        read_unchanged(r, n, c);
    same_ids(r, c);
    rules_read_check(r->r, r->d, n, c, r->f);
    if (c->gate == GATE_FILE && c->file == RULES_NONE)
        rules_fault(r->f, c->line, _("gate=\"file\" needs a file"));
    r->r->n_checks++;
}

static void read_members(struct reader *r, const struct xml_node *n, size_t group, unsigned depth)
{
    for (const struct xml_node *m = xml_first_element(n); m; m = xml_next_element(m)) {
        if (xml_named(m, "group"))
            read_group(r, m, group, depth + 1);
        else if (xml_named(m, "check") || xml_named(m, "forbid"))
            read_check(r, m, group);
        else if (group > 0 || !xml_named(m, "file"))
            rules_fault(r->f, xml_line(m), _("<%s> has no place in <%s>"), xml_name(m), xml_name(n));
    }
}

static size_t elements(const struct xml_node *n)
{
    size_t all = 1;
    for (n = xml_first_element(n); n; n = xml_next_element(n))
        all += elements(n);
    return all;
}

static void read_today(struct reader *reader, const struct xml_node *root)
{
    struct rules *r = reader->r;
    char *end = NULL;
    r->today = attribute(reader, root, "today", "");
    if (!*r->today)
        return;
    r->day[0] = (int32_t)strtol(r->today, &end, 10);
    r->day[1] = *end == '-' ? (int32_t)strtol(end + 1, &end, 10) : 0;
    r->day[2] = *end == '-' ? (int32_t)strtol(end + 1, &end, 10) : 0;
    if (*end || strlen(r->today) != 10 || r->day[0] < 1900 || !calendar_valid(r->day[0], r->day[1], r->day[2]))
        rules_fault(reader->f, xml_line(root), _("today=\"%.40s\" is no day such as 2026-06-01"), r->today);
}

void rules_read_tree(struct rules *r, const struct xml_doc *d, struct rules_faults *f)
{
    static const char *const known[] = {"id", "title", "version", "today", "points", "cap", NULL};
    const struct xml_node *root = xml_root(d);
    struct reader reader = {r, d, f, 0};
    if (!xml_named(root, "rules") || strcmp(xml_ns(root), RULES_NS) != 0) {
        rules_fault(f, xml_line(root), _("these are no rules: <rules xmlns=\"%s\"> is missing"), RULES_NS);
        return;
    }
    size_t n = elements(root);
    r->file = arena_array(r->arena, n, sizeof *r->file);
    r->group = arena_array(r->arena, n, sizeof *r->group);
    r->check = arena_array(r->arena, n, sizeof *r->check);
    only_attributes(&reader, root, known);
    r->id = attribute(&reader, root, "id", NULL);
    r->title = attribute(&reader, root, "title", "");
    r->version = attribute(&reader, root, "version", "");
    read_today(&reader, root);
    struct rules_group *whole = &r->group[r->n_groups++];
    *whole = (struct rules_group){.title = "", .parent = RULES_NONE, .line = xml_line(root)};
    whole->has_points = points_of(&reader, root, "points", &whole->maximum);
    whole->has_cap = points_of(&reader, root, "cap", &whole->cap);
    r->points = whole->maximum;
    if (!whole->has_points)
        rules_fault(f, whole->line, _("<%s> has no attribute \"%s\""), "rules", "points");
    for (const struct xml_node *m = xml_first_element(root); m; m = xml_next_element(m))
        if (xml_named(m, "file"))
            read_file(&reader, m);
    read_members(&reader, root, 0, 0);
    if (r->n_files > RULES_MAX_FILES)
        rules_fault(f, whole->line, _("there are more than %d files"), RULES_MAX_FILES);
    if (r->n_checks == 0)
        rules_fault(f, whole->line, _("there is no check"));
}
