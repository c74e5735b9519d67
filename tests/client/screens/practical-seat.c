/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate's screens over a real sitting with practical items, without a room: for the story
 * workspace.py, and to look at by hand. practical-seat FOLDER SECONDS [COMMAND [TERMINAL]]: the workspace,
 * the time of the exam, what opens files. Afterwards FOLDER.collected says what a scorer gets. */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/loop.h"
#include "client/screens/seat-internal.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-files.h"
#include "exam-packages/zip.h"
#include "paperbank/item/task.h"
#include "tests/desk.h"

static const char *const names[] = {"countif", "practical", "recycle"};
enum { ITEMS = sizeof names / sizeof *names };
static struct err e;

static struct paper *the_paper(int64_t seconds)
{
    struct paper *p = paper_new();
    struct paper_section *section = arena_array(p->arena, 1, sizeof *section);
    p->id = "p";
    p->title = "教师计算机等级考试";
    p->duration_s = seconds;
    p->points = p->pass = p->high = points_milli(1000 * ITEMS);
    p->n_forms = 1;
    p->form = arena_array(p->arena, 1, sizeof *p->form);
    *p->form = (struct paper_form){.id = "A", .n_sections = 1, .section = section};
    *section = (struct paper_section){.id = "s", .title = "上机操作", .n_items = ITEMS};
    section->item = arena_array(p->arena, ITEMS, sizeof *section->item);
    for (size_t i = 0; i < ITEMS; i++)
        section->item[i] = (struct paper_item){.id = names[i], .version = 1, .points = points_milli(1000)};
    return p;
}

static void add_task(struct zip_writer *z)
{
    static const char sheet[] = "姓名,语文,数学\n李明,90,85\n", text[] = "学校说明\n";
    struct task *t = task_new("practical");
    struct bytes out = {0};
    char name[TASK_NAME];
    uint8_t hash[32];
    blake2b_256(hash, span_str(sheet));
    task_add(t, "成绩.csv", sizeof sheet - 1, hash, TASK_START);
    blake2b_256(hash, span_str(text));
    task_add(t, "素材/说明.txt", sizeof text - 1, hash, TASK_MATERIAL);
    assert_done(zip_add(z, task_file_part_name(name, task_find(t, "成绩.csv")), span_str(sheet), &e), e);
    assert_done(zip_add(z, task_file_part_name(name, task_find(t, "素材/说明.txt")), span_str(text), &e), e);
    assert_done(task_write(t, &out, &e), e);
    assert_done(zip_add(z, task_part_name(name, "practical"), bytes_span(&out), &e), e);
    bytes_release(&out);
    task_free(t);
}

static int paper_fd(int64_t seconds)
{
    struct bytes zip = {0}, xml = {0};
    struct paper *p = the_paper(seconds);
    struct zip_writer *z = zip_writer_new(&zip);
    int fd = memfd_create("paper", MFD_CLOEXEC);
    assert_done(paper_write(p, &xml, &e), e);
    assert_done(zip_add(z, "paper.xml", bytes_span(&xml), &e), e);
    for (size_t i = 0; i < ITEMS; i++) {
        char *path = mem_printf("%s/tests/client/screens/items/%s.xml", getenv("SOURCE_ROOT"), names[i]);
        char *name = mem_printf("items/%s.xml", names[i]);
        struct bytes text = {0};
        assert_done(file_read(path, 1 << 20, &text, &e), e);
        assert_done(zip_add(z, name, bytes_span(&text), &e), e);
        bytes_release(&text);
        free(name);
        free(path);
    }
    add_task(z);
    assert_done(zip_finish(z, &e), e);
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
        assert_done(sitting_item_part(s->sitting, i, &document, &e), e);
        assert_done(item_read(&s->item[i], names[i], document, &e), e);
        work_set(w, i, s->item[i], "上机操作", points_milli(1000), span_str("seed"));
    }
    return w;
}

static void sits_down(struct seat *s, struct desk *d, int64_t seconds)
{
    static const struct person person = {.name = "李明", .ticket = "T0017", .seat = "3-12"};
    struct link_terms terms = {.session = "S1",
                               .ticket = "T001",
                               .form = "A",
                               .journal = d->path,
                               .keys = d->keys,
                               .paper_fd = paper_fd(seconds)};
    struct clock_reading now;
    clock_read(&now);
    assert_done(sitting_open(&s->sitting, &terms, NULL, &now, &e), e);
    const struct session *x = sitting_session(s->sitting);
    s->work = load_work(s);
    assert_done(seat_open_files(s, s->work, &e), e);
    seat_send(s, &(struct event){.kind = EVENT_SIGNED_IN, .person = &person, .title = "教师计算机等级考试"});
    seat_send(s, &(struct event){.kind = EVENT_OPENED,
                                 .work = s->work,
                                 .session = x,
                                 .allowance_ms = session_allowance_ms(x),
                                 .remaining_ms = session_left_ms(x),
                                 .points = "3",
                                 .text = ""});
    s->greeted = true;
    seat_start(s, &now);
}

/* What a scorer would get, after the end. */
static void tell(const struct desk *d, const char *path)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    struct journal *j = NULL;
    struct journal_files *files = NULL;
    assert_done(journal_open_file(&j, d->path, &e), e);
    assert_done(journal_unseal(j, &d->recovery, 1, &e), e);
    assert_done(journal_files_load(&files, j, &e), e);
    const struct journal_snapshot *s = journal_files_of(files, "practical");
    fprintf(out, "final %d worked %d\n", s && s->final, s && s->worked);
    for (size_t i = 0; s && i < s->n; i++) {
        struct bytes content = {0};
        assert_done(journal_files_get(files, j, &s->file[i], &content, &e), e);
        fprintf(out, "%s %zu %s\n", s->file[i].path, content.n,
                content.n < 100 && content.p ? (const char *)content.p : "");
        bytes_release(&content);
    }
    journal_files_free(files);
    journal_close(j);
    fclose(out);
}

int main(int argc, char **argv)
{
    struct desk d;
    if (argc < 3)
        return 2;
    i18n_init();
    desk_open(&d);
    assert_done(journal_create(d.path, &d.start, NULL, &e), e);
    struct seat *s = seat_new(&(struct seat_options){.home = d.dir,
                                                     .fd = -1,
                                                     .work = argv[1],
                                                     .open_with = argc > 3 ? argv[3] : NULL,
                                                     .shell = argc > 4 ? argv[4] : NULL});
    struct app app = seat_app(s);
    sits_down(s, &d, strtoll(argv[2], NULL, 10));
    app.fd = NULL;
    int r = loop_terminal(&app, &e);
    seat_free(s);
    char *path = mem_printf("%s.collected", argv[1]);
    tell(&d, path);
    free(path);
    desk_close(&d);
    return -r;
}
