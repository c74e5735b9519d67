/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures in an item: characters of unambiguous width, in proportion, once per size; and always
 * their words. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "client/screens/body.h"
#include "client/screens/pictures.h"
#include "client/screens/update.h"
#include "client/screens/view.h"
#include "tests/client/screens/golden.h"
#include "tests/pictures.h"

static const char document[] =
    "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p2' identifier='i' title='t' "
    "adaptive='false' "
    "timeDependent='false'><responseDeclaration identifier='RESPONSE' cardinality='single' "
    "baseType='identifier'/>"
    "<itemBody><p>看图回答问题：<img src='media/diagram.png' "
    "alt='一个矩形和它的对角线'/>对角线把矩形分成什么？</p>"
    "<p>图标<img src='media/icon.png' alt='文件夹'/>表示文件夹，<img src='media/lost.png' "
    "alt='找不到的图'/>，"
    "<img src='media/diagram.png' alt=''/></p>"
    "<choiceInteraction responseIdentifier='RESPONSE' maxChoices='1' shuffle='false'>"
    "<simpleChoice identifier='A'>两个三角形</simpleChoice>"
    "<simpleChoice identifier='B'><img src='media/diagram.png' alt='这个图' "
    "width='80'/></simpleChoice>"
    "</choiceInteraction></itemBody></assessmentItem>";

struct shelf {
    struct item *item;
    struct work *work;
    struct pictures *pictures;
    int asked;
};

static int find(void *context, const struct item *item, const char *href, struct bytes *ret,
                struct err *e)
{
    struct shelf *s = context;
    s->asked++;
    assert_ptr_equal(item, s->item);
    if (strcmp(href, "media/diagram.png") == 0)
        png_make_diagram(320, 200, ret);
    else if (strcmp(href, "media/icon.png") == 0)
        png_make_diagram(20, 20, ret);
    else
        return err_set(e, ERR_DATA, href, "there is no such file");
    return 0;
}

static void fill(struct shelf *s)
{
    struct err e = {0};
    *s = (struct shelf){0};
    assert_done(item_read(&s->item, "item", span_str(document), &e), e);
    s->work = work_new(1);
    s->pictures = s->work->pictures = pictures_new(find, s);
    work_set(s->work, 0, s->item, "", points_milli(1000), span_str("seed"));
}

static void empty(struct shelf *s)
{
    work_free(s->work);
    pictures_free(s->pictures);
    item_free(s->item);
}

static void draw(struct shelf *s, int width, struct bytes *out)
{
    struct sheet sheet;
    struct grid g;
    body_sheet(&s->work->question[0], 0, width, &sheet);
    grid_init(&g, width, (int)sheet.n_lines);
    for (size_t i = 0; i < sheet.n_lines; i++)
        sheet_draw_line(&sheet, &sheet.line[i], &g, 0, (int)i);
    assert_int_equal(g.cut, 0);
    grid_dump(&g, out);
    grid_release(&g);
    sheet_release(&sheet);
}

static void a_picture_is_characters_and_its_words(void **state)
{
    (void)state;
    static const int width[] = {74, 114};
    for (size_t i = 0; i < 2; i++) {
        struct shelf s;
        struct bytes text = {0};
        fill(&s);
        draw(&s, width[i], &text);
        bytes_u8(&text, 0);
        golden_check("picture", width[i], 0, (char *)text.p);
        bytes_release(&text);
        empty(&s);
    }
}

static void a_picture_is_decoded_once_for_each_size(void **state)
{
    (void)state;
    struct shelf s;
    struct bytes text = {0};
    fill(&s);
    draw(&s, 74, &text);
    int once = s.asked;
    draw(&s, 74, &text);
    assert_int_equal(s.asked, once);
    draw(&s, 60, &text);
    assert_int_equal(s.asked, 2 * once);
    pictures_forget(s.pictures);
    draw(&s, 60, &text);
    assert_int_equal(s.asked, 3 * once);
    bytes_release(&text);
    empty(&s);
}

static void a_picture_that_comes_later_is_words_until_it_is_made(void **state)
{
    (void)state;
    struct shelf s;
    struct bytes text = {0};
    fill(&s);
    pictures_later(s.pictures);
    assert_false(pictures_wanted(s.pictures));
    draw(&s, 74, &text);
    assert_int_equal(s.asked, 0);
    bytes_u8(&text, 0);
    assert_non_null(strstr((char *)text.p, "[picture: 一个矩形和它的对角线]"));
    while (pictures_wanted(s.pictures)) {
        assert_ptr_equal(pictures_make(s.pictures), s.item);
        assert_false(pictures_wanted(s.pictures));
        bytes_clear(&text);
        draw(&s, 74, &text);
    }
    assert_null(pictures_make(s.pictures));
    bytes_u8(&text, 0);
    golden_check("picture", 74, 0, (char *)text.p);
    bytes_release(&text);
    empty(&s);
}

static void the_cursor_stays_in_sight_when_a_picture_comes(void **state)
{
    (void)state;
    struct shelf s;
    struct model m;
    struct effects x = {0};
    fill(&s);
    pictures_later(s.pictures);
    model_init(&m, 80, 24);
    m.work = s.work;
    model_enter_item(&m, 0, &x);
    struct paper_layout before, after;
    view_paper_lay_out(&m, &before);
    while (pictures_wanted(s.pictures)) {
        pictures_make(s.pictures);
        view_paper_lay_out(&m, &after);
        view_paper_release(&after);
    }
    model_update(&m, &(struct event){.kind = EVENT_PICTURE}, &x);
    assert_int_equal(m.scroll, 0); /* nobody has moved: the item is read from its top */
    m.focus = question_places(&s.work->question[0]) - 1;
    model_update(&m, &(struct event){.kind = EVENT_PICTURE}, &x);
    view_paper_lay_out(&m, &after);
    assert_true(after.body.n_lines > before.body.n_lines);
    struct body_span focus = body_place_lines(&after.body, m.focus);
    assert_true(focus.n > 0 && (int)focus.first >= m.scroll);
    assert_true((int)(focus.first + focus.n) <= m.scroll + after.rows);
    view_paper_release(&before);
    view_paper_release(&after);
    empty(&s);
}

static void without_pictures_the_words_stand_alone(void **state)
{
    (void)state;
    struct shelf s;
    struct bytes text = {0};
    fill(&s);
    s.work->question[0].pictures = NULL;
    draw(&s, 74, &text);
    bytes_u8(&text, 0);
    assert_non_null(strstr((char *)text.p, "[picture: 一个矩形和它的对角线]"));
    assert_non_null(strstr((char *)text.p, "[picture]"));
    assert_null(strstr((char *)text.p, "media/"));
    bytes_release(&text);
    empty(&s);
}

static const struct item_node *first_image(const struct item_node *n)
{
    for (; n; n = n->next) {
        const struct item_node *below = n->kind == NODE_IMAGE ? n : first_image(n->child);
        if (below)
            return below;
    }
    return NULL;
}

static void press(struct model *m, enum key_code code)
{
    struct effects none = {0};
    model_update(m, &(struct event){.kind = EVENT_KEY, .key = key_of(code)}, &none);
}

static void check_screen(const struct model *m, const char *name)
{
    struct bytes text = {0};
    struct grid g;
    grid_init(&g, m->width, m->height);
    view_draw(m, &g);
    assert_int_equal(g.cut, 0);
    grid_dump(&g, &text);
    bytes_u8(&text, 0);
    golden_check(name, m->width, m->height, (char *)text.p);
    bytes_release(&text);
    grid_release(&g);
}

static void a_picture_alone_fills_the_screen_and_any_key_goes_back(void **state)
{
    (void)state;
    struct shelf s;
    struct model m;
    fill(&s);
    model_init(&m, 80, 24);
    m.work = s.work;
    m.screen = SCREEN_PAPER;
    m.remaining_ms = 1000000;
    press(&m, K_F4);
    assert_int_equal(m.screen, SCREEN_PICTURE);
    check_screen(&m, "picture-alone");
    press(&m, K_LEFT);
    assert_int_equal(m.picture, 4);
    press(&m, K_RIGHT);
    press(&m, K_RIGHT);
    press(&m, K_RIGHT);
    assert_int_equal(m.picture, 2);
    check_screen(&m, "picture-lost");
    press(&m, K_ENTER);
    assert_int_equal(m.screen, SCREEN_PAPER);
    s.work->question[0].pictures = NULL;
    press(&m, K_F4);
    assert_int_equal(m.screen, SCREEN_PAPER);
    empty(&s);
}

static void every_place_is_printable_ascii_within_the_room(void **state)
{
    (void)state;
    struct shelf s;
    fill(&s);
    const struct item_node *image = first_image(s.item->body);
    assert_non_null(image);
    for (int columns = 1; columns < 140; columns += 7) {
        const struct picture_cells *c = pictures_show(s.pictures, s.item, image, columns, 12);
        if (!c)
            continue;
        assert_in_range(c->columns, 1, columns);
        assert_in_range(c->rows, 1, 12);
        for (int i = 0; i < c->columns * c->rows; i++)
            assert_in_range(c->cell[i], ' ', '~');
    }
    const struct picture_cells *large = pictures_show_large(s.pictures, s.item, image, 130, 40);
    assert_non_null(large);
    assert_in_range(large->columns, 100, 130);
    empty(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_characters_and_its_words),
        cmocka_unit_test(a_picture_is_decoded_once_for_each_size),
        cmocka_unit_test(a_picture_that_comes_later_is_words_until_it_is_made),
        cmocka_unit_test(the_cursor_stays_in_sight_when_a_picture_comes),
        cmocka_unit_test(without_pictures_the_words_stand_alone),
        cmocka_unit_test(a_picture_alone_fills_the_screen_and_any_key_goes_back),
        cmocka_unit_test(every_place_is_printable_ascii_within_the_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
