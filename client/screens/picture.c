/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/picture.h"

#include <stdlib.h>

#include <chafa.h>

#include "base/mem.h"

/* chafa compares each place with characters of 8 × 8 dots. */
enum { DOTS = 8 };

struct area {
    uint32_t x0, x1, y0, y1;
};

static uint32_t mean(const struct picture_gray *p, struct area a)
{
    uint32_t sum = 0;
    for (uint32_t y = a.y0; y < a.y1; y++)
        for (uint32_t x = a.x0; x < a.x1; x++)
            sum += p->pixel[(size_t)y * p->width + x];
    return sum / ((a.x1 - a.x0) * (a.y1 - a.y0));
}

static uint32_t darkest(const struct picture_gray *p, struct area a)
{
    uint32_t least = 255;
    for (uint32_t y = a.y0; y < a.y1; y++)
        for (uint32_t x = a.x0; x < a.x1; x++) {
            uint32_t v = p->pixel[(size_t)y * p->width + x];
            least = v < least ? v : least;
        }
    return least;
}

/* More than half of it is paper: a diagram, a chart, a page of text. */
static bool is_drawn(const struct picture_gray *p)
{
    size_t n = (size_t)p->width * p->height, paper = 0;
    for (size_t i = 0; i < n; i++)
        paper += p->pixel[i] > 200;
    return 2 * paper > n;
}

static uint32_t start(uint32_t i, uint32_t pixels, uint32_t dots)
{
    uint32_t at = i * pixels / dots;
    return at < pixels ? at : pixels;
}

/* Dots in three channels, as chafa takes them. A drawing's lines would fade in a mean: its dots
 * take the darkest pixel of their own part and of the next, so that a line stays two dots wide at
 * least. */
static uint8_t *dots_of(const struct picture_gray *p, uint32_t width, uint32_t height)
{
    uint8_t *rgb = mem_alloc(3 * (size_t)width * height), *at = rgb;
    bool drawn = is_drawn(p);
    uint32_t next = drawn ? 2 : 1;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++, at += 3) {
            struct area a = {start(x, p->width, width), start(x + next, p->width, width),
                             start(y, p->height, height), start(y + next, p->height, height)};
            a.x1 += a.x1 == a.x0;
            a.y1 += a.y1 == a.y0;
            at[0] = at[1] = at[2] = (uint8_t)(drawn ? darkest(p, a) : mean(p, a));
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
    chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, rgb, (gint)width, (gint)height,
                                 (gint)(3 * width));
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++) {
            gunichar c = chafa_canvas_get_char_at(canvas, x, y);
            cells[y * columns + x] = c >= ' ' && c <= '~' ? (char)c : ' ';
        }
    chafa_canvas_unref(canvas);
    free(rgb);
}
