/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/lab/rubric.h"

#include <string.h>

#include "base/i18n.h"
#include "scoring/lab/rubric-internal.h"

extern const char rubric_schema[];
extern const size_t rubric_schema_size;

int rubric_schema_open(struct xml_schema **ret, struct err *e)
{
    return xml_schema_load(ret, "rubric.rng", span_of(rubric_schema, rubric_schema_size), e);
}

static int check_schema(const struct xml_doc *d, struct lab_faults *f)
{
    struct xml_schema *schema = NULL;
    int r = rubric_schema_open(&schema, f->e);
    if (r == 0)
        r = lab_check_schema(d, schema, f);
    xml_schema_free(schema);
    return r;
}

int rubric_read(struct rubric **ret, const char *name, struct span data, rubric_complaint_fn *complain,
                void *context, struct err *e)
{
    struct xml_limits limits = {.bytes = RUBRIC_MAX_BYTES, .elements = 2000, .depth = 4};
    struct xml_doc *d = NULL;
    struct lab_faults f = {.name = name, .complain = complain, .context = context, .e = e};
    int r = xml_read(&d, name, data, &limits, e);
    if (r < 0)
        return r;
    struct rubric *rubric = NULL;
    if (!xml_named(xml_root(d), "rubric") || strcmp(xml_ns(xml_root(d)), RUBRIC_NS) != 0)
        lab_fault(&f, xml_line(xml_root(d)), _("not a <rubric> of %s"), RUBRIC_NS);
    else
        rubric = rubric_read_node(d, xml_root(d), &f);
    r = f.count ? -ERR_DATA : check_schema(d, &f);
    xml_free(d);
    if (r < 0) {
        rubric_free(rubric);
        return r;
    }
    *ret = rubric;
    return 0;
}

void rubric_free(struct rubric *r)
{
    if (r)
        arena_free(r->arena);
}

static void write_slip(const struct rubric_slip *s, struct xml_out *o)
{
    char code[2] = {s->code}, includes[RUBRIC_MAX_SLIPS + 1];
    size_t n = 0;
    for (size_t i = 0; i < RUBRIC_MAX_SLIPS; i++)
        if (s->includes >> i & 1)
            includes[n++] = (char)('a' + i);
    includes[n] = '\0';
    xml_open(o, "slip");
    xml_put(o, "code", code);
    if (s->minus.milli)
        xml_put_points(o, "minus", s->minus);
    if (n)
        xml_put(o, "includes", includes);
    if (s->same[0])
        xml_put(o, "same", s->same);
    if (s->report)
        xml_put(o, "report", "yes");
    xml_put_text(o, s->text);
    xml_close(o);
}

static void write_step(const struct rubric_step *s, struct xml_out *o)
{
    xml_open(o, "step");
    xml_put(o, "title", s->title);
    xml_put_points(o, "points", s->points);
    xml_put(o, "mode", rubric_mode_name(s->mode));
    if (s->cap.milli != s->points.milli)
        xml_put_points(o, "cap", s->cap);
    if (s->fix)
        xml_put_points(o, "hint", s->hint);
    if (s->must_report)
        xml_put(o, "report", "yes");
    if (s->text[0]) {
        xml_open(o, "criterion");
        xml_put_text(o, s->text);
        xml_close(o);
    }
    for (size_t i = 0; i < s->n_slips; i++)
        write_slip(&s->slip[i], o);
    xml_close(o);
}

void rubric_write_node(const struct rubric *r, struct xml_out *o)
{
    xml_open(o, "rubric");
    xml_put(o, "xmlns", RUBRIC_NS);
    xml_put(o, "id", r->id);
    xml_put_int(o, "version", r->version);
    xml_put(o, "subject", r->subject);
    xml_put(o, "title", r->title);
    xml_put_int(o, "minutes", r->minutes);
    xml_put_points(o, "total", r->total);
    if (r->fold_step.milli) {
        xml_put_points(o, "raw", r->raw);
        xml_put_points(o, "foldTo", r->fold_step);
    }
    for (size_t i = 0; i < r->n_steps; i++)
        write_step(&r->step[i], o);
    for (size_t i = 0; i < r->n_fatals; i++) {
        xml_open(o, "fatal");
        xml_put_int(o, "from", (int64_t)r->fatal[i].from + 1);
        xml_put_int(o, "to", (int64_t)r->fatal[i].to + 1);
        xml_put_text(o, r->fatal[i].text);
        xml_close(o);
    }
    xml_close(o);
}

int rubric_write(const struct rubric *r, struct bytes *out, struct err *e)
{
    struct xml_out o;
    xml_begin(&o, out);
    rubric_write_node(r, &o);
    return xml_end(&o, e);
}

points_t rubric_fold(const struct rubric *r, points_t raw)
{
    if (r->fold_step.milli == 0)
        return raw;
    int64_t unit = r->raw.milli * r->fold_step.milli;
    return points_milli((2 * raw.milli * r->total.milli + unit) / (2 * unit) * r->fold_step.milli);
}
