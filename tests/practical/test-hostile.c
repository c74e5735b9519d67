/* SPDX-License-Identifier: Apache-2.0 */
/* Broken and malicious office files, where FIXTURES holds them: office/hostile/index.csv says how each must
 * end. Each is opened by the family of its extension, and every kind of check looks at what was readable; a
 * file without a reader yet is opened as parts and its main part read. */
#include "tests/check.h"

#include <ctype.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "scoring/practical/fact.h"
#include "scoring/practical/parts.h"
#include "tests/practical/office-kit.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

/* In a sanitized build all is slower; a hang is still told from work. */
enum { SLOWEST_MS = 6000, MAX_INDEX = 1 << 20 };

static void on_fact(void *context, const char *kind, const struct locator *at, const struct fact *f)
{
    size_t *n = context;
    (void)kind, (void)at;
    assert_non_null(f->place);
    ++*n;
}

static const struct practical_family *family_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (const struct practical_family *const *f = practical_families; dot && *f; f++)
        for (const char *at = (*f)->open ? (*f)->extensions : ""; *at; at += strspn(at, " ")) {
            size_t n = strcspn(at, " ");
            if (n == strlen(dot + 1) && strncmp(at, dot + 1, n) == 0)
                return *f;
            at += n;
        }
    return NULL;
}

static int read_main(const char *path, struct span bytes, struct err *e)
{
    struct arena *a = arena_new();
    struct parts *p = NULL;
    struct xml_tree *t = NULL;
    const char *part = NULL;
    int r = parts_open(&p, path, bytes, e);
    if (r == 0)
        r = parts_main(p, a, &part, e);
    if (r == 0)
        r = parts_tree(p, part, NULL, &t, e);
    xml_tree_free(t);
    parts_close(p);
    arena_free(a);
    return r;
}

static int read_family(const struct practical_family *family, const char *path, struct span bytes,
                       struct err *e)
{
    struct practical_file file = {.path = path, .bytes = bytes, .size = bytes.n};
    struct practical_folder folder = {.file = &file, .n = 1};
    struct check_target t = {.folder = &folder, .start = &folder, .path = path};
    struct arena *a = arena_new();
    size_t n = 0;
    int r = family->open(&t.document, &folder, path, e);
    if (r == 0) {
        if (family->enumerate)
            family->enumerate(&t, a, on_fact, &n);
        family->close(t.document);
    }
    arena_free(a);
    return r;
}

/* "error:XML_DTD|LIMIT; no network" allows both faults; "readable or error:LIMIT" and "either (…)" what they
 * say. */
static bool allows(const char *expected, int result, const char *fault)
{
    const char *error = strstr(expected, "error:");
    if (strncmp(expected, "either", 6) == 0)
        return true;
    if (result == 0)
        return strstr(expected, "readable") != NULL;
    for (const char *at = error ? error + 6 : ""; isupper((unsigned char)*at); at += *at == '|') {
        size_t n = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
        if (strlen(fault) == n && strncmp(at, fault, n) == 0)
            return true;
        at += n;
    }
    return false;
}

/* The index speaks of entities in its shared strings; the file has no such part, and no entity anywhere. */
static bool known_miss(const char *name, struct span bytes, int result)
{
    struct parts *p = NULL;
    struct err e;
    if (strcmp(name, "xlsx-lol-sst.xlsx") != 0 || result < 0 || parts_open(&p, name, bytes, &e) < 0)
        return false;
    bool lacks = !parts_has(p, "xl/sharedStrings.xml");
    parts_close(p);
    return lacks;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool ends_as_told(const char *folder, const char *name, const char *expected)
{
    char *path = mem_printf("%s/%s", folder, name);
    const struct practical_family *family = family_of(name);
    struct bytes b = {0};
    struct err e = {0}, io;
    assert_done(file_read(path, PARTS_MAX_FILE, &b, &io), io);
    int64_t began = now_ms();
    int r = family ? read_family(family, name, bytes_span(&b), &e) : read_main(name, bytes_span(&b), &e);
    int64_t took = now_ms() - began;
    const char *fault = r == 0 ? "" : practical_fault_name(e.code);
    bool good = (r == 0 || r == -ERR_DATA) && allows(expected, r, fault) && took < SLOWEST_MS;
    good |= known_miss(name, bytes_span(&b), r);
    if (!good)
        print_error("# %s: %s, found %s%s (%s: %s) in %d ms\n", name, expected,
                    r == 0 ? "readable" : "error:", fault, e.where, e.what, (int)took);
    bytes_release(&b);
    free(path);
    return good;
}

static char *hostile_folder(void)
{
    const char *fixtures = getenv("FIXTURES");
    return mem_printf("%s/office/hostile", fixtures ? fixtures : "");
}

static void every_hostile_file_ends_as_its_index_says(void **state)
{
    char *folder = hostile_folder(), *path = mem_printf("%s/index.csv", folder);
    struct arena *a = arena_new();
    struct bytes b = {0};
    struct csv index;
    struct err e;
    size_t bad = 0;
    (void)state;
    assert_done(file_read(path, MAX_INDEX, &b, &e), e);
    assert_done(csv_parse_uneven(&index, a, path, bytes_span(&b), 10000, &e), e);
    int file = csv_column(&index, "file"), expected = csv_column(&index, "expected");
    assert_true(file >= 0 && expected >= 0);
    for (size_t i = 1; i < index.n; i++)
        bad += !ends_as_told(folder, index.row[i].field[file], index.row[i].field[expected]);
    assert_int_equal(bad, 0);
    assert_true(index.n > 50);
    bytes_release(&b);
    arena_free(a);
    free(path);
    free(folder);
}

static void entities_in_shared_strings_are_refused(void **state)
{
    struct bytes file = office_package(
        "xl/workbook.xml",
        (struct zip_made[]){{.name = "xl/workbook.xml",
                             .text = "<workbook " OFFICE_S OFFICE_R
                                     "><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>"},
                            {.name = "xl/_rels/workbook.xml.rels",
                             .text = OFFICE_RELS(OFFICE_REL("r1", "worksheet", "s.xml")
                                                     OFFICE_REL("r2", "sharedStrings", "t.xml"))},
                            {.name = "xl/s.xml", .text = "<worksheet " OFFICE_S "><sheetData/></worksheet>"},
                            {.name = "xl/t.xml",
                             .text = "<!DOCTYPE sst [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><sst " OFFICE_S
                                     "><si><t>&b;</t></si></sst>"},
                            {0}});
    struct err e = {0};
    (void)state;
    assert_int_equal(read_family(&sheet_family, "a.xlsx", bytes_span(&file), &e), -ERR_DATA);
    assert_string_equal(practical_fault_name(e.code), "XML_DTD");
    bytes_release(&file);
}

/* The whole of it in this one process; a sanitizer's own memory is not ours to judge. */
static void no_file_makes_the_process_large(void **state)
{
    struct rusage usage;
    (void)state;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(SANITIZED)
    if (usage.ru_maxrss >= 64 * 1024)
        fail_msg("%ld KiB", usage.ru_maxrss);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hostile_file_ends_as_its_index_says),
        cmocka_unit_test(entities_in_shared_strings_are_refused),
        cmocka_unit_test(no_file_makes_the_process_large),
    };
    char *folder = hostile_folder();
    bool there = access(folder, R_OK) == 0;
    free(folder);
    if (!there)
        return skip_program("FIXTURES holds no office/hostile");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
