/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/metadata.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/bank/bank.h"

struct item_metadata metadata_none(void)
{
    return (struct item_metadata){.knowledge_point = "", .level = "", .attributes = "", .facility = BANK_UNKNOWN,
                                  .discrimination = BANK_UNKNOWN, .expected_s = BANK_UNKNOWN};
}

bool metadata_is_code(const char *s)
{
    bool start = true;
    if (strlen(s) > 60)
        return false;
    for (; *s; s++) {
        bool word = (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z');
        if (!word && (*s != '.' || start))
            return false;
        start = !word;
    }
    return !start;
}

bool metadata_is_title(const char *s)
{
    if (!*s || strlen(s) > 600)
        return false;
    for (; *s; s++)
        if ((unsigned char)*s < 0x20)
            return false;
    return true;
}

const char *metadata_read_code(const char *text, const char **ret)
{
    if (!metadata_is_code(text))
        return _("knowledgePoint is not a code like 1.2");
    *ret = text;
    return NULL;
}

const char *metadata_read_level(const char *text, const char **ret)
{
    static const char *const levels[] = {"remember", "understand", "apply", "analyse", "evaluate", "create"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(text, levels[i]) == 0) {
            *ret = levels[i];
            return NULL;
        }
    return _("cognitiveLevel is none of remember, understand, apply, analyse, evaluate, create");
}

static bool read_thousandths(const char *text, int64_t lo, int64_t hi, int64_t *ret)
{
    points_t p;
    if (points_parse(text, &p, NULL) < 0 || p.milli < lo || p.milli > hi)
        return false;
    *ret = p.milli;
    return true;
}

const char *metadata_read_facility(const char *text, int64_t *ret)
{
    return read_thousandths(text, 0, 1000, ret)
               ? NULL
               : _("facility is not a number from 0 to 1 with at most three decimals");
}

const char *metadata_read_discrimination(const char *text, int64_t *ret)
{
    return read_thousandths(text, -1000, 1000, ret)
               ? NULL
               : _("discrimination is not a number from -1 to 1 with at most three decimals");
}

const char *metadata_read_points(const char *text, points_t *ret)
{
    return read_thousandths(text, 1, 1000000000, &ret->milli)
               ? NULL
               : _("points is not a number above zero with at most three decimals");
}

const char *metadata_read_time(const char *text, int64_t *ret)
{
    size_t n = strlen(text);
    int64_t s = n >= 1 && n <= 5 && strspn(text, "0123456789") == n ? strtoll(text, NULL, 10) : 0;
    if (s < 1 || s > 86400)
        return _("expectedTime is not a whole number of seconds from 1 to 86400");
    *ret = s;
    return NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *metadata_read_enemies(const char *text, struct arena *a, const char ***ret, size_t *ret_n)
{
    static const char space[] = " \t\r\n";
    const char **list = arena_array(a, METADATA_MAX_ENEMIES, sizeof *list);
    size_t n = 0, kept = 0;
    for (text += strspn(text, space); *text; text += strspn(text, space)) {
        size_t len = strcspn(text, space);
        const char *id = arena_strndup(a, text, len);
        text += len;
        if (!path_is_plain_name(id) || n == METADATA_MAX_ENEMIES)
            return _("enemies holds too many, or what is not the id of an item");
        list[n++] = id;
    }
    qsort(list, n, sizeof *list, by_text);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(list[kept - 1], list[i]) != 0)
            list[kept++] = list[i];
    *ret = list;
    *ret_n = kept;
    return NULL;
}
