/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/rules/rules-internal.h"

static const char *const own_attributes[] = {"id",     "kind", "file",      "title", "expect", "tolerance",
                                             "points", "of",   "unchanged", "gate",  "path"};

enum { MAX_NAME = 60 };

/* Letters to put in, take out or replace (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t row[MAX_NAME + 1], n = strlen(b);
    if (strlen(a) > MAX_NAME || n > MAX_NAME)
        return MAX_NAME;
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= n; k++) {
            size_t best = corner + (a[i - 1] != b[k - 1]);
            corner = row[k];
            best = row[k] + 1 < best ? row[k] + 1 : best;
            row[k] = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
        }
    }
    return row[n];
}

static const char *nearest_kind(const char *name)
{
    const char *best = NULL;
    size_t least = MAX_NAME;
    for (const struct practical_family *const *f = practical_families; *f; f++)
        for (size_t i = 0; i < (*f)->n_kinds; i++) {
            size_t d = distance(name, (*f)->kind[i].name);
            if (d < least) {
                least = d;
                best = (*f)->kind[i].name;
            }
        }
    return least <= strlen(name) / 2 ? best : NULL;
}

static void unknown_kind(struct rules_faults *f, unsigned line, const char *name)
{
    const char *near = nearest_kind(name);
    if (near)
        rules_fault(f, line, _("there is no kind \"%.60s\"; did you mean \"%s\"?"), name, near);
    else
        rules_fault(f, line, _("there is no kind \"%.60s\""), name);
}

static bool among(const char *name, const char *words)
{
    size_t n = strlen(name);
    for (const char *p = words ? words : ""; *p; p += strspn(p, " ")) {
        size_t length = strcspn(p, " ");
        if (length == n && strncmp(p, name, n) == 0)
            return true;
        p += length;
    }
    return false;
}

static bool is_own(const char *name)
{
    for (size_t i = 0; i < sizeof own_attributes / sizeof *own_attributes; i++)
        if (strcmp(own_attributes[i], name) == 0)
            return true;
    return false;
}

static void read_locators(struct rules *r, const struct xml_doc *d, const struct xml_node *n,
                          struct rules_check *c, struct rules_faults *f)
{
    const char *ns, *name, *value;
    size_t count = 0;
    while (xml_attr_at(d, n, count, &ns, &name, &value))
        count++;
    struct locator_key *key = arena_array(r->arena, count + 1, sizeof *key);
    for (size_t i = 0; xml_attr_at(d, n, i, &ns, &name, &value); i++) {
        bool known = among(name, c->kind->locators);
        if (is_own(name) && !(known && strcmp(name, "path") == 0))
            continue;
        if (!known)
            rules_fault(f, c->line, _("%s takes no \"%.60s\"; it takes: %s"), c->kind->name, name,
                        c->kind->locators && *c->kind->locators ? c->kind->locators : "-");
        key[c->at.n++] = (struct locator_key){arena_strdup(r->arena, name), arena_strdup(r->arena, value)};
    }
    c->at.key = key;
}

static void read_file_of(const struct rules *r, const struct xml_doc *d, const struct xml_node *n,
                         struct rules_check *c, struct rules_faults *f)
{
    const char *id = xml_attr(d, n, "file"), *path = xml_attr(d, n, "path");
    if (path && !among("path", c->kind->locators)) {
        c->path = arena_strdup(r->arena, path);
        if (id || c->family->open)
            rules_fault(f, c->line, _("%s takes file=\"…\", not path"), c->kind->name);
    }
    for (size_t i = 0; id && i < r->n_files; i++)
        if (strcmp(r->file[i].id, id) == 0)
            c->file = i;
    if (id && c->file == RULES_NONE)
        rules_fault(f, c->line, _("file=\"%.60s\": there is no <file> of that id"), id);
    if (!c->family->open)
        return;
    if (!id)
        rules_fault(f, c->line, _("%s needs file=\"…\": it looks into one"), c->kind->name);
    else if (c->file != RULES_NONE && r->file[c->file].family != c->family)
        rules_fault(f, c->line, _("%s looks into files of the family %s, and \"%.60s\" is none"),
                    c->kind->name, c->family->name, r->file[c->file].paths);
}

static void read_expectation(struct rules *r, const struct xml_doc *d, const struct xml_node *n,
                             struct rules_check *c, struct rules_faults *f)
{
    const char *expect = xml_attr(d, n, "expect"), *tolerance = xml_attr(d, n, "tolerance");
    struct err e = {0};
    if (!expect) {
        rules_fault(f, c->line, _("<%s> has no attribute \"%s\""), xml_name(n), "expect");
        return;
    }
    c->expect = arena_strdup(r->arena, expect);
    c->tolerance = tolerance ? arena_strdup(r->arena, tolerance) : NULL;
    if (expectation_read(&c->expectation, r->arena, c->kind, c->expect, c->tolerance, &e) < 0)
        rules_fault(f, c->line, "%s", e.what);
}

void rules_read_check(struct rules *r, const struct xml_doc *d, const struct xml_node *n,
                      struct rules_check *c, struct rules_faults *f)
{
    const char *kind = xml_attr(d, n, "kind"), *of = xml_attr(d, n, "of");
    if (!kind) {
        rules_fault(f, c->line, _("<%s> has no attribute \"%s\""), xml_name(n), "kind");
        return;
    }
    c->kind = check_kind_find(kind, &c->family);
    if (!c->kind) {
        unknown_kind(f, c->line, kind);
        return;
    }
    c->argument = of ? arena_strdup(r->arena, of) : NULL;
    if (of && !c->kind->argument)
        rules_fault(f, c->line, _("%s takes no \"of\""), c->kind->name);
    if (!of && c->kind->argument)
        rules_fault(f, c->line, _("%s needs of=\"…\": %s"), c->kind->name, _(c->kind->argument));
    read_locators(r, d, n, c, f);
    read_file_of(r, d, n, c, f);
    read_expectation(r, d, n, c, f);
}
