/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "scoring/lab/rubric-internal.h"

void lab_fault(struct lab_faults *f, unsigned line, const char *fmt, ...)
{
    char message[360], where[240];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(message, sizeof message, fmt, ap) < 0)
        message[0] = '\0';
    va_end(ap);
    utf8_mend(message, '?');
    if (f->count++ == 0) {
        snprintf(where, sizeof where, line ? "%s:%u" : "%s", f->name, line);
        err_set(f->e, ERR_DATA, where, "%s", message);
    }
    if (f->complain)
        f->complain(f->context, line, message);
}

static void on_violation(void *context, unsigned line, const char *message)
{
    lab_fault(context, line, "%s", message);
}

int lab_check_schema(const struct xml_doc *d, const struct xml_schema *schema, struct lab_faults *f)
{
    struct err e = {0};
    int r = xml_schema_check(schema, d, on_violation, f, &e);
    if (r < 0 && f->count == 0) {
        if (f->e)
            *f->e = e;
        return r;
    }
    return f->count ? -ERR_DATA : 0;
}

const char *lab_text_of(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                        struct lab_faults *f)
{
    const char *v = xml_attr(d, n, attr);
    if (!v)
        lab_fault(f, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    return v ? arena_strdup(a, v) : "";
}

const char *lab_name_of(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                        struct lab_faults *f)
{
    const char *v = lab_text_of(d, n, attr, a, f);
    if (xml_attr(d, n, attr) && !path_is_plain_name(v))
        lab_fault(f, xml_line(n), _("%s=\"%.100s\" is not a plain name: letters, digits, . _ -"), attr, v);
    return v;
}

int64_t lab_int_of(const struct xml_doc *d, const struct xml_node *n, const char *attr, int64_t lo,
                   int64_t hi, struct lab_faults *f)
{
    struct err e;
    int64_t v = lo;
    if (!xml_attr(d, n, attr))
        lab_fault(f, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    else if (xml_need_int(d, n, attr, lo, hi, &v, &e) < 0) {
        lab_fault(f, xml_line(n), "%s", e.what);
        v = lo;
    }
    return v;
}

points_t lab_points_of(const struct xml_doc *d, const struct xml_node *n, const char *attr,
                       points_t otherwise, struct lab_faults *f)
{
    const char *v = xml_attr(d, n, attr);
    points_t p;
    struct err e;
    if (!v && otherwise.milli < 0)
        lab_fault(f, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    if (!v)
        return otherwise.milli < 0 ? points_milli(0) : otherwise;
    if (points_parse(v, &p, &e) == 0 && p.milli >= 0 && p.milli <= 1000000 && p.milli % 100 == 0)
        return p;
    lab_fault(f, xml_line(n), _("%s=\"%.40s\": write points in whole tenths, as 2 or 0.5"), attr, v);
    return points_milli(0);
}

bool lab_yes(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct lab_faults *f)
{
    const char *v = xml_attr(d, n, attr);
    if (v && strcmp(v, "yes") != 0 && strcmp(v, "no") != 0)
        lab_fault(f, xml_line(n), _("%s=\"%.40s\": yes or no"), attr, v);
    return v && strcmp(v, "yes") == 0;
}

const char *lab_words(const struct xml_node *n, struct arena *a)
{
    char *text = xml_content(n, a), *to = text;
    for (const char *p = text; *p; p++) {
        bool blank = strchr(" \t\r\n", *p) != NULL;
        if (!blank)
            *to++ = *p;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}
