/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/filter.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/points.h"
#include "cli/bank/home.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/review.h"
#include "paperbank/item/item.h"

static bool is_one_of(const char *value, const char *words)
{
    size_t n = strlen(value);
    for (const char *w = words; *w; w += strcspn(w, " "), w += strspn(w, " "))
        if (strcspn(w, " ") == n && strncmp(w, value, n) == 0)
            return true;
    return false;
}

static int one_of(const struct args *a, const char *option, const char *words, struct err *e)
{
    const char *value = args_get(a, option);
    if (!value || is_one_of(value, words))
        return 0;
    err_set(e, ERR_USAGE, NULL, _("--%s %s: there is no such word"), option, value);
    return err_hint(e, _("one of: %s"), words);
}

static int check_kind(const struct args *a, struct err *e)
{
    struct arena *arena = arena_new();
    const char *words = item_kind_name(0);
    for (int k = 1; k < ITEM_KINDS; k++)
        words = arena_printf(arena, "%s %s", words, item_kind_name((enum item_kind)k));
    int r = one_of(a, "kind", words, e);
    arena_free(arena);
    return r;
}

static int read_range(struct bank_filter *f, const struct args *a, struct err *e)
{
    const char *value = args_get(a, "facility"), *dots = value ? strstr(value, "..") : NULL;
    points_t from, to;
    if (!value)
        return 0;
    struct arena *arena = arena_new();
    bool good = dots && points_parse(arena_strndup(arena, value, (size_t)(dots - value)), &from, NULL) == 0 &&
                points_parse(dots + 2, &to, NULL) == 0 && from.milli >= 0 && from.milli <= to.milli &&
                to.milli <= 1000;
    arena_free(arena);
    if (!good) {
        err_set(e, ERR_USAGE, NULL, _("--facility %s: this is no range"), value);
        return err_hint(e, _("for example --facility 0.3..0.7"));
    }
    f->has_facility = true;
    f->facility_from = from.milli;
    f->facility_to = to.milli;
    return 0;
}

int filter_read(struct bank_filter *ret, const struct args *a, struct err *e)
{
    bool used = args_get(a, "used"), unused = args_get(a, "unused");
    *ret = (struct bank_filter){.knowledge_point = args_get(a, "knowledge-point"),
                                .kind = args_get(a, "kind"),
                                .level = args_get(a, "level"),
                                .state = args_get(a, "state"),
                                .delivery = args_get(a, "delivery"),
                                .use = used     ? BANK_USED
                                       : unused ? BANK_UNUSED
                                                : BANK_USED_OR_NOT};
    if (used && unused)
        return err_set(e, ERR_USAGE, NULL, _("--used and --unused exclude each other"));
    int r = check_kind(a, e);
    if (r == 0)
        r = one_of(a, "level", METADATA_LEVELS, e);
    if (r == 0)
        r = one_of(a, "state", REVIEW_STATES, e);
    if (r == 0)
        r = one_of(a, "delivery", "terminal graphic nothing", e);
    return r == 0 ? read_range(ret, a, e) : r;
}

bool filter_given(const struct args *a)
{
    static const char *const names[] = {"knowledge-point", "kind",     "level", "state",
                                        "delivery",        "facility", "used",  "unused"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (args_get(a, names[i]))
            return true;
    return false;
}

int thousandths_option(const struct args *a, const char *name, int64_t lo, int64_t hi, int64_t fallback,
                       int64_t *ret, struct err *e)
{
    const char *value = args_get(a, name);
    char from[32], to[32];
    points_t p;
    *ret = fallback;
    if (!value)
        return 0;
    if (points_parse(value, &p, NULL) < 0 || p.milli < lo || p.milli > hi)
        return err_set(e, ERR_USAGE, NULL, _("--%s %s: not a number from %s to %s"), name, value,
                       points_text(points_milli(lo), from, sizeof from),
                       points_text(points_milli(hi), to, sizeof to));
    *ret = p.milli;
    return 0;
}

int person_option(const struct args *a, const char **ret, struct err *e)
{
    *ret = args_get(a, "by");
    return bank_check_person(*ret, e);
}

int filter_run(const struct args *a, filter_command *command, struct err *e)
{
    struct bank_filter filter;
    struct bank *bank = NULL;
    int r = filter_read(&filter, a, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r < 0)
        return r;
    struct arena *arena = arena_new();
    r = command(a, bank, &filter, arena, e);
    bank_close(bank);
    arena_free(arena);
    return r;
}

int page_read(struct page *ret, const struct args *a, int64_t limit, struct err *e)
{
    int64_t most = 0, before = 0;
    int r = args_int(a, "limit", 1, BANK_MAX_PAGE, limit, &most, e);
    if (r == 0)
        r = args_int(a, "offset", 0, INT32_MAX, 0, &before, e);
    *ret = (struct page){.limit = (size_t)most, .offset = (size_t)before};
    return r;
}

void page_more(const struct page *p)
{
    fprintf(stderr, _("there are more: --offset %zu\n"), p->offset + p->limit);
}
