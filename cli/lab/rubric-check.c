/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang rubric check: reads rubrics and says what they are, or what is wrong with them. */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/lab/commands.h"
#include "cli/lab/reading.h"

enum { TITLE_COLUMNS = 16 }; /* what the examiner's screen has for it at 80 columns */

static void warn_titles(const char *path, const struct rubric *r)
{
    for (size_t i = 0; i < r->n_steps; i++)
        if (text_width(r->step[i].title) > TITLE_COLUMNS)
            fprintf(stderr,
                    _("%s: step %zu: the title is wider than %d columns and is cut on a small screen\n"),
                    path, i + 1, TITLE_COLUMNS);
}

static void print_rubric(const char *path, const struct rubric *r)
{
    char total[32];
    printf(_("%s: %s version %lld, %s: %zu steps, %s points, %lld min\n"), path, r->id, (long long)r->version,
           r->title, r->n_steps, points_text(r->total, total, sizeof total), (long long)r->minutes);
}

static json_t *rubric_json(const char *path, const struct rubric *r)
{
    char total[32];
    return json_pack("{s:s,s:b,s:s,s:I,s:s,s:s,s:I,s:I,s:s}", "file", path, "reads", 1, "id", r->id,
                     "version", (json_int_t)r->version, "subject", r->subject, "title", r->title, "minutes",
                     (json_int_t)r->minutes, "steps", (json_int_t)r->n_steps, "total",
                     points_text(r->total, total, sizeof total));
}

static int check_one(const struct args *a, const char *path, struct err *e)
{
    struct rubric *rubric = NULL;
    struct err own = {0};
    int r = rubric_read_file(&rubric, path, &own);
    if (r == 0)
        warn_titles(path, rubric);
    if (args_json(a)) {
        json_t *line = r == 0 ? rubric_json(path, rubric)
                              : json_pack("{s:s,s:b,s:s,s:s}", "file", path, "reads", 0, "where", own.where,
                                          "what", own.what);
        json_dumpf(line, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(line);
    } else if (r == 0) {
        print_rubric(path, rubric);
    }
    if (r < 0 && e->kind == ERR_NONE)
        *e = own;
    rubric_free(rubric);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    int result = 0;
    for (int i = 0; i < args_count(a); i++) {
        int r = check_one(a, args_at(a, i), e);
        if (result == 0)
            result = r;
    }
    return result;
}

const struct command cmd_rubric_check = {
    .name = "rubric check",
    .args = "FILE…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Read rubrics of a lab-skills exam and list every fault with its line"),
    .example = "kaochang rubric check data/rubrics/P1.xml data/rubrics/C1.xml",
    .run = run,
};
