/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of the blueprint's elements, each told with its line when it cannot be read. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "engine/blueprint/blueprint-internal.h"
#include "paperbank/bank/metadata.h"

const char *const blueprint_kinds[] = {"single",    "multiple", "truefalse", "fill",   "number", "order",
                                       "associate", "match",    "gapmatch",  "inline", "essay",  "hottext",
                                       "slider",    "upload",   "graphic",   "mixed",  NULL};
const char *const blueprint_levels[] = {"remember", "understand", "apply", "analyse",
                                        "evaluate", "create",     NULL};

void blueprint_bad(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                   const char *value, const char *want)
{
    blueprint_fault(r->f, xml_line(n), _("<%s> %s=\"%.60s\": %s"), xml_name(n), attr, value, want);
}

const char *blueprint_attribute(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                                bool required)
{
    const char *v = xml_attr(r->d, n, attr);
    if (!v && required)
        blueprint_fault(r->f, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    return v;
}

bool blueprint_has(const struct blueprint_reader *r, const struct xml_node *n, const char *attr)
{
    return xml_attr(r->d, n, attr) != NULL;
}

static bool known_word(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

void blueprint_only(const struct blueprint_reader *r, const struct xml_node *n, const char *const *known)
{
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(r->d, n, i, &ns, &name, &value); i++)
        if (*ns || !known_word(name, known))
            blueprint_fault(r->f, xml_line(n), _("<%s> has an unknown attribute \"%.60s\""), xml_name(n),
                            name);
}

void blueprint_only_within(const struct blueprint_reader *r, const struct xml_node *n,
                           const char *const *known)
{
    blueprint_only(r, n, known);
    if (xml_first_element(n))
        blueprint_fault(r->f, xml_line(n), _("<%s> holds no other elements"), xml_name(n));
}

const char *blueprint_name(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                           bool required)
{
    const char *v = blueprint_attribute(r, n, attr, required);
    if (v && !path_is_plain_name(v))
        blueprint_bad(r, n, attr, v, _("only letters, digits, hyphen, underline and dot"));
    return v || required ? arena_strdup(r->b->arena, v ? v : "") : NULL;
}

const char *blueprint_text(const struct blueprint_reader *r, const struct xml_node *n, const char *attr)
{
    const char *v = blueprint_attribute(r, n, attr, true);
    if (v && (!*v || strlen(v) > 600))
        blueprint_bad(r, n, attr, v, _("must have between 1 and 200 characters"));
    return arena_strdup(r->b->arena, v ? v : "");
}

int64_t blueprint_decimal(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                          int64_t lo, int64_t hi, bool required, int64_t absent)
{
    const char *v = blueprint_attribute(r, n, attr, required);
    char want[150], from[32], to[32];
    points_t p;
    if (!v)
        return absent;
    bool digit = (*v >= '0' && *v <= '9') || (lo < 0 && *v == '-');
    if (digit && points_parse(v, &p, NULL) == 0 && p.milli >= lo && p.milli <= hi)
        return p.milli;
    snprintf(want, sizeof want, _("a number from %s to %s with at most three decimals is needed"),
             points_text(points_milli(lo), from, sizeof from), points_text(points_milli(hi), to, sizeof to));
    blueprint_bad(r, n, attr, v, want);
    return absent;
}

int64_t blueprint_whole(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                        int64_t lo, int64_t hi, bool required, int64_t absent)
{
    const char *v = blueprint_attribute(r, n, attr, required);
    int64_t x = absent;
    if (!v || xml_need_int(r->d, n, attr, lo, hi, &x, NULL) == 0)
        return x;
    char want[100];
    snprintf(want, sizeof want, _("a whole number from %lld to %lld is needed"), (long long)lo,
             (long long)hi);
    blueprint_bad(r, n, attr, v, want);
    return absent;
}

bool blueprint_is_code(const char *s)
{
    return metadata_is_code(s);
}

bool blueprint_is_pair(const char *s)
{
    struct arena *a = arena_new();
    const char *text;
    bool good = metadata_read_attributes(s, a, &text) == NULL;
    arena_free(a);
    return good;
}

struct blueprint_list blueprint_words(const struct blueprint_reader *r, const struct xml_node *n,
                                      const char *attr, const char *const *words, blueprint_word_fn *fits,
                                      bool required)
{
    static const char space[] = " \t\r\n";
    struct blueprint_list list = {0};
    const char *v = blueprint_attribute(r, n, attr, required);
    if (!v)
        return list;
    list.text = arena_array(r->b->arena, strlen(v) / 2 + 1, sizeof *list.text);
    for (const char *p = v + strspn(v, space); *p; p += strspn(p, space)) {
        size_t len = strcspn(p, space);
        const char *word = arena_strndup(r->b->arena, p, len);
        if (!(words ? known_word(word, words) : fits(word)))
            blueprint_fault(r->f, xml_line(n), _("<%s> %s: \"%.60s\" is not known"), xml_name(n), attr, word);
        else if (blueprint_list_has(&list, word))
            blueprint_fault(r->f, xml_line(n), _("<%s> %s: \"%.60s\" stands there twice"), xml_name(n), attr,
                            word);
        else
            list.text[list.n++] = word;
        p += len;
    }
    if (strspn(v, space) == strlen(v))
        blueprint_bad(r, n, attr, v, _("must not be empty"));
    return list;
}

size_t blueprint_choice(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                        const char *const *words)
{
    const char *v = blueprint_attribute(r, n, attr, false), *all = "";
    for (size_t i = 0; words[i]; i++) {
        if (!v || strcmp(v, words[i]) == 0)
            return i;
        all = arena_printf(r->b->arena, "%s%s%s", all, i ? ", " : "", words[i]);
    }
    blueprint_bad(r, n, attr, v,
                  !words[2] ? arena_printf(r->b->arena, _("either %s or %s"), words[0], words[1])
                            : arena_printf(r->b->arena, _("one of these: %s"), all));
    return 0;
}

struct blueprint_selector blueprint_selector(const struct blueprint_reader *r, const struct xml_node *n)
{
    struct blueprint_selector s = {
        .levels = blueprint_words(r, n, "cognitiveLevel", blueprint_levels, NULL, false),
        .kinds = blueprint_words(r, n, "kinds", blueprint_kinds, NULL, false),
        .attributes = blueprint_words(r, n, "attributes", NULL, blueprint_is_pair, false)};
    const char *code = blueprint_attribute(r, n, "knowledgePoint", false);
    if (code && !blueprint_is_code(code))
        blueprint_bad(r, n, "knowledgePoint", code, _("this is not a code of a knowledge point"));
    s.knowledge_point = code ? arena_strdup(r->b->arena, code) : NULL;
    return s;
}

void blueprint_twice(const struct blueprint_reader *r, const struct xml_node *n, bool given)
{
    if (given)
        blueprint_fault(r->f, xml_line(n), _("<%s> stands there twice"), xml_name(n));
}

struct blueprint_goal *blueprint_add_goal(const struct blueprint_reader *r, const struct xml_node *n,
                                          enum blueprint_goal_kind kind)
{
    struct blueprint_goal *g = &r->b->goal[r->b->n_goals++];
    *g = (struct blueprint_goal){.kind = kind,
                                 .priority = blueprint_whole(r, n, "priority", 1, 99, false, 50),
                                 .give = blueprint_decimal(r, n, "give", 0, BLUEPRINT_MAX_MILLI, false, 0),
                                 .line = xml_line(n)};
    return g;
}
