/* SPDX-License-Identifier: Apache-2.0 */
/* What the rule maker may ask of a document: each kind at each place where it makes sense. Paragraphs and
 * tables are named by text where the text leads there, else by number. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/kinds.h"

enum { MAX_PARAGRAPHS = 1000, MAX_CELLS = 2000, MAX_STYLES = 40, NAME_LETTERS = 16, MAX_KEYS = 4 };

struct asking {
    const struct check_target *t;
    const struct word_document *d;
    struct arena *a, *scratch;
    fact_sink_fn *sink;
    void *context;
};

struct keys {
    struct locator_key key[MAX_KEYS];
    size_t n;
};

static struct keys with(struct keys k, const char *name, const char *value)
{
    k.key[k.n++] = (struct locator_key){.name = name, .value = value};
    return k;
}

static struct keys with_number(const struct asking *k, struct keys keys, const char *name, uint64_t n)
{
    return with(keys, name, arena_printf(k->a, "%llu", (unsigned long long)n));
}

/* Found at `find`, told as at `tell`. */
static void ask(const struct asking *k, const struct check_kind *kind, struct keys find, struct keys tell)
{
    struct check_target t = *k->t;
    struct locator at = {.key = find.key, .n = find.n}, told = {.key = tell.key, .n = tell.n};
    struct fact f;
    struct err e;
    t.kind = kind;
    if (kind->find(&t, &at, NULL, k->scratch, &f, &e) == 0 && f.state == FACT_FOUND)
        k->sink(k->context, kind->name, &told, &f);
    arena_reset(k->scratch);
}

/* All kinds without an argument whose locators are exactly `locators`. */
static void ask_all(const struct asking *k, const char *locators, struct keys find, struct keys tell)
{
    for (size_t i = 0; i < WORD_N_KINDS; i++)
        if (!word_kinds[i].argument && strcmp(word_kinds[i].locators, locators) == 0)
            ask(k, &word_kinds[i], find, tell);
}

static void ask_sides(const struct asking *k, const char *locators, struct keys keys, size_t sides)
{
    static const char *const names[] = {"top", "left", "bottom", "right", "inside-h", "inside-v"};
    for (size_t i = 0; i < sides; i++) {
        struct keys side = with(keys, "side", names[i]);
        ask_all(k, locators, side, side);
    }
}

static const char *name_of(const struct asking *k, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    for (size_t i = 0; i < NAME_LETTERS && at < end; i++)
        utf8_next(&at, end);
    return arena_strndup(k->a, text, (size_t)(at - text));
}

/* Does the beginning of the i-th paragraph lead there? */
static bool leads(const struct asking *k, size_t i, const char *name)
{
    if (k->d->any_paragraph[i]->in_toc)
        return false;
    for (size_t before = 0; before < i; before++)
        if (!k->d->any_paragraph[before]->in_toc && strstr(word_squashed(k->d, before), name))
            return false;
    return true;
}

static void ask_paragraph(const struct asking *k, size_t index, struct keys find, struct keys tell)
{
    const struct word_paragraph *p = k->d->any_paragraph[index];
    ask_all(k, WORD_AT_PARAGRAPH, find, tell);
    ask_all(k, WORD_AT_STYLED, find, tell);
    ask_all(k, WORD_AT_RUN, find, tell);
    ask_sides(k, WORD_AT_STYLED " side", find, 1);
    for (size_t i = 0; i < p->format->n_tabs && i < 8; i++)
        ask_all(k, WORD_AT_STYLED " tab", with_number(k, find, "tab", i + 1),
                with_number(k, tell, "tab", i + 1));
}

static void ask_paragraphs(const struct asking *k)
{
    uint64_t number = 0;
    for (size_t i = 0; i < k->d->n_any && i < MAX_PARAGRAPHS; i++) {
        const struct word_paragraph *p = k->d->any_paragraph[i];
        if (p->block.flow != &k->d->body)
            continue;
        struct keys find = with_number(k, (struct keys){0}, "paragraph", ++number), tell = find;
        const char *name = name_of(k, word_squashed(k->d, i));
        if (!*name)
            continue;
        if (leads(k, i, name))
            tell = with((struct keys){0}, "paragraph-text", name);
        ask_paragraph(k, i, find, tell);
    }
}

static void ask_sections(const struct asking *k)
{
    static const char *const pages[] = {"default", "first", "even"};
    for (size_t i = 0; i < k->d->n_sections && i < 20; i++) {
        struct keys at = with_number(k, (struct keys){0}, "section", i + 1);
        ask_all(k, WORD_AT_SECTION, at, at);
        ask_sides(k, WORD_AT_SECTION " side", at, 4);
        struct keys column = with(at, "column", "1");
        ask_all(k, WORD_AT_SECTION " column", column, column);
        for (size_t page = 0; page < 3; page++) {
            struct keys on = page ? with(at, "page", pages[page]) : at;
            ask_all(k, WORD_AT_SECTION " page", on, on);
        }
        struct keys header = with(at, "header", "default"), footer = with(at, "footer", "default");
        ask_all(k, WORD_AT_RUN, header, header);
        ask_all(k, WORD_AT_STYLED, header, header);
        ask_all(k, WORD_AT_RUN, footer, footer);
        ask_all(k, WORD_AT_STYLED, footer, footer);
    }
}

static void ask_cell(const struct asking *k, struct keys at)
{
    ask_all(k, WORD_AT_CELL, at, at);
    ask_all(k, WORD_AT_RUN, at, at);
    for (size_t i = 0; i < WORD_N_KINDS; i++)
        if (strcmp(word_kinds[i].name, "word.align") == 0)
            ask(k, &word_kinds[i], at, at);
}

static void ask_table(const struct asking *k, size_t index, size_t *cells)
{
    const struct word_table *t = k->d->table[index];
    struct keys at = with_number(k, (struct keys){0}, "table", index + 1);
    ask_all(k, WORD_AT_TABLE, at, at);
    ask_sides(k, WORD_AT_TABLE " side", at, 6);
    for (uint32_t column = 1; column <= t->n_columns && column <= 40; column++) {
        struct keys in = with_number(k, at, "column", column);
        ask_all(k, WORD_AT_TABLE " column", in, in);
    }
    for (const struct word_row *r = t->first; r; r = r->next) {
        struct keys row = with_number(k, at, "row", r->number);
        ask_all(k, WORD_AT_TABLE " row", row, row);
        for (const struct word_cell *c = r->first; c && (*cells)++ < MAX_CELLS; c = c->next)
            if (!c->covered)
                ask_cell(k, with_number(k, row, "column", c->column + 1));
    }
}

static void ask_numbered(const struct asking *k, const char *locators, const char *name, uint64_t n)
{
    for (uint64_t i = 1; i <= n && i <= 100; i++) {
        struct keys at = with_number(k, (struct keys){0}, name, i);
        ask_all(k, locators, at, at);
    }
}

static void ask_objects(const struct asking *k)
{
    uint64_t pictures = 0, boxes = 0, shapes = 0, arts = 0, links = 0, notes[2] = {0}, comments = 0;
    for (const struct word_object *o = k->d->object; o; o = o->next) {
        pictures += o->kind == WORD_PICTURE;
        boxes += o->flow != NULL;
        shapes += o->kind == WORD_SHAPE || o->kind == WORD_WORD_ART;
        arts += o->kind == WORD_WORD_ART;
    }
    for (const struct word_link *l = k->d->link; l; l = l->next)
        links += !l->at || !l->at->in_toc;
    for (const struct word_note *n = k->d->note; n; n = n->next)
        notes[n->endnote]++;
    for (const struct word_comment *c = k->d->comment; c; c = c->next)
        comments++;
    ask_numbered(k, "picture paragraph-text", "picture", pictures);
    ask_numbered(k, "text-box paragraph-text", "text-box", boxes);
    ask_numbered(k, "shape paragraph-text", "shape", shapes);
    ask_numbered(k, "word-art paragraph-text", "word-art", arts);
    ask_numbered(k, "run-text link", "link", links);
    ask_numbered(k, "footnote", "footnote", notes[0]);
    ask_numbered(k, "endnote", "endnote", notes[1]);
    ask_numbered(k, "comment", "comment", comments);
}

static bool is_used(const struct word_document *d, const struct word_style *s)
{
    for (size_t i = 0; i < d->n_any; i++) {
        const struct word_format *f = d->any_paragraph[i]->format;
        if (f->style && strcmp(f->style, s->name) == 0)
            return true;
    }
    return false;
}

static void ask_styles(const struct asking *k)
{
    size_t n = 0;
    for (const struct word_style *s = k->d->style; s && n < MAX_STYLES; s = s->next) {
        if (!s->format || !is_used(k->d, s))
            continue;
        struct keys at = with((struct keys){0}, "style", word_style_name(k->a, s->name));
        n++;
        ask_all(k, "style", at, at);
        ask_all(k, WORD_AT_STYLED, at, at);
        ask_all(k, WORD_AT_RUN, at, at);
    }
}

static void ask_names(const struct asking *k)
{
    for (const struct word_bookmark *b = k->d->bookmark; b; b = b->next)
        if (b->name[0] != '_') {
            struct keys at = with((struct keys){0}, "bookmark", b->name);
            ask_all(k, "bookmark", at, at);
        }
    for (const struct word_property *p = k->d->property; p; p = p->next) {
        struct keys at = with((struct keys){0}, "property", p->name);
        if (strcmp(p->name, "created") != 0 && strcmp(p->name, "modified") != 0)
            ask_all(k, "property", at, at);
    }
}

void word_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context)
{
    const struct word_document *d = t->document;
    struct asking k = {.t = t, .d = d, .a = a, .scratch = arena_new(), .sink = sink, .context = context};
    size_t cells = 0;
    ask_all(&k, "", (struct keys){0}, (struct keys){0});
    ask_sections(&k);
    ask_paragraphs(&k);
    for (size_t i = 0; i < d->n_tables && i < 50; i++)
        ask_table(&k, i, &cells);
    ask_objects(&k);
    ask_names(&k);
    ask_styles(&k);
    arena_free(k.scratch);
}
