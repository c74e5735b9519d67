/* SPDX-License-Identifier: Apache-2.0 */
/* word/styles.xml (ECMA-376 part 1, 17.7): each style's own properties, and with its chain when asked. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/docx-internal.h"

enum { CYCLE_STEPS = 100, MAX_STYLES = 10000, LISTED_STYLES = 2000 };

static unsigned bucket_of(const char *id)
{
    unsigned h = 5381;
    for (; *id; id++)
        h = h * 33 + (unsigned char)*id;
    return h % DOCX_STYLE_BUCKETS;
}

const struct docx_style *docx_style_find(const struct docx *x, const char *type, const char *id)
{
    if (!id)
        return NULL;
    for (const struct docx_style *s = x->styles.bucket[bucket_of(id)]; s; s = s->next)
        if (strcmp(s->id, id) == 0 && strcmp(s->type, type) == 0)
            return s;
    return NULL;
}

static enum docx_condition condition_of(const char *type)
{
    static const char *const names[CONDITIONS] = {
        "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol",
        "firstRow",   "lastRow",   "neCell",    "nwCell",    "seCell",    "swCell"};
    for (int i = 0; type && i < CONDITIONS; i++)
        if (strcmp(names[i], type) == 0)
            return (enum docx_condition)i;
    return CONDITIONS;
}

static void own_read(struct docx *x, node *n, struct docx_rpr **r, struct docx_ppr **p)
{
    node *rpr = docx_child(n, "rPr"), *ppr = docx_child(n, "pPr");
    if (rpr) {
        *r = arena_alloc(x->scratch, sizeof **r);
        docx_rpr_read(x, rpr, WORD_STYLE, *r);
        (*r)->style = NULL;
    }
    if (ppr) {
        *p = arena_alloc(x->scratch, sizeof **p);
        docx_ppr_read(x, ppr, WORD_STYLE, *p);
        (*p)->style = NULL;
    }
}

static void condition_read(struct docx *x, node *n, struct docx_style *s)
{
    enum docx_condition which = condition_of(docx_attr(n, "type"));
    if (which == CONDITIONS)
        return;
    if (!s->look)
        s->look = arena_array(x->scratch, CONDITIONS, sizeof *s->look);
    struct docx_condition_look *look = s->look[which] = arena_alloc(x->scratch, sizeof *look);
    own_read(x, n, &look->r, &look->p);
    docx_cell_look_read(x, docx_child(n, "tblPr"), "tblBorders", &look->cell);
    struct docx_cell_look cell;
    docx_cell_look_read(x, docx_child(n, "tcPr"), "tcBorders", &cell);
    docx_cell_look_over(&look->cell, &cell);
}

static void table_style_read(struct docx *x, node *n, struct docx_style *s)
{
    int64_t band;
    node *properties = docx_child(n, "tblPr");
    docx_cell_look_read(x, properties, "tblBorders", &s->table_look);
    struct docx_cell_look cell;
    docx_cell_look_read(x, docx_child(n, "tcPr"), "tcBorders", &cell);
    docx_cell_look_over(&s->table_look, &cell);
    s->table_align = docx_keep(x, docx_val(docx_child(properties, "jc")));
    if (docx_integer(docx_val(docx_child(properties, "tblStyleRowBandSize")), &band) && band > 0)
        s->row_band = (uint32_t)band;
    if (docx_integer(docx_val(docx_child(properties, "tblStyleColBandSize")), &band) && band > 0)
        s->col_band = (uint32_t)band;
    for (node *c = docx_child(n, "tblStylePr"); c; c = xml_tree_next(c, NS_W, "tblStylePr"))
        condition_read(x, c, s);
}

static void style_read(struct docx *x, node *n)
{
    const char *id = docx_attr(n, "styleId"), *type = docx_attr(n, "type");
    if (!id)
        return;
    struct docx_style *s = arena_alloc(x->scratch, sizeof *s), **bucket = &x->styles.bucket[bucket_of(id)];
    s->id = docx_keep(x, id);
    s->type = type ? docx_keep(x, type) : "paragraph";
    if (docx_style_find(x, s->type, id))
        return;
    const char *name = docx_val(docx_child(n, "name"));
    s->name = docx_keep(x, name ? name : id);
    s->based_on = docx_keep(x, docx_val(docx_child(n, "basedOn")));
    s->following = docx_keep(x, docx_val(docx_child(n, "next")));
    s->is_default = docx_attr_on(n, "default", false);
    own_read(x, n, &s->r, &s->p);
    if (strcmp(s->type, "table") == 0)
        table_style_read(x, n, s);
    s->next = *bucket;
    *bucket = s;
    if (s->is_default && strcmp(s->type, "paragraph") == 0 && !x->styles.default_paragraph)
        x->styles.default_paragraph = s;
    if (s->is_default && strcmp(s->type, "table") == 0 && !x->styles.default_table)
        x->styles.default_table = s;
    if (x->styles.n++ < LISTED_STYLES) {
        s->listed = word_style_add(x->d);
        s->listed->id = s->id;
        s->listed->name = s->name;
        s->listed->type = strcmp(s->type, "numbering") == 0 ? "list" : s->type;
    }
}

int docx_styles_read(struct docx *x, struct err *e)
{
    struct xml_tree *tree;
    const char *part;
    int r = docx_part(x, "styles", &tree, &part, e);
    if (r < 0 || !tree)
        return r;
    node *root = xml_tree_root(tree), *defaults = docx_child(root, "docDefaults");
    docx_rpr_read(x, docx_child(docx_child(defaults, "rPrDefault"), "rPr"), WORD_DEFAULTS,
                  &x->styles.default_r);
    docx_ppr_read(x, docx_child(docx_child(defaults, "pPrDefault"), "pPr"), WORD_DEFAULTS,
                  &x->styles.default_p);
    for (node *n = docx_child(root, "style"); n && !x->too_much; n = xml_tree_next(n, NS_W, "style")) {
        style_read(x, n);
        x->too_much = x->styles.n > MAX_STYLES || arena_used(x->scratch) > (8u << 20) || word_full(x->d);
    }
    xml_tree_free(tree);
    return 0;
}

/* The chain from s upwards, nearest first, until one that is resolved, the root, or a style met before. */
struct chain {
    const struct docx_style **style;
    size_t n;
    bool cycle;
};

static struct chain chain_of(struct docx *x, const struct docx_style *s)
{
    struct chain c = {.style = arena_array(x->scratch, 16, sizeof *c.style)};
    size_t cap = 16, mark = 0;
    const struct docx_style *seen = NULL;
    for (; s && !s->full_r; s = docx_style_find(x, s->type, s->based_on)) {
        if (s == seen) {
            c.cycle = true;
            c.n = c.n > CYCLE_STEPS ? CYCLE_STEPS : c.n;
            return c;
        }
        if (c.n == cap) {
            const struct docx_style **more = arena_array(x->scratch, cap *= 2, sizeof *more);
            memcpy(more, c.style, c.n * sizeof *more);
            c.style = more;
        }
        c.style[c.n++] = s;
        if (c.n > mark * 2) {
            seen = s;
            mark = c.n;
        }
    }
    if (s)
        c.style[c.n++] = s;
    return c;
}

/* A cycle is walked until a style comes again. */
static void cut_cycle(struct chain *c)
{
    for (size_t i = 1; i < c->n; i++)
        for (size_t k = 0; k < i; k++)
            if (c->style[k] == c->style[i]) {
                c->n = i;
                return;
            }
}

static void number_under(struct docx *x, struct docx_ppr *p, const struct docx_style *s)
{
    if (!s->p || !(s->p->has & HAS_NUM) || s->p->num_id == 0)
        return;
    uint32_t level = s->p->has & HAS_LEVEL ? s->p->level : docx_level_of_style(x, s->p->num_id, s->id);
    const struct docx_level *l = docx_level_find(x, s->p->num_id, level);
    p->level = level;
    p->has |= HAS_LEVEL;
    if (l)
        docx_ppr_over(x, p, l->p, false);
}

static void make_full(struct docx *x, struct docx_style *s, const struct docx_style *base)
{
    struct docx_rpr *r = arena_alloc(x->scratch, sizeof *r);
    struct docx_ppr *p = arena_alloc(x->scratch, sizeof *p);
    if (base) {
        *r = *base->full_r;
        *p = *base->full_p;
    }
    if (s->r)
        docx_rpr_over(r, s->r);
    number_under(x, p, s);
    if (s->p)
        docx_ppr_over(x, p, s->p, true);
    s->full_r = r;
    s->full_p = p;
}

/* Members of a cycle are resolved one by one, as each sees its own chain. */
static void resolve_cycle(struct docx *x, struct docx_style *s, const struct chain *c)
{
    const struct docx_style *base = NULL;
    struct docx_style copy[2];
    for (size_t i = c->n; i-- > 1;) {
        copy[i % 2] = *c->style[i];
        make_full(x, &copy[i % 2], base);
        base = &copy[i % 2];
    }
    make_full(x, s, base);
}

static void resolve(struct docx *x, const struct docx_style *s)
{
    struct chain c = chain_of(x, s);
    if (c.cycle) {
        cut_cycle(&c);
        resolve_cycle(x, (struct docx_style *)s, &c);
        return;
    }
    for (size_t i = c.n; i-- > 0;)
        if (!c.style[i]->full_r)
            make_full(x, (struct docx_style *)c.style[i], i + 1 < c.n ? c.style[i + 1] : NULL);
}

static const struct docx_rpr nothing_r;
static const struct docx_ppr nothing_p;

const struct docx_rpr *docx_style_r(struct docx *x, const struct docx_style *s)
{
    if (s && !s->full_r)
        resolve(x, s);
    return s ? s->full_r : &nothing_r;
}

const struct docx_ppr *docx_style_p(struct docx *x, const struct docx_style *s)
{
    if (s && !s->full_r)
        resolve(x, s);
    return s ? s->full_p : &nothing_p;
}
