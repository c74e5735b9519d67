/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/explain.h"

#include <string.h>

#include "base/i18n.h"

const char *practical_status_text(enum practical_status status)
{
    static const char *const texts[] = {N_("met"), N_("not met"), N_("unreadable"), N_("not attempted")};
    return _(texts[status]);
}

const char *practical_cut_text(const char *cut, char *buf, size_t size)
{
    if (!cut)
        return "";
    if (strcmp(cut, "group") == 0)
        return _("does not count in its group");
    if (strcmp(cut, "cap") == 0)
        return _("the limit of points is reached");
    if (strcmp(cut, "start") == 0)
        return _("it was so in the start file");
    snprintf(buf, size, _("taken away by %s"), cut);
    return buf;
}

static void explain_file(const struct practical_file_result *f, struct bytes *out)
{
    if (f->state == PRACTICAL_FILE_MISSING)
        bytes_printf(out, _("File %s: not there"), f->path);
    else if (f->state == PRACTICAL_FILE_AS_START)
        bytes_printf(out, _("File %s: as it was at the start"), f->path);
    else if (f->state == PRACTICAL_FILE_UNREADABLE)
        bytes_printf(out, _("File %s: cannot be read: %s"), f->path, f->message);
    else
        bytes_printf(out, _("File %s: read"), f->path);
    bytes_str(out, "\n");
}

static const char *forbid_text(enum practical_status status)
{
    return status == PRACTICAL_PASS   ? _("not violated")
           : status == PRACTICAL_FAIL ? _("violated")
                                      : practical_status_text(status);
}

void practical_explain_check(const struct explained_check *x, struct bytes *out)
{
    char points[32], maximum[32], cut[160];
    points_text(x->points, points, sizeof points);
    points_text(x->maximum, maximum, sizeof maximum);
    if (x->forbid)
        bytes_printf(out, _("%s %s: %s, %s points"), x->id, x->title, forbid_text(x->status), points);
    else
        bytes_printf(out, _("%s %s: %s, %s of %s points"), x->id, x->title, practical_status_text(x->status),
                     points, maximum);
    if (x->cut && *x->cut)
        bytes_printf(out, " (%s)", practical_cut_text(x->cut, cut, sizeof cut));
    bytes_str(out, "\n  ");
    bytes_printf(out, x->forbid ? _("must not be: %s") : _("expected: %s"), x->expected);
    bytes_str(out, "\n");
    if (x->found[0])
        bytes_printf(out, _("  found: %s\n"), x->found);
    if (x->place[0])
        bytes_printf(out, _("  place: %s\n"), x->place);
}

static void explain_check(const struct rules_check *c, const struct practical_check_result *x,
                          struct bytes *out)
{
    practical_explain_check(&(struct explained_check){.id = c->id,
                                                      .title = rules_check_title(c),
                                                      .forbid = c->forbid,
                                                      .status = x->status,
                                                      .points = x->points,
                                                      .maximum = x->maximum,
                                                      .cut = x->cut,
                                                      .expected = x->expected,
                                                      .found = x->found,
                                                      .place = x->place},
                            out);
}

void practical_explain(const struct rules *rules, const struct practical_result *result, struct bytes *out)
{
    char points[32], maximum[32];
    bytes_printf(out, _("%s: %s of %s points"), rules->title[0] ? rules->title : rules->id,
                 points_text(result->points, points, sizeof points),
                 points_text(result->maximum, maximum, sizeof maximum));
    bytes_str(out, "\n");
    for (size_t i = 0; i < result->n_files; i++)
        explain_file(&result->file[i], out);
    size_t group = 0;
    for (size_t i = 0; i < result->n_checks; i++) {
        const struct rules_check *c = &rules->check[i];
        if (c->group != group && rules->group[c->group].title[0])
            bytes_printf(out, "\n%s\n", rules->group[c->group].title);
        group = c->group;
        explain_check(c, &result->check[i], out);
    }
}
