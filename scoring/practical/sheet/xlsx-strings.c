/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/sheet/xlsx-internal.h"

static char *plain_text(const struct xlsx *x, const struct xml_tree_node *t)
{
    struct bytes text = {0};
    if (t)
        xml_tree_text(t, &text);
    char *copy = arena_strndup(x->a, text.p ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    xlsx_unescape(copy);
    return copy;
}

static const struct sheet_font *run_font(const struct xlsx *x, const struct xml_tree_node *r)
{
    const struct xml_tree_node *n = xml_tree_child(r, NS_S, "rPr");
    if (!n)
        return NULL;
    struct sheet_font *f = arena_alloc(x->a, sizeof *f);
    *f = *(x->n_fonts ? &x->font[0] : sheet_default_style.font);
    xlsx_read_font(x, n, f);
    return f;
}

static void read_runs(const struct xlsx *x, const struct xml_tree_node *n, size_t count, struct sheet_text *t)
{
    struct sheet_run *run = arena_array(x->a, count, sizeof *run);
    struct bytes all = {0};
    for (const struct xml_tree_node *k = xml_tree_first_element(n); k && t->n_runs < count;
         k = xml_tree_next_element(k)) {
        bool plain = xml_tree_is(k, NS_S, "t");
        if (!plain && !xml_tree_is(k, NS_S, "r"))
            continue;
        run[t->n_runs].text = plain_text(x, plain ? k : xml_tree_child(k, NS_S, "t"));
        run[t->n_runs].font = plain ? NULL : run_font(x, k);
        bytes_str(&all, run[t->n_runs++].text);
    }
    t->run = run;
    t->text = arena_strndup(x->a, all.p ? (const char *)all.p : "", all.n);
    bytes_release(&all);
}

const struct sheet_text *xlsx_rich(const struct xlsx *x, const struct xml_tree_node *n)
{
    struct sheet_text *t = arena_alloc(x->a, sizeof *t);
    size_t runs = xlsx_count(n, NS_S, "r");
    if (runs > 0)
        read_runs(x, n, runs + xlsx_count(n, NS_S, "t"), t);
    else
        t->text = plain_text(x, xml_tree_child(n, NS_S, "t"));
    return t;
}

static int read_string(void *context, const struct xml_tree_node *si, struct err *e)
{
    struct xlsx *x = context;
    if (x->n_strings == x->strings_room) {
        x->strings_room = x->strings_room ? 2 * x->strings_room : 256;
        x->string = mem_grow(x->string, x->strings_room, sizeof *x->string);
    }
    x->string[x->n_strings++] = xlsx_rich(x, si);
    return workbook_within(x->w, e);
}

int xlsx_read_strings(struct xlsx *x, const char *part, struct err *e)
{
    struct xml_tree_options options = {
        .record_name = "si", .record_ns = NS_S, .record = read_string, .context = x};
    struct xml_tree *t;
    int r = parts_tree(x->p, part, &options, &t, e);
    if (r < 0)
        return e->kind == ERR_NO ? 0 : r;
    xml_tree_free(t);
    return 0;
}
