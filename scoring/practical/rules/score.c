/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/score.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "scoring/practical/rules/score-internal.h"

enum { MAX_EXPECTED = 300 };

const char *practical_status_name(enum practical_status status)
{
    static const char *const names[] = {"pass", "fail", "unreadable", "not-attempted"};
    return names[status];
}

void practical_result_release(struct practical_result *r)
{
    arena_free(r->arena);
    *r = (struct practical_result){0};
}

void practical_start_free(struct practical_start *s)
{
    if (s)
        arena_free(s->arena);
}

static int fault_at(struct err *e, const struct rules *r, unsigned line, const char *what)
{
    char where[240];
    snprintf(where, sizeof where, "%s:%u", r->name, line);
    return err_set(e, ERR_DATA, where, "%s", what);
}

/* A start file is the author's: that it can be read is asked before any work is scored. */
static int start_file(struct practical_start *s, size_t file, struct err *e)
{
    const struct rules *r = s->rules;
    const char *message = NULL;
    if (file != RULES_NONE)
        s->file[file] = practical_pick_start(&r->file[file], s->folder);
    if (file != RULES_NONE && r->file[file].start && *r->file[file].start && !s->file[file])
        return fault_at(e, r, r->file[file].line, _("the start folder has no such file"));
    int res = practical_ask(r, file, file == RULES_NONE ? NULL : s->file[file], false, s->folder, s->folder,
                            s->arena, s->finding, &message, e);
    if (res == 0 && message)
        res = fault_at(e, r, file == RULES_NONE ? 1 : r->file[file].line, message);
    return res;
}

int practical_start_read(struct practical_start **ret, const struct rules *rules,
                         const struct practical_folder *folder, struct err *e)
{
    struct arena *a = arena_new();
    struct practical_start *s = arena_alloc(a, sizeof *s);
    *s = (struct practical_start){.arena = a,
                                  .rules = rules,
                                  .folder = folder,
                                  .finding = arena_array(a, rules->n_checks, sizeof *s->finding),
                                  .file = arena_array(a, rules->n_files + 1, sizeof(struct practical_file *)),
                                  .met = arena_array(a, rules->n_checks, sizeof *s->met)};
    int r = folder ? start_file(s, RULES_NONE, e) : 0;
    for (size_t i = 0; r == 0 && folder && i < rules->n_files; i++)
        r = start_file(s, i, e);
    for (size_t i = 0; r == 0 && i < rules->n_checks; i++) {
        const struct finding *f = &s->finding[i];
        if (f->senseless)
            r = fault_at(e, rules, rules->check[i].line, f->why);
        s->met[i] = f->asked && !f->unreadable && !rules->check[i].forbid &&
                    !rules->check[i].unchanged_counts &&
                    expectation_met(rules->check[i].expectation, &f->fact, &f->fact);
    }
    if (r < 0) {
        practical_start_free(s);
        return r;
    }
    *ret = s;
    return 0;
}

struct scoring {
    const struct practical_start *start;
    const struct practical_folder *given, *work; /* given: NULL where there are no start files */
    struct practical_result *result;
    struct arena *scratch;
    struct finding *finding;
    bool untouched; /* the whole folder is as at the start */
};

static const struct practical_file *given_file(const struct scoring *s, size_t file)
{
    const struct practical_file *f = s->start->file[file];
    return f ? &s->given->file[f - s->start->folder->file] : NULL;
}

static int look_at_file(struct scoring *s, size_t i, struct err *e)
{
    const struct rules *r = s->start->rules;
    struct practical_file_result *f = &s->result->file[i];
    const struct practical_file *given = given_file(s, i);
    const struct practical_file *picked = practical_pick(&r->file[i], s->work, given);
    const char *message = NULL;
    f->path = arena_strdup(s->result->arena, picked ? picked->path : r->file[i].path[0]);
    f->state = !picked                                          ? PRACTICAL_FILE_MISSING
               : practical_same_file(picked, given) ? PRACTICAL_FILE_AS_START
                                                                : PRACTICAL_FILE_READ;
    int res = practical_ask(r, i, picked, f->state == PRACTICAL_FILE_AS_START, s->work, s->given,
                            s->scratch, s->finding, &message, e);
    if (message) {
        f->state = PRACTICAL_FILE_UNREADABLE;
        f->message = arena_strdup(s->result->arena, message);
    }
    return res;
}

/* Why a check was not looked at, or has nothing to look at. */
static const char *not_attempted(const struct scoring *s, const struct rules_check *c,
                                 const struct finding *f, bool met)
{
    struct arena *a = s->result->arena;
    const struct practical_file_result *file = c->file == RULES_NONE ? NULL : &s->result->file[c->file];
    if (s->untouched)
        return "the folder is as it was at the start";
    if (file && file->state == PRACTICAL_FILE_AS_START && !met)
        return arena_printf(a, "%s is as it was at the start", evidence_clean(a, file->path, 100));
    if (file && file->state == PRACTICAL_FILE_MISSING && (!f->asked || !met))
        return arena_printf(a, "there is no %s", evidence_clean(a, file->path, 100));
    return NULL;
}

static void judge(struct scoring *s, size_t i)
{
    const struct rules_check *c = &s->start->rules->check[i];
    const struct finding *f = &s->finding[i], *before = &s->start->finding[i];
    struct practical_check_result *out = &s->result->check[i];
    struct arena *a = s->result->arena;
    const struct fact *start = before->asked && !before->unreadable ? &before->fact : NULL;
    bool met = f->asked && !f->unreadable && expectation_met(c->expectation, &f->fact, start);
    const char *none = not_attempted(s, c, f, met);
    out->expected = evidence_clean(a, c->expect, MAX_EXPECTED);
    out->maximum = c->forbid ? points_milli(0) : c->points;
    out->place = f->asked ? arena_strdup(a, f->fact.place) : "";
    out->found = f->unreadable ? arena_strdup(a, f->why)
                 : f->asked    ? fact_text(&f->fact, c->expectation, a)
                               : "";
    s->result->n_senseless += f->senseless;
    if (none) {
        out->status = PRACTICAL_NOT_ATTEMPTED;
        out->found = none;
    } else if (f->unreadable)
        out->status = PRACTICAL_UNREADABLE;
    else if (c->forbid)
        out->status = met ? PRACTICAL_FAIL : PRACTICAL_PASS;
    else if (met && s->start->met[i]) {
        out->status = PRACTICAL_NOT_ATTEMPTED;
        out->cut = "start";
    } else
        out->status = met ? PRACTICAL_PASS : PRACTICAL_FAIL;
    out->points = out->status == PRACTICAL_PASS ? out->maximum : points_milli(0);
}

int practical_score(struct practical_result *ret, const struct practical_start *start,
                    const struct practical_folder *work, struct err *e)
{
    const struct rules *rules = start->rules;
    struct arena *a = arena_new(), *scratch = arena_new();
    struct practical_result result = {.arena = a, .n_checks = rules->n_checks, .n_files = rules->n_files};
    result.check = arena_array(a, rules->n_checks, sizeof *result.check);
    result.file = arena_array(a, rules->n_files + 1, sizeof *result.file);
    struct scoring s = {.start = start, .work = work, .result = &result, .scratch = scratch};
    s.finding = arena_array(scratch, rules->n_checks, sizeof *s.finding);
    const struct practical_folder given =
        start->folder ? practical_given(start->folder, work, scratch) : (struct practical_folder){0};
    s.given = start->folder ? &given : NULL;
    s.untouched = s.given && practical_same_folder(s.given, work);
    const char *unwanted = NULL;
    int r =
        practical_ask(rules, RULES_NONE, NULL, false, work, s.given, scratch, s.finding, &unwanted, e);
    for (size_t i = 0; r == 0 && i < rules->n_files; i++)
        r = look_at_file(&s, i, e);
    for (size_t i = 0; r == 0 && i < rules->n_checks; i++)
        judge(&s, i);
    arena_free(scratch);
    if (r < 0) {
        arena_free(a);
        return r;
    }
    practical_points(rules, &result);
    *ret = result;
    return 0;
}
