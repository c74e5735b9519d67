/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/office/home.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

void home_reload(struct home *h)
{
    struct err e;
    assert_done(office_session_get(h->office, h->arena, "am1", &h->session, &e), e);
}

void home_open(struct home *h)
{
    struct err e;
    *h = (struct home){.arena = arena_new()};
    snprintf(h->dir, sizeof h->dir, "/tmp/kaochang-office-XXXXXX");
    if (!mkdtemp(h->dir))
        fail_msg("no temporary folder");
    assert_done(office_create(h->dir, "临海市考试中心", &e), e);
    assert_done(office_open(&h->office, h->dir, &e), e);
    char *exam = office_path(h->office, "exams", "teachers");
    assert_done(file_mkdirs(exam, false, &e), e);
    free(exam);
    struct office_session s = {.id = "am1", .title = "教师计算机考试", .exam = "teachers"};
    assert_done(office_session_window(&s, "2026-11-22T09:00:00+08:00", "2026-11-22T11:00:00+08:00", &e), e);
    assert_done(office_session_add(h->office, &s, &e), e);
    home_reload(h);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void home_close(struct home *h)
{
    office_close(h->office);
    arena_free(h->arena);
    nftw(h->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
