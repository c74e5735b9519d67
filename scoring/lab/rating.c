/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/lab/rating.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/xml.h"

enum { RATING_MAX_REASON = 200 };
#define TIME_MAX INT64_C(100000000000000) /* ms: beyond the year 5000 */
static const char *const mark_name[] = {
    [RATING_UNMARKED] = "open", [RATING_MARKED] = "rated", [RATING_ZERO] = "zero"};

void rating_begin(struct rating *ret, const struct rubric *r)
{
    *ret = (struct rating){
        .rubric = r->id, .version = r->version, .reason = "", .note = "", .n_steps = r->n_steps};
}

static bool time_fits(int64_t ms)
{
    return ms >= 0 && ms <= TIME_MAX;
}

static int check_step(const struct rating_step *s, size_t number, struct err *e)
{
    if (s->slips >> RUBRIC_MAX_SLIPS || s->hinted & ~s->slips)
        return err_set(e, ERR_DATA, NULL, _("step %zu: a hint for a slip that was not made"), number);
    if (s->mark == RATING_UNMARKED && s->slips)
        return err_set(e, ERR_DATA, NULL, _("step %zu has slips and is not rated"), number);
    if (!time_fits(s->wall_ms) || s->changes < 0 || s->changes > 1000000)
        return err_set(e, ERR_DATA, NULL, _("step %zu: a time or a count that cannot be"), number);
    return 0;
}

static int check(const struct rating *x, struct err *e)
{
    if (!path_is_plain_name(x->rubric) || x->version < 1 || x->version > 1000000)
        return err_set(e, ERR_DATA, NULL, _("a rating names its rubric and version"));
    if (x->n_steps > RUBRIC_MAX_STEPS || x->fatals >> RUBRIC_MAX_FATALS)
        return err_set(e, ERR_DATA, NULL, _("a rating has at most %d steps and %d fatal acts"),
                       RUBRIC_MAX_STEPS, RUBRIC_MAX_FATALS);
    if (strlen(x->note) > RATING_MAX_NOTE || strlen(x->reason) > RATING_MAX_REASON)
        return err_set(e, ERR_DATA, NULL, _("a note has at most %d bytes, a reason %d"), RATING_MAX_NOTE,
                       RATING_MAX_REASON);
    if (!time_fits(x->begun_ms) || !time_fits(x->used_ms) || !time_fits(x->back_ms) ||
        !time_fits(x->confirmed_milli))
        return err_set(e, ERR_DATA, NULL, _("a rating with a time or a score that cannot be"));
    for (size_t i = 0; i < x->n_steps; i++)
        if (check_step(&x->step[i], i + 1, e) < 0)
            return -ERR_DATA;
    return 0;
}

static void put_set(struct xml_out *o, const char *attr, uint32_t set, char first)
{
    char text[33];
    size_t n = 0;
    for (size_t i = 0; i < 32; i++)
        if (set >> i & 1)
            text[n++] = (char)(first + (char)i);
    text[n] = '\0';
    xml_put(o, attr, text);
}

static void put_yes(struct xml_out *o, const char *attr, bool yes)
{
    xml_put(o, attr, yes ? "yes" : "no");
}

static void write_step(struct xml_out *o, const struct rating_step *s)
{
    xml_open(o, "step");
    xml_put(o, "mark", mark_name[s->mark]);
    put_set(o, "slips", s->slips, 'a');
    put_set(o, "hinted", s->hinted, 'a');
    xml_put_int(o, "at", s->wall_ms);
    xml_put_int(o, "changes", s->changes);
    xml_close(o);
}

int rating_write(const struct rating *x, struct bytes *out, struct err *e)
{
    struct xml_out o;
    int r = check(x, e);
    if (r < 0)
        return r;
    xml_begin(&o, out);
    xml_open(&o, "rating");
    xml_put(&o, "xmlns", RATING_NS);
    xml_put(&o, "rubric", x->rubric);
    xml_put_int(&o, "version", x->version);
    xml_put(&o, "status", rating_status_name(x->status));
    xml_put(&o, "reason", x->reason);
    put_set(&o, "fatals", x->fatals, '1');
    put_yes(&o, "chief", x->chief);
    put_yes(&o, "identified", x->identified);
    put_yes(&o, "confirmed", x->confirmed);
    xml_put_int(&o, "confirmedMilli", x->confirmed_milli);
    xml_put_int(&o, "begun", x->begun_ms);
    xml_put_int(&o, "used", x->used_ms);
    xml_put_int(&o, "back", x->back_ms);
    if (x->note[0]) {
        xml_open(&o, "note");
        xml_put_text(&o, x->note);
        xml_close(&o);
    }
    for (size_t i = 0; i < x->n_steps; i++)
        write_step(&o, &x->step[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

/* ---- reading: what is let pass here does not come out as the same bytes again ---- */

static int read_set(const struct xml_doc *d, const struct xml_node *n, const char *attr, char first,
                    uint32_t *ret, struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    if (r < 0)
        return r;
    for (*ret = 0; *v; v++) {
        if (*v < first || *v >= first + 31)
            return xml_err(e, d, n, _("%s: there is no \"%c\""), attr, *v >= ' ' && *v < 127 ? *v : '?');
        *ret |= UINT32_C(1) << (*v - first);
    }
    return 0;
}

static int read_yes(const struct xml_doc *d, const struct xml_node *n, const char *attr, bool *ret,
                    struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    *ret = r == 0 && strcmp(v, "yes") == 0;
    return r;
}

static int read_text(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                     const char **ret, struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    if (r == 0)
        *ret = arena_strdup(a, v);
    return r;
}

static int read_step(const struct xml_doc *d, const struct xml_node *n, struct rating_step *ret,
                     struct err *e)
{
    const char *mark;
    int r;
    if ((r = xml_need(d, n, "mark", &mark, e)) < 0 ||
        (r = read_set(d, n, "slips", 'a', &ret->slips, e)) < 0 ||
        (r = read_set(d, n, "hinted", 'a', &ret->hinted, e)) < 0 ||
        (r = xml_need_int(d, n, "at", 0, TIME_MAX, &ret->wall_ms, e)) < 0 ||
        (r = xml_need_int(d, n, "changes", 0, 1000000, &ret->changes, e)) < 0)
        return r;
    while (strcmp(mark, mark_name[ret->mark]) != 0)
        if (++ret->mark > RATING_ZERO)
            return xml_err(e, d, n, _("there is no mark \"%.40s\""), mark);
    return 0;
}

static int read_status(const struct xml_doc *d, const struct xml_node *n, enum rating_status *ret,
                       struct err *e)
{
    const char *status;
    int r = xml_need(d, n, "status", &status, e);
    if (r == 0 && !rating_status_parse(status, ret))
        r = xml_err(e, d, n, _("there is no status \"%.40s\""), status);
    return r;
}

static int read_head(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct rating *ret,
                     struct err *e)
{
    int r;
    if ((r = read_text(d, n, "rubric", a, &ret->rubric, e)) < 0 ||
        (r = xml_need_int(d, n, "version", 1, 1000000, &ret->version, e)) < 0 ||
        (r = read_status(d, n, &ret->status, e)) < 0 ||
        (r = read_text(d, n, "reason", a, &ret->reason, e)) < 0 ||
        (r = read_set(d, n, "fatals", '1', &ret->fatals, e)) < 0 ||
        (r = read_yes(d, n, "chief", &ret->chief, e)) < 0 ||
        (r = read_yes(d, n, "identified", &ret->identified, e)) < 0 ||
        (r = read_yes(d, n, "confirmed", &ret->confirmed, e)) < 0)
        return r;
    const struct {
        const char *attr;
        int64_t *to;
    } number[] = {{"confirmedMilli", &ret->confirmed_milli},
                  {"begun", &ret->begun_ms},
                  {"used", &ret->used_ms},
                  {"back", &ret->back_ms}};
    for (size_t i = 0; i < sizeof number / sizeof *number && r == 0; i++)
        r = xml_need_int(d, n, number[i].attr, 0, TIME_MAX, number[i].to, e);
    return r;
}

static int read_tree(const struct xml_doc *d, struct arena *a, struct rating *ret, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    if (!xml_named(root, "rating") || strcmp(xml_ns(root), RATING_NS) != 0)
        return xml_err(e, d, root, _("not a <rating> of %s"), RATING_NS);
    int r = read_head(d, root, a, ret, e);
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n)) {
        if (xml_named(n, "note"))
            ret->note = xml_content(n, a);
        else if (ret->n_steps == RUBRIC_MAX_STEPS)
            r = xml_err(e, d, n, _("there are more than %d steps"), RUBRIC_MAX_STEPS);
        else
            r = read_step(d, n, &ret->step[ret->n_steps++], e);
    }
    return r;
}

int rating_read(struct rating *ret, struct arena *a, const char *name, struct span data, struct err *e)
{
    const struct xml_limits limits = {
        .bytes = RATING_MAX_BYTES, .elements = RUBRIC_MAX_STEPS + 2, .depth = 2};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct rating x = {.note = ""};
    int r = xml_read(&d, name, data, &limits, e);
    if (r < 0)
        return r;
    r = read_tree(d, a, &x, e);
    if (r == 0 && (r = rating_write(&x, &again, e)) < 0)
        err_within(e, name);
    if (r == 0 && !span_equal(bytes_span(&again), data))
        r = err_set(e, ERR_DATA, name, _("a rating that is not in canonical form"));
    bytes_release(&again);
    xml_free(d);
    if (r == 0)
        *ret = x;
    return r;
}

int rating_fits(const struct rating *x, const struct rubric *r, struct err *e)
{
    if (strcmp(x->rubric, r->id) != 0 || x->version != r->version)
        return err_set(e, ERR_DATA, x->rubric, _("rated by version %lld of %s, not by version %lld of %s"),
                       (long long)x->version, x->rubric, (long long)r->version, r->id);
    if (x->n_steps != r->n_steps || x->fatals >> r->n_fatals)
        return err_set(e, ERR_DATA, x->rubric, _("the rating has other steps or fatal acts than the rubric"));
    for (size_t i = 0; i < x->n_steps; i++) {
        if (x->step[i].slips >> r->step[i].n_slips)
            return err_set(e, ERR_DATA, x->rubric, _("step %zu has a slip that the rubric does not have"),
                           i + 1);
        if (x->step[i].hinted && !r->step[i].fix)
            return err_set(e, ERR_DATA, x->rubric, _("step %zu: nothing is put right there after a hint"),
                           i + 1);
    }
    return check(x, e);
}

const char *rating_cost_text(enum rating_cost cost)
{
    switch (cost) {
    case RATING_HINTED:
        return _("put right after a hint");
    case RATING_INCLUDED:
        return _("contained in another slip");
    case RATING_SAME:
        return _("charged at an earlier step");
    default:
        return _("counts");
    }
}
