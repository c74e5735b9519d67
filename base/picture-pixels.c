/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/picture-import-internal.h"

struct pixels pixels_new(struct picture_size size, unsigned channels)
{
    return (struct pixels){size, channels, mem_alloc((size_t)size.width * size.height * channels)};
}

static size_t count(const struct pixels *p)
{
    return (size_t)p->size.width * p->size.height;
}

static bool is_opaque(const struct pixels *p)
{
    for (size_t i = 0; i < count(p); i++)
        if (p->byte[i * p->channels + p->channels - 1] != 255)
            return false;
    return true;
}

static bool is_gray(const struct pixels *p)
{
    for (size_t i = 0; i < count(p); i++) {
        const uint8_t *c = p->byte + i * p->channels;
        if (c[0] != c[1] || c[1] != c[2])
            return false;
    }
    return true;
}

/* Keeps `n` channels of each pixel: the first ones, or the first and the last. */
static void keep(struct pixels *p, unsigned n, bool last)
{
    for (size_t i = 0; i < count(p); i++)
        for (unsigned c = 0; c < n; c++)
            p->byte[i * n + c] =
                p->byte[i * p->channels + (last && c == n - 1 ? p->channels - 1 : c)];
    p->channels = n;
}

void pixels_reduce(struct pixels *p)
{
    if (p->channels % 2 == 0 && is_opaque(p))
        keep(p, p->channels - 1, false);
    if (p->channels >= 3 && is_gray(p))
        keep(p, p->channels - 2, p->channels == 4);
}

/* Exif 2.3, tag 0x0112: 2 mirrored, 3 upside down, 4 both, 5 to 8 the same with rows and columns
 * exchanged. */
void pixels_turn(struct pixels *p, unsigned orientation)
{
    if (orientation < 2 || orientation > 8)
        return;
    bool exchanged = orientation >= 5;
    bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    uint32_t w = p->size.width, h = p->size.height;
    struct pixels turned =
        pixels_new(exchanged ? (struct picture_size){h, w} : p->size, p->channels);
    for (uint32_t y = 0; y < turned.size.height; y++)
        for (uint32_t x = 0; x < turned.size.width; x++) {
            uint32_t fx = exchanged ? y : x, fy = exchanged ? x : y;
            fx = from_right ? w - 1 - fx : fx;
            fy = from_below ? h - 1 - fy : fy;
            memcpy(turned.byte + ((size_t)y * turned.size.width + x) * p->channels,
                   p->byte + ((size_t)fy * w + fx) * p->channels, p->channels);
        }
    free(p->byte);
    *p = turned;
}
