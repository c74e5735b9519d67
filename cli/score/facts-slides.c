/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "cli/score/facts.h"

static int slide_count(struct facts_file *f, const json_t *locator, json_t **ret_value, struct err *e)
{
    struct parts *p;
    struct xml_tree *t = NULL;
    const char *name;
    struct arena *a = arena_new();
    (void)locator;
    int r = facts_parts(f, &p, e);
    if (r == 0)
        r = parts_main(p, a, &name, e);
    if (r == 0)
        r = parts_tree(p, name, NULL, &t, e);
    if (r == 0) {
        int64_t n = 0;
        const struct xml_tree_node *list = xml_tree_child(xml_tree_root(t), NS_P, "sldIdLst");
        for (const struct xml_tree_node *s = xml_tree_child(list, NS_P, "sldId"); s;
             s = xml_tree_next(s, NS_P, "sldId"))
            n++;
        *ret_value = json_integer(n);
    }
    xml_tree_free(t);
    arena_free(a);
    return r;
}

const struct facts_row facts_slides[] = {
    {"pptx.slide_count", slide_count},
    {0},
};
