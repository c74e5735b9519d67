/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a paragraph: text, spans, fields, links, notes, comments, things. */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/number-format.h"
#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_BLANKS = 1000, MAX_BOOKMARKS = 16 };

/* A bookmark or comment that has begun: its text is gathered until its end. */
struct open_mark {
    const char *name;
    struct word_bookmark *bookmark;
    struct word_comment *comment;
    struct bytes text;
};

struct writer {
    struct text_reader *r;
    struct word_paragraph *p;
    struct bytes text; /* of the run that has not ended */
    const struct word_chars *chars;
    struct word_link *link;
    struct word_field *field;
    bool indirect, blank; /* blank: white space came last, more of it is nothing */
    struct open_mark mark[MAX_BOOKMARKS];
    size_t n_marks;
};

static void inline_content(struct writer *w, const struct xml_tree_node *n, const struct word_chars *chars);

static void flush(struct writer *w)
{
    if (w->text.n == 0)
        return;
    struct word_run *run =
        word_run_add(w->r->d, w->p, WORD_RUN_TEXT, (const char *)w->text.p, w->text.n, w->chars);
    run->link = w->link;
    run->field = w->field;
    run->indirect = w->indirect;
    bytes_clear(&w->text);
}

static void put(struct writer *w, const char *text, size_t n, const struct word_chars *chars)
{
    if (w->chars != chars)
        flush(w);
    w->chars = chars;
    bytes_add(&w->text, text, n);
    for (size_t i = 0; i < w->n_marks; i++)
        bytes_add(&w->mark[i].text, text, n);
}

/* White space as ODF 1.3 part 3, 6.1.2 collapses it. */
static void put_text(struct writer *w, const char *text, const struct word_chars *chars)
{
    const char *from = text;
    for (const char *p = text;; p++) {
        bool blank = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';
        if (!blank && *p)
            continue;
        if (p > from) {
            put(w, from, (size_t)(p - from), chars);
            w->blank = false;
        }
        if (!*p)
            return;
        if (!w->blank)
            put(w, " ", 1, chars);
        w->blank = true;
        from = p + 1;
    }
}

static void put_blanks(struct writer *w, const struct xml_tree_node *n, const struct word_chars *chars)
{
    for (int64_t i = odf_integer(xml_tree_attr(n, NS_TEXT, "c"), 0, MAX_BLANKS, 1); i > 0; i--)
        put(w, " ", 1, chars);
    w->blank = false;
}

static void put_character(struct writer *w, const char *c, const struct word_chars *chars)
{
    put(w, c, 1, chars);
    w->blank = false;
}

/* ---- bookmarks ---- */

static void mark_begin(struct writer *w, const char *name, struct word_bookmark *b, struct word_comment *c)
{
    if (!name || w->n_marks == MAX_BOOKMARKS)
        return;
    w->mark[w->n_marks++] = (struct open_mark){.name = name, .bookmark = b, .comment = c};
}

static void mark_close(struct writer *w, size_t i)
{
    struct open_mark *m = &w->mark[i];
    const char *text = m->text.n ? arena_strndup(w->r->d->arena, (const char *)m->text.p, m->text.n) : "";
    if (m->bookmark)
        m->bookmark->text = text;
    if (m->comment)
        m->comment->about = text;
    bytes_release(&m->text);
    w->mark[i] = w->mark[--w->n_marks];
}

static void mark_end(struct writer *w, const char *name)
{
    for (size_t i = 0; name && i < w->n_marks; i++)
        if (strcmp(w->mark[i].name, name) == 0) {
            mark_close(w, i);
            return;
        }
}

static void bookmark(struct writer *w, const struct xml_tree_node *n)
{
    const char *name = xml_tree_attr(n, NS_TEXT, "name");
    if (!name)
        return;
    if (strcmp(n->name, "bookmark-end") == 0 || strcmp(n->name, "reference-mark-end") == 0) {
        mark_end(w, name);
        return;
    }
    struct word_bookmark *b = word_bookmark_add(w->r->d, w->p);
    b->name = text_keep(w->r, name);
    if (strstr(n->name, "-start"))
        mark_begin(w, name, b, NULL);
}

/* ---- notes and comments ---- */

static void note(struct writer *w, const struct xml_tree_node *n)
{
    struct text_reader *r = w->r;
    flush(w);
    struct word_run *run = word_run_add(r->d, w->p, WORD_RUN_NOTE, "", 0, w->chars ? w->chars : w->p->chars);
    run->indirect = w->indirect;
    bool end = odf_is(xml_tree_attr(n, NS_TEXT, "note-class"), "endnote");
    struct word_note *note = word_note_add(r->d, end, r->part_name);
    const struct xml_tree_node *label = xml_tree_child(n, NS_TEXT, "note-citation");
    note->label = text_keep(r, label ? xml_tree_attr(label, NS_TEXT, "label") : NULL);
    note->at = w->p;
    text_blocks(r, xml_tree_child(n, NS_TEXT, "note-body"), note->flow, NULL);
}

static const char *text_in(struct text_reader *r, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    if (n)
        xml_tree_text(n, &text);
    const char *kept = text.n ? word_keep_n(r->d, (const char *)text.p, text.n) : NULL;
    bytes_release(&text);
    return kept;
}

static void annotation(struct writer *w, const struct xml_tree_node *n)
{
    struct text_reader *r = w->r;
    struct word_comment *c = word_comment_add(r->d, r->part_name);
    c->author = text_in(r, xml_tree_child(n, NS_DC, "creator"));
    c->at = w->p;
    text_blocks(r, n, c->flow, NULL);
    mark_begin(w, xml_tree_attr(n, NS_OFFICE, "name"), NULL, c);
}

/* ---- fields ---- */

/* Fields by their element, as the instruction OOXML has for them (17.16.5). */
static const struct {
    const char *element, *instruction, *argument;
} fields[] = {
    {"page-number", "PAGE", NULL},
    {"page-count", "NUMPAGES", NULL},
    {"date", "DATE", NULL},
    {"time", "TIME", NULL},
    {"creation-date", "CREATEDATE", NULL},
    {"modification-date", "SAVEDATE", NULL},
    {"print-date", "PRINTDATE", NULL},
    {"file-name", "FILENAME", NULL},
    {"title", "TITLE", NULL},
    {"subject", "SUBJECT", NULL},
    {"keywords", "KEYWORDS", NULL},
    {"description", "COMMENTS", NULL},
    {"author-name", "AUTHOR", NULL},
    {"author-initials", "USERINITIALS", NULL},
    {"initial-creator", "AUTHOR", NULL},
    {"creator", "LASTSAVEDBY", NULL},
    {"chapter", "STYLEREF", NULL},
    {"sequence", "SEQ", "name"},
    {"bookmark-ref", "REF", "ref-name"},
    {"reference-ref", "REF", "ref-name"},
    {"sequence-ref", "REF", "ref-name"},
    {"note-ref", "NOTEREF", "ref-name"},
    {"database-display", "MERGEFIELD", "column-name"},
    {"word-count", "NUMWORDS", NULL},
    {"character-count", "NUMCHARS", NULL},
    {"table-count", "NUMTABLES", NULL},
    {"expression", "=", "formula"},
    {"text-input", "FILLIN", NULL},
    {"placeholder", "MACROBUTTON", NULL},
    {"conditional-text", "IF", "condition"},
    {"variable-set", "SET", "name"},
    {"variable-get", "DOCVARIABLE", "name"},
    {"user-field-get", "DOCVARIABLE", "name"},
    {"sheet-name", "SHEETNAME", NULL},
};

static const char *instruction_of(struct writer *w, const struct xml_tree_node *n)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcmp(fields[i].element, n->name) != 0)
            continue;
        const char *argument = fields[i].argument ? xml_tree_attr(n, NS_TEXT, fields[i].argument) : NULL;
        bool page = strcmp(n->name, "bookmark-ref") == 0 &&
                    odf_is(xml_tree_attr(n, NS_TEXT, "reference-format"), "page");
        return arena_printf(w->r->p->arena, argument ? "%s %.200s" : "%s",
                            page ? "PAGEREF" : fields[i].instruction, argument);
    }
    return NULL;
}

static void field(struct writer *w, const struct xml_tree_node *n, const char *instruction,
                  const struct word_chars *chars)
{
    struct word_field *before = w->field;
    flush(w);
    struct word_field *f = word_field_add(w->r->d, instruction, w->p);
    const char *format = xml_tree_attr(n, NS_STYLE, "num-format");
    f->format = format && *format ? text_keep(w->r, odf_numbering(format)) : NULL;
    const char *result = text_in(w->r, n);
    f->result = result ? result : "";
    w->field = f;
    inline_content(w, n, chars);
    flush(w);
    w->field = before;
}

/* ---- links ---- */

static void link(struct writer *w, const struct xml_tree_node *n, const struct word_chars *chars)
{
    struct text_reader *r = w->r;
    struct word_link *before = w->link;
    bool indirect = w->indirect;
    const char *href = xml_tree_attr(n, NS_XLINK, "href");
    flush(w);
    struct word_link *l = word_link_add(r->d, w->p);
    if (href && href[0] == '#')
        l->anchor = text_keep(r, href + 1);
    else
        l->address = text_keep(r, href);
    const char *text = text_in(r, n);
    l->text = text ? text : "";
    w->link = l;
    w->indirect = true;
    inline_content(w, n, text_span(r, chars, xml_tree_attr(n, NS_TEXT, "style-name")));
    flush(w);
    w->link = before;
    w->indirect = indirect;
}

/* ---- the whole ---- */

static void thing(struct writer *w, const struct xml_tree_node *n, const struct word_chars *chars)
{
    flush(w);
    struct word_run *run = word_run_add(w->r->d, w->p, WORD_RUN_OBJECT, "", 0, chars);
    run->link = w->link;
    run->indirect = w->indirect;
    text_object(w->r, n, w->p);
}

static bool passed_over(const char *name)
{
    static const char *const names[] = {"note-citation",
                                        "tracked-changes",
                                        "ruby-text",
                                        "soft-page-break",
                                        "change",
                                        "change-start",
                                        "change-end",
                                        "toc-mark",
                                        "toc-mark-start",
                                        "toc-mark-end",
                                        "alphabetical-index-mark",
                                        "label"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void text_element(struct writer *w, const struct xml_tree_node *n, const struct word_chars *chars)
{
    const char *name = n->name, *instruction;
    if (strcmp(name, "span") == 0)
        inline_content(w, n, text_span(w->r, chars, xml_tree_attr(n, NS_TEXT, "style-name")));
    else if (strcmp(name, "s") == 0)
        put_blanks(w, n, chars);
    else if (strcmp(name, "tab") == 0)
        put_character(w, "\t", chars);
    else if (strcmp(name, "line-break") == 0)
        put_character(w, "\n", chars);
    else if (strcmp(name, "a") == 0)
        link(w, n, chars);
    else if (strcmp(name, "note") == 0)
        note(w, n);
    else if (strncmp(name, "bookmark", 8) == 0 && strcmp(name, "bookmark-ref") != 0)
        bookmark(w, n);
    else if (strncmp(name, "reference-mark", 14) == 0)
        bookmark(w, n);
    else if ((instruction = instruction_of(w, n)))
        field(w, n, instruction, chars);
    else if (!passed_over(name))
        inline_content(w, n, chars);
}

static void inline_content(struct writer *w, const struct xml_tree_node *n, const struct word_chars *chars)
{
    for (const struct xml_tree_node *c = n ? n->first : NULL; c && !text_over(w->r); c = c->next) {
        if (c->text)
            put_text(w, c->text, chars);
        else if (c->ns == NS_TEXT)
            text_element(w, c, chars);
        else if (xml_tree_is(c, NS_OFFICE, "annotation"))
            annotation(w, c);
        else if (xml_tree_is(c, NS_OFFICE, "annotation-end"))
            mark_end(w, xml_tree_attr(c, NS_OFFICE, "name"));
        else if (text_is_object(c))
            thing(w, c, chars);
    }
}

/* A line of the contents: what stands before the last tab, and the page after it. */
static void toc_entry(struct text_reader *r, const struct word_paragraph *p)
{
    struct bytes text = {0};
    for (const struct word_run *run = p->first; run; run = run->next)
        bytes_str(&text, run->text);
    if (text.n) {
        struct word_toc_entry *e = word_toc_entry_add(r->d, r->toc);
        const char *all = arena_strndup(r->d->arena, (const char *)text.p, text.n);
        const char *tab = strrchr(all, '\t');
        e->text = tab ? arena_strndup(r->d->arena, all, (size_t)(tab - all)) : all;
        e->page = tab ? tab + 1 : NULL;
    }
    bytes_release(&text);
}

static void page_of_paragraph(struct text_reader *r, const struct text_style *style,
                              const struct word_flow *flow)
{
    if (flow != &r->d->body)
        return;
    if (style->master || !r->section)
        text_page_begin(r, style->master,
                        odf_style_direct(style->style, "paragraph-properties", NS_STYLE, "page-number"));
    text_section_use(r);
}

static void format_of(struct text_reader *r, const struct xml_tree_node *n, const struct text_list *list,
                      const struct text_style *style, struct word_format *f)
{
    memcpy(f, &style->format, sizeof *f);
    if (strcmp(n->name, "h") == 0)
        f->outline = (uint8_t)odf_integer(xml_tree_attr(n, NS_TEXT, "outline-level"), 0, 10, 1);
    if (list)
        text_list_apply(r, list, style, f);
    else if (strcmp(n->name, "h") == 0 && !odf_true(xml_tree_attr(n, NS_TEXT, "is-list-header")))
        text_outline_apply(r, style, f);
}

void text_paragraph(struct text_reader *r, const struct xml_tree_node *n, struct word_flow *flow,
                    const struct text_list *list)
{
    struct text_style style;
    struct word_format f;
    text_style(r, xml_tree_attr(n, NS_TEXT, "style-name"), &style);
    page_of_paragraph(r, &style, flow);
    format_of(r, n, list, &style, &f);
    struct word_paragraph *p = word_paragraph_add(r->d, flow);
    p->format = word_format_share(r->d, &f);
    p->chars = word_chars_share(r->d, &style.chars);
    p->in_toc = r->toc != NULL;
    struct writer w = {.r = r, .p = p, .chars = p->chars, .blank = true};
    inline_content(&w, n, p->chars);
    if (w.blank && w.text.n > 0 && w.text.p[w.text.n - 1] == ' ')
        w.text.n--;
    flush(&w);
    while (w.n_marks > 0)
        mark_close(&w, 0);
    bytes_release(&w.text);
    if (r->toc && !r->in_index_title)
        toc_entry(r, p);
}
