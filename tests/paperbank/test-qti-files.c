/* SPDX-License-Identifier: Apache-2.0 */
/* Every item that others made and that we made: its QTI 2.2 form is stable, and says the same as the original. */
#include "tests/check.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

#include "paperbank/item/view.h"

/* nftw has no argument for its caller. */
static size_t n_files, n_items;

static void check_same_item(const struct item *a, const struct item *b)
{
    struct bytes first = {0}, second = {0};
    struct err e, f;
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->n_problems, b->n_problems);
    for (size_t i = 0; i < a->n_problems; i++)
        assert_string_equal(a->problem[i].what, b->problem[i].what);
    assert_int_equal(a->n_declarations, b->n_declarations);
    assert_int_equal(a->rules, b->rules);
    int one = item_view_write(a, &first, &e), two = item_view_write(b, &second, &f);
    assert_int_equal(one, two);
    if (one < 0)
        assert_string_equal(e.what, f.what);
    assert_true(span_equal(bytes_span(&first), bytes_span(&second)));
    bytes_release(&first);
    bytes_release(&second);
}

static void check_document(const char *path, struct span data)
{
    struct xml_doc *d = NULL;
    struct bytes once = {0}, twice = {0};
    const char *version;
    struct err e;
    assert_done(qti_read(&d, &version, path, data, NULL, &e), e);
    qti_write(d, data, &once);
    xml_free(d);
    assert_done(qti_read(&d, &version, path, bytes_span(&once), NULL, &e), e);
    assert_string_equal(version, "2.2");
    qti_write(d, bytes_span(&once), &twice);
    if (!span_equal(bytes_span(&once), bytes_span(&twice)))
        fail_msg("%s: the second writing differs", path);
    n_items += xml_named(xml_root(d), "assessmentItem");
    if (xml_named(xml_root(d), "assessmentItem")) {
        struct item *a = NULL, *b = NULL;
        assert_done(item_read_lenient(&a, path, data, &e), e);
        assert_done(item_read_lenient(&b, path, bytes_span(&once), &e), e);
        check_same_item(a, b);
        item_free(a);
        item_free(b);
    }
    xml_free(d);
    bytes_release(&once);
    bytes_release(&twice);
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)ftw;
    struct bytes data = {0};
    struct err e;
    const char *end = strrchr(path, '.');
    if (type != FTW_F || !end || strcmp(end, ".xml") != 0 || strstr(path, "imsmanifest"))
        return 0;
    assert_done(file_read(path, 4 << 20, &data, &e), e);
    check_document(path, bytes_span(&data));
    bytes_release(&data);
    n_files++;
    return 0;
}

static void check_folder(const char *root, const char *folder, size_t least)
{
    char path[4096];
    assert_non_null(root);
    snprintf(path, sizeof path, "%s/%s", root, folder);
    n_files = n_items = 0;
    assert_int_equal(nftw(path, visit, 16, FTW_PHYS), 0);
    assert_true(n_files >= least);
}

static void the_form_of_our_items_is_stable(void **state)
{
    (void)state;
    check_folder(getenv("SOURCE_ROOT"), "data/bank/items", 40);
    check_folder(getenv("SOURCE_ROOT"), "data/practice", 30);
    check_folder(getenv("SOURCE_ROOT"), "data/city", 60);
}

static void the_form_of_items_made_elsewhere_is_stable(void **state)
{
    (void)state;
    check_folder(getenv("FIXTURES"), "qti/items", 70);
    assert_true(n_items >= 65);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_of_our_items_is_stable),
        cmocka_unit_test(the_form_of_items_made_elsewhere_is_stable),
    };
    const char *fixtures = getenv("FIXTURES");
    char path[4096];
    snprintf(path, sizeof path, "%s/qti/items", fixtures ? fixtures : "");
    bool there = fixtures && access(path, R_OK) == 0;
    if (!there)
        fprintf(stderr, "SKIPPED: FIXTURES has no qti: items made elsewhere were not read\n");
    return _cmocka_run_group_tests("qti-files", tests, there ? 2 : 1, NULL, NULL);
}
