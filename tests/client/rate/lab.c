/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/rate/lab.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "client/rate/words.h"
#include "client/screens/frame.h"
#include "exam-packages/roster.h"
#include "exam-packages/zip.h"
#include "tests/check.h"

#define DAY_MS INT64_C(1800000000000)

/* ---- the plan ---- */

static struct rubric *new_rubric(struct arena *a, const char *id, const char *subject, const char *title)
{
    struct rubric *r = arena_alloc(a, sizeof *r);
    *r = (struct rubric){.id = id,
                         .version = 1,
                         .subject = subject,
                         .title = title,
                         .minutes = 15,
                         .total = points_milli(20000),
                         .raw = points_milli(20000)};
    r->step = arena_array(a, RUBRIC_MAX_STEPS, sizeof *r->step);
    return r;
}

static struct rubric_step *add_step(struct arena *a, struct rubric *r, const char *title, int points,
                                    enum rubric_mode mode)
{
    struct rubric_step *s = &r->step[r->n_steps++];
    *s = (struct rubric_step){.title = title,
                              .text = "",
                              .mode = mode,
                              .points = points_milli(1000 * points),
                              .cap = points_milli(1000 * points)};
    s->slip = arena_array(a, RUBRIC_MAX_SLIPS, sizeof *s->slip);
    return s;
}

static struct rubric_slip *add_slip(struct rubric_step *s, const char *text, int minus)
{
    struct rubric_slip *x = &s->slip[s->n_slips];
    *x = (struct rubric_slip){
        .code = (char)('a' + s->n_slips), .text = text, .minus = points_milli(1000 * minus), .same = ""};
    s->n_slips++;
    return x;
}

static struct rubric *physics(struct arena *a)
{
    struct rubric *r = new_rubric(a, "P1", "物理", "用电流表测量串联电路的电流");
    struct rubric_step *s = add_step(a, r, "清点器材", 2, RUBRIC_DEDUCT);
    add_slip(s, "没有清点", 1);
    add_slip(s, "缺少器材没有报告", 1);
    s = add_step(a, r, "连接电路", 6, RUBRIC_DEDUCT);
    s->fix = true;
    s->hint = points_milli(1000);
    add_slip(s, "连线时开关没有断开", 1);
    add_slip(s, "电流表没有串联在电路中", 2);
    add_slip(s, "正负接线柱接反", 1);
    add_slip(s, "量程选错", 1);
    add_slip(s, "导线松动", 1);
    s = add_step(a, r, "试触", 2, RUBRIC_ALL);
    add_slip(s, "没有试触就闭合开关", 0);
    s = add_step(a, r, "测第一处电流", 3, RUBRIC_DEDUCT);
    s->must_report = true;
    add_slip(s, "没有报告就读数", 1)->report = true;
    add_slip(s, "读数误差超过半格", 1);
    add_slip(s, "没有写单位", 1)->same = "unit";
    s = add_step(a, r, "测第二处电流", 2, RUBRIC_DEDUCT);
    add_slip(s, "换接时没有断开开关", 1);
    add_slip(s, "没有写单位", 1)->same = "unit";
    s = add_step(a, r, "测第三处电流", 2, RUBRIC_DEDUCT);
    add_slip(s, "换接时没有断开开关", 1);
    add_slip(s, "没有写单位", 1)->same = "unit";
    add_step(a, r, "得出结论", 1, RUBRIC_ALL);
    s = add_step(a, r, "整理器材", 2, RUBRIC_DEDUCT);
    add_slip(s, "没有先断开开关", 1);
    add_slip(s, "器材没有放回原处", 1);
    r->fatal = arena_array(a, 1, sizeof *r->fatal);
    r->fatal[r->n_fatals++] = (struct rubric_fatal){.text = "闭合开关时电源短路", .from = 3, .to = 7};
    return r;
}

static struct rubric *chemistry(struct arena *a)
{
    static const char *const titles[] = {"计算", "天平调零", "两盘垫纸", "取药品",   "称量",
                                         "量取", "读液面",   "先固后液", "搅拌溶解", "装瓶贴标签"};
    struct rubric *r = new_rubric(a, "C1", "化学", "配制一定质量分数的氯化钠溶液");
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct rubric_step *s = add_step(a, r, titles[i], 2, RUBRIC_ALL);
        add_slip(s, "操作不规范", 0);
        if (i >= 8)
            add_slip(s, "玻璃棒碰撞容器", 0)->same = "knock";
    }
    return r;
}

static struct rubric *biology(struct arena *a)
{
    static const char *const titles[] = {"擦拭玻片", "滴水", "取材展平", "盖盖玻片", "染色", "对光", "观察"};
    static const int points[] = {10, 10, 20, 15, 15, 10, 20};
    struct rubric *r = new_rubric(a, "B1", "生物", "制作并观察洋葱表皮细胞临时装片");
    r->raw = points_milli(100000);
    r->fold_step = points_milli(500);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct rubric_step *s = add_step(a, r, titles[i], points[i], RUBRIC_DEDUCT);
        add_slip(s, "部分做错", points[i] / 2);
        add_slip(s, "其余做错", points[i] - points[i] / 2);
    }
    return r;
}

struct lab_plan *lab_sample(void)
{
    struct arena *a = arena_new();
    struct lab_plan *p = arena_alloc(a, sizeof *p);
    *p = (struct lab_plan){.arena = a,
                           .id = "lab1",
                           .title = "理科实验技能考试",
                           .interval_s = 300,
                           .raters = 1,
                           .tolerance = points_milli(1000),
                           .round = points_milli(500),
                           .n_exemptions = 2,
                           .n_rubrics = 3};
    p->exemption = arena_array(a, 2, sizeof *p->exemption);
    p->exemption[0] =
        (struct lab_exemption){.name = "disability", .text = "残疾", .points = points_milli(15000)};
    p->exemption[1] = (struct lab_exemption){.name = "injury", .text = "伤病", .points = points_milli(9000)};
    p->rubric = arena_array(a, 3, sizeof(struct rubric *));
    p->rubric[0] = biology(a);
    p->rubric[1] = chemistry(a);
    p->rubric[2] = physics(a);
    return p;
}

/* ---- the candidates ---- */

struct link_rated *lab_rated(struct arena *a)
{
    static const char *const surnames[] = {"陈", "刘", "赵", "欧阳", "王", "李", "周", "吴"};
    static const char *const given[] = {"晨", "子洋", "敏", "若兰", "思远", "静", "一帆", "浩然"};
    static const char *const form[] = {"P1", "C1", "P1", "B1"};
    struct link_rated *c = arena_array(a, LAB_CANDIDATES, sizeof *c);
    for (int i = 0; i < LAB_CANDIDATES; i++)
        c[i] = (struct link_rated){
            .ticket = arena_printf(a, "2026%04d", 211 + 17 * i),
            .name = arena_printf(a, "%s%s", surnames[i % 8], given[(i / 4 + i) % 8]),
            .id_number = arena_printf(a, "42010620110%d%02d00%02d", 1 + i % 9, 10 + i % 18, i + 11),
            .county = "江岸",
            .school = "第十一初级中学",
            .form = form[i % 4],
            .seat = i + 1,
            .group = i / LAB_BENCHES + 1,
            .bench = i % LAB_BENCHES + 1};
    return c;
}

struct book *lab_book(const struct lab_plan *p)
{
    struct book *b = book_new(p, LAB_CANDIDATES);
    const struct link_rated *c = lab_rated(b->arena);
    b->room = "实验楼 201";
    for (size_t i = 0; i < b->n; i++) {
        struct book_entry *x = &b->entry[i];
        x->ticket = c[i].ticket;
        x->name = c[i].name;
        x->id_number = c[i].id_number;
        x->school = c[i].school;
        x->seat = c[i].seat;
        x->group = c[i].group;
        x->bench = c[i].bench;
        x->rubric = lab_plan_rubric(p, c[i].form);
        book_begin(x);
    }
    return b;
}

static int paper_fd(void)
{
    struct err e;
    struct bytes zip = {0}, xml = {0};
    struct lab_plan *p = lab_sample();
    int fd = memfd_create("paper", MFD_CLOEXEC);
    assert_done(lab_plan_write(p, &xml, &e), e);
    struct zip_writer *w = zip_writer_new(&zip);
    assert_done(zip_add(w, "lab.xml", bytes_span(&xml), &e), e);
    assert_done(zip_finish(w, &e), e);
    assert_int_equal(write(fd, zip.p, zip.n), zip.n);
    bytes_release(&zip);
    bytes_release(&xml);
    lab_plan_free(p);
    return fd;
}

void lab_terms(struct desk *d, struct arena *a, struct link_terms *ret)
{
    struct err e;
    d->start.ticket = "E07";
    d->start.form = ROSTER_RATING_FORM;
    if (!file_exists(d->path))
        assert_done(journal_create(d->path, &d->start, NULL, &e), e);
    *ret = (struct link_terms){.session = "S1",
                               .ticket = "E07",
                               .form = ROSTER_RATING_FORM,
                               .journal = d->path,
                               .keys = d->keys,
                               .order = 1,
                               .rated = lab_rated(a),
                               .n_rated = LAB_CANDIDATES,
                               .paper_fd = paper_fd()};
}

/* ---- the screen alone ---- */

static void on_update(void *self, struct model *m, const struct event *e, struct effects *out)
{
    rate_update(self, m, e, out);
}

static const struct stage stage = {.words = &examiner_words, .update = on_update};

static void send(struct lab_screen *s, const struct event *e)
{
    struct effects out = {0};
    model_update(&s->m, e, &out);
    for (int i = 0; i < out.n; i++)
        if (out.effect[i].kind == EFFECT_STAGE) {
            s->saves++;
            model_update(&s->m,
                         &(struct event){.kind = EVENT_SAVED, .item = out.effect[i].item, .text = "09:12:44"},
                         &(struct effects){0});
        }
}

void lab_screen_open(struct lab_screen *s, int width, int height)
{
    *s = (struct lab_screen){.plan = lab_sample()};
    s->book = lab_book(s->plan);
    model_init(&s->m, width, height);
    s->m.stage = &stage;
    s->m.on_stage = &s->r;
    s->m.screen = SCREEN_STAGE;
    s->m.save = SAVE_DONE;
    say(s->m.title, sizeof s->m.title, "%s", "理科实验技能考试");
    say(s->m.saved_at, sizeof s->m.saved_at, "%s", "09:12:44");
    say(s->m.person.name, sizeof s->m.person.name, "%s", "沈老师");
    say(s->m.person.ticket, sizeof s->m.person.ticket, "%s", "E07");
    say(s->m.person.seat, sizeof s->m.person.seat, "%s", "7");
    s->r.now_ms = DAY_MS;
    rate_open(&s->r, s->book);
}

void lab_screen_close(struct lab_screen *s)
{
    book_free(s->book);
    lab_plan_free(s->plan);
}

void lab_press(struct lab_screen *s, struct key k)
{
    send(s, &(struct event){.kind = EVENT_KEY, .key = k});
}

void lab_type(struct lab_screen *s, const char *keys)
{
    for (const char *p = keys, *end = keys + strlen(keys); p < end;) {
        uint32_t ch = utf8_next(&p, end);
        lab_press(s, ch == '\n' ? key_of(K_ENTER) : key_char(ch));
    }
}

void lab_pass(struct lab_screen *s, int64_t ms)
{
    send(s, &(struct event){.kind = EVENT_TIME,
                            .passed_ms = ms,
                            .wall_ms = s->r.now_ms + ms,
                            .remaining_ms = INT64_C(86400000)});
}

void lab_identified(struct lab_screen *s)
{
    for (size_t i = 0; i < s->book->n; i++)
        s->book->entry[i].rating.identified = true;
    rate_choose(&s->r, 0);
}
