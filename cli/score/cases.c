/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/score/commands.h"
#include "cli/score/outcomes.h"
#include "cli/score/test-cases.h"

enum { MAX_LINE = 4 << 20 };

/* One item, its responses: its outcomes. */
static int item_case(const json_t *line, const char *folder, json_t *answer, struct err *e)
{
    const char *item = json_string_value(json_object_get(line, "item_xml_path"));
    struct response_set responses = {0};
    json_t *outcomes = NULL;
    struct arena *a = arena_new();
    char *path = path_join(folder, item ? item : "");
    int r = item ? responses_from_json(&responses, a, json_object_get(line, "responses"), e)
                 : err_set(e, ERR_DATA, NULL, _("the case has no item_xml_path"));
    if (r == 0)
        r = outcomes_of(path, &responses, json_string_value(json_object_get(line, "seed")), &outcomes, e);
    if (r == 0)
        json_object_set_new(answer, "outcomes", outcomes);
    free(path);
    arena_free(a);
    return r;
}

/* Kinds of lines by the name that they hold; the last one takes what no other does. */
static const struct {
    const char *holds;
    int (*answer)(const json_t *line, const char *folder, json_t *answer, struct err *e);
} kinds[] = {
    {"item_xml_path", item_case},
    {"test_xml_path", test_case},
    {NULL, item_case},
};

static int answer_of(const json_t *line, const char *folder, json_t *answer, struct err *e)
{
    size_t i = 0;
    while (kinds[i].holds && !json_object_get(line, kinds[i].holds))
        i++;
    return kinds[i].answer(line, folder, answer, e);
}

static void print(json_t *answer)
{
    char *text = json_dumps(answer, JSON_COMPACT | JSON_REAL_PRECISION(17));
    puts(text ? text : "{}");
    free(text);
    json_decref(answer);
}

/* One line in, one line out, whatever the line holds. `text` NULL: it is too long. */
static void one_line(const uint8_t *text, size_t n, size_t number, const char *folder)
{
    struct err e = {0};
    json_error_t fault;
    json_t *line = text ? json_loadb((const char *)text, n, JSON_REJECT_DUPLICATES, &fault) : NULL;
    json_t *answer = json_object(), *id = json_object_get(line, "id");
    char message[900];
    int r;
    json_object_set_new(answer, "id", id ? json_incref(id) : json_integer((json_int_t)number));
    if (json_is_object(line))
        r = answer_of(line, folder, answer, &e);
    else
        r = err_set(&e, ERR_DATA, NULL,
                    text ? _("line %zu is not a JSON object") : _("line %zu is longer than 4 MiB"), number);
    if (r < 0)
        json_object_set_new(answer, "error", json_string(err_text(&e, message, sizeof message)));
    print(answer);
    json_decref(line);
}

static char *folder_of(const char *path)
{
    char *folder = mem_strdup(path), *slash = strrchr(folder, '/');
    if (slash == folder)
        folder[1] = '\0';
    else if (slash)
        *slash = '\0';
    if (!slash) {
        free(folder);
        folder = mem_strdup(".");
    }
    return folder;
}

struct lines {
    FILE *in;
    struct bytes line;
    bool too_long;
};

/* The next line without its end; false at the end of the file. A line beyond MAX_LINE is read past. */
static bool next_line(struct lines *l)
{
    int c = 0;
    size_t n = 0;
    bytes_clear(&l->line);
    for (l->too_long = false; (c = getc_unlocked(l->in)) != EOF && c != '\n'; n++) {
        l->too_long |= n >= MAX_LINE;
        if (!l->too_long)
            bytes_u8(&l->line, (uint8_t)c);
    }
    return c == '\n' || n > 0;
}

static bool is_blank(const struct bytes *line)
{
    size_t i = 0;
    while (i < line->n && strchr(" \t\r", line->p[i]) && line->p[i])
        i++;
    return i == line->n;
}

static int answer_lines(struct lines *l, const char *path, struct err *e)
{
    char *folder = folder_of(path);
    for (size_t number = 1; next_line(l); number++)
        if (l->too_long || !is_blank(&l->line))
            one_line(l->too_long ? NULL : l->line.p, l->line.n, number, folder);
    free(folder);
    if (ferror(l->in))
        return err_sys(e, path, _("cannot be read"));
    return fflush(stdout) == 0 ? 0 : err_sys(e, NULL, _("cannot write to standard output"));
}

static int run(const struct args *args, struct err *e)
{
    const char *path = args_at(args, 0);
    struct lines l = {.in = fopen(path, "re")};
    if (!l.in)
        return err_sys(e, path, _("cannot be read"));
    int r = answer_lines(&l, path, e);
    bytes_release(&l.line);
    fclose(l.in);
    return r;
}

const struct command cmd_score_cases = {
    .name = "cases",
    .args = "FILE.jsonl",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("outcomes of many items, one JSON line for each line of the file"),
    .example = "kaochang-score cases cases.jsonl",
    .run = run,
};
