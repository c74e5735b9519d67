/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes out at any moment of a sitting: whatever was acknowledged is in the journal afterwards, in
 * its order, and nothing else is. The same with weaker settings of SQLite must be found guilty. */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/db.h"
#include "exam-packages/code.h"
#include "exam-packages/journal-files.h"
#include "exam-packages/journal-spill.h"
#include "tests/client/exam.h"
#include "tests/recording/image-vfs.h"

enum { MOST = 400 };

struct event { /* as it stands in the journal */
    int64_t seq;
    enum journal_kind kind;
    char item[16];
    struct bytes payload;
    uint8_t hash[32];
};

/* What has been acknowledged at a moment. */
struct promise {
    bool exists, sealed;
    size_t events;
    int64_t used_ms; /* by an event or a tick */
};

struct room {
    struct desk desk;
    struct link_terms terms;
    struct arena *arena;
    struct sitting *sitting;
    const char *vfs;
    int64_t now_ms;
    struct promise said[MOST];
    int64_t n_said;
    struct event event[MOST];
    size_t n_events;
    long gone_on; /* images in which the sitting was continued */
};

static struct err e;

/* ---- a sitting, recorded ---- */

static void say(struct room *r, struct promise p)
{
    assert_in_range(r->n_said, 0, MOST - 1);
    r->said[r->n_said] = p;
    record_said(r->n_said++);
}

static struct promise so_far(const struct room *r)
{
    return r->n_said ? r->said[r->n_said - 1] : (struct promise){0};
}

static void one_more_event(struct room *r)
{
    struct promise p = so_far(r);
    p.events++;
    say(r, p);
}

static struct clock_reading now(struct room *r)
{
    r->now_ms += 700;
    return exam_clock(r->now_ms);
}

static void opens(struct room *r)
{
    struct clock_reading at = now(r);
    r->terms.paper_fd = exam_paper_fd();
    assert_done(sitting_open(&r->sitting, &r->terms, r->vfs, &at, &e), e);
}

static void starts(struct room *r)
{
    struct clock_reading at = now(r);
    assert_done(sitting_start(r->sitting, &at, &e), e);
    one_more_event(r);
}

static void visits(struct room *r, size_t item)
{
    struct clock_reading at = now(r);
    assert_done(sitting_visit(r->sitting, item, &at, &e), e);
    one_more_event(r);
}

static void answers(struct room *r, size_t item, size_t length)
{
    struct clock_reading at = now(r);
    char *text = arena_alloc(r->arena, length + 1);
    memset(text, 'A' + (int)(r->n_said % 26), length);
    text[length] = 0;
    struct response_set set = exam_choice(r->arena, text);
    assert_done(sitting_answer(r->sitting, item, &set, &at, &e), e);
    one_more_event(r);
}

static void is_collected(struct room *r, const struct journal_file *file, const uint8_t *content)
{
    for (int64_t at = 0; at < file->size; at += JOURNAL_PIECE) {
        struct clock_reading when = now(r);
        size_t left = (size_t)(file->size - at);
        struct journal_piece piece = {.size = file->size,
                                      .offset = at,
                                      .content =
                                          span_of(content + at, left < JOURNAL_PIECE ? left : JOURNAL_PIECE)};
        memcpy(piece.id, file->id, sizeof piece.id);
        assert_done(sitting_put_piece(r->sitting, &piece, &when, &e), e);
        one_more_event(r);
    }
}

/* A file of that length in the folder of an item. */
static void works(struct room *r, size_t item, size_t length)
{
    uint8_t *content = arena_alloc(r->arena, length);
    struct journal_file file = {.path = "成绩.xlsx", .size = (int64_t)length, .mtime_ms = 1};
    memset(content, 'a' + (int)(r->n_said % 26), length);
    journal_content_id(r->desk.keys.blob, span_of(content, length), file.id);
    is_collected(r, &file, content);
    struct clock_reading at = now(r);
    assert_done(sitting_put_snapshot(r->sitting, item,
                                     &(struct journal_snapshot){.worked = true, .file = &file, .n = 1}, &at,
                                     &e),
                e);
    one_more_event(r);
}

static void flags(struct room *r, size_t item, bool flagged)
{
    struct clock_reading at = now(r);
    assert_done(sitting_flag(r->sitting, item, flagged, &at, &e), e);
    one_more_event(r);
}

static void time_passes(struct room *r, int64_t ms)
{
    for (int64_t until = r->now_ms + ms; r->now_ms < until;) {
        enum session_notice notice;
        struct promise p = so_far(r);
        struct clock_reading at = exam_clock(r->now_ms += 1000);
        assert_done(sitting_clock(r->sitting, &at, &notice, &e), e);
        int64_t used = sitting_session(r->sitting)->used_ms;
        if (used - p.used_ms >= 40000) { /* a tick is written every ten seconds */
            p.used_ms = used - 20000;
            say(r, p);
        }
    }
}

static struct journal *journal_of(struct room *r)
{
    struct journal *j = NULL;
    assert_done(journal_open(&j, r->desk.path, &r->desk.keys, r->vfs, &e), e);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    return j;
}

static void the_proctor_gives_time(struct room *r)
{
    struct journal *j = journal_of(r);
    struct bytes act = {0};
    struct journal_clock at = {.used_ms = r->now_ms, .mono_ms = 77000 + r->now_ms, .wall_ms = r->now_ms};
    desk_act(&r->desk, JOURNAL_EXTRA_TIME, (int64_t)so_far(r).events + 1, 300000, &act);
    assert_done(journal_append(j, &at, JOURNAL_EXTRA_TIME, "", bytes_span(&act), &e), e);
    one_more_event(r);
    bytes_release(&act);
    journal_close(j);
    assert_done(sitting_catch_up(r->sitting, NULL, &e), e);
}

static void a_checkpoint(struct room *r)
{
    struct db *db = NULL;
    assert_done(db_open(&db, r->desk.path, DB_WRITE, r->vfs, &e), e);
    db_keep_wal(db, true);
    assert_done(db_script(db, "PRAGMA wal_checkpoint(RESTART)", &e), e);
    db_close(db);
}

static void is_killed_and_comes_back(struct room *r)
{
    sitting_close(r->sitting);
    opens(r);
    one_more_event(r);
}

static void hands_in(struct room *r)
{
    struct clock_reading at = now(r);
    assert_done(sitting_hand_in(r->sitting, &at, &e), e);
    one_more_event(r);
    struct journal *j = journal_of(r);
    desk_seal(&r->desk, j);
    journal_close(j);
    struct promise p = so_far(r);
    p.sealed = true;
    say(r, p);
    sitting_close(r->sitting);
}

static int keep_event(void *context, const struct journal_event *event, bool superseded, struct err *err)
{
    struct room *r = context;
    (void)superseded;
    (void)err;
    struct event *to = &r->event[r->n_events++];
    *to = (struct event){.seq = event->seq, .kind = event->kind};
    snprintf(to->item, sizeof to->item, "%s", event->item);
    if (event->payload.n)
        bytes_add(&to->payload, event->payload.p, event->payload.n);
    memcpy(to->hash, event->hash, sizeof to->hash);
    return 0;
}

static void sits(struct room *r)
{
    assert_done(journal_create(r->desk.path, &r->desk.start, r->vfs, &e), e);
    say(r, (struct promise){.exists = true});
    opens(r);
    starts(r);
    for (size_t i = 0; i < 4; i++) {
        visits(r, i);
        answers(r, i, 1);
        flags(r, i, i % 2 == 0);
    }
    time_passes(r, 45000);
    answers(r, 1, 3000);
    the_proctor_gives_time(r);
    answers(r, 2, 9000);
    works(r, 2, 5000);
    a_checkpoint(r);
    works(r, 2, JOURNAL_PIECE + 100);
    for (size_t i = 0; i < 6; i++)
        answers(r, i % 4, 1 + i);
    is_killed_and_comes_back(r);
    flags(r, 0, false);
    for (size_t i = 0; i < 12; i++)
        answers(r, (i + 1) % 4, 20 * i + 1);
    time_passes(r, 900000);
    answers(r, 3, 1);
    hands_in(r);
}

static struct record recorded(struct room *r, const char *vfs, enum record_deaf deaf)
{
    *r = (struct room){.vfs = vfs, .arena = arena_new()};
    desk_open(&r->desk);
    r->terms = (struct link_terms){
        .session = "S1", .ticket = "T001", .form = "A", .journal = r->desk.path, .keys = r->desk.keys};
    weak_vfs();
    record_begin(r->desk.dir, deaf);
    sits(r);
    struct record record = record_end();
    struct journal *j = NULL;
    assert_done(journal_open_file(&j, r->desk.path, &e), e);
    assert_done(journal_unseal(j, &r->desk.recovery, 1, &e), e);
    assert_done(journal_read(j, keep_event, r, &e), e);
    assert_int_equal(r->n_events, so_far(r).events);
    journal_close(j);
    return record;
}

static void leave(struct room *r)
{
    for (size_t i = 0; i < r->n_events; i++)
        bytes_release(&r->event[i].payload);
    arena_free(r->arena);
    desk_close(&r->desk);
}

/* ---- after the power came back ---- */

struct reading {
    const struct room *room;
    size_t n;
    int64_t used_ms;
    const char *wrong;
};

static int compare_event(void *context, const struct journal_event *event, bool superseded, struct err *err)
{
    struct reading *found = context;
    const struct event *wanted = &found->room->event[found->n];
    (void)err;
    if (superseded || found->n == found->room->n_events)
        found->wrong = "an event was invented";
    else if (event->seq != wanted->seq || event->kind != wanted->kind ||
             strcmp(event->item, wanted->item) != 0 ||
             !span_equal(event->payload, bytes_span(&wanted->payload)) ||
             memcmp(event->hash, wanted->hash, sizeof wanted->hash) != 0)
        found->wrong = "an event is another one";
    found->n++;
    found->used_ms = event->at.used_ms > found->used_ms ? event->at.used_ms : found->used_ms;
    return found->wrong ? -ERR_DATA : 0;
}

static const char *check_promise(const struct reading *found, struct journal *j, const struct promise *p)
{
    struct journal_clock tick = {.used_ms = 0};
    struct journal_seal seal;
    char shown[22], wanted[22];
    if (found->n < p->events)
        return "acknowledged events are lost";
    journal_last_tick(j, &tick);
    if (tick.used_ms < p->used_ms && found->used_ms < p->used_ms)
        return "time that was spent is lost";
    if (p->sealed && !journal_epoch_seal(j, 0, &seal))
        return "the end was signed, and the signature is lost";
    if (found->n == found->room->n_events) {
        int64_t epoch, seq;
        uint8_t hash[32];
        journal_head(j, &epoch, &seq, hash);
        if (strcmp(receipt_show(hash, shown), receipt_show(found->room->event[found->n - 1].hash, wanted)) !=
            0)
            return "the receipt is another one";
    }
    return NULL;
}

/* Memory is empty after a power cut. */
static void forget_spill(void)
{
    char *spill = journal_spill_path(IMAGE_FOLDER "/T001.journal");
    unlink(spill);
    free(spill);
}

/* Every file that a snapshot names is there, whole. */
static const char *has_its_files(const struct sitting *s)
{
    const struct journal_snapshot *last = journal_files_of(sitting_files(s), "k003");
    struct bytes content = {0};
    for (size_t i = 0; last && i < last->n; i++) {
        bytes_clear(&content);
        if (sitting_file(s, &last->file[i], &content, &e) < 0)
            return "a file of a snapshot is not whole";
    }
    bytes_release(&content);
    return NULL;
}

/* The candidate's program goes on there: everything is as it was, and one more answer is taken. */
static const char *goes_on(struct room *r, size_t events)
{
    struct clock_reading at = exam_clock(2000000);
    struct link_terms terms = r->terms;
    struct response_set set = exam_choice(r->arena, "Z");
    struct sitting *s = NULL;
    const char *wrong = NULL;
    forget_spill();
    terms.journal = IMAGE_FOLDER "/T001.journal";
    terms.paper_fd = exam_paper_fd();
    r->gone_on++;
    desk_drop_spill(terms.journal);
    if (sitting_open(&s, &terms, IMAGE_VFS, &at, &e) < 0)
        return "the sitting does not go on";
    wrong = has_its_files(s);
    if (!wrong && events && !sitting_state_ended(sitting_session(s)->state) &&
        sitting_answer(s, 0, &set, &at, &e) < 0)
        wrong = "the sitting goes on and takes no answer";
    sitting_close(s);
    desk_drop_spill(terms.journal);
    return wrong;
}

static const char *after_power_came_back(void *context, struct image *i, int64_t said)
{
    static char message[400];
    struct room *r = context;
    const struct promise *p = said < 0 ? &(struct promise){0} : &r->said[said];
    struct reading found = {.room = r};
    struct journal *j = NULL;
    if (!image_file(i, "T001.journal"))
        return p->exists ? "the journal is not there" : NULL;
    image_vfs_serve(i);
    const char *wrong = NULL;
    if (journal_open(&j, IMAGE_FOLDER "/T001.journal", &r->desk.keys, IMAGE_VFS, &e) < 0 ||
        journal_read(j, compare_event, &found, &e) < 0) {
        snprintf(message, sizeof message, "%s", found.wrong ? found.wrong : e.what);
        wrong = message;
    } else {
        wrong = check_promise(&found, j, p);
    }
    journal_close(j);
    return wrong || found.n % 7 != 3 || r->gone_on > 2000 ? wrong : goes_on(r, found.n);
}

static struct image_result images_of(const char *name, const struct image_plan *plan, const char *vfs,
                                     enum record_deaf deaf)
{
    struct room r;
    struct record record = recorded(&r, vfs, deaf);
    struct image_result found = image_each(&record, plan, after_power_came_back, &r);
    printf("# %s: %zu operations, %zu events, %ld images, %ld guilty\n", name, record.n, r.n_events,
           found.images, found.guilty);
    if (found.guilty)
        printf("# the first: %s\n", found.first);
    leave(&r);
    return found;
}

/* Enough to find what is weak. */
static const struct image_plan few = {.all_up_to = 5, .seeded = 12, .torn = 2, .seed = 20261122};

static void a_power_cut_at_any_moment_loses_nothing_acknowledged(void **state)
{
    (void)state;
    struct image_plan plan = image_plan();
    struct image_result found = images_of("as it is (WAL, synchronous=FULL)", &plan, NULL, RECORD_ALL);
    if (found.guilty)
        fail_msg("%ld of %ld images: %s", found.guilty, found.images, found.first);
    assert_true(found.images > 2000);
}

static void the_same_with_synchronous_normal_is_found_guilty(void **state)
{
    (void)state;
    assert_true(images_of("WAL, synchronous=NORMAL", &few, NORMAL_VFS, RECORD_ALL).guilty > 0);
}

static void the_same_without_syncs_of_the_folder_is_found_guilty(void **state)
{
    (void)state;
    assert_true(images_of("no sync of the folder", &few, NULL, RECORD_NO_SYNC_DIR).guilty > 0);
}

static void a_rollback_journal_is_told_as_it_is(void **state)
{
    (void)state;
    assert_true(images_of("rollback journal, synchronous=FULL", &few, ROLLBACK_VFS, RECORD_ALL).images > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_at_any_moment_loses_nothing_acknowledged),
        cmocka_unit_test(the_same_with_synchronous_normal_is_found_guilty),
        cmocka_unit_test(the_same_without_syncs_of_the_folder_is_found_guilty),
        cmocka_unit_test(a_rollback_journal_is_told_as_it_is),
    };
    return cmocka_run_group_tests_name("journal-power", tests, NULL, NULL);
}
