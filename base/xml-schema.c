/* SPDX-License-Identifier: Apache-2.0 */
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-internal.h"
#include "base/xml.h"

struct report {
    xml_complaint_fn *complain;
    void *context;
    const struct xml_doc *doc;
    struct err *e;
    unsigned count;
};

static void on_violation(void *context, xmlErrorPtr error)
{
    struct report *r = context;
    char message[300];
    snprintf(message, sizeof message, "%s", error->message ? error->message : "");
    message[strcspn(message, "\n")] = '\0';
    unsigned line = error->line > 0 ? (unsigned)error->line : 0;
    if (r->count++ == 0) {
        char where[220];
        snprintf(where, sizeof where, "%s:%u", r->doc->name, line);
        err_set(r->e, ERR_DATA, where, "%s", message);
    }
    if (r->complain)
        r->complain(r->context, line, message);
}

static void silent(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

static xmlRelaxNGPtr load(const char *name, struct span schema, struct err *e)
{
    xmlRelaxNGParserCtxtPtr p = xmlRelaxNGNewMemParserCtxt((const char *)schema.p, (int)schema.n);
    xmlRelaxNGPtr rng = NULL;
    if (p) {
        xmlRelaxNGSetParserStructuredErrors(p, silent, NULL);
        rng = xmlRelaxNGParse(p);
        xmlRelaxNGFreeParserCtxt(p);
    }
    if (!rng)
        err_set(e, ERR_BUG, name, "the schema itself does not load");
    return rng;
}

struct xml_schema {
    xmlRelaxNGPtr rng;
    char *name;
};

int xml_schema_load(struct xml_schema **ret, const char *name, struct span schema, struct err *e)
{
    xmlRelaxNGPtr rng = load(name, schema, e);
    if (!rng)
        return -ERR_BUG;
    struct xml_schema *s = mem_alloc(sizeof *s);
    s->rng = rng;
    s->name = mem_strdup(name);
    *ret = s;
    return 0;
}

void xml_schema_free(struct xml_schema *s)
{
    if (!s)
        return;
    xmlRelaxNGFree(s->rng);
    free(s->name);
    free(s);
}

int xml_schema_check(const struct xml_schema *s, const struct xml_doc *d, xml_complaint_fn *complain,
                     void *context, struct err *e)
{
    struct err unwanted;
    struct report report = {.complain = complain, .context = context, .doc = d, .e = e ? e : &unwanted};
    xmlRelaxNGValidCtxtPtr v = xmlRelaxNGNewValidCtxt(s->rng);
    int r = -1;
    if (v) {
        xmlRelaxNGSetValidStructuredErrors(v, on_violation, &report);
        r = xmlRelaxNGValidateDoc(v, d->tree);
        xmlRelaxNGFreeValidCtxt(v);
    }
    if (r == 0)
        return 0;
    if (r > 0)
        return report.count ? -ERR_DATA
                            : err_set(e, ERR_DATA, d->name, _("does not follow the schema %s"), s->name);
    return err_set(e, ERR_BUG, d->name, "validation against %s failed", s->name);
}

int xml_validate(const struct xml_doc *d, const char *schema_name, struct span schema,
                 xml_complaint_fn *complain, void *context, struct err *e)
{
    struct xml_schema *s = NULL;
    int r = xml_schema_load(&s, schema_name, schema, e);
    if (r == 0)
        r = xml_schema_check(s, d, complain, context, e);
    xml_schema_free(s);
    return r;
}
