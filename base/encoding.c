/* SPDX-License-Identifier: Apache-2.0 */
#include "base/encoding.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { CHUNK = 32768, LINE_MAX_BYTES = 2 << 20 };

static const char *const names[] = {"", "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "IBM437"};

enum encoding encoding_named(const char *name)
{
    static const struct {
        const char *name;
        enum encoding is;
    } known[] = {
        {"utf-8", ENCODING_UTF8},     {"utf8", ENCODING_UTF8},        {"gbk", ENCODING_GB18030},
        {"gb2312", ENCODING_GB18030}, {"gb18030", ENCODING_GB18030},  {"cp936", ENCODING_GB18030},
        {"utf-16", ENCODING_UTF16LE}, {"utf-16le", ENCODING_UTF16LE}, {"utf-16be", ENCODING_UTF16BE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ascii_casecmp(known[i].name, name) == 0)
            return known[i].is;
    return ENCODING_UNKNOWN;
}

const char *encoding_name(enum encoding c)
{
    return names[c];
}

static enum encoding marked(struct span s)
{
    if (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0)
        return ENCODING_UTF8;
    if (s.n >= 2 && memcmp(s.p, "\xFF\xFE", 2) == 0)
        return ENCODING_UTF16LE;
    if (s.n >= 2 && memcmp(s.p, "\xFE\xFF", 2) == 0)
        return ENCODING_UTF16BE;
    return ENCODING_UNKNOWN;
}

/* A conversion to UTF-8 that takes its input in pieces; what is cut in the middle of a character waits in
 * `rest`. */
struct converter {
    iconv_t cd;
    bool at_start;
    uint8_t rest[8];
    size_t n_rest;
};

static int converter_begin(struct converter *c, enum encoding from, const char *name, struct err *e)
{
    *c = (struct converter){.cd = iconv_open("UTF-8", names[from]), .at_start = true};
    if (c->cd == (iconv_t)-1) {
        err_sys(e, name, _("this system cannot convert from %s"), names[from]);
        return err_hint(e, _("save the file as UTF-8"));
    }
    return 0;
}

/* Converts all whole characters; false at a wrong one. `out` NULL: only looks. */
static bool converter_give(struct converter *c, struct span in, struct bytes *out)
{
    struct bytes all = {0};
    bytes_add(&all, c->rest, c->n_rest);
    bytes_add(&all, in.p, in.n);
    char *p = (char *)all.p;
    size_t left = all.n;
    bool good = true;
    while (good && left > 0) {
        char buffer[CHUNK], *to = buffer;
        size_t room = sizeof buffer, n = iconv(c->cd, &p, &left, &to, &room);
        const char *from = buffer;
        bool mark = c->at_start && to - from >= 3 && memcmp(from, "\xEF\xBB\xBF", 3) == 0;
        if (to > from)
            c->at_start = false;
        if (out)
            bytes_add(out, from + (mark ? 3 : 0), (size_t)(to - from) - (mark ? 3 : 0));
        if (n == (size_t)-1 && errno == EINVAL && left <= sizeof c->rest)
            break;
        good = n != (size_t)-1 || errno == E2BIG;
    }
    c->n_rest = good ? left : 0;
    if (good && left)
        memcpy(c->rest, p, left);
    bytes_release(&all);
    return good;
}

static bool fits(enum encoding c, struct span text)
{
    struct converter k;
    if (converter_begin(&k, c, "", NULL) < 0)
        return false;
    bool good = converter_give(&k, text, NULL) && k.n_rest == 0;
    iconv_close(k.cd);
    return good;
}

enum encoding encoding_of(struct span text)
{
    enum encoding c = marked(text);
    if (c == ENCODING_UNKNOWN && utf8_valid((const char *)text.p, text.n))
        c = ENCODING_UTF8;
    if (c == ENCODING_UNKNOWN && fits(ENCODING_GB18030, text))
        c = ENCODING_GB18030;
    return c;
}

static int wrong_text(const char *name, unsigned line, enum encoding c, struct err *e)
{
    char where[220];
    snprintf(where, sizeof where, "%s:%u", name, line);
    err_set(e, ERR_DATA, where, _("not a text in %s"), names[c]);
    return err_hint(e, _("save it as UTF-8, or say its encoding with --encoding"));
}

static unsigned lines_in(const struct bytes *b, size_t from)
{
    unsigned n = 1;
    for (size_t i = from; i < b->n; i++)
        n += b->p[i] == '\n';
    return n;
}

int encoding_convert(struct bytes *out, enum encoding from, const char *name, struct span text, struct err *e)
{
    struct converter c;
    size_t start = out->n;
    int r = converter_begin(&c, from, name, e);
    if (r < 0)
        return r;
    if (!converter_give(&c, text, out) || c.n_rest)
        r = wrong_text(name, lines_in(out, start), from, e);
    iconv_close(c.cd);
    return r;
}

struct text_file {
    int fd;
    char *path;
    enum encoding encoding;
    struct converter converter;
    bool converting, ended;
    struct bytes text; /* converted and not yet given, from `at` on */
    size_t at;
    unsigned line;
};

static ssize_t read_some(int fd, uint8_t *chunk, size_t n)
{
    ssize_t got;
    do
        got = read(fd, chunk, n);
    while (got < 0 && errno == EINTR);
    return got;
}

/* True if the whole file is in that encoding. */
static bool file_fits(const struct text_file *t, enum encoding c)
{
    struct converter k;
    uint8_t chunk[CHUNK];
    ssize_t n = 0;
    if (lseek(t->fd, 0, SEEK_SET) != 0 || converter_begin(&k, c, t->path, NULL) < 0)
        return false;
    bool good = true;
    while (good && (n = read_some(t->fd, chunk, sizeof chunk)) > 0)
        good = converter_give(&k, span_of(chunk, (size_t)n), NULL);
    good = good && n == 0 && k.n_rest == 0;
    iconv_close(k.cd);
    return good;
}

static enum encoding find_encoding(const struct text_file *t, enum encoding wanted)
{
    uint8_t head[4];
    ssize_t n = pread(t->fd, head, sizeof head, 0);
    enum encoding by_mark = marked(span_of(head, n > 0 ? (size_t)n : 0));
    if (by_mark == ENCODING_UTF16BE && (wanted == ENCODING_UTF16LE || wanted == ENCODING_UNKNOWN))
        return by_mark;
    if (wanted != ENCODING_UNKNOWN)
        return wanted;
    if (by_mark != ENCODING_UNKNOWN)
        return by_mark;
    if (file_fits(t, ENCODING_UTF8))
        return ENCODING_UTF8;
    return file_fits(t, ENCODING_GB18030) ? ENCODING_GB18030 : ENCODING_UNKNOWN;
}

static int open_file(struct text_file *t, enum encoding wanted, uint64_t max, struct err *e)
{
    struct stat st;
    t->fd = open(t->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (t->fd < 0)
        return err_sys(e, t->path, _("cannot open"));
    if (fstat(t->fd, &st) < 0)
        return err_sys(e, t->path, _("cannot read"));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_DATA, t->path, _("not a regular file"));
    if ((uint64_t)st.st_size > max)
        return err_set(e, ERR_DATA, t->path, _("larger than the limit of %llu bytes"),
                       (unsigned long long)max);
    t->encoding = find_encoding(t, wanted);
    if (t->encoding == ENCODING_UNKNOWN) {
        err_set(e, ERR_DATA, t->path, _("neither a text in UTF-8 nor one in GB18030 (GBK)"));
        return err_hint(e, _("save it as UTF-8, or say its encoding with --encoding"));
    }
    if (lseek(t->fd, 0, SEEK_SET) != 0)
        return err_sys(e, t->path, _("cannot read"));
    int r = converter_begin(&t->converter, t->encoding, t->path, e);
    t->converting = r == 0;
    return r;
}

int text_file_open(struct text_file **ret, const char *path, enum encoding wanted, uint64_t max,
                   struct err *e)
{
    struct text_file *t = mem_alloc(sizeof *t);
    t->path = mem_strdup(path);
    int r = open_file(t, wanted, max, e);
    if (r < 0) {
        text_file_close(t);
        return r;
    }
    *ret = t;
    return 0;
}

void text_file_close(struct text_file *t)
{
    if (!t)
        return;
    if (t->fd >= 0)
        close(t->fd);
    if (t->converting)
        iconv_close(t->converter.cd);
    bytes_release(&t->text);
    free(t->path);
    free(t);
}

enum encoding text_file_encoding(const struct text_file *t)
{
    return t->encoding;
}

static int fill(struct text_file *t, struct err *e)
{
    uint8_t chunk[CHUNK];
    if (t->at > 0) {
        memmove(t->text.p, t->text.p + t->at, t->text.n - t->at);
        t->text.n -= t->at;
        t->at = 0;
    }
    ssize_t n = read_some(t->fd, chunk, sizeof chunk);
    if (n < 0)
        return err_sys(e, t->path, _("cannot read"));
    if (n == 0)
        t->ended = true;
    size_t before = t->text.n;
    bool good = n == 0 ? t->converter.n_rest == 0
                       : converter_give(&t->converter, span_of(chunk, (size_t)n), &t->text);
    if (good && t->text.n > before && memchr(t->text.p + before, 0, t->text.n - before))
        good = false;
    return good ? 0 : wrong_text(t->path, t->line + lines_in(&t->text, 0), t->encoding, e);
}

int text_file_line(struct text_file *t, const char **ret, unsigned *ret_line, struct err *e)
{
    uint8_t *end = NULL;
    size_t looked = t->at;
    for (;;) {
        if (t->text.n > looked)
            end = memchr(t->text.p + looked, '\n', t->text.n - looked);
        if (end || t->ended)
            break;
        looked = t->text.n - t->at;
        int r = fill(t, e);
        if (r < 0)
            return r;
        if (t->text.n > LINE_MAX_BYTES)
            return err_set(e, ERR_DATA, t->path, _("a line is longer than the limit of %d bytes"),
                           LINE_MAX_BYTES);
    }
    *ret_line = ++t->line;
    *ret = NULL;
    if (!end && t->at == t->text.n)
        return 0;
    size_t n = end ? (size_t)(end - t->text.p) - t->at : t->text.n - t->at;
    bytes_add(&t->text, "", 0);
    char *s = (char *)t->text.p + t->at;
    t->at += n + (end ? 1 : 0);
    if (n && s[n - 1] == '\r')
        n--;
    s[n] = '\0';
    *ret = s;
    return 0;
}
