/* SPDX-License-Identifier: Apache-2.0 */
/* A file is refused, or carries the token afterwards and still opens; its traces are told without harm. */
#include <stdlib.h>
#include <string.h>

#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/integrity.h"
#include "base/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *context, const struct trace *t)
{
    (void)context;
    if (t->n_files == 0)
        abort();
}

static void trace(struct span file)
{
    struct practical_file f = {.path = "a.docx", .bytes = file};
    struct practical_folder folder = {&f, 1};
    struct traces *t = traces_new();
    struct err e;
    collect_describe(&f);
    if (traces_add(t, "1", &folder, &e) < 0 || traces_add(t, "2", &folder, &e) < 0)
        abort();
    traces_tell(t, ignore, NULL);
    traces_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char token[] = "2026-1/0007";
    struct arena *a = arena_new();
    struct bytes out = {0};
    const char *found = NULL;
    struct err e = {0};
    struct span file = span_of(data, size);
    trace(file);
    if (token_stamp("fuzz", file, token, &out, &e) < 0) {
        if (!e.what[0] || out.n > size + 4096)
            abort();
    } else if (token_read("fuzz", bytes_span(&out), a, &found, &e) == 0 && found && strcmp(found, token) != 0)
        abort();
    bytes_release(&out);
    arena_free(a);
    return 0;
}
