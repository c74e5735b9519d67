/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures from outside come in bounded, plain and the same every time; the client's side takes
 * only what it can. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/picture-import.h"
#include "tests/pictures.h"

static struct bytes sample(const char *name)
{
    struct bytes b = {0};
    struct err e = {0};
    char *path = mem_printf("%s/tests/fuzz/corpus/picture/%s", getenv("SOURCE_ROOT"), name);
    assert_done(file_read(path, PICTURE_MAX_BYTES, &b, &e), e);
    free(path);
    return b;
}

static struct bytes imported(struct bytes in, struct picture_size *size)
{
    struct bytes out = {0};
    struct err e = {0};
    assert_done(picture_import("p", bytes_span(&in), &out, size, &e), e);
    bytes_release(&in);
    return out;
}

static void refuse_import(struct bytes in, const char *words)
{
    struct bytes out = {0};
    struct picture_size size;
    struct err e = {0};
    assert_refused(picture_import("p", bytes_span(&in), &out, &size, &e), ERR_DATA, words, e);
    assert_int_equal(out.n, 0);
    bytes_release(&in);
    bytes_release(&out);
}

static struct bytes made(struct png_made m)
{
    struct bytes b = {0};
    png_make(&m, &b);
    return b;
}

static uint8_t colour_type(const struct bytes *png)
{
    return png->p[25];
}

static void every_kind_of_png_and_jpeg_becomes_a_plain_png(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t width, height;
        uint8_t colour;
    } known[] = {
        {"gray.png", 8, 6, 0},          {"palette.png", 4, 4, 6}, {"rgba16.png", 2, 2, 6},
        {"interlaced.png", 1, 1, 2},    {"rgb.jpg", 16, 12, 2},   {"gray.jpg", 16, 12, 0},
        {"progressive.jpg", 16, 12, 2},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct picture_size size = {0}, again = {0};
        struct err e = {0};
        struct bytes png = imported(sample(known[i].name), &size);
        assert_int_equal(size.width, known[i].width);
        assert_int_equal(size.height, known[i].height);
        assert_int_equal(colour_type(&png), known[i].colour);
        assert_done(picture_png_check("p", bytes_span(&png), &again, &e), e);
        bytes_release(&png);
    }
}

static void a_picture_taken_sideways_is_turned_upright(void **state)
{
    (void)state;
    struct picture_size size = {0}, upright = {0};
    struct picture_gray a = {0}, b = {0};
    struct err e = {0};
    struct bytes turned = imported(sample("turned.jpg"), &size),
                 plain = imported(sample("rgb.jpg"), &upright);
    assert_int_equal(size.width, 12);
    assert_int_equal(size.height, 16);
    assert_done(picture_png_gray("p", bytes_span(&turned), 16, 16, &a, &e), e);
    assert_done(picture_png_gray("p", bytes_span(&plain), 16, 16, &b, &e), e);
    /* orientation 6: the stored left lower corner is the upper left one */
    assert_int_equal(a.pixel[0], b.pixel[11 * 16]);
    assert_int_equal(a.pixel[15 * 12 + 11], b.pixel[15]);
    picture_gray_release(&a);
    picture_gray_release(&b);
    bytes_release(&turned);
    bytes_release(&plain);
}

static void importing_again_changes_no_byte(void **state)
{
    (void)state;
    struct picture_size size;
    struct bytes once = imported(sample("rgb.jpg"), &size), copy = {0};
    bytes_add(&copy, once.p, once.n);
    struct bytes twice = imported(copy, &size);
    assert_true(span_equal(bytes_span(&once), bytes_span(&twice)));
    bytes_release(&once);
    bytes_release(&twice);
}

static void metadata_and_needless_channels_are_left_out(void **state)
{
    (void)state;
    static const uint8_t rgba[] = {0, 9, 9, 9, 255, 7, 7, 7, 255}, gray[] = {0, 9, 7};
    struct picture_size size;
    struct bytes a = imported(made((struct png_made){.width = 2,
                                                     .height = 1,
                                                     .bits = 8,
                                                     .colour = 6,
                                                     .rows = span_of(rgba, sizeof rgba),
                                                     .extra = "tEXt",
                                                     .extra_data = span_str("Author")}),
                              &size);
    struct bytes b =
        imported(made((struct png_made){
                     .width = 2, .height = 1, .bits = 8, .rows = span_of(gray, sizeof gray)}),
                 &size);
    assert_int_equal(colour_type(&a), 0);
    assert_null(memmem(a.p, a.n, "tEXt", 4));
    struct picture_gray ga = {0}, gb = {0};
    struct err e = {0};
    assert_done(picture_png_gray("a", bytes_span(&a), 9, 9, &ga, &e), e);
    assert_done(picture_png_gray("b", bytes_span(&b), 9, 9, &gb, &e), e);
    assert_memory_equal(ga.pixel, gb.pixel, 2);
    picture_gray_release(&ga);
    picture_gray_release(&gb);
    bytes_release(&a);
    bytes_release(&b);
}

static void a_header_that_lies_about_the_size_is_refused(void **state)
{
    (void)state;
    static const uint8_t row[] = {0, 1, 2, 3, 4};
    struct span rows = span_of(row, sizeof row);
    refuse_import(made((struct png_made){.width = 4, .height = 300, .bits = 8, .rows = rows}),
                  "damaged");
    refuse_import(made((struct png_made){.width = 4097, .height = 1, .bits = 8, .rows = rows}),
                  "at most 4096");
    refuse_import(made((struct png_made){.width = 4096, .height = 4096, .bits = 8, .rows = rows}),
                  "at most 4096");
    refuse_import(made((struct png_made){.width = 0, .height = 1, .bits = 8, .rows = rows}),
                  "at most 4096");
    refuse_import(
        made((struct png_made){.width = 0xffffffff, .height = 0xffffffff, .bits = 8, .rows = rows}),
        "at most 4096");
    refuse_import(
        made((struct png_made){.width = 4, .height = 1, .bits = 8, .colour = 5, .rows = rows}),
        "damaged");
}

/* The height in the frame header, wherever it stands. */
static struct bytes jpeg_of_height(uint16_t height)
{
    struct bytes b = sample("rgb.jpg");
    uint8_t *frame = memmem(b.p, b.n, "\xff\xc0", 2);
    assert_non_null(frame);
    frame[5] = (uint8_t)(height >> 8);
    frame[6] = (uint8_t)height;
    return b;
}

static void a_jpeg_bomb_is_refused_before_it_is_decoded(void **state)
{
    (void)state;
    refuse_import(jpeg_of_height(65000), "at most 4096");
    refuse_import(jpeg_of_height(4000), "damaged or cut short");
}

static void files_that_are_cut_anywhere_are_refused(void **state)
{
    (void)state;
    static const char *const name[] = {"gray.png", "rgb.jpg", "progressive.jpg"};
    for (size_t i = 0; i < 3; i++) {
        struct bytes whole = sample(name[i]);
        for (size_t n = 0; n + 2 < whole.n; n += 3) {
            struct bytes out = {0};
            struct picture_size size;
            struct err e = {0};
            if (picture_import("p", span_of(whole.p, n), &out, &size, &e) != -ERR_DATA)
                fail_msg("%s cut to %zu bytes was taken", name[i], n);
            bytes_release(&out);
        }
        bytes_release(&whole);
    }
}

static void other_formats_are_refused_by_name(void **state)
{
    (void)state;
    refuse_import(sample("gif.gif"), "a GIF picture");
    refuse_import(sample("svg.svg"), "a SVG picture");
    refuse_import(sample("cmyk.jpg"), "CMYK");
    refuse_import(sample("animated.png"), "animated");
    struct bytes text = {0};
    bytes_str(&text, "hello");
    refuse_import(text, "not a picture");
}

static void what_is_larger_than_the_bound_is_refused(void **state)
{
    (void)state;
    struct bytes b = sample("gray.png");
    uint8_t *more = mem_alloc(PICTURE_MAX_BYTES);
    bytes_add(&b, more, PICTURE_MAX_BYTES);
    free(more);
    refuse_import(b, "larger than 8 MiB");
}

static void a_picture_that_would_be_too_large_as_png_is_refused(void **state)
{
    (void)state;
    enum { SIDE = 2800 };
    size_t stride = 1 + 2 * SIDE;
    uint8_t *rows = mem_alloc(stride * SIDE);
    uint32_t x = 1;
    for (size_t i = 0; i < stride * SIDE; i++) {
        x = x * 1664525 + 1013904223;
        rows[i] = i % stride == 0 ? 0 : (uint8_t)(x >> 24);
    }
    struct bytes b = made((struct png_made){.width = SIDE,
                                            .height = SIDE,
                                            .bits = 8,
                                            .colour = 4,
                                            .rows = span_of(rows, stride * SIDE)});
    assert_true(b.n > PICTURE_MAX_BYTES);
    free(rows);
    refuse_import(b, "larger than 8 MiB");
}

static void the_client_shrinks_and_lays_it_on_white(void **state)
{
    (void)state;
    /* 4 x 2: left half black, right half transparent */
    static const uint8_t rows[] = {0, 0, 255, 0, 255, 0, 0, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0, 0};
    struct bytes b = made((struct png_made){
        .width = 4, .height = 2, .bits = 8, .colour = 4, .rows = span_of(rows, sizeof rows)});
    struct picture_gray g = {0};
    struct err e = {0};
    assert_done(picture_png_gray("p", bytes_span(&b), 2, 2, &g, &e), e);
    assert_int_equal(g.width, 2);
    assert_int_equal(g.height, 1);
    assert_int_equal(g.pixel[0], 0);
    assert_int_equal(g.pixel[1], 255);
    picture_gray_release(&g);
    bytes_release(&b);
}

static void the_client_refuses_what_needs_the_whole_in_memory(void **state)
{
    (void)state;
    struct bytes b = sample("interlaced.png");
    struct picture_gray g = {0};
    struct picture_size size;
    struct err e = {0};
    assert_refused(picture_png_gray("p", bytes_span(&b), 9, 9, &g, &e), ERR_DATA, "interlaced", e);
    assert_refused(picture_png_check("p", bytes_span(&b), &size, &e), ERR_DATA,
                   "as the bank keeps it", e);
    bytes_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_png_and_jpeg_becomes_a_plain_png),
        cmocka_unit_test(a_picture_taken_sideways_is_turned_upright),
        cmocka_unit_test(importing_again_changes_no_byte),
        cmocka_unit_test(metadata_and_needless_channels_are_left_out),
        cmocka_unit_test(a_header_that_lies_about_the_size_is_refused),
        cmocka_unit_test(a_jpeg_bomb_is_refused_before_it_is_decoded),
        cmocka_unit_test(files_that_are_cut_anywhere_are_refused),
        cmocka_unit_test(other_formats_are_refused_by_name),
        cmocka_unit_test(what_is_larger_than_the_bound_is_refused),
        cmocka_unit_test(a_picture_that_would_be_too_large_as_png_is_refused),
        cmocka_unit_test(the_client_shrinks_and_lays_it_on_white),
        cmocka_unit_test(the_client_refuses_what_needs_the_whole_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
