/* SPDX-License-Identifier: Apache-2.0 */
/* The bank with many items: import beside a plain parse of the same files, search, near-duplicates. The items come from
 * bench/bank/generate.py. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

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
    printf("items imported            %lld, then unchanged %lld\n", (long long)n[IMPORT_NEW], (long long)again[IMPORT_UNCHANGED]);
    printf("peak memory of the import %ld KiB\n", peak);
    printf("plain libxml2 parse       %8.2f s\n", plain);
    printf("item_read                 %8.2f s  %5.1f x\n", read, read / plain);
    printf("import                    %8.2f s  %5.1f x\n", first, first / plain);
    printf("import again              %8.2f s  %5.1f x\n", second, second / plain);
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

static int search(const char *path)
{
    static const char *const text[] = {"文件夹", "考生", "防", "的", "编号", "3898", "b0012", "复制文件夹 数据库", "首先要做的是",
                                       "打印幻灯片后再删除", "因为 所以 打印", "火星", "数据库中的文件夹", "路由器的恢复", "A"};
    enum { TEXTS = sizeof text / sizeof *text };
    struct bank *b = NULL;
    struct err e = {0};
    double ms[TEXTS * ROUNDS], cpu[TEXTS * ROUNDS];
    size_t n = 0, k = 0;
    if (bank_open(&b, path, false, &e) < 0)
        return fail(&e);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t t = 0; t < TEXTS; t++, k++) {
            if (search_one(b, text[t], &ms[k], &cpu[k], &n, &e) < 0)
                return fail(&e);
            if (round == 0)
                printf("%8.2f ms, %8.2f ms of the processor, %2zu of the first 50  %s\n", ms[k], cpu[k], n, text[t]);
        }
    bank_close(b);
    qsort(ms, k, sizeof *ms, by_size);
    qsort(cpu, k, sizeof *cpu, by_size);
    printf("p50 %.2f ms, p99 %.2f ms, longest %.2f ms; of the processor p50 %.2f, p99 %.2f (%zu searches)\n", ms[k / 2],
           ms[k * 99 / 100], ms[k - 1], cpu[k / 2], cpu[k * 99 / 100], k);
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
    printf("near-duplicates %8.2f s, %zu pairs, peak memory %ld KiB\n", clock_cpu() - from, n, peak_kib());
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
