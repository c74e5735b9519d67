/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"
#include "tests/paperbank/convert-kit.h"

#define QUIZ(content) "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n" content "</quiz>"
#define QUESTION(type, content)                                                                              \
    "<question type=\"" type                                                                                 \
    "\"><name><text>n</text></name><questiontext format=\"html\"><text><![CDATA[<p>问题？</p>]]></text>"  \
    "</questiontext><defaultgrade>2.5</defaultgrade>" content "</question>\n"
#define ANSWER(share, text, more)                                                                            \
    "<answer fraction=\"" share "\" format=\"html\"><text>" text "</text>" more "</answer>"
#define ASKED(type, text, content)                                                                           \
    "<question type=\"" type                                                                                 \
    "\"><name><text>n</text></name><questiontext format=\"html\"><text><![CDATA[" text "]]></text>"          \
    "</questiontext>" content "</question>"

static void same(const char *got, const char *wanted)
{
    assert_string_equal(got, wanted);
}

static void refused(const struct conversion *c, size_t i, const char *words)
{
    if (!c->item[i].refusal || !strstr(c->item[i].refusal, words))
        fail_msg("not refused for %s but %s", words, c->item[i].refusal ? c->item[i].refusal : "taken");
}

static void holds(const struct conversion *c, size_t i, const char *words)
{
    if (!strstr(c->item[i].qti, words))
        fail_msg("no %s in\n%s", words, c->item[i].qti);
}

static void a_single_choice_has_one_key(void **state)
{
    (void)state;
    struct conversion c;
    convert(
        &c, FOREIGN_MOODLE,
        QUIZ(QUESTION("multichoice",
                      "<single>true</single><shuffleanswers>1</shuffleanswers>" ANSWER("0", "甲", "")
                          ANSWER("100", "<![CDATA[<p>乙 &amp; &nbsp;丙</p>]]>", "") ANSWER("0", "丁", ""))));
    assert_int_equal(c.n, 1);
    assert_int_equal(c.item[0].points, 2500);
    assert_int_equal(c.item[0].line, 3);
    same(earned(&c, 0, "RESPONSE", "B", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "A", NULL, NULL), "0/1");
    holds(&c, 0, "match_correct");
    holds(&c, 0, "shuffle=\"true\"");
    struct item *item = converted_item(&c, 0);
    assert_int_equal(item->kind, ITEM_SINGLE);
    item_free(item);
    conversion_free(&c);
}

static void thirds_add_up_to_the_whole_mark(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("multichoice",
                          "<single>false</single>" ANSWER("33.33333", "a", "") ANSWER("33.33333", "b", "")
                              ANSWER("33.33333", "c", "") ANSWER("-50", "d", "") ANSWER("-100", "e", ""))));
    same(key_earns(&c, 0), "6/6");
    same(earned(&c, 0, "RESPONSE", "A", "B", NULL, NULL), "4/6");
    same(earned(&c, 0, "RESPONSE", "A", "B", "D", NULL, NULL), "1/6");
    same(earned(&c, 0, "RESPONSE", "A", "E", NULL, NULL), "0/6");
    conversion_free(&c);
}

static void true_and_false_speak_the_language_of_the_question(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("truefalse", ANSWER("0", "true", "") ANSWER("100", "false", ""))
                     ASKED("truefalse", "Right?", ANSWER("100", "true", "") ANSWER("0", "false", ""))));
    same(earned(&c, 0, "RESPONSE", "false", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "true", NULL, NULL), "0/1");
    holds(&c, 0, ">错误</simpleChoice>");
    holds(&c, 1, ">False</simpleChoice>");
    struct item *item = converted_item(&c, 0);
    assert_int_equal(item->kind, ITEM_TRUE_FALSE);
    item_free(item);
    conversion_free(&c);
}

static void a_short_answer_minds_case_shares_and_wildcards(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("shortanswer",
                          "<usecase>0</usecase>" ANSWER("100", "CPU", "") ANSWER("50", "处理器", ""))
                     QUESTION("shortanswer", "<usecase>1</usecase>" ANSWER("100", "CPU", "")) QUESTION(
                         "shortanswer",
                         "<usecase>0</usecase>" ANSWER("100", "*TCP*IP*", "") ANSWER("50", "a\\*b", "")
                             ANSWER("0", "*", "<feedback><text>再想想</text></feedback>"))));
    same(earned(&c, 0, "RESPONSE", "cpu", NULL, NULL), "2/2");
    same(earned(&c, 0, "RESPONSE", "处理器", NULL, NULL), "1/2");
    same(earned(&c, 0, "RESPONSE", "x", NULL, NULL), "0/2");
    same(earned(&c, 1, "RESPONSE", "cpu", NULL, NULL), "0/1");
    same(key_earns(&c, 1), "1/1");
    same(key_earns(&c, 2), "2/2");
    same(earned(&c, 2, "RESPONSE", "the tcp/ip suite", NULL, NULL), "2/2");
    same(earned(&c, 2, "RESPONSE", "a*b", NULL, NULL), "1/2");
    same(earned(&c, 2, "RESPONSE", "axb", NULL, NULL), "0/2");
    same(earned(&c, 2, "RESPONSE", NULL, NULL), "0/2");
    conversion_free(&c);
}

static void a_number_lies_between_its_ends_exactly(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("numerical",
                          ANSWER("100", "0.3",
                                 "<tolerance>0.1</tolerance>") ANSWER("50", "-5", "<tolerance>1</tolerance>")
                              ANSWER("0", "*", "") "<units><unit><multiplier>1</multiplier><unit_name>米</"
                                                   "unit_name></unit></units><showunits>1</showunits>")));
    same(earned(&c, 0, "RESPONSE", "0.4", NULL, NULL), "2/2");
    same(earned(&c, 0, "RESPONSE", "0.2", NULL, NULL), "2/2");
    same(earned(&c, 0, "RESPONSE", "0.41", NULL, NULL), "0/2");
    same(earned(&c, 0, "RESPONSE", "-6", NULL, NULL), "1/2");
    same(earned(&c, 0, "RESPONSE", NULL, NULL), "0/2");
    same(key_earns(&c, 0), "2/2");
    holds(&c, 0, "/> 米</p>");
    conversion_free(&c);
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("numerical", ANSWER("100", "3", "") "<unitgradingtype>1</unitgradingtype>")));
    assert_non_null(strstr(c.item[0].refusal, "unit"));
    conversion_free(&c);
}

static void a_match_earns_for_each_pair_and_knows_distractors(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("matching",
                          "<subquestion><text>中国</text><answer><text>亚洲</text></answer></subquestion>"
                          "<subquestion><text>日本</text><answer><text>亚洲</text></answer></subquestion>"
                          "<subquestion><text>法国</text><answer><text>欧洲</text></answer></subquestion>"
                          "<subquestion><text></text><answer><text>非洲</text></answer></subquestion>")));
    same(key_earns(&c, 0), "3/3");
    same(earned(&c, 0, "RESPONSE", "S1 T1", "S2 T4", "S3 T3", NULL, NULL), "2/3");
    conversion_free(&c);
}

static void a_cloze_weighs_its_gaps(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ASKED("cloze",
                       "<p>首都是{2:MULTICHOICE:=北京#对~%50%南京~上海}，圆周率约为{1:NUMERICAL:=3.14:0.01}"
                       "，内存叫{:SHORTANSWER:=RAM~%50%\\}x}。</p>",
                       "")));
    same(key_earns(&c, 0), "8/8");
    same(earned(&c, 0, "RESPONSE1", "B", NULL, "RESPONSE2", "3.15", NULL, "RESPONSE3", "ram", NULL, NULL),
         "6/8");
    same(earned(&c, 0, "RESPONSE3", "}x", NULL, NULL), "1/8");
    holds(&c, 0, "<p>首都是<inlineChoiceInteraction");
    conversion_free(&c);
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ASKED("cloze", "{1:RIDDLE:=a~b}", "") ASKED("cloze", "nothing", "")
                     ASKED("cloze", "<img alt=\"{1:SA:=x}\" src=\"\">", "") ASKED("cloze", "{1:SA:=x", "")));
    assert_non_null(strstr(c.item[0].refusal, "RIDDLE"));
    assert_non_null(strstr(c.item[1].refusal, "asks nothing"));
    assert_non_null(c.item[2].refusal);
    assert_non_null(strstr(c.item[3].refusal, "not closed"));
    conversion_free(&c);
}

static void an_essay_waits_for_a_marker(void **state)
{
    (void)state;
    struct conversion c;
    convert(
        &c, FOREIGN_MOODLE,
        QUIZ(QUESTION("essay", "<responsefieldlines>15</responsefieldlines><graderinfo format=\"html\"><text>"
                               "<![CDATA[<p>每点两分</p>]]></text></graderinfo>")
                 QUESTION("essay", "<responseformat>noinline</responseformat>")));
    holds(&c, 0, "expectedLines=\"15\"");
    holds(&c, 0, "<rubricBlock view=\"scorer\"><p>每点两分</p>");
    holds(&c, 0, "externalScored=\"human\"");
    holds(&c, 1, "uploadInteraction");
    item_free(converted_item(&c, 0));
    item_free(converted_item(&c, 1));
    conversion_free(&c);
}

#define DATASET(name, low, high, places, values)                                                             \
    "<dataset_definition><name><text>" name                                                                  \
    "</text></name><distribution><text>uniform</text></distribution><minimum><text>" low                     \
    "</text></minimum><maximum><text>" high "</text></maximum><decimals><text>" places                       \
    "</text></decimals>" values "</dataset_definition>"

static void a_calculated_question_draws_its_numbers(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ASKED(
                "calculated", "<p>{a} + {长} = ?</p>",
                ANSWER("100", "{a}+sqrt(pow({长},2))",
                       "<tolerance>0.01</tolerance><tolerancetype>2</tolerancetype>"
                       "<correctanswerlength>2</correctanswerlength><correctanswerformat>1</"
                       "correctanswerformat>") "<dataset_definitions>" DATASET("a", "5", "5", "0", "")
                    DATASET("长", "1", "2", "1",
                            "<dataset_items><dataset_item>"
                            "<number>1</number><value>1.5</value></dataset_item></dataset_items>") "</"
                                                                                                   "dataset_"
                                                                                                   "definitio"
                                                                                                   "ns>")));
    same(earned(&c, 0, "RESPONSE", "6.5", NULL, NULL), "1/1");
    same(earned(&c, 0, "RESPONSE", "6.52", NULL, NULL), "0/1");
    holds(&c, 0, "<printedVariable identifier=\"a\"/> + <printedVariable identifier=\"DATA2\"/>");
    conversion_free(&c);
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ASKED("calculatedsimple", "{a}",
                       ANSWER("100", "zeta({a})", "") "<dataset_definitions>" DATASET(
                           "a", "1", "9", "0", "") "</dataset_definitions>")
                     ASKED("calculated", "x", ANSWER("100", "{b}*2", ""))
                         ASKED("calculatedmulti", "{a}?",
                               "<single>true</single>" ANSWER("100", "{={a}*2}", "")
                                   ANSWER("0", "{={a}*3}", "") "<dataset_definitions>" DATASET(
                                       "a", "1", "9", "0", "") "</dataset_definitions>")));
    assert_non_null(strstr(c.item[0].refusal, "zeta"));
    assert_non_null(strstr(c.item[1].refusal, "not defined"));
    same(earned(&c, 2, "RESPONSE", "A", NULL, NULL), "1/1");
    conversion_free(&c);
}

static void gaps_to_choose_from_and_orders_are_taken(void **state)
{
    (void)state;
    struct conversion c;
    convert(
        &c, FOREIGN_MOODLE,
        QUIZ(ASKED("gapselect", "<p>猫[[1]]狗[[3]]</p>",
                   "<selectoption><text>喵</text><group>1</group></selectoption>"
                   "<selectoption><text>哞</text><group>1</group></selectoption><selectoption><text>汪</"
                   "text><group>2</group></selectoption>"
                   "<selectoption><text>咩</text><group>2</group></selectoption>")
                 ASKED("ordering", "排序", ANSWER("1", "一", "") ANSWER("2", "二", "") ANSWER("3", "三", ""))
                     ASKED("ddimageortext", "x", "") ASKED("description", "读下文", "")));
    same(key_earns(&c, 0), "2/2");
    same(earned(&c, 0, "RESPONSE1", "A", NULL, "RESPONSE2", "B", NULL, NULL), "1/2");
    same(key_earns(&c, 1), "1/1");
    same(earned(&c, 1, "RESPONSE", "B", "A", "C", NULL, NULL), "0/1");
    assert_non_null(strstr(c.item[2].refusal, "ddimageortext"));
    assert_null(c.item[3].refusal);
    holds(&c, 3, "<itemBody>\n<p>读下文</p>\n</itemBody>");
    conversion_free(&c);
}

static void html_becomes_what_qti_allows(void **state)
{
    (void)state;
    struct conversion c;
    convert(
        &c, FOREIGN_MOODLE,
        QUIZ(ASKED("shortanswer",
                   "loose <b onclick=\"x()\">bold<i>both</b> "
                   "text<script>alert(1)</script><style>p{}</style><p style=\"color:red\">a&nbsp;&lt;b&copy;"
                   "<table><tr><td>1<td>2</table><font color=red>red</font><unknown>kept</unknown>",
                   ANSWER("100", "x", ""))));
    holds(&c, 0, "<p>loose <b>bold<i>both</i></b>");
    holds(&c, 0, "&lt;b\xC2\xA9");
    holds(&c, 0, "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>");
    holds(&c, 0, "red");
    holds(&c, 0, "kept");
    assert_null(strstr(c.item[0].qti, "alert"));
    assert_null(strstr(c.item[0].qti, "onclick"));
    assert_null(strstr(c.item[0].qti, "style"));
    item_free(converted_item(&c, 0));
    conversion_free(&c);
}

static void no_words_are_lost_in_lists_and_tables(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ASKED("shortanswer",
                       "<ul>loose<li>one</li><ul><li>two</li></ul></ul><table>lost?<thead><tr><th>h</th></"
                       "tr></thead><tr>x<td>y</td></tr></table>"
                       "<b><p>a</p><p>b</p></b>\x0b",
                       ANSWER("100", "x", ""))));
    holds(&c, 0, "<ul><li>loose</li><li>one</li>");
    holds(&c, 0, "two");
    holds(&c, 0, "lost?");
    holds(&c, 0, "<tr><th>h</th></tr>");
    holds(&c, 0, "<td>x</td><td>y</td>");
    holds(&c, 0, "<p>a</p><p>b</p>");
    item_free(converted_item(&c, 0));
    conversion_free(&c);
}

static void pictures_come_with_the_item_or_refuse_it(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ("<question type=\"shortanswer\"><name><text>p</text></name><questiontext "
                 "format=\"html\"><text><![CDATA[<p>"
                 "<img src=\"@@PLUGINFILE@@/a%20b.png\" alt=\"图\" width=\"20\"></p>]]></text><file name=\"a "
                 "b.png\" path=\"/\" encoding=\"base64\">"
                 "UE5H</file></questiontext>" ANSWER("100", "x", "") "</question>" ASKED(
                     "shortanswer", "<img src=\"@@PLUGINFILE@@/gone.png\">", ANSWER("100", "x", ""))
                     ASKED("shortanswer", "<img src=\"http://example.org/x.png\">", ANSWER("100", "x", ""))
                         ASKED("shortanswer", "x <img src=\"data:image/png;base64,UE5H\">",
                               ANSWER("100", "x", ""))
                             ASKED("shortanswer", "<math><mi>x</mi></math>", ANSWER("100", "x", ""))));
    same(c.item[0].picture, "picture-1.png PNG");
    holds(&c, 0, "<img src=\"picture-1.png\" alt=\"图\" width=\"20\"/>");
    assert_non_null(strstr(c.item[1].refusal, "gone.png"));
    assert_non_null(strstr(c.item[2].refusal, "example.org"));
    same(c.item[3].picture, "picture-1.png PNG");
    assert_non_null(strstr(c.item[4].refusal, "<math>"));
    conversion_free(&c);
}

static void categories_give_knowledge_points(void **state)
{
    (void)state;
    struct conversion c;
#define CATEGORY(path) "<question type=\"category\"><category><text>" path "</text></category></question>"
    convert(&c, FOREIGN_MOODLE,
            QUIZ(CATEGORY("$course$/top/1 计算机/1.2 文件管理")
                     QUESTION("truefalse", ANSWER("100", "true", "") ANSWER("0", "false", ""))
                         CATEGORY("$course$/top/杂项/旧题") QUESTION(
                             "truefalse", ANSWER("100", "true", "") ANSWER("0", "false", "")) CATEGORY("top")
                             QUESTION("truefalse", ANSWER("100", "true", "") ANSWER("0", "false", ""))));
    same(c.item[0].knowledge_point, "1.2");
    same(c.point[0], "1 计算机");
    same(c.point[1], "1.2 文件管理");
    assert_int_equal(strncmp(c.item[1].knowledge_point, "import.", 7), 0);
    same(c.point[2], "import 导入");
    assert_non_null(strstr(c.point[4], "旧题"));
    same(c.item[2].knowledge_point, "");
    conversion_free(&c);
}

static void identifiers_stay_the_same(void **state)
{
    (void)state;
    struct conversion c, d;
    static const char text[] = QUIZ(
        QUESTION("truefalse", ANSWER("100", "true", "") ANSWER("0", "false", ""))
            QUESTION("truefalse", ANSWER("100", "true", "") ANSWER("0", "false", "")) QUESTION(
                "truefalse", "<idnumber>tf-7</idnumber>" ANSWER("100", "true", "") ANSWER("0", "false", "")));
    convert(&c, FOREIGN_MOODLE, text);
    convert(&d, FOREIGN_MOODLE, text);
    for (size_t i = 0; i < 3; i++) {
        same(c.item[i].name, d.item[i].name);
        same(c.item[i].qti, d.item[i].qti);
    }
    assert_string_not_equal(c.item[0].name, c.item[1].name);
    same(c.item[2].name, "tf-7");
    conversion_free(&c);
    conversion_free(&d);
}

static void feedback_is_told_for_the_answer_that_fits(void **state)
{
    (void)state;
    struct conversion c;
    convert(
        &c, FOREIGN_MOODLE,
        QUIZ(QUESTION("multichoice", "<single>true</single><generalfeedback "
                                     "format=\"html\"><text>解析</text></generalfeedback>" ANSWER(
                                         "100", "a", "<feedback format=\"html\"><text>好</text></feedback>")
                                         ANSWER("0", "b", "<feedback><text>不好</text></feedback>"))));
    same(earned(&c, 0, "RESPONSE", "A", NULL, NULL), "1/1");
    struct item *item = converted_item(&c, 0);
    assert_int_equal(item->n_feedbacks, 3);
    item_free(item);
    conversion_free(&c);
}

static void a_sealed_exam_may_use_what_comes_in(void **state)
{
    (void)state;
    struct conversion c;
    convert(
        &c, FOREIGN_MOODLE,
        QUIZ(QUESTION("multichoice",
                      "<single>false</single>" ANSWER("50", "a", "<feedback><text>f</text></feedback>")
                          ANSWER("50", "b", "")) QUESTION("shortanswer", ANSWER("100", "a*", ""))
                 QUESTION("numerical", ANSWER("100", "3", "")) ASKED("cloze", "{1:MC:=a~b}{1:NM:=3:1}", "")
                     ASKED("calculated", "{a} {b}",
                           ANSWER("100", "{a}*{b}",
                                  "<tolerance>0.01</tolerance>") "<dataset_definitions>" DATASET("a", "1",
                                                                                                 "9", "0", "")
                               DATASET("b", "0.1", "0.9", "1",
                                       "<dataset_items><dataset_item><value>0.5</value>"
                                       "</dataset_item><dataset_item><value>0.7</value></dataset_item></"
                                       "dataset_items>") "</dataset_definitions>") QUESTION("essay", "")));
    for (size_t i = 0; i < c.n; i++)
        same(sealed(&c, i), "");
    conversion_free(&c);
}

static void one_bad_question_stops_nothing(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("multichoice", ANSWER("0", "a", "") ANSWER("0", "b", ""))
                     QUESTION("multichoice", "<single>true</single>" ANSWER("100", "a", ""))
                         QUESTION("numerical", ANSWER("100", "three", ""))
                             QUESTION("truefalse", ANSWER("100", "true", "") ANSWER("0", "false", ""))));
    assert_int_equal(c.n, 4);
    assert_non_null(strstr(c.item[0].refusal, "no answer is right"));
    assert_non_null(strstr(c.item[1].refusal, "two options"));
    assert_non_null(strstr(c.item[2].refusal, "three"));
    assert_int_equal(c.item[2].line, 5);
    assert_null(c.item[3].refusal);
    conversion_free(&c);
}

static void broken_and_hostile_files_are_refused_with_the_line(void **state)
{
    (void)state;
    struct conversion c;
    convert_bytes(&c, FOREIGN_MOODLE, span_str("<quiz>\n<question type=\"x\">\n</quiz>"), ENCODING_UNKNOWN);
    assert_int_equal(c.result, -ERR_DATA);
    assert_non_null(strstr(c.e.where, ":3"));
    conversion_free(&c);
    convert_bytes(&c, FOREIGN_MOODLE,
                  span_str("<!DOCTYPE quiz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><quiz>&b;</quiz>"),
                  ENCODING_UNKNOWN);
    assert_refused(c.result, ERR_DATA, "DOCTYPE", c.e);
    conversion_free(&c);
    convert_bytes(&c, FOREIGN_MOODLE, span_str("<other/>"), ENCODING_UNKNOWN);
    assert_int_equal(c.result, -ERR_DATA);
    conversion_free(&c);
}

static void every_encoding_is_read(void **state)
{
    (void)state;
    struct conversion c;
#define ANY(declaration, word)                                                                               \
    declaration "<quiz><question type=\"shortanswer\"><name><text>n</text></name><questiontext><text>" word  \
                "</text></questiontext><answer fraction=\"100\"><text>x</text></answer></question></quiz>"
    convert(&c, FOREIGN_MOODLE, ANY("<?xml version=\"1.0\" encoding=\"GBK\"?>", "\xCA\xD4\xCC\xE2"));
    holds(&c, 0, "试题");
    conversion_free(&c);
    convert(&c, FOREIGN_MOODLE, ANY("<?xml version=\"1.0\"?>", "\xCA\xD4\xCC\xE2"));
    holds(&c, 0, "试题");
    assert_int_equal(c.encoding, ENCODING_GB18030);
    conversion_free(&c);
    convert(&c, FOREIGN_MOODLE, ANY("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>", "试题"));
    holds(&c, 0, "试题");
    conversion_free(&c);
    convert_bytes(&c, FOREIGN_MOODLE, span_str(ANY("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "\xFF\xFF")),
                  ENCODING_UNKNOWN);
    assert_int_equal(c.result, -ERR_DATA);
    conversion_free(&c);
}

#define ORDERING(type)                                                                                       \
    QUESTION("ordering", "<gradingtype>" type "</gradingtype>" ANSWER("1", "a", "") ANSWER("2", "b", "")     \
                             ANSWER("3", "c", "") ANSWER("4", "d", ""))

static void an_order_earns_by_place_or_by_what_follows(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ORDERING("ABSOLUTE_POSITION") ORDERING("RELATIVE_NEXT_EXCLUDE_LAST")
                     ORDERING("RELATIVE_NEXT_INCLUDE_LAST") ORDERING("ALL_OR_NOTHING") ORDERING("0")
                         ORDERING("LONGEST_ORDERED_SUBSET")));
    static const char *const full[] = {"4/4", "3/3", "4/4", "1/1", "4/4", "1/1"};
    static const char *const turned[] = {"0/4", "2/3", "2/4", "0/1", "0/4", "0/1"};
    static const char *const swapped[] = {"2/4", "1/3", "2/4", "0/1", "2/4", "0/1"};
    for (size_t i = 0; i < 6; i++) {
        same(key_earns(&c, i), full[i]);
        same(earned(&c, i, "RESPONSE", "D", "A", "B", "C", NULL, NULL), turned[i]);
        same(earned(&c, i, "RESPONSE", "B", "A", "C", "D", NULL, NULL), swapped[i]);
        same(earned(&c, i, NULL), full[i][0] == '1' ? "0/1" : full[i][0] == '3' ? "0/3" : "0/4");
        same(sealed(&c, i), "");
    }
    same(c.item[0].note, "");
    if (!strstr(c.item[5].note, "LONGEST_ORDERED_SUBSET"))
        fail_msg("nothing is said: %s", c.item[5].note);
    conversion_free(&c);
}

static void a_gap_may_ask_for_several(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(ASKED("cloze", "<p>Big {1:SA:=cat}, round {2:MULTIRESPONSE:%50%ball#yes~%50%sun~%-50%a < b} end</p>", "")
                     ASKED("cloze", "<p>{1:MRHS:=a~=b~c}</p>", "")));
    same(key_earns(&c, 0), "6/6");
    same(earned(&c, 0, "RESPONSE2", "A", NULL, NULL), "2/6");
    same(earned(&c, 0, "RESPONSE2", "A", "B", "C", NULL, "RESPONSE1", "cat", NULL, NULL), "4/6");
    same(earned(&c, 0, "RESPONSE2", "C", NULL, NULL), "0/6");
    holds(&c, 0, "round [2] end</p>");
    holds(&c, 0, "<prompt>[2]</prompt>");
    holds(&c, 0, "a &lt; b</simpleChoice>");
    same(c.item[0].note, "");
    same(earned(&c, 1, "RESPONSE", "A", NULL, NULL), "1/1");
    if (!strstr(c.item[1].note, "whole mark"))
        fail_msg("nothing is said: %s", c.item[1].note);
    conversion_free(&c);
}

#define SAID(field, text) "<" field " format=\"html\"><text>" text "</text></" field ">"

static void feedback_on_the_whole_goes_by_the_score(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(QUESTION("multichoice", "<single>false</single>" SAID("correctfeedback", "Well done") SAID(
                              "partiallycorrectfeedback", "Go on") SAID("incorrectfeedback", "No")
                              ANSWER("50", "a", "") ANSWER("50", "b", "") ANSWER("-50", "c", ""))
                     QUESTION("multichoice", "<single>true</single>" SAID("correctfeedback", "Your answer is correct.")
                                  SAID("incorrectfeedback", "回答错误。") ANSWER("100", "a", "") ANSWER("0", "b", ""))));
    same(key_earns(&c, 0), "2/2");
    holds(&c, 0, "<modalFeedback outcomeIdentifier=\"RESULT\" identifier=\"right\" showHide=\"show\"><p>Well done</p>");
    holds(&c, 0, "identifier=\"partly\" showHide=\"show\"><p>Go on</p>");
    holds(&c, 0, "identifier=\"wrong\" showHide=\"show\"><p>No</p>");
    same(sealed(&c, 0), "");
    holds(&c, 1, "rptemplates/match_correct");
    conversion_free(&c);
}

#define REMAINDER(formula, minimum)                                                                          \
    ASKED("calculated", "<p>{a}</p>", "<answer fraction=\"100\"><text>" formula "</text><tolerance>0</tolerance>"    \
          "<tolerancetype>2</tolerancetype><correctanswerformat>1</correctanswerformat>"                     \
          "<correctanswerlength>0</correctanswerlength></answer><dataset_definitions><dataset_definition>"   \
          "<name><text>a</text></name><distribution><text>uniform</text></distribution>"                     \
          "<minimum><text>" minimum "</text></minimum><maximum><text>17</text></maximum>"                    \
          "<decimals><text>0</text></decimals></dataset_definition></dataset_definitions>")

static void a_remainder_is_taken_of_whole_numbers(void **state)
{
    (void)state;
    struct conversion c;
    convert(&c, FOREIGN_MOODLE,
            QUIZ(REMAINDER("{a} % 5", "17") REMAINDER("fmod({a}*2+1, 4) + 0.5", "17") REMAINDER("{a} % 5", "-3")
                     REMAINDER("fmod({a}, 2.5)", "3")));
    holds(&c, 0, "<integerModulus><variable identifier=\"a\"/><baseValue baseType=\"integer\">5</baseValue></integerModulus>");
    item_free(converted_item(&c, 1));
    refused(&c, 2, "not negative");
    refused(&c, 3, "whole numbers");
    conversion_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_choice_has_one_key),
        cmocka_unit_test(thirds_add_up_to_the_whole_mark),
        cmocka_unit_test(true_and_false_speak_the_language_of_the_question),
        cmocka_unit_test(a_short_answer_minds_case_shares_and_wildcards),
        cmocka_unit_test(a_number_lies_between_its_ends_exactly),
        cmocka_unit_test(a_match_earns_for_each_pair_and_knows_distractors),
        cmocka_unit_test(a_cloze_weighs_its_gaps),
        cmocka_unit_test(an_essay_waits_for_a_marker),
        cmocka_unit_test(a_calculated_question_draws_its_numbers),
        cmocka_unit_test(gaps_to_choose_from_and_orders_are_taken),
        cmocka_unit_test(html_becomes_what_qti_allows),
        cmocka_unit_test(no_words_are_lost_in_lists_and_tables),
        cmocka_unit_test(pictures_come_with_the_item_or_refuse_it),
        cmocka_unit_test(categories_give_knowledge_points),
        cmocka_unit_test(identifiers_stay_the_same),
        cmocka_unit_test(feedback_is_told_for_the_answer_that_fits),
        cmocka_unit_test(a_sealed_exam_may_use_what_comes_in),
        cmocka_unit_test(one_bad_question_stops_nothing),
        cmocka_unit_test(broken_and_hostile_files_are_refused_with_the_line),
        cmocka_unit_test(every_encoding_is_read),
        cmocka_unit_test(an_order_earns_by_place_or_by_what_follows),
        cmocka_unit_test(a_gap_may_ask_for_several),
        cmocka_unit_test(feedback_on_the_whole_goes_by_the_score),
        cmocka_unit_test(a_remainder_is_taken_of_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
