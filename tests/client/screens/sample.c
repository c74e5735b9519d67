/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/sample.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "client/screens/frame.h"
#include "client/screens/script.h"
#include "client/screens/view.h"

static const char *const names[SAMPLE_ITEMS] = {"countif", "password", "recycle", "long", "fill"};
static const char *const rules[] = {
    "考试时间 60 分钟。时间到，系统自动收卷。",
    "只准携带必要的文具；手机等通信工具须关机并放在指定位置。",
    "遇到死机、断电等情况，请举手，不要自行处理；已保存的答案不会丢失，所用时间由系统计算，停机的时间不计入。",
};

static struct item *load(const char *name)
{
    struct err e = {0};
    struct item *item = NULL;
    char *path = mem_printf("%s/tests/client/screens/items/%s.xml", getenv("SOURCE_ROOT"), name);
    if (item_read_file(&item, path, &e) < 0) {
        fprintf(stderr, "%s: %s\n", e.where, e.what);
        abort();
    }
    free(path);
    return item;
}

static void sign_in(struct sample *s, int width, int height)
{
    model_init(&s->m, width, height);
    struct effects none = {0};
    static const struct person person = {.name = "李明",
                                         .ticket = "420108030217",
                                         .id_masked = "4201**********0217",
                                         .school = "江城市第三中学",
                                         .room = "第三考场  信息技术楼 302",
                                         .seat = "3-12"};
    model_update(
        &s->m,
        &(struct event){.kind = EVENT_SIGNED_IN, .person = &person, .title = "教师计算机等级考试  上机考试"},
        &none);
    model_update(&s->m,
                 &(struct event){.kind = EVENT_OPENED,
                                 .work = s->work,
                                 .rule = rules,
                                 .n_rules = 3,
                                 .points = "100 分",
                                 .allowance_ms = 3600000,
                                 .remaining_ms = 3600000},
                 &none);
    model_update(&s->m, &(struct event){.kind = EVENT_STARTED}, &none);
    model_update(&s->m, &(struct event){.kind = EVENT_TIME, .remaining_ms = 2468000, .passed_ms = 1000},
                 &none);
}

void sample_init(struct sample *s, int width, int height, size_t length)
{
    *s = (struct sample){.work = work_new(length)};
    for (int i = 0; i < SAMPLE_ITEMS; i++)
        s->item[i] = load(names[i]);
    for (size_t i = 0; i < length; i++)
        work_set(s->work, i, s->item[i % SAMPLE_ITEMS], "第一部分", points_milli(i % 2 ? 1000 : 2000),
                 span_str("seed"));
    sign_in(s, width, height);
}

struct sample sample_new(size_t length)
{
    struct sample s;
    sample_init(&s, 80, 24, length);
    return s;
}

void sample_init_one(struct sample *s, const char *name, int width, int height)
{
    *s = (struct sample){.work = work_new(1), .item = {load(name)}};
    work_set(s->work, 0, s->item[0], "第一部分", points_milli(3000), span_str("seed"));
    sign_in(s, width, height);
}

static void apply(struct sample *s, enum session_event_kind kind, size_t item)
{
    struct err e = {0};
    const char *id = kind == SESSION_VISIT ? s->session->item[item].ref->id : "";
    const struct session_event event = {.kind = kind, .used_ms = s->session->used_ms, .item = id};
    if (session_apply(s->session, &event, &e) < 0) {
        fprintf(stderr, "%s\n", e.what);
        abort();
    }
}

void sample_visit(struct sample *s, size_t item)
{
    apply(s, SESSION_VISIT, item);
}

void sample_pass(struct sample *s, int64_t ms)
{
    session_pass(s->session, s->session->used_ms + ms);
}

void sample_sections(struct sample *s)
{
    static const struct {
        const char *title;
        size_t n;
    } parts[] = {{"第一部分  基础知识", 15}, {"第二部分  电子表格", 25}, {"第三部分  听力", 20}};
    struct paper *p = s->paper = mem_alloc(sizeof *p);
    struct paper_form *f = mem_alloc(sizeof *f);
    *p = (struct paper){.id = "p", .duration_s = 3600, .form = f, .n_forms = 1, .arena = arena_new()};
    *f = (struct paper_form){.id = "A", .n_sections = 3};
    f->section = arena_array(p->arena, 3, sizeof *f->section);
    for (size_t k = 0, id = 1; k < 3; k++) {
        struct paper_section *x = &f->section[k];
        *x = (struct paper_section){
            .id = arena_printf(p->arena, "s%zu", k), .title = parts[k].title, .n_items = parts[k].n};
        x->item = arena_array(p->arena, x->n_items, sizeof *x->item);
        for (size_t i = 0; i < x->n_items; i++)
            x->item[i].id = arena_printf(p->arena, "k%03zu", id++);
    }
    f->section[0].once = f->section[1].once = true;
    f->section[1].time_s = 1800;
    f->section[2].navigation = PAPER_LINEAR;
    s->session = mem_alloc(sizeof *s->session);
    session_init(s->session, p, f, 0);
    apply(s, SESSION_START, 0);
    apply(s, SESSION_VISIT, 0);
    session_pass(s->session, 600000);
    apply(s, SESSION_VISIT, 16);
    session_pass(s->session, 1132000);
    s->m.session = s->session;
}

void sample_tools(struct sample *s)
{
    s->m.notes = arena_alloc(s->work->arena, sizeof *s->m.notes);
    editor_init(s->m.notes, s->work->arena, MODEL_NOTES_MAX);
    s->m.may_calculate = true;
}

void sample_tutorial(struct sample *s)
{
    s->tutorial = tutorial_new();
    s->m.practice_work = tutorial_work(s->tutorial);
    s->m.screen = SCREEN_RULES;
    s->m.pledged = true;
}

void sample_release(struct sample *s)
{
    tutorial_free(s->tutorial);
    if (s->paper) {
        session_release(s->session);
        free(s->session);
        arena_free(s->paper->arena);
        free(s->paper->form);
        free(s->paper);
    }
    work_free(s->work);
    for (int i = 0; i < SAMPLE_ITEMS; i++)
        item_free(s->item[i]);
}

struct question *sample_question(const struct sample *s)
{
    return model_question(&s->m);
}

struct effects sample_send(struct sample *s, struct event e)
{
    struct effects out = {0};
    model_update(&s->m, &e, &out);
    return out;
}

struct effects sample_key(struct sample *s, enum key_code code)
{
    struct effects out = {0};
    model_update(&s->m, &(struct event){.kind = EVENT_KEY, .key = key_of(code)}, &out);
    return out;
}

struct effects sample_char(struct sample *s, uint32_t ch)
{
    struct effects out = {0};
    model_update(&s->m, &(struct event){.kind = EVENT_KEY, .key = key_char(ch)}, &out);
    return out;
}

void sample_type(struct sample *s, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end)
        sample_char(s, utf8_next(&text, end));
}

void sample_press(struct sample *s, const char *script)
{
    struct script keys;
    struct err e = {0};
    if (script_parse(&keys, "keys", span_str(script), &e) < 0)
        abort();
    for (size_t i = 0; i < keys.n; i++) {
        const struct script_step *x = &keys.step[i];
        struct effects out = {0};
        if (x->verb == SCRIPT_TEXT)
            sample_type(s, x->text);
        for (int times = 0; x->verb == SCRIPT_KEY && times < x->times; times++)
            model_update(&s->m, &(struct event){.kind = EVENT_KEY, .key = x->key}, &out);
    }
    script_release(&keys);
}

bool sample_has(const struct effects *x, enum effect_kind kind)
{
    for (int i = 0; i < x->n; i++)
        if (x->effect[i].kind == kind)
            return true;
    return false;
}

void sample_answer(struct question *q)
{
    if (q->part[0].field)
        field_set(q->part[0].field, "复制");
    else
        q->part[0].chosen[1] = true;
}

void sample_in_the_middle(struct sample *s)
{
    for (size_t i = 0; i < 16; i++)
        if (i != 6 && i != 14)
            sample_answer(&s->work->question[i]);
    s->work->question[11].flagged = true;
    struct effects out = {0};
    model_go_to(&s->m, 16, &out);
    s->m.save = SAVE_DONE;
    say(s->m.saved_at, sizeof s->m.saved_at, "10:18:52");
}

char *sample_text(const struct sample *s, int *ret_cut)
{
    struct grid g;
    struct bytes out = {0};
    grid_init(&g, s->m.width, s->m.height);
    view_draw(&s->m, &g);
    grid_dump(&g, &out);
    if (ret_cut)
        *ret_cut = g.cut;
    grid_release(&g);
    return (char *)out.p;
}

bool sample_shows(const struct sample *s, const char *text)
{
    char *screen = sample_text(s, NULL);
    bool found = strstr(screen, text) != NULL;
    free(screen);
    return found;
}
