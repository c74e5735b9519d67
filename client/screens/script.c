/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { LINE_MAX_BYTES = 8192, WORD_MAX = 4096 };

struct reader {
    struct script *script;
    size_t room;
    const char *name;
    unsigned line;
};

/* One word of a line, or a text between double quotes, in which \" and \\ stand for themselves. */
struct word {
    char text[WORD_MAX];
    bool quoted;
};

static int fault(const struct reader *r, struct err *e, const char *what)
{
    char where[200];
    snprintf(where, sizeof where, "%.150s:%u", r->name, r->line);
    return err_set(e, ERR_DATA, where, "%s", what);
}

static struct script_step *add_step(struct reader *r, enum script_verb verb)
{
    struct script *s = r->script;
    if (s->n == r->room) {
        r->room = r->room ? r->room * 2 : 64;
        s->step = mem_grow(s->step, r->room, sizeof *s->step);
    }
    s->step[s->n] = (struct script_step){.verb = verb, .line = r->line, .times = 1};
    return &s->step[s->n++];
}

/* Reads the next word at *p; 0 at the end of the line, 1 with a word, negative on a fault. */
static int next_word(const struct reader *r, const char **p, struct word *w, struct err *e)
{
    const char *s = *p + strspn(*p, " \t\r");
    size_t n = 0;
    if (!*s)
        return 0;
    w->quoted = *s == '"';
    if (w->quoted)
        s++;
    while (*s && (w->quoted ? *s != '"' : !strchr(" \t\r", *s))) {
        if (w->quoted && *s == '\\' && (s[1] == '"' || s[1] == '\\'))
            s++;
        if (n + 1 == sizeof w->text)
            return fault(r, e, _("a word is too long"));
        w->text[n++] = *s++;
    }
    if (w->quoted && *s++ != '"')
        return fault(r, e, _("the closing \" is missing"));
    w->text[n] = '\0';
    *p = s;
    return 1;
}

/* "Right*5" → "Right", 5. A lone "*" is a key. */
static int split_times(const struct reader *r, char *word, int *ret, struct err *e)
{
    char *star = strrchr(word, '*'), *end;
    *ret = 1;
    if (!star || star == word || !star[1])
        return 0;
    long n = strtol(star + 1, &end, 10);
    if (*end || n < 1 || n > SCRIPT_MAX_TIMES)
        return fault(r, e, _("a number of times is from 1 to 1000"));
    *star = '\0';
    *ret = (int)n;
    return 0;
}

static int add_key(struct reader *r, char *word, struct err *e)
{
    int times;
    if (split_times(r, word, &times, e) < 0)
        return -ERR_DATA;
    struct key k;
    if (!key_parse(word, &k)) {
        char what[200];
        snprintf(what, sizeof what, _("\"%.60s\" is no key and no word of a script; a text stands in quotes"),
                 word);
        return fault(r, e, what);
    }
    struct script_step *s = add_step(r, SCRIPT_KEY);
    s->key = k;
    s->times = times;
    return 0;
}

static int add_text(struct reader *r, enum script_verb verb, const char *text)
{
    add_step(r, verb)->text = arena_strdup(r->script->arena, text);
    return 0;
}

static int add_wait(struct reader *r, const struct word *w, struct err *e)
{
    if (w->quoted)
        return add_text(r, SCRIPT_UNTIL, w->text);
    char *end;
    double seconds = strtod(w->text, &end);
    if (end == w->text || *end || !(seconds >= 0 && seconds <= 3600))
        return fault(r, e, _("wait is followed by seconds (0 to 3600) or by a text in quotes"));
    add_step(r, SCRIPT_WAIT)->ms = (int64_t)(seconds * 1000);
    return 0;
}

static int add_size(struct reader *r, const char *text, struct err *e)
{
    char *x, *end;
    long width = strtol(text, &x, 10), height = *x == 'x' ? strtol(x + 1, &end, 10) : 0;
    if (*x != 'x' || *end || width < 1 || width > 500 || height < 1 || height > 200)
        return fault(r, e, _("size is followed by WIDTHxHEIGHT, such as 80x24"));
    struct script_step *s = add_step(r, SCRIPT_SIZE);
    s->width = (int)width;
    s->height = (int)height;
    return 0;
}

static int read_line(struct reader *r, const char *p, struct err *e)
{
    struct word w, argument;
    int found;
    while ((found = next_word(r, &p, &w, e)) > 0) {
        static const char *const verbs[] = {"wait", "dump", "expect", "size"};
        size_t verb = 0;
        while (verb < 4 && (w.quoted || strcmp(w.text, verbs[verb]) != 0))
            verb++;
        if (verb == 4) {
            if ((w.quoted ? add_text(r, SCRIPT_TEXT, w.text) : add_key(r, w.text, e)) < 0)
                return -ERR_DATA;
            continue;
        }
        int got = next_word(r, &p, &argument, e);
        if (got < 0)
            return got;
        if (got == 0)
            return fault(r, e, _("wait, dump, expect and size are followed by one word"));
        int done = verb == 0   ? add_wait(r, &argument, e)
                   : verb == 1 ? add_text(r, SCRIPT_DUMP, argument.text)
                   : verb == 2 ? add_text(r, SCRIPT_EXPECT, argument.text)
                               : add_size(r, argument.text, e);
        if (done < 0)
            return done;
    }
    return found;
}

int script_parse(struct script *ret, const char *name, struct span data, struct err *e)
{
    *ret = (struct script){.arena = arena_new()};
    ret->name = arena_strdup(ret->arena, name);
    struct reader r = {.script = ret, .name = name};
    int result = 0;
    if (data.n > SCRIPT_MAX_BYTES || !utf8_valid((const char *)data.p, data.n) || memchr(data.p, 0, data.n))
        result = fault(&r, e, _("a script is a UTF-8 text of at most 1 MiB"));
    for (size_t at = 0; at < data.n && result == 0;) {
        const uint8_t *end = memchr(data.p + at, '\n', data.n - at);
        size_t n = end ? (size_t)(end - data.p) - at : data.n - at;
        char line[LINE_MAX_BYTES];
        r.line++;
        if (n >= sizeof line || ret->n > SCRIPT_MAX_STEPS) {
            result = fault(&r, e, _("the script is too long here"));
            break;
        }
        memcpy(line, data.p + at, n);
        line[n] = '\0';
        if (line[strspn(line, " \t")] != '#')
            result = read_line(&r, line, e);
        at += n + 1;
    }
    if (result < 0)
        script_release(ret);
    return result;
}

int script_read(struct script *ret, const char *path, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, SCRIPT_MAX_BYTES, &data, e);
    if (r == 0)
        r = script_parse(ret, path, bytes_span(&data), e);
    bytes_release(&data);
    return r;
}

void script_release(struct script *s)
{
    free(s->step);
    arena_free(s->arena);
    *s = (struct script){0};
}
