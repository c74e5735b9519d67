/* SPDX-License-Identifier: Apache-2.0 */
/* The bank as a workplace: search, review, metadata, tree, duplicates, enemies, use. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"
#include "paperbank/bank/check.h"
#include "paperbank/bank/duplicates.h"
#include "paperbank/bank/edit.h"
#include "paperbank/bank/enemies.h"
#include "paperbank/bank/history.h"
#include "paperbank/bank/points.h"
#include "paperbank/bank/review.h"
#include "paperbank/bank/search-words.h"
#include "paperbank/bank/similar.h"
#include "paperbank/bank/use.h"
#include "tests/check.h"
#include "tests/paperbank/bank-kit.h"

#define RESOURCE(id, metadata)                                                                                         \
    "<resource identifier=\"RES-" id "\" type=\"imsqti_item_xmlv2p2\" href=\"" id ".xml\"><metadata>" metadata        \
    "</metadata><file href=\"" id ".xml\"/></resource>\n"

static int setup(void **state)
{
    struct kit *k = mem_alloc(sizeof *k);
    kit_open(k);
    kit_write_item(k, "i1.xml", "i1", "怎样在资源管理器中删除文件夹？");
    kit_write_item(k, "i2.xml", "i2", "电子表格的 SUM 函数做什么？");
    kit_write_item(k, "i3.xml", "i3", "Ｗｉｎｄｏｗｓ 中复制文件用什么组合键？");
    kit_write_manifest(k, RESOURCE("i1", "<kc:item knowledgePoint=\"1.1\" facility=\"0.5\"/>")
                              RESOURCE("i2", "<kc:item knowledgePoint=\"10\" facility=\"0.8\"/>") RESOURCE("i3", "<kc:item/>"));
    kit_import(k, "imsmanifest.xml");
    *state = k;
    return 0;
}

static int teardown(void **state)
{
    kit_close(*state);
    free(*state);
    return 0;
}

/* The ids that a search finds, with spaces between. */
static const char *found(const struct kit *k, struct bank_filter filter, const char *text, struct arena *a)
{
    struct bank_item *item = NULL;
    struct err e = {0};
    size_t n = 0;
    bool more = true;
    const char *ids = "";
    filter.text = text;
    assert_done(bank_find(k->bank, &filter, 0, 10, a, &item, &n, &more, &e), e);
    assert_false(more);
    for (size_t i = 0; i < n; i++)
        ids = arena_printf(a, "%s%s%s", ids, i ? " " : "", item[i].id);
    return ids;
}

static void words_are_found_in_chinese_and_in_any_width_and_case(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    const struct bank_filter any = {0}, ten = {.knowledge_point = "10"}, easy = {.has_facility = true, .facility_from = 700,
                                                                               .facility_to = 1000};
    assert_string_equal(found(k, any, "文件夹", a), "i1");
    assert_string_equal(found(k, any, "文件", a), "i1 i3");
    assert_string_equal(found(k, any, "件", a), "i1 i3");
    assert_string_equal(found(k, any, "资源管理器中", a), "i1");
    assert_string_equal(found(k, any, "资源管理表", a), "");
    assert_string_equal(found(k, any, "sum 函数", a), "i2");
    assert_string_equal(found(k, any, "windows", a), "i3");
    assert_string_equal(found(k, any, "WIN", a), "i3");
    assert_string_equal(found(k, any, "other", a), "i1 i2 i3"); /* a choice */
    assert_string_equal(found(k, any, "i2", a), "i2");
    assert_string_equal(found(k, ten, "other", a), "i2");
    assert_string_equal(found(k, easy, "other", a), "i2");
    assert_string_equal(found(k, any, "？ \"*^ -", a), "");
    assert_string_equal(found(k, any, "other\") OR (\"one", a), ""); /* "or" stands nowhere */
    arena_free(a);
}

static void a_new_version_is_found_by_its_words_and_the_old_one_no_longer(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    kit_write_item(k, "i1.xml", "i1", "怎样清空回收站？");
    kit_import(k, "i1.xml");
    assert_string_equal(found(k, (struct bank_filter){0}, "回收站", a), "i1");
    assert_string_equal(found(k, (struct bank_filter){0}, "文件夹", a), "");
    arena_free(a);
}

static void pages_follow_each_other(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bank_item *item = NULL;
    struct err e = {0};
    size_t n = 0;
    bool more = false;
    assert_done(bank_find(k->bank, NULL, 0, 2, a, &item, &n, &more, &e), e);
    assert_int_equal(n, 2);
    assert_true(more);
    assert_done(bank_find(k->bank, NULL, 2, 2, a, &item, &n, &more, &e), e);
    assert_int_equal(n, 1);
    assert_false(more);
    assert_string_equal(item[0].id, "i3");
    arena_free(a);
}

static const char *state_of(const struct kit *k, const char *id, struct arena *a)
{
    struct bank_item i = {0};
    struct err e = {0};
    assert_done(bank_item(k->bank, id, a, &i, &e), e);
    return i.state;
}

static void an_item_is_reviewed_and_approved_by_two_persons(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct err e = {0};
    assert_refused(bank_review(k->bank, "i1", "approved", "李四", "", 5, &e), ERR_NO, "only a reviewed item", e);
    assert_done(bank_review(k->bank, "i1", "reviewed", "李四", "好", 5, &e), e);
    assert_refused(bank_review(k->bank, "i1", "reviewed", "王五", "", 5, &e), ERR_NO, "already", e);
    assert_refused(bank_review(k->bank, "i1", "approved", " 李四　", "", 5, &e), ERR_NO, "has reviewed", e);
    assert_done(bank_review(k->bank, "i1", "approved", "王五", "", 6, &e), e);
    assert_string_equal(state_of(k, "i1", a), "approved");
    assert_refused(bank_review(k->bank, "zz", "draft", "王五", "", 6, &e), ERR_DATA, "no such item", e);
    assert_refused(bank_review(k->bank, "i1", "good", "王五", "", 6, &e), ERR_USAGE, "no state", e);
    assert_refused(bank_review(k->bank, "i1", "draft", "　", "", 6, &e), ERR_USAGE, "name of the person", e);
    assert_refused(bank_review(k->bank, "i1", "draft", "a\nb", "", 6, &e), ERR_USAGE, "name of the person", e);
    kit_write_item(k, "i1.xml", "i1", "改过的题干？");
    kit_import(k, "i1.xml");
    assert_string_equal(state_of(k, "i1", a), "draft");
    arena_free(a);
}

static void nobody_reviews_what_he_wrote(void **state)
{
    struct kit *k = *state;
    struct err e = {0};
    int64_t n[IMPORT_OUTCOMES] = {0};
    kit_write_item(k, "n.xml", "n", "新题？");
    char *path = kit_path(k, "n.xml");
    assert_done(bank_import(k->bank, path, "Zhang San", 7, NULL, NULL, n, &e), e);
    assert_refused(bank_review(k->bank, "n", "reviewed", "zhang  san", "", 8, &e), ERR_NO, "wrote this version", e);
    assert_done(bank_review(k->bank, "n", "reviewed", "李四", "", 8, &e), e);
    free(path);
}

static void metadata_change_one_by_one_and_all_or_none(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bank_item i = {0};
    struct err e = {0};
    size_t changed = 0;
    const struct bank_value good[] = {{"facility", "0.615"}, {"level", "apply"}, {"knowledge-point", "1"}, {"enemies", "i3 i2"}};
    assert_done(bank_edit(k->bank, "i1", good, 4, "张三", 9, &changed, &e), e);
    assert_int_equal(changed, 4);
    assert_done(bank_item(k->bank, "i1", a, &i, &e), e);
    assert_int_equal(i.facility, 615);
    assert_string_equal(i.level, "apply");
    assert_string_equal(i.knowledge_point, "1");
    assert_int_equal(i.n_declared, 2);
    assert_done(bank_edit(k->bank, "i1", good, 4, "张三", 9, &changed, &e), e);
    assert_int_equal(changed, 0);
    static const struct {
        struct bank_value v;
        const char *words;
    } bad[] = {{{"facility", "1.2"}, "facility"}, {{"knowledge-point", "9.9"}, "no knowledge point 9.9"}, {{"level", "know"}, "cognitiveLevel"},
               {{"colour", "red"}, "no field"},   {{"points", "0"}, "points"},   {{"irt", "1"}, "irt is not"},
               {{"attributes", "=x"}, "NAME=VALUE"},            {{"expected-time", "-3"}, "expectedTime"}};
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        const struct bank_value two[] = {{"facility", "0.1"}, bad[b].v};
        assert_refused(bank_edit(k->bank, "i1", two, 2, "张三", 9, NULL, &e), ERR_USAGE, bad[b].words, e);
    }
    const struct bank_value more[] = {{"irt", "0.8 1.25"}, {"attributes", "words=90 theme=school"}};
    assert_done(bank_edit(k->bank, "i1", more, 2, "张三", 9, &changed, &e), e);
    assert_int_equal(changed, 2);
    assert_done(bank_item(k->bank, "i1", a, &i, &e), e);
    assert_true(i.irt.a == 800 && i.irt.b == 1250 && i.irt.c == 0 && !i.irt.normal);
    assert_string_equal(i.attributes, "theme=school words=90");
    const struct bank_value none = {"facility", ""};
    assert_done(bank_edit(k->bank, "i1", &none, 1, "张三", 9, NULL, &e), e);
    assert_done(bank_item(k->bank, "i1", a, &i, &e), e);
    assert_int_equal(i.facility, BANK_UNKNOWN);
    assert_string_equal(i.level, "apply");
    arena_free(a);
}

/* "code=items/below" of the tree. */
static const char *tree(const struct kit *k, struct arena *a)
{
    struct bank_point *p = NULL;
    struct err e = {0};
    size_t n = 0;
    int64_t lost = 0;
    const char *all = "";
    assert_done(bank_points(k->bank, a, &p, &n, &lost, &e), e);
    for (size_t i = 0; i < n; i++)
        all = arena_printf(a, "%s%s=%lld/%lld ", all, p[i].code, (long long)p[i].items, (long long)p[i].below);
    return arena_printf(a, "%slost=%lld", all, (long long)lost);
}

static void the_tree_counts_grows_and_is_moved_with_its_items(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct err e = {0};
    int64_t items = 0;
    assert_string_equal(tree(k, a), "1=0/1 1.1=1/1 10=1/1 lost=1");
    assert_done(bank_point_add(k->bank, "1.2", "Two", &e), e);
    assert_done(bank_point_add(k->bank, "10.1", "Below", &e), e);
    assert_string_equal(tree(k, a), "1=0/1 1.1=1/1 1.2=0/0 10=1/1 10.1=0/0 lost=1");
    assert_refused(bank_point_add(k->bank, "1.2", "Again", &e), ERR_USAGE, "already", e);
    assert_refused(bank_point_add(k->bank, "5.1", "Lost", &e), ERR_USAGE, "above it", e);
    assert_refused(bank_point_add(k->bank, "5..1", "Bad", &e), ERR_USAGE, "not a code", e);
    assert_refused(bank_point_add(k->bank, "5", "", &e), ERR_USAGE, "title", e);
    assert_refused(bank_point_move(k->bank, "1", "1.1.1", &items, &e), ERR_USAGE, "into itself", e);
    assert_refused(bank_point_move(k->bank, "7", "8", &items, &e), ERR_USAGE, "no such knowledge point", e);
    assert_refused(bank_point_move(k->bank, "1", "10", &items, &e), ERR_USAGE, "already", e);
    assert_done(bank_point_move(k->bank, "1", "10.2", &items, &e), e);
    assert_int_equal(items, 1);
    assert_string_equal(tree(k, a), "10=1/2 10.1=0/0 10.2=0/1 10.2.1=1/1 10.2.2=0/0 lost=1");
    assert_done(bank_point_rename(k->bank, "10.2.1", "Other", &e), e);
    assert_refused(bank_point_rename(k->bank, "1", "Other", &e), ERR_USAGE, "no such knowledge point", e);
    arena_free(a);
}

static int64_t jaccard(const uint32_t *x, uint32_t nx, const uint32_t *y, uint32_t ny)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < nx; i++)
        for (uint32_t k = 0; k < ny; k++)
            n += x[i] == y[k];
    return n * 1000 / ((int64_t)nx + ny - n);
}

enum { SETS = 150, MEMBERS = 40 };

static void the_join_finds_exactly_the_pairs_that_comparing_all_finds(void **state)
{
    (void)state;
    uint32_t set[SETS][MEMBERS], copy[SETS][MEMBERS], size[SETS];
    struct gram_record record[SETS];
    struct rng r;
    rng_seed(&r, 4);
    for (uint32_t i = 0; i < SETS; i++) { /* variations of a few, so that many are alike, some with few members */
        size[i] = 0;
        for (uint32_t v = 0; v < (i % 7 == 0 ? 9u : 60u) && size[i] < MEMBERS; v++)
            if (rng_below(&r, 10) < 6)
                set[i][size[i]++] = v * 7919 + (rng_below(&r, 20) == 0) * 100000 * (i + 1) + (i % 3) * 1000000;
        if (size[i] == 0)
            set[i][size[i]++] = i;
    }
    for (uint32_t threshold = 300; threshold <= 1000; threshold += 100) {
        struct similar_pair *pair = NULL;
        bool more = true;
        size_t want = 0, got = 0;
        for (uint32_t i = 0; i < SETS; i++) {
            memcpy(copy[i], set[i], sizeof copy[i]);
            record[i] = (struct gram_record){copy[i], size[i], i};
        }
        for (uint32_t i = 0; i < SETS; i++)
            for (uint32_t k = 0; k < i; k++)
                if (jaccard(set[i], size[i], set[k], size[k]) >= threshold)
                    want += jaccard(set[i], size[i], set[k], size[k]) < 1000;
        size_t n = similar_pairs(record, SETS, threshold, 100000, &pair, &more);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(pair[i].measure, jaccard(set[pair[i].x], size[pair[i].x], set[pair[i].y], size[pair[i].y]));
            assert_true(i == 0 || pair[i].measure <= pair[i - 1].measure);
            got += pair[i].measure < 1000;
        }
        assert_int_equal(got, want);
        assert_false(more);
        free(pair);
    }
}

static void near_duplicates_are_proposed_as_enemies_and_a_person_decides(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bank_pair *pair = NULL;
    struct bank_enemy *enemy = NULL;
    struct bank_item i = {0};
    struct err e = {0};
    size_t n = 0;
    bool more = true;
    kit_write_item(k, "j1.xml", "j1", "怎样在资源管理器中，删除文件夹？");
    kit_import(k, "j1.xml");
    assert_done(bank_duplicates(k->bank, 800, 100, a, &pair, &n, &more, &e), e);
    assert_int_equal(n, 1);
    assert_string_equal(pair[0].item, "i1");
    assert_string_equal(pair[0].other, "j1");
    assert_int_equal(pair[0].measure, 1000); /* a comma is no difference */
    assert_refused(bank_duplicates(k->bank, 100, 100, a, &pair, &n, &more, &e), ERR_USAGE, "threshold", e);
    assert_done(bank_propose_enemies(k->bank, 800, 10, &n, &e), e);
    assert_int_equal(n, 1);
    assert_done(bank_propose_enemies(k->bank, 800, 10, &n, &e), e);
    assert_int_equal(n, 0);
    assert_done(bank_item(k->bank, "i1", a, &i, &e), e);
    assert_int_equal(i.n_enemies, 0); /* a proposal does not count */
    assert_refused(bank_decide_enemies(k->bank, "i1", "i2", false, "李四", 11, &e), ERR_NO, "nobody proposed", e);
    assert_refused(bank_decide_enemies(k->bank, "i1", "i1", true, "李四", 11, &e), ERR_USAGE, "its own enemy", e);
    assert_refused(bank_decide_enemies(k->bank, "i1", "zz", true, "李四", 11, &e), ERR_DATA, "no such item", e);
    assert_done(bank_decide_enemies(k->bank, "j1", "i1", true, "李四", 11, &e), e);
    assert_done(bank_item(k->bank, "j1", a, &i, &e), e);
    assert_int_equal(i.n_enemies, 1);
    kit_import(k, "imsmanifest.xml"); /* what a person confirmed stays */
    assert_int_equal(k->n[IMPORT_UNCHANGED], 3);
    assert_done(bank_decide_enemies(k->bank, "i1", "j1", false, "王五", 12, &e), e);
    assert_done(bank_enemies(k->bank, "refused", a, &enemy, &n, &e), e);
    assert_int_equal(n, 1);
    assert_string_equal(enemy[0].who, "王五");
    arena_free(a);
}

static void use_and_results_stand_beside_the_estimates(void **state)
{
    struct kit *k = *state;
    struct arena *a = arena_new();
    struct bank_item i = {0};
    struct bank_statistic *s = NULL;
    struct bank_use_row *use = NULL;
    struct bank_event *event = NULL;
    struct err e = {0};
    size_t n = 0;
    int64_t mean = 0, taken = 0, refused = 0;
    const struct bank_used used[] = {{"i1", 1}, {"i2", 1}};
    assert_done(bank_use_exam(k->bank, "spring", used, 2, 86400000, &e), e);
    assert_done(bank_use_session(k->bank, "spring", "s1", 120, 86500000, &e), e);
    assert_refused(bank_use_session(k->bank, "autumn", "s1", 120, 86500000, &e), ERR_DATA, "no exam", e);
    assert_done(bank_item(k->bank, "i1", a, &i, &e), e);
    assert_int_equal(i.exams, 1);
    assert_int_equal(i.last_use_ms, 86500000);
    assert_done(bank_uses(k->bank, "i1", a, &use, &n, &e), e);
    assert_int_equal(n, 2);
    assert_int_equal(use[1].candidates, 120);
    assert_string_equal(found(k, (struct bank_filter){.use = BANK_UNUSED}, "other", a), "i3");
    assert_done(bank_calibrate(k->bank, "r.csv", span_str("item,n,facility,discrimination\ni1,100,0.5,0.31\ni1x,1,0.5,\ni2,0,0.5,\ni3,9,1.5,\n"),
                               "spring", 90000000, NULL, NULL, &taken, &refused, &e), e);
    assert_int_equal(taken, 1);
    assert_int_equal(refused, 3);
    assert_done(bank_calibrate(k->bank, "r.csv", span_str("item,version,n,facility\ni1,1,300,0.701\n"), "autumn", 90000001, NULL, NULL,
                               &taken, &refused, &e), e);
    assert_done(bank_statistics(k->bank, "i1", a, &s, &n, &mean, &e), e);
    assert_int_equal(n, 2);
    assert_int_equal(s[0].discrimination, 310);
    assert_int_equal(mean, 651); /* (100 · 500 + 300 · 701) / 400 = 650.75 */
    assert_done(bank_item(k->bank, "i1", a, &i, &e), e);
    assert_int_equal(i.facility, 500);
    assert_refused(bank_calibrate(k->bank, "r.csv", span_str("id,n\n"), "x", 1, NULL, NULL, &taken, &refused, &e), ERR_DATA, "lacks", e);
    assert_done(bank_history(k->bank, "i1", a, &event, &n, &e), e);
    assert_int_equal(n, 5); /* import, two uses, two results */
    arena_free(a);
}

static void the_difference_of_two_versions_is_told_by_lines(void **state)
{
    struct kit *k = *state;
    struct bytes out = {0};
    struct err e = {0};
    kit_write_item(k, "i1.xml", "i1", "改过的题干？");
    kit_import(k, "i1.xml");
    assert_done(bank_diff(k->bank, "i1", 1, 2, &out, &e), e);
    assert_non_null(strstr((const char *)out.p, "- 怎样在资源管理器中删除文件夹？\n+ 改过的题干？\n"));
    assert_non_null(strstr((const char *)out.p, "    [B] other\n"));
    bytes_clear(&out);
    assert_done(bank_diff(k->bank, "i1", 2, 2, &out, &e), e);
    assert_int_equal(out.n, 0);
    assert_refused(bank_diff(k->bank, "i1", 2, 3, &out, &e), ERR_DATA, "no version 3", e);
    bytes_release(&out);
}

static void write_choices(const struct kit *k, const char *id, const char *stem, const char *a, const char *b, const char *c)
{
    char *name = mem_printf("%s.xml", id);
    char *text = mem_printf(
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"%s\" title=\"T\" adaptive=\"false\" "
        "timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">"
        "<correctResponse><value>A</value></correctResponse></responseDeclaration>"
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/><itemBody><p>%s</p>"
        "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"1\"><simpleChoice identifier=\"A\">%s"
        "</simpleChoice><simpleChoice identifier=\"B\">%s</simpleChoice><simpleChoice identifier=\"C\">%s</simpleChoice>"
        "</choiceInteraction></itemBody><responseProcessing "
        "template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/></assessmentItem>",
        id, stem, a, b, c);
    kit_write(k, name, text);
    kit_import((struct kit *)(uintptr_t)k, name);
    free(text);
    free(name);
}

static void on_finding(void *context, const struct bank_finding *f)
{
    bytes_printf(context, "%s %s\n", f->item, f->code);
}

static void the_check_looks_at_how_items_are_worded(void **state)
{
    struct kit *k = *state;
    struct bytes all = {0};
    struct err e = {0};
    size_t n = 0;
    write_choices(k, "w1", "哪种说法对？", "甲", "乙", "以上都对");
    write_choices(k, "w2", "下列不属于输入设备的是？", "打印机", "键盘", "鼠标");
    write_choices(k, "w3", "下列<strong>不属于</strong>输出设备的是？", "扫描仪", "音箱", "绘图仪");
    write_choices(k, "w4", "备份有什么用？", "防止数据丢失", "一定能加快速度", "总是节省空间");
    write_choices(k, "w5", "防火墙是什么？", "按规则允许或阻止网络通信的一种软件或者硬件设备", "墙", "病毒");
    write_choices(k, "w6", "电子表格的函数 SUM 做什么？", "求和并且给出各数之和", "求平均值并且给出其值", "求最大值并且给出其值");
    write_choices(k, "w7", "电子表格的函数 SUM 会做什么？", "求和并且给出各数之和", "求平均值并且给出其值", "求最大值并且给出其值");
    assert_done(bank_require_approval(k->bank, true, &e), e);
    assert_done(bank_check(k->bank, on_finding, &all, &n, &e), e);
    static const char *const wanted[] = {"w1 all-of-the-above", "w2 plain-negation", "w4 absolute-words", "w5 uneven-choices",
                                         "w7 near-duplicate", "w3 not-approved"};
    static const char *const unwanted[] = {"w3 plain-negation", "w2 all-of-the-above", "w1 uneven-choices", "w2 absolute-words",
                                           "w6 near-duplicate"};
    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++)
        if (!strstr((const char *)all.p, wanted[w]))
            fail_msg("not found: %s", wanted[w]);
    for (size_t w = 0; w < sizeof unwanted / sizeof *unwanted; w++)
        if (strstr((const char *)all.p, unwanted[w]))
            fail_msg("found: %s", unwanted[w]);
    bytes_clear(&all);
    assert_done(bank_review(k->bank, "w1", "retired", "李四", "", 5, &e), e);
    assert_done(bank_check(k->bank, on_finding, &all, &n, &e), e);
    assert_null(strstr((const char *)all.p, "w1 "));
    bytes_release(&all);
}

static void write_telling(struct kit *k, const char *id, const char *declared, const char *body)
{
    char *name = mem_printf("%s.xml", id);
    char *text = mem_printf(
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"%s\" title=\"T\" adaptive=\"false\" "
        "timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" %s</responseDeclaration>"
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/><itemBody>%s</itemBody>"
        "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/%s\"/></assessmentItem>",
        id, declared, body, strstr(declared, "<mapping") ? "map_response" : "match_correct");
    kit_write(k, name, text);
    kit_import(k, name);
    free(text);
    free(name);
}

#define CHOICES(max, one, two, three)                                                                                \
    "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"" max "\"><simpleChoice "       \
    "identifier=\"" one "\">甲</simpleChoice><simpleChoice identifier=\"" two "\">乙</simpleChoice><simpleChoice "     \
    "identifier=\"" three "\">丙</simpleChoice></choiceInteraction>"
#define ORDER(values)                                                                                                \
    "cardinality=\"ordered\" baseType=\"identifier\"><correctResponse>" values "</correctResponse>"
#define ENTRY(attributes) "<textEntryInteraction responseIdentifier=\"RESPONSE\" " attributes "/></p>"
#define TYPED "cardinality=\"single\" baseType=\"string\"><correctResponse><value>Ctrl+C</value></correctResponse>"
#define MAPPED(wrong)                                                                                                \
    "cardinality=\"multiple\" baseType=\"identifier\"><mapping defaultValue=\"" wrong "\"><mapEntry mapKey=\"A\" "     \
    "mappedValue=\"1\"/><mapEntry mapKey=\"B\" mappedValue=\"1\"/></mapping>"
#define SINGLE(id) "cardinality=\"single\" baseType=\"identifier\"><correctResponse><value>" id "</value></correctResponse>"

static void the_check_finds_what_tells_the_key(void **state)
{
    struct kit *k = *state;
    struct bytes all = {0};
    struct err e = {0};
    size_t n = 0;
    const char *order = "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\"><simpleChoice identifier=\"s1\">甲"
                        "</simpleChoice><simpleChoice identifier=\"s2\">乙</simpleChoice><simpleChoice identifier=\"s3\">丙"
                        "</simpleChoice></orderInteraction>";
    write_telling(k, "t1", SINGLE("right_1"), CHOICES("1", "right_1", "x", "y"));
    write_telling(k, "t2", SINGLE("keyboard"), CHOICES("1", "keyboard", "x", "y"));
    write_telling(k, "t3", ORDER("<value>s1</value><value>s2</value><value>s3</value>"), order);
    write_telling(k, "t4", ORDER("<value>s2</value><value>s1</value><value>s3</value>"), order);
    write_telling(k, "t5", MAPPED("0"), CHOICES("0", "A", "B", "C"));
    write_telling(k, "t6", MAPPED("-1"), CHOICES("0", "A", "B", "C"));
    write_telling(k, "t7", MAPPED("0"), CHOICES("2", "A", "B", "C"));
    write_telling(k, "t8", TYPED, "<p>复制的快捷键是" ENTRY("expectedLength=\"6\""));
    write_telling(k, "t9", TYPED, "<p>复制用" ENTRY("expectedLength=\"10\" placeholderText=\"例如 ctrl+c\""));
    assert_done(bank_check(k->bank, on_finding, &all, &n, &e), e);
    static const char *const wanted[] = {"t1 telling-identifier", "t3 identifiers-in-order", "t5 ticking-all-pays",
                                         "t8 length-tells", "t9 answer-in-view"};
    static const char *const unwanted[] = {"t2 telling", "t4 identifiers", "t6 ticking", "t7 ticking", "t8 answer", "t9 length"};
    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++)
        if (!strstr((const char *)all.p, wanted[w]))
            fail_msg("not found: %s", wanted[w]);
    for (size_t w = 0; w < sizeof unwanted / sizeof *unwanted; w++)
        if (strstr((const char *)all.p, unwanted[w]))
            fail_msg("found: %s", unwanted[w]);
    bytes_release(&all);
}

static void words_are_cut_into_triples_and_folded(void **state)
{
    (void)state;
    struct bytes out = {0};
    struct arena *a = arena_new();
    search_words_add(&out, "题库管理，ＡＢＣ-12 的", a);
    assert_string_equal((const char *)out.p, "题库管 库管理 管理 理 abc 12 的 ");
    assert_string_equal(search_query(a, "题库管理 AB"), "\"题库管 库管理 \" AND \"ab\"*");
    assert_null(search_query(a, "，。\xff"));
    bytes_release(&out);
    arena_free(a);
}

static void each_character_folds_as_unicode_says(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (uint32_t c = 1; c < 0x30000; c++) {
        char text[16] = "x";
        if (c >= 0xd800 && c < 0xe000)
            continue;
        size_t n = 1 + utf8_put(text + 1, c);
        memcpy(text + n, "中", sizeof "中");
        const char *plain = text_nfkc(a, text), *wanted = plain ? text_fold_case(a, plain) : "";
        if (strcmp(search_fold(a, text), wanted) != 0)
            fail_msg("U+%04X is folded to \"%s\", not \"%s\"", (unsigned)c, search_fold(a, text), wanted);
        if (c % 1024 == 0)
            arena_reset(a);
    }
    arena_free(a);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(words_are_found_in_chinese_and_in_any_width_and_case),
        RULE(a_new_version_is_found_by_its_words_and_the_old_one_no_longer),
        RULE(pages_follow_each_other),
        RULE(an_item_is_reviewed_and_approved_by_two_persons),
        RULE(nobody_reviews_what_he_wrote),
        RULE(metadata_change_one_by_one_and_all_or_none),
        RULE(the_tree_counts_grows_and_is_moved_with_its_items),
        cmocka_unit_test(the_join_finds_exactly_the_pairs_that_comparing_all_finds),
        RULE(near_duplicates_are_proposed_as_enemies_and_a_person_decides),
        RULE(use_and_results_stand_beside_the_estimates),
        RULE(the_difference_of_two_versions_is_told_by_lines),
        RULE(the_check_looks_at_how_items_are_worded),
        cmocka_unit_test(each_character_folds_as_unicode_says),
        RULE(the_check_finds_what_tells_the_key),
        cmocka_unit_test(words_are_cut_into_triples_and_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
