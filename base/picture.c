/* SPDX-License-Identifier: Apache-2.0 */
#include "base/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/picture-internal.h"

enum { SIGNATURE = 8, CHUNK_HEAD = 8, CHUNK_CRC = 4, HEADER = 13 };

static const uint8_t signature[SIGNATURE] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

int picture_check_size(const char *name, uint64_t width, uint64_t height, struct err *e)
{
    if (width >= 1 && height >= 1 && width <= PICTURE_MAX_SIDE && height <= PICTURE_MAX_SIDE &&
        width * height <= PICTURE_MAX_PIXELS)
        return 0;
    err_set(e, ERR_DATA, name,
            _("the picture has %llu × %llu pixels; at most %d on a side and %d in all are read"),
            (unsigned long long)width, (unsigned long long)height, PICTURE_MAX_SIDE,
            PICTURE_MAX_PIXELS);
    return err_hint(e, _("save it smaller: 1600 pixels on the longer side are plenty"));
}

/* ---- chunks ---- */

/* The chunk at *at; false at the end of what is whole. */
static bool next_chunk(struct span data, size_t *at, const char **ret_type)
{
    if (data.n - *at < CHUNK_HEAD + CHUNK_CRC)
        return false;
    uint32_t n = be32(data.p + *at);
    if (n > data.n - *at - CHUNK_HEAD - CHUNK_CRC)
        return false;
    *ret_type = (const char *)data.p + *at + 4;
    *at += CHUNK_HEAD + (size_t)n + CHUNK_CRC;
    return true;
}

static bool is_type(const char *type, const char *name)
{
    return memcmp(type, name, 4) == 0;
}

static bool is_animated(struct span data)
{
    size_t at = SIGNATURE;
    const char *type;
    while (next_chunk(data, &at, &type) && !is_type(type, "IDAT"))
        if (is_type(type, "acTL"))
            return true;
    return false;
}

static bool has_only_pixels(struct span data)
{
    size_t at = SIGNATURE;
    const char *type = "";
    while (next_chunk(data, &at, &type))
        if (!is_type(type, "IHDR") && !is_type(type, "IDAT") && !is_type(type, "IEND"))
            return false;
    return at == data.n && is_type(type, "IEND");
}

int picture_png_size(const char *name, struct span data, struct picture_size *ret, struct err *e)
{
    if (data.n > PICTURE_MAX_BYTES)
        return err_set(e, ERR_DATA, name, _("the picture is larger than %d MiB"),
                       PICTURE_MAX_BYTES >> 20);
    if (data.n < SIGNATURE + CHUNK_HEAD + HEADER || memcmp(data.p, signature, SIGNATURE) != 0 ||
        be32(data.p + SIGNATURE) != HEADER ||
        !is_type((const char *)data.p + SIGNATURE + 4, "IHDR"))
        return err_set(e, ERR_DATA, name, _("not a PNG picture"));
    const uint8_t *header = data.p + SIGNATURE + CHUNK_HEAD;
    struct picture_size size = {be32(header), be32(header + 4)};
    int r = picture_check_size(name, size.width, size.height, e);
    if (r == 0)
        *ret = size;
    return r;
}

/* ---- rows from libpng ---- */

static void on_error(png_structp png, png_const_charp what)
{
    struct png_rows *p = png_get_error_ptr(png);
    size_t n = strnlen(what, sizeof p->fault - 1);
    memcpy(p->fault, what, n);
    p->fault[n] = '\0';
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
}

static void on_read(png_structp png, png_bytep out, size_t n)
{
    struct png_rows *p = png_get_io_ptr(png);
    if (n > p->data.n - p->at)
        png_error(png, "cut short");
    memcpy(out, p->data.p + p->at, n);
    p->at += n;
}

static int damaged(const struct png_rows *p, struct err *e)
{
    if (strcmp(p->fault, "cut short") == 0)
        return err_set(e, ERR_DATA, p->name, _("the picture is cut short"));
    return err_set(e, ERR_DATA, p->name, _("the picture is damaged: %s"), p->fault);
}

static void set_up(struct png_rows *p)
{
    static const png_byte skipped[] =
        "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0"
        "sTER\0tEXt\0tIME\0zTXt\0eXIf";
    png_set_read_fn(p->png, p, on_read);
    png_set_user_limits(p->png, PICTURE_MAX_SIDE, PICTURE_MAX_SIDE);
    png_set_chunk_malloc_max(p->png, PICTURE_MAX_BYTES);
    png_set_chunk_cache_max(p->png, 16);
    png_set_keep_unknown_chunks(p->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_keep_unknown_chunks(p->png, PNG_HANDLE_CHUNK_NEVER, skipped, sizeof skipped / 5);
}

static void set_form(struct png_rows *p, enum png_form form)
{
    png_set_expand(p->png);
    png_set_scale_16(p->png);
    if (form == PNG_ROWS_RGBA) {
        png_set_gray_to_rgb(p->png);
        png_set_add_alpha(p->png, 255, PNG_FILLER_AFTER);
    }
    p->interlaced = png_get_interlace_type(p->png, p->info) != PNG_INTERLACE_NONE;
    if (p->interlaced)
        png_set_interlace_handling(p->png);
    png_read_update_info(p->png, p->info);
    p->channels = png_get_channels(p->png, p->info);
}

/* The one place of the header where libpng may jump back. */
static int begin(struct png_rows *p, enum png_form form)
{
    if (setjmp(png_jmpbuf(p->png)))
        return -1;
    set_up(p);
    png_read_info(p->png, p->info);
    set_form(p, form);
    return png_get_rowbytes(p->png, p->info) == (size_t)p->size.width * p->channels ? 0 : -1;
}

int png_rows_open(struct png_rows *p, const char *name, struct span data, enum png_form form,
                  struct err *e)
{
    *p = (struct png_rows){.name = name, .data = data};
    int r = picture_png_size(name, data, &p->size, e);
    if (r < 0)
        return r;
    if (is_animated(data)) {
        err_set(e, ERR_DATA, name, _("the picture is animated"));
        return err_hint(e, _("save the one picture that is meant"));
    }
    p->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, p, on_error, on_warning);
    p->info = p->png ? png_create_info_struct(p->png) : NULL;
    if (!p->info)
        return err_set(e, ERR_ENV, name, _("there is no memory for the picture"));
    return begin(p, form) < 0 ? damaged(p, e) : 0;
}

static int each(struct png_rows *p, uint8_t *row, png_row_fn *fn, void *context)
{
    if (setjmp(png_jmpbuf(p->png)))
        return -1;
    for (uint32_t y = 0; y < p->size.height; y++) {
        png_read_row(p->png, row, NULL);
        fn(context, y, row);
    }
    png_read_end(p->png, NULL);
    return 0;
}

int png_rows_each(struct png_rows *p, png_row_fn *fn, void *context, struct err *e)
{
    if (p->interlaced) {
        err_set(e, ERR_DATA, p->name, _("the picture is interlaced"));
        return err_hint(e, _("import it into the bank, or save it without interlacing"));
    }
    uint8_t *row = mem_alloc((size_t)p->size.width * p->channels);
    int r = each(p, row, fn, context);
    free(row);
    return r < 0 ? damaged(p, e) : 0;
}

static int all(struct png_rows *p, uint8_t **row)
{
    if (setjmp(png_jmpbuf(p->png)))
        return -1;
    png_read_image(p->png, row);
    png_read_end(p->png, NULL);
    return 0;
}

int png_rows_all(struct png_rows *p, uint8_t *pixel, struct err *e)
{
    uint8_t **row = mem_alloc(p->size.height * sizeof *row);
    for (uint32_t y = 0; y < p->size.height; y++)
        row[y] = pixel + (size_t)y * p->size.width * p->channels;
    int r = all(p, row);
    free(row);
    return r < 0 ? damaged(p, e) : 0;
}

void png_rows_close(struct png_rows *p)
{
    png_destroy_read_struct(&p->png, &p->info, NULL);
}

/* ---- a small gray picture ---- */

struct shrinking {
    uint32_t width, height; /* of the source */
    uint32_t by;            /* so many pixels become one, each way */
    uint32_t *sum;          /* of the row being gathered */
    struct picture_gray *out;
};

/* Brightness as ITU-R BT.601 weighs it, on white where transparent. */
static uint32_t brightness(const uint8_t *rgba)
{
    uint32_t y = (299u * rgba[0] + 587u * rgba[1] + 114u * rgba[2] + 500u) / 1000u;
    return (y * rgba[3] + 255u * (255u - rgba[3]) + 127u) / 255u;
}

static void gather(void *context, uint32_t y, const uint8_t *row)
{
    struct shrinking *s = context;
    for (uint32_t x = 0; x < s->width; x++)
        s->sum[x / s->by] += brightness(row + 4 * (size_t)x);
    if ((y + 1) % s->by != 0 && y + 1 != s->height)
        return;
    uint32_t to = y / s->by, rows = y - to * s->by + 1;
    for (uint32_t x = 0; x < s->out->width; x++) {
        uint32_t left = s->width - x * s->by, columns = left < s->by ? left : s->by;
        s->out->pixel[(size_t)to * s->out->width + x] = (uint8_t)(s->sum[x] / (rows * columns));
        s->sum[x] = 0;
    }
}

static uint32_t parts(uint32_t n, uint32_t by)
{
    return (n + by - 1) / by;
}

static int shrink(struct png_rows *p, uint32_t by, struct picture_gray *ret, struct err *e)
{
    struct picture_gray out = {.width = parts(p->size.width, by),
                               .height = parts(p->size.height, by)};
    out.pixel = mem_alloc((size_t)out.width * out.height);
    struct shrinking s = {p->size.width, p->size.height, by, mem_alloc(out.width * sizeof *s.sum),
                          &out};
    int r = png_rows_each(p, gather, &s, e);
    free(s.sum);
    if (r < 0)
        picture_gray_release(&out);
    else
        *ret = out;
    return r;
}

int picture_png_gray(const char *name, struct span data, uint32_t max_width, uint32_t max_height,
                     struct picture_gray *ret, struct err *e)
{
    struct png_rows p;
    int r = png_rows_open(&p, name, data, PNG_ROWS_RGBA, e);
    if (r == 0) {
        uint32_t by = parts(p.size.width, max_width), other = parts(p.size.height, max_height);
        r = shrink(&p, by > other ? by : other, ret, e);
    }
    png_rows_close(&p);
    return r;
}

void picture_gray_release(struct picture_gray *p)
{
    free(p->pixel);
    *p = (struct picture_gray){0};
}

static void pass_over(void *context, uint32_t y, const uint8_t *row)
{
    (void)context;
    (void)y;
    (void)row;
}

int picture_png_check(const char *name, struct span data, struct picture_size *ret, struct err *e)
{
    struct png_rows p;
    int r = png_rows_open(&p, name, data, PNG_ROWS_NATURAL, e);
    if (r == 0 &&
        (!has_only_pixels(data) || p.interlaced || data.p[SIGNATURE + CHUNK_HEAD + 8] != 8)) {
        r = err_set(e, ERR_DATA, name, _("not a picture as the bank keeps it"));
        err_hint(e, _("import the item with its picture into the bank"));
    }
    if (r == 0)
        r = png_rows_each(&p, pass_over, NULL, e);
    if (r == 0)
        *ret = p.size;
    png_rows_close(&p);
    return r;
}
