/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "paperbank/item/item-internal.h"

struct writer {
    struct arena *arena;
    const struct xml_doc *doc;
    struct bytes *out;
};

static void write(struct writer *w, const struct xml_node *n);

static bool is_named(const struct xml_node *n, const char *const *names)
{
    for (; *names; names++)
        if (xml_named(n, *names))
            return true;
    return false;
}

static bool is_token(const struct xml_node *n)
{
    static const char *const tokens[] = {"mi", "mn", "mo", "mtext", "ms", NULL};
    return is_named(n, tokens);
}

static bool is_silent(const struct xml_node *n)
{
    static const char *const silent[] = {"annotation",  "annotation-xml", "mphantom",   "none",
                                         "mprescripts", "maligngroup",    "malignmark", NULL};
    return is_named(n, silent);
}

static bool is_layout(const struct xml_node *n)
{
    static const char *const layouts[] = {"math",      "mrow",   "mstyle",   "mpadded",
                                          "semantics", "merror", "menclose", NULL};
    return is_named(n, layouts);
}

static const struct xml_node *child_at(const struct xml_node *n, size_t i)
{
    const struct xml_node *c = xml_first_element(n);
    while (c && i--)
        c = xml_next_element(c);
    return c;
}

static size_t n_children(const struct xml_node *n)
{
    size_t count = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        count++;
    return count;
}

/* The sign as it is written: signs without a shape vanish, the long minus becomes the short one. */
static const char *sign_of(struct writer *w, const struct xml_node *token)
{
    static const struct {
        const char *from, *to;
    } signs[] = {{"\u2061", ""}, {"\u2062", ""}, {"\u2063", ""}, {"\u2064", ""}, {"\u2212", "-"}};
    const char *text = text_trim(w->arena, xml_content(token, w->arena));
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(text, signs[i].from) == 0)
            return signs[i].to;
    return text;
}

/* An operator between two terms, which is set off by spaces. */
static bool is_infix(struct writer *w, const struct xml_node *n)
{
    static const char *const infix[] = {"=", "<", ">", "+", "-", "≤", "≥", "≠", "≈", "±", "×", "÷",
                                        "→", "⇒", "⇔", "∈", "∉", "⊂", "⊆", "∪", "∩", "∧", "∨", ":="};
    if (!xml_named(n, "mo"))
        return false;
    const char *sign = sign_of(w, n);
    for (size_t i = 0; i < sizeof infix / sizeof *infix; i++)
        if (strcmp(sign, infix[i]) == 0)
            return true;
    return false;
}

/* One token of letters or digits, perhaps wrapped in rows. */
static bool is_atom(const struct xml_node *n)
{
    while (n && is_layout(n) && n_children(n) == 1)
        n = xml_first_element(n);
    return n && is_token(n) && !xml_named(n, "mo") && !xml_named(n, "mtext");
}

static void write_token(struct writer *w, const struct xml_node *n)
{
    bytes_str(w->out, sign_of(w, n));
}

static void write_guarded(struct writer *w, const struct xml_node *n)
{
    if (!n)
        return;
    bool bare = is_atom(n) || xml_named(n, "mfenced") || xml_named(n, "mo");
    bytes_str(w->out, bare ? "" : "(");
    write(w, n);
    bytes_str(w->out, bare ? "" : ")");
}

static bool is_script(const struct xml_node *n)
{
    static const char *const scripts[] = {"msup",   "msub",       "msubsup",       "mover",
                                          "munder", "munderover", "mmultiscripts", NULL};
    return is_named(n, scripts);
}

static void write_row(struct writer *w, const struct xml_node *n)
{
    const struct xml_node *before = NULL;
    for (const struct xml_node *c = xml_first_element(n); c; before = c, c = xml_next_element(c)) {
        const struct xml_node *after = xml_next_element(c);
        if (is_infix(w, c) && before && after && !is_infix(w, before)) {
            bytes_printf(w->out, " %s ", sign_of(w, c));
            continue;
        }
        bool crowded =
            xml_named(c, "mfrac") && ((before && !is_infix(w, before)) || (after && !is_infix(w, after)));
        bytes_str(w->out, crowded ? "(" : "");
        write(w, c);
        bytes_str(w->out, crowded ? ")" : "");
        if (is_script(c) && after && !xml_named(after, "mo") && !xml_named(n, "semantics"))
            bytes_str(w->out, " ");
        if (xml_named(n, "semantics"))
            break;
    }
}

static void write_scripts(struct writer *w, const struct xml_node *base, const struct xml_node *below,
                          const struct xml_node *above)
{
    write_guarded(w, base);
    if (below && !is_silent(below)) {
        bytes_str(w->out, "_");
        write_guarded(w, below);
    }
    if (above && !is_silent(above)) {
        bytes_str(w->out, "^");
        write_guarded(w, above);
    }
}

static void write_fraction(struct writer *w, const struct xml_node *n)
{
    write_guarded(w, child_at(n, 0));
    bytes_str(w->out, "/");
    write_guarded(w, child_at(n, 1));
}

static void write_root(struct writer *w, const struct xml_node *n)
{
    if (xml_named(n, "msqrt")) {
        bytes_str(w->out, "sqrt(");
        write_row(w, n);
        bytes_str(w->out, ")");
        return;
    }
    bytes_str(w->out, "root(");
    if (child_at(n, 1))
        write(w, child_at(n, 1));
    bytes_str(w->out, "; ");
    if (child_at(n, 0))
        write(w, child_at(n, 0));
    bytes_str(w->out, ")");
}

static const char *attr_or(struct writer *w, const struct xml_node *n, const char *name, const char *fallback)
{
    const char *v = xml_attr(w->doc, n, name);
    return v ? v : fallback;
}

static void write_fenced(struct writer *w, const struct xml_node *n)
{
    const char *separator = attr_or(w, n, "separators", ",");
    bytes_str(w->out, attr_or(w, n, "open", "("));
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        write(w, c);
        if (xml_next_element(c))
            bytes_printf(w->out, "%s ", separator);
    }
    bytes_str(w->out, attr_or(w, n, "close", ")"));
}

static void write_list(struct writer *w, const struct xml_node *n, const char *separator)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (xml_named(c, "mtr") || xml_named(c, "mlabeledtr"))
            write_list(w, c, ", ");
        else
            write_row(w, c);
        if (xml_next_element(c))
            bytes_str(w->out, separator);
    }
}

static void write_table(struct writer *w, const struct xml_node *n)
{
    bytes_str(w->out, "[");
    write_list(w, n, "; ");
    bytes_str(w->out, "]");
}

static void write_multiscripts(struct writer *w, const struct xml_node *n)
{
    const struct xml_node *c = child_at(n, 0), *before = c;
    while (before && !xml_named(before, "mprescripts"))
        before = xml_next_element(before);
    for (before = before ? xml_next_element(before) : NULL; before;
         before = before ? xml_next_element(before) : NULL) {
        const struct xml_node *above = xml_next_element(before);
        write_scripts(w, NULL, before, above);
        before = above;
    }
    write_guarded(w, c);
    for (c = c ? xml_next_element(c) : NULL; c && !xml_named(c, "mprescripts");
         c = c ? xml_next_element(c) : NULL) {
        const struct xml_node *above = xml_next_element(c);
        write_scripts(w, NULL, c, above);
        c = above;
    }
}

static void write(struct writer *w, const struct xml_node *n)
{
    if (is_silent(n))
        return;
    if (is_token(n))
        write_token(w, n);
    else if (xml_named(n, "mspace"))
        bytes_str(w->out, " ");
    else if (xml_named(n, "mfrac"))
        write_fraction(w, n);
    else if (xml_named(n, "msqrt") || xml_named(n, "mroot"))
        write_root(w, n);
    else if (xml_named(n, "msup") || xml_named(n, "mover"))
        write_scripts(w, child_at(n, 0), NULL, child_at(n, 1));
    else if (xml_named(n, "msub") || xml_named(n, "munder"))
        write_scripts(w, child_at(n, 0), child_at(n, 1), NULL);
    else if (xml_named(n, "msubsup") || xml_named(n, "munderover"))
        write_scripts(w, child_at(n, 0), child_at(n, 1), child_at(n, 2));
    else if (xml_named(n, "mmultiscripts"))
        write_multiscripts(w, n);
    else if (xml_named(n, "mfenced"))
        write_fenced(w, n);
    else if (xml_named(n, "mtable"))
        write_table(w, n);
    else
        write_row(w, n);
}

const char *item_math_text(struct arena *a, const struct xml_doc *doc, const struct xml_node *math)
{
    struct bytes text = {0};
    struct writer w = {a, doc, &text};
    write(&w, math);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\r')
            text.p[i] = ' ';
    char *line = text_trim(a, text.p ? (const char *)text.p : "");
    bytes_release(&text);
    return line;
}
