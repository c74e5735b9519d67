/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/web/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/web/css-internal.h"

enum { CHARSET_WITHIN = 65536 };

/* The charset that a page declares, wherever in its head; browsers look at fewer bytes, but pages in GBK with
 * a late declaration are meant as such. */
static const char *declared_charset(struct arena *a, struct span s)
{
    size_t n = s.n < CHARSET_WITHIN ? s.n : CHARSET_WITHIN;
    char *head = css_lower(arena_strndup(a, (const char *)s.p, n));
    const char *meta = head;
    while ((meta = strstr(meta, "<meta"))) {
        const char *end = meta + strcspn(meta, ">"), *at = strstr(meta, "charset");
        meta = end;
        if (!at || at > end)
            continue;
        at += strlen("charset");
        at += strspn(at, " \t\r\n=\"'");
        size_t k = strcspn(at, " \t\r\n\"'/>;");
        if (k > 0 && k < 40)
            return arena_strndup(a, at, k);
    }
    return NULL;
}

/* An address's text from the folder, for style sheets. */
static const char *read_sheet(struct page *p, const char *address)
{
    const char *text;
    struct err unwanted;
    const struct practical_file *f = page_file(p, address, p->arena);
    if (!f || f->folder || f->skipped || f->bytes.n > PAGE_CSS_MAX ||
        arena_used(p->arena) > 8u * PAGE_CSS_MAX)
        return NULL;
    enum encoding c = p->charset ? encoding_named(p->charset) : ENCODING_UNKNOWN;
    return give_content(f, c, p->arena, &text, NULL, &unwanted) == 0 ? text : NULL;
}

struct importing {
    struct page *page;
    const char *beside; /* the sheet that imports */
};

static const char *import(void *context, const char *address)
{
    struct importing *i = context;
    const char *path = i->beside ? give_beside(i->page->arena, i->beside, address) : NULL;
    if (!path)
        return read_sheet(i->page, address);
    struct page other = *i->page;
    other.path = "";
    return read_sheet(&other, path);
}

static bool is_style_link(const struct page *p, const struct xml_node *n)
{
    const char *rel = page_attr(p, n, "rel"), *media = page_attr(p, n, "media");
    return xml_named(n, "link") && rel && ascii_casecmp(rel, "stylesheet") == 0 &&
           (!media || ascii_casecmp(media, "print") != 0);
}

static void read_styles(struct page *p)
{
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n)) {
        struct importing i = {.page = p};
        if (xml_named(n, "style"))
            css_add(&p->css, xml_content(n, p->arena), import, &i);
        else if (is_style_link(p, n) && page_attr(p, n, "href")) {
            const char *address = page_attr(p, n, "href"), *text = read_sheet(p, address);
            i.beside = page_resolve(p, address, p->arena);
            if (text)
                css_add(&p->css, text, import, &i);
        }
    }
}

/* Chinese in UTF-8 takes three bytes; two bytes that happen to be UTF-8 may as well be GBK. */
static bool is_clearly_utf8(struct span s)
{
    bool three = false;
    for (size_t i = 0; i < s.n && !three; i++)
        three = (s.p[i] & 0xF0) == 0xE0;
    return three && utf8_valid((const char *)s.p, s.n);
}

static int read_page(struct page *p, const struct practical_file *f, struct err *e)
{
    static const struct xml_limits limits = {
        .bytes = PAGE_MAX, .elements = PAGE_ELEMENTS_MAX, .depth = PAGE_DEPTH_MAX};
    const char *text;
    if (f->bytes.n > PAGE_MAX) {
        err_set(e, ERR_DATA, f->path, _("too large for a page"));
        if (e)
            e->code = FAULT_TOO_BIG;
        return -ERR_DATA;
    }
    p->charset = declared_charset(p->arena, f->bytes);
    enum encoding c = p->charset ? encoding_named(p->charset) : ENCODING_UNKNOWN;
    if (c == ENCODING_UTF16LE || c == ENCODING_UTF16BE || is_clearly_utf8(f->bytes))
        c = ENCODING_UNKNOWN; /* what could be read as ASCII until here is not UTF-16 */
    int r = give_content(f, c, p->arena, &text, NULL, e);
    if (r < 0)
        return r;
    r = xml_read_html_page(&p->doc, f->path, *text ? text : "<html></html>", &limits, e);
    if (r < 0 && e)
        e->code = FAULT_LIMIT;
    return r;
}

int page_open(void **ret, const struct practical_folder *folder, const char *path, struct err *e)
{
    struct page *p = mem_alloc(sizeof *p);
    p->arena = p->css.arena = arena_new();
    p->folder = folder;
    p->path = give_path(p->arena, path);
    const struct practical_file *f = practical_find(folder, p->path);
    int r = f && !f->folder ? read_page(p, f, e) : err_set(e, ERR_NO, path, _("there is no such file"));
    if (r == 0 && !xml_root(p->doc))
        r = err_set(e, ERR_DATA, path, _("not a text in HTML"));
    if (r < 0) {
        page_close(p);
        return r;
    }
    p->path = f->path;
    p->root = p->body = xml_root(p->doc);
    const struct xml_node *body = page_nth(p, "body", 1);
    p->body = body ? body : p->root;
    read_styles(p);
    *ret = p;
    return 0;
}

void page_close(void *page)
{
    struct page *p = page;
    if (!p)
        return;
    xml_free(p->doc);
    arena_free(p->arena);
    free(p);
}

/* ---- addresses ---- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static char *decoded(struct arena *a, const char *s, size_t n)
{
    char *out = arena_alloc(a, n + 1), *to = out;
    for (size_t i = 0; i < n; i++) {
        int high = s[i] == '%' && i + 2 < n + 0 ? hex_digit(s[i + 1]) : -1,
            low = high >= 0 ? hex_digit(s[i + 2]) : -1;
        if (high >= 0 && low >= 0 && high * 16 + low > 0) {
            *to++ = (char)(high * 16 + low);
            i += 2;
        } else
            *to++ = s[i];
    }
    utf8_mend(out, '?');
    return out;
}

const char *page_resolve(const struct page *p, const char *address, struct arena *a)
{
    const char *trimmed = text_trim(a, address);
    size_t n = strcspn(trimmed, "?#"), k = strcspn(trimmed, ":/\\?#");
    if (n == 0 || trimmed[k] == ':' || trimmed[0] == '/' || trimmed[0] == '\\')
        return NULL;
    return give_beside(a, p->path, decoded(a, trimmed, n));
}

const char *page_address(const struct page *p, const char *address, struct arena *a)
{
    const char *trimmed = text_trim(a, address), *path = page_resolve(p, address, a);
    return path ? arena_printf(a, "%s%s", path, trimmed + strcspn(trimmed, "?#")) : trimmed;
}

const struct practical_file *page_file(const struct page *p, const char *address, struct arena *a)
{
    const char *path = page_resolve(p, address, a);
    return path ? practical_find(p->folder, path) : NULL;
}
