/* SPDX-License-Identifier: Apache-2.0 */
/* One assessment test: read with its sections, its references turned to the items of the bank, kept as a
 * version. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/import-store.h"
#include "paperbank/bank/media-internal.h"
#include "paperbank/bank/tests.h"
#include "paperbank/item/qti.h"

static const char sql_has[] = "SELECT count(*) FROM item WHERE id = ?1";
static const char sql_old[] =
    "SELECT version, xml FROM test_document WHERE identifier = ?1 ORDER BY version DESC LIMIT 1";
static const char sql_new[] = "INSERT INTO test_document (identifier, version, import, title, xml, original) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

struct coming {
    struct import *im;
    struct package_source *source;
    const char *path, *place;
    struct arena *arena;
    struct test *test;
    const char **id; /* of the bank's item, by the node's order */
    struct bytes data, xml;
    struct media_set *pictures[TEST_MAX_DOCUMENTS]; /* of each document; they stand in rubrics and feedback */
};

static int open_source(void *context, const char *path, size_t max, struct bytes *ret, struct err *e)
{
    return package_source_read(context, path, max, ret, e);
}

static int fault_at(struct coming *c, const struct test_node *n, struct err *e, const char *what)
{
    return err_set(e, ERR_DATA, arena_printf(c->arena, "%s:%u", xml_doc_name(n->doc), n->line), "%s", what);
}

static const struct test_node *same_file(const struct coming *c, size_t upto)
{
    for (size_t i = 0; i < upto; i++)
        if (c->id[i] && strcmp(c->test->node[i]->href, c->test->node[upto]->href) == 0)
            return c->test->node[i];
    return NULL;
}

/* The identifier that the referenced file's item has. */
static int item_identifier(struct coming *c, const struct test_node *n, const char **ret, struct err *e)
{
    struct bytes data = {0};
    struct xml_doc *doc = NULL;
    const char *version, *id = NULL;
    struct err why;
    int r = package_source_read(c->source, n->href, BANK_MAX_ITEM_BYTES, &data, &why);
    if (r == 0)
        r = qti_read(&doc, &version, n->href, bytes_span(&data), &item_limits, &why);
    if (r == 0)
        id = xml_attr(doc, xml_root(doc), "identifier");
    *ret = id ? arena_strdup(c->arena, id) : NULL;
    xml_free(doc);
    bytes_release(&data);
    if (!*ret)
        return fault_at(c, n, e, arena_printf(c->arena, _("the item \"%.120s\" cannot be read"), n->href));
    return 0;
}

/* *ret_failed: the bank itself, not the test. */
static int find_item(struct coming *c, size_t i, bool *ret_failed, struct err *e)
{
    const struct test_node *n = c->test->node[i], *same = same_file(c, i);
    int64_t there = 0;
    if (same) {
        c->id[i] = c->id[same->order];
        return 0;
    }
    int r = item_identifier(c, n, &c->id[i], e);
    if (r < 0)
        return r;
    r = db_get_int(c->im->bank->db, &there, 0, e, sql_has, "t", c->id[i]);
    *ret_failed = r < 0;
    if (r == 0 && !there) {
        r = fault_at(
            c, n, e,
            arena_printf(c->arena, _("the bank does not have the item %.80s (%.120s)"), c->id[i], n->href));
        err_hint(e, _("import the item first, or with the test in one package"));
    }
    return r < 0 ? -(int)e->kind : 0;
}

static int first_fault(struct coming *c, struct err *e)
{
    const struct test *t = c->test;
    if (t->n_problems == 0)
        return 0;
    err_set(e, ERR_DATA, arena_printf(c->arena, "%s:%u", t->problem[0].file, t->problem[0].line), "%s",
            t->problem[0].what);
    return t->n_problems > 1 ? err_hint(e, _("%zu more faults in this test"), t->n_problems - 1) : -ERR_DATA;
}

/* Found beside each document, and named anew in it. */
static int take_pictures(struct coming *c, struct err *e)
{
    struct bytes unused = {0}; /* the documents are written as one, later */
    int r = 0;
    for (size_t k = 0; r == 0 && k < c->test->n_documents; k++) {
        struct item document = {.arena = c->arena, .doc = c->test->document[k]};
        const struct prepared_item from = {.file = xml_doc_name(document.doc),
                                           .source = c->source,
                                           .path = k ? xml_doc_name(document.doc) : c->path};
        r = media_gather(&c->pictures[k], &document, &from, true, c->arena, e);
        if (r == 0)
            item_rename_pictures(&document, media_new_name, c->pictures[k], &unused);
    }
    bytes_release(&unused);
    return r;
}

static int store_pictures(struct coming *c, int64_t version, struct err *e)
{
    const char *key = arena_printf(c->arena, "tests/%s", c->test->identifier);
    int r = 0;
    for (size_t k = 0; r == 0 && k < c->test->n_documents; k++) {
        struct media_set *set = c->pictures[k];
        for (size_t i = 0; k > 0 && i < set->n; i++)
            set->picture[i].href =
                arena_printf(c->arena, "%s: %s", xml_doc_name(c->test->document[k]), set->picture[i].href);
        r = media_store(c->im->bank, key, version, set, e);
    }
    return r;
}

static int look_at(struct coming *c, bool *ret_failed, struct err *e)
{
    struct test_source source = {.context = c->source, .open = open_source};
    int r = package_source_read(c->source, c->path, test_limits.bytes, &c->data, e);
    if (r == 0)
        r = test_read_lenient(&c->test, c->place, c->path, bytes_span(&c->data), &source, e);
    if (r == 0 && !path_is_plain_name(c->test->identifier))
        r = err_set(e, ERR_DATA, c->place,
                    _("the identifier \"%.100s\" is not a plain name of letters, digits, dot, "
                      "hyphen and underline"),
                    c->test->identifier);
    if (r == 0)
        r = first_fault(c, e);
    if (r < 0)
        return r;
    c->id = arena_array(c->arena, c->test->n_nodes, sizeof *c->id);
    for (size_t i = 0; r == 0 && i < c->test->n_nodes; i++)
        if (c->test->node[i]->kind == TEST_ITEM)
            r = find_item(c, i, ret_failed, e);
    return r == 0 ? take_pictures(c, e) : r;
}

static const char *bank_href(void *context, const struct test_node *item)
{
    const struct coming *c = context;
    return arena_printf(c->arena, "../items/%s.xml", c->id[item->order]);
}

static int find_old(struct coming *c, int64_t *ret_version, bool *ret_same, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(c->im->bank->db, &s, e, sql_old, "t", c->test->identifier);
    if (r == 0 && (r = db_step(s, e)) == 1) {
        *ret_version = db_int(s, 0);
        *ret_same = span_equal(db_blob(s, 1), bytes_span(&c->xml));
    }
    db_done(s);
    return r < 0 ? r : 0;
}

static int store(struct coming *c, struct err *e)
{
    int64_t version = 0;
    bool same = false;
    test_normal(c->test, bytes_span(&c->data), bank_href, c, &c->xml);
    int r = find_old(c, &version, &same, e);
    struct span original =
        span_equal(bytes_span(&c->data), bytes_span(&c->xml)) ? (struct span){0} : bytes_span(&c->data);
    enum import_outcome outcome = same ? IMPORT_UNCHANGED : version ? IMPORT_VERSION : IMPORT_NEW;
    if (r == 0 && !same)
        r = db_run(c->im->bank->db, e, sql_new, "tiitbb", c->test->identifier, ++version, c->im->id,
                   c->test->title, bytes_span(&c->xml), original);
    if (r == 0 && !same)
        r = store_pictures(c, version, e);
    const struct import_line l = {.file = c->place,
                                  .element = "",
                                  .item = c->test->identifier,
                                  .version = version,
                                  .outcome = outcome,
                                  .reason = ""};
    return r < 0 ? r : import_tell(c->im, &l, e);
}

static int refuse(struct coming *c, const struct err *why, struct err *e)
{
    return import_refuse(c->im, c->place, 0, c->test ? c->test->identifier : "", "assessmentTest", why, e);
}

static int take(struct coming *c, struct err *e)
{
    struct err why = {0};
    const char *first = NULL;
    bool failed = false;
    int r = look_at(c, &failed, &why);
    if (r < 0 && failed) {
        *e = why;
        return r;
    }
    if (r < 0)
        return refuse(c, &why, e);
    r = import_seen(c->im, arena_printf(c->arena, "test %s", c->test->identifier), c->place, c->arena, &first,
                    e);
    if (r == 0 && first) {
        err_set(&why, ERR_DATA, NULL, _("a test of this identifier has come already in this package: %s"),
                first);
        return refuse(c, &why, e);
    }
    return r < 0 ? r : store(c, e);
}

int import_test(struct import *im, struct package_source *source, const char *path, const char *place,
                struct err *e)
{
    struct coming c = {.im = im, .source = source, .path = path, .place = place, .arena = arena_new()};
    int r = take(&c, e);
    for (size_t k = 0; k < TEST_MAX_DOCUMENTS; k++)
        media_free(c.pictures[k]);
    test_close(c.test);
    bytes_release(&c.data);
    bytes_release(&c.xml);
    arena_free(c.arena);
    return r;
}
