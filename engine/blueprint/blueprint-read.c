/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "engine/blueprint/blueprint-internal.h"

static const char *const kinds[] = {"single",    "multiple", "truefalse", "fill",   "number", "order",
                                    "associate", "match",    "gapmatch",  "inline", "essay",  "hottext",
                                    "slider",    "upload",   "graphic",   "mixed",  NULL};
static const char *const levels[] = {"remember", "understand", "apply", "analyse",
                                     "evaluate", "create",     NULL};
enum { MAX_WHOLE = 604800, MAX_DECIMAL_MILLI = 1000000000 };

struct reader {
    struct blueprint *b;
    const struct xml_doc *d;
    struct blueprint_faults *f;
};

/* Faults of one attribute name the element, the attribute and the value. */
static void bad(const struct reader *r, const struct xml_node *n, const char *attr, const char *value,
                const char *want)
{
    blueprint_fault(r->f, xml_line(n), _("<%s> %s=\"%.60s\": %s"), xml_name(n), attr, value, want);
}

/* The attribute, or NULL after telling that a required one is missing. */
static const char *attribute(const struct reader *r, const struct xml_node *n, const char *attr,
                             bool required)
{
    const char *v = xml_attr(r->d, n, attr);
    if (!v && required)
        blueprint_fault(r->f, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    return v;
}

static void only_attributes(const struct reader *r, const struct xml_node *n, const char *const *known)
{
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(r->d, n, i, &ns, &name, &value); i++) {
        bool found = false;
        for (size_t k = 0; known[k] && !found; k++)
            found = !*ns && strcmp(known[k], name) == 0;
        if (!found)
            blueprint_fault(r->f, xml_line(n), _("<%s> has an unknown attribute \"%.60s\""), xml_name(n),
                            name);
    }
}

static void only_attributes_within(const struct reader *r, const struct xml_node *n, const char *const *known)
{
    only_attributes(r, n, known);
    if (xml_first_element(n))
        blueprint_fault(r->f, xml_line(n), _("<%s> holds no other elements"), xml_name(n));
}

static const char *read_name(const struct reader *r, const struct xml_node *n, const char *attr)
{
    const char *v = attribute(r, n, attr, true);
    if (v && !path_is_plain_name(v))
        bad(r, n, attr, v, _("only letters, digits, hyphen, underline and dot"));
    return arena_strdup(r->b->arena, v ? v : "");
}

static const char *read_line(const struct reader *r, const struct xml_node *n, const char *attr)
{
    const char *v = attribute(r, n, attr, true);
    if (v && (!*v || strlen(v) > 600))
        bad(r, n, attr, v, _("must have between 1 and 200 characters"));
    return arena_strdup(r->b->arena, v ? v : "");
}

/* A decimal with at most three places as thousandths. */
static int64_t read_decimal(const struct reader *r, const struct xml_node *n, const char *attr, int64_t max,
                            bool required, int64_t absent)
{
    const char *v = attribute(r, n, attr, required);
    points_t p;
    if (!v)
        return absent;
    if (*v < '0' || *v > '9' || points_parse(v, &p, NULL) < 0 || p.milli > max) {
        bad(r, n, attr, v,
            max == 1000 ? _("a number from 0 to 1 with at most three decimals is needed")
                        : _("a number that is not negative, with at most three decimals, is needed"));
        return absent;
    }
    return p.milli;
}

static int64_t read_whole(const struct reader *r, const struct xml_node *n, const char *attr, int64_t lo,
                          int64_t hi, bool required, int64_t absent)
{
    const char *v = attribute(r, n, attr, required);
    int64_t x = absent;
    if (!v || xml_need_int(r->d, n, attr, lo, hi, &x, NULL) == 0)
        return x;
    char want[100];
    snprintf(want, sizeof want, _("a whole number from %lld to %lld is needed"), (long long)lo,
             (long long)hi);
    bad(r, n, attr, v, want);
    return absent;
}

static bool is_code(const char *s)
{
    bool start = true;
    for (; *s; s++) {
        bool word = (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z');
        if (!word && (*s != '.' || start))
            return false;
        start = !word;
    }
    return !start;
}

static bool known_word(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* A list of words; `words` NULL: codes of knowledge points. */
static struct blueprint_list read_list(const struct reader *r, const struct xml_node *n, const char *attr,
                                       const char *const *words, bool required)
{
    static const char space[] = " \t\r\n";
    struct blueprint_list list = {0};
    const char *v = attribute(r, n, attr, required);
    if (!v)
        return list;
    list.text = arena_array(r->b->arena, strlen(v) / 2 + 1, sizeof *list.text);
    for (const char *p = v + strspn(v, space); *p; p += strspn(p, space)) {
        size_t len = strcspn(p, space);
        const char *word = arena_strndup(r->b->arena, p, len);
        if (!(words ? known_word(word, words) : is_code(word)))
            blueprint_fault(r->f, xml_line(n), _("<%s> %s: \"%.60s\" is not known"), xml_name(n), attr, word);
        else if (blueprint_list_has(&list, word))
            blueprint_fault(r->f, xml_line(n), _("<%s> %s: \"%.60s\" stands there twice"), xml_name(n), attr,
                            word);
        else
            list.text[list.n++] = word;
        p += len;
    }
    if (strspn(v, space) == strlen(v))
        bad(r, n, attr, v, _("must not be empty"));
    return list;
}

/* True if the attribute is the second of two words; the first is what its absence means. */
static bool read_either(const struct reader *r, const struct xml_node *n, const char *attr,
                        const char *absent, const char *other)
{
    const char *v = attribute(r, n, attr, false);
    char want[100];
    if (v && strcmp(v, absent) != 0 && strcmp(v, other) != 0) {
        snprintf(want, sizeof want, _("either %s or %s"), absent, other);
        bad(r, n, attr, v, want);
    }
    return v && strcmp(v, other) == 0;
}

static struct blueprint_selector read_selector(const struct reader *r, const struct xml_node *n)
{
    struct blueprint_selector s = {.levels = read_list(r, n, "cognitiveLevel", levels, false),
                                   .kinds = read_list(r, n, "kinds", kinds, false)};
    const char *code = attribute(r, n, "knowledgePoint", false);
    if (code && !is_code(code))
        bad(r, n, "knowledgePoint", code, _("this is not a code of a knowledge point"));
    s.knowledge_point = code ? arena_strdup(r->b->arena, code) : NULL;
    return s;
}

static void read_limits(const struct reader *r, const struct xml_node *n, struct blueprint_rule *rule,
                        bool points)
{
    if (points) {
        rule->min = read_decimal(r, n, "min", MAX_DECIMAL_MILLI, false, 0);
        rule->max = read_decimal(r, n, "max", MAX_DECIMAL_MILLI, false, INT64_MAX);
    } else {
        rule->min = read_whole(r, n, "min", 0, MAX_WHOLE, false, 0);
        rule->max = read_whole(r, n, "max", 0, MAX_WHOLE, false, INT64_MAX);
    }
    if (!xml_attr(r->d, n, "min") && !xml_attr(r->d, n, "max"))
        blueprint_fault(r->f, xml_line(n), _("<%s> asks for nothing: give min, max or both"), xml_name(n));
}

static struct blueprint_rule *add_rule(const struct reader *r, const struct xml_node *n,
                                       enum blueprint_rule_kind kind)
{
    struct blueprint_rule *rule = &r->b->rule[r->b->n_rules++];
    *rule = (struct blueprint_rule){.kind = kind, .line = xml_line(n)};
    return rule;
}

static void read_cell(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"knowledgePoint", "cognitiveLevel", "kinds", "min", "max", NULL};
    bool points = xml_named(n, "points");
    struct blueprint_rule *rule = add_rule(r, n, points ? RULE_POINTS : RULE_CELL);
    only_attributes_within(r, n, known);
    rule->what = read_selector(r, n);
    read_limits(r, n, rule, points);
}

static void read_type(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"kinds", "min", "max", NULL};
    struct blueprint_rule *rule = add_rule(r, n, RULE_TYPE);
    only_attributes_within(r, n, known);
    rule->what.kinds = read_list(r, n, "kinds", kinds, true);
    read_limits(r, n, rule, false);
}

static void read_band(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"from", "to", "min", "max", NULL};
    struct blueprint_rule *rule = add_rule(r, n, RULE_BAND);
    only_attributes_within(r, n, known);
    rule->what.has_facility = true;
    rule->what.facility_from = read_decimal(r, n, "from", 1000, true, 0);
    rule->what.facility_to = read_decimal(r, n, "to", 1000, true, 1000);
    read_limits(r, n, rule, false);
}

static void read_mean_facility(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"from", "to", "target", NULL};
    struct blueprint_range *range = &r->b->mean_facility;
    if (range->given)
        blueprint_fault(r->f, xml_line(n), _("<%s> stands there twice"), xml_name(n));
    only_attributes_within(r, n, known);
    range->given = true;
    range->line = xml_line(n);
    range->from = read_decimal(r, n, "from", 1000, true, 0);
    range->to = read_decimal(r, n, "to", 1000, true, 1000);
    range->target = read_decimal(r, n, "target", 1000, false, (range->from + range->to + 1) / 2);
}

static void read_expected_time(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"from", "to", NULL};
    struct blueprint_range *range = &r->b->expected_time;
    if (range->given)
        blueprint_fault(r->f, xml_line(n), _("<%s> stands there twice"), xml_name(n));
    only_attributes_within(r, n, known);
    range->given = true;
    range->line = xml_line(n);
    range->from = read_whole(r, n, "from", 0, MAX_WHOLE, true, 0);
    range->to = read_whole(r, n, "to", 0, MAX_WHOLE, true, MAX_WHOLE);
}

static void read_coverage(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"depth", "knowledgePoints", "min", NULL};
    struct blueprint_coverage *c = &r->b->coverage[r->b->n_coverages++];
    only_attributes_within(r, n, known);
    c->line = xml_line(n);
    c->depth = read_whole(r, n, "depth", 1, 9, false, 0);
    c->knowledge_points = read_list(r, n, "knowledgePoints", NULL, false);
    c->min = read_whole(r, n, "min", 1, 1000, false, 0);
    if (!xml_attr(r->d, n, "depth") == !xml_attr(r->d, n, "knowledgePoints"))
        blueprint_fault(r->f, xml_line(n), _("<coverage> needs either depth or knowledgePoints"));
}

static void read_section(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"id",     "title", "kinds",      "knowledgePoints", "count",
                                        "points", "time",  "navigation", "reenter",         NULL};
    struct blueprint_section *s = &r->b->section[r->b->n_sections++];
    only_attributes_within(r, n, known);
    s->id = read_name(r, n, "id");
    s->title = read_line(r, n, "title");
    s->kinds = read_list(r, n, "kinds", kinds, true);
    s->knowledge_points = read_list(r, n, "knowledgePoints", NULL, false);
    s->count = read_whole(r, n, "count", 1, 1000, true, 1);
    s->has_points = xml_attr(r->d, n, "points") != NULL;
    s->points = points_milli(read_decimal(r, n, "points", MAX_DECIMAL_MILLI, false, 0));
    s->time_s = read_whole(r, n, "time", 1, MAX_WHOLE, false, 0);
    s->linear = read_either(r, n, "navigation", "free", "linear");
    s->once = read_either(r, n, "reenter", "yes", "no");
    s->line = xml_line(n);
}

static void read_item(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"item", NULL};
    struct blueprint *b = r->b;
    struct blueprint_item *item =
        xml_named(n, "include") ? &b->include[b->n_includes++] : &b->exclude[b->n_excludes++];
    only_attributes_within(r, n, known);
    item->id = read_name(r, n, "item");
    item->line = xml_line(n);
}

static void read_notice(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {NULL};
    only_attributes_within(r, n, known);
    r->b->notice[r->b->n_notices++] = text_trim(r->b->arena, xml_content(n, r->b->arena));
}

static const struct {
    const char *name;
    void (*read)(const struct reader *r, const struct xml_node *n);
} elements[] = {
    {.name = "notice", .read = read_notice},
    {.name = "section", .read = read_section},
    {.name = "cell", .read = read_cell},
    {.name = "type", .read = read_type},
    {.name = "points", .read = read_cell},
    {.name = "band", .read = read_band},
    {.name = "coverage", .read = read_coverage},
    {.name = "include", .read = read_item},
    {.name = "exclude", .read = read_item},
    {.name = "meanFacility", .read = read_mean_facility},
    {.name = "expectedTime", .read = read_expected_time},
};

static void read_element(const struct reader *r, const struct xml_node *n)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (xml_named(n, elements[i].name) && strcmp(xml_ns(n), BLUEPRINT_NS) == 0) {
            elements[i].read(r, n);
            return;
        }
    blueprint_fault(r->f, xml_line(n), _("unknown element <%.60s>"), xml_name(n));
}

static void read_root(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {
        "id",    "title",      "duration", "earliestHandIn", "points", "pass",     "high",
        "forms", "maxOverlap", "enemies",  "calculator",     "notes",  "tutorial", NULL};
    struct blueprint *b = r->b;
    only_attributes(r, n, known);
    b->line = xml_line(n);
    b->id = read_name(r, n, "id");
    b->title = read_line(r, n, "title");
    b->duration_s = read_whole(r, n, "duration", 1, MAX_WHOLE, true, 1);
    b->earliest_hand_in_s = read_whole(r, n, "earliestHandIn", 0, MAX_WHOLE, false, 0);
    b->points = points_milli(read_decimal(r, n, "points", MAX_DECIMAL_MILLI, true, 0));
    b->pass = points_milli(read_decimal(r, n, "pass", MAX_DECIMAL_MILLI, true, 0));
    b->high = points_milli(read_decimal(r, n, "high", MAX_DECIMAL_MILLI, true, 0));
    b->forms = read_whole(r, n, "forms", 1, 100, false, 1);
    b->max_overlap = read_whole(r, n, "maxOverlap", 0, MAX_WHOLE, false, 0);
    b->enemies_apart = !read_either(r, n, "enemies", "apart", "allowed");
    b->calculator = read_either(r, n, "calculator", "no", "yes");
    b->notes = read_either(r, n, "notes", "no", "yes");
    b->tutorial = read_either(r, n, "tutorial", "no", "yes");
}

void blueprint_read_tree(struct blueprint *b, const struct xml_doc *d, struct blueprint_faults *f)
{
    const struct reader r = {.b = b, .d = d, .f = f};
    const struct xml_node *root = xml_root(d);
    if (!xml_named(root, "blueprint") || strcmp(xml_ns(root), BLUEPRINT_NS) != 0) {
        blueprint_fault(f, xml_line(root), _("not a blueprint: <blueprint xmlns=\"%s\"> is expected"),
                        BLUEPRINT_NS);
        return;
    }
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        n++;
    b->notice = arena_array(b->arena, n + 1, sizeof *b->notice);
    b->section = arena_array(b->arena, n + 1, sizeof *b->section);
    b->rule = arena_array(b->arena, n + 1, sizeof *b->rule);
    b->coverage = arena_array(b->arena, n + 1, sizeof *b->coverage);
    b->include = arena_array(b->arena, n + 1, sizeof *b->include);
    b->exclude = arena_array(b->arena, n + 1, sizeof *b->exclude);
    read_root(&r, root);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        read_element(&r, c);
}
