/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/picture-import-internal.h"
#include "base/picture-internal.h"

enum { LEVEL = 6, WINDOW_BITS = 15, MEMORY_LEVEL = 8 };

struct writing {
    png_structp png;
    png_infop info;
    const struct pixels *from;
    struct bytes *out;
    size_t start;
};

static void on_error(png_structp png, png_const_charp what)
{
    (void)what;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
}

static void on_write(png_structp png, png_bytep data, size_t n)
{
    struct writing *w = png_get_io_ptr(png);
    if (w->out->n - w->start + n > PICTURE_MAX_BYTES)
        png_error(png, "too large");
    bytes_add(w->out, data, n);
}

static void on_flush(png_structp png)
{
    (void)png;
}

/* Every setting that bytes depend on is named here. */
static int put(struct writing *w)
{
    static const int type[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                               PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    if (setjmp(png_jmpbuf(w->png)))
        return -1;
    png_set_write_fn(w->png, w, on_write, on_flush);
    png_set_compression_level(w->png, LEVEL);
    png_set_compression_window_bits(w->png, WINDOW_BITS);
    png_set_compression_mem_level(w->png, MEMORY_LEVEL);
    png_set_compression_strategy(w->png, 1 /* Z_FILTERED */);
    png_set_filter(w->png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
    png_set_IHDR(w->png, w->info, w->from->size.width, w->from->size.height, 8,
                 type[w->from->channels], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(w->png, w->info);
    for (uint32_t y = 0; y < w->from->size.height; y++)
        png_write_row(w->png, w->from->byte + (size_t)y * w->from->size.width * w->from->channels);
    png_write_end(w->png, NULL);
    return 0;
}

int pixels_to_png(const char *name, const struct pixels *p, struct bytes *out, struct err *e)
{
    struct writing w = {.from = p, .out = out, .start = out->n};
    int r = -1;
    w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w, on_error, on_warning);
    w.info = w.png ? png_create_info_struct(w.png) : NULL;
    if (w.info)
        r = put(&w);
    png_destroy_write_struct(&w.png, &w.info);
    if (r == 0)
        return 0;
    out->n = w.start;
    err_set(e, ERR_DATA, name, _("the picture takes more than %d MiB as PNG"),
            PICTURE_MAX_BYTES >> 20);
    return err_hint(e, _("save it smaller: 1600 pixels on the longer side are plenty"));
}
