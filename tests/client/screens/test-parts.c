/* SPDX-License-Identifier: Apache-2.0 */
/* Every interaction as it looks in its states, in both languages and three sizes. */
#include <stdlib.h>

#include "base/i18n.h"
#include "client/screens/task-view.h"
#include "tests/check.h"
#include "tests/client/screens/golden.h"
#include "tests/client/screens/sample.h"

static const struct {
    int width, height;
} sizes[] = {{80, 24}, {120, 40}, {132, 43}};

static const struct task_line given[] = {
    {"成绩.xlsx", "09:00:00", 9216, false, WORKSPACE_GIVEN, WORKSPACE_NO_REASON, NULL},
    {"素材/校徽.png", "09:00:00", 35840, false, WORKSPACE_GIVEN, WORKSPACE_NO_REASON, NULL},
};
static const struct task_line mixed[] = {
    {"上学期", "09:58:11", 0, false, WORKSPACE_LEFT_OUT, WORKSPACE_LINK, NULL},
    {"录像.mp4", "10:01:07", (int64_t)50 << 20, false, WORKSPACE_LEFT_OUT, WORKSPACE_TOO_LARGE, "09:40:12"},
    {"成绩.xlsx", "10:18:51", 9731, false, WORKSPACE_CHANGED, WORKSPACE_NO_REASON, NULL},
    {"素材/校徽.png", "09:00:00", 35840, false, WORKSPACE_COLLECTED, WORKSPACE_NO_REASON, NULL},
    {"说明.txt", "10:18:40", 1, false, WORKSPACE_NOT_SAVED, WORKSPACE_NO_REASON, NULL},
    {"备份.xlsx", "10:18:45", 9216, false, WORKSPACE_IN_MEMORY, WORKSPACE_NO_REASON, NULL},
};
#define FOLDER "/home/kiosk/exam/2026110703021/02-practical"
static const struct task_view as_given = {.folder = FOLDER, .line = given, .n = 2, .may_open = true};
static const struct task_view in_work = {
    .folder = FOLDER, .line = mixed, .n = 6, .worked = true, .may_open = true, .may_shell = true};
static const struct task_view nothing = {.folder = FOLDER};
static const struct task_view too_many = {
    .folder = FOLDER, .line = mixed + 3, .n = 1, .more = true, .worked = true};

/* An item of the folder `items`, the keys (as in a script) that lead to a state, and its files. */
static const struct {
    const char *name, *item, *keys;
    const struct task_view *files;
} states[] = {
    {"part-many", "many", "c Down*28 Space"},
    {"part-order", "order", ""},
    {"part-order-begun", "order", "c d"},
    {"part-order-moving", "order", "c d a b Up Space Up"},
    {"part-order-some", "order-some", "b c a"},
    {"part-associate", "associate", ""},
    {"part-associate-held", "associate", "a f c"},
    {"part-associate-done", "associate", "a f c b e d"},
    {"part-match", "match", ""},
    {"part-match-done", "match", "b Down d Down a Down c"},
    {"part-match-full", "match", "b Down b"},
    {"part-match-several", "match-several", "a b Down a"},
    {"part-match-list", "match-list", "a Down b Down*2"},
    {"part-gap-match", "gap-match", ""},
    {"part-gap-match-done", "gap-match", "b Down d Down a"},
    {"part-gap-sentences", "gap-sentences", ""},
    {"part-gap-sentences-end", "gap-sentences", "c Down a Down e Down b Down"},
    {"part-inline", "inline", ""},
    {"part-inline-done", "inline", "b Down Space*2 Down b"},
    {"part-hottext", "hottext", ""},
    {"part-hottext-done", "hottext", "c d"},
    {"part-slider", "slider", ""},
    {"part-slider-typed", "slider", "\"73\""},
    {"part-slider-float", "slider-float", "\"-1.5\" -"},
    {"part-extended", "extended", ""},
    {"part-extended-typed", "extended",
     "\"各位家长：\" Enter \"定于本周五（11 月 27 日）18:30 在阶梯教室召开家长会，请带学生手册和一支黑色签字笔，"
     "准时参加。\" Enter Enter \"三年级（2）班\" Up*2"},
    {"part-extended-several", "extended-several", "\"写明作者和出处\" Tab \"不\""},
    {"part-not-a-number", "table", "\"18x\""},
    {"part-upload", "upload", "\"成绩统计表.xlsx\""},
    {"part-table", "table", "\"180\" Tab \"90\" Tab"},
    {"part-task", "practical", "", &as_given},
    {"part-task-begun", "practical", "Down*3", &in_work},
    {"part-task-again", "practical", "Down r", &in_work},
    {"part-task-open", "practical", "o", &nothing},
    {"part-task-many", "practical", "Down", &too_many},
    {"part-task-hand-in", "practical", "F9", &in_work},
};
enum { STATES = sizeof states / sizeof *states };

static void reach(struct sample *s, size_t i, int width, int height)
{
    sample_init_one(s, states[i].item, width, height);
    if (states[i].files)
        work_task(s->work, 0, states[i].files);
    sample_press(s, states[i].keys);
    s->m.save = SAVE_DONE;
    snprintf(s->m.saved_at, sizeof s->m.saved_at, "10:18:52");
}

static void every_interaction_looks_as_in_its_golden_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATES; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct sample s;
            int cut;
            reach(&s, i, sizes[k].width, sizes[k].height);
            char *text = sample_text(&s, &cut);
            golden_check(states[i].name, sizes[k].width, sizes[k].height, text);
            golden_frame(states[i].name, sizes[k].width, text, cut);
            free(text);
            sample_release(&s);
        }
}

static void no_text_is_cut_at_any_size_from_80x24_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATES; i++)
        for (int width = 80; width <= 200; width += 7)
            for (int keys = 0; keys < 2; keys++) {
                struct sample s;
                int cut;
                reach(&s, i, width, 24 + (width - 80) / 3);
                s.m.function_keys = keys;
                char *text = sample_text(&s, &cut);
                golden_frame(states[i].name, width, text, cut);
                free(text);
                sample_release(&s);
            }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_interaction_looks_as_in_its_golden_file),
        cmocka_unit_test(no_text_is_cut_at_any_size_from_80x24_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
