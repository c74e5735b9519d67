/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/manifest-lom.h"

#include <stdlib.h>
#include <string.h>

static int by_code(const void *a, const void *b)
{
    const struct knowledge_point *const *x = a, *const *y = b;
    return strcmp((*x)->code, (*y)->code);
}

struct lom_points lom_points_of(const struct knowledge_point *point, size_t n, struct arena *a)
{
    struct lom_points p = {.point = arena_array(a, n, sizeof *p.point), .n = n};
    for (size_t i = 0; i < n; i++)
        p.point[i] = &point[i];
    if (n)
        qsort(p.point, n, sizeof *p.point, by_code);
    return p;
}

static const char *title_of(const struct lom_points *p, const char *code)
{
    const struct knowledge_point wanted = {.code = code}, *key = &wanted;
    const struct knowledge_point **found =
        p->n ? bsearch(&key, p->point, p->n, sizeof *p->point, by_code) : NULL;
    return found ? (*found)->title : code;
}

/* The item's xml:lang where it is formed as one; else NULL. */
static const char *language_of(const struct xml_doc *d)
{
    const char *s = xml_attr_ns(d, xml_root(d), "http://www.w3.org/XML/1998/namespace", "lang");
    size_t letters = s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
    if (letters < 1 || letters > 8)
        return NULL;
    for (const char *p = s + letters; *p;) {
        size_t n =
            *p == '-' ? strspn(p + 1, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
        if (n < 1 || n > 8)
            return NULL;
        p += n + 1;
    }
    return s;
}

static void put(struct xml_out *o, const char *element, const char *text)
{
    xml_open(o, element);
    xml_put_text(o, text);
    xml_close(o);
}

static void put_string(struct xml_out *o, const char *element, const char *language, const char *text)
{
    xml_open(o, element);
    xml_open(o, "imsmd:string");
    if (language)
        xml_put(o, "language", language);
    xml_put_text(o, text);
    xml_close(o);
    xml_close(o);
}

static void put_general(struct xml_out *o, const struct bank_item *i, const char *language,
                        const struct lom_points *points)
{
    xml_open(o, "imsmd:general");
    xml_open(o, "imsmd:identifier");
    put(o, "imsmd:entry", i->id);
    xml_close(o);
    put_string(o, "imsmd:title", language, i->title);
    if (language)
        put(o, "imsmd:language", language);
    if (*i->knowledge_point)
        put_string(o, "imsmd:keyword", language, title_of(points, i->knowledge_point));
    xml_close(o);
}

/* Five words for the part of candidates who are expected to solve it. */
static const char *difficulty(int64_t facility)
{
    static const char *const word[] = {"very difficult", "difficult", "medium", "easy", "very easy"};
    return word[facility >= 1000 ? 4 : facility / 200];
}

static void put_educational(struct xml_out *o, const struct bank_item *i)
{
    if (i->facility == BANK_UNKNOWN && i->expected_s == BANK_UNKNOWN)
        return;
    xml_open(o, "imsmd:educational");
    if (i->facility != BANK_UNKNOWN) {
        xml_open(o, "imsmd:difficulty");
        put(o, "imsmd:source", "LOMv1.0");
        put(o, "imsmd:value", difficulty(i->facility));
        xml_close(o);
    }
    if (i->expected_s != BANK_UNKNOWN) {
        struct bytes time = {0};
        bytes_printf(&time, "PT%lldS", (long long)i->expected_s);
        xml_open(o, "imsmd:typicalLearningTime");
        put(o, "imsmd:duration", (const char *)time.p);
        xml_close(o);
        bytes_release(&time);
    }
    xml_close(o);
}

int lom_write(struct xml_out *o, struct bank *b, const struct bank_item *i, const struct lom_points *points,
              struct err *e)
{
    struct arena *a = arena_new();
    struct xml_doc *d = NULL;
    struct span xml = {0};
    int r = bank_item_xml(b, i->id, i->version, a, &xml, e);
    if (r == 0)
        r = xml_read(&d, i->id, xml, NULL, e);
    if (r == 0) {
        const char *language = language_of(d);
        xml_open(o, "imsmd:lom");
        put_general(o, i, language, points);
        put_educational(o, i);
        xml_close(o);
    }
    xml_free(d);
    arena_free(a);
    return r;
}
