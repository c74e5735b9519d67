/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/blueprint/commands.h"
#include "cli/blueprint/reading.h"
#include "cli/faults.h"
#include "engine/blueprint/assembly.h"
#include "engine/explain/explain.h"

/* In each form so many items are needed, and the bank has fewer: nothing can be assembled. */
static bool too_few(const struct problem *p, const struct requirement *r)
{
    return r->kind == REQUIRE_LINEAR && r->unit == 1 && r->weight == 0 && r->lo > 0 &&
           (!r->coef || r->n == 0 || r->coef[0] == 1) && requirement_matches(p, r) < (size_t)r->lo;
}

static bool counts(const struct requirement *r)
{
    return r->kind != REQUIRE_OVERLAP && r->kind != REQUIRE_STIMULI && r->kind != REQUIRE_PER_STIMULUS &&
           r->kind != REQUIRE_STIMULUS_USE && r->kind != REQUIRE_USE && r->kind != REQUIRE_AT_MOST_ONE &&
           r->kind != REQUIRE_ALL_OR_NONE;
}

static void print_requirement(const struct problem *p, uint32_t k)
{
    const struct requirement *r = &p->requirement[k];
    if (counts(r))
        printf(_("  line %u: %s; %zu items of the bank fit%s\n"), r->line, r->words,
               requirement_matches(p, r), too_few(p, r) ? _(": too few") : "");
    else
        printf(_("  line %u: %s\n"), r->line, r->words);
}

static void print_summary(const struct blueprint *b)
{
    char points[32];
    int64_t items = 0;
    for (size_t i = 0; i < b->n_sections; i++)
        items += b->section[i].count;
    printf(_("%s: %lld forms of %lld items, %s points, %lld minutes\n"), b->title, (long long)b->forms,
           (long long)items, points_text(b->points, points, sizeof points), (long long)(b->duration_s / 60));
}

static size_t print_assembly(const struct assembly *a)
{
    const struct problem *p = a->problem;
    size_t few = 0;
    printf(_("%zu of %zu items of the bank can be taken\n"), a->n_pool, a->n_bank);
    for (uint32_t k = 0; k < p->n_requirements; k++) {
        few += too_few(p, &p->requirement[k]);
        if (p->requirement[k].unit_no == k)
            print_requirement(p, k);
    }
    for (size_t i = 0; i < p->n_objectives; i++)
        if (p->objective[i].words)
            printf(_("goal %zu: %s\n"), i + 1, p->objective[i].words);
    return few;
}

static json_t *requirements_json(const struct assembly *a, size_t *few)
{
    const struct problem *p = a->problem;
    json_t *list = json_array();
    for (uint32_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        *few += too_few(p, r);
        if (r->unit_no == k)
            json_array_append_new(list, json_pack("{s:s,s:I,s:s,s:I,s:b}", "id", r->id, "line",
                                                  (json_int_t)r->line, "asked", r->words, "matching",
                                                  (json_int_t)requirement_matches(p, r), "enough",
                                                  (int)!too_few(p, r)));
    }
    return list;
}

static json_t *goals_json(const struct problem *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->n_objectives; i++)
        if (p->objective[i].words)
            json_array_append_new(list, json_string(p->objective[i].words));
    return list;
}

static size_t print_json(const struct blueprint *b, const struct assembly *a)
{
    size_t few = 0;
    json_t *o = json_pack("{s:s,s:I}", "blueprint", b->id, "forms", (json_int_t)b->forms);
    if (a) {
        json_object_set_new(o, "bankItems", json_integer((json_int_t)a->n_bank));
        json_object_set_new(o, "poolItems", json_integer((json_int_t)a->n_pool));
        json_object_set_new(o, "requirements", requirements_json(a, &few));
        json_object_set_new(o, "goals", goals_json(a->problem));
    }
    json_dumpf(o, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(o);
    return few;
}

static int check(const struct args *a, const struct blueprint *b, struct bank *bank, struct err *e)
{
    struct file_faults sums = {.path = args_at(a, 0)};
    struct assembly *assembly = NULL;
    size_t few = 0;
    blueprint_sums(b, file_faults_tell, &sums);
    int r = bank ? assembly_build(&assembly, b, bank, 0, args_get(a, "graphic") != NULL, e) : 0;
    if (r < 0)
        return r;
    if (args_json(a)) {
        few = print_json(b, assembly);
    } else {
        print_summary(b);
        few = assembly ? print_assembly(assembly) : 0;
    }
    if (!args_json(a) && !assembly)
        puts(_("no bank was looked at: name the office home with -C"));
    assembly_free(assembly);
    if (sums.n)
        return err_set(e, ERR_NO, args_at(a, 0), _("no bank can meet this blueprint"));
    return few ? err_set(e, ERR_NO, args_at(a, 0),
                         _("requirements for which the bank has too few items: %zu"), few)
               : 0;
}

static int run(const struct args *a, struct err *e)
{
    struct blueprint *b = NULL;
    struct bytes bytes = {0};
    struct bank *bank = NULL;
    int r = blueprint_from_file(&b, args_at(a, 0), &bytes, e);
    if (r == 0)
        r = blueprint_bank(&bank, a, e);
    if (r == 0)
        r = check(a, b, bank, e);
    bank_close(bank);
    blueprint_free(b);
    bytes_release(&bytes);
    return r;
}

static const struct command_option options[] = {
    {.name = "graphic", .help = N_("Count graphic items too, which no text screen can show")},
    {0},
};

const struct command cmd_blueprint_check = {
    .name = "blueprint check",
    .args = "BLUEPRINT",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Look for faults in a blueprint, and count what the bank has for it"),
    .example = "kaochang blueprint check -C office data/blueprints/teacher.xml",
    .options = options,
    .run = run,
};
