/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "scoring/practical/files/collect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void sink(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    (void)context, (void)kind, (void)at, (void)found;
}

/* The input is a page; every fact of it that a rule maker sees is asked. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct practical_file file = {.path = "a.htm", .bytes = span_of(data, size)};
    struct practical_folder folder = {.file = &file, .n = 1};
    struct check_target t = {.folder = &folder, .path = "a.htm"};
    struct err e;
    struct arena *a = arena_new();
    collect_describe(&file);
    if (web_family.open(&t.document, &folder, "a.htm", &e) == 0) {
        web_family.enumerate(&t, a, sink, NULL);
        web_family.close(t.document);
    }
    arena_free(a);
    return 0;
}
