/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/rules.h"

#include <stdarg.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/rules/rules-internal.h"

extern const char practical_schema[];
extern const size_t practical_schema_size;

void rules_fault(struct rules_faults *f, unsigned line, const char *fmt, ...)
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
    rules_fault(context, line, "%s", message);
}

/* Our own reader says more; the schema has the last word over what it let pass. */
static int check_schema(const struct xml_doc *d, struct rules_faults *f)
{
    struct err e = {0};
    struct span schema = span_of(practical_schema, practical_schema_size);
    int r = xml_validate(d, "practical.rng", schema, on_violation, f, &e);
    if (r < 0 && f->count == 0) {
        if (f->e)
            *f->e = e;
        return r;
    }
    return f->count ? -ERR_DATA : 0;
}

int rules_read(struct rules **ret, const char *name, struct span data, rules_complaint_fn *complain,
               void *context, struct err *e)
{
    struct xml_limits limits = {.bytes = RULES_MAX_BYTES, .elements = 10000, .depth = 3 + RULES_MAX_DEPTH};
    struct xml_doc *d = NULL;
    int r = xml_read(&d, name, data, &limits, e);
    if (r < 0)
        return r;
    struct rules_faults f = {.name = name, .complain = complain, .context = context, .e = e};
    struct arena *a = arena_new();
    struct rules *rules = arena_alloc(a, sizeof *rules);
    rules->arena = a;
    rules->name = arena_strdup(a, name);
    rules_read_tree(rules, d, &f);
    if (f.count == 0)
        rules_points(rules, &f);
    r = f.count ? -ERR_DATA : check_schema(d, &f);
    xml_free(d);
    if (r < 0) {
        rules_free(rules);
        return r;
    }
    *ret = rules;
    return 0;
}

void rules_free(struct rules *r)
{
    if (r)
        arena_free(r->arena);
}

int rules_sum_up(struct rules *r, rules_complaint_fn *complain, void *context, struct err *e)
{
    struct rules_faults f = {.name = r->name, .complain = complain, .context = context, .e = e};
    rules_points(r, &f);
    return f.count ? -ERR_DATA : 0;
}

const char *rules_check_title(const struct rules_check *c)
{
    return c->title[0] ? c->title : _(c->kind->label);
}

const char *rules_mode_name(enum rules_mode mode)
{
    return mode == RULES_ALL ? "all" : mode == RULES_BEST ? "best" : "sum";
}

const struct practical_family *rules_family_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (const struct practical_family *const *f = practical_families; dot && *f; f++)
        for (const char *p = (*f)->open && (*f)->extensions ? (*f)->extensions : ""; *p;) {
            char one[16];
            size_t n = strcspn(p, " ");
            snprintf(one, sizeof one, "%.*s", (int)n, p);
            if (n && ascii_casecmp(one, dot + 1) == 0)
                return *f;
            p += n + strspn(p + n, " ");
        }
    return NULL;
}
