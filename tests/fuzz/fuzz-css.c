/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "scoring/practical/web/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *again(void *context, const char *address)
{
    (void)address;
    return context;
}

/* The input is a style sheet, which also stands for whatever it imports, and an inline style. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const properties[] = {"color", "font-size", "font-family", "background-color"};
    struct css c = {.arena = arena_new()};
    struct xml_doc *d = NULL;
    struct err e;
    int64_t emu;
    char *sheet = arena_strndup(c.arena, (const char *)data, size);
    if (xml_read_html(&d, "t", "<body><div id=a class='b c'><p class=d>x<b>y", &e) < 0)
        __builtin_trap();
    css_add(&c, sheet, again, sheet);
    for (const struct xml_node *n = page_walk(xml_root(d), xml_root(d)); n; n = page_walk(xml_root(d), n))
        for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
            const char *value = css_declared(&c, d, n, sheet, properties[i]);
            if (value && (style_read_color(value) > 0xFFFFFF ||
                          (style_read_length(value, 100, &emu) && emu < 0)))
                __builtin_trap();
        }
    xml_free(d);
    arena_free(c.arena);
    return 0;
}
