/* SPDX-License-Identifier: Apache-2.0 */
/* A file is refused with a fault of its own, or its parts are: names inside, sizes within bounds,
 * relationships that stay in the file. */
#include <stdlib.h>
#include <string.h>

#include "scoring/practical/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 20 };

static void check_name(const char *name)
{
    if (*name == '/' || strncmp(name, "../", 3) == 0 || strstr(name, "/../") || strchr(name, '\\'))
        abort();
}

static void check_relationships(struct parts *p, const char *part)
{
    struct arena *a = arena_new();
    struct parts_relationship *rel;
    size_t n;
    const char *type;
    struct err e;
    if (parts_relationships(p, part, a, &rel, &n, &e) == 0)
        for (size_t i = 0; i < n; i++)
            if (!rel[i].external && *rel[i].target != '#')
                check_name(rel[i].target);
    if (parts_content_type(p, part, a, &type, &e) == 0 && type && strlen(type) > MOST)
        abort();
    arena_free(a);
}

static void read_all(struct parts *p)
{
    struct arena *a = arena_new();
    const char *main_part;
    struct err e;
    for (size_t i = 0; i < parts_count(p) && i < 20; i++) {
        struct bytes b = {0};
        uint8_t hash[32];
        const char *name = parts_at(p, i);
        check_name(name);
        if (!parts_has(p, name))
            abort();
        bool readable = parts_read(p, name, MOST, &b, &e) == 0;
        if (readable && b.n > MOST)
            abort();
        if (readable && parts_hash(p, name, hash, &e) < 0)
            abort();
        bytes_release(&b);
        check_relationships(p, name);
    }
    if (parts_main(p, a, &main_part, &e) == 0 && !parts_has(p, main_part))
        abort();
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct parts *p = NULL;
    struct err e = {0};
    int r = parts_open(&p, "x", (struct span){data, size}, &e);
    if (r == 0)
        read_all(p);
    else if (strcmp(practical_fault_name(e.code), "ERROR") == 0)
        abort();
    parts_close(p);
    return 0;
}
