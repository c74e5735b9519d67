/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

bool draft_fault(struct draft *d, const char *format, ...)
{
    char what[320];
    va_list ap;
    if (d->fault)
        return false;
    va_start(ap, format);
    if (vsnprintf(what, sizeof what, format, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    struct err whole = {0}; /* cuts long texts between characters */
    err_set(&whole, ERR_DATA, NULL, "%s", what);
    d->fault = arena_strdup(d->arena, whole.what);
    return false;
}

struct draft_answer *draft_answer_new(struct draft *d, struct draft_part *p)
{
    if (!p->answer)
        p->answer = arena_array(d->arena, DRAFT_MAX_ANSWERS + 1, sizeof *p->answer);
    struct draft_answer *answer = &p->answer[p->n_answers];
    *answer = (struct draft_answer){.share = {0, 1}};
    if (p->n_answers < DRAFT_MAX_ANSWERS)
        p->n_answers++;
    else
        draft_fault(d, _("more than %d answers"), DRAFT_MAX_ANSWERS);
    return answer;
}

struct draft_part *draft_part_new(struct draft *d, enum draft_kind kind)
{
    if (!d->part)
        d->part = arena_array(d->arena, DRAFT_MAX_PARTS + 1, sizeof *d->part);
    struct draft_part *p = &d->part[d->n_parts];
    *p = (struct draft_part){.kind = kind};
    if (d->n_parts < DRAFT_MAX_PARTS)
        d->n_parts++;
    else
        draft_fault(d, _("more than %d gaps in one question"), DRAFT_MAX_PARTS);
    return p;
}

const char *draft_short_title(struct arena *a, const char *words)
{
    enum { COLUMNS_MAX = 80 };
    size_t n = strcspn(words, "\n"), fits = text_fit(words, COLUMNS_MAX, NULL);
    return arena_strndup(a, words, fits < n ? fits : n);
}

static bool has_chinese(const char *s)
{
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t c = utf8_next(&s, end);
        if (c >= 0x3400 && c <= 0x9FFF)
            return true;
    }
    return false;
}

const char *draft_truth(const struct draft *d, bool truth)
{
    bool chinese = (d->title && has_chinese(d->title)) || (d->body && has_chinese(d->body));
    return chinese ? (truth ? "正确" : "错误") : truth ? "True" : "False";
}

int draft_give(struct draft *d, const struct foreign_sink *sink, struct err *e)
{
    struct bytes qti = {0};
    bool good = draft_write(d, &qti);
    const struct foreign_item item = {.line = d->line,
                                      .name = good && d->identifier ? d->identifier
                                              : d->name             ? d->name
                                                                    : "",
                                      .refusal = good ? NULL : d->fault,
                                      .note = d->note,
                                      .qti = bytes_span(&qti),
                                      .original = d->original,
                                      .has_metadata = d->has_metadata,
                                      .metadata = d->metadata,
                                      .picture = d->picture,
                                      .n_pictures = d->n_pictures};
    int r = sink->item(sink->context, &item, e);
    bytes_release(&qti);
    return r;
}

static uint64_t fnv(uint64_t h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
    return h;
}

static const uint64_t fnv_start = UINT64_C(0xcbf29ce484222325);

static void names_grow(struct draft_names *seen)
{
    struct draft_names old = *seen;
    seen->room = old.room ? 2 * old.room : 256;
    seen->slot = mem_alloc(seen->room * sizeof *seen->slot);
    for (size_t i = 0; i < old.room; i++) {
        if (!old.slot[i].times)
            continue;
        size_t at = old.slot[i].hash & (seen->room - 1);
        while (seen->slot[at].times)
            at = (at + 1) & (seen->room - 1);
        seen->slot[at] = old.slot[i];
    }
    free(old.slot);
}

const char *draft_identifier(struct draft_names *seen, struct arena *a, const char *prefix, const char *words)
{
    uint64_t h = fnv(fnv_start, words);
    if (2 * seen->n >= seen->room)
        names_grow(seen);
    size_t at = h & (seen->room - 1);
    while (seen->slot[at].times && seen->slot[at].hash != h)
        at = (at + 1) & (seen->room - 1);
    seen->n += !seen->slot[at].times;
    seen->slot[at].hash = h;
    uint32_t times = ++seen->slot[at].times;
    return times == 1 ? arena_printf(a, "%s-%016llx", prefix, (unsigned long long)h)
                      : arena_printf(a, "%s-%016llx-%u", prefix, (unsigned long long)h, times);
}

void draft_names_free(struct draft_names *seen)
{
    free(seen->slot);
    *seen = (struct draft_names){0};
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "1.2 Files": how long the code is that a title begins with; 0: none. A code begins with a digit. */
static size_t code_length(const char *title)
{
    size_t n = 0;
    if (*title < '0' || *title > '9')
        return 0;
    while (is_word(title[n]) || (title[n] == '.' && is_word(title[n + 1])))
        n++;
    const char *after = title + n;
    bool ends = *after == '\0' || *after == ' ' || *after == '.' || *after == ':' || *after == '-' ||
                *after == '_' || strncmp(after, "、", 3) == 0 || strncmp(after, "：", 3) == 0 ||
                strncmp(after, "．", 3) == 0 || strncmp(after, "　", 3) == 0;
    return ends && n <= 60 ? n : 0;
}

static const char *title_after(const char *title, size_t n)
{
    const char *p = title + n;
    for (size_t k = 1; k;) {
        k = *p && strchr(" .:-_", *p) ? 1 : 0;
        if (strncmp(p, "、", 3) == 0 || strncmp(p, "：", 3) == 0 || strncmp(p, "．", 3) == 0 ||
            strncmp(p, "　", 3) == 0)
            k = 3;
        p += k;
    }
    return *p ? p : title;
}

/* The point and those above it, in their order, each with the title that the path has for it, else its code.
 */
static int tell_codes(const char *code, char *const *part, size_t n, struct arena *a,
                      const struct foreign_sink *sink, struct err *e)
{
    int r = 0;
    for (size_t len = strcspn(code, "."); r == 0; len += 1 + strcspn(code + len + 1, ".")) {
        const char *above = arena_strndup(a, code, len), *title = above;
        for (size_t i = 0; i < n; i++)
            if (code_length(part[i]) == len && strncmp(part[i], above, len) == 0)
                title = title_after(part[i], len);
        r = sink->point(sink->context, above, title, e);
        if (code[len] == '\0')
            break;
    }
    return r;
}

/* "import.3fa81c.09be42": a code from six hexadecimal digits for each title above. */
static int tell_titles(char *const *part, size_t n, struct arena *a, const struct foreign_sink *sink,
                       const char **ret, struct err *e)
{
    enum { DEEPEST = 7 };
    const char *code = "import";
    uint64_t h = fnv_start;
    int r = sink->point(sink->context, code, "导入", e);
    for (size_t i = 0; r == 0 && i < n && i < DEEPEST; i++) {
        h = fnv(fnv(h, "/"), part[i]);
        code = arena_printf(a, "%s.%06llx", code, (unsigned long long)((h ^ (h >> 32)) & 0xffffff));
        r = sink->point(sink->context, code, part[i], e);
    }
    *ret = code;
    return r;
}

/* Parts between single slashes ("//" stands for one in a title); those that only name the top are left out.
 */
static size_t split(const char *path, char **part, size_t room, struct arena *a)
{
    size_t n = 0;
    for (const char *p = path; *p && n < room;) {
        char *out = arena_alloc(a, strlen(p) + 1);
        size_t k = 0;
        for (; *p && (*p != '/' || p[1] == '/'); p++) {
            if ((unsigned char)*p >= 0x20)
                out[k++] = *p;
            p += *p == '/';
        }
        p += *p == '/';
        while (k && out[k - 1] == ' ')
            out[--k] = '\0';
        out += strspn(out, " ");
        bool is_top =
            (*out == '$' && strlen(out) > 1 && out[strlen(out) - 1] == '$') || strcmp(out, "top") == 0;
        if (*out && strlen(out) <= 600 && !is_top)
            part[n++] = out;
    }
    return n;
}

int draft_category(const char *path, struct arena *a, const struct foreign_sink *sink, const char **ret,
                   struct err *e)
{
    char *part[32];
    size_t n = split(path, part, sizeof part / sizeof *part, a);
    *ret = "";
    if (n == 0)
        return 0;
    for (size_t i = n; i-- > 0;)
        if (code_length(part[i])) {
            *ret = arena_strndup(a, part[i], code_length(part[i]));
            return tell_codes(*ret, part, n, a, sink, e);
        }
    return tell_titles(part, n, a, sink, ret, e);
}
