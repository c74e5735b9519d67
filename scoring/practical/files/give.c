/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/files/give.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/parts.h"

static int found(struct fact *ret, enum fact_type type, const char *place)
{
    *ret = (struct fact){.state = FACT_FOUND, .value.type = type, .place = place};
    return 0;
}

int give_bool(struct fact *ret, bool yes, const char *place)
{
    found(ret, FACT_BOOL, place);
    ret->value.integer = yes;
    return 0;
}

int give_integer(struct fact *ret, int64_t n, const char *place)
{
    found(ret, FACT_INTEGER, place);
    ret->value.integer = n;
    return 0;
}

int give_text(struct fact *ret, const char *text, const char *place)
{
    if (!text)
        return give_absent(ret, place, "not given there");
    found(ret, FACT_TEXT, place);
    ret->value.text = text;
    return 0;
}

int give_token(struct fact *ret, const char *word, const char *place)
{
    give_text(ret, word, place);
    ret->value.type = FACT_TOKEN;
    return 0;
}

int give_list(struct fact *ret, const char **item, size_t n, const char *place)
{
    found(ret, FACT_LIST, place);
    ret->value.item = item;
    ret->value.n_items = n;
    return 0;
}

int give_absent(struct fact *ret, const char *place, const char *why)
{
    *ret = (struct fact){.state = FACT_ABSENT, .place = place, .why = why};
    return 0;
}

int give_unknown(struct fact *ret, const char *place, const char *why)
{
    *ret = (struct fact){.state = FACT_UNKNOWN, .place = place, .why = why};
    return 0;
}

void give_add(struct give_items *l, struct arena *a, const char *text)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 16;
        const char **grown = arena_array(a, l->cap, sizeof *grown);
        if (l->n)
            memcpy(grown, l->item, l->n * sizeof *grown);
        l->item = grown;
    }
    l->item[l->n++] = text;
}

int give_bad_locator(const struct check_target *t, const char *name, struct err *e)
{
    return err_set(e, ERR_DATA, t->kind->name, _("the rule names no \"%s\", or one that cannot be"), name);
}

static int refuse(const struct practical_file *f, enum practical_fault code, const char *what, struct err *e)
{
    err_set(e, ERR_DATA, f->path, "%s", what);
    if (e)
        e->code = code;
    return -ERR_DATA;
}

static bool converts(struct bytes *out, enum encoding c, const struct practical_file *f)
{
    struct err unwanted;
    bytes_clear(out);
    return encoding_convert(out, c, f->path, f->bytes, &unwanted) == 0 &&
           (out->n == 0 || !memchr(out->p, 0, out->n));
}

static bool has_mark(struct span s)
{
    return (s.n >= 2 && (memcmp(s.p, "\xFF\xFE", 2) == 0 || memcmp(s.p, "\xFE\xFF", 2) == 0)) ||
           (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0);
}

static char *with_line_feeds(struct arena *a, const struct bytes *b)
{
    char *text = arena_alloc(a, b->n + 1), *to = text;
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i] != '\r')
            *to++ = (char)b->p[i];
        else if (i + 1 >= b->n || b->p[i + 1] != '\n')
            *to++ = '\n';
    return text;
}

int give_content(const struct practical_file *f, enum encoding wanted, struct arena *a, const char **ret,
                 enum encoding *ret_encoding, struct err *e)
{
    struct bytes out = {0};
    if (f->skipped)
        return refuse(f, FAULT_LIMIT, f->skipped, e);
    if (f->bytes.n > GIVE_TEXT_MAX)
        return refuse(f, FAULT_TOO_BIG, _("too large for a text"), e);
    enum encoding c = has_mark(f->bytes) ? ENCODING_UNKNOWN : wanted;
    bool good = c != ENCODING_UNKNOWN && converts(&out, c, f);
    if (!good) {
        c = encoding_of(f->bytes);
        good = c != ENCODING_UNKNOWN && converts(&out, c, f);
    }
    if (good) {
        *ret = with_line_feeds(a, &out);
        if (ret_encoding)
            *ret_encoding = c;
    }
    bytes_release(&out);
    return good ? 0 : refuse(f, FAULT_WRONG_TYPE, _("not a text"), e);
}

const struct practical_file *give_file(const struct practical_folder *f, const char *path, struct fact *ret)
{
    const struct practical_file *file = f ? practical_find(f, path) : NULL;
    const char *why = !file ? "no such file" : file->folder ? "a folder, not a file" : file->skipped;
    if (!why)
        return file;
    give_absent(ret, path, why);
    return NULL;
}

const char *give_named(const struct check_target *t)
{
    return t->path ? t->path : "";
}

const char *give_path(struct arena *a, const char *path)
{
    const char *plain = give_beside(a, "", path);
    return plain ? plain : "";
}

const char *give_beside(struct arena *a, const char *from, const char *to)
{
    const char *slash = strrchr(from, '/');
    char *all = arena_printf(a, "%.*s%s", slash ? (int)(slash - from + 1) : 0, from, to);
    char *out = arena_alloc(a, strlen(all) + 1);
    size_t n = 0;
    for (char *p = all; *p; p++)
        if (*p == '\\')
            *p = '/';
    for (const char *p = all; *p;) {
        size_t k = strcspn(p, "/");
        if (k == 2 && p[0] == '.' && p[1] == '.') {
            if (n == 0)
                return NULL;
            while (n > 0 && out[--n] != '/')
                ;
        } else if (k > 0 && !(k == 1 && p[0] == '.')) {
            if (n)
                out[n++] = '/';
            memcpy(out + n, p, k);
            n += k;
        }
        p += k + (p[k] == '/');
    }
    out[n] = '\0';
    return out;
}

const struct practical_file *give_exact(const struct practical_folder *f, const char *path)
{
    size_t low = 0, high = f ? f->n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(f->file[middle].path, path);
        if (order == 0)
            return &f->file[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static uint32_t folded(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool give_matches(const char *pattern, const char *name)
{
    const char *p_end = pattern + strlen(pattern), *n_end = name + strlen(name), *star = NULL, *again = NULL;
    const char *p = pattern, *n = name;
    while (n < n_end) {
        const char *p_next = p, *n_next = n;
        uint32_t c = p < p_end ? utf8_next(&p_next, p_end) : 0, d = utf8_next(&n_next, n_end);
        if (p < p_end && c == '*') {
            star = p = p_next;
            again = n;
        } else if (p < p_end && (c == '?' || folded(c) == folded(d))) {
            p = p_next;
            n = n_next;
        } else if (star) {
            p = star;
            utf8_next(&again, n_end);
            n = again;
        } else
            return false;
    }
    while (p < p_end && *p == '*')
        p++;
    return p == p_end;
}
