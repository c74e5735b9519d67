/* SPDX-License-Identifier: Apache-2.0 */
/* Any item that can be read can be laid out at any width and answered: no line is wider than the sheet, no answer leaves its
 * limits, and what an answer says comes back as it was. */
#include <stdlib.h>
#include <string.h>

#include "client/screens/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_lines(const struct sheet *s)
{
    for (size_t i = 0; i < s->n_lines; i++)
        if (s->line[i].n > 1 && sheet_line_width(s, &s->line[i]) > s->width)
            abort();
}

static void lay_out(const struct question *q, size_t focus, int width)
{
    struct sheet s;
    body_sheet(q, focus, width, &s);
    check_lines(&s);
    sheet_release(&s);
    body_bank(q, focus, width, &s);
    check_lines(&s);
    sheet_release(&s);
}

enum { MOST_PLACES = 40 };

/* Presses what means something to most kinds, at every place. */
static void answer(struct question *q)
{
    static const struct key keys[] = {{K_CHAR, 'b'}, {K_CHAR, ' '}, {K_DOWN, 0},     {K_CHAR, 'a'}, {K_CHAR, '3'},
                                      {K_CHAR, '+'}, {K_ENTER, 0},  {K_CHAR, 0x6587}, {K_UP, 0},     {K_BACKSPACE, 0}};
    size_t places = question_places(q);
    for (size_t i = 0; i < places && i < MOST_PLACES; i++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            struct place at = question_place(q, i);
            struct part *p = &q->part[at.part];
            struct part_turn t = {.place = at.place, .width = 74};
            p->kind->key(p, &t, keys[k]);
            if (t.place >= p->n_places)
                abort();
        }
}

static bool same(const struct response_set *a, const struct response_set *b)
{
    struct bytes one = {0}, other = {0};
    response_encode(a, &one);
    response_encode(b, &other);
    bool same = span_equal(bytes_span(&one), bytes_span(&other));
    bytes_release(&one);
    bytes_release(&other);
    return same;
}

static void check_answer(struct question *q)
{
    struct arena *a = arena_new();
    struct response_set before = question_response(q, a);
    for (size_t i = 0; i < before.n; i++)
        if (before.response[i].n > RESPONSE_MAX_VALUES)
            abort();
    question_restore(q, &before);
    struct response_set after = question_response(q, a), kept = response_copy(&after, a);
    question_restore(q, &kept);
    after = question_response(q, a);
    if (!same(&kept, &after))
        abort();
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct item *item = NULL;
    struct err e;
    if (size > 65536 || item_read_lenient(&item, "fuzz", span_of(data, size), &e) < 0)
        return 0;
    struct work *w = work_new(1);
    struct question *q = &w->question[0];
    work_set(w, 0, item, "", points_milli(1000), span_str("seed"));
    lay_out(q, 0, 74);
    answer(q);
    lay_out(q, question_places(q) / 2, 74);
    lay_out(q, 0, 20);
    check_answer(q);
    work_free(w);
    item_free(item);
    return 0;
}
