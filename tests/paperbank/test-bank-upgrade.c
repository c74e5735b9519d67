/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/db.h"
#include "base/file.h"
#include "tests/check.h"
#include "tests/paperbank/bank-kit.h"

static int setup(void **state)
{
    struct kit *k = malloc(sizeof *k);
    kit_open(k);
    *state = k;
    return 0;
}

static int teardown(void **state)
{
    kit_close(*state);
    free(*state);
    return 0;
}

/* A bank of format 1; the caller frees its path. */
static char *old_bank(const struct kit *k)
{
    struct bytes script = {0};
    struct db *d = NULL;
    struct err e = {0};
    char *path = kit_path(k, "old.db"), *sql = path_join(getenv("SOURCE_ROOT"), "tests/paperbank/bank-format-1.sql");
    assert_done(file_read(sql, 1 << 20, &script, &e), e);
    assert_done(db_open(&d, path, DB_CREATE, NULL, &e), e);
    assert_done(db_script(d, (const char *)script.p, &e), e);
    db_close(d);
    bytes_release(&script);
    free(sql);
    return path;
}

/* Everything a file's schema says, and its marks. */
static void read_schema(const char *path, struct bytes *ret)
{
    struct db *d = NULL;
    struct db_stmt *s = NULL;
    struct err e = {0};
    int64_t version = 0;
    assert_done(db_open(&d, path, DB_READ, NULL, &e), e);
    assert_done(db_version(d, &version, &e), e);
    bytes_printf(ret, "format %lld\n", (long long)version);
    assert_done(db_query(d, &s, &e, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name", ""), e);
    while (db_step(s, &e) == 1)
        bytes_printf(ret, "%s %s %s %s\n", db_text(s, 0), db_text(s, 1), db_text(s, 2), db_text(s, 3));
    db_done(s);
    db_close(d);
}

static void an_upgraded_bank_has_the_schema_of_a_fresh_one(void **state)
{
    struct kit *k = *state;
    struct bytes upgraded = {0}, fresh = {0};
    struct bank *b = NULL;
    struct err e = {0};
    char *path = old_bank(k), *new = kit_path(k, "bank.db");
    assert_done(bank_open(&b, path, false, &e), e);
    bank_close(b);
    read_schema(path, &upgraded);
    read_schema(new, &fresh);
    assert_string_equal((const char *)upgraded.p, (const char *)fresh.p);
    bytes_release(&upgraded);
    bytes_release(&fresh);
    free(path);
    free(new);
}

static void what_an_old_bank_held_is_in_the_upgraded_one(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bank *b = NULL;
    struct bank_item *item = NULL;
    struct span xml = {0};
    struct err e = {0};
    size_t n = 0;
    char *path = old_bank(k);
    assert_done(bank_open(&b, path, false, &e), e);
    assert_done(bank_items(b, NULL, a, &item, &n, &e), e);
    assert_int_equal(n, 2);
    assert_string_equal(item[0].id, "i1");
    assert_int_equal(item[0].version, 2);
    assert_string_equal(item[0].stem, "second?");
    assert_string_equal(item[0].knowledge_point, "1.1");
    assert_int_equal(item[0].facility, 720);
    assert_int_equal(item[0].discrimination, BANK_UNKNOWN);
    assert_int_equal(item[0].points.milli, 2500);
    assert_string_equal(item[1].enemy[0], "i1");
    assert_done(bank_item_xml(b, "i1", 1, a, &xml, &e), e);
    assert_non_null(memmem(xml.p, xml.n, "first?", 6));
    bank_close(b);
    arena_free(a);
    free(path);
}

static void a_copy_of_the_old_file_stays_beside_it(void **state)
{
    struct kit *k = *state;
    struct bytes before = {0}, after = {0};
    struct bank *b = NULL;
    struct err e = {0};
    char *path = old_bank(k), *copy = kit_path(k, "old.db.format-1");
    read_schema(path, &before);
    assert_done(bank_open(&b, path, false, &e), e);
    bank_close(b);
    read_schema(copy, &after);
    assert_string_equal((const char *)before.p, (const char *)after.p);
    bytes_release(&before);
    bytes_release(&after);
    free(path);
    free(copy);
}

static void an_upgraded_bank_takes_the_same_file_as_unchanged(void **state)
{
    struct kit *k = *state;
    struct err e = {0};
    char *path = old_bank(k);
    struct bank *fresh = k->bank;
    assert_done(bank_open(&k->bank, path, false, &e), e);
    kit_write_item(k, "new.xml", "i9", "another?");
    kit_import(k, "new.xml");
    assert_int_equal(k->n[IMPORT_NEW], 1);
    kit_import(k, "new.xml");
    assert_int_equal(k->n[IMPORT_UNCHANGED], 1);
    assert_int_equal(kit_items(k), 3);
    bank_close(k->bank);
    k->bank = fresh;
    free(path);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(an_upgraded_bank_has_the_schema_of_a_fresh_one),
        RULE(what_an_old_bank_held_is_in_the_upgraded_one),
        RULE(a_copy_of_the_old_file_stays_beside_it),
        RULE(an_upgraded_bank_takes_the_same_file_as_unchanged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
