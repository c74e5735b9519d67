/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/pictures.h"

#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/mem.h"

static void be32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static void add_chunk(struct bytes *out, const char *type, struct span data)
{
    uint8_t n[4], crc[4];
    be32(n, (uint32_t)data.n);
    bytes_add(out, n, 4);
    bytes_add(out, type, 4);
    bytes_add(out, data.p, data.n);
    be32(crc, (uint32_t)crc32(0, out->p + out->n - data.n - 4, (unsigned)data.n + 4));
    bytes_add(out, crc, 4);
}

void png_make(const struct png_made *m, struct bytes *out)
{
    uint8_t header[13] = {[8] = m->bits, [9] = m->colour, [12] = m->interlaced};
    uLongf n = compressBound(m->rows.n);
    uint8_t *packed = mem_alloc(n);
    compress2(packed, &n, m->rows.p, m->rows.n, 9);
    be32(header, m->width);
    be32(header + 4, m->height);
    bytes_add(out, "\x89PNG\r\n\x1a\n", 8);
    add_chunk(out, "IHDR", span_of(header, sizeof header));
    if (m->extra)
        add_chunk(out, m->extra, m->extra_data);
    add_chunk(out, "IDAT", span_of(packed, n));
    add_chunk(out, "IEND", span_of("", 0));
    free(packed);
}

void png_make_diagram(uint32_t width, uint32_t height, struct bytes *out)
{
    size_t stride = (size_t)width + 1;
    uint8_t *rows = mem_alloc(stride * height);
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++) {
            bool frame = x < 3 || y < 3 || x + 3 >= width || y + 3 >= height;
            int64_t off = (int64_t)x * height - (int64_t)y * width;
            bool diagonal = llabs(off) < 2 * (int64_t)height;
            rows[y * stride + 1 + x] = frame || diagonal ? 0 : 255;
        }
    png_make(
        &(struct png_made){
            .width = width, .height = height, .bits = 8, .rows = span_of(rows, stride * height)},
        out);
    free(rows);
}
