/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "paperbank/item/qti-internal.h"
#include "paperbank/item/qti.h"

enum { MAX_NAME = 80 };

static bool is_among(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* What 2.2 has no place for: kept in the namespace of 3.0, which 2.2 passes over. */
static bool is_kept(const char *name)
{
    static const char *const kept[] = {"qti-catalog-info", "qti-companion-materials-info",
                                       "qti-context-declaration", NULL};
    return is_among(kept, name);
}

/* "max-choices" becomes "maxChoices". */
static void camel(const char *kebab, char ret[MAX_NAME])
{
    size_t n = 0;
    for (const char *p = kebab; *p && n + 1 < MAX_NAME; p++) {
        bool raise = *p == '-' && p[1] >= 'a' && p[1] <= 'z';
        ret[n++] = raise ? (char)(*++p - 'a' + 'A') : *p;
    }
    ret[n] = '\0';
}

/* A name of QTI 3.0's pattern: "qti-" and words of letters and digits. */
static bool is_qti(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    return strncmp(name, "qti-", 4) == 0 && name[4] && strchr(letters, name[4]) && strlen(name) < MAX_NAME;
}

static void name_in_22(const char *name, char ret[MAX_NAME])
{
    static const char *const others[][2] = {
        {"qti-duration-gte", "durationGTE"},
        {"qti-duration-lt", "durationLT"},
    };
    camel(name + strlen("qti-"), ret);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i][0], name) == 0)
            snprintf(ret, MAX_NAME, "%s", others[i][1]);
}

/* data-… and aria-… are 2.2's too. */
static bool is_renamed(const char *ns, const char *name)
{
    return !*ns && strchr(name, '-') && strncmp(name, "data-", 5) != 0 && strncmp(name, "aria-", 5) != 0 &&
           strlen(name) < MAX_NAME;
}

static void map_attrs(struct xml_doc *d, const struct xml_node *n)
{
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(d, n, i, &ns, &name, &value);) {
        char from[MAX_NAME], to[MAX_NAME] = "";
        snprintf(from, sizeof from, "%s", name);
        if (is_renamed(ns, name))
            camel(from, to);
        bool changes = *to && strcmp(from, to) != 0, drops = changes && xml_attr(d, n, to);
        if (changes)
            xml_edit_attr_name(d, n, from, to);
        i += !drops;
    }
}

static void map_format(struct xml_doc *d, const struct xml_node *n)
{
    const char *format = xml_attr(d, n, "format");
    if (format && xml_named(n, "extendedTextInteraction") && strcmp(format, "preformatted") == 0)
        xml_edit_attr(d, n, "format", "preFormatted");
}

/* The number at the end of a class "PREFIXn"; NULL without one. */
static const char *class_number(struct xml_doc *d, const struct xml_node *n, const char *prefix, char ret[8])
{
    const char *class = xml_attr(d, n, "class");
    const char *at = class ? strstr(class, prefix) : NULL;
    size_t digits = at ? strspn(at + strlen(prefix), "0123456789") : 0;
    if (digits == 0 || digits > 5)
        return NULL;
    snprintf(ret, 8, "%.*s", (int)digits, at + strlen(prefix));
    return ret;
}

static void set_absent(struct xml_doc *d, const struct xml_node *n, const char *name, const char *value)
{
    if (value && !xml_attr(d, n, name))
        xml_edit_attr(d, n, name, value);
}

/* 3.0 says by shared classes what 2.2 says by attributes; the classes stay. */
static void map_classes(struct xml_doc *d, const struct xml_node *n)
{
    static const char *const oriented[] = {"choiceInteraction", "orderInteraction", "sliderInteraction",
                                           NULL};
    const char *class = xml_attr(d, n, "class");
    char number[8];
    if (!class)
        return;
    if (is_among(oriented, xml_name(n))) {
        if (strstr(class, "qti-orientation-horizontal"))
            set_absent(d, n, "orientation", "horizontal");
        else if (strstr(class, "qti-orientation-vertical"))
            set_absent(d, n, "orientation", "vertical");
    }
    if (xml_named(n, "textEntryInteraction"))
        set_absent(d, n, "expectedLength", class_number(d, n, "qti-input-width-", number));
    if (xml_named(n, "extendedTextInteraction"))
        set_absent(d, n, "expectedLines", class_number(d, n, "qti-height-lines-", number));
}

static bool holds_picture(const struct xml_node *n)
{
    static const char *const holders[] = {
        "gapImg",
        "hotspotInteraction",
        "selectPointInteraction",
        "graphicOrderInteraction",
        "graphicAssociateInteraction",
        "graphicGapMatchInteraction",
        "positionObjectInteraction",
        "positionObjectStage",
        NULL,
    };
    return is_among(holders, xml_name(n));
}

static const char *media_type(const char *source)
{
    static const char *const types[][2] = {
        {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"}, {".gif", "image/gif"},
        {".svg", "image/svg+xml"}, {".webp", "image/webp"},
    };
    const char *dot = source ? strrchr(source, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (ascii_casecmp(dot, types[i][0]) == 0)
            return types[i][1];
    return "image/png";
}

/* Where 2.2 has an object, 3.0 may have an img. */
static void map_picture(struct xml_doc *d, const struct xml_node *img)
{
    const char *alt = xml_attr(d, img, "alt");
    const char *type = media_type(xml_attr(d, img, "src"));
    xml_edit_name(d, img, "object");
    xml_edit_attr_name(d, img, "src", "data");
    set_absent(d, img, "type", type);
    if (alt)
        xml_edit_add_text(d, img, alt);
    xml_edit_attr_drop(d, img, "alt");
}

/* In 2.2 these have a namespace of their own. */
static bool is_html5(const char *name)
{
    static const char *const names[] = {
        "article", "aside", "audio", "bdi",  "details", "figcaption", "figure",  "footer", "header",
        "nav",     "rb",    "rp",    "rt",   "rtc",     "ruby",       "section", "source", "summary",
        "track",   "video", "main",  "mark", "time",    "wbr",        "picture", NULL,
    };
    return is_among(names, name);
}

static void map_children(struct xml_doc *d, const struct xml_node *n);

static void map_element(struct xml_doc *d, const struct xml_node *n)
{
    char name[MAX_NAME];
    if (!is_qti(xml_name(n)) || strcmp(xml_ns(n), QTI_NS_22) != 0) {
        map_children(d, n);
        if (strcmp(xml_ns(n), QTI_NS_22) == 0 && is_html5(xml_name(n)))
            xml_edit_prefix(d, n, QTI_NS_HTML5, "qh5");
        return;
    }
    if (is_kept(xml_name(n))) {
        xml_edit_move(d, n, QTI_NS_30);
        return;
    }
    if (xml_named(n, "qti-content-body") && xml_parent(n)) {
        map_children(d, n);
        xml_edit_unwrap(d, n);
        return;
    }
    name_in_22(xml_name(n), name);
    xml_edit_name(d, n, name);
    map_attrs(d, n);
    map_format(d, n);
    map_classes(d, n);
    map_children(d, n);
}

static void map_children(struct xml_doc *d, const struct xml_node *n)
{
    bool picture = holds_picture(n);
    for (const struct xml_node *c = xml_first_element(n), *next; c; c = next) {
        next = xml_next_element(c);
        if (picture && xml_named(c, "img"))
            map_picture(d, c);
        map_element(d, c);
    }
}

void qti3_map(struct xml_doc *d)
{
    map_element(d, xml_root(d));
}
