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

enum { MAX_CASES = 256 << 20, MAX_LINE = 4 << 20 };

static int score(const json_t *line, const char *folder, json_t **ret, struct err *e)
{
    const char *item = json_string_value(json_object_get(line, "item_xml_path"));
    struct response_set responses = {0};
    struct arena *a = arena_new();
    char *path = item ? path_join(folder, item) : NULL;
    int r = path ? responses_from_json(&responses, a, json_object_get(line, "responses"), e)
                 : err_set(e, ERR_DATA, NULL, _("the case has no item_xml_path"));
    if (r == 0)
        r = outcomes_of(path, &responses, ret, e);
    free(path);
    arena_free(a);
    return r;
}

static void print(json_t *answer)
{
    char *text = json_dumps(answer, JSON_COMPACT | JSON_REAL_PRECISION(17));
    puts(text ? text : "{}");
    free(text);
    json_decref(answer);
}

/* One line in, one line out, whatever the line holds. */
static void one_line(const char *text, size_t n, size_t number, const char *folder)
{
    struct err e = {0};
    json_error_t fault;
    json_t *line = n > MAX_LINE ? NULL : json_loadb(text, n, JSON_REJECT_DUPLICATES, &fault),
           *outcomes = NULL;
    json_t *answer = json_object(), *id = json_object_get(line, "id");
    char message[900];
    json_object_set_new(answer, "id", id ? json_incref(id) : json_integer((json_int_t)number));
    int r = json_is_object(line) ? score(line, folder, &outcomes, &e)
                                 : err_set(&e, ERR_DATA, NULL, _("line %zu is not a JSON object"), number);
    if (r == 0)
        json_object_set_new(answer, "outcomes", outcomes);
    else
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

static int run(const struct args *args, struct err *e)
{
    const char *path = args_at(args, 0);
    struct bytes data = {0};
    char *folder = folder_of(path);
    size_t number = 0;
    int r = file_read(path, MAX_CASES, &data, e);
    for (size_t at = 0; r == 0 && at < data.n;) {
        const uint8_t *end = memchr(data.p + at, '\n', data.n - at);
        size_t n = end ? (size_t)(end - data.p) - at : data.n - at;
        number++;
        if (n > strspn((const char *)data.p + at, " \t\r"))
            one_line((const char *)data.p + at, n, number, folder);
        at += n + 1;
    }
    if (r == 0 && fflush(stdout) != 0)
        r = err_sys(e, NULL, _("cannot write to standard output"));
    free(folder);
    bytes_release(&data);
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
