/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"

static const struct xml_limits limits = {.bytes = MANIFEST_MAX_BYTES, .elements = 2000000, .depth = 40};

struct reader {
    struct manifest *m;
    const struct xml_doc *d;
    struct manifest_item *item; /* where a fault belongs */
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
    r->item->fault = arena_printf(r->m->arena, "%s%s%.60s%s", what, value ? " (\"" : "", value ? value : "",
                                  value ? "\")" : "");
    r->item->fault_line = xml_line(n);
}

static bool is_code(const char *s)
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
    m->enemy = arena_array(r->m->arena, MANIFEST_MAX_ENEMIES, sizeof *m->enemy);
    for (v += strspn(v, space); *v; v += strspn(v, space)) {
        size_t len = strcspn(v, space);
        const char *id = arena_strndup(r->m->arena, v, len);
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
    if (code && !is_code(code))
        fault(r, n, _("knowledgePoint is not a code like 1.2"), code);
    m->knowledge_point = arena_strdup(r->m->arena, code ? code : "");
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

static void read_resource(struct reader *r, const struct xml_node *n)
{
    const char *type = xml_attr(r->d, n, "type"), *href = xml_attr(r->d, n, "href");
    if (!type || strncmp(type, "imsqti_item", strlen("imsqti_item")) != 0)
        return;
    r->item = &r->m->item[r->m->n_items++];
    r->item->line = xml_line(n);
    r->item->href = href ? safe_path(r->m->arena, href) : NULL;
    if (!r->item->href) {
        fault(r, n, href ? _("href is not a path inside the package") : _("the resource has no href"), href);
        r->item->href = "";
    }
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, "metadata"))
            for (const struct xml_node *i = xml_first_element(c); i; i = xml_next_element(i))
                if (is_ours(i, "item"))
                    read_metadata(r, i);
}

static bool is_title(const char *s)
{
    if (!*s || strlen(s) > 600)
        return false;
    for (; *s; s++)
        if ((unsigned char)*s < 0x20)
            return false;
    return true;
}

static bool has_point(const struct manifest *m, const char *code, size_t n)
{
    for (size_t i = 0; i < m->n_points; i++)
        if (!m->point[i].fault && strncmp(m->point[i].code, code, n) == 0 && m->point[i].code[n] == '\0')
            return true;
    return false;
}

static void read_point(const struct reader *r, const struct xml_node *n)
{
    struct manifest_point *p = &r->m->point[r->m->n_points];
    const char *code = xml_attr(r->d, n, "code"), *title = xml_attr(r->d, n, "title");
    *p = (struct manifest_point){.code = arena_strdup(r->m->arena, code ? code : ""),
                                 .title = arena_strdup(r->m->arena, title ? title : ""),
                                 .line = xml_line(n)};
    const char *dot = strrchr(p->code, '.');
    if (!is_code(p->code) || !is_title(p->title))
        p->fault = _("a knowledge point needs a code like 1.2 and a title");
    else if (has_point(r->m, p->code, strlen(p->code)))
        p->fault = _("this knowledge point stands there twice");
    else if (dot && !has_point(r->m, p->code, (size_t)(dot - p->code)))
        p->fault = _("the knowledge point above it does not stand before it");
    r->m->n_points++;
}

static void read_tree(const struct reader *r, const struct xml_node *metadata)
{
    for (const struct xml_node *c = xml_first_element(metadata); c; c = xml_next_element(c)) {
        if (!is_ours(c, "knowledgePoints"))
            continue;
        for (const struct xml_node *k = xml_first_element(c); k; k = xml_next_element(k))
            if (is_ours(k, "knowledgePoint") && r->m->n_points < 20000)
                read_point(r, k);
    }
}

static size_t count(const struct xml_node *n, const char *name)
{
    size_t total = xml_named(n, name);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        total += count(c, name);
    return total;
}

int manifest_read(struct manifest **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    int r = xml_read(&d, name, data, &limits, e);
    if (r < 0)
        return r;
    const struct xml_node *root = xml_root(d);
    if (!xml_named(root, "manifest")) {
        r = xml_err(e, d, root, _("not the manifest of a content package"));
        xml_free(d);
        return r;
    }
    struct arena *a = arena_new();
    struct manifest *m = arena_alloc(a, sizeof *m);
    m->arena = a;
    m->point = arena_array(a, count(root, "knowledgePoint") + 1, sizeof *m->point);
    m->item = arena_array(a, count(root, "resource") + 1, sizeof *m->item);
    struct reader reader = {.m = m, .d = d};
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c)) {
        if (xml_named(c, "metadata"))
            read_tree(&reader, c);
        for (const struct xml_node *s = xml_first_element(c); xml_named(c, "resources") && s; s = xml_next_element(s))
            if (xml_named(s, "resource"))
                read_resource(&reader, s);
    }
    xml_free(d);
    *ret = m;
    return 0;
}

void manifest_free(struct manifest *m)
{
    if (m)
        arena_free(m->arena);
}

static void put_number(struct xml_out *o, const char *attr, int64_t thousandths)
{
    if (thousandths != BANK_UNKNOWN)
        xml_put_points(o, attr, points_milli(thousandths));
}

static void write_metadata(struct xml_out *o, const struct bank_item *i)
{
    xml_open(o, "kc:item");
    if (*i->knowledge_point)
        xml_put(o, "knowledgePoint", i->knowledge_point);
    if (*i->level)
        xml_put(o, "cognitiveLevel", i->level);
    put_number(o, "facility", i->facility);
    put_number(o, "discrimination", i->discrimination);
    xml_put_points(o, "points", i->points);
    if (i->expected_s != BANK_UNKNOWN)
        xml_put_int(o, "expectedTime", i->expected_s);
    struct bytes enemies = {0};
    for (size_t k = 0; k < i->n_declared; k++)
        bytes_printf(&enemies, "%s%s", k ? " " : "", i->declared[k]);
    if (enemies.n)
        xml_put(o, "enemies", (const char *)enemies.p);
    bytes_release(&enemies);
    xml_close(o);
}

static void write_resource(struct xml_out *o, const struct bank_item *i)
{
    char *href = mem_printf("items/%s.xml", i->id), *identifier = mem_printf("RES-%s", i->id);
    xml_put_text(o, "\n    ");
    xml_open(o, "resource");
    xml_put(o, "identifier", identifier);
    xml_put(o, "type", "imsqti_item_xmlv2p2");
    xml_put(o, "href", href);
    xml_put_text(o, "\n      ");
    xml_open(o, "metadata");
    write_metadata(o, i);
    xml_close(o);
    xml_put_text(o, "\n      ");
    xml_open(o, "file");
    xml_put(o, "href", href);
    xml_close(o);
    xml_put_text(o, "\n    ");
    xml_close(o);
    free(href);
    free(identifier);
}

static void write_tree(struct xml_out *o, const struct knowledge_point *point, size_t n)
{
    xml_put_text(o, "\n    ");
    xml_open(o, "kc:knowledgePoints");
    for (size_t i = 0; i < n; i++) {
        xml_put_text(o, "\n      ");
        xml_open(o, "kc:knowledgePoint");
        xml_put(o, "code", point[i].code);
        xml_put(o, "title", point[i].title);
        xml_close(o);
    }
    xml_put_text(o, "\n    ");
    xml_close(o);
}

static void write_words(struct xml_out *o, const char *indent, const char *element, const char *words)
{
    xml_put_text(o, indent);
    xml_open(o, element);
    xml_put_text(o, words);
    xml_close(o);
}

int manifest_write(const struct knowledge_point *point, size_t n_points, const struct bank_item *item, size_t n_items,
                   struct bytes *out, struct err *e)
{
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "manifest");
    xml_put(&o, "xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1");
    xml_put(&o, "xmlns:kc", METADATA_NS);
    xml_put(&o, "identifier", "kaochang-bank");
    xml_put_text(&o, "\n  ");
    xml_open(&o, "metadata");
    write_words(&o, "\n    ", "schema", "QTIv2.2 Package");
    write_words(&o, "\n    ", "schemaversion", "1.0.0");
    write_tree(&o, point, n_points);
    xml_put_text(&o, "\n  ");
    xml_close(&o);
    write_words(&o, "\n  ", "organizations", "");
    xml_put_text(&o, "\n  ");
    xml_open(&o, "resources");
    for (size_t i = 0; i < n_items; i++)
        write_resource(&o, &item[i]);
    xml_put_text(&o, "\n  ");
    xml_close(&o);
    xml_put_text(&o, "\n");
    xml_close(&o);
    return xml_end(&o, e);
}
