/* SPDX-License-Identifier: Apache-2.0 */
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
    bytes_str(o->out, "<");
    bytes_str(o->out, name);
    o->in_tag = true;
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

/* What stands as it is goes out in one piece. */
static void escaped(struct xml_out *o, const char *text)
{
    const char *from = text, *p = text;
    for (; *p; p++) {
        const char *instead = escape_of(*p);
        if ((unsigned char)*p < 0x20 && *p != '\n')
            o->spoilt = true;
        if (!instead)
            continue;
        bytes_add(o->out, from, (size_t)(p - from));
        bytes_str(o->out, instead);
        from = p + 1;
    }
    bytes_add(o->out, from, (size_t)(p - from));
    if (!utf8_valid(text, (size_t)(p - text)))
        o->spoilt = true;
}

void xml_put(struct xml_out *o, const char *attr, const char *value)
{
    /* a line feed in an attribute would read back as a space */
    if (!o->in_tag || strchr(value, '\n'))
        o->spoilt = true;
    bytes_str(o->out, " ");
    bytes_str(o->out, attr);
    bytes_str(o->out, "=\"");
    escaped(o, value);
    bytes_str(o->out, "\"");
}

void xml_put_int(struct xml_out *o, const char *attr, int64_t value)
{
    char text[32], *p = text + sizeof text;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    *--p = '\0';
    do {
        *--p = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (value < 0)
        *--p = '-';
    xml_put(o, attr, p);
}

void xml_put_points(struct xml_out *o, const char *attr, points_t value)
{
    char text[32];
    xml_put(o, attr, points_text(value, text, sizeof text));
}

void xml_put_hex(struct xml_out *o, const char *attr, const void *p, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    struct bytes hex = {0};
    for (size_t i = 0; i < n; i++) {
        uint8_t x = ((const uint8_t *)p)[i];
        bytes_add(&hex, (const char[]){digit[x >> 4], digit[x & 15]}, 2);
    }
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
    bytes_str(o->out, "</");
    bytes_str(o->out, o->open[--o->depth]);
    bytes_str(o->out, ">");
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
