/* SPDX-License-Identifier: Apache-2.0 */
#include "base/html.h"

void html_text(struct bytes *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '&')
            bytes_str(out, "&amp;");
        else if (c == '<')
            bytes_str(out, "&lt;");
        else if (c == '>')
            bytes_str(out, "&gt;");
        else if (c == '"')
            bytes_str(out, "&quot;");
        else if (c == '\'')
            bytes_str(out, "&#39;");
        else if (c < 0x20 && c != '\n' && c != '\t')
            bytes_str(out, "\xEF\xBF\xBD");
        else
            bytes_add(out, p, 1);
    }
}

void html_element(struct bytes *out, const char *tag, const char *text)
{
    bytes_printf(out, "<%s>", tag);
    html_text(out, text);
    bytes_printf(out, "</%s>", tag);
}
