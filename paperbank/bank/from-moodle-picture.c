/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-moodle.h"

enum { PICTURES_MAX = 200 };

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Base64 with any white space; false for anything else. */
static bool decode(struct arena *a, const char *text, struct span *ret)
{
    uint8_t *out = arena_alloc(a, strlen(text) / 4 * 3 + 3);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;
    for (; *text && *text != '='; text++) {
        if (strchr(" \t\r\n", *text))
            continue;
        int v = digit(*text);
        if (v < 0)
            return false;
        bits = bits << 6 | (uint32_t)v;
        if ((have += 6) >= 8)
            out[n++] = (uint8_t)(bits >> (have -= 8));
    }
    *ret = span_of(out, n);
    return n > 0 && text[strspn(text, "= \t\r\n")] == '\0';
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "@@PLUGINFILE@@/a%20b.png?time=1" is "a b.png". NULL for another address. */
static char *file_name(struct arena *a, const char *source)
{
    static const char marker[] = "@@PLUGINFILE@@/";
    if (strncmp(source, marker, strlen(marker)) != 0)
        return NULL;
    source += strlen(marker);
    char *out = arena_strndup(a, source, strcspn(source, "?#")), *to = out;
    for (const char *p = out; *p; p++) {
        bool coded = *p == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0;
        *to++ = coded ? (char)(hex(p[1]) * 16 + hex(p[2])) : *p;
        p += coded ? 2 : 0;
    }
    *to = '\0';
    return out;
}

static bool is_file(const struct moodle_question *q, const struct xml_node *n, const char *name)
{
    const char *path = xml_attr(q->doc, n, "path"), *own = xml_attr(q->doc, n, "name");
    if (!own)
        return false;
    const char *slash = strrchr(name, '/');
    return strcmp(name, arena_printf(q->d->arena, "%s%s", path && *path == '/' ? path + 1 : "", own)) == 0 ||
           (!slash && strcmp(name, own) == 0);
}

static const struct xml_node *find_file(const struct moodle_question *q, const char *name)
{
    for (const struct xml_node *n = xml_first_element(q->field); n; n = xml_next_element(n))
        if (xml_named(n, "file") && is_file(q, n, name))
            return n;
    return NULL;
}

/* The name under which the draft has these bytes; two files of one name never become one. */
static const char *keep(struct moodle_question *q, const char *name, struct span bytes)
{
    struct draft *d = q->d;
    if (!d->picture)
        d->picture = arena_array(d->arena, PICTURES_MAX, sizeof *d->picture);
    for (size_t i = 0; i < d->n_pictures; i++)
        if (span_equal(d->picture[i].bytes, bytes))
            return d->picture[i].name;
    if (d->n_pictures == PICTURES_MAX) {
        draft_fault(d, _("more than %d pictures"), PICTURES_MAX);
        return "";
    }
    const char *base = path_base(name), *dot = strrchr(base, '.');
    bool plain = path_is_plain_name(base);
    for (size_t i = 0; plain && i < d->n_pictures; i++)
        plain = strcmp(d->picture[i].name, base) != 0;
    bool extension = dot && path_is_plain_name(dot + 1) && strlen(dot) <= 5;
    const char *as =
        plain ? base : arena_printf(d->arena, "picture-%zu%s", d->n_pictures + 1, extension ? dot : "");
    d->picture[d->n_pictures++] = (struct package_file){.name = arena_strdup(d->arena, as), .bytes = bytes};
    return as;
}

const char *moodle_image(struct markup *m, const char *source)
{
    struct moodle_question *q = m->context;
    struct span bytes;
    source = text_trim(m->arena, source);
    const char *data = strncmp(source, "data:image/", 11) == 0 ? strstr(source, ";base64,") : NULL;
    if (data) {
        const char *type = arena_strndup(m->arena, source + 11, (size_t)(data - source) - 11);
        return decode(m->arena, data + 8, &bytes)
                   ? keep(q, arena_printf(m->arena, "picture-%zu.%s", q->d->n_pictures + 1, type), bytes)
                   : NULL;
    }
    const char *name = file_name(m->arena, source);
    const struct xml_node *file = name ? find_file(q, name) : NULL;
    if (!file || !decode(m->arena, xml_content(file, m->arena), &bytes))
        return NULL;
    return keep(q, name, bytes);
}
