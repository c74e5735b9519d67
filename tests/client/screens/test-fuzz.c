/* SPDX-License-Identifier: Apache-2.0 */
/* Random keys, clicks, sizes, kills and failing disks against the real seat, sitting and journal; after each
 * thousand what the journal says is what the screen says. $FUZZ_SECONDS sets how long (some seconds; an hour
 * with KAOCHANG_TEST_LONG), $FUZZ_SEED where it begins. */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rng.h"
#include "client/screens/seat-internal.h"
#include "client/screens/view.h"
#include "client/screens/view.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/zip.h"
#include "tests/client/exam.h"
#include "tests/failing-vfs.h"

enum { BETWEEN_LOOKS = 1000, RESTARTS = 4 };

static const char *const names[] = {"associate", "countif",    "extended",      "extended-several",
                                    "fill",      "gap-match",  "hottext",       "inline",
                                    "long",      "many",       "match",         "match-list",
                                    "order",     "order-some", "match-several", "password",
                                    "recycle",   "slider",     "table",         "gap-sentences"};
enum { ITEMS = sizeof names / sizeof *names };

struct player {
    struct desk desk;
    struct seat *seat;
    struct app app;
    struct grid grid;
    struct rng rng;
    int64_t now_ms;
    long events, looks, sittings;
    struct failing_vfs *disk;
    bool broken; /* the disk, now */
};

static struct err e;

/* ---- a sitting of all kinds of items ---- */

static struct paper *the_paper(void)
{
    struct paper *p = paper_new();
    struct paper_section *section = arena_array(p->arena, 1, sizeof *section);
    p->id = "p";
    p->title = "random keys";
    p->duration_s = 7200;
    p->points = points_milli(1000 * ITEMS);
    p->pass = p->high = p->points;
    p->n_forms = 1;
    p->form = arena_array(p->arena, 1, sizeof *p->form);
    *p->form = (struct paper_form){.id = "A", .n_sections = 1, .section = section};
    *section = (struct paper_section){.id = "s", .title = "all", .n_items = ITEMS};
    section->item = arena_array(p->arena, ITEMS, sizeof *section->item);
    for (size_t i = 0; i < ITEMS; i++)
        section->item[i] = (struct paper_item){.id = names[i], .version = 1, .points = points_milli(1000)};
    return p;
}

static struct bytes item_file(const char *name)
{
    struct bytes text = {0};
    char *path = mem_printf("%s/tests/client/screens/items/%s.xml", getenv("SOURCE_ROOT"), name);
    assert_done(file_read(path, 1 << 20, &text, &e), e);
    free(path);
    return text;
}

static int paper_fd(void)
{
    struct bytes zip = {0}, xml = {0};
    struct paper *p = the_paper();
    struct zip_writer *w = zip_writer_new(&zip);
    int fd = memfd_create("paper", MFD_CLOEXEC);
    assert_done(paper_write(p, &xml, &e), e);
    assert_done(zip_add(w, "paper.xml", bytes_span(&xml), &e), e);
    for (size_t i = 0; i < ITEMS; i++) {
        char *name = mem_printf("items/%s.xml", names[i]);
        struct bytes text = item_file(names[i]);
        assert_done(zip_add(w, name, bytes_span(&text), &e), e);
        bytes_release(&text);
        free(name);
    }
    assert_done(zip_finish(w, &e), e);
    assert_int_equal(write(fd, zip.p, zip.n), zip.n);
    paper_free(p);
    bytes_release(&xml);
    bytes_release(&zip);
    return fd;
}

static struct work *load_work(struct seat *s)
{
    struct work *w = work_new(ITEMS);
    s->n_items = ITEMS;
    s->item = mem_alloc(ITEMS * sizeof *s->item);
    for (size_t i = 0; i < ITEMS; i++) {
        struct span document;
        struct response_set answer = {0};
        assert_done(sitting_item_part(s->sitting, i, &document, &e), e);
        assert_done(item_read(&s->item[i], names[i], document, &e), e);
        assert_done(sitting_response(s->sitting, i, w->arena, &answer, &e), e);
        work_set(w, i, s->item[i], "all", points_milli(1000), span_str("seed"));
        question_restore(&w->question[i], &answer);
        w->question[i].flagged = sitting_session(s->sitting)->item[i].flagged;
        w->question[i].unsaved = sitting_item_unsaved(s->sitting, i);
        w->question[i].visited = sitting_session(s->sitting)->item[i].state != ATTEMPT_NOT_SEEN;
    }
    return w;
}

/* What the agent and the screens before the paper do. */
static void sits_down(struct player *p)
{
    static const struct person person = {.name = "李明", .ticket = "T001", .seat = "1"};
    struct link_terms terms = {.session = "S1",
                               .ticket = "T001",
                               .form = "A",
                               .journal = p->desk.path,
                               .keys = p->desk.keys,
                               .paper_fd = paper_fd()};
    struct clock_reading now = exam_clock(p->now_ms);
    struct seat *s = p->seat = seat_new(&(struct seat_options){.home = p->desk.dir, .fd = -1});
    p->app = seat_app(s);
    p->app.resize(s, p->grid.width, p->grid.height, true);
    assert_done(sitting_open(&s->sitting, &terms, FAILING_VFS, &now, &e), e);
    const struct session *x = sitting_session(s->sitting);
    bool resumes = x->state != SITTING_NEW;
    seat_send(s, &(struct event){.kind = EVENT_SIGNED_IN, .person = &person, .title = "random keys"});
    seat_send(s, &(struct event){.kind = EVENT_OPENED,
                                 .work = s->work = load_work(s),
                                 .session = x,
                                 .allowance_ms = session_allowance_ms(x),
                                 .remaining_ms = session_left_ms(x),
                                 .points = "20",
                                 .resumed = resumes,
                                 .item = x->current,
                                 .text = ""});
    if (!resumes)
        seat_start(s, &now);
}

static void the_disk_is(struct player *p, bool broken)
{
    p->broken = broken;
    p->disk->for_good = true;
    p->disk->countdown = broken ? 0 : -1;
}

static void begins(struct player *p)
{
    desk_open(&p->desk);
    the_disk_is(p, false);
    assert_done(journal_create(p->desk.path, &p->desk.start, NULL, &e), e);
    sits_down(p);
    p->sittings++;
}

static void ends(struct player *p)
{
    seat_free(p->seat);
    desk_close(&p->desk);
}

/* ---- random events ---- */

static void time_passes(struct player *p, int64_t ms)
{
    struct clock_reading now = exam_clock(p->now_ms += ms);
    p->app.time(p->app.self, &now);
    p->app.perform(p->app.self, &now);
}

static struct key random_key(struct rng *r)
{
    static const uint32_t signs[] = {'a', 'b', 'B', 'c', 'd', 'h',    'x',    ' ',   '0', '2',
                                     '1', '7', 'u', '-', '.', 0x6587, 0xFF21, 0x301, 7};
    if (rng_below(r, 2))
        return key_char(signs[rng_below(r, sizeof signs / sizeof *signs)]);
    enum key_code code = (enum key_code)rng_below(r, K_COUNT);
    return key_of(code == K_F10 ? K_F5 : code);
}

static void is_resized(struct player *p)
{
    int width = (int)rng_below(&p->rng, 120) + 30, height = (int)rng_below(&p->rng, 40) + 10;
    grid_release(&p->grid);
    grid_init(&p->grid, width, height);
    p->app.resize(p->app.self, width, height, true);
}

/* Where only a line is drawn anew, the screen is what drawing all of it gives. */
static void is_drawn(struct player *p)
{
    struct grid whole;
    p->app.draw(p->app.self, &p->grid);
    grid_init(&whole, p->grid.width, p->grid.height);
    view_draw(&p->seat->m, &whole);
    if (!grid_equal(&whole, &p->grid))
        fail_msg("the screen is not what drawing all of it gives (event %ld)", p->events);
    grid_release(&whole);
}

static void one_event(struct player *p)
{
    struct clock_reading now = exam_clock(p->now_ms);
    uint64_t what = rng_below(&p->rng, 200);
    p->events++;
    if (what == 0)
        is_resized(p);
    else if (what < 20)
        p->app.click(p->app.self,
                     grid_target_at(&p->grid, (int)rng_below(&p->rng, 80), (int)rng_below(&p->rng, 24)));
    else if (what < 40)
        time_passes(p, (int64_t)rng_below(&p->rng, 900));
    else if (what == 40)
        the_disk_is(p, !p->broken);
    else
        p->app.key(p->app.self, random_key(&p->rng));
    if (rng_below(&p->rng, 4) == 0)
        is_drawn(p);
    p->app.perform(p->app.self, &now);
    if (rng_below(&p->rng, 4) == 0)
        is_drawn(p);
}

/* ---- what the journal says, and the screen ---- */

static void folds(struct player *p, struct journal_work *ret)
{
    struct journal *j = NULL;
    assert_done(journal_open(&j, p->desk.path, &p->desk.keys, NULL, &e), e);
    assert_done(journal_fold(j, ret, &e), e);
    journal_close(j);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The order of pairs and choices says nothing, except where it is the answer. */
static void settled(const char *name, const struct response_set *set, struct bytes *ret)
{
    for (size_t i = 0; strncmp(name, "order", 5) != 0 && i < set->n; i++)
        if (set->response[i].n)
            qsort(set->response[i].value, set->response[i].n, sizeof *set->response[i].value, by_bytes);
    if (!response_is_empty(set))
        response_encode(set, ret);
}

static void print_set(const char *where, const struct response_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        for (size_t v = 0; v < set->response[i].n; v++)
            print_message("# %s: %s = \"%s\"\n", where, set->response[i].identifier, set->response[i].value[v]);
}

static bool same_answer(const char *name, const struct question *q, const struct journal_work_item *stored)
{
    struct arena *a = arena_new();
    struct response_set shown = question_response(q, a), found = {0};
    struct bytes one = {0}, two = {0};
    if (stored && stored->response.n)
        assert_done(response_decode(&found, a, stored->response, &e), e);
    settled(name, &shown, &one);
    settled(name, &found, &two);
    bool same = span_equal(bytes_span(&one), bytes_span(&two));
    if (!same) {
        print_set("on the screen", &shown);
        print_set("in the journal", &found);
    }
    bytes_release(&one);
    bytes_release(&two);
    arena_free(a);
    return same;
}

static void compare_item(struct player *p, size_t i, const struct journal_work_item *stored)
{
    const struct question *q = &p->seat->m.work->question[i];
    bool same = same_answer(names[i], q, stored), flagged = stored && stored->flagged;
    if (!same || q->unsaved || q->flagged != flagged)
        fail_msg("item %s: the screen shows %s answer%s, %s, the journal %s (event %ld)", names[i],
                 same ? "the same" : "another", q->unsaved ? ", not saved" : "",
                 q->flagged ? "a flag" : "no flag", flagged ? "a flag" : "no flag", p->events);
}

static void the_screen_says_what_the_journal_says(struct player *p)
{
    struct journal_work w = {0};
    the_disk_is(p, false);
    for (int i = 0; i < 12; i++)
        time_passes(p, 200);
    folds(p, &w);
    for (size_t i = 0; i < ITEMS; i++)
        compare_item(p, i, journal_work_find(&w, names[i]));
    assert_int_equal(w.status != JOURNAL_IN_PROGRESS,
                     sitting_state_ended(sitting_session(p->seat->sitting)->state));
    assert_int_not_equal(p->seat->m.save, SAVE_FAILED);
    assert_int_not_equal(p->seat->m.save, SAVE_RUNNING);
    journal_work_release(&w);
    p->looks++;
}

/* Killed, and started again: it shows what was shown before. */
static void is_killed_and_comes_back(struct player *p)
{
    seat_free(p->seat);
    sits_down(p);
    the_screen_says_what_the_journal_says(p);
}

static int64_t seconds_wanted(void)
{
    const char *wanted = getenv("FUZZ_SECONDS"), *thorough = getenv("KAOCHANG_TEST_LONG");
    return wanted ? strtoll(wanted, NULL, 10) : thorough && *thorough ? 3600 : 5;
}

static void random_keys_never_part_screen_and_journal(void **state)
{
    (void)state;
    const char *wanted = getenv("FUZZ_SEED");
    uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : 20261122;
    struct player p = {.disk = failing_vfs()};
    int64_t end = (int64_t)time(NULL) + seconds_wanted();
    printf("# FUZZ_SEED=%llu\n", (unsigned long long)seed);
    rng_seed(&p.rng, seed);
    grid_init(&p.grid, 80, 24);
    begins(&p);
    do {
        for (int i = 0; i < BETWEEN_LOOKS; i++)
            one_event(&p);
        the_screen_says_what_the_journal_says(&p);
        if (sitting_state_ended(sitting_session(p.seat->sitting)->state)) {
            ends(&p);
            begins(&p);
        } else if (rng_below(&p.rng, RESTARTS) == 0) {
            is_killed_and_comes_back(&p);
        }
    } while ((int64_t)time(NULL) < end || p.looks < 5);
    printf("# %ld events, %ld looks, %ld sittings\n", p.events, p.looks, p.sittings);
    ends(&p);
    grid_release(&p.grid);
}

static void press(struct player *p, struct key k)
{
    struct clock_reading now = exam_clock(p->now_ms);
    p->app.key(p->app.self, k);
    p->app.perform(p->app.self, &now);
}

/* Typing is stored after a short pause, and the clock comes once in a while: the end may lie in between. */
static void what_is_typed_just_before_the_end_counts(void **state)
{
    (void)state;
    struct player p = {.disk = failing_vfs()};
    struct journal_work w = {0};
    grid_init(&p.grid, 80, 24);
    begins(&p);
    press(&p, key_of(K_F5));
    press(&p, key_of(K_HOME));
    for (size_t i = 0; strcmp(names[i], "fill") != 0; i++)
        press(&p, key_of(K_RIGHT));
    press(&p, key_of(K_ENTER));
    assert_string_equal(names[p.seat->m.current], "fill");
    for (int64_t left = 7200000; left > 150; left = session_left_ms(sitting_session(p.seat->sitting)))
        time_passes(&p, left - 150 < 900 ? left - 150 : 900);
    press(&p, key_char('7'));
    for (int i = 0; i < 20 && p.seat->m.screen != SCREEN_ENDED; i++)
        time_passes(&p, 900);
    assert_int_equal(p.seat->m.screen, SCREEN_ENDED);
    folds(&p, &w);
    assert_true(same_answer("fill", &p.seat->m.work->question[p.seat->m.current], journal_work_find(&w, "fill")));
    assert_true(journal_work_find(&w, "fill")->response.n > 0);
    journal_work_release(&w);
    ends(&p);
    grid_release(&p.grid);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_typed_just_before_the_end_counts),
                                       cmocka_unit_test(random_keys_never_part_screen_and_journal)};
    return cmocka_run_group_tests_name("screens-fuzz", tests, NULL, NULL);
}
