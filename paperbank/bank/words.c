/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/words.h"

#include <string.h>

#include "base/text.h"

/* Runs of white space become one space: HTML's line breaks say nothing. */
static void add_words(struct bytes *out, const char *text)
{
    for (; *text; text++) {
        bool space = *text == ' ' || *text == '\n' || *text == '\t' || *text == '\r';
        if (!space)
            bytes_add(out, text, 1);
        else if (out->n && out->p[out->n - 1] != ' ' && out->p[out->n - 1] != '\n')
            bytes_str(out, " ");
    }
}

static bool is_block(enum item_node_kind k)
{
    return k == NODE_GROUP || k == NODE_PARAGRAPH || k == NODE_HEADING || k == NODE_LIST ||
           k == NODE_LIST_ITEM || k == NODE_TABLE || k == NODE_CAPTION || k == NODE_ROW ||
           k == NODE_PREFORMATTED || k == NODE_QUOTE || k == NODE_RULE || k == NODE_BREAK;
}

static void new_line(struct bytes *out, bool lines)
{
    if (out->n && out->p[out->n - 1] != '\n')
        bytes_str(out, lines ? "\n" : " ");
}

static void write_nodes(const struct item_node *n, struct arena *a, bool lines, struct bytes *out);

static void write_choices(const struct item_choice *c, size_t n, const char *margin, struct arena *a,
                          struct bytes *out)
{
    for (size_t i = 0; i < n; i++) {
        new_line(out, true);
        bytes_printf(out, "%s[%s] %s", margin, c[i].identifier, item_choice_text(&c[i], a));
    }
    if (n)
        new_line(out, true);
}

static void write_interaction(const struct item_interaction *i, struct arena *a, bool lines,
                              struct bytes *out)
{
    if (i->prompt)
        write_nodes(i->prompt, a, lines, out);
    if (i->content)
        write_nodes(i->content, a, lines, out);
    else if (i->n_choices == 0 || i->kind == INTERACTION_INLINE_CHOICE)
        bytes_str(out, "____");
    if (!lines)
        return;
    write_choices(i->choice, i->n_choices, "  ", a, out);
    if (i->kind == INTERACTION_MATCH)
        write_choices(i->target, i->n_targets, "      ", a, out);
}

static void write_nodes(const struct item_node *n, struct arena *a, bool lines, struct bytes *out)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_FEEDBACK)
            continue;
        if (is_block(n->kind))
            new_line(out, lines);
        if (n->kind == NODE_TEXT)
            add_words(out, n->text);
        else if (n->kind == NODE_GAP || n->kind == NODE_PRINTED)
            bytes_str(out, "____");
        else if (n->kind == NODE_IMAGE)
            bytes_printf(out, "[%s]", n->text ? n->text : "");
        else if (n->kind == NODE_INTERACTION && n->interaction)
            write_interaction(n->interaction, a, lines, out);
        write_nodes(n->child, a, lines, out);
        if (n->kind == NODE_CELL)
            bytes_str(out, "  ");
        if (is_block(n->kind))
            new_line(out, lines);
    }
}

static char *one_line(const struct bytes *b, struct arena *a)
{
    char *s = arena_strndup(a, b->p ? (const char *)b->p : "", b->n);
    for (char *p = s; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
    return text_trim(a, s);
}

char *item_stem(const struct item *item, struct arena *a)
{
    struct bytes text = {0};
    write_nodes(item->body, a, false, &text);
    char *s = one_line(&text, a);
    bytes_release(&text);
    return s;
}

char *item_choice_text(const struct item_choice *c, struct arena *a)
{
    struct bytes text = {0};
    write_nodes(c->content, a, false, &text);
    char *s = one_line(&text, a);
    bytes_release(&text);
    return s;
}

void item_write_body(const struct item *item, struct arena *a, struct bytes *out)
{
    write_nodes(item->body, a, true, out);
    new_line(out, true);
}

static const struct item_choice *find(const struct item_choice *c, size_t n, const char *identifier,
                                      size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(c[i].identifier) == length && strncmp(c[i].identifier, identifier, length) == 0)
            return &c[i];
    return NULL;
}

static const struct item_choice *choice_of(const struct item_interaction *i, const char *identifier,
                                           size_t length)
{
    const struct item_choice *c = i ? find(i->choice, i->n_choices, identifier, length) : NULL;
    return c || !i ? c : find(i->target, i->n_targets, identifier, length);
}

/* The words of what a value names: of one choice, or of both ends of a pair; a gap has none. */
static const char *words_of(const struct item_interaction *i, const char *value, struct arena *a)
{
    size_t first = strcspn(value, " ");
    const struct item_choice *c = choice_of(i, value, strlen(value));
    if (c || !value[first])
        return c ? item_choice_text(c, a) : "";
    const char *second = value + first + strspn(value + first, " ");
    const struct item_choice *from = choice_of(i, value, first), *to = choice_of(i, second, strlen(second));
    if (!from || !to)
        return "";
    return arena_printf(a, "%s - %s", item_choice_text(from, a),
                        to->content ? item_choice_text(to, a) : to->identifier);
}

static void write_value(const struct item_interaction *i, const char *value, const char *worth,
                        struct arena *a, struct bytes *out)
{
    const char *words = words_of(i, value, a);
    bytes_printf(out, "  %s%s%s%s%s\n", value, *words ? "  " : "", words, worth ? "  = " : "",
                 worth ? worth : "");
}

void item_write_key(const struct item *item, struct arena *a, struct bytes *out)
{
    for (size_t k = 0; k < item->n_declarations; k++) {
        const struct item_declaration *d = &item->declaration[k];
        if (d->what != DECLARED_RESPONSE)
            continue;
        const struct item_interaction *i = item_interaction_for(item, d->identifier);
        for (size_t v = 0; v < d->n_correct; v++)
            write_value(i, d->correct[v].text, NULL, a, out);
        for (size_t v = 0; d->mapping && v < d->mapping->n; v++)
            write_value(i, d->mapping->entry[v].key, d->mapping->entry[v].value, a, out);
    }
}

void item_write_explanation(const struct item *item, struct arena *a, struct bytes *out)
{
    for (size_t f = 0; f < item->n_feedbacks; f++)
        write_nodes(item->feedback[f].content, a, true, out);
    if (item->n_feedbacks)
        new_line(out, true);
}
