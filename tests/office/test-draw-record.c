/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of a draw: they verify, the first difference is named, and another program draws the same. */
#include "office/draw.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/run-program.h"
#include "office/draw-document.h"
#include "tests/check.h"
#include "tests/office/draw-kit.h"

/* A draw with its documents, as spans over these. */
struct drawn {
    struct bytes list, places, commitment, draw;
    struct draw_evidence all;
};

static void draw_all(struct drawn *d)
{
    struct err e;
    struct draw_list *l = shape_list(&shape_usual);
    *d = (struct drawn){0};
    assert_done(draw_list_write(l, &d->list, &e), e);
    draw_list_free(l);
    assert_done(draw_list_read(&l, "list.csv", bytes_span(&d->list), &e), e);
    struct draw_commitment *c = draw_commitment_new();
    struct draw_record *x = draw_record_new();
    struct draw_result *r = draw_with(l, 5);
    draw_result_write(r, l, &d->places);
    c->number = x->number = 1;
    c->made = x->made = "2026-11-22T08:20:00+08:00";
    c->session[c->n_sessions++] = "am1";
    c->session[c->n_sessions++] = "pm1";
    draw_seed_of(x->seed, 5);
    draw_hash(span_of(x->seed, DRAW_SEED), c->seed);
    draw_hash(bytes_span(&d->list), c->list);
    assert_done(draw_commitment_write(c, &d->commitment, &e), e);
    draw_hash(bytes_span(&d->commitment), x->commitment);
    draw_hash(bytes_span(&d->list), x->list);
    draw_hash(bytes_span(&d->places), x->places);
    x->candidates = (int64_t)l->n_candidates;
    x->groups = (int64_t)r->groups;
    assert_done(draw_record_write(x, &d->draw, &e), e);
    d->all = (struct draw_evidence){.draw = bytes_span(&d->draw),
                                    .list = bytes_span(&d->list),
                                    .commitment = bytes_span(&d->commitment),
                                    .places = bytes_span(&d->places)};
    draw_commitment_free(c);
    draw_record_free(x);
    draw_result_free(r);
    draw_list_free(l);
}

static void release(struct drawn *d)
{
    bytes_release(&d->list);
    bytes_release(&d->places);
    bytes_release(&d->commitment);
    bytes_release(&d->draw);
}

static void differs(const struct drawn *d, const char *words)
{
    struct draw_record *x = NULL;
    struct err e;
    assert_refused(draw_verify(&x, &d->all, &e), ERR_NO, words, e);
    draw_record_free(x);
}

static void a_draw_verifies_and_the_first_difference_is_named(void **state)
{
    (void)state;
    struct drawn d;
    struct draw_record *x = NULL;
    struct err e;
    draw_all(&d);
    assert_done(draw_verify(&x, &d.all, &e), e);
    draw_record_free(x);
    char *ticket = strstr((char *)d.places.p, "T00003");
    ticket[5] = '9';
    differs(&d, "line 5 is \"candidate,T00009");
    ticket[5] = '3';
    char *school = strstr((char *)d.list.p, "第");
    school[3]++;
    differs(&d, "another list than the draw names");
    school[3]--;
    char *seed = strstr((char *)d.draw.p, " seed=\"") + 7;
    *seed = *seed == 'f' ? '0' : 'f';
    differs(&d, "the seed has another hash than was committed");
    d.all.commitment = (struct span){0};
    differs(&d, "but the seed gives");
    release(&d);
}

static char *put(const char *folder, const char *name, const struct bytes *text)
{
    struct err e;
    char *path = path_join(folder, name);
    assert_done(file_put(path, 0600, bytes_span(text), &e), e);
    return path;
}

/* It compares the hash of what it draws with the one in draw.xml. */
static void another_program_with_blake2b_alone_draws_the_same(void **state)
{
    (void)state;
    char folder[] = "/tmp/kaochang-draw-XXXXXX";
    struct drawn d;
    struct err e;
    draw_all(&d);
    assert_non_null(mkdtemp(folder));
    char *script = path_join(getenv("SOURCE_ROOT"), "build-aux/verify-draw.py");
    char *argv[] = {(char *)"env",
                    (char *)"python3",
                    script,
                    put(folder, "draw.xml", &d.draw),
                    put(folder, "list.csv", &d.list),
                    put(folder, "commitment.xml", &d.commitment),
                    NULL};
    assert_done(run_program("/usr/bin/env", argv, NULL, 0, &e), e);
    char *places = strstr((char *)d.draw.p, " places=\"") + 9;
    *places = *places == 'f' ? '0' : 'f';
    free(put(folder, "draw.xml", &d.draw));
    assert_refused(run_program("/usr/bin/env", argv, NULL, 0, &e), ERR_NO, "the seed gives other places", e);
    for (int i = 2; i < 6; i++) {
        if (i > 2)
            unlink(argv[i]);
        free(argv[i]);
    }
    rmdir(folder);
    release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draw_verifies_and_the_first_difference_is_named),
        cmocka_unit_test(another_program_with_blake2b_alone_draws_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
