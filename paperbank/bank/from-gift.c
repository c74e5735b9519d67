/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/from-gift.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-csv.h"

enum { QUESTION_MAX = 2 << 20 };

struct gift {
    const char *path;
    struct text_file *text;
    const struct foreign_sink *sink;
    struct bytes block; /* the question at hand, without comments */
    unsigned line;      /* where it begins */
    bool too_long;
    char id[101];       /* from a comment before it, or "" */
    struct arena *category_arena;
    const char *category, *point;
    struct draft_names names;
};

/* Escaped signs as control characters. */
static char *hide_escapes(struct arena *a, const char *text)
{
    static const char signs[] = "~=#{}:\\n";
    char *out = arena_strdup(a, text), *to = out;
    for (const char *p = out; *p; p++) {
        const char *sign = *p == '\\' && p[1] ? strchr(signs, p[1]) : NULL;
        *to++ = sign ? (char)(sign - signs + 1) : *p;
        p += sign != NULL;
    }
    *to = '\0';
    return out;
}

static void read_question(struct draft *d, char *text)
{
    struct markup plain = {.arena = d->arena};
    enum markup_format format = MARKUP_AUTO;
    text = text_trim(d->arena, text);
    char *end = strlen(text) > 4 && strncmp(text, "::", 2) == 0 ? strstr(text + 2, "::") : NULL;
    if (end) {
        *end = '\0';
        d->title =
            draft_short_title(d->arena, markup_words(&plain, MARKUP_PLAIN, gift_plain(d->arena, text + 2)));
        text = text_trim(d->arena, end + 2);
    }
    char *open = strchr(text, '{'), *close = open ? strrchr(open, '}') : NULL;
    const char *after = close ? text_trim(d->arena, close + 1) : "";
    if (open)
        *open = '\0';
    if (close)
        *close = '\0';
    const char *stem = *after ? arena_printf(d->arena, "%s_____ %s", text, after) : text;
    d->body = gift_xhtml(d, &format, MARKUP_BLOCKS, stem);
    if (!d->title)
        d->title = draft_short_title(d->arena, markup_words(&plain, format, gift_plain(d->arena, stem)));
    if (!open)
        d->material = true;
    else if (!close)
        draft_fault(d, _("the brace of the answers is not closed"));
    else
        gift_answers(d, format, open + 1);
}

static int give_block(struct gift *g, struct err *e)
{
    struct arena *a = arena_new();
    struct draft d = {.arena = a, .line = g->line, .original = bytes_span(&g->block)};
    char *text = markup_clean(a, (const char *)g->block.p);
    if (g->too_long)
        draft_fault(&d, _("the question is longer than the limit of %d bytes"), QUESTION_MAX);
    read_question(&d, hide_escapes(a, text));
    d.name = *g->id ? g->id : d.title;
    d.identifier = path_is_plain_name(g->id)
                       ? g->id
                       : draft_identifier(&g->names, a, "gift",
                                          arena_printf(a, "%s\n%s\n%s", g->category, d.title, d.body));
    d.metadata = (struct item_metadata){.knowledge_point = g->point,
                                        .level = "",
                                        .attributes = "",
                                        .facility = BANK_UNKNOWN,
                                        .discrimination = BANK_UNKNOWN,
                                        .expected_s = BANK_UNKNOWN,
                                        .has_points = false};
    d.has_metadata = true;
    int r = draft_give(&d, g->sink, e);
    arena_free(a);
    return r;
}

static int set_category(struct gift *g, const char *path, struct err *e)
{
    arena_free(g->category_arena);
    g->category_arena = arena_new();
    g->category = text_trim(g->category_arena, markup_clean(g->category_arena, path));
    return draft_category(g->category, g->category_arena, g->sink, &g->point, e);
}

static bool is_blank(const char *s)
{
    return s[strspn(s, " \t\r\n")] == '\0';
}

static int end_block(struct gift *g, struct err *e)
{
    int r = 0;
    if (g->block.n && !is_blank((const char *)g->block.p))
        r = give_block(g, e);
    if (g->block.n)
        g->id[0] = '\0';
    bytes_clear(&g->block);
    g->too_long = false;
    return r;
}

/* "// question: 1 [id:k001]". */
static void read_comment(struct gift *g, const char *line)
{
    const char *id = strstr(line, "[id:");
    size_t n = id ? strcspn(id + 4, "]") : 0;
    if (n > 0 && n < sizeof g->id)
        snprintf(g->id, sizeof g->id, "%.*s", (int)n, id + 4);
}

static int one_line(struct gift *g, const char *line, unsigned number, struct err *e)
{
    static const char category[] = "$CATEGORY:";
    const char *text = line + strspn(line, " \t");
    if (strncmp(text, "//", 2) == 0) {
        read_comment(g, text);
        return 0;
    }
    if (*text == '\0')
        return end_block(g, e);
    if (strncmp(text, category, strlen(category)) == 0) {
        int r = end_block(g, e);
        return r < 0 ? r : set_category(g, text + strlen(category), e);
    }
    if (g->block.n == 0)
        g->line = number;
    g->too_long = g->too_long || g->block.n + strlen(line) > QUESTION_MAX;
    if (g->too_long)
        return 0;
    bytes_str(&g->block, line);
    bytes_str(&g->block, "\n");
    return 0;
}

int from_gift(const char *path, struct text_file *text, const struct foreign_sink *sink, struct err *e)
{
    struct gift g = {.path = path, .text = text, .sink = sink, .category = "", .point = ""};
    const char *line = NULL;
    unsigned number;
    int r;
    while ((r = text_file_line(text, &line, &number, e)) == 0 && line && r == 0)
        if ((r = one_line(&g, line, number, e)) < 0)
            break;
    if (r == 0)
        r = end_block(&g, e);
    arena_free(g.category_arena);
    bytes_release(&g.block);
    draft_names_free(&g.names);
    return r;
}
