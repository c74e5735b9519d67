/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "client/screens/view.h"
#include "tests/check.h"

char *answer_of(const struct question *q)
{
    struct arena *a = arena_new();
    struct response_set set = question_response(q, a);
    struct bytes out = {0};
    for (size_t i = 0; i < set.n; i++) {
        if (set.response[i].n == 0)
            continue;
        bytes_printf(&out, "%s%s=", out.n ? " " : "", set.response[i].identifier);
        for (size_t v = 0; v < set.response[i].n; v++)
            bytes_printf(&out, "%s%s", v ? "," : "", set.response[i].value[v]);
    }
    bytes_u8(&out, 0);
    arena_free(a);
    return (char *)out.p;
}

void check_answer(const struct sample *s, const char *wanted)
{
    char *got = answer_of(sample_question(s));
    assert_string_equal(got, wanted);
    free(got);
}

void keys_give(const char *item, const char *keys, const char *wanted)
{
    struct sample s;
    sample_init_one(&s, item, 80, 24);
    sample_press(&s, keys);
    check_answer(&s, wanted);
    sample_release(&s);
}

void keys_are_refused(const char *item, const char *keys, const char *wanted)
{
    struct sample s;
    sample_init_one(&s, item, 80, 24);
    sample_press(&s, keys);
    check_answer(&s, wanted);
    assert_true(s.m.message[0] != '\0');
    sample_release(&s);
}

void click_text(struct sample *s, const char *text, int right)
{
    struct grid g;
    struct bytes screen = {0};
    struct effects out = {0};
    grid_init(&g, s->m.width, s->m.height);
    view_draw(&s->m, &g);
    grid_dump(&g, &screen);
    const char *row = (const char *)screen.p, *found = strstr(row, text);
    int y = 0, x = 0;
    assert_non_null(found);
    for (const char *p = row; p < found; p++)
        if (*p == '\n') {
            y++;
            row = p + 1;
        }
    char *before = strndup(row, (size_t)(found - row));
    x = (int)text_width(before) + right;
    free(before);
    model_update(&s->m, &(struct event){.kind = EVENT_CLICK, .target = grid_target_at(&g, x, y)}, &out);
    bytes_release(&screen);
    grid_release(&g);
}
