/* SPDX-License-Identifier: Apache-2.0 */
/* An assessment test of the bank as an exam's folder. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/assemble/assemble.h"
#include "cli/bank/home.h"
#include "engine/exam/exam.h"
#include "engine/exam/test-exam.h"
#include "paperbank/bank/tests.h"

static void on_reason(void *context, unsigned line, const char *what)
{
    fprintf(stderr, "%s:%u: %s\n", (const char *)context, line, what);
}

static int points_option(const struct args *a, const char *name, points_t *ret, struct err *e)
{
    const char *text = args_get(a, name);
    *ret = points_milli(-1);
    if (text && (points_parse(text, ret, NULL) < 0 || ret->milli < 0))
        return err_set(e, ERR_USAGE, NULL, _("--%s %s: not a number of points"), name, text);
    return 0;
}

static int read_wish(const struct args *a, uint64_t seed, struct test_wish *ret, struct err *e)
{
    int64_t forms, minutes;
    *ret = (struct test_wish){.seed = seed};
    int r = args_int(a, "forms", 1, PAPER_MAX_FORMS, 1, &forms, e);
    if (r == 0)
        r = args_int(a, "duration", 1, 7 * 24 * 60, 0, &minutes, e);
    if (r == 0)
        r = points_option(a, "pass", &ret->pass, e);
    if (r == 0)
        r = points_option(a, "high", &ret->high, e);
    if (r < 0)
        return r;
    ret->forms = (size_t)forms;
    ret->duration_s = minutes * 60;
    return 0;
}

static int refuse(const char *identifier, size_t n, struct err *e)
{
    err_set(e, ERR_DATA, identifier, _("this test cannot be a sealed exam; reasons: %zu"), n);
    return err_hint(e, _("change the test as said above and import it again"));
}

static void print(const struct args *a, const struct paper *p, const struct bytes *certificate,
                  const char *dir)
{
    char points[32];
    if (args_json(a)) {
        printf("%s", (const char *)certificate->p);
        return;
    }
    printf(_("%s: forms %zu, items %zu, points %s, %lld minutes\n"), p->title, p->n_forms,
           paper_form_items(&p->form[0]), points_text(p->points, points, sizeof points),
           (long long)(p->duration_s / 60));
    printf(_("exam written to %s\n"), dir);
}

static int write_exam(const struct args *a, struct bank *bank, const struct bank_test *from,
                      const struct test *t, const struct test_wish *wish, const char *dir, struct err *e)
{
    struct bytes certificate = {0};
    struct clock_reading now;
    struct paper *p = NULL;
    int r = test_paper(&p, t, path_base(dir), wish, bank, e);
    if (r < 0)
        return r;
    test_certificate(t, from->version, wish, p, &certificate);
    const struct exam_file file[] = {{"test.xml", from->xml}, {"certificate.json", bytes_span(&certificate)}};
    clock_read(&now);
    r = exam_put(dir, p, bank, now.wall_ms, file, 2, NULL, e);
    if (r == 0)
        print(a, p, &certificate, dir);
    bytes_release(&certificate);
    paper_free(p);
    return r;
}

int assemble_test(const struct args *a, const char *identifier, uint64_t seed, struct err *e)
{
    struct arena *arena = arena_new();
    struct test_wish wish;
    struct bank *bank = NULL;
    struct bank_test from = {0};
    struct test *t = NULL;
    char *dir = NULL;
    int r = read_wish(a, seed, &wish, e);
    if (r == 0)
        r = assemble_dir(&dir, a, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = bank_test(bank, identifier, arena, &from, e);
    if (r == 0)
        r = test_read(&t, identifier, "tests/t.xml", from.xml, NULL, e);
    if (r == 0) {
        size_t n = test_reasons(t, &wish, on_reason, (void *)(uintptr_t)identifier);
        r = n ? refuse(identifier, n, e) : write_exam(a, bank, &from, t, &wish, dir, e);
    }
    test_close(t);
    bank_close(bank);
    arena_free(arena);
    free(dir);
    return r;
}
