/* SPDX-License-Identifier: Apache-2.0 */
/* A typing task: a text that is given, the text that was typed, and the time it took. */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/typing/distance.h"

enum { TEXT_BYTES_MAX = 256 << 10, SECONDS_MAX = 86400 };

static int read_text(const struct practical_file *f, bool forms, struct arena *a, struct typing_text *ret,
                     struct err *e)
{
    const char *text;
    struct practical_file head = *f;
    if (head.bytes.n > TEXT_BYTES_MAX)
        head.skipped = "larger than a text that is typed";
    int r = give_content(&head, ENCODING_UNKNOWN, a, &text, NULL, e);
    if (r == 0)
        typing_read(a, text, forms, ret);
    return r;
}

/* The given text lies among the start files, else in the candidate's folder. */
static const struct practical_file *find_given(const struct check_target *t, const char *source)
{
    const struct practical_file *f = t->start ? practical_find(t->start, source) : NULL;
    return f ? f : practical_find(t->folder, source);
}

/* 1: compared; 0: *ret is absent; negative: an error. */
static int compare(const struct check_target *t, const struct locator *at, struct arena *a,
                   struct typing_result *ret_result, struct fact *ret, struct err *e)
{
    const char *source = locator_get(at, "source"), *forms = locator_get(at, "forms");
    const struct practical_file *given = source ? find_given(t, give_path(a, source)) : NULL;
    bool any = forms && strcmp(forms, "any") == 0;
    struct typing_text x, y;
    if (!given || given->folder)
        return give_bad_locator(t, "source", e);
    const struct practical_file *typed = give_file(t->folder, give_path(a, give_named(t)), ret);
    if (!typed)
        return 0;
    if (read_text(given, any, a, &y, e) < 0 || read_text(typed, any, a, &x, e) < 0)
        return -ERR_DATA;
    *ret_result = typing_compare(&x, &y);
    return 1;
}

static const char *place_of(const struct check_target *t, const struct typing_result *r, struct arena *a)
{
    return arena_printf(a, "%s: %zu characters correct, %zu errors", give_named(t), r->correct, r->errors);
}

static int correct(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct typing_result r;
    (void)argument;
    int got = compare(t, at, a, &r, ret, e);
    return got <= 0 ? got : give_integer(ret, (int64_t)r.correct, place_of(t, &r, a));
}

static int errors(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    struct typing_result r;
    (void)argument;
    int got = compare(t, at, a, &r, ret, e);
    return got <= 0 ? got : give_integer(ret, (int64_t)r.errors, place_of(t, &r, a));
}

/* Correct characters of all that were typed or left out, in thousandths, half up. */
static int accuracy(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct typing_result r;
    (void)argument;
    int got = compare(t, at, a, &r, ret, e);
    if (got <= 0)
        return got;
    int64_t n = (int64_t)(r.correct + r.errors),
            thousandths = n ? (2000 * (int64_t)r.correct + n) / (2 * n) : 0;
    *ret = (struct fact){.value = {.type = FACT_RATIO, .integer = thousandths}, .place = place_of(t, &r, a)};
    return 0;
}

/* "600" seconds or "10:00". */
static int64_t read_seconds(const char *text)
{
    int64_t seconds = 0, part = 0;
    bool digit = false;
    for (const char *p = text; *p; p++) {
        if (*p == ':' && digit && seconds == 0) {
            seconds = 60 * part;
            part = 0;
            digit = false;
        } else if (*p >= '0' && *p <= '9' && part < SECONDS_MAX) {
            part = 10 * part + (*p - '0');
            digit = true;
        } else
            return -1;
    }
    seconds += part;
    return digit && seconds > 0 && seconds <= SECONDS_MAX ? seconds : -1;
}

static int speed(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    struct typing_result r;
    int64_t seconds = argument ? read_seconds(argument) : -1;
    if (seconds < 0)
        return give_bad_locator(t, "of", e);
    int got = compare(t, at, a, &r, ret, e);
    if (got <= 0)
        return got;
    return give_integer(ret, (120 * (int64_t)r.correct + seconds) / (2 * seconds), place_of(t, &r, a));
}

static const struct check_kind kinds[] = {
    {.name = "typing.accuracy",
     .row = "T1",
     .label = N_("accuracy of typing"),
     .locators = "source forms",
     .type = FACT_RATIO,
     .find = accuracy},
    {.name = "typing.correct",
     .row = "T2",
     .label = N_("characters typed correctly"),
     .locators = "source forms",
     .type = FACT_INTEGER,
     .find = correct},
    {.name = "typing.errors",
     .row = "T2",
     .label = N_("errors of typing"),
     .locators = "source forms",
     .type = FACT_INTEGER,
     .find = errors},
    {.name = "typing.speed",
     .row = "T3",
     .label = N_("correct characters a minute"),
     .locators = "source forms",
     .argument = N_("the time, such as 600 seconds or 10:00"),
     .type = FACT_INTEGER,
     .find = speed},
};

const struct practical_family typing_family = {
    .name = "typing",
    .extensions = "",
    .kind = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};
