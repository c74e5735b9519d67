/* SPDX-License-Identifier: Apache-2.0 */
/* The screens of the bank, in both languages. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/bank/browse/browse.h"
#include "tests/check.h"
#include "tests/cli/browse/sample.h"
#include "tests/client/screens/golden.h"

/* Keys that lead to each screen from the list. */
static const struct {
    const char *name, *who, *keys;
} screens[] = {
    {"bank-list", NULL, ""},
    {"bank-filtered", "李四", "F3 Down Enter F4 Down*3 Enter"},
    {"bank-search", NULL, "\"备份\""},
    {"bank-nothing", NULL, "\"没有这样的试题\""},
    {"bank-points", NULL, "F2 Down*2"},
    {"bank-kinds", NULL, "F3 Down*17"},
    {"bank-states", NULL, "F4 Down"},
    {"bank-preview", NULL, "Enter"},
    {"bank-preview-key", NULL, "Enter k"},
    {"bank-preview-template", NULL, "Down Enter k n"},
    {"bank-preview-graphic", NULL, "Down*3 Enter k"},
    {"bank-preview-long", NULL, "Down*4 Enter PageDown"},
    {"bank-details", NULL, "Enter d"},
    {"bank-details-end", NULL, "Enter d PageDown*4"},
    {"bank-details-findings", NULL, "Down*3 Enter d PageDown"},
    {"bank-name", NULL, "Enter e"},
    {"bank-edit", "李四", "Enter e Down*2 Backspace*2 \"65\" Down"},
    {"bank-edit-fault", "李四", "Enter e Down*2 Backspace*4 \"72\" F9"},
    {"bank-edit-point", "李四", "Enter e Enter"},
    {"bank-edit-level", "李四", "Enter e Down Enter"},
    {"bank-confirm", "李四", "Enter e Down*2 Backspace*2 \"65\" Down*4 \" b77\" F9"},
    {"bank-discard", "李四", "Enter e Down*2 Backspace Escape"},
    {"bank-saved", "李四", "Enter e Down*2 Backspace*2 \"65\" F9 Down Enter"},
    {"bank-review", "李四", "Enter r"},
    {"bank-review-refused", "赵敏", "Down Enter r Down Enter"},
};
enum { SCREENS = sizeof screens / sizeof *screens };

static void show(size_t i, int width, int height, bool golden)
{
    struct sample s;
    int cut;
    sample_open(&s, screens[i].who, width, height);
    sample_press(&s, screens[i].keys);
    char *text = sample_text(&s, &cut);
    if (golden)
        golden_check(screens[i].name, width, height, text);
    golden_frame(screens[i].name, width, text, cut);
    free(text);
    sample_close(&s);
}

static void every_screen_looks_as_in_its_golden_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++) {
        show(i, 80, 24, true);
        show(i, 120, 40, true);
    }
}

static void no_text_is_cut_at_other_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++) {
        show(i, 132, 43, false);
        show(i, 97, 25, false);
    }
}

static void alternatives_to_function_keys_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++) {
        struct sample s;
        int cut;
        sample_open(&s, screens[i].who, 80, 24);
        sample_press(&s, screens[i].keys);
        sample_size(&s, 80, 24, false);
        char *text = sample_text(&s, &cut);
        golden_frame(screens[i].name, 80, text, cut);
        free(text);
        sample_close(&s);
    }
}

static void every_word_of_the_bank_has_a_translation(void **state)
{
    (void)state;
    bool chinese = strcmp(getenv("LANGUAGE"), "zh_CN") == 0;
    for (int what = CHOOSE_KIND; what <= CHOOSE_LEVEL; what++)
        for (size_t i = 0; browse_choice_word((enum browse_choices)what, i); i++) {
            const char *raw = browse_choice_word((enum browse_choices)what, i);
            if (chinese == (strcmp(browse_word(raw), raw) == 0))
                fail_msg("%s", raw);
        }
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_looks_as_in_its_golden_file),
        cmocka_unit_test(no_text_is_cut_at_other_sizes),
        cmocka_unit_test(every_word_of_the_bank_has_a_translation),
        cmocka_unit_test(alternatives_to_function_keys_fit),
    };
    return cmocka_run_group_tests_name("screens of the bank", tests, NULL, NULL);
}
