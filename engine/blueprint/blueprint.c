/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/blueprint/blueprint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "engine/blueprint/blueprint-internal.h"

extern const char blueprint_schema[];
extern const size_t blueprint_schema_size;

void blueprint_fault(struct blueprint_faults *f, unsigned line, const char *fmt, ...)
{
    char message[300], where[240];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(message, sizeof message, fmt, ap) < 0)
        message[0] = '\0';
    va_end(ap);
    if (f->count++ == 0) {
        snprintf(where, sizeof where, "%s:%u", xml_doc_name(f->doc), line);
        err_set(f->e, ERR_DATA, where, "%s", message);
    }
    if (f->complain)
        f->complain(f->context, line, message);
}

static void on_violation(void *context, unsigned line, const char *message)
{
    blueprint_fault(context, line, "%s", message);
}

/* Our own reader says more; the schema has the last word over what it let pass. */
static int check_schema(const struct xml_doc *d, struct blueprint_faults *f)
{
    struct err e = {0};
    struct span schema = span_of(blueprint_schema, blueprint_schema_size);
    int r = xml_validate(d, "blueprint.rng", schema, on_violation, f, &e);
    if (r < 0 && f->count == 0) {
        if (f->e)
            *f->e = e;
        return r;
    }
    return f->count ? -ERR_DATA : 0;
}

int blueprint_read(struct blueprint **ret, const char *name, struct span data,
                   blueprint_complaint_fn *complain, void *context, struct err *e)
{
    struct xml_limits limits = {.bytes = BLUEPRINT_MAX_BYTES, .elements = 20000, .depth = 10};
    struct xml_doc *d = NULL;
    int r = xml_read(&d, name, data, &limits, e);
    if (r < 0)
        return r;
    struct blueprint_faults f = {.doc = d, .complain = complain, .context = context, .e = e};
    struct arena *a = arena_new();
    struct blueprint *b = arena_alloc(a, sizeof *b);
    b->arena = a;
    b->name = arena_strdup(a, name);
    blueprint_read_tree(b, d, &f);
    if (f.count == 0)
        blueprint_check(b, &f);
    r = f.count ? -ERR_DATA : check_schema(d, &f);
    xml_free(d);
    if (r < 0) {
        blueprint_free(b);
        return r;
    }
    *ret = b;
    return 0;
}

void blueprint_free(struct blueprint *b)
{
    if (b)
        arena_free(b->arena);
}

bool knowledge_point_within(const char *code, const char *prefix)
{
    size_t n = strlen(prefix);
    return strncmp(code, prefix, n) == 0 && (code[n] == '\0' || code[n] == '.');
}

bool blueprint_list_has(const struct blueprint_list *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->text[i], text) == 0)
            return true;
    return false;
}
