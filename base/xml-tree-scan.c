/* SPDX-License-Identifier: Apache-2.0 */
/* Everything but tags: productions of XML 1.0 (5th edition) stand at what reads them. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/xml-tree-internal.h"

enum { PIECE = 4096 };

static bool begins(const struct tree_reader *r, const char *word)
{
    return strncmp((const char *)r->at, word, strlen(word)) == 0;
}

/* All that is there could be the beginning of `word`. */
static bool may_begin(const struct tree_reader *r, const char *word)
{
    size_t n = (size_t)(r->end - r->at);
    return n < strlen(word) && memcmp(r->at, word, n) == 0;
}

static uint32_t number(const uint8_t *p, const uint8_t *end, unsigned base)
{
    uint32_t c = 0;
    if (p == end)
        return 0;
    for (; p < end; p++) {
        const char *digits = "0123456789abcdef", *at = strchr(digits, *p >= 'A' && *p <= 'F' ? *p | 0x20 : *p);
        unsigned digit = at && *p ? (unsigned)(at - digits) : base;
        if (digit >= base)
            return 0;
        c = c * base + digit;
        c = c > 0x110000 ? 0x110000 : c;
    }
    return c;
}

/* 66-68; only the five entities of 4.6 exist. */
size_t tree_scan_reference(const uint8_t *p, const uint8_t *end, char out[4], size_t *ret_n)
{
    static const struct {
        const char *name;
        char c;
    } entity[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    const uint8_t *semicolon = memchr(p, ';', (size_t)(end - p));
    size_t n = semicolon ? (size_t)(semicolon + 1 - p) : 0;
    *ret_n = 1;
    if (n >= 4 && p[1] == '#') {
        uint32_t c = p[2] == 'x' ? number(p + 3, semicolon, 16) : number(p + 2, semicolon, 10);
        if (c == 0 || !tree_is_char(c))
            return 0;
        *ret_n = utf8_put(out, c);
        return n;
    }
    for (size_t i = 0; i < sizeof entity / sizeof *entity; i++)
        if (n == strlen(entity[i].name) && memcmp(p, entity[i].name, n) == 0) {
            out[0] = entity[i].c;
            return n;
        }
    return 0;
}

static bool scan_reference(struct tree_reader *r)
{
    char text[4];
    const uint8_t *end = r->at + 1;
    while (tree_class[*end] & CHAR_NAME || *end == '#')
        end++;
    if (end == r->end)
        return false;
    size_t n_text, n = tree_scan_reference(r->at, end + 1, text, &n_text);
    if (n == 0)
        tree_malformed(r, _("a reference to something that is not there"), r->at);
    else
        tree_build_text(r, text, n_text, tree_input_line(r, r->at));
    r->at += n;
    return true;
}

/* 14: no "]]>" in a text. One that may go on behind the end is looked at with what follows. */
static bool holds_cdata_end(const uint8_t *p, const uint8_t *end)
{
    while ((p = memchr(p, ']', (size_t)(end - p))) && strncmp((const char *)p, "]]>", 3) != 0)
        p++;
    return p != NULL;
}

/* "]]" at the end of a piece may be the beginning of "]]>". */
static const uint8_t *without_brackets(const uint8_t *p, const uint8_t *end)
{
    for (int i = 0; i < 2 && end > p && end[-1] == ']'; i++)
        end--;
    return end;
}

static bool all_space(const uint8_t *p, const uint8_t *end)
{
    while (p < end && tree_class[*p] & CHAR_SPACE)
        p++;
    return p == end;
}

/* Up to the next markup or reference, a piece of it at a time: what follows is not searched again and again. */
static bool scan_text(struct tree_reader *r)
{
    const uint8_t *p = r->at, *stop = r->end - p > PIECE ? p + PIECE : r->end;
    const uint8_t *markup = memchr(p, '<', (size_t)(stop - p)), *end = markup ? markup : stop;
    const uint8_t *reference = memchr(p, '&', (size_t)(end - p));
    end = reference ? reference : end;
    if (r->state != TREE_CONTENT) {
        if (!all_space(p, end) || reference)
            tree_malformed(r, _("text outside of the root element"), p);
        r->at += end - p;
        return true;
    }
    if (holds_cdata_end(p, end))
        tree_malformed(r, _("\"]]>\" in a text"), p);
    if (end == stop)
        end = without_brackets(p, end);
    if (end == markup && markup[1] != '!' && markup[1] != '?' && markup[1] != '\0')
        tree_build_whole_text(r, p, (size_t)(end - p), tree_input_line(r, p));
    else if (end > p)
        tree_build_text(r, p, (size_t)(end - p), tree_input_line(r, p));
    r->at += end - p;
    return end > p;
}

/* 18-21, in pieces. */
static bool scan_cdata(struct tree_reader *r)
{
    const char *close = strstr((const char *)r->at, "]]>");
    const uint8_t *end = close ? (const uint8_t *)close : r->end;
    if (!close)
        end = without_brackets(r->at, end);
    if (end > r->at)
        tree_build_text(r, r->at, (size_t)(end - r->at), tree_input_line(r, r->at));
    r->in_cdata = !close;
    bool moved = close || end > r->at;
    r->at += end - r->at + (close ? 3 : 0);
    return moved;
}

/* 15 */
static bool scan_comment(struct tree_reader *r)
{
    const char *hyphens = strstr((const char *)r->at + 4, "--");
    if (!hyphens || !hyphens[2])
        return false;
    if (hyphens[2] != '>')
        tree_malformed(r, _("\"--\" in a comment"), (const uint8_t *)hyphens);
    r->at = (uint8_t *)hyphens + 3;
    return true;
}

static const uint8_t *skip_space(const uint8_t *p)
{
    while (tree_class[*p] & CHAR_SPACE)
        p++;
    return p;
}

/* name S? '=' S? quoted, where S is before it; NULL where that is not there. */
static const uint8_t *pseudo_attribute(const uint8_t *p, const char *name, struct span *ret)
{
    const uint8_t *q = skip_space(p);
    size_t n = strlen(name);
    if (q == p || strncmp((const char *)q, name, n) != 0)
        return NULL;
    q = skip_space(q + n);
    if (*q != '=')
        return NULL;
    q = skip_space(q + 1);
    if (*q != '"' && *q != '\'')
        return NULL;
    const char *close = strchr((const char *)q + 1, *q);
    if (!close)
        return NULL;
    *ret = span_of(q + 1, (size_t)((const uint8_t *)close - q - 1));
    return (const uint8_t *)close + 1;
}

static bool all_of(struct span s, const char *allowed)
{
    size_t n = 0;
    while (n < s.n && s.p[n] && strchr(allowed, s.p[n]))
        n++;
    return n == s.n;
}

static bool is_version(struct span s)
{
    return s.n > 2 && s.p[0] == '1' && s.p[1] == '.' && all_of(span_of(s.p + 2, s.n - 2), "0123456789");
}

/* 81; what it says is not believed. */
static bool is_encoding(struct span s)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return s.n > 0 && strchr(letters, s.p[0]) && all_of(s, all);
}

/* 23-32 */
static bool scan_declaration(struct tree_reader *r)
{
    struct span value;
    if (!strstr((const char *)r->at, "?>"))
        return false;
    const uint8_t *p = pseudo_attribute(r->at + 5, "version", &value), *next;
    bool good = p && is_version(value);
    if (good && (next = pseudo_attribute(p, "encoding", &value))) {
        good = is_encoding(value);
        p = next;
    }
    if (good && (next = pseudo_attribute(p, "standalone", &value))) {
        good = span_equal(value, span_str("yes")) || span_equal(value, span_str("no"));
        p = next;
    }
    if (!good || strncmp((const char *)skip_space(p), "?>", 2) != 0)
        tree_malformed(r, _("its first line declares it wrongly"), r->at);
    else
        r->at = (uint8_t *)(uintptr_t)skip_space(p) + 2;
    return true;
}

/* 16, 17; Namespaces in XML, 7: no colon. */
static bool scan_instruction(struct tree_reader *r)
{
    const char *close = strstr((const char *)r->at + 2, "?>");
    const uint8_t *p = r->at + 2, *end = p;
    bool full = false;
    if (!close)
        return false;
    while (tree_class[*end] & CHAR_NAME)
        end++;
    struct tree_word *w = tree_word(r->tree, p, (size_t)(end - p));
    bool good = w && w->n > 0 && tree_word_is_name(r->tree, w, &full) && w->prefix == r->empty &&
                ascii_casecmp(w->text, "xml") != 0;
    if (!w || full)
        tree_too_much(r);
    else if (!good || (end != (const uint8_t *)close && !(tree_class[*end] & CHAR_SPACE)))
        tree_malformed(r, _("a processing instruction that is none"), p);
    r->at = (uint8_t *)close + 2;
    return true;
}

static bool scan_exclamation(struct tree_reader *r)
{
    if (may_begin(r, "<!DOCTYPE") || may_begin(r, "<!--") || may_begin(r, "<![CDATA["))
        return false;
    if (begins(r, "<!--"))
        return scan_comment(r);
    if (r->state == TREE_PROLOG && begins(r, "<!DOCTYPE"))
        tree_refuse(r, XML_TREE_DTD, _("a DOCTYPE is not allowed here"), r->at);
    else if (r->state == TREE_CONTENT && begins(r, "<![CDATA[")) {
        r->in_cdata = true;
        r->at += 9;
    } else
        tree_malformed(r, _("\"<!\" where it may not stand"), r->at);
    return true;
}

static bool scan_markup(struct tree_reader *r)
{
    switch (r->at[1]) {
    case '\0':
        return false;
    case '/':
        return tree_scan_end_tag(r);
    case '!':
        return scan_exclamation(r);
    case '?':
        return scan_instruction(r);
    default:
        return tree_scan_start_tag(r);
    }
}

static bool scan_start(struct tree_reader *r)
{
    if (may_begin(r, "<?xml "))
        return false;
    if (begins(r, "<?xml") && tree_class[r->at[5]] & CHAR_SPACE && !scan_declaration(r))
        return false;
    r->state = TREE_PROLOG;
    return true;
}

static bool scan_one(struct tree_reader *r)
{
    if (r->in_cdata)
        return scan_cdata(r);
    if (r->state == TREE_START)
        return scan_start(r);
    if (*r->at == '<')
        return scan_markup(r);
    if (*r->at == '&' && r->state == TREE_CONTENT)
        return scan_reference(r);
    return r->at < r->end && scan_text(r);
}

void tree_scan(struct tree_reader *r)
{
    bool more = tree_input_more(r);
    while (r->result == 0 && more) {
        while (r->result == 0 && scan_one(r))
            ;
        more = r->result == 0 && tree_input_more(r);
    }
    if (r->result == 0 && (r->state != TREE_EPILOG || r->at != r->end))
        tree_malformed(r, _("it is cut off"), r->end);
}
