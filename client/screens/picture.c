/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/picture.h"

#include <stdlib.h>

#include <chafa.h>

#include "base/mem.h"

/* chafa compares each place with characters of 8 × 8 dots. */
enum { DOTS = 8 };

/* What a dot shows of its part of the picture: half its darkest pixel, so that a thin line does not fade, half the mean. */
static uint8_t dot(const struct picture_gray *p, uint32_t x0, uint32_t x1, uint32_t y0, uint32_t y1)
{
    uint32_t sum = 0, n = 0, darkest = 255;
    for (uint32_t y = y0; y < y1; y++)
        for (uint32_t x = x0; x < x1; x++) {
            uint32_t v = p->pixel[(size_t)y * p->width + x];
            sum += v;
            n++;
            darkest = v < darkest ? v : darkest;
        }
    return (uint8_t)((sum / n + darkest) / 2);
}

/* As chafa takes it: three channels. */
static uint8_t *dots_of(const struct picture_gray *p, uint32_t width, uint32_t height)
{
    uint8_t *rgb = mem_alloc(3 * (size_t)width * height), *at = rgb;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++, at += 3) {
            uint32_t x0 = x * p->width / width, x1 = (x + 1) * p->width / width;
            uint32_t y0 = y * p->height / height, y1 = (y + 1) * p->height / height;
            at[0] = at[1] = at[2] = dot(p, x0, x1 > x0 ? x1 : x0 + 1, y0, y1 > y0 ? y1 : y0 + 1);
        }
    return rgb;
}

static ChafaCanvas *canvas_new(int columns, int rows)
{
    ChafaSymbolMap *symbols = chafa_symbol_map_new();
    ChafaCanvasConfig *config = chafa_canvas_config_new();
    chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_ASCII);
    chafa_canvas_config_set_symbol_map(config, symbols);
    chafa_canvas_config_set_geometry(config, columns, rows);
    chafa_canvas_config_set_cell_geometry(config, PICTURE_CELL_WIDTH, PICTURE_CELL_HEIGHT);
    chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_FGBG);
    chafa_canvas_config_set_fg_color(config, 0x000000);
    chafa_canvas_config_set_bg_color(config, 0xffffff);
    chafa_canvas_config_set_work_factor(config, 1.0f);
    ChafaCanvas *canvas = chafa_canvas_new(config);
    chafa_canvas_config_unref(config);
    chafa_symbol_map_unref(symbols);
    return canvas;
}

void picture_draw(const struct picture_gray *p, int columns, int rows, char *cells)
{
    uint32_t width = (uint32_t)columns * DOTS, height = (uint32_t)rows * DOTS;
    uint8_t *rgb = dots_of(p, width, height);
    chafa_set_n_threads(1);
    ChafaCanvas *canvas = canvas_new(columns, rows);
    chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, rgb, (gint)width, (gint)height, (gint)(3 * width));
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++) {
            gunichar c = chafa_canvas_get_char_at(canvas, x, y);
            cells[y * columns + x] = c >= ' ' && c <= '~' ? (char)c : ' ';
        }
    chafa_canvas_unref(canvas);
    free(rgb);
}
