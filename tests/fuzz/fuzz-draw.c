/* SPDX-License-Identifier: Apache-2.0 */
/* The list of a draw, its commitment and its record are refused, or they are exactly what our writers make of them; what
 * can be drawn gives everybody one place. */
#include <stdlib.h>
#include <string.h>

#include "office/draw-document.h"
#include "office/draw.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct bytes *again, const uint8_t *data, size_t size)
{
    if (!span_equal(bytes_span(again), span_of(data, size)))
        abort();
}

static void draw(const struct draw_list *l)
{
    static const uint8_t seed[DRAW_SEED] = {1};
    struct draw_result *r = NULL;
    struct err e;
    if (draw_run(&r, l, seed, NULL, NULL, &e) < 0)
        return;
    for (size_t i = 0; i < l->n_candidates; i++)
        if (r->place[i].room >= l->n_rooms || r->place[i].bench > l->room[r->place[i].room].benches ||
            r->place[i].group > l->room[r->place[i].room].groups)
            abort();
    draw_result_free(r);
}

static void take_list(const uint8_t *data, size_t size)
{
    struct draw_list *l = NULL;
    struct bytes again = {0};
    struct err e;
    if (draw_list_read(&l, "list.csv", span_of(data, size), &e) < 0)
        return;
    if (draw_list_write(l, &again, &e) < 0)
        abort();
    same(&again, data, size);
    draw(l);
    bytes_release(&again);
    draw_list_free(l);
}

static void take_documents(const uint8_t *data, size_t size)
{
    struct draw_commitment *c = NULL;
    struct draw_record *x = NULL;
    struct bytes again = {0};
    struct err e;
    if (draw_commitment_read(&c, "commitment.xml", span_of(data, size), &e) == 0) {
        if (draw_commitment_write(c, &again, &e) < 0)
            abort();
        same(&again, data, size);
    }
    bytes_clear(&again);
    if (draw_record_read(&x, "draw.xml", span_of(data, size), &e) == 0) {
        if (draw_record_write(x, &again, &e) < 0)
            abort();
        same(&again, data, size);
    }
    bytes_release(&again);
    draw_commitment_free(c);
    draw_record_free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    take_list(data, size);
    take_documents(data, size);
    return 0;
}
