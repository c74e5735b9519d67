/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule expects, in any unit and by any name, held against facts. */
#include "tests/check.h"

#include "base/text.h"
#include "scoring/practical/rules/compare.h"

enum { PT = 12700, CM = 360000 };

static const struct check_kind kinds[] = {
    [FACT_TEXT] = {.name = "t.text", .type = FACT_TEXT},
    [FACT_TOKEN] = {.name = "t.token", .type = FACT_TOKEN},
    [FACT_FONT] = {.name = "t.font", .type = FACT_FONT},
    [FACT_BOOL] = {.name = "t.bool", .type = FACT_BOOL},
    [FACT_INTEGER] = {.name = "t.integer", .type = FACT_INTEGER},
    [FACT_NUMBER] = {.name = "t.number", .type = FACT_NUMBER},
    [FACT_LENGTH] = {.name = "t.length", .type = FACT_LENGTH, .tolerance = "0.5pt"},
    [FACT_RATIO] = {.name = "t.ratio", .type = FACT_RATIO},
    [FACT_COLOR] = {.name = "t.color", .type = FACT_COLOR},
    [FACT_LIST] = {.name = "t.list", .type = FACT_LIST},
};
static const struct check_kind either = {
    .name = "t.spacing", .type = FACT_LENGTH, .number_may_be_ratio = true, .tolerance = "0.5pt|0.01"};

static bool holds_as(const struct check_kind *kind, const char *expect, const char *tolerance,
                     struct fact_value v, const struct fact *start)
{
    struct arena *a = arena_new();
    struct expectation *x;
    struct err e;
    struct fact f = {.state = FACT_FOUND, .value = v, .place = "here"};
    assert_done(expectation_read(&x, a, kind, expect, tolerance, &e), e);
    bool met = expectation_met(x, &f, start);
    arena_free(a);
    return met;
}

static bool holds(const char *expect, struct fact_value v)
{
    return holds_as(&kinds[v.type], expect, NULL, v, NULL);
}

static void refused(const struct check_kind *kind, const char *expect, const char *tolerance,
                    const char *words)
{
    struct arena *a = arena_new();
    struct expectation *x = NULL;
    struct err e = {0};
    assert_refused(expectation_read(&x, a, kind, expect, tolerance, &e), ERR_DATA, words, e);
    assert_null(x);
    arena_free(a);
}

static struct fact_value text(const char *s)
{
    return (struct fact_value){.type = FACT_TEXT, .text = s};
}
static struct fact_value font(const char *s)
{
    return (struct fact_value){.type = FACT_FONT, .text = s};
}
static struct fact_value length(int64_t emu)
{
    return (struct fact_value){.type = FACT_LENGTH, .integer = emu};
}
static struct fact_value whole(enum fact_type type, int64_t n)
{
    return (struct fact_value){.type = type, .integer = n};
}
static struct fact_value number(double x)
{
    return (struct fact_value){.type = FACT_NUMBER, .number = x};
}

static void lengths_are_written_in_every_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t emu;
    } same[] = {{"12pt", 12 * PT},     {"12磅", 12 * PT},     {"小四", 12 * PT},
                {"小四号", 12 * PT},   {"初号", 42 * PT},     {"小初", 36 * PT},
                {"一号", 26 * PT},     {"小一", 24 * PT},     {"二号", 22 * PT},
                {"小二", 18 * PT},     {"三号", 16 * PT},     {"小三", 15 * PT},
                {"四号", 14 * PT},     {"五号", 21 * PT / 2}, {"小五", 9 * PT},
                {"六号", 15 * PT / 2}, {"小六", 13 * PT / 2}, {"七号", 11 * PT / 2},
                {"八号", 5 * PT},      {"2.5cm", 5 * CM / 2}, {"25毫米", 5 * CM / 2},
                {"25 mm", 5 * CM / 2}, {"1in", 914400},       {"1英寸", 914400},
                {"240twip", 12 * PT},  {"96px", 914400},      {"7emu", 7},
                {"１２ｐｔ", 12 * PT}, {"-12pt", -12 * PT},   {"0", 0},
                {"3厘米", 3 * CM}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        if (!holds_as(&kinds[FACT_LENGTH], same[i].text, "0emu", length(same[i].emu), NULL))
            fail_msg("%s is not %lld", same[i].text, (long long)same[i].emu);
        assert_false(holds_as(&kinds[FACT_LENGTH], same[i].text, "0emu", length(same[i].emu + 1), NULL));
    }
}

static void W13_two_characters_are_as_wide_as_the_type_there(void **state)
{
    (void)state;
    struct fact_value by_chars = {.type = FACT_LENGTH, .chars100 = 200, .em = 12 * PT};
    struct fact_value by_twips = {.type = FACT_LENGTH, .integer = 24 * PT, .em = 12 * PT};
    struct fact_value wrong = {.type = FACT_LENGTH, .integer = 21 * PT, .em = 12 * PT};
    struct fact_value unknown = {.type = FACT_LENGTH, .integer = 24 * PT};
    assert_true(holds("2字符", by_chars) && holds("2字符", by_twips) && holds("2char", by_twips));
    assert_true(holds("24pt", by_chars) && holds("24pt", by_twips));
    assert_false(holds("2字符", wrong) || holds("3字符", by_chars));
    assert_false(holds("2字符", unknown));
    assert_true(holds("0字符", length(0)));
}

static void a_tolerance_counts_on_both_sides_and_no_further(void **state)
{
    (void)state;
    const struct check_kind *k = &kinds[FACT_LENGTH];
    assert_true(holds_as(k, "12pt", NULL, length(12 * PT + PT / 2), NULL)); /* the kind's own */
    assert_false(holds_as(k, "12pt", NULL, length(12 * PT + PT / 2 + 1), NULL));
    assert_true(holds_as(k, "12pt", "1pt", length(11 * PT), NULL));
    assert_true(holds_as(k, "12pt±1pt|90pt", "0pt", length(13 * PT), NULL));
    assert_false(holds_as(k, "12pt±1pt|90pt", "0pt", length(91 * PT), NULL));
    assert_true(holds_as(k, "10cm", "5%", length(CM * 10 - CM / 2), NULL));
    assert_true(holds_as(&kinds[FACT_NUMBER], "85.5", "0.05", number(85.55), NULL));
    assert_false(holds_as(&kinds[FACT_NUMBER], "85.5", "0.05", number(85.56), NULL));
    assert_true(holds_as(&kinds[FACT_INTEGER], "100±5%", NULL, whole(FACT_INTEGER, 105), NULL));
    assert_true(holds_as(&kinds[FACT_COLOR], "FF0000", "8", whole(FACT_COLOR, 0xF80808), NULL));
    assert_false(holds_as(&kinds[FACT_COLOR], "FF0000", "7", whole(FACT_COLOR, 0xF80808), NULL));
}

static void W15_line_spacing_is_a_ratio_or_a_length_as_written(void **state)
{
    (void)state;
    struct fact_value ratio = whole(FACT_RATIO, 1500), points = length(20 * PT);
    assert_true(
        holds_as(&either, "1.5", NULL, ratio, NULL) && holds_as(&either, "1.5倍", NULL, ratio, NULL) &&
        holds_as(&either, "150%", NULL, ratio, NULL) && holds_as(&either, "1.5lines", NULL, ratio, NULL));
    assert_true(holds_as(&either, "20磅", NULL, points, NULL));
    assert_false(holds_as(&either, "20磅", NULL, ratio, NULL) || holds_as(&either, "20", NULL, points, NULL));
    assert_true(holds_as(&either, "1.5倍|20pt", NULL, points, NULL));
    assert_true(holds_as(&either, "1.5", NULL, whole(FACT_RATIO, 1510), NULL));
    assert_false(holds_as(&either, "1.5", NULL, whole(FACT_RATIO, 1511), NULL));
}

static void W4_a_font_has_a_Chinese_and_an_English_name(void **state)
{
    (void)state;
    assert_true(holds("宋体", font("SimSun")) && holds("SimSun", font("宋体")));
    assert_true(holds("楷体", font("楷体_GB2312")) && holds("楷体_GB2312", font("KaiTi")));
    assert_true(holds("仿宋", font("FangSong_GB2312")) && holds("黑体", font("@SimHei")));
    assert_true(holds("微软雅黑", font("microsoft yahei")) && holds("华文中宋", font("STZhongsong")));
    assert_true(holds("黑体|微软雅黑", font("Microsoft YaHei")));
    assert_false(holds("宋体", font("新宋体")) || holds("黑体", font("华文黑体")));
}

static void colours_have_names_and_hex(void **state)
{
    (void)state;
    assert_true(holds("红色", whole(FACT_COLOR, 0xFF0000)) && holds("red", whole(FACT_COLOR, 0xFF0000)));
    assert_true(holds("#ff0000", whole(FACT_COLOR, 0xFF0000)) &&
                holds("FF0000", whole(FACT_COLOR, 0xFF0000)));
    assert_true(holds("深红", whole(FACT_COLOR, 0xC00000)) &&
                holds("红|深蓝色", whole(FACT_COLOR, 0x002060)));
}

static void a_standard_colour_and_the_pure_one_share_a_name(void **state)
{
    (void)state;
    assert_true(holds("蓝色", whole(FACT_COLOR, 0x0070C0)) && holds("蓝色", whole(FACT_COLOR, 0x0000FF)));
    assert_true(holds("绿色", whole(FACT_COLOR, 0x00B050)) &&
                holds("Light Green", whole(FACT_COLOR, 0x92D050)));
    assert_true(holds("自动", whole(FACT_COLOR, -1)) && holds("无", whole(FACT_COLOR, -1)));
    assert_false(holds("黑色", whole(FACT_COLOR, -1)) || holds("auto", whole(FACT_COLOR, 0)));
}

static void texts_are_equal_after_full_width_and_white_space(void **state)
{
    (void)state;
    assert_true(holds("关于 2026 年", text("  关于　２０２６\t年 ")));
    assert_false(holds("关于", text("关于2026年")));
    assert_true(holds("contains:2026", text("关于２０２６年")) && holds("starts:关于", text("关于2026年")));
    assert_true(holds("ends:通知", text("放假通知")) && holds("like:关于*的通?", text("关于放假的通知")));
    assert_false(holds("like:关于*的通?", text("关于放假的通知书")));
    assert_true(holds("regex:[0-9]{4}年|无", text("2026年")) && holds("a|regex:x|y", text("y")));
    assert_true(holds("a\\|b", text("a|b")) && !holds("a\\|b", text("a")));
    assert_true(holds("", text("  ")) && !holds("", text("x")));
    assert_true(holds("not:contains:秘密", text("公开")) && !holds("not:公开", text("公开")));
    assert_true(holds("is:absent", text("absent")) && holds("=SUM(A1:A3)", text("=SUM(A1:A3)")));
}

static void numbers_are_compared_by_operators(void **state)
{
    (void)state;
    struct fact_value three = whole(FACT_INTEGER, 3);
    assert_true(holds("3", three) && holds(">=3", three) && holds("<=3", three) && holds("2..3", three));
    assert_true(holds(">2", three) && holds("<4", three) && holds("!=4", three) && holds("≥3", three));
    assert_false(holds(">3", three) || holds("<3", three) || holds("!=3", three) || holds("4..9", three));
    assert_true(holds("0.3", number(0.1 + 0.2)) && holds("85%", number(0.85)) && holds("1e3", number(1000)));
    assert_false(holds("0.3", number(0.3001)));
    assert_true(holds("yes", whole(FACT_BOOL, 1)) && holds("是", whole(FACT_BOOL, 1)) &&
                holds("否", whole(FACT_BOOL, 0)));
    assert_false(holds("not:yes", whole(FACT_BOOL, 1)));
    assert_true(holds("居中", (struct fact_value){.type = FACT_TOKEN, .text = "center"}));
    assert_true(holds("both", (struct fact_value){.type = FACT_TOKEN, .text = "justify"}));
}

static void lists_are_ordered_sets_or_parts(void **state)
{
    (void)state;
    const char *item[] = {"一班", "二班", "a;b"};
    struct fact_value v = {.type = FACT_LIST, .item = item, .n_items = 3};
    assert_true(holds("一班; 二班; a\\;b", v) && holds("set: 二班; a\\;b; 一班", v) && holds("has: 二班", v));
    assert_false(holds("二班; 一班; a\\;b", v) || holds("一班; 二班", v) || holds("set: 一班; 二班", v));
    assert_false(holds("has: 二班; 二班", v) || holds("has: 三班", v));
    assert_true(holds("x; y|一班; 二班; a\\;b", v));
}

static void absent_unknown_and_unchanged_are_states_of_their_own(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct expectation *absent, *present, *changed, *same;
    struct err e;
    struct fact none = {.state = FACT_ABSENT, .place = "", .why = "no paragraph contains 关于"};
    struct fact unknown = {.state = FACT_UNKNOWN, .place = ""};
    struct fact found = {.state = FACT_FOUND, .value = {.type = FACT_TEXT, .text = "x"}, .place = ""};
    const struct check_kind *k = &kinds[FACT_TEXT];
    assert_done(expectation_read(&absent, a, k, "absent", NULL, &e), e);
    assert_done(expectation_read(&present, a, k, "present", NULL, &e), e);
    assert_done(expectation_read(&changed, a, k, "changed", NULL, &e), e);
    assert_done(expectation_read(&same, a, k, "unchanged", NULL, &e), e);
    assert_true(expectation_met(absent, &none, NULL) && !expectation_met(absent, &found, NULL));
    assert_true(expectation_met(present, &found, NULL) && !expectation_met(present, &none, NULL));
    assert_false(expectation_met(absent, &unknown, NULL) || expectation_met(present, &unknown, NULL));
    assert_true(expectation_needs_start(changed) && !expectation_needs_start(absent));
    assert_true(expectation_met(changed, &none, &found) && expectation_met(same, &found, &found));
    assert_false(expectation_met(changed, &found, NULL) || expectation_met(same, &found, NULL));
    assert_string_equal(fact_text(&none, NULL, a), "no paragraph contains 关于");
    arena_free(a);
}

static void what_does_not_fit_the_kind_is_refused(void **state)
{
    (void)state;
    refused(&kinds[FACT_LENGTH], "12", NULL, "needs a unit");
    refused(&kinds[FACT_LENGTH], "12pf", NULL, "write a length");
    refused(&kinds[FACT_LENGTH], "150%", NULL, "no ratio");
    refused(&kinds[FACT_LENGTH], "9..3pt", NULL, "unit");
    refused(&kinds[FACT_INTEGER], "2.5", NULL, "whole number");
    refused(&kinds[FACT_INTEGER], "1e9", NULL, "whole number");
    refused(&kinds[FACT_INTEGER], "3pt", NULL, "no length");
    refused(&kinds[FACT_NUMBER], "三", NULL, "write a number");
    refused(&kinds[FACT_NUMBER], "0x10", NULL, "write a number");
    refused(&kinds[FACT_BOOL], "maybe", NULL, "yes or no");
    refused(&kinds[FACT_COLOR], "FF00", NULL, "colour");
    refused(&kinds[FACT_COLOR], "红色|標準", NULL, "colour");
    refused(&kinds[FACT_TEXT], "regex:[", NULL, "regular expression");
    refused(&kinds[FACT_TEXT], "contains:", NULL, "text is missing");
    refused(&kinds[FACT_TEXT], "a", "5%", "takes no such tolerance");
    refused(&kinds[FACT_INTEGER], "3", "1pt", "takes no such tolerance");
    refused(&kinds[FACT_LENGTH], "3pt", "-1pt", "takes no such tolerance");
    refused(&kinds[FACT_LENGTH], "3pt±x", NULL, "same units");
    refused(&kinds[FACT_FONT], "", NULL, "text is missing");
}

static const char *shown(struct arena *a, struct fact_value v, const char *expect)
{
    struct expectation *x = NULL;
    struct err e;
    struct fact f = {.state = FACT_FOUND, .value = v, .place = ""};
    if (expect)
        assert_done(expectation_read(&x, a, &kinds[v.type], expect, NULL, &e), e);
    return fact_text(&f, x, a);
}

static void evidence_is_told_in_the_rules_unit_and_bounded(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char wide[2000];
    memset(wide, 'x', sizeof wide);
    wide[sizeof wide - 1] = '\0';
    assert_string_equal(shown(a, length(12 * PT), NULL), "12 pt");
    assert_string_equal(shown(a, length(21 * CM), "21厘米"), "21 cm");
    assert_string_equal(
        shown(a, (struct fact_value){.type = FACT_LENGTH, .chars100 = 200, .em = 12 * PT}, NULL),
        "2 characters (24 pt)");
    assert_string_equal(shown(a, number(0.1), NULL), "0.1");
    assert_string_equal(shown(a, whole(FACT_RATIO, 1250), NULL), "1.25");
    assert_string_equal(shown(a, whole(FACT_COLOR, 0xff), NULL), "0000FF");
    assert_string_equal(shown(a, text("a\x1b[2Jb\nc\xe2\x80\xae"), NULL), "a\xef\xbf\xbd[2Jb c\xef\xbf\xbd");
    assert_in_range(strlen(shown(a, text(wide), NULL)), 200, 300);
    arena_free(a);
}

static void what_is_proposed_of_a_fact_is_met_by_it(void **state)
{
    (void)state;
    const char *item[] = {"a;b", "c|d", "e\\"};
    const struct fact_value all[] = {text("present"),
                                     text("a|b\\c"),
                                     text("regex:x"),
                                     text(""),
                                     font("宋体"),
                                     length(12 * PT),
                                     length(12345),
                                     length(-360000),
                                     {.type = FACT_LENGTH, .chars100 = 150, .em = 12 * PT},
                                     whole(FACT_COLOR, 0xC00000),
                                     whole(FACT_COLOR, -1),
                                     whole(FACT_BOOL, 0),
                                     whole(FACT_INTEGER, -7),
                                     whole(FACT_RATIO, 1333),
                                     number(1.0 / 3),
                                     number(-2.5e-7),
                                     number(1e15),
                                     {.type = FACT_LIST, .item = item, .n_items = 3},
                                     {.type = FACT_TOKEN, .text = "landscape"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct arena *a = arena_new();
        struct fact f = {.state = FACT_FOUND, .value = all[i], .place = ""};
        const char *expect = expectation_of(&kinds[all[i].type], &f, a);
        if (!holds(expect, all[i]))
            fail_msg("%zu: \"%s\" does not hold", i, expect);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_written_in_every_unit),
        cmocka_unit_test(W13_two_characters_are_as_wide_as_the_type_there),
        cmocka_unit_test(a_tolerance_counts_on_both_sides_and_no_further),
        cmocka_unit_test(W15_line_spacing_is_a_ratio_or_a_length_as_written),
        cmocka_unit_test(W4_a_font_has_a_Chinese_and_an_English_name),
        cmocka_unit_test(colours_have_names_and_hex),
        cmocka_unit_test(a_standard_colour_and_the_pure_one_share_a_name),
        cmocka_unit_test(texts_are_equal_after_full_width_and_white_space),
        cmocka_unit_test(numbers_are_compared_by_operators),
        cmocka_unit_test(lists_are_ordered_sets_or_parts),
        cmocka_unit_test(absent_unknown_and_unchanged_are_states_of_their_own),
        cmocka_unit_test(what_does_not_fit_the_kind_is_refused),
        cmocka_unit_test(evidence_is_told_in_the_rules_unit_and_bounded),
        cmocka_unit_test(what_is_proposed_of_a_fact_is_met_by_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
