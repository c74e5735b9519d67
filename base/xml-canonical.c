/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/xml.h"

void xml_begin(struct xml_out *o, struct bytes *out)
{
    *o = (struct xml_out){.out = out};
}

static void end_tag(struct xml_out *o)
{
    if (o->in_tag)
        bytes_str(o->out, ">");
    o->in_tag = false;
}

void xml_open(struct xml_out *o, const char *name)
{
    end_tag(o);
    if (o->depth == sizeof o->open / sizeof *o->open) {
        o->spoilt = true;
        return;
    }
    o->open[o->depth++] = name;
    bytes_printf(o->out, "<%s", name);
    o->in_tag = true;
}

static void escaped(struct xml_out *o, const char *text)
{
    if (!utf8_valid(text, strlen(text)))
        o->spoilt = true;
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x20 && c != '\n')
            o->spoilt = true;
        if (c == '&')
            bytes_str(o->out, "&amp;");
        else if (c == '<')
            bytes_str(o->out, "&lt;");
        else if (c == '>')
            bytes_str(o->out, "&gt;");
        else if (c == '"')
            bytes_str(o->out, "&quot;");
        else
            bytes_add(o->out, p, 1);
    }
}

void xml_put(struct xml_out *o, const char *attr, const char *value)
{
    /* a line feed in an attribute would read back as a space */
    if (!o->in_tag || strchr(value, '\n'))
        o->spoilt = true;
    bytes_printf(o->out, " %s=\"", attr);
    escaped(o, value);
    bytes_str(o->out, "\"");
}

void xml_put_int(struct xml_out *o, const char *attr, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    xml_put(o, attr, text);
}

void xml_put_points(struct xml_out *o, const char *attr, points_t value)
{
    char text[32];
    xml_put(o, attr, points_text(value, text, sizeof text));
}

void xml_put_hex(struct xml_out *o, const char *attr, const void *p, size_t n)
{
    struct bytes hex = {0};
    for (size_t i = 0; i < n; i++)
        bytes_printf(&hex, "%02x", ((const uint8_t *)p)[i]);
    xml_put(o, attr, hex.p ? (const char *)hex.p : "");
    bytes_release(&hex);
}

void xml_put_text(struct xml_out *o, const char *text)
{
    end_tag(o);
    escaped(o, text);
}

void xml_close(struct xml_out *o)
{
    end_tag(o);
    if (o->depth == 0) {
        o->spoilt = true;
        return;
    }
    bytes_printf(o->out, "</%s>", o->open[--o->depth]);
}

int xml_end(struct xml_out *o, struct err *e)
{
    bytes_str(o->out, "\n");
    if (o->depth)
        return err_set(e, ERR_BUG, NULL, "canonical XML: an element is left open");
    if (o->spoilt)
        return err_set(e, ERR_DATA, NULL, _("a text holds control characters, a line break in a name, or is not UTF-8"));
    return 0;
}
