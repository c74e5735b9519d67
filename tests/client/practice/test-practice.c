/* SPDX-License-Identifier: Apache-2.0 */
/* Practice over the package of data/practice: what is read, what is passed over, and the screens under any
 * keys. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rng.h"
#include "client/practice/practice-internal.h" /* before cmocka, which has a macro test_free */
#include "tests/check.h"

static char *package(void)
{
    return mem_printf("%s/data/practice", getenv("SOURCE_ROOT"));
}

static int open_one(struct deck **ret, const char *path, struct err *e)
{
    const char *const paths[] = {path};
    return deck_open(ret, &(struct deck_options){.path = paths, .n_paths = 1, .home = "."}, e);
}

static struct practice *a_practice(uint64_t seed)
{
    char *path = package();
    struct deck *d = NULL;
    struct err e = {0};
    assert_done(open_one(&d, path, &e), e);
    free(path);
    struct practice *p = NULL;
    assert_done(practice_new(&p, d, seed, &e), e);
    return p;
}

static char *screen(const struct practice *p)
{
    struct grid g;
    struct bytes text = {0};
    grid_init(&g, p->m.width, p->m.height);
    practice_draw(p, &g);
    grid_dump(&g, &text);
    assert_int_equal(g.cut, 0);
    grid_release(&g);
    return (char *)text.p;
}

static void press(struct practice *p, enum key_code code)
{
    practice_key(p, key_of(code));
}

/* ---- what is read ---- */

static void the_whole_package_is_practised(void **state)
{
    (void)state;
    struct practice *p = a_practice(1);
    for (size_t i = 0; i < p->deck->n_skipped; i++)
        printf("# %s: %s\n", p->deck->skipped[i].name, p->deck->skipped[i].why);
    assert_int_equal(p->deck->n_skipped, 0);
    assert_int_equal(p->deck->n, 34);
    practice_free(p);
}

#define ITEM(id, body)                                                                                       \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"" id "\" title=\"t\" "  \
    "adaptive=\"false\" timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" "               \
    "cardinality=\"single\" "                                                                                \
    "baseType=\"identifier\"/><outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" "              \
    "baseType=\"float\"/><itemBody>" body "</itemBody></assessmentItem>"
#define CHOICE                                                                                               \
    "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\"><simpleChoice "   \
    "identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></choiceInteraction>"
#define DRAWING                                                                                              \
    "<drawingInteraction responseIdentifier=\"RESPONSE\"><object type=\"image/png\" "                        \
    "data=\"a.png\">a</object></drawingInteraction>"

struct folder {
    char path[64];
};

static void put(const struct folder *f, const char *name, const char *text)
{
    struct err e = {0};
    char *path = path_join(f->path, name);
    assert_done(file_put(path, 0644, span_str(text), &e), e);
    free(path);
}

static void make(struct folder *f)
{
    snprintf(f->path, sizeof f->path, "/tmp/practice-XXXXXX");
    assert_non_null(mkdtemp(f->path));
}

static void drop(const struct folder *f)
{
    struct file_names names;
    struct err e = {0};
    assert_done(file_list(f->path, &names, &e), e);
    for (size_t i = 0; i < names.n; i++) {
        char *path = path_join(f->path, names.name[i]);
        unlink(path);
        free(path);
    }
    file_names_free(&names);
    rmdir(f->path);
}

static void what_cannot_be_shown_is_told_and_passed_over(void **state)
{
    (void)state;
    struct folder f;
    make(&f);
    put(&f, "a.xml", ITEM("a", CHOICE));
    put(&f, "b.xml", ITEM("b", DRAWING));
    put(&f, "c.xml", "<assessmentItem");
    put(&f, "d.xml", "<!DOCTYPE x [<!ENTITY y \"z\">]><x>&y;</x>");
    put(&f, "e.txt", "no item");
    struct deck *d = NULL;
    struct err e = {0};
    assert_done(open_one(&d, f.path, &e), e);
    assert_int_equal(d->n_documents, 1);
    assert_int_equal(d->n_skipped, 3);
    assert_non_null(strstr(d->skipped[0].why, "drawingInteraction"));
    deck_free(d);
    char *a = path_join(f.path, "a.xml");
    unlink(a);
    free(a);
    assert_refused(open_one(&d, f.path, &e), ERR_DATA, "drawingInteraction", e);
    drop(&f);
}

static void a_manifest_cannot_lead_out_of_its_package(void **state)
{
    (void)state;
    struct folder f;
    make(&f);
    put(&f, "a.xml", ITEM("a", CHOICE));
    put(&f, "imsmanifest.xml",
        "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\"><resources>"
        "<resource type=\"imsqti_item_xmlv2p2\" href=\"../../../../etc/passwd\"/>"
        "<resource type=\"imsqti_item_xmlv2p2\" href=\"/etc/passwd\"/>"
        "<resource type=\"imsqti_item_xmlv2p2\" href=\"missing.xml\"/>"
        "<resource type=\"imsqti_item_xmlv2p2\"/>"
        "<resource type=\"webcontent\" href=\"b.html\"/>"
        "<resource type=\"imsqti_item_xmlv2p2\" href=\"a.xml\"/></resources></manifest>");
    struct deck *d = NULL;
    struct err e = {0};
    assert_done(open_one(&d, f.path, &e), e);
    assert_int_equal(d->n_documents, 1);
    assert_int_equal(d->n_skipped, 4);
    deck_free(d);
    put(&f, "imsmanifest.xml", "<other/>");
    assert_refused(open_one(&d, f.path, &e), ERR_DATA, _("this is no manifest of a content package"), e);
    put(&f, "imsmanifest.xml",
        "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\"><resources/></manifest>");
    assert_refused(open_one(&d, f.path, &e), ERR_DATA, _("there is no item in it"), e);
    drop(&f);
    assert_int_equal(open_one(&d, f.path, &e), -ERR_ENV);
}

/* ---- the screens ---- */

static void equal_seeds_give_equal_screens(void **state)
{
    (void)state;
    struct practice *p = a_practice(7), *q = a_practice(7), *other = a_practice(8);
    press(p, K_ENTER);
    press(q, K_ENTER);
    press(other, K_ENTER);
    bool differs = false;
    for (size_t i = 0; i < p->deck->n; i++) {
        char *x = screen(p), *y = screen(q), *z = screen(other);
        assert_string_equal(x, y);
        differs = differs || strcmp(x, z) != 0;
        free(x);
        free(y);
        free(z);
        press(p, K_PAGE_DOWN), press(p, K_F5), press(p, K_RIGHT), press(p, K_ENTER);
        press(q, K_PAGE_DOWN), press(q, K_F5), press(q, K_RIGHT), press(q, K_ENTER);
        press(other, K_PAGE_DOWN), press(other, K_F5), press(other, K_RIGHT), press(other, K_ENTER);
    }
    assert_true(differs);
    practice_free(p);
    practice_free(q);
    practice_free(other);
}

static void an_answer_that_changes_is_no_longer_checked(void **state)
{
    (void)state;
    struct practice *p = a_practice(1);
    press(p, K_ENTER);
    practice_key(p, key_char('a'));
    p->work->question[0].mark = MARK_WRONG;
    practice_refresh(p);
    assert_int_equal(practice_tally(p).wrong, 1);
    practice_key(p, key_char('a'));
    assert_int_equal(p->work->question[0].mark, MARK_WRONG);
    practice_key(p, key_char('b'));
    assert_int_equal(p->work->question[0].mark, MARK_NONE);
    assert_int_equal(practice_tally(p).wrong, 0);
    practice_free(p);
}

static void without_the_program_that_scores_checking_says_so(void **state)
{
    (void)state;
    struct practice *p = a_practice(1);
    p->judged = false;
    press(p, K_ENTER);
    press(p, K_F2);
    char *text = screen(p);
    assert_int_equal(p->screen, PRACTICE_PAPER);
    assert_int_equal(p->wish, WISH_NOTHING);
    assert_non_null(strstr(text, "kaochang-score"));
    free(text);
    practice_free(p);
}

static void leaving_asks_first_and_its_safe_answer_stands_first(void **state)
{
    (void)state;
    struct practice *p = a_practice(1);
    press(p, K_ENTER);
    press(p, K_F10);
    assert_int_equal(p->screen, PRACTICE_END);
    press(p, K_ENTER);
    assert_int_equal(p->screen, PRACTICE_PAPER);
    press(p, K_F10);
    press(p, K_DOWN);
    press(p, K_ENTER);
    assert_int_equal(p->wish, WISH_RESTART);
    p->wish = WISH_NOTHING;
    press(p, K_DOWN);
    press(p, K_ENTER);
    assert_int_equal(p->wish, WISH_LEAVE);
    practice_free(p);
}

/* Any keys on any size, as a sitting is tried: no text is cut, no screen is without an end. */
static void any_keys_are_survived(void **state)
{
    (void)state;
    struct practice *p = a_practice(3);
    struct app app = practice_app(p);
    struct clock_reading now = {.mono_ms = 1000, .wall_ms = 1000};
    struct rng r;
    rng_seed(&r, 5);
    p->judged = false;
    for (int i = 0; i < 4000; i++) {
        uint64_t n = rng_below(&r, 40);
        struct key k =
            n < K_COUNT ? key_of((enum key_code)n) : key_char((uint32_t)(n == 39 ? 0x4E2D : 'a' + n % 8));
        if (n % 40 == 38)
            app.resize(p, 80 + (int)rng_below(&r, 60), 24 + (int)rng_below(&r, 20), true);
        now.mono_ms += 400;
        app.key(p, k);
        app.click(p, (struct target){.kind = TARGET_BUTTON, .index = (int)rng_below(&r, 5) - 1});
        app.time(p, &now);
        app.perform(p, &now);
        p->done = false;
        free(screen(p));
    }
    practice_free(p);
}

int main(void)
{
    i18n_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_package_is_practised),
        cmocka_unit_test(what_cannot_be_shown_is_told_and_passed_over),
        cmocka_unit_test(a_manifest_cannot_lead_out_of_its_package),
        cmocka_unit_test(equal_seeds_give_equal_screens),
        cmocka_unit_test(an_answer_that_changes_is_no_longer_checked),
        cmocka_unit_test(without_the_program_that_scores_checking_says_so),
        cmocka_unit_test(leaving_asks_first_and_its_safe_answer_stands_first),
        cmocka_unit_test(any_keys_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
