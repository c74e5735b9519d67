/* SPDX-License-Identifier: Apache-2.0 */
/* Characters (W3–W11). A fact of several runs is told where all agree; what does not carry it is not asked:
 * blanks, and for the Chinese font letters of other scripts. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/kinds.h"

struct value {
    const char *text;
    int64_t n;
};
typedef struct value pick_fn(const struct word_chars *c, bool asian);
enum script { ANY, LATIN, ASIAN };

static struct value flag(bool on)
{
    return (struct value){.n = on};
}

static struct value of(int64_t n)
{
    return (struct value){.n = n};
}

static struct value told(const char *s)
{
    return (struct value){.text = s};
}

static struct value pick_latin(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->latin);
}

static struct value pick_asian(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->asian);
}

static struct value pick_size(const struct word_chars *c, bool asian)
{
    return of(asian ? c->size_asian : c->size);
}

static struct value pick_bold(const struct word_chars *c, bool asian)
{
    return flag(c->on & (asian ? WORD_BOLD_ASIAN : WORD_BOLD));
}

static struct value pick_italic(const struct word_chars *c, bool asian)
{
    return flag(c->on & (asian ? WORD_ITALIC_ASIAN : WORD_ITALIC));
}

static struct value pick_toggle(const struct word_chars *c, uint16_t bit)
{
    return flag(c->on & bit);
}

static struct value pick_strike(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_STRIKE);
}

static struct value pick_double_strike(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_DOUBLE_STRIKE);
}

static struct value pick_caps(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_CAPS);
}

static struct value pick_small_caps(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_SMALL_CAPS);
}

static struct value pick_outline(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_OUTLINE);
}

static struct value pick_shadow(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_SHADOW);
}

static struct value pick_hidden(const struct word_chars *c, bool asian)
{
    (void)asian;
    return pick_toggle(c, WORD_HIDDEN);
}

static struct value pick_underline(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->underline);
}

static struct value pick_underline_color(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->underline_color);
}

static struct value pick_color(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->color);
}

static struct value pick_highlight(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->highlight);
}

static struct value pick_shading(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->shading);
}

static struct value pick_vertical(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->vertical);
}

static struct value pick_emphasis(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->emphasis);
}

static struct value pick_spacing(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->spacing);
}

static struct value pick_scale(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->scale);
}

static struct value pick_position(const struct word_chars *c, bool asian)
{
    (void)asian;
    return of(c->position);
}

static struct value pick_border(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->border.kind ? c->border.kind : "none");
}

static struct value pick_style(const struct word_chars *c, bool asian)
{
    (void)asian;
    return told(c->style ? c->style : "none");
}

static const struct row {
    const char *kind;
    pick_fn *pick;
    enum script script;
} rows[] = {
    {"word.font-latin", pick_latin, LATIN},
    {"word.font-asian", pick_asian, ASIAN},
    {"word.size", pick_size, ANY},
    {"word.bold", pick_bold, ANY},
    {"word.italic", pick_italic, ANY},
    {"word.underline", pick_underline, ANY},
    {"word.underline-color", pick_underline_color, ANY},
    {"word.color", pick_color, ANY},
    {"word.highlight", pick_highlight, ANY},
    {"word.text-shading", pick_shading, ANY},
    {"word.text-border", pick_border, ANY},
    {"word.strike", pick_strike, ANY},
    {"word.double-strike", pick_double_strike, ANY},
    {"word.vertical", pick_vertical, ANY},
    {"word.small-caps", pick_small_caps, ANY},
    {"word.all-caps", pick_caps, ANY},
    {"word.outline", pick_outline, ANY},
    {"word.shadow", pick_shadow, ANY},
    {"word.hidden", pick_hidden, ANY},
    {"word.emphasis", pick_emphasis, ANY},
    {"word.spacing", pick_spacing, ANY},
    {"word.scale", pick_scale, ANY},
    {"word.position", pick_position, ANY},
    {"word.character-style", pick_style, ANY},
};

static const struct row *row_of(const struct word_ask *q)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (word_is(q, rows[i].kind))
            return &rows[i];
    return NULL;
}

static bool is_asian(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_latin(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x24F);
}

static bool has_script(const char *s, enum script script)
{
    const char *end = s + strlen(s);
    while (s < end) {
        uint32_t c = utf8_next(&s, end);
        if (script == ASIAN ? is_asian(c) : is_latin(c))
            return true;
    }
    return false;
}

/* The runs that are asked: of one paragraph, or of every place where a text occurs. */
struct found {
    struct word_ask *q;
    const struct row *row;
    const struct word_paragraph *p; /* of the first */
    const struct word_run *r;
    struct value value;
    bool any, differs, scripted;
};

static void take(struct found *f, const struct word_paragraph *p, const struct word_run *r)
{
    struct value v = f->row->pick(r->chars, has_script(r->text, ASIAN));
    if (!f->any) {
        f->p = p;
        f->r = r;
        f->value = v;
    } else if (v.n != f->value.n ||
               (v.text != f->value.text && (!v.text || !f->value.text || strcmp(v.text, f->value.text) != 0)))
        f->differs = true;
    f->any = true;
}

static bool carries(const struct found *f, const struct word_run *r)
{
    return r->kind == WORD_RUN_TEXT && !r->blank && (!f->scripted || has_script(r->text, f->row->script));
}

static size_t squashed_length(struct word_ask *q, const struct word_run *r)
{
    return strlen(word_squash(q->a, r->text));
}

/* Runs of one list that lie in [from, to) of the squashed text; the position behind the list. */
static size_t take_range(struct found *f, const struct word_paragraph *p, const struct word_run *r, size_t at,
                         size_t from, size_t to)
{
    for (; r; r = r->next) {
        size_t n = to == SIZE_MAX ? 0 : squashed_length(f->q, r);
        if (at < to && (to == SIZE_MAX || at + n > from) && carries(f, r))
            take(f, p, r);
        at += n;
    }
    return at;
}

static void take_paragraph(struct found *f, const struct word_paragraph *p, size_t from, size_t to)
{
    size_t at = p->letter ? take_range(f, p, p->letter->first, 0, from, to) : 0;
    take_range(f, p, p->first, at, from, to);
}

static void take_text(struct found *f, const struct word_paragraph *p, const char *text, const char *needle,
                      bool every)
{
    const char *at;
    size_t n = strlen(needle);
    for (at = strstr(text, needle); at && n; at = every ? strstr(at + n, needle) : NULL)
        take_paragraph(f, p, (size_t)(at - text), (size_t)(at - text) + n);
}

static void take_everywhere(struct found *f, const char *needle)
{
    for (size_t i = 0; i < f->q->d->n_any; i++)
        take_text(f, f->q->d->any_paragraph[i], word_squashed(f->q->d, i), needle, true);
}

/* Where nothing of the script is there, all is asked. */
static void collect(struct found *f, const struct word_paragraph *p, const char *run_text,
                    const char *everywhere)
{
    for (f->scripted = f->row->script != ANY; !f->any; f->scripted = false) {
        if (everywhere)
            take_everywhere(f, word_squash(f->q->a, everywhere));
        else if (run_text)
            take_text(f, p, word_squash(f->q->a, p->text), word_squash(f->q->a, run_text), false);
        else
            take_paragraph(f, p, 0, SIZE_MAX);
        if (!f->scripted)
            return;
    }
}

static int give(struct word_ask *q, struct value v, const char *place)
{
    enum fact_type type = q->t->kind->type;
    if (type == FACT_TOKEN || type == FACT_FONT || type == FACT_TEXT)
        return word_give_text(q, type, v.text, place);
    return word_give(q, type, v.n, place);
}

static int give_style(struct word_ask *q, const struct row *row)
{
    const struct word_style *s;
    int r = word_find_style(q, &s);
    if (r < 1)
        return r;
    if (!s->chars)
        return word_give_absent(q, word_style_place(q, s), "the style says nothing of characters");
    return give(q, row->pick(s->chars, true), word_style_place(q, s));
}

static int give_found(struct word_ask *q, struct found *f, const struct word_paragraph *p)
{
    const char *run_text = locator_get(q->at, "run-text"), *everywhere = locator_get(q->at, "everywhere");
    collect(f, p, run_text, everywhere);
    if (f->differs)
        return word_give_unknown(q, word_run_place(f->p, f->r, q->a),
                                 "the text is not formatted alike throughout");
    if (f->any)
        return give(q, f->value, word_run_place(f->p, f->r, q->a));
    if (everywhere || run_text)
        return word_give_absent(
            q, p ? word_paragraph_place(p, q->a) : q->d->part,
            arena_printf(q->a, "nothing there reads %s", everywhere ? everywhere : run_text));
    return give(q, f->row->pick(p->chars, true), word_paragraph_place(p, q->a));
}

int word_chars_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_paragraph *p = NULL;
    struct found f = {.q = &q, .row = row_of(&q)};
    if (locator_get(at, "style"))
        return give_style(&q, f.row);
    if (!locator_get(at, "everywhere")) {
        int r = word_find_paragraph(&q, &p);
        if (r < 1)
            return r;
    }
    return give_found(&q, &f, p);
}
