/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "scoring/practical/files/collect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void sink(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    (void)context, (void)kind, (void)at, (void)found;
}

static void ask(const char *path, struct span bytes)
{
    struct practical_file file = {.path = path, .bytes = bytes};
    struct practical_folder folder = {.file = &file, .n = 1};
    struct check_target t = {.folder = &folder, .start = &folder, .path = path};
    struct arena *a = arena_new();
    collect_describe(&file);
    files_family.enumerate(&t, a, sink, NULL);
    arena_free(a);
}

/* The input is a shortcut, a table, a text and an archive. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const paths[] = {"a.lnk", "a.csv", "a.txt", "a.zip", "a.url"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        ask(paths[i], span_of(data, size));
    return 0;
}
