/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/lab/rubric-internal.h"

struct reader {
    struct rubric *r;
    const struct xml_doc *d;
    struct lab_faults *f;
    bool told_steps; /* that there are too many */
};

static uint32_t codes_of(struct reader *r, const struct xml_node *n, const char *attr)
{
    uint32_t set = 0;
    for (const char *p = xml_attr(r->d, n, attr); p && *p; p++) {
        if (*p < 'a' || *p >= 'a' + RUBRIC_MAX_SLIPS)
            lab_fault(r->f, xml_line(n), _("%s=\"%.40s\": codes of slips of this step, such as \"bc\""), attr,
                      xml_attr(r->d, n, attr));
        else
            set |= UINT32_C(1) << (*p - 'a');
    }
    return set;
}

static void read_slip(struct reader *r, const struct xml_node *n, struct rubric_step *s, size_t number)
{
    if (s->n_slips >= RUBRIC_MAX_SLIPS) {
        lab_fault(r->f, xml_line(n), _("step %zu has more than %d slips"), number, RUBRIC_MAX_SLIPS);
        return;
    }
    struct rubric_slip *slip = &s->slip[s->n_slips];
    const char *code = lab_text_of(r->d, n, "code", r->r->arena, r->f);
    *slip = (struct rubric_slip){.code = (char)('a' + s->n_slips),
                                 .text = lab_words(n, r->r->arena),
                                 .minus = lab_points_of(r->d, n, "minus", points_milli(0), r->f),
                                 .includes = codes_of(r, n, "includes"),
                                 .same = "",
                                 .report = lab_yes(r->d, n, "report", r->f)};
    if (xml_attr(r->d, n, "same"))
        slip->same = lab_name_of(r->d, n, "same", r->r->arena, r->f);
    if (xml_attr(r->d, n, "code") && (code[0] != slip->code || code[1]))
        lab_fault(r->f, xml_line(n), _("step %zu: code=\"%.20s\" where \"%c\" is next"), number, code,
                  slip->code);
    s->n_slips++;
}

static enum rubric_mode mode_of(struct reader *r, const struct xml_node *n)
{
    const char *mode = lab_text_of(r->d, n, "mode", r->r->arena, r->f);
    for (enum rubric_mode m = RUBRIC_ALL; m <= RUBRIC_FATAL; m++)
        if (strcmp(rubric_mode_name(m), mode) == 0)
            return m;
    if (xml_attr(r->d, n, "mode"))
        lab_fault(r->f, xml_line(n), _("mode=\"%.40s\": all, deduct or fatal"), mode);
    return RUBRIC_ALL;
}

/* a contains b and b contains c: a contains c. */
static void close_includes(struct rubric_step *s)
{
    for (size_t k = 0; k < s->n_slips; k++)
        for (size_t i = 0; i < s->n_slips; i++)
            if (s->slip[i].includes >> k & 1)
                s->slip[i].includes |= s->slip[k].includes;
}

static void read_step_parts(struct reader *r, const struct xml_node *n, struct rubric_step *s, size_t number)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (xml_named(c, "slip"))
            read_slip(r, c, s, number);
        else if (xml_named(c, "criterion"))
            s->text = lab_words(c, r->r->arena);
        else
            lab_fault(r->f, xml_line(c), _("<%s> has no place in <%s>"), xml_name(c), xml_name(n));
    }
    close_includes(s);
    size_t i = 0;
    for (const struct xml_node *c = xml_child(n, "slip"); c && i < s->n_slips; c = xml_next_same(c))
        rubric_check_slip(s, number, i++, xml_line(c), r->f);
}

static void read_step(struct reader *r, const struct xml_node *n)
{
    size_t number = r->r->n_steps + 1;
    if (number > RUBRIC_MAX_STEPS) {
        if (!r->told_steps)
            lab_fault(r->f, xml_line(n), _("there are more than %d steps"), RUBRIC_MAX_STEPS);
        r->told_steps = true;
        return;
    }
    struct rubric_step *s = &r->r->step[r->r->n_steps++];
    const points_t required = points_milli(-1);
    *s = (struct rubric_step){.title = lab_text_of(r->d, n, "title", r->r->arena, r->f),
                              .text = "",
                              .mode = mode_of(r, n),
                              .points = lab_points_of(r->d, n, "points", required, r->f),
                              .fix = xml_attr(r->d, n, "hint") != NULL,
                              .must_report = lab_yes(r->d, n, "report", r->f)};
    s->cap = lab_points_of(r->d, n, "cap", s->points, r->f);
    s->hint = lab_points_of(r->d, n, "hint", points_milli(0), r->f);
    s->slip = arena_array(r->r->arena, RUBRIC_MAX_SLIPS, sizeof *s->slip);
    read_step_parts(r, n, s, number);
    rubric_check_step(s, number, xml_line(n), r->f);
}

static void read_fatal(struct reader *r, const struct xml_node *n)
{
    if (r->r->n_fatals >= RUBRIC_MAX_FATALS) {
        lab_fault(r->f, xml_line(n), _("there are more than %d fatal acts"), RUBRIC_MAX_FATALS);
        return;
    }
    struct rubric_fatal *fatal = &r->r->fatal[r->r->n_fatals++];
    int64_t from = lab_int_of(r->d, n, "from", 1, RUBRIC_MAX_STEPS, r->f);
    int64_t to = lab_int_of(r->d, n, "to", 1, RUBRIC_MAX_STEPS, r->f);
    *fatal = (struct rubric_fatal){
        .text = lab_words(n, r->r->arena), .from = (size_t)from - 1, .to = (size_t)to - 1};
    if (!fatal->text[0])
        lab_fault(r->f, xml_line(n), _("<fatal> says nothing"));
    if (from > to || fatal->to >= r->r->n_steps)
        lab_fault(r->f, xml_line(n), _("steps %lld to %lld become 0, but there are %zu steps"),
                  (long long)from, (long long)to, r->r->n_steps);
}

static void read_head(struct reader *r, const struct xml_node *n)
{
    struct rubric *to = r->r;
    const points_t required = points_milli(-1);
    to->id = lab_name_of(r->d, n, "id", to->arena, r->f);
    to->version = lab_int_of(r->d, n, "version", 1, 1000000, r->f);
    to->subject = lab_text_of(r->d, n, "subject", to->arena, r->f);
    to->title = lab_text_of(r->d, n, "title", to->arena, r->f);
    to->minutes = lab_int_of(r->d, n, "minutes", 1, RUBRIC_MAX_MINUTES, r->f);
    to->total = lab_points_of(r->d, n, "total", required, r->f);
    to->raw = lab_points_of(r->d, n, "raw", to->total, r->f);
    to->fold_step = lab_points_of(r->d, n, "foldTo", points_milli(0), r->f);
}

struct rubric *rubric_read_node(const struct xml_doc *d, const struct xml_node *n, struct lab_faults *f)
{
    struct arena *a = arena_new();
    struct rubric *r = arena_alloc(a, sizeof *r);
    struct reader reader = {.r = r, .d = d, .f = f};
    r->arena = a;
    r->step = arena_array(a, RUBRIC_MAX_STEPS, sizeof *r->step);
    r->fatal = arena_array(a, RUBRIC_MAX_FATALS, sizeof *r->fatal);
    read_head(&reader, n);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        if (xml_named(c, "step"))
            read_step(&reader, c);
        else if (!xml_named(c, "fatal"))
            lab_fault(f, xml_line(c), _("<%s> has no place in <%s>"), xml_name(c), xml_name(n));
    }
    for (const struct xml_node *c = xml_child(n, "fatal"); c; c = xml_next_same(c))
        read_fatal(&reader, c);
    rubric_check_whole(r, xml_line(n), f);
    return r;
}
