/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of a sitting and its way into the journal: docs/practical.md, "The workspace". */
#include "tests/check.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "client/workspace/workspace.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-files.h"
#include "exam-packages/zip.h"
#include "paperbank/item/task.h"
#include "tests/client/exam.h"
#include "tests/failing-vfs.h"

static const char sheet_start[] = "a sheet as it was given", text_start[] = "some text";
enum { ITEM = 2, EMPTY = 3 };

struct fixture {
    struct desk desk;
    struct link_terms terms;
    struct sitting *sitting;
    struct workspace *w;
    char root[100];
    int64_t now; /* ms */
    bool poll;
};
static struct err e;

/* ---- the paper ---- */

static void add_start(struct zip_writer *z, struct task *t, const char *path, const char *content,
                      enum task_role role)
{
    uint8_t hash[32];
    char name[TASK_NAME];
    blake2b_256(hash, span_str(content));
    task_add(t, path, (int64_t)strlen(content), hash, role);
    assert_done(zip_add(z, task_file_part_name(name, task_find(t, path)), span_str(content), &e), e);
}

static void add_task(struct zip_writer *z, const struct task *t)
{
    struct bytes out = {0};
    char name[TASK_NAME];
    assert_done(task_write(t, &out, &e), e);
    assert_done(zip_add(z, task_part_name(name, t->item), bytes_span(&out), &e), e);
    bytes_release(&out);
}

static int practical_paper(void)
{
    struct bytes zip = {0}, xml = {0};
    struct paper *p = exam_paper();
    struct task *full = task_new("k003"), *empty = task_new("k004");
    struct zip_writer *z = zip_writer_new(&zip);
    assert_done(paper_write(p, &xml, &e), e);
    assert_done(zip_add(z, "paper.xml", bytes_span(&xml), &e), e);
    add_start(z, full, "成绩.xlsx", sheet_start, TASK_START);
    add_start(z, full, "素材/说明.txt", text_start, TASK_MATERIAL);
    add_task(z, full);
    add_task(z, empty);
    assert_done(zip_finish(z, &e), e);
    int fd = memfd_create("paper", MFD_CLOEXEC);
    assert_int_equal(write(fd, zip.p, zip.n), zip.n);
    task_free(full);
    task_free(empty);
    paper_free(p);
    bytes_release(&xml);
    bytes_release(&zip);
    return fd;
}

/* ---- verbs ---- */

static void sits_down(struct fixture *f, const char *vfs)
{
    struct clock_reading now = exam_clock(f->now);
    f->terms.paper_fd = practical_paper();
    assert_done(sitting_open(&f->sitting, &f->terms, vfs, &now, &e), e);
    if (sitting_session(f->sitting)->state == SITTING_NEW)
        assert_done(sitting_start(f->sitting, &now, &e), e);
    assert_done(
        workspace_open(&f->w, f->sitting, &(struct workspace_options){.root = f->root, .poll = f->poll}, &e),
        e);
    assert_non_null(f->w);
}

static void shows(struct fixture *f, size_t item)
{
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_visit(f->sitting, item, &now, &e), e);
    assert_done(workspace_enter(f->w, item, &e), e);
}

static void is_killed(struct fixture *f)
{
    workspace_close(f->w);
    sitting_close(f->sitting);
    f->w = NULL;
    f->sitting = NULL;
}

/* As long as there is something to do, and for that time. */
static void works(struct fixture *f, int64_t ms)
{
    for (int64_t until = f->now + ms; f->now < until; f->now += 200) {
        struct clock_reading now = exam_clock(f->now);
        for (int i = 0; i < 5000 && workspace_step(f->w, &now); i++)
            continue;
    }
}

static const char *at(struct fixture *f, const char *name, char path[400])
{
    struct workspace_item item;
    assert_true(workspace_item(f->w, ITEM, &item));
    snprintf(path, 400, "%s/%s", item.folder, name);
    return path;
}

static void writes(struct fixture *f, const char *name, const char *content)
{
    char path[400];
    FILE *out = fopen(at(f, name, path), "w");
    assert_non_null(out);
    fputs(content, out);
    fclose(out);
}

static const char *content_of(struct fixture *f, const char *name)
{
    static char text[1000];
    char path[400];
    FILE *in = fopen(at(f, name, path), "r");
    if (!in)
        return NULL;
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return text;
}

static const struct journal_file *collected(struct fixture *f, const char *name)
{
    const struct journal_snapshot *s = journal_files_of(sitting_files(f->sitting), "k003");
    for (size_t i = 0; s && i < s->n; i++)
        if (strcmp(s->file[i].path, name) == 0)
            return &s->file[i];
    return NULL;
}

static void assert_collected(struct fixture *f, const char *name, const char *content)
{
    struct bytes got = {0};
    const struct journal_file *file = collected(f, name);
    if (!file)
        fail_msg("%s was not collected", name);
    assert_done(sitting_file(f->sitting, file, &got, &e), e);
    assert_string_equal((const char *)got.p, content);
    bytes_release(&got);
}

static enum workspace_state state_of(struct fixture *f, const char *name, enum workspace_reason *ret_why)
{
    struct workspace_item item;
    assert_true(workspace_item(f->w, ITEM, &item));
    for (size_t i = 0; i < item.n; i++)
        if (strcmp(item.file[i].name, name) == 0) {
            if (ret_why)
                *ret_why = item.file[i].why;
            return item.file[i].state;
        }
    fail_msg("%s is not shown", name);
    return WORKSPACE_LEFT_OUT;
}

static size_t snapshots(struct fixture *f)
{
    int64_t epoch = 0, seq = 0;
    return journal_files_place(sitting_files(f->sitting), "k003", &epoch, &seq) ? (size_t)seq : 0;
}

/* ---- begin and end ---- */

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    desk_open(&f->desk);
    exam_terms(&f->desk, &f->terms);
    close(f->terms.paper_fd);
    snprintf(f->root, sizeof f->root, "%s/work", f->desk.dir);
    *state = f;
    sits_down(f, NULL);
    shows(f, ITEM);
    works(f, 400);
    return 0;
}

static int begin_polling(void **state)
{
    struct fixture *f;
    begin(state);
    f = *state;
    is_killed(f);
    f->poll = true;
    sits_down(f, NULL);
    works(f, 400);
    return 0;
}

static int drop(const char *path, const struct stat *st, int what, struct FTW *ftw)
{
    (void)st;
    (void)what;
    (void)ftw;
    return remove(path);
}

static int end(void **state)
{
    struct fixture *f = *state;
    is_killed(f);
    *failing_vfs() = (struct failing_vfs){.countdown = -1};
    nftw(f->root, drop, 20, FTW_DEPTH | FTW_PHYS);
    desk_close(&f->desk);
    free(f);
    return 0;
}

/* ---- rules ---- */

static void the_folder_holds_what_the_task_gives_and_nobody_else_may_read_it(void **state)
{
    struct fixture *f = *state;
    struct workspace_item item;
    struct stat st;
    assert_string_equal(content_of(f, "成绩.xlsx"), sheet_start);
    assert_string_equal(content_of(f, "素材/说明.txt"), text_start);
    assert_true(workspace_item(f->w, ITEM, &item));
    assert_int_equal(stat(item.folder, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_false(workspace_item(f->w, 0, &item));
    assert_true(workspace_item(f->w, EMPTY, &item));
    assert_string_equal(item.folder, ""); /* not shown yet */
}

static void what_was_never_worked_on_is_not_stored(void **state)
{
    struct fixture *f = *state;
    works(f, 30000);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_GIVEN);
    workspace_finish(f->w, 0, 4);
    works(f, 400);
    assert_int_equal(workspace_finished(f->w), WORKSPACE_FINISHED);
    assert_int_equal(snapshots(f), 0);
    assert_int_equal(journal_files_bytes(sitting_files(f->sitting)), 0);
    assert_int_equal(sitting_session(f->sitting)->item[ITEM].state, ATTEMPT_SEEN);
}

static void a_saved_file_is_collected_after_a_moment_of_quiet(void **state)
{
    struct fixture *f = *state;
    writes(f, "成绩.xlsx", "worked on");
    works(f, 600);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_CHANGED);
    assert_null(collected(f, "成绩.xlsx"));
    works(f, 3000);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_COLLECTED);
    assert_collected(f, "成绩.xlsx", "worked on");
    assert_collected(f, "素材/说明.txt", text_start);
    assert_int_equal(sitting_session(f->sitting)->item[ITEM].state, ATTEMPT_ANSWERED);
    size_t before = snapshots(f);
    works(f, 60000);
    assert_int_equal(snapshots(f), before); /* once */
    writes(f, "成绩.xlsx", sheet_start);    /* and back again */
    works(f, 3000);
    assert_int_equal(sitting_session(f->sitting)->item[ITEM].state, ATTEMPT_CLEARED);
}

/* As office programs save. */
static void a_file_renamed_over_the_old_one_is_collected_and_its_lock_never(void **state)
{
    struct fixture *f = *state;
    char from[400], to[400];
    writes(f, ".~lock.成绩.xlsx#", "who has it open");
    writes(f, "~$成绩.xlsx", "who has it open");
    writes(f, "lu123.tmp", "half");
    works(f, 3000);
    assert_int_equal(snapshots(f), 0);
    writes(f, "lu123.tmp", "whole");
    assert_int_equal(rename(at(f, "lu123.tmp", from), at(f, "成绩.xlsx", to)), 0);
    works(f, 3000);
    assert_collected(f, "成绩.xlsx", "whole");
    assert_int_equal(journal_files_of(sitting_files(f->sitting), "k003")->n, 3); /* and a folder */
}

static void new_folders_are_watched_and_a_database_brings_its_journal(void **state)
{
    struct fixture *f = *state;
    char path[400];
    assert_int_equal(mkdir(at(f, "新建", path), 0700), 0);
    works(f, 3000);
    writes(f, "新建/学校.db", "database");
    writes(f, "新建/学校.db-wal", "not yet in it");
    works(f, 3000);
    assert_collected(f, "新建/学校.db", "database");
    assert_collected(f, "新建/学校.db-wal", "not yet in it");
    assert_int_equal(remove(at(f, "新建/学校.db-wal", path)), 0);
    works(f, 3000);
    assert_null(collected(f, "新建/学校.db-wal"));
}

static int move_epoch(struct fixture *f)
{
    struct journal_epoch start = f->desk.start;
    struct journal_clock clock = {.used_ms = f->now};
    struct bytes act = {0};
    struct journal *j = NULL;
    assert_done(journal_open(&j, f->desk.path, &f->desk.keys, NULL, &e), e);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    start.epoch = 2;
    journal_head(j, &start.fork_epoch, &start.fork_seq, start.fork_hash);
    f->desk.start.epoch = 2;
    desk_act(&f->desk, JOURNAL_RESEAT, 1, 0, &act);
    int r = journal_begin_epoch(j, &start, &f->desk.recovery, &clock, bytes_span(&act), &e);
    journal_close(j);
    bytes_release(&act);
    f->terms.n_earlier = 1;
    f->terms.earlier[0] = f->desk.keys;
    return r;
}

static void empty_folders_and_read_only_files_are_collected_and_come_back(void **state)
{
    struct fixture *f = *state;
    char path[400];
    struct stat st;
    assert_int_equal(mkdir(at(f, "照片", path), 0700), 0);
    works(f, 3000);
    assert_true(sitting_session(f->sitting)->item[ITEM].worked);
    assert_int_equal(collected(f, "照片")->attributes, JOURNAL_FOLDER);
    assert_int_equal(collected(f, "素材")->attributes, JOURNAL_FOLDER);
    assert_int_equal(rmdir(path), 0);
    works(f, 3000);
    assert_false(sitting_session(f->sitting)->item[ITEM].worked);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(chmod(at(f, "成绩.xlsx", path), 0400), 0);
    works(f, 3000);
    assert_int_equal(collected(f, "成绩.xlsx")->attributes, JOURNAL_READ_ONLY);
    is_killed(f);
    assert_done(move_epoch(f), e);
    sits_down(f, NULL);
    assert_int_equal(stat(at(f, "照片", path), &st), 0);
    assert_true(S_ISDIR(st.st_mode));
    assert_int_equal(stat(at(f, "成绩.xlsx", path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0400);
    size_t before = snapshots(f);
    works(f, 3000);
    assert_int_equal(snapshots(f), before);
}

static void a_content_that_is_there_is_not_stored_again(void **state)
{
    struct fixture *f = *state;
    char from[400], to[400];
    writes(f, "one.txt", "the same");
    writes(f, "two.txt", "the same");
    works(f, 3000);
    int64_t bytes = journal_files_bytes(sitting_files(f->sitting));
    assert_int_equal(bytes, strlen(sheet_start) + strlen(text_start) + strlen("the same"));
    assert_int_equal(rename(at(f, "two.txt", from), at(f, "three.txt", to)), 0);
    works(f, 3000);
    assert_collected(f, "three.txt", "the same");
    assert_int_equal(journal_files_bytes(sitting_files(f->sitting)), bytes);
}

static void links_pipes_and_what_is_too_large_are_shown_and_left_out(void **state)
{
    struct fixture *f = *state;
    char path[400];
    enum workspace_reason why;
    assert_int_equal(symlink("/etc/passwd", at(f, "link.txt", path)), 0);
    assert_int_equal(symlink("/etc", at(f, "folder-link", path)), 0);
    assert_int_equal(mkfifo(at(f, "pipe", path), 0600), 0);
    writes(f, "large.bin", "");
    assert_int_equal(truncate(at(f, "large.bin", path), (off_t)4 << 30), 0);
    writes(f, "secret.txt", "x");
    assert_int_equal(chmod(at(f, "secret.txt", path), 0), 0);
    writes(f, "fine.txt", "fine");
    works(f, 4000);
    assert_int_equal(state_of(f, "link.txt", &why), WORKSPACE_LEFT_OUT);
    assert_int_equal(why, WORKSPACE_LINK);
    assert_int_equal(state_of(f, "folder-link", &why), WORKSPACE_LEFT_OUT);
    assert_int_equal(why, WORKSPACE_LINK);
    assert_int_equal(state_of(f, "pipe", &why), WORKSPACE_LEFT_OUT);
    assert_int_equal(why, WORKSPACE_NO_FILE);
    assert_int_equal(state_of(f, "large.bin", &why), WORKSPACE_LEFT_OUT);
    assert_int_equal(why, WORKSPACE_TOO_LARGE);
    if (geteuid() != 0) {
        assert_int_equal(state_of(f, "secret.txt", &why), WORKSPACE_LEFT_OUT);
        assert_int_equal(why, WORKSPACE_UNREADABLE);
    }
    assert_collected(f, "fine.txt", "fine");
    assert_null(collected(f, "link.txt"));
}

static void a_name_with_control_characters_is_collected_under_a_mended_one(void **state)
{
    struct fixture *f = *state;
    writes(f, "a\nb.txt", "one");
    writes(f, "a\tb.txt", "two");
    writes(f, "bad\xFF.txt", "three");
    writes(f, "back\\slash.txt", "four");
    works(f, 3000);
    assert_collected(f, "a_b.txt", "two"); /* bytewise first */
    assert_collected(f, "a_b.txt~2", "one");
    assert_collected(f, "bad_.txt", "three");
    assert_collected(f, "back_slash.txt", "four");
}

static void of_very_many_files_the_first_ones_are_collected(void **state)
{
    struct fixture *f = *state;
    char name[40];
    struct workspace_item item;
    for (int i = 0; i < 600; i++) {
        snprintf(name, sizeof name, "f%04d", i);
        writes(f, name, name);
    }
    works(f, 5000);
    const struct journal_snapshot *s = journal_files_of(sitting_files(f->sitting), "k003");
    assert_non_null(s);
    assert_int_equal(s->n, JOURNAL_MAX_FILES);
    assert_true(workspace_item(f->w, ITEM, &item));
    size_t left_out = 0;
    for (size_t i = 0; i < item.n; i++)
        left_out += item.file[i].why == WORKSPACE_TOO_MANY;
    assert_int_equal(left_out, 103); /* what was given comes before them */
    assert_non_null(collected(f, "成绩.xlsx"));
}

static void fills(struct fixture *f, const char *name, size_t n)
{
    char path[400];
    FILE *out = fopen(at(f, name, path), "w");
    assert_non_null(out);
    for (size_t i = 0; i < n; i++)
        fputc((int)(i * 13 + i / 251 + (size_t)name[0]) & 0xFF, out);
    fclose(out);
}

static void one_step_stores_one_piece_and_a_kill_between_costs_nothing(void **state)
{
    struct fixture *f = *state;
    enum { N = 5 * JOURNAL_PIECE + 99 };
    struct bytes got = {0};
    fills(f, "big.bin", N);
    works(f, 800);
    f->now += 3000;
    struct clock_reading now = exam_clock(f->now);
    int64_t bytes = 0;
    for (int i = 0; i < 100 && bytes < 3 * JOURNAL_PIECE; i++) {
        assert_true(workspace_step(f->w, &now));
        int64_t more = journal_files_bytes(sitting_files(f->sitting)) - bytes;
        assert_true(more <= JOURNAL_PIECE);
        bytes += more;
    }
    is_killed(f);
    sits_down(f, NULL);
    assert_int_equal(journal_files_bytes(sitting_files(f->sitting)), bytes);
    works(f, 5000);
    const struct journal_file *file = collected(f, "big.bin");
    assert_non_null(file);
    assert_done(sitting_file(f->sitting, file, &got, &e), e);
    assert_int_equal(got.n, N);
    assert_int_equal(journal_files_bytes(sitting_files(f->sitting)),
                     N + strlen(sheet_start) + strlen(text_start));
    bytes_release(&got);
}

static void the_last_look_waits_for_nothing_and_says_that_it_is_the_last(void **state)
{
    struct fixture *f = *state;
    writes(f, "成绩.xlsx", "saved at the last moment");
    workspace_finish(f->w, 0, 4);
    assert_int_equal(workspace_finished(f->w), WORKSPACE_FINISHING);
    works(f, 200);
    assert_int_equal(workspace_finished(f->w), WORKSPACE_FINISHED);
    assert_collected(f, "成绩.xlsx", "saved at the last moment");
    assert_true(journal_files_of(sitting_files(f->sitting), "k003")->final);
}

static void after_a_kill_the_disk_has_the_last_word(void **state)
{
    struct fixture *f = *state;
    writes(f, "成绩.xlsx", "collected");
    works(f, 3000);
    char path[400];
    at(f, "成绩.xlsx", path);
    is_killed(f);
    FILE *out = fopen(path, "w");
    fputs("saved while the program was down", out);
    fclose(out);
    sits_down(f, NULL);
    works(f, 3000);
    assert_collected(f, "成绩.xlsx", "saved while the program was down");
}

/* Office programs do not always sync what they write. */
static void after_a_power_cut_a_file_that_is_empty_or_gone_is_put_back(void **state)
{
    struct fixture *f = *state;
    char path[400], marker[200];
    writes(f, "成绩.xlsx", "collected");
    writes(f, "新.txt", "new");
    writes(f, "空.txt", "");
    works(f, 3000);
    writes(f, "成绩.xlsx", "");
    assert_int_equal(unlink(at(f, "新.txt", path)), 0);
    is_killed(f);
    snprintf(marker, sizeof marker, "%s/T001/.sitting", f->root);
    assert_done(file_put(marker, 0600, span_str("S1 1\nanother boot"), &e), e);
    sits_down(f, NULL);
    assert_string_equal(content_of(f, "成绩.xlsx"), "collected");
    assert_string_equal(content_of(f, "新.txt"), "new");
    assert_string_equal(content_of(f, "空.txt"), "");
    works(f, 3000);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_COLLECTED);
}

static void a_folder_that_is_gone_comes_back_from_the_journal(void **state)
{
    struct fixture *f = *state;
    struct workspace_item item;
    char command[500];
    writes(f, "成绩.xlsx", "collected");
    works(f, 3000);
    assert_true(workspace_item(f->w, ITEM, &item));
    snprintf(command, sizeof command, "%s", item.folder);
    nftw(command, drop, 20, FTW_DEPTH | FTW_PHYS);
    int64_t bytes = journal_files_bytes(sitting_files(f->sitting));
    works(f, 60000);
    assert_string_equal(content_of(f, "成绩.xlsx"), "collected");
    assert_string_equal(content_of(f, "素材/说明.txt"), text_start);
    assert_collected(f, "成绩.xlsx", "collected");
    assert_int_equal(journal_files_bytes(sitting_files(f->sitting)), bytes);
}

static void another_machine_gets_the_files_as_they_were_collected(void **state)
{
    struct fixture *f = *state;
    writes(f, "成绩.xlsx", "collected");
    writes(f, "新.txt", "new");
    works(f, 3000);
    int64_t bytes = journal_files_bytes(sitting_files(f->sitting));
    writes(f, "成绩.xlsx", "lost with the machine");
    is_killed(f);
    assert_done(move_epoch(f), e);
    sits_down(f, NULL);
    assert_string_equal(content_of(f, "成绩.xlsx"), "collected");
    assert_string_equal(content_of(f, "新.txt"), "new");
    works(f, 3000);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_COLLECTED);
    assert_int_equal(journal_files_bytes(sitting_files(f->sitting)), bytes); /* nothing is stored twice */
    writes(f, "成绩.xlsx", "went on");
    works(f, 3000);
    assert_collected(f, "成绩.xlsx", "went on");
    assert_collected(f, "新.txt", "new");
    char old[200];
    snprintf(old, sizeof old, "%s/.old/T001.1/03-k003/成绩.xlsx", f->root);
    assert_true(file_exists(old));
}

static void starting_again_keeps_the_old_one_in_the_journal(void **state)
{
    struct fixture *f = *state;
    struct bytes got = {0};
    writes(f, "成绩.xlsx", "a mess");
    workspace_start_again(f->w, ITEM);
    works(f, 1000);
    struct journal_file old = {.path = "成绩.xlsx", .size = (int64_t)strlen("a mess")};
    journal_content_id(f->desk.keys.blob, span_str("a mess"), old.id);
    assert_string_equal(content_of(f, "成绩.xlsx"), sheet_start);
    assert_string_equal(content_of(f, "素材/说明.txt"), text_start);
    works(f, 3000);
    assert_collected(f, "成绩.xlsx", sheet_start);
    assert_done(sitting_file(f->sitting, &old, &got, &e), e);
    assert_string_equal((const char *)got.p, "a mess");
    assert_int_equal(sitting_session(f->sitting)->item[ITEM].state, ATTEMPT_CLEARED);
    bytes_release(&got);
}

static void an_item_without_start_files_begins_empty(void **state)
{
    struct fixture *f = *state;
    struct workspace_item item;
    char path[400];
    shows(f, EMPTY);
    assert_true(workspace_item(f->w, EMPTY, &item));
    snprintf(path, sizeof path, "%s/made.txt", item.folder);
    assert_done(file_put(path, 0600, span_str("made"), &e), e);
    works(f, 3000);
    assert_int_equal(journal_files_of(sitting_files(f->sitting), "k004")->n, 1);
    assert_true(sitting_session(f->sitting)->item[EMPTY].worked);
    assert_false(sitting_session(f->sitting)->item[ITEM].worked);
}

static void a_disk_that_fails_is_told_and_the_file_is_stored_when_it_is_back(void **state)
{
    struct fixture *f = *state;
    is_killed(f);
    failing_vfs();
    sits_down(f, FAILING_VFS);
    works(f, 400);
    failing_vfs()->countdown = 0;
    failing_vfs()->for_good = true;
    writes(f, "成绩.xlsx", "worked on");
    works(f, 3000);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_IN_MEMORY);
    assert_true(sitting_unsaved(f->sitting) > 0);
    *failing_vfs() = (struct failing_vfs){.countdown = -1};
    struct clock_reading now = exam_clock(f->now);
    assert_done(sitting_retry(f->sitting, &now, &e), e);
    assert_int_equal(state_of(f, "成绩.xlsx", NULL), WORKSPACE_COLLECTED);
}

/* Half of the memory beside a failed disk is for answers. */
static void files_leave_room_for_answers_when_the_disk_fails(void **state)
{
    struct fixture *f = *state;
    struct clock_reading now;
    struct arena *a = arena_new();
    struct response_set set = exam_choice(a, "A");
    is_killed(f);
    sits_down(f, FAILING_VFS);
    works(f, 400);
    failing_vfs()->countdown = 0;
    failing_vfs()->for_good = true;
    fills(f, "one.bin", 20 << 20);
    fills(f, "two.bin", 20 << 20);
    works(f, 4000);
    assert_int_equal(state_of(f, "two.bin", NULL), WORKSPACE_NOT_SAVED);
    workspace_finish(f->w, 0, 4);
    works(f, 400);
    assert_int_equal(workspace_finished(f->w), WORKSPACE_FAILED);
    now = exam_clock(f->now);
    int64_t before = 0, after = 0, epoch;
    sitting_head(f->sitting, &epoch, &before);
    assert_int_equal(sitting_answer(f->sitting, 0, &set, &now, &e), -ERR_ENV);
    sitting_head(f->sitting, &epoch, &after);
    assert_int_equal(after, before + 1); /* the answer has its place all the same */
    *failing_vfs() = (struct failing_vfs){.countdown = -1};
    assert_done(sitting_retry(f->sitting, &now, &e), e);
    works(f, 5000);
    assert_int_equal(state_of(f, "two.bin", NULL), WORKSPACE_COLLECTED);
    arena_free(a);
}

/* A program that never rests, beside a work that is saved. */
static void grows(struct fixture *f, const char *name)
{
    char path[400];
    FILE *out = fopen(at(f, name, path), "a");
    assert_non_null(out);
    fputs("one more line\n", out);
    fclose(out);
}

static void works_while_it_grows(struct fixture *f, int64_t ms)
{
    for (int64_t until = f->now + ms; f->now < until; f->now += 200) {
        struct clock_reading now = exam_clock(f->now);
        for (int i = 0; i < 50; i++) {
            grows(f, "a.log");
            if (!workspace_step(f->w, &now))
                break;
        }
    }
}

static void a_file_that_never_rests_keeps_neither_the_others_nor_the_end_waiting(void **state)
{
    struct fixture *f = *state;
    writes(f, "成绩.xlsx", "worked on");
    works_while_it_grows(f, 15000);
    assert_collected(f, "成绩.xlsx", "worked on");
    assert_non_null(collected(f, "a.log"));
    int64_t before = collected(f, "a.log")->size;
    assert_true(before > 0);
    writes(f, "成绩.xlsx", "at last");
    workspace_finish(f->w, 0, 4);
    works_while_it_grows(f, 1000);
    assert_int_equal(workspace_finished(f->w), WORKSPACE_FINISHED);
    assert_collected(f, "成绩.xlsx", "at last");
    assert_true(collected(f, "a.log")->size > before);
}

static void what_was_collected_of_a_file_counts_when_it_can_be_collected_no_more(void **state)
{
    struct fixture *f = *state;
    char path[400];
    enum workspace_reason why;
    struct workspace_item item;
    writes(f, "成绩.xlsx", "small enough");
    works(f, 3000);
    assert_int_equal(truncate(at(f, "成绩.xlsx", path), (off_t)1 << 40), 0);
    writes(f, "another.txt", "new");
    works(f, 3000);
    assert_collected(f, "another.txt", "new");
    assert_collected(f, "成绩.xlsx", "small enough");
    assert_int_equal(state_of(f, "成绩.xlsx", &why), WORKSPACE_LEFT_OUT);
    assert_int_equal(why, WORKSPACE_TOO_LARGE);
    assert_true(workspace_item(f->w, ITEM, &item));
    for (size_t i = 0; i < item.n; i++)
        assert_int_equal(item.file[i].older_ms != 0, item.file[i].why == WORKSPACE_TOO_LARGE);
    size_t before = snapshots(f);
    works(f, 60000);
    assert_int_equal(snapshots(f), before);
    assert_int_equal(remove(path), 0);
    works(f, 3000);
    assert_null(collected(f, "成绩.xlsx"));
}

static void among_very_many_files_what_was_collected_or_given_comes_first(void **state)
{
    struct fixture *f = *state;
    char name[40];
    struct workspace_item item;
    writes(f, "work.txt", "mine");
    works(f, 3000);
    for (int i = 0; i < 5100; i++) {
        snprintf(name, sizeof name, i % 100 ? "f%04d" : "~$%04d", i);
        writes(f, name, "");
    }
    writes(f, "成绩.xlsx", "worked on");
    works(f, 20000);
    assert_true(workspace_item(f->w, ITEM, &item));
    assert_true(item.more);
    assert_collected(f, "成绩.xlsx", "worked on");
    assert_collected(f, "work.txt", "mine");
    assert_int_equal(journal_files_of(sitting_files(f->sitting), "k003")->n, JOURNAL_MAX_FILES);
    is_killed(f);
    sits_down(f, NULL);
    writes(f, "work.txt", "mine, later");
    works(f, 20000);
    assert_collected(f, "成绩.xlsx", "worked on");
    assert_collected(f, "work.txt", "mine, later");
}

static void a_file_that_becomes_a_pipe_or_a_link_while_it_is_read_is_never_followed(void **state)
{
    struct fixture *f = *state;
    char path[400], secret[400];
    snprintf(secret, sizeof secret, "%s/secret", f->root);
    FILE *out = fopen(secret, "w");
    fputs("not yours", out);
    fclose(out);
    fills(f, "big.bin", 5 << 20);
    writes(f, "fine.txt", "fine");
    at(f, "big.bin", path);
    works(f, 800);
    f->now += 3000;
    for (int i = 0; i < 200; i++) {
        struct clock_reading now = exam_clock(f->now += 100);
        workspace_step(f->w, &now);
        remove(path);
        assert_int_equal(i % 3 == 0   ? mkfifo(path, 0600)
                         : i % 3 == 1 ? symlink(secret, path)
                                      : mkdir(path, 0700),
                         0);
    }
    works(f, 4000);
    assert_collected(f, "fine.txt", "fine");
    const struct journal_file *file = collected(f, "big.bin");
    assert_true(!file || file->size == 0);
}

static void many_names_that_become_one_are_all_collected(void **state)
{
    struct fixture *f = *state;
    char name[40];
    for (int i = 1; i < 32; i++) {
        snprintf(name, sizeof name, "a%cb", i);
        writes(f, name, name);
    }
    works(f, 4000);
    assert_collected(f, "a_b", "a\001b");
    assert_collected(f, "a_b~31", "a\037b");
}

static void after_the_end_nothing_is_collected(void **state)
{
    struct fixture *f = *state;
    f->now += 1000000;
    writes(f, "成绩.xlsx", "in time");
    works(f, 3000);
    f->now += 1000000;
    struct clock_reading now;
    for (int i = 0; i < 100; i++) {
        enum session_notice notice;
        f->now += 10000;
        now = exam_clock(f->now);
        assert_done(sitting_clock(f->sitting, &now, &notice, &e), e);
    }
    assert_done(sitting_hand_in(f->sitting, &now, &e), e);
    writes(f, "成绩.xlsx", "too late");
    works(f, 3000);
    assert_collected(f, "成绩.xlsx", "in time");
}

int main(void)
{
#define RULE(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        RULE(the_folder_holds_what_the_task_gives_and_nobody_else_may_read_it),
        RULE(what_was_never_worked_on_is_not_stored),
        RULE(a_saved_file_is_collected_after_a_moment_of_quiet),
        cmocka_unit_test_setup_teardown(a_saved_file_is_collected_after_a_moment_of_quiet, begin_polling,
                                        end),
        RULE(a_file_renamed_over_the_old_one_is_collected_and_its_lock_never),
        RULE(new_folders_are_watched_and_a_database_brings_its_journal),
        RULE(empty_folders_and_read_only_files_are_collected_and_come_back),
        RULE(a_content_that_is_there_is_not_stored_again),
        RULE(links_pipes_and_what_is_too_large_are_shown_and_left_out),
        RULE(a_name_with_control_characters_is_collected_under_a_mended_one),
        RULE(of_very_many_files_the_first_ones_are_collected),
        RULE(one_step_stores_one_piece_and_a_kill_between_costs_nothing),
        RULE(the_last_look_waits_for_nothing_and_says_that_it_is_the_last),
        RULE(after_a_kill_the_disk_has_the_last_word),
        RULE(after_a_power_cut_a_file_that_is_empty_or_gone_is_put_back),
        RULE(a_folder_that_is_gone_comes_back_from_the_journal),
        RULE(another_machine_gets_the_files_as_they_were_collected),
        RULE(starting_again_keeps_the_old_one_in_the_journal),
        RULE(an_item_without_start_files_begins_empty),
        RULE(a_disk_that_fails_is_told_and_the_file_is_stored_when_it_is_back),
        RULE(files_leave_room_for_answers_when_the_disk_fails),
        RULE(a_file_that_never_rests_keeps_neither_the_others_nor_the_end_waiting),
        RULE(what_was_collected_of_a_file_counts_when_it_can_be_collected_no_more),
        RULE(among_very_many_files_what_was_collected_or_given_comes_first),
        RULE(a_file_that_becomes_a_pipe_or_a_link_while_it_is_read_is_never_followed),
        RULE(many_names_that_become_one_are_all_collected),
        RULE(after_the_end_nothing_is_collected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
