/* SPDX-License-Identifier: Apache-2.0 */
/* The document: its root, its sections, and who reads which element. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "engine/blueprint/blueprint-internal.h"

static const char *const free_or_linear[] = {"free", "linear", NULL},
                         *const yes_or_no[] = {"yes", "no", NULL}, *const no_or_yes[] = {"no", "yes", NULL},
                         *const apart_or_allowed[] = {"apart", "allowed", NULL};

static void read_section(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"id",   "title",      "kinds",   "knowledgePoints", "count", "points",
                                        "time", "navigation", "reenter", "shuffle",         NULL};
    struct blueprint_section *s = &r->b->section[r->b->n_sections++];
    blueprint_only_within(r, n, known);
    s->id = blueprint_name(r, n, "id", true);
    s->title = blueprint_text(r, n, "title");
    s->kinds = blueprint_words(r, n, "kinds", blueprint_kinds, NULL, true);
    s->knowledge_points = blueprint_words(r, n, "knowledgePoints", NULL, blueprint_is_code, false);
    s->count = blueprint_whole(r, n, "count", 1, 1000, true, 1);
    s->has_points = blueprint_has(r, n, "points");
    s->points = points_milli(blueprint_decimal(r, n, "points", 0, BLUEPRINT_MAX_MILLI, false, 0));
    s->time_s = blueprint_whole(r, n, "time", 1, BLUEPRINT_MAX_WHOLE, false, 0);
    s->linear = blueprint_choice(r, n, "navigation", free_or_linear) == 1;
    s->once = blueprint_choice(r, n, "reenter", yes_or_no) == 1;
    s->shuffle = blueprint_choice(r, n, "shuffle", no_or_yes) == 1;
    s->line = xml_line(n);
}

static void read_notice(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {NULL};
    blueprint_only_within(r, n, known);
    r->b->notice[r->b->n_notices++] = text_trim(r->b->arena, xml_content(n, r->b->arena));
}

static const struct {
    const char *name;
    blueprint_element_fn *read;
} elements[] = {
    {.name = "notice", .read = read_notice},
    {.name = "section", .read = read_section},
    {.name = "cell", .read = blueprint_read_cell},
    {.name = "type", .read = blueprint_read_type},
    {.name = "points", .read = blueprint_read_cell},
    {.name = "band", .read = blueprint_read_band},
    {.name = "quota", .read = blueprint_read_quota},
    {.name = "sum", .read = blueprint_read_sum},
    {.name = "coverage", .read = blueprint_read_coverage},
    {.name = "include", .read = blueprint_read_item},
    {.name = "exclude", .read = blueprint_read_item},
    {.name = "enemies", .read = blueprint_read_group},
    {.name = "allOrNone", .read = blueprint_read_group},
    {.name = "use", .read = blueprint_read_use},
    {.name = "exposure", .read = blueprint_read_exposure},
    {.name = "past", .read = blueprint_read_past},
    {.name = "stimuli", .read = blueprint_read_stimuli},
    {.name = "meanFacility", .read = blueprint_read_mean_facility},
    {.name = "expectedTime", .read = blueprint_read_expected_time},
    {.name = "information", .read = blueprint_read_information},
    {.name = "difficultyCurve", .read = blueprint_read_curve},
    {.name = "equal", .read = blueprint_read_equal},
    {.name = "fresh", .read = blueprint_read_fresh},
    {.name = "wishes", .read = blueprint_read_wishes},
};

static void read_element(const struct blueprint_reader *r, const struct xml_node *n)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (xml_named(n, elements[i].name) && strcmp(xml_ns(n), BLUEPRINT_NS) == 0) {
            elements[i].read(r, n);
            return;
        }
    blueprint_fault(r->f, xml_line(n), _("unknown element <%.60s>"), xml_name(n));
}

static const char *read_date(const struct blueprint_reader *r, const struct xml_node *n)
{
    const char *v = blueprint_attribute(r, n, "date", false);
    int64_t ms;
    if (!v)
        return NULL;
    if (strlen(v) == 10 && time_parse(arena_printf(r->b->arena, "%sT00:00:00Z", v), &ms, NULL) == 0)
        return arena_strdup(r->b->arena, v);
    blueprint_bad(r, n, "date", v, _("a day like 2026-06-20 is needed"));
    return NULL;
}

static void read_root(const struct blueprint_reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"id",      "title",      "duration", "earliestHandIn", "points",
                                        "pass",    "high",       "date",     "forms",          "maxOverlap",
                                        "enemies", "calculator", "notes",    "tutorial",       NULL};
    struct blueprint *b = r->b;
    blueprint_only(r, n, known);
    b->line = xml_line(n);
    b->id = blueprint_name(r, n, "id", true);
    b->title = blueprint_text(r, n, "title");
    b->duration_s = blueprint_whole(r, n, "duration", 1, BLUEPRINT_MAX_WHOLE, true, 1);
    b->earliest_hand_in_s = blueprint_whole(r, n, "earliestHandIn", 0, BLUEPRINT_MAX_WHOLE, false, 0);
    b->points = points_milli(blueprint_decimal(r, n, "points", 0, BLUEPRINT_MAX_MILLI, true, 0));
    b->pass = points_milli(blueprint_decimal(r, n, "pass", 0, BLUEPRINT_MAX_MILLI, true, 0));
    b->high = points_milli(blueprint_decimal(r, n, "high", 0, BLUEPRINT_MAX_MILLI, true, 0));
    b->date = read_date(r, n);
    b->forms = blueprint_whole(r, n, "forms", 1, 100, false, 1);
    b->max_overlap = blueprint_whole(r, n, "maxOverlap", 0, BLUEPRINT_MAX_WHOLE, false, 0);
    b->enemies_apart = blueprint_choice(r, n, "enemies", apart_or_allowed) == 0;
    b->calculator = blueprint_choice(r, n, "calculator", no_or_yes) == 1;
    b->notes = blueprint_choice(r, n, "notes", no_or_yes) == 1;
    b->tutorial = blueprint_choice(r, n, "tutorial", no_or_yes) == 1;
}

static void make_room(struct blueprint *b, size_t n)
{
    b->notice = arena_array(b->arena, n, sizeof *b->notice);
    b->section = arena_array(b->arena, n, sizeof *b->section);
    b->rule = arena_array(b->arena, n, sizeof *b->rule);
    b->coverage = arena_array(b->arena, n, sizeof *b->coverage);
    b->include = arena_array(b->arena, n, sizeof *b->include);
    b->exclude = arena_array(b->arena, n, sizeof *b->exclude);
    b->sum = arena_array(b->arena, n, sizeof *b->sum);
    b->group = arena_array(b->arena, n, sizeof *b->group);
    b->use = arena_array(b->arena, n, sizeof *b->use);
    b->exposure = arena_array(b->arena, n, sizeof *b->exposure);
    b->past = arena_array(b->arena, n, sizeof *b->past);
    b->goal = arena_array(b->arena, n + 1, sizeof *b->goal);
}

static bool has_wishes(const struct blueprint *b)
{
    bool has = b->expected_time.weight > 0;
    for (size_t i = 0; i < b->n_rules; i++)
        has = has || b->rule[i].weight > 0;
    for (size_t i = 0; i < b->n_sums; i++)
        has = has || b->sum[i].range.weight > 0;
    for (size_t i = 0; i < b->n_pasts; i++)
        has = has || b->past[i].weight > 0;
    return has;
}

/* Goals of one priority stay in the order of the document. Wishes that no <wishes> ranks come first. */
static void rank_goals(struct blueprint *b)
{
    bool ranked = false;
    for (size_t i = 0; i < b->n_goals; i++)
        ranked = ranked || b->goal[i].kind == GOAL_WISHES;
    if (!ranked && has_wishes(b))
        b->goal[b->n_goals++] = (struct blueprint_goal){.kind = GOAL_WISHES, .line = b->line};
    for (size_t i = 1; i < b->n_goals; i++)
        for (size_t k = i; k > 0 && b->goal[k].priority < b->goal[k - 1].priority; k--) {
            const struct blueprint_goal later = b->goal[k - 1];
            b->goal[k - 1] = b->goal[k];
            b->goal[k] = later;
        }
}

void blueprint_read_tree(struct blueprint *b, const struct xml_doc *d, struct blueprint_faults *f)
{
    const struct blueprint_reader r = {.b = b, .d = d, .f = f};
    const struct xml_node *root = xml_root(d);
    if (!xml_named(root, "blueprint") || strcmp(xml_ns(root), BLUEPRINT_NS) != 0) {
        blueprint_fault(f, xml_line(root), _("not a blueprint: <blueprint xmlns=\"%s\"> is expected"),
                        BLUEPRINT_NS);
        return;
    }
    size_t n = 1;
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        n++;
    make_room(b, n);
    read_root(&r, root);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        read_element(&r, c);
    rank_goals(b);
}
