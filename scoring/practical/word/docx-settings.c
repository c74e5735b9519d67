/* SPDX-License-Identifier: Apache-2.0 */
/* word/settings.xml (ECMA-376 part 1, 17.15) and docProps/ (part 2, 11; part 1, 22.2). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

static void map_read(struct docx *x, node *n)
{
    static const char *const names[12] = {"t1",      "bg1",     "t2",        "bg2",
                                          "accent1", "accent2", "accent3",   "accent4",
                                          "accent5", "accent6", "hyperlink", "followedHyperlink"};
    static const char *const leads[12] = {"dark1",   "light1",  "dark2",     "light2",
                                          "accent1", "accent2", "accent3",   "accent4",
                                          "accent5", "accent6", "hyperlink", "followedHyperlink"};
    for (uint8_t i = 0; i < 12; i++) {
        const char *to = docx_attr(n, names[i]);
        for (uint8_t k = 0; to && k < 12; k++)
            if (strcmp(leads[k], to) == 0)
                x->theme.map[i] = k;
    }
}

static void protection_read(struct docx *x, node *n)
{
    const char *edit = docx_attr(n, "edit");
    if (n && docx_attr_on(n, "enforcement", false))
        x->d->protection = edit ? docx_keep(x, edit) : "readOnly";
}

int docx_settings_read(struct docx *x, struct err *e)
{
    struct xml_tree *tree;
    const char *part;
    for (uint8_t i = 0; i < 12; i++)
        x->theme.map[i] = i;
    int r = docx_part(x, "settings", &tree, &part, e);
    if (r < 0 || !tree)
        return r;
    node *root = xml_tree_root(tree);
    node *merge = docx_child(root, "mailMerge"), *language = docx_child(root, "themeFontLang");
    map_read(x, docx_child(root, "clrSchemeMapping"));
    protection_read(x, docx_child(root, "documentProtection"));
    x->theme.asian_language = docx_keep(x, docx_attr(language, "eastAsia"));
    x->show_background = docx_on(docx_child(root, "displayBackgroundShape"));
    x->d->even_and_odd = docx_on(docx_child(root, "evenAndOddHeaders"));
    x->d->hyphenation = docx_on(docx_child(root, "autoHyphenation"));
    x->d->track_changes = docx_on(docx_child(root, "trackRevisions"));
    docx_length(docx_val(docx_child(root, "defaultTabStop")), 635, &x->d->default_tab);
    if (merge)
        x->d->mail_merge = docx_keep(x, docx_val(docx_child(merge, "mainDocumentType")));
    xml_tree_free(tree);
    return 0;
}

static void property_add(struct docx *x, const char *name, node *n)
{
    struct bytes text = {0};
    xml_tree_text(n, &text);
    if (text.n && text.n < 65536) {
        bytes_u8(&text, '\0');
        word_property_add(x->d, name, (const char *)text.p);
    }
    bytes_release(&text);
}

static int properties_part(struct docx *x, const char *part, struct err *e)
{
    static const char *const wanted[] = {"title",    "subject", "creator",  "keywords",       "description",
                                         "category", "created", "modified", "lastModifiedBy", "contentStatus",
                                         "Company",  "Manager", NULL};
    struct xml_tree *tree;
    int r = parts_tree(x->parts, part, NULL, &tree, e);
    if (r < 0)
        return r;
    for (node *n = xml_tree_first_element(xml_tree_root(tree)); n; n = xml_tree_next_element(n))
        for (size_t i = 0; wanted[i]; i++)
            if (strcmp(n->name, wanted[i]) == 0)
                property_add(x,
                             strcmp(n->name, "Company") == 0   ? "company"
                             : strcmp(n->name, "Manager") == 0 ? "manager"
                                                               : wanted[i],
                             n);
    xml_tree_free(tree);
    return 0;
}

/* Parts that only properties are read of may be broken: then the document has none. */
int docx_properties_read(struct docx *x, struct err *e)
{
    struct parts_relationship *rel;
    size_t n;
    int r = parts_relationships(x->parts, "", x->scratch, &rel, &n, e);
    static const char *const types[] = {"core-properties", "extended-properties", NULL};
    for (size_t i = 0; r == 0 && types[i]; i++) {
        const struct parts_relationship *p = parts_by_type(rel, n, types[i]);
        if (!p && i == 0)
            p = parts_by_type(rel, n, "coreProperties");
        if (!p && i == 1)
            p = parts_by_type(rel, n, "extendedProperties");
        if (p && !p->external && parts_has(x->parts, p->target))
            (void)!properties_part(x, p->target, e);
    }
    return r;
}
