/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"

/* 1: read; 0: *ret is absent; negative: an error. */
static int read_text(const struct check_target *t, const struct locator *at, struct arena *a,
                     const char **ret_text, enum encoding *ret_encoding, struct fact *ret, struct err *e)
{
    const char *wanted = locator_get(at, "encoding");
    const struct practical_file *f = give_file(t->folder, give_path(a, give_named(t)), ret);
    if (!f)
        return 0;
    int r = give_content(f, wanted ? encoding_named(wanted) : ENCODING_UNKNOWN, a, ret_text, ret_encoding, e);
    return r < 0 ? r : 1;
}

static const char *nth_line(const char *text, int64_t n, struct arena *a)
{
    for (; n > 1; n--) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    return *text ? arena_strndup(a, text, strcspn(text, "\n")) : NULL;
}

int files_text(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    const char *text;
    int64_t line = locator_index(at, "line", 0);
    (void)argument;
    if (line < 0)
        return give_bad_locator(t, "line", e);
    int r = read_text(t, at, a, &text, NULL, ret, e);
    if (r <= 0)
        return r;
    if (line == 0)
        return give_text(ret, text, give_named(t));
    const char *place = arena_printf(a, "%s, line %lld", give_named(t), (long long)line);
    text = nth_line(text, line, a);
    return text ? give_text(ret, text, place) : give_absent(ret, place, "there are fewer lines");
}

int files_word_count(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    const char *text;
    int64_t n = 0;
    if (!argument || !*argument)
        return give_bad_locator(t, "of", e);
    int r = read_text(t, at, a, &text, NULL, ret, e);
    if (r <= 0)
        return r;
    for (const char *p = text; (p = strstr(p, argument)); p += strlen(argument))
        n++;
    return give_integer(ret, n, give_named(t));
}

int files_line_count(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    const char *text;
    int64_t n = 0;
    (void)argument;
    int r = read_text(t, at, a, &text, NULL, ret, e);
    if (r <= 0)
        return r;
    for (const char *p = text; *p; n++) {
        p += strcspn(p, "\n");
        p += *p == '\n';
    }
    return give_integer(ret, n, give_named(t));
}

int files_encoding(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    static const char *const words[] = {"unknown", "utf-8", "utf-16le", "utf-16be", "gb18030", "unknown"};
    const char *text;
    enum encoding c = ENCODING_UNKNOWN;
    (void)argument;
    int r = read_text(t, at, a, &text, &c, ret, e);
    return r <= 0 ? r : give_token(ret, words[c], give_named(t));
}
