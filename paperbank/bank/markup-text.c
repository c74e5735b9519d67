/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/markup.h"

#include <string.h>

#include "base/text.h"

static bool is_xml(uint32_t c)
{
    return c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) ||
           (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) || c >= 0x10000;
}

char *markup_clean(struct arena *a, const char *text)
{
    size_t n = strlen(text);
    char *out = arena_alloc(a, n + 1);
    char *to = out;
    for (const char *p = text, *end = text + n; p < end;) {
        const char *start = p;
        uint32_t c = utf8_next(&p, end);
        if (c == '\r' && (p == end || *p != '\n'))
            *to++ = '\n';
        else if (is_xml(c) && c != 0xF8FF && !(c == 0xFFFD && p == start + 1)) {
            memcpy(to, start, (size_t)(p - start));
            to += p - start;
        }
    }
    return out;
}

void markup_escape(struct bytes *out, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "&<>\"");
        bytes_add(out, p, n);
        p += n;
        if (*p)
            bytes_str(out, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : "&quot;");
        p += *p != '\0';
    }
}
