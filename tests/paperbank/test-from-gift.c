/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"
#include "tests/paperbank/convert-kit.h"

static void same(const char *got, const char *wanted)
{
    assert_string_equal(got, wanted);
}

static void holds(const struct conversion *c, size_t i, const char *words)
{
    if (!strstr(c->item[i].qti, words))
        fail_msg("no %s in\n%s", words, c->item[i].qti);
}

static void a_choice_is_read_with_title_and_comments(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT,
            "\xEF\xBB\xBF// 备注 [id:g-1]\n::首都::中国的首都是？{\n ~上海#不是\n =北京#对\n ~广\\=州 }\n\n\n"
            "Which? {=yes ~no ####because}\n");
    assert_int_equal(c.n, 2);
    same(c.item[0].name, "g-1");
    assert_int_equal(c.item[0].line, 2);
    same(earned(&c, 0, "RESPONSE", "B", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "A", NULL, NULL), "0/1");
    holds(&c, 0, "title=\"首都\"");
    holds(&c, 0, ">广=州<");
    holds(
        &c, 1,
        "<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"none\" showHide=\"hide\"><p>because</p>");
    holds(&c, 1, "title=\"Which?\"");
    conversion_free(&c);
}

static void weights_make_a_multiple_choice(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT, "两项对：{~%50%甲 ~%50%乙 ~%-100%丙}\n\nPartly: {=a ~%50%b ~c}");
    same(key_earns(&c, 0), "2/2");
    same(earned(&c, 0, "RESPONSE", "A", NULL, NULL), "1/2");
    same(earned(&c, 0, "RESPONSE", "A", "C", NULL, NULL), "0/2");
    same(earned(&c, 1, "RESPONSE", "B", NULL, NULL), "1/2");
    conversion_free(&c);
}

static void true_and_false(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT, "地球是圆的。{T}\n\nThe sun is cold. {FALSE#no, hot#right}\n\nx{true}");
    same(earned(&c, 0, "RESPONSE", "true", NULL, NULL), "1/1");
    same(earned(&c, 1, "RESPONSE", "false", NULL, NULL), "1/1");
    same(earned(&c, 1, "RESPONSE", "true", NULL, NULL), "0/1");
    holds(&c, 1, "<p>no, hot</p>");
    same(key_earns(&c, 2), "1/1");
    conversion_free(&c);
}

static void short_answers_have_shares_and_wildcards(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT, "缩写？{=CPU =%50%处理器}\n\nabout {=Beijing* =%33.333%Peking}");
    same(earned(&c, 0, "RESPONSE", "cpu", NULL, NULL), "2/2");
    same(earned(&c, 0, "RESPONSE", "处理器", NULL, NULL), "1/2");
    same(earned(&c, 1, "RESPONSE", "beijing city", NULL, NULL), "3/3");
    same(earned(&c, 1, "RESPONSE", "peking", NULL, NULL), "1/3");
    conversion_free(&c);
}

static void numbers_have_tolerances_and_ranges(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT,
            "π？{#3.14:0.005}\n\n几到几？{#1..5}\n\n哪年？{#=1822:0 =%50%1822:2#差一点 ~#不对}\n\nx {#abc}");
    same(earned(&c, 0, "RESPONSE", "3.145", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "3.146", NULL, NULL), "0/1");
    same(key_earns(&c, 1), "1/1");
    same(earned(&c, 1, "RESPONSE", "5", NULL, NULL), "1/1");
    same(earned(&c, 1, "RESPONSE", "5.1", NULL, NULL), "0/1");
    same(earned(&c, 2, "RESPONSE", "1822", NULL, NULL), "2/2");
    same(earned(&c, 2, "RESPONSE", "1824", NULL, NULL), "1/2");
    same(earned(&c, 2, "RESPONSE", "1900", NULL, NULL), "0/2");
    assert_non_null(strstr(c.item[3].refusal, "abc"));
    conversion_free(&c);
}

static void the_other_kinds(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT,
            "配对。{\n=中国 -> 北京\n=法国 -> 巴黎\n= -> 伦敦\n}\n\n"
            "我国有{=34 ~23}个省级行政区。\n\n谈谈你的看法。{}\n\n这是说明。\n\nopen {=a ~b\n");
    same(key_earns(&c, 0), "2/2");
    same(earned(&c, 0, "RESPONSE", "S1 T1", "S2 T3", NULL, NULL), "1/2");
    holds(&c, 1, "_____");
    same(earned(&c, 1, "RESPONSE", "A", NULL, NULL), "1/1");
    holds(&c, 2, "extendedTextInteraction");
    assert_null(c.item[3].refusal);
    holds(&c, 3, "这是说明。");
    assert_non_null(strstr(c.item[4].refusal, "not closed"));
    conversion_free(&c);
}

static void formats_and_escapes(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT,
            "[html]<b>粗</b> \\{x\\} a\\:b{=y}\n\n[plain]1 < 2 & <b>{=y}\n\n[markdown]**粗** 和 `x`\n- 一\n- "
            "二{=y}\n\n"
            "one\\ntwo\nthree{=y}");
    holds(&c, 0, "<p><b>粗</b> {x} a:b</p>");
    holds(&c, 1, "1 &lt; 2 &amp; &lt;b&gt;");
    holds(&c, 2, "<strong>粗</strong> 和 <code>x</code>");
    holds(&c, 2, "<ul><li>一</li><li>二</li></ul>");
    holds(&c, 3, "one<br/>two<br/>three");
    for (size_t i = 0; i < 4; i++)
        item_free(converted_item(&c, i));
    conversion_free(&c);
}

static void categories_hold_for_what_follows(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT,
            "a{T}\n\n$CATEGORY: $course$/3.1 网络基础\n\nb{T}\n\n$CATEGORY: 旧题//新题/x\nc{T}\n\nb{T}");
    same(c.item[0].knowledge_point, "");
    same(c.item[1].knowledge_point, "3.1");
    same(c.point[0], "3 3");
    same(c.point[1], "3.1 网络基础");
    assert_non_null(strstr(c.point[3], "旧题/新题"));
    assert_string_not_equal(c.item[1].name,
                            c.item[3].name); /* the same question of another category is another one */
    conversion_free(&c);
}

static void chinese_texts_of_windows_are_read(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_GIFT, "\xCA\xD4\xCC\xE2{T}\r\n");
    holds(&c, 0, "试题");
    assert_int_equal(c.encoding, ENCODING_GB18030);
    conversion_free(&c);
    convert_bytes(&c, FOREIGN_GIFT, span_of("\xFF\xFE\xD5\x8B\x7B\x00T\x00\x7D\x00", 10), ENCODING_UNKNOWN);
    assert_int_equal(c.result, 0);
    holds(&c, 0, "试");
    conversion_free(&c);
}

static void a_question_past_the_limit_stops_nothing(void **state)
{
    (void)state;
    struct conversion c;
    struct bytes text = {0};
    char line[1001] = {0};
    memset(line, 'x', 1000);
    for (int i = 0; i < 2200; i++)
        bytes_printf(&text, "%s\n", line);
    bytes_str(&text, "{T}\n\nnext{T}\n");
    convert(&c, FOREIGN_GIFT, (const char *)text.p);
    assert_int_equal(c.n, 2);
    assert_non_null(strstr(c.item[0].refusal, "longer than the limit"));
    assert_null(c.item[1].refusal);
    conversion_free(&c);
    bytes_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_is_read_with_title_and_comments),
        cmocka_unit_test(weights_make_a_multiple_choice),
        cmocka_unit_test(true_and_false),
        cmocka_unit_test(short_answers_have_shares_and_wildcards),
        cmocka_unit_test(numbers_have_tolerances_and_ranges),
        cmocka_unit_test(the_other_kinds),
        cmocka_unit_test(formats_and_escapes),
        cmocka_unit_test(categories_hold_for_what_follows),
        cmocka_unit_test(a_question_past_the_limit_stops_nothing),
        cmocka_unit_test(chinese_texts_of_windows_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
