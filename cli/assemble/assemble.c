/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/points.h"
#include "cli/assemble/assemble.h"
#include "cli/assemble/commands.h"

/* A guard, not a measure: the search's own budget ends before it, and what is cut by it is marked. */
enum { DEFAULT_SECONDS = 120 };

static int run(const struct args *a, struct err *e)
{
    struct solve_options o = {0};
    int64_t seed = 0;
    points_t gap = points_milli(0);
    const char *gap_text = args_get(a, "gap");
    int r = args_int(a, "seed", 0, INT64_MAX, 1, &seed, e);
    if (r == 0)
        r = args_int(a, "seconds", 1, 86400, DEFAULT_SECONDS, &o.seconds, e);
    if (r == 0 && gap_text && (points_parse(gap_text, &gap, NULL) < 0 || gap.milli < 0 || gap.milli > 1000))
        r = err_set(e, ERR_USAGE, NULL, _("--gap %s: not a number from 0 to 1 with at most three decimals"),
                    gap_text);
    if (r < 0)
        return r;
    o.seed = (uint64_t)seed;
    o.vary = true;
    o.gap_milli = gap.milli;
    const char *problem = args_get(a, "problem"), *test = args_get(a, "test");
    if (test && !problem && args_count(a) == 0)
        return assemble_test(a, test, o.seed, e);
    if (!test && problem && args_count(a) == 0)
        return args_get(a, "explain") ? explain_problem(a, problem, &o, e) : assemble_problem(a, problem, &o, e);
    if (test || problem || args_count(a) == 0)
        return err_set(e, ERR_USAGE, NULL, _("give a blueprint, --test or --problem"));
    return assemble_blueprint(a, &o, e);
}

static const struct command_option options[] = {
    {.name = "forms", .arg = "N", .help = N_("How many parallel forms, in place of the blueprint's number")},
    {.name = "seed",
     .arg = "S",
     .help = N_("Another seed gives another paper of the same quality (default 1)")},
    {.name = "seconds",
     .arg = "T",
     .help = N_("Limit the search by the clock (default 120); what it cuts may differ from run to run")},
    {.name = "gap", .arg = "P", .help = N_("Stop when proven this near to the best: 0.01 is one percent")},
    {.name = "graphic", .help = N_("Take graphic items too, which no text screen can show")},
    {.name = "explain",
     .help = N_("Make nothing: say which requirements contradict each other, else how long the bank lasts")},
    {.name = "exams",
     .arg = "N",
     .help = N_("With --explain: name the items to write so that the bank lasts for N exams")},
    {.name = "certificate", .arg = "FILE", .help = N_("Write the certificate there too")},
    {.name = "output",
     .key = 'o',
     .arg = "EXAM",
     .help = N_("Name of the exam in the office home, or a path")},
    {.name = "test",
     .arg = "ID",
     .help = N_("Make the exam from this assessment test of the bank, without a search")},
    {.name = "duration",
     .arg = "MINUTES",
     .help = N_("With --test: the duration, where the test has no time limit")},
    {.name = "pass", .arg = "POINTS", .help = N_("With --test: the pass line (default 60 percent)")},
    {.name = "high", .arg = "POINTS", .help = N_("With --test: the high-score line (default 85 percent)")},
    {.name = "problem",
     .arg = "DIR",
     .help = N_("Solve a reference problem (items.csv, problem.json) and print JSON")},
    {0},
};

const struct command cmd_assemble = {
    .name = "assemble", .args = "[BLUEPRINT]", .min_args = 0, .max_args = 1,
    .summary = N_("Assemble parallel forms from the bank by a blueprint, or say why there are none"),
    .example = "kaochang assemble -C office data/blueprints/sample.xml --seed 7 -o spring",
    .options = options,
    .run = run,
};
