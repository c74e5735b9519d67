/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/cli/browse/sample.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "client/screens/script.h"
#include "paperbank/bank/import.h"
#include "paperbank/bank/review.h"
#include "paperbank/bank/use.h"
#include "tests/check.h"

/* 2026-11-01 08:00 UTC, and so many days later. */
#define DAY(n) (INT64_C(1793520000000) + (n)*INT64_C(86400000))

static void ignore(void *context, const struct import_line *line)
{
    (void)context;
    (void)line;
}

static void take_in(struct sample *s, const char *package)
{
    int64_t totals[IMPORT_OUTCOMES] = {0};
    struct err e = {0};
    assert_int_equal(chdir(getenv("SOURCE_ROOT")), 0);
    assert_done(bank_import(s->bank, package, "赵敏", DAY(0), ignore, NULL, totals, &e), e);
    assert_int_equal(totals[IMPORT_REFUSED], 0);
}

static void no_row(void *context, unsigned line, const char *item, const char *reason)
{
    (void)context;
    fail_msg("line %u, %s: %s", line, item, reason);
}

/* b1 is approved, was used, and has results. */
static void live(struct sample *s)
{
    static const char results[] = "item,n,facility,discrimination\nb1,480,0.654,0.31\n";
    const struct bank_used used[] = {{"b1", 1}};
    struct err e = {0};
    int64_t taken, refused;
    assert_done(bank_review(s->bank, "b1", "reviewed", "李四", "", DAY(1), &e), e);
    assert_done(
        bank_review(s->bank, "b1", "approved", "王芳", "公式已在两种软件中核对", DAY(2), &e), e);
    assert_done(bank_use_exam(s->bank, "2026-秋", used, 1, DAY(5), &e), e);
    assert_done(bank_use_session(s->bank, "2026-秋", "11-22 上午", 480, DAY(21), &e), e);
    assert_done(bank_calibrate(s->bank, "results.csv", span_str(results), "2026-秋", DAY(22),
                               no_row, NULL, &taken, &refused, &e),
                e);
    assert_int_equal(taken, 1);
}

void sample_open_of(struct sample *s, const char *package, const char *who, int width, int height)
{
    struct err e = {0};
    *s = (struct sample){.width = width, .height = height};
    snprintf(s->folder, sizeof s->folder, "/tmp/browse-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    s->path = path_join(s->folder, BANK_FILE);
    assert_done(bank_open(&s->bank, s->path, true, &e), e);
    take_in(s, package);
    if (strcmp(package, "tests/cli/browse/bank") == 0)
        live(s);
    s->browsing = browsing_new(s->bank, who);
    s->app = browsing_app(s->browsing);
    sample_size(s, width, height, true);
}

void sample_open(struct sample *s, const char *who, int width, int height)
{
    sample_open_of(s, "tests/cli/browse/bank", who, width, height);
}

void sample_close(struct sample *s)
{
    static const char *const end[] = {"", "-wal", "-shm"};
    browsing_free(s->browsing);
    bank_close(s->bank);
    for (int i = 0; i < 3; i++) {
        char *path = mem_printf("%s%s", s->path, end[i]);
        unlink(path);
        free(path);
    }
    rmdir(s->folder);
    free(s->path);
}

static void perform(struct sample *s)
{
    const struct clock_reading now = {.wall_ms = DAY(30)};
    s->app.perform(s->app.self, &now);
}

void sample_size(struct sample *s, int width, int height, bool function_keys)
{
    s->width = width;
    s->height = height;
    s->app.resize(s->app.self, width, height, function_keys);
    perform(s);
}

void sample_key(struct sample *s, struct key k)
{
    s->app.key(s->app.self, k);
    perform(s);
}

void sample_press(struct sample *s, const char *text)
{
    struct script script;
    struct err e = {0};
    assert_done(script_parse(&script, "keys", span_str(text), &e), e);
    for (size_t i = 0; i < script.n; i++) {
        const struct script_step *step = &script.step[i];
        const char *p = step->verb == SCRIPT_TEXT ? step->text : "", *end = p + strlen(p);
        for (int k = 0; step->verb == SCRIPT_KEY && k < step->times; k++)
            sample_key(s, step->key);
        while (p < end)
            sample_key(s, key_char(utf8_next(&p, end)));
    }
    script_release(&script);
}

void sample_click(struct sample *s, int x, int y)
{
    struct grid g;
    grid_init(&g, s->width, s->height);
    s->app.draw(s->app.self, &g);
    s->app.click(s->app.self, grid_target_at(&g, x, y));
    grid_release(&g);
    perform(s);
}

char *sample_text(struct sample *s, int *ret_cut)
{
    struct grid g;
    struct bytes text = {0};
    grid_init(&g, s->width, s->height);
    s->app.draw(s->app.self, &g);
    grid_dump(&g, &text);
    if (ret_cut)
        *ret_cut = g.cut;
    grid_release(&g);
    return (char *)text.p;
}

bool sample_shows(struct sample *s, const char *text)
{
    char *screen = sample_text(s, NULL);
    bool found = strstr(screen, text) != NULL;
    free(screen);
    return found;
}
