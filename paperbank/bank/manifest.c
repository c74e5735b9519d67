/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"

/* Of one record: a resource with its metadata, or the whole tree of knowledge points. */
static const struct xml_limits limits = {.bytes = MANIFEST_MAX_RECORD_BYTES, .elements = 100000, .depth = 40};

struct reader {
    const struct manifest_handler *handler; /* NULL: only looking whether it can be read */
    struct arena *arena;                    /* of the record at hand */
    const struct xml_doc *d;
    struct manifest_item *item; /* where a fault belongs */
    struct arena *codes;
    const char **code; /* of the knowledge points so far, without faulty ones */
    size_t n_codes, room_codes, n_points, n_items;
};

static bool is_ours(const struct xml_node *n, const char *name)
{
    return xml_named(n, name) && strcmp(xml_ns(n), METADATA_NS) == 0;
}

/* The first fault of a resource is kept. */
static void fault(const struct reader *r, const struct xml_node *n, const char *what, const char *value)
{
    if (r->item->fault)
        return;
    r->item->fault = arena_printf(r->arena, "%s%s%.60s%s", what, value ? " (\"" : "", value ? value : "",
                                  value ? "\")" : "");
    r->item->fault_line = xml_line(n);
    r->item->fault_element = arena_strdup(r->arena, xml_name(n));
}

bool manifest_is_code(const char *s)
{
    bool start = true;
    if (strlen(s) > 60)
        return false;
    for (; *s; s++) {
        bool word = (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z');
        if (!word && (*s != '.' || start))
            return false;
        start = !word;
    }
    return !start;
}

/* Thousandths within lo..hi, BANK_UNKNOWN when absent. */
static int64_t read_thousandths(const struct reader *r, const struct xml_node *n, const char *attr, int64_t lo, int64_t hi)
{
    const char *v = xml_attr(r->d, n, attr);
    points_t p;
    if (!v)
        return BANK_UNKNOWN;
    if (points_parse(v, &p, NULL) == 0 && p.milli >= lo && p.milli <= hi)
        return p.milli;
    fault(r, n, lo < 0 ? _("discrimination is not a number from -1 to 1 with at most three decimals")
                       : _("facility is not a number from 0 to 1 with at most three decimals"), v);
    return BANK_UNKNOWN;
}

static void read_points(const struct reader *r, const struct xml_node *n, struct item_metadata *m)
{
    const char *v = xml_attr(r->d, n, "points");
    if (!v)
        return;
    m->has_points = points_parse(v, &m->points, NULL) == 0 && m->points.milli > 0 && m->points.milli <= 1000000000;
    if (!m->has_points)
        fault(r, n, _("points is not a number above zero with at most three decimals"), v);
}

static void read_time(const struct reader *r, const struct xml_node *n, struct item_metadata *m)
{
    const char *v = xml_attr(r->d, n, "expectedTime");
    m->expected_s = BANK_UNKNOWN;
    if (v && xml_need_int(r->d, n, "expectedTime", 1, 86400, &m->expected_s, NULL) < 0)
        fault(r, n, _("expectedTime is not a whole number of seconds from 1 to 86400"), v);
}

static void read_level(const struct reader *r, const struct xml_node *n, struct item_metadata *m)
{
    static const char *const levels[] = {"remember", "understand", "apply", "analyse", "evaluate", "create"};
    const char *v = xml_attr(r->d, n, "cognitiveLevel");
    m->level = "";
    for (size_t i = 0; v && i < sizeof levels / sizeof *levels; i++)
        if (strcmp(v, levels[i]) == 0)
            m->level = levels[i];
    if (v && !*m->level)
        fault(r, n, _("cognitiveLevel is none of remember, understand, apply, analyse, evaluate, create"), v);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void read_enemies(const struct reader *r, const struct xml_node *n, struct item_metadata *m)
{
    static const char space[] = " \t\r\n";
    const char *v = xml_attr(r->d, n, "enemies");
    if (!v)
        return;
    m->enemy = arena_array(r->arena, MANIFEST_MAX_ENEMIES, sizeof *m->enemy);
    for (v += strspn(v, space); *v; v += strspn(v, space)) {
        size_t len = strcspn(v, space);
        const char *id = arena_strndup(r->arena, v, len);
        v += len;
        if (!path_is_plain_name(id) || m->n_enemies == MANIFEST_MAX_ENEMIES) {
            fault(r, n, _("enemies holds too many, or what is not the id of an item"), id);
            return;
        }
        m->enemy[m->n_enemies++] = id;
    }
    qsort(m->enemy, m->n_enemies, sizeof *m->enemy, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < m->n_enemies; i++)
        if (kept == 0 || strcmp(m->enemy[kept - 1], m->enemy[i]) != 0)
            m->enemy[kept++] = m->enemy[i];
    m->n_enemies = kept;
}

static void only_known(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"knowledgePoint", "cognitiveLevel", "facility", "discrimination",
                                        "points",         "expectedTime",   "enemies"};
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(r->d, n, i, &ns, &name, &value); i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found = found || (!*ns && strcmp(known[k], name) == 0);
        if (!found)
            fault(r, n, _("unknown attribute"), name);
    }
}

static void read_metadata(const struct reader *r, const struct xml_node *n)
{
    struct item_metadata *m = &r->item->metadata;
    const char *code = xml_attr(r->d, n, "knowledgePoint");
    if (r->item->has_metadata)
        fault(r, n, _("the metadata stands there twice"), NULL);
    r->item->has_metadata = true;
    only_known(r, n);
    if (code && !manifest_is_code(code))
        fault(r, n, _("knowledgePoint is not a code like 1.2"), code);
    m->knowledge_point = arena_strdup(r->arena, code ? code : "");
    read_level(r, n, m);
    m->facility = read_thousandths(r, n, "facility", 0, 1000);
    m->discrimination = read_thousandths(r, n, "discrimination", -1000, 1000);
    read_points(r, n, m);
    read_time(r, n, m);
    read_enemies(r, n, m);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %XX decoded; NULL unless the result is a relative path that stays inside its folder. */
static const char *safe_path(struct arena *a, const char *href)
{
    size_t n = strlen(href), at = 0;
    char *out = arena_alloc(a, n + 1);
    if (n == 0 || n > 500)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        int hi = href[i] == '%' && i + 2 < n ? hex_digit(href[i + 1]) : -1;
        int lo = hi >= 0 ? hex_digit(href[i + 2]) : -1;
        out[at] = lo >= 0 ? (char)(hi * 16 + lo) : href[i];
        i += lo >= 0 ? 2 : 0;
        if ((unsigned char)out[at] < 0x20 || out[at] == '\\' || out[at] == ':')
            return NULL;
        at++;
    }
    for (const char *p = out; *p;) {
        size_t len = strcspn(p, "/");
        if (len == 0 || (len == 1 && *p == '.') || (len == 2 && p[0] == '.' && p[1] == '.'))
            return NULL;
        p += len;
        p += *p == '/';
    }
    return out;
}

static enum manifest_kind kind_of(const char *type)
{
    if (type && strncmp(type, "imsqti_item", strlen("imsqti_item")) == 0)
        return MANIFEST_ITEM;
    if (type && (strncmp(type, "imsqti_test", strlen("imsqti_test")) == 0 ||
                 strncmp(type, "imsqti_assessment", strlen("imsqti_assessment")) == 0))
        return MANIFEST_TEST;
    return MANIFEST_OTHER;
}

static void read_own_metadata(const struct reader *r, const struct xml_node *n)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, "metadata"))
            for (const struct xml_node *i = xml_first_element(c); i; i = xml_next_element(i))
                if (is_ours(i, "item"))
                    read_metadata(r, i);
}

static int read_resource(struct reader *r, const struct xml_node *n, struct err *e)
{
    const char *href = xml_attr(r->d, n, "href"), *identifier = xml_attr(r->d, n, "identifier");
    struct manifest_item item = {.kind = kind_of(xml_attr(r->d, n, "type")), .line = xml_line(n)};
    if (item.kind == MANIFEST_OTHER)
        return 0;
    r->item = &item;
    item.identifier = arena_strdup(r->arena, identifier ? identifier : "");
    item.href = href ? safe_path(r->arena, href) : NULL;
    if (!item.href) {
        fault(r, n, href ? _("href is not a path inside the package") : _("the resource has no href"), href);
        item.href = "";
    }
    read_own_metadata(r, n);
    r->n_items += item.kind == MANIFEST_ITEM;
    return r->handler ? r->handler->item(r->handler->context, &item, e) : 0;
}

bool manifest_is_title(const char *s)
{
    if (!*s || strlen(s) > 600)
        return false;
    for (; *s; s++)
        if ((unsigned char)*s < 0x20)
            return false;
    return true;
}

static bool has_point(const struct reader *r, const char *code, size_t n)
{
    for (size_t i = 0; i < r->n_codes; i++)
        if (strncmp(r->code[i], code, n) == 0 && r->code[i][n] == '\0')
            return true;
    return false;
}

static void keep_code(struct reader *r, const char *code)
{
    if (r->n_codes == r->room_codes) {
        r->room_codes = r->room_codes ? 2 * r->room_codes : 64;
        r->code = mem_grow(r->code, r->room_codes, sizeof *r->code);
    }
    r->code[r->n_codes++] = arena_strdup(r->codes, code);
}

static int read_point(struct reader *r, const struct xml_node *n, struct err *e)
{
    const char *code = xml_attr(r->d, n, "code"), *title = xml_attr(r->d, n, "title");
    struct manifest_point p = {.code = code ? code : "", .title = title ? title : "", .line = xml_line(n)};
    const char *dot = strrchr(p.code, '.');
    if (!manifest_is_code(p.code) || !manifest_is_title(p.title))
        p.fault = _("a knowledge point needs a code like 1.2 and a title");
    else if (has_point(r, p.code, strlen(p.code)))
        p.fault = _("this knowledge point stands there twice");
    else if (dot && !has_point(r, p.code, (size_t)(dot - p.code)))
        p.fault = _("the knowledge point above it does not stand before it");
    else
        keep_code(r, p.code);
    return r->handler ? r->handler->point(r->handler->context, &p, e) : 0;
}

static int read_tree(struct reader *r, const struct xml_node *tree, struct err *e)
{
    int status = 0;
    for (const struct xml_node *k = xml_first_element(tree); k && status == 0; k = xml_next_element(k))
        if (is_ours(k, "knowledgePoint")) {
            if (++r->n_points > MANIFEST_MAX_POINTS)
                return xml_err(e, r->d, k, _("more than %d knowledge points"), MANIFEST_MAX_POINTS);
            status = read_point(r, k, e);
        }
    return status;
}

static int on_record(void *context, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    struct reader *r = context;
    const struct xml_node *parent = xml_parent(n);
    int status = 0;
    r->d = d;
    r->arena = arena_new();
    if (is_ours(n, "knowledgePoints") && xml_named(parent, "metadata"))
        status = read_tree(r, n, e);
    else if (xml_named(n, "resource") && xml_named(parent, "resources"))
        status = read_resource(r, n, e);
    arena_free(r->arena);
    return status;
}

int manifest_read(const char *name, xml_source_fn *source, void *source_context,
                  const struct manifest_handler *handler, size_t *ret_items, struct err *e)
{
    struct reader r = {.handler = handler, .codes = arena_new()};
    int status = xml_records(name, source, source_context, "manifest", 3, &limits, on_record, &r, e);
    if (status == 0 && ret_items)
        *ret_items = r.n_items;
    arena_free(r.codes);
    free(r.code);
    return status;
}
