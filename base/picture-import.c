/* SPDX-License-Identifier: Apache-2.0 */
#include "base/picture-import.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/picture-import-internal.h"
#include "base/picture-internal.h"

static bool begins(struct span data, size_t at, const char *with, size_t n)
{
    return data.n >= at + n && memcmp(data.p + at, with, n) == 0;
}

static bool looks_like_svg(struct span data)
{
    size_t n = data.n < 4096 ? data.n : 4096, blank = 0;
    while (blank < n && (data.p[blank] <= ' ' || data.p[blank] >= 0x80))
        blank++;
    return blank < n && data.p[blank] == '<' && memmem(data.p, n, "<svg", 4) != NULL;
}

enum picture_format picture_format_of(struct span data)
{
    static const struct {
        const char *bytes;
        size_t n, at;
        enum picture_format format;
    } known[] = {
        {"\x89PNG\r\n\x1a\n", 8, 0, PICTURE_PNG},
        {"\xff\xd8\xff", 3, 0, PICTURE_JPEG},
        {"GIF8", 4, 0, PICTURE_GIF},
        {"WEBP", 4, 8, PICTURE_WEBP},
        {"BM", 2, 0, PICTURE_BMP},
        {"II*\0", 4, 0, PICTURE_TIFF},
        {"MM\0*", 4, 0, PICTURE_TIFF},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (begins(data, known[i].at, known[i].bytes, known[i].n))
            return known[i].format;
    return looks_like_svg(data) ? PICTURE_SVG : PICTURE_UNKNOWN;
}

static int refuse_format(const char *name, enum picture_format format, struct err *e)
{
    static const char *const word[] = {"", "", "", "GIF", "SVG", "WebP", "BMP", "TIFF"};
    if (format == PICTURE_UNKNOWN)
        err_set(e, ERR_DATA, name, _("not a picture: neither PNG nor JPEG"));
    else
        err_set(e, ERR_DATA, name, _("a %s picture; PNG and JPEG are read"), word[format]);
    return err_hint(e, _("save it as PNG"));
}

static int read_png(const char *name, struct span data, struct pixels *ret, struct err *e)
{
    struct png_rows p;
    int r = png_rows_open(&p, name, data, PNG_ROWS_NATURAL, e);
    if (r == 0) {
        *ret = pixels_new(p.size, p.channels);
        r = png_rows_all(&p, ret->byte, e);
    }
    png_rows_close(&p);
    return r;
}

static int decode(const char *name, struct span data, struct pixels *ret, struct err *e)
{
    enum picture_format format = picture_format_of(data);
    if (data.n > PICTURE_MAX_BYTES)
        return err_set(e, ERR_DATA, name, _("the picture is larger than %d MiB"),
                       PICTURE_MAX_BYTES >> 20);
    if (format == PICTURE_PNG)
        return read_png(name, data, ret, e);
    return format == PICTURE_JPEG ? pixels_from_jpeg(name, data, ret, e)
                                  : refuse_format(name, format, e);
}

int picture_import(const char *name, struct span data, struct bytes *out, struct picture_size *ret,
                   struct err *e)
{
    struct pixels p = {0};
    if (picture_png_check(name, data, ret, NULL) == 0) {
        bytes_add(out, data.p, data.n);
        return 0;
    }
    int r = decode(name, data, &p, e);
    if (r == 0) {
        pixels_reduce(&p);
        r = pixels_to_png(name, &p, out, e);
    }
    if (r == 0)
        *ret = p.size;
    free(p.byte);
    return r;
}
