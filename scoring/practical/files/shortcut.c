/* SPDX-License-Identifier: Apache-2.0 */
/* Shortcuts: .lnk (MS-SHLLINK 2.1-2.4), .url and .desktop. */
#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"
#include "scoring/practical/parts.h"

enum {
    LNK_HEADER = 0x4C,
    HAS_ID_LIST = 1 << 0,
    HAS_LINK_INFO = 1 << 1,
    HAS_NAME = 1 << 2,
    HAS_RELATIVE_PATH = 1 << 3,
    IS_UNICODE = 1 << 7
};

static uint32_t le16(const uint8_t *p)
{
    return (uint32_t)(p[0] | p[1] << 8);
}

/* UTF-8 of a text of that encoding, or "" where it is none. */
static const char *decoded(struct arena *a, enum encoding c, struct span raw)
{
    struct bytes out = {0};
    struct err unwanted;
    const char *text = "";
    if (encoding_convert(&out, c, "", raw, &unwanted) == 0 && out.n && !memchr(out.p, 0, out.n))
        text = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return text;
}

/* A text of one-byte units that ends with zero, at an offset in `s`. */
static const char *narrow(struct arena *a, struct span s, uint32_t at)
{
    if (at == 0 || at >= s.n)
        return "";
    struct span raw = span_of(s.p + at, strnlen((const char *)s.p + at, s.n - at));
    enum encoding c = encoding_of(raw);
    return decoded(a, c == ENCODING_UNKNOWN ? ENCODING_CP437 : c, raw);
}

static const char *wide(struct arena *a, struct span s, uint32_t at)
{
    if (at == 0 || at >= s.n)
        return "";
    size_t n = 0;
    while (at + n + 1 < s.n && le16(s.p + at + n))
        n += 2;
    return decoded(a, ENCODING_UTF16LE, span_of(s.p + at, n));
}

static const char *from_link_info(struct arena *a, struct span info)
{
    if (info.n < 0x1C || !(le32(info.p + 8) & 1))
        return NULL;
    const char *base = narrow(a, info, le32(info.p + 16)), *suffix = narrow(a, info, le32(info.p + 24));
    if (le32(info.p + 4) >= 0x24 && info.n >= 0x24) {
        const char *w = wide(a, info, le32(info.p + 28));
        if (*w) {
            base = w;
            suffix = wide(a, info, le32(info.p + 32));
        }
    }
    return *base ? arena_printf(a, "%s%s", base, suffix) : NULL;
}

/* A counted text of the section StringData; moves on. */
static const char *counted(struct arena *a, struct span *s, bool unicode)
{
    if (s->n < 2)
        return NULL;
    size_t n = le16(s->p) * (unicode ? 2u : 1u);
    if (n > s->n - 2)
        return NULL;
    struct span raw = span_of(s->p + 2, n);
    *s = span_of(s->p + 2 + n, s->n - 2 - n);
    enum encoding c = unicode ? ENCODING_UTF16LE : encoding_of(raw);
    return decoded(a, c == ENCODING_UNKNOWN ? ENCODING_CP437 : c, raw);
}

static bool pass(struct span *s, size_t n)
{
    if (n > s->n)
        return false;
    *s = span_of(s->p + n, s->n - n);
    return true;
}

static const char *from_lnk(struct arena *a, struct span s)
{
    if (s.n < LNK_HEADER || le32(s.p) != LNK_HEADER)
        return NULL;
    uint32_t flags = le32(s.p + 0x14);
    const char *target = NULL;
    pass(&s, LNK_HEADER);
    if (flags & HAS_ID_LIST && (s.n < 2 || !pass(&s, 2 + le16(s.p))))
        return NULL;
    if (flags & HAS_LINK_INFO) {
        size_t n = s.n >= 4 ? le32(s.p) : 0;
        if (n < 4 || n > s.n)
            return NULL;
        target = from_link_info(a, span_of(s.p, n));
        pass(&s, n);
    }
    if (flags & HAS_NAME)
        counted(a, &s, flags & IS_UNICODE);
    if (!target && flags & HAS_RELATIVE_PATH)
        target = counted(a, &s, flags & IS_UNICODE);
    return target;
}

/* The value of a key at the beginning of a line. */
static const char *keyed(const char *text, const char *key, struct arena *a)
{
    size_t n = strlen(key);
    for (const char *p = text; *p;) {
        size_t line = strcspn(p, "\n");
        char *here = arena_strndup(a, p, line < n ? line : n);
        if (line > n && ascii_casecmp(here, key) == 0 && p[n] == '=')
            return text_trim(a, arena_strndup(a, p + n + 1, line - n - 1));
        p += line + (p[line] == '\n');
    }
    return NULL;
}

int files_shortcut_target(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    (void)at, (void)argument;
    const char *text, *target;
    const struct practical_file *f = give_file(t->folder, give_path(a, give_named(t)), ret);
    if (!f)
        return 0;
    if (f->bytes.n >= 4 && le32(f->bytes.p) == LNK_HEADER) {
        target = from_lnk(a, f->bytes);
        return target ? give_text(ret, target, f->path) : give_absent(ret, f->path, "it names no file");
    }
    if (f->bytes.n > 65536)
        return give_absent(ret, f->path, "not a shortcut");
    int r = give_content(f, ENCODING_UNKNOWN, a, &text, NULL, e);
    if (r < 0)
        return r;
    target = keyed(text, "URL", a);
    if (!target)
        target = keyed(text, "Exec", a);
    return target ? give_text(ret, target, f->path) : give_absent(ret, f->path, "not a shortcut");
}
