/* SPDX-License-Identifier: Apache-2.0 */
/* A formula as it reads in another cell. */
#include "scoring/practical/formula/formula.h"

#include "base/bytes.h"

static void move_corner(struct formula_corner *c, const struct formula_reference *r, int32_t rows,
                        int32_t columns, bool *lost)
{
    int64_t row = c->row + (c->row_fixed || r->whole_columns ? 0 : (int64_t)rows);
    int64_t column = c->column + (c->column_fixed || r->whole_rows ? 0 : (int64_t)columns);
    if (row < 1 || row > FORMULA_MAX_ROWS || column < 1 || column > FORMULA_MAX_COLUMNS)
        *lost = true;
    c->row = *lost ? c->row : (int32_t)row;
    c->column = *lost ? c->column : (int32_t)column;
}

static struct formula_reference moved(const struct formula_reference *r, int32_t rows, int32_t columns)
{
    struct formula_reference m = *r;
    if (m.lost)
        return m;
    move_corner(&m.from, r, rows, columns, &m.lost);
    move_corner(&m.to, r, rows, columns, &m.lost);
    return m;
}

/* A formula of ODF with moved references, as its normalised text. */
static char *moved_odf(const struct formula *f, int32_t rows, int32_t columns, struct arena *a)
{
    for (struct formula_node *n = f->last ? (struct formula_node *)f->last : NULL; n; n = n->also)
        if (n->kind == NODE_CELLS) {
            struct formula_reference m = moved(n->reference, rows, columns);
            n->reference = arena_copy(a, &m, sizeof m);
        }
    return formula_text(f, NULL, a);
}

char *formula_moved(const struct formula *f, int32_t rows, int32_t columns, struct arena *a)
{
    const struct formula_reference *const *unused;
    struct bytes out = {0};
    size_t n = formula_references(f, a, &unused), i = 0;
    const struct formula_node **node = arena_array(a, n + 1, sizeof *node);
    if (f->dialect == FORMULA_ODF) {
        const struct formula *copy;
        if (formula_parse(&copy, a, f->source, f->dialect, NULL) < 0)
            return arena_strdup(a, f->source);
        return moved_odf(copy, rows, columns, a);
    }
    for (const struct formula_node *at = f->last; at; at = at->also)
        if (at->kind == NODE_CELLS)
            node[n - ++i] = at;
    const char *from = f->source;
    for (i = 0; i < n; i++) {
        struct formula_reference m = moved(node[i]->reference, rows, columns);
        const char *start = f->source + node[i]->at;
        bytes_add(&out, from, (size_t)(start - from));
        bytes_str(&out, formula_reference_text(&m, NULL, a));
        from = start + node[i]->length;
    }
    bytes_str(&out, from);
    char *text = arena_strndup(a, out.p ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return text;
}
