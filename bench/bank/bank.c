/* SPDX-License-Identifier: Apache-2.0 */
/* The bank with many items: import beside a plain parse of the same files, search, near-duplicates. The items come from
 * bench/bank/generate.py; bench/measure.py runs this and makes a table of the lines "name value". Seconds are of the processor,
 * milliseconds on the clock and, behind them, of the processor. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/db.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/package-source.h"
#include "bench/clock.h"
#include "paperbank/bank/duplicates.h"
#include "paperbank/bank/import.h"
#include "paperbank/item/item.h"

enum { ROUNDS = 20, MAX_PAIRS = 1000000 };

static int fail(const struct err *e)
{
    fprintf(stderr, "%s: %s\n", e->where, e->what);
    return 1;
}

static long peak_kib(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

/* Reads every item file of the package and does `look` with it; seconds of processor time. */
static double with_all(const char *dir, void (*look)(struct span data), struct err *e)
{
    struct package_source *s = NULL;
    const char *const *name = NULL;
    size_t n = 0;
    int r = package_source_open(&s, dir, e);
    if (r == 0)
        r = package_source_list(s, &name, &n, e);
    double from = clock_cpu();
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct bytes data = {0};
        r = package_source_read(s, name[i], BANK_MAX_ITEM_BYTES * 32, &data, e);
        if (r == 0 && strncmp(name[i], "items/", 6) == 0)
            look(bytes_span(&data));
        bytes_release(&data);
    }
    double took = clock_cpu() - from;
    package_source_close(s);
    return r < 0 ? -1 : took;
}

static void parse(struct span data)
{
    xmlFreeDoc(xmlReadMemory((const char *)data.p, (int)data.n, "item.xml", NULL, XML_PARSE_NONET));
}

static void read_item(struct span data)
{
    struct item *item = NULL;
    if (item_read_lenient(&item, "item.xml", data, NULL) == 0)
        item_free(item);
}

static int import(const char *dir, const char *path)
{
    struct bank *b = NULL;
    struct err e = {0};
    int64_t n[IMPORT_OUTCOMES] = {0};
    double from = clock_cpu();
    if (bank_open(&b, path, true, &e) < 0 || bank_import(b, dir, NULL, 0, NULL, NULL, n, &e) < 0)
        return fail(&e);
    bank_close(b);
    double first = clock_cpu() - from;
    long peak = peak_kib(); /* before the files are listed below */
    from = clock_cpu();
    int64_t again[IMPORT_OUTCOMES] = {0};
    if (bank_open(&b, path, true, &e) < 0 || bank_import(b, dir, NULL, 0, NULL, NULL, again, &e) < 0)
        return fail(&e);
    bank_close(b);
    double second = clock_cpu() - from;
    double plain = with_all(dir, parse, &e), read = with_all(dir, read_item, &e);
    if (plain < 0 || read < 0)
        return fail(&e);
    printf("imported %lld\nunchanged %lld\n", (long long)n[IMPORT_NEW], (long long)again[IMPORT_UNCHANGED]);
    printf("parse_s %.3f\nread_s %.3f\nimport_s %.3f\nagain_s %.3f\npeak_kib %ld\n", plain, read, first, second, peak);
    return 0;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int search_one(struct bank *b, const char *text, double *wall_ms, double *cpu_ms, size_t *ret_n, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_item *item = NULL;
    bool more = false;
    const struct bank_filter f = {.text = text};
    double from = wall(), cpu = clock_cpu();
    int r = bank_find(b, &f, 0, 50, a, &item, ret_n, &more, e);
    *wall_ms = wall() - from;
    *cpu_ms = (clock_cpu() - cpu) * 1000;
    arena_free(a);
    return r;
}

/* What a program without an index would do: look into the stem of every item. */
static int scan(const char *path, const char *text, double *ret_ms, struct err *e)
{
    struct db *db = NULL;
    int64_t n = 0;
    int r = db_open(&db, path, DB_READ, NULL, e);
    double from = wall();
    if (r == 0)
        r = db_get_int(db, &n, 0, e, "SELECT count(*) FROM item_version WHERE instr(stem, ?1) > 0", "t", text);
    *ret_ms = wall() - from;
    db_close(db);
    return r;
}

static const char *const texts[] = {"文件夹", "考生", "防", "的", "编号", "3898", "b0012", "复制文件夹 数据库", "首先要做的是",
                                    "打印幻灯片后再删除", "因为 所以 打印", "火星", "数据库中的文件夹", "路由器的恢复", "A"};
enum { TEXTS = sizeof texts / sizeof *texts };

/* Rounds of all texts; the first finds nothing in the memory of SQLite. */
static int search_all(struct bank *b, double *ms, double *cpu, struct err *e)
{
    int r = 0;
    for (size_t k = 0; r == 0 && k < ROUNDS * TEXTS; k++) {
        size_t n = 0, t = k % TEXTS;
        r = search_one(b, texts[t], &ms[k], &cpu[k], &n, e);
        if (r == 0 && k < TEXTS)
            printf("first_ms %.2f %.2f %zu %s\n", ms[k], cpu[k], n, texts[t]);
    }
    return r;
}

static int search(const char *path)
{
    enum { N = ROUNDS * TEXTS };
    struct bank *b = NULL;
    struct err e = {0};
    double ms[N], cpu[N], scan_ms = 0;
    if (bank_open(&b, path, false, &e) < 0 || search_all(b, ms, cpu, &e) < 0 || scan(path, texts[9], &scan_ms, &e) < 0)
        return fail(&e);
    bank_close(b);
    qsort(ms, N, sizeof *ms, by_size);
    qsort(cpu, N, sizeof *cpu, by_size);
    printf("p50_ms %.2f %.2f\np99_ms %.2f %.2f\nmax_ms %.2f %.2f\nscan_ms %.2f\n", ms[N / 2], cpu[N / 2], ms[N * 99 / 100],
           cpu[N * 99 / 100], ms[N - 1], cpu[N - 1], scan_ms);
    return 0;
}

static int duplicates(const char *path)
{
    struct bank *b = NULL;
    struct bank_pair *pair = NULL;
    struct err e = {0};
    size_t n = 0;
    bool more = false;
    struct arena *a = arena_new();
    if (bank_open(&b, path, false, &e) < 0)
        return fail(&e);
    double from = clock_cpu();
    if (bank_duplicates(b, DUPLICATE_THRESHOLD, MAX_PAIRS, a, &pair, &n, &more, &e) < 0)
        return fail(&e);
    printf("duplicates_s %.3f\npairs %zu\npeak_kib %ld\n", clock_cpu() - from, n, peak_kib());
    bank_close(b);
    arena_free(a);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "import") == 0)
        return import(argv[2], argv[3]);
    if (argc == 3 && strcmp(argv[1], "search") == 0)
        return search(argv[2]);
    if (argc == 3 && strcmp(argv[1], "duplicates") == 0)
        return duplicates(argv[2]);
    fprintf(stderr, "bench-bank import PACKAGE NEW-BANK | search BANK | duplicates BANK\n");
    return 2;
}
