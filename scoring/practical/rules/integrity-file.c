/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/rules/compare.h"
#include "scoring/practical/rules/integrity-internal.h"
#include "scoring/practical/rules/rules.h"
#include "base/token.h"

enum { MAX_RSIDS = 5000, MAX_PARTS = 500, MAX_VALUE = 100 };

struct looking {
    struct traces *t;
    struct parts *parts;
    uint32_t owner;
};

static void add_text(const struct looking *k, enum trace_kind kind, const char *label,
                     const struct xml_tree_node *n)
{
    struct bytes text = {0};
    xml_tree_text(n, &text);
    const char *value = evidence_clean(k->t->arena, text.p ? (const char *)text.p : "", MAX_VALUE);
    value = text_trim(k->t->arena, value);
    bytes_release(&text);
    if (*value)
        traces_feature(k->t, kind, *label ? arena_printf(k->t->arena, "%s %s", label, value) : value,
                       k->owner);
}

static void add_value(const struct looking *k, enum trace_kind kind, const char *value)
{
    if (value && *value)
        traces_feature(k->t, kind, evidence_clean(k->t->arena, value, MAX_VALUE), k->owner);
}

/* docProps/core.xml and meta.xml name the same things by different names. */
static void look_at_properties(const struct looking *k, const char *part)
{
    static const struct {
        const char *name;
        enum trace_kind kind;
        const char *label;
    } rows[] = {{"creator", TRACE_CREATOR, "creator"},
                {"lastModifiedBy", TRACE_CREATOR, "last editor"},
                {"initial-creator", TRACE_CREATOR, "creator"},
                {"created", TRACE_CREATED, ""},
                {"creation-date", TRACE_CREATED, ""}};
    struct xml_tree *tree = NULL;
    struct err unwanted;
    if (!parts_has(k->parts, part) || parts_tree(k->parts, part, NULL, &tree, &unwanted) < 0)
        return;
    const struct xml_tree_node *root = xml_tree_root(tree);
    for (const struct xml_tree_node *n = xml_tree_walk(root, root); n; n = xml_tree_walk(root, n))
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (strcmp(n->name, rows[i].name) == 0)
                add_text(k, rows[i].kind, rows[i].label, n);
    xml_tree_free(tree);
}

static const char *value_of(const struct xml_tree_node *n)
{
    for (size_t i = 0; i < n->n_attributes; i++)
        if (strcmp(n->attribute[i].name, "val") == 0)
            return n->attribute[i].value;
    return NULL;
}

static void look_at_settings(const struct looking *k)
{
    struct xml_tree *tree = NULL;
    struct err unwanted;
    unsigned rsids = 0;
    if (!parts_has(k->parts, "word/settings.xml") ||
        parts_tree(k->parts, "word/settings.xml", NULL, &tree, &unwanted) < 0)
        return;
    const struct xml_tree_node *root = xml_tree_root(tree);
    for (const struct xml_tree_node *n = xml_tree_walk(root, root); n; n = xml_tree_walk(root, n)) {
        if (strcmp(n->name, "docId") == 0)
            add_value(k, TRACE_DOCUMENT, value_of(n));
        else if (strncmp(n->name, "rsid", 4) == 0 && strcmp(n->name, "rsids") != 0 && ++rsids <= MAX_RSIDS)
            add_value(k, TRACE_RSID, value_of(n));
    }
    xml_tree_free(tree);
}

static void look_at_workbook(const struct looking *k)
{
    struct xml_tree *tree = NULL;
    struct err unwanted;
    if (!parts_has(k->parts, "xl/workbook.xml") ||
        parts_tree(k->parts, "xl/workbook.xml", NULL, &tree, &unwanted) < 0)
        return;
    for (const struct xml_tree_node *n = xml_tree_first_element(xml_tree_root(tree)); n;
         n = xml_tree_next_element(n))
        for (size_t i = 0; strcmp(n->name, "revisionPtr") == 0 && i < n->n_attributes; i++)
            if (strcmp(n->attribute[i].name, "documentId") == 0)
                add_value(k, TRACE_DOCUMENT, n->attribute[i].value);
    xml_tree_free(tree);
}

/* Pictures and what was pasted: XML parts are alike by themselves. */
static void look_at_parts(const struct looking *k)
{
    unsigned seen = 0;
    for (size_t i = 0; i < parts_count(k->parts) && seen < MAX_PARTS; i++) {
        const char *name = parts_at(k->parts, i);
        uint8_t hash[32];
        char hex[65];
        struct err unwanted;
        bool media =
            strstr(name, "/media/") || strstr(name, "/embeddings/") || strncmp(name, "Pictures/", 9) == 0;
        if (!media || parts_hash(k->parts, name, hash, &unwanted) < 0)
            continue;
        seen++;
        add_value(k, TRACE_PART, hex_encode(hex, hash, 16));
    }
}

void traces_of_file(struct traces *t, const struct practical_file *f, uint32_t owner)
{
    struct looking k = {.t = t, .owner = owner};
    struct err unwanted;
    char hex[65];
    const char *token = NULL;
    if (f->folder || f->temporary || f->skipped || f->size == 0)
        return;
    traces_feature(t, TRACE_FILE, arena_strdup(t->arena, hex_encode(hex, f->hash, 16)), owner);
    if (parts_open(&k.parts, f->path, f->bytes, &unwanted) < 0)
        return;
    look_at_properties(&k, "docProps/core.xml");
    look_at_properties(&k, "meta.xml");
    look_at_settings(&k);
    look_at_workbook(&k);
    look_at_parts(&k);
    parts_close(k.parts);
    if (token_read(f->path, f->bytes, t->arena, &token, &unwanted) == 0)
        add_value(&k, TRACE_TOKEN, token);
}
