/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/player.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/screens/view.h"
#include "exam-packages/zip.h"
#include "tests/check.h"
#include "tests/client/exam.h"

const char *const player_items[PLAYER_ITEMS] = {
    "associate", "countif",    "extended",      "extended-several",
    "fill",      "gap-match",  "hottext",       "inline",
    "long",      "many",       "match",         "match-list",
    "order",     "order-some", "match-several", "password",
    "recycle",   "slider",     "table",         "gap-sentences"};

static struct err e;

/* ---- a sitting of all kinds of items ---- */

static struct paper *the_paper(int64_t duration_s)
{
    struct paper *p = paper_new();
    struct paper_section *section = arena_array(p->arena, 1, sizeof *section);
    p->id = "p";
    p->title = "random keys";
    p->duration_s = duration_s;
    p->points = points_milli(1000 * PLAYER_ITEMS);
    p->pass = p->high = p->points;
    p->n_forms = 1;
    p->form = arena_array(p->arena, 1, sizeof *p->form);
    *p->form = (struct paper_form){.id = "A", .n_sections = 1, .section = section};
    *section = (struct paper_section){.id = "s", .title = "all", .n_items = PLAYER_ITEMS};
    section->item = arena_array(p->arena, PLAYER_ITEMS, sizeof *section->item);
    for (size_t i = 0; i < PLAYER_ITEMS; i++)
        section->item[i] =
            (struct paper_item){.id = player_items[i], .version = 1, .points = points_milli(1000)};
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

static int paper_fd(int64_t duration_s)
{
    struct bytes zip = {0}, xml = {0};
    struct paper *p = the_paper(duration_s);
    struct zip_writer *w = zip_writer_new(&zip);
    int fd = memfd_create("paper", MFD_CLOEXEC);
    assert_done(paper_write(p, &xml, &e), e);
    assert_done(zip_add(w, "paper.xml", bytes_span(&xml), &e), e);
    for (size_t i = 0; i < PLAYER_ITEMS; i++) {
        char *name = mem_printf("items/%s.xml", player_items[i]);
        struct bytes text = item_file(player_items[i]);
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
    struct work *w = work_new(PLAYER_ITEMS);
    s->n_items = PLAYER_ITEMS;
    s->item = mem_alloc(PLAYER_ITEMS * sizeof *s->item);
    for (size_t i = 0; i < PLAYER_ITEMS; i++) {
        struct span document;
        struct response_set answer = {0};
        assert_done(sitting_item_part(s->sitting, i, &document, &e), e);
        assert_done(item_read(&s->item[i], player_items[i], document, &e), e);
        assert_done(sitting_response(s->sitting, i, w->arena, &answer, &e), e);
        work_set(w, i, s->item[i], "all", points_milli(1000), span_str("seed"));
        question_restore(&w->question[i], &answer);
        w->question[i].flagged = sitting_session(s->sitting)->item[i].flagged;
        if (sitting_item_unsaved(s->sitting, i))
            w->question[i].edits = (struct edits){.shown = 1, .given = 1};
        w->question[i].visited = sitting_session(s->sitting)->item[i].state != ATTEMPT_NOT_SEEN;
    }
    return w;
}

/* What the agent and the screens before the paper do. */
void player_sits_down(struct player *p)
{
    static const struct person person = {.name = "李明", .ticket = "T001", .seat = "1"};
    struct link_terms terms = {.session = "S1",
                               .ticket = "T001",
                               .form = "A",
                               .journal = p->desk.path,
                               .keys = p->desk.keys,
                               .paper_fd = paper_fd(p->duration_s)};
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

void player_disk(struct player *p, bool broken)
{
    trace_add(&p->trace, "the disk is %s", broken ? "broken" : "fine");
    p->broken = broken;
    p->disk->for_good = true;
    p->disk->countdown = broken ? 0 : -1;
}

void player_begin(struct player *p)
{
    desk_open(&p->desk);
    player_disk(p, false);
    assert_done(journal_create(p->desk.path, &p->desk.start, NULL, &e), e);
    player_sits_down(p);
    p->sittings++;
}

void player_end(struct player *p)
{
    seat_free(p->seat);
    desk_close(&p->desk);
}

/* Ends the test, with what led there. */
void player_fail(struct player *p, size_t item, const char *why)
{
    const struct model *m = &p->seat->m;
    const struct edits *x = &m->work->question[item].edits;
    trace_print(&p->trace);
    print_message("# item %s, edits %llu %llu %llu, save %d, unsaved in the sitting %zu, its state %d\n",
                  player_items[item], (unsigned long long)x->shown, (unsigned long long)x->given,
                  (unsigned long long)x->stored, m->save, sitting_unsaved(p->seat->sitting),
                  sitting_session(p->seat->sitting)->state);
    fail_msg("%s (event %ld)", why, p->events);
}

void player_wait(struct player *p, int64_t ms)
{
    struct clock_reading now = exam_clock(p->now_ms += ms);
    trace_add(&p->trace, "%lld ms", (long long)ms);
    p->app.time(p->app.self, &now);
    p->app.perform(p->app.self, &now);
}

void player_press(struct player *p, struct key k)
{
    struct clock_reading now = exam_clock(p->now_ms);
    p->app.key(p->app.self, k);
    p->app.perform(p->app.self, &now);
}

/* ---- what the journal says, and the screen ---- */

void player_fold(struct player *p, struct journal_work *ret)
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
            print_message("# %s: %s = \"%s\"\n", where, set->response[i].identifier,
                          set->response[i].value[v]);
}

static bool same_answer(const char *name, const struct question *q, struct span stored)
{
    struct arena *a = arena_new();
    struct response_set shown = question_response(q, a), found = {0};
    struct bytes one = {0}, two = {0};
    if (stored.n)
        assert_done(response_decode(&found, a, stored, &e), e);
    settled(name, &shown, &one);
    settled(name, &found, &two);
    bool same = span_equal(bytes_span(&one), bytes_span(&two));
    if (!same) {
        print_set("on the screen", &shown);
        print_set("stored", &found);
    }
    bytes_release(&one);
    bytes_release(&two);
    arena_free(a);
    return same;
}

/* Whatever happened: what counts as saved is what the sitting has. */
void player_check_saved(struct player *p, size_t i)
{
    const struct question *q = &p->seat->m.work->question[i];
    struct span stored = bytes_span(&sitting_session(p->seat->sitting)->item[i].response);
    if (edits_saved(&q->edits) && !same_answer(player_items[i], q, stored))
        player_fail(p, i, "what counts as saved was never given to the sitting");
}

void player_compare(struct player *p, size_t i, const struct journal_work_item *stored)
{
    const struct question *q = &p->seat->m.work->question[i];
    bool flagged = stored && stored->flagged;
    bool same = same_answer(player_items[i], q, stored ? stored->response : (struct span){0});
    if (!same)
        player_fail(p, i, "the screen shows another answer than the journal");
    if (!edits_saved(&q->edits))
        player_fail(p, i, "the screen says that an answer is not saved which the journal has");
    if (q->flagged != flagged)
        player_fail(p, i, "the screen and the journal do not agree on a flag");
}

void player_look(struct player *p)
{
    struct journal_work w = {0};
    player_disk(p, false);
    for (int i = 0; i < 12; i++)
        player_wait(p, 200);
    player_fold(p, &w);
    for (size_t i = 0; i < PLAYER_ITEMS; i++)
        player_compare(p, i, journal_work_find(&w, player_items[i]));
    assert_int_equal(w.status != JOURNAL_IN_PROGRESS,
                     sitting_state_ended(sitting_session(p->seat->sitting)->state));
    assert_int_not_equal(p->seat->m.save, SAVE_FAILED);
    assert_int_not_equal(p->seat->m.save, SAVE_RUNNING);
    journal_work_release(&w);
    p->looks++;
}
