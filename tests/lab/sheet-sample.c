/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/lab/sheet-sample.h"

#define P1                                                                                                                       \
    "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"P1\" version=\"2\" subject=\"physics\" title=\"串联电路\" "                \
    "minutes=\"15\" total=\"6\">"                                                                                                \
    "<step title=\"连接电路\" points=\"3\" mode=\"deduct\" hint=\"0.5\"><slip code=\"a\" minus=\"2\">开关未断开</slip>" \
    "<slip code=\"b\" minus=\"1\">量程选错</slip></step>"                                                                    \
    "<step title=\"读数\" points=\"2\" mode=\"all\"><slip code=\"a\">视线不平</slip></step>"                               \
    "<step title=\"整理\" points=\"1\" mode=\"all\"></step>"                                                                   \
    "<fatal from=\"2\" to=\"3\">电源短路</fatal></rubric>"
#define P2                                                                                                   \
    "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"P2\" version=\"1\" subject=\"physics\" title=\"浮力\" "  \
    "minutes=\"15\" total=\"6\"><step title=\"称重\" points=\"6\" mode=\"all\"></step></rubric>"

static void read_plan(struct sample *s, int raters)
{
    struct bytes text = {0};
    struct err e = {0};
    bytes_printf(&text,
                 "<lab xmlns=\"urn:kaochang:lab:1\" id=\"lab\" title=\"Lab\" interval=\"300\" raters=\"%d\" "
                 "tolerance=\"1\" round=\"0.5\" dispute=\"third\" recheck=\"2\"><exemption name=\"injury\" "
                 "points=\"3\">手伤</exemption>%s%s</lab>\n",
                 raters, P1, P2);
    assert_done(lab_plan_read(&s->plan, "lab.xml", bytes_span(&text), &e), e);
    bytes_release(&text);
}

static void make_roster(struct sample *s)
{
    static const char *const name[] = {"陈晨", "刘洋", "赵敏", "孙丽"};
    struct roster *r = s->roster = roster_new();
    struct err e = {0};
    r->session = "lab1";
    r->site = "";
    r->room = arena_array(r->arena, 1, sizeof *r->room);
    r->room[0] =
        (struct roster_room){.site = "S01", .id = "L1", .name = "物理一室", .seats = 6, .benches = 3};
    r->n_rooms = 1;
    r->candidate = arena_array(r->arena, 4, sizeof *r->candidate);
    for (int i = 0; i < 4; i++)
        r->candidate[i] = (struct roster_candidate){.ticket = arena_printf(r->arena, "202600%d", i + 1),
                                                    .name = name[i],
                                                    .id_number = "",
                                                    .county = "",
                                                    .school = "第一中学",
                                                    .site = "S01",
                                                    .room = "L1",
                                                    .seat = i + 1,
                                                    .form = i % 2 ? "P2" : "P1"};
    r->n_candidates = 4;
    r->rater = arena_array(r->arena, 1, sizeof *r->rater);
    r->rater[0] = (struct roster_rater){.id = "E07",
                                        .name = "周教师",
                                        .school = "",
                                        .site = "S01",
                                        .room = "L1",
                                        .from = 1,
                                        .to = 3,
                                        .order = 1};
    r->n_raters = 1;
    assert_done(roster_check(r, &e), e);
}

void sample_open(struct sample *s, int raters)
{
    struct err e = {0};
    *s = (struct sample){0};
    read_plan(s, raters);
    make_roster(s);
    assert_done(sheet_list_make(&s->list, s->plan, s->roster, &e), e);
}

void sample_close(struct sample *s)
{
    sheet_list_release(&s->list);
    roster_free(s->roster);
    lab_plan_free(s->plan);
}

const struct sheet_place *sample_place(const struct sample *s, const char *ticket, int64_t order)
{
    for (size_t i = 0; i < s->list.n; i++)
        if (strcmp(s->list.place[i].candidate->ticket, ticket) == 0 && s->list.place[i].order == order)
            return &s->list.place[i];
    return NULL;
}

struct sheet sample_sheet(const struct sample *s, const char *ticket, const char *marks)
{
    const struct sheet_place *p = sample_place(s, ticket, 1);
    struct sheet x;
    struct rating_points points;
    struct err e = {0};
    char word[64];
    sheet_begin(&x, p);
    for (size_t i = 0; i < p->rubric->n_steps && sscanf(marks, " %63s", word) == 1; i++) {
        assert_done(sheet_marks_read(word, &p->rubric->step[i], &x.rating.step[i], &e), e);
        marks = strstr(marks, word) + strlen(word);
    }
    sheet_points(&x, p, &points);
    x.has_sum = true;
    x.sum = points.raw;
    sheet_settle(&x, p);
    assert_done(sheet_check(&x, p, s->plan, &e), e);
    return x;
}
