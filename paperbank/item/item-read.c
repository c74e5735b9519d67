/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/item-internal.h"

const struct xml_limits item_limits = {.bytes = 2u << 20, .elements = 20000, .depth = 60};

void item_problem(struct item *item, unsigned line, const char *fmt, ...)
{
    char what[300];
    va_list ap;
    if (item->n_problems == ITEM_MAX_PROBLEMS)
        return;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    item->problem[item->n_problems++] = (struct item_problem){line, arena_strdup(item->arena, what)};
}

const char *item_trimmed(struct item *item, const char *s)
{
    return text_trim(item->arena, s);
}

bool item_attr_true(const struct item *item, const struct xml_node *n, const char *name, bool fallback)
{
    const char *v = xml_attr(item->doc, n, name);
    if (!v)
        return fallback;
    return strcmp(v, "true") == 0 || strcmp(v, "1") == 0;
}

int64_t item_attr_whole(struct item *item, const struct xml_node *n, const char *name, int64_t fallback)
{
    const char *v = xml_attr(item->doc, n, name);
    size_t digits = v ? strspn(v, "0123456789") : 0;
    if (!v)
        return fallback;
    if (digits > 0 && digits <= 6 && v[digits] == '\0')
        return (int64_t)strtol(v, NULL, 10);
    item_problem(item, xml_line(n), _("%s=\"%.40s\" is not a whole number"), name, v);
    return fallback;
}

const char *item_attr_needed(struct item *item, const struct xml_node *n, const char *name)
{
    const char *v = xml_attr(item->doc, n, name);
    if (!v)
        item_problem(item, xml_line(n), _("<%s> has no attribute \"%s\""), xml_name(n), name);
    return v ? v : "";
}

bool item_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool item_has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; p && (p = strstr(p, word)); p += n)
        if ((p == list || item_is_space(p[-1])) && (p[n] == '\0' || item_is_space(p[n])))
            return true;
    return false;
}

static int read_root(struct item *item, struct err *e)
{
    const struct xml_node *root = xml_root(item->doc);
    if (!xml_named(root, "assessmentItem"))
        return xml_err(e, item->doc, root, _("<%.60s> is not an assessmentItem"), xml_name(root));
    int r = xml_need(item->doc, root, "identifier", &item->identifier, e);
    if (r < 0)
        return r;
    item->title = xml_attr(item->doc, root, "title");
    item->title = item->title ? item->title : "";
    item->adaptive = item_attr_true(item, root, "adaptive", false);
    return 0;
}

static enum item_template_rules rules_of(const struct item *item)
{
    static const struct {
        const char *name;
        enum item_template_rules rules;
    } known[] = {{"match_correct", RULES_MATCH_CORRECT},
                 {"map_response", RULES_MAP_RESPONSE},
                 {"map_response_point", RULES_MAP_RESPONSE_POINT},
                 {"match_nothing", RULES_MATCH_NOTHING},
                 {"cc2_match", RULES_MATCH_CORRECT},
                 {"cc2_map_response", RULES_MAP_RESPONSE},
                 {"CC2_match", RULES_MATCH_CORRECT},
                 {"CC2_match_basic", RULES_MATCH_BASIC},
                 {"CC2_map_response", RULES_MAP_RESPONSE}};
    const struct xml_node *n = item->response_processing;
    const char *at = n ? xml_attr(item->doc, n, "template") : NULL;
    if (!n)
        return RULES_NONE;
    if (xml_first_element(n) || !at)
        return RULES_CUSTOM;
    const char *name = strrchr(at, '/') ? strrchr(at, '/') + 1 : at;
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".xml") == 0)
        length -= 4;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == length && strncmp(known[i].name, name, length) == 0)
            return known[i].rules;
    return RULES_CUSTOM;
}

static void read_rules(struct item *item)
{
    const struct xml_node *root = xml_root(item->doc);
    item->response_processing = xml_child(root, "responseProcessing");
    item->template_processing = xml_child(root, "templateProcessing");
    item->rules = rules_of(item);
}

static bool names_true_false(const struct item_interaction *i)
{
    if (i->n_choices != 2)
        return false;
    const char *a = i->choice[0].identifier, *b = i->choice[1].identifier;
    return (strcmp(a, "true") == 0 && strcmp(b, "false") == 0) ||
           (strcmp(a, "false") == 0 && strcmp(b, "true") == 0);
}

static enum item_kind kind_of_text(const struct item *item)
{
    for (const struct item_interaction *i = item->interaction; i; i = i->next) {
        const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, i->response);
        if (!d || (d->base != BASE_INTEGER && d->base != BASE_FLOAT))
            return ITEM_FILL;
    }
    return ITEM_NUMBER;
}

static enum item_kind kind_of_choice(const struct item_interaction *i)
{
    if (i->next)
        return ITEM_MIXED;
    if (names_true_false(i))
        return ITEM_TRUE_FALSE;
    return i->max_choices == 1 ? ITEM_SINGLE : ITEM_MULTIPLE;
}

static enum item_kind kind_of(const struct item *item)
{
    static const enum item_kind kinds[] = {
        [INTERACTION_ORDER] = ITEM_ORDER,          [INTERACTION_ASSOCIATE] = ITEM_ASSOCIATE,
        [INTERACTION_MATCH] = ITEM_MATCH,          [INTERACTION_GAP_MATCH] = ITEM_GAP_MATCH,
        [INTERACTION_INLINE_CHOICE] = ITEM_INLINE, [INTERACTION_EXTENDED_TEXT] = ITEM_ESSAY,
        [INTERACTION_HOTTEXT] = ITEM_HOTTEXT,      [INTERACTION_SLIDER] = ITEM_SLIDER,
        [INTERACTION_UPLOAD] = ITEM_UPLOAD,
    };
    const struct item_interaction *first = item->interaction;
    bool graphic = false, mixed = false;
    for (const struct item_interaction *i = first; i; i = i->next) {
        if (i->kind == INTERACTION_OTHER)
            return ITEM_OTHER;
        graphic |= item_is_graphic(i->kind);
        mixed |= i->kind != first->kind;
    }
    if (!first)
        return item->body && item->body->child && !item->response_processing ? ITEM_MATERIAL : ITEM_OTHER;
    if (graphic)
        return ITEM_GRAPHIC;
    if (mixed)
        return ITEM_MIXED;
    if (first->kind == INTERACTION_CHOICE)
        return kind_of_choice(first);
    return first->kind == INTERACTION_TEXT_ENTRY ? kind_of_text(item) : kinds[first->kind];
}

void item_free(struct item *item)
{
    if (!item)
        return;
    xml_free(item->doc);
    arena_free(item->arena);
}

void item_normal(const struct item *item, struct bytes *out)
{
    bytes_add(out, item->normal.p, item->normal.n);
}

/* What is kept of it is bounded as what was read is, or it could not be read again. */
static int keep_normal(struct item *item, struct span data, struct err *e)
{
    struct bytes own = {0};
    qti_write(item->doc, data, &own);
    item->normal = span_of(arena_copy(item->arena, own.p, own.n), own.n);
    bytes_release(&own);
    if (item->normal.n > item_limits.bytes)
        return err_set(e, ERR_DATA, xml_doc_name(item->doc),
                       _("larger than %zu bytes once it is QTI 2.2 in UTF-8"), item_limits.bytes);
    return 0;
}

int item_read_lenient(struct item **ret, const char *name, struct span data, struct err *e)
{
    struct arena *a = arena_new();
    struct item *item = arena_alloc(a, sizeof *item);
    item->arena = a;
    int r = qti_read(&item->doc, &item->qti, name, data, &item_limits, e);
    if (r == 0)
        r = read_root(item, e);
    if (r == 0)
        r = keep_normal(item, data, e);
    if (r < 0) {
        item_free(item);
        return r;
    }
    item_read_declarations(item);
    item_read_body(item);
    read_rules(item);
    item->kind = kind_of(item);
    item_check(item);
    *ret = item;
    return 0;
}

static int refuse_problems(struct item **item, struct err *e)
{
    struct item *it = *item;
    if (it->n_problems == 0)
        return 0;
    char where[256];
    snprintf(where, sizeof where, "%s:%u", xml_doc_name(it->doc), it->problem[0].line);
    int r = err_set(e, ERR_DATA, where, _("item %.80s: %s"), it->identifier, it->problem[0].what);
    if (it->n_problems > 1)
        err_hint(e, _("%zu more faults in this item"), it->n_problems - 1);
    item_free(it);
    *item = NULL;
    return r;
}

int item_read(struct item **ret, const char *name, struct span data, struct err *e)
{
    struct item *item = NULL;
    int r = item_read_lenient(&item, name, data, e);
    if (r == 0)
        r = refuse_problems(&item, e);
    if (r == 0)
        *ret = item;
    return r;
}

static int from_file(struct item **ret, const char *path, bool lenient, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, item_limits.bytes, &data, e);
    if (r == 0)
        r = lenient ? item_read_lenient(ret, path, bytes_span(&data), e)
                    : item_read(ret, path, bytes_span(&data), e);
    bytes_release(&data);
    return r;
}

int item_read_file(struct item **ret, const char *path, struct err *e)
{
    return from_file(ret, path, false, e);
}

int item_read_file_lenient(struct item **ret, const char *path, struct err *e)
{
    return from_file(ret, path, true, e);
}
