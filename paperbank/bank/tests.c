/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/tests.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/media.h"

static const char sql_all[] = "SELECT t.identifier, t.title, t.version, t.xml FROM test_document t WHERE "
                              "t.version = (SELECT max(version) FROM "
                              "test_document u WHERE u.identifier = t.identifier) ORDER BY t.identifier";
static const char sql_one[] = "SELECT identifier, title, version, xml FROM test_document WHERE identifier = "
                              "?1 ORDER BY version DESC LIMIT 1";

static const char before[] = "items/", after[] = ".xml";

static struct bank_test row_of(struct db_stmt *s, struct arena *a)
{
    struct span xml = db_blob(s, 3);
    return (struct bank_test){.identifier = arena_strdup(a, db_text(s, 0)),
                              .title = arena_strdup(a, db_text(s, 1)),
                              .version = db_int(s, 2),
                              .xml = span_of(arena_copy(a, xml.p, xml.n), xml.n)};
}

int bank_tests(struct bank *b, struct arena *a, struct bank_test **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *s = NULL;
    struct bank_test *test = NULL;
    size_t n = 0, room = 0;
    int r = db_query(b->db, &s, e, sql_all, "");
    while (r >= 0 && (r = db_step(s, e)) == 1) {
        if (n == room) {
            room = room ? 2 * room : 16;
            test = mem_grow(test, room, sizeof *test);
        }
        test[n++] = row_of(s, a);
    }
    db_done(s);
    *ret = n ? arena_copy(a, test, n * sizeof *test) : NULL;
    *ret_n = n;
    free(test);
    return r < 0 ? r : 0;
}

int bank_test(struct bank *b, const char *identifier, struct arena *a, struct bank_test *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_one, "t", identifier);
    if (r == 0 && (r = db_step(s, e)) == 1)
        *ret = row_of(s, a);
    else if (r == 0) {
        err_set(e, ERR_DATA, identifier, _("the bank has no such test"));
        r = err_hint(e, _("\"kaochang bank tests\" lists those that it has"));
    }
    db_done(s);
    return r < 0 ? r : 0;
}

int bank_test_read(struct bank *b, const char *identifier, struct test **ret, int64_t *ret_version,
                   struct err *e)
{
    struct arena *a = arena_new();
    struct bank_test t = {0};
    int r = bank_test(b, identifier, a, &t, e);
    if (r == 0)
        r = test_read(ret, identifier, arena_printf(a, "tests/%s.xml", identifier), t.xml, NULL, e);
    if (r == 0)
        *ret_version = t.version;
    arena_free(a);
    return r;
}

const char *bank_test_item(struct arena *a, const struct test_node *item)
{
    size_t n = strlen(item->href), edges = strlen(before) + strlen(after);
    if (n <= edges || strncmp(item->href, before, strlen(before)) != 0 ||
        strcmp(item->href + n - strlen(after), after) != 0)
        return NULL;
    return arena_strndup(a, item->href + strlen(before), n - edges);
}

static bool has(const struct bank_item *item, size_t n, const char *id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = id ? strcmp(item[middle].id, id) : 0;
        if (!id || order == 0)
            return id != NULL;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static int all_there(const struct bank_test *t, const struct bank_item *item, size_t n, bool *ret,
                     struct err *e)
{
    struct test *test = NULL;
    struct arena *a = arena_new();
    int r = test_read_lenient(&test, t->identifier, "tests/t.xml", t->xml, NULL, e);
    *ret = r == 0;
    for (size_t i = 0; r == 0 && i < test->n_nodes; i++)
        if (test->node[i]->kind == TEST_ITEM && !has(item, n, bank_test_item(a, test->node[i])))
            *ret = false;
    test_close(test);
    arena_free(a);
    return r;
}

int bank_tests_of(struct bank *b, const struct bank_item *item, size_t n, struct arena *a,
                  struct bank_test **ret, size_t *ret_n, struct err *e)
{
    struct bank_test *test = NULL;
    size_t n_tests = 0, kept = 0;
    int r = bank_tests(b, a, &test, &n_tests, e);
    for (size_t i = 0; r == 0 && i < n_tests; i++) {
        bool whole = false;
        r = all_there(&test[i], item, n, &whole, e);
        if (whole)
            test[kept++] = test[i];
    }
    *ret = test;
    *ret_n = kept;
    return r;
}

static const char *picture_key(struct arena *a, const struct bank_test *t)
{
    return arena_printf(a, "tests/%s", t->identifier);
}

static int write_pictures(struct bank *b, const char *tests, const struct bank_test *t, struct err *e)
{
    struct arena *a = arena_new();
    int r = bank_write_pictures(b, picture_key(a, t), t->version, tests, true, e);
    arena_free(a);
    return r;
}

int bank_write_tests(struct bank *b, const char *dir, const struct bank_test *test, size_t n, struct err *e)
{
    char *tests = path_join(dir, "tests");
    int r = n ? file_mkdirs(tests, false, e) : 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        char *path = mem_printf("%s/%s.xml", tests, test[i].identifier);
        r = file_put(path, 0644, test[i].xml, e);
        if (r == 0)
            r = write_pictures(b, tests, &test[i], e);
        free(path);
    }
    free(tests);
    return r;
}

static void write_element(struct xml_out *o, const char *element, const char *attr, const char *value)
{
    xml_put_text(o, "\n      ");
    xml_open(o, element);
    xml_put(o, attr, value);
    xml_close(o);
}

static bool told_before(const struct test *t, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (t->node[k]->kind == TEST_ITEM && strcmp(t->node[k]->href, t->node[i]->href) == 0)
            return true;
    return false;
}

static int write_resource(struct xml_out *o, struct bank *b, const struct bank_test *t, struct err *e)
{
    struct test *test = NULL;
    struct bank_picture *picture = NULL;
    size_t n = 0;
    struct arena *a = arena_new();
    int r = test_read_lenient(&test, t->identifier, "tests/t.xml", t->xml, NULL, e);
    const char *href = arena_printf(a, "tests/%s.xml", t->identifier);
    xml_put_text(o, "\n    ");
    xml_open(o, "resource");
    xml_put(o, "identifier", arena_printf(a, "TEST-%s", t->identifier));
    xml_put(o, "type", "imsqti_test_xmlv2p2");
    xml_put(o, "href", href);
    write_element(o, "file", "href", href);
    if (r == 0)
        r = bank_item_pictures(b, picture_key(a, t), t->version, a, &picture, &n, e);
    for (size_t i = 0; i < n; i++)
        if (bank_picture_is_first(picture, i))
            write_element(o, "file", "href", arena_printf(a, "tests/%s", picture[i].name));
    for (size_t i = 0; r == 0 && i < test->n_nodes; i++)
        if (test->node[i]->kind == TEST_ITEM && !told_before(test, i))
            write_element(o, "dependency", "identifierref",
                          arena_printf(a, "RES-%s", bank_test_item(a, test->node[i])));
    xml_put_text(o, "\n    ");
    xml_close(o);
    test_close(test);
    arena_free(a);
    return r;
}

int tests_write_resources(struct xml_out *o, struct bank *b, const struct bank_test *test, size_t n,
                          struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = write_resource(o, b, &test[i], e);
    return r;
}
