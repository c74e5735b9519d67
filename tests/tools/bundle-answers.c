/* SPDX-License-Identifier: Apache-2.0 */
/* bundle-answers BUNDLE IDENTITY FOLDER: what lies in a bundle, for a story to compare with what was typed.
 * Prints each event as one line of JSON, in order, then each sitting's fold; writes the room's files
 * (room/close.xml …) into FOLDER. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/bundle.h"
#include "exam-packages/journal-fold.h"
#include "paperbank/item/response.h"

static void print_line(json_t *line)
{
    char *text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    puts(text);
    free(text);
    json_decref(line);
}

/* {"RESPONSE": ["A", "C"]}; an empty object: nothing. */
static int put_answer(json_t *line, struct span data, struct err *e)
{
    struct arena *a = arena_new();
    struct response_set set = {0};
    json_t *answer = json_object();
    int r = data.n ? response_decode(&set, a, data, e) : 0;
    for (size_t i = 0; r == 0 && i < set.n; i++) {
        json_t *values = json_array();
        for (size_t v = 0; v < set.response[i].n; v++)
            json_array_append_new(values, json_string(set.response[i].value[v]));
        json_object_set_new(answer, set.response[i].identifier, values);
    }
    json_object_set_new(line, "answer", answer);
    arena_free(a);
    return r;
}

static int print_event(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    json_t *line =
        json_pack("{s:s, s:s, s:s, s:I, s:I, s:b}", "ticket", (const char *)context, "event",
                  journal_kind_name(event->kind), "item", event->item, "epoch", (json_int_t)event->epoch,
                  "seq", (json_int_t)event->seq, "superseded", superseded);
    int r = event->kind == JOURNAL_ANSWER ? put_answer(line, event->payload, e) : 0;
    print_line(line);
    return r;
}

static int print_fold(const char *ticket, const struct journal_work *work, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < work->n_items; i++) {
        json_t *line = json_pack("{s:s, s:s}", "ticket", ticket, "final", work->item[i].id);
        r = put_answer(line, work->item[i].response, e);
        print_line(line);
    }
    print_line(json_pack("{s:s, s:i, s:s, s:I, s:b}", "ticket", ticket, "status", (int)work->status,
                         "receipt", work->receipt, "extraMs", (json_int_t)work->extra_ms, "sealed",
                         work->sealed));
    return r;
}

static int print_journal(const char *name, struct span data, const struct age_identity *id, struct err *e)
{
    struct journal *j = NULL;
    struct journal_work work = {0};
    char *ticket = mem_printf("%.*s", (int)strcspn(strchr(name, '/') + 1, "."), strchr(name, '/') + 1);
    int r = journal_open_bytes(&j, name, data, e);
    if (r == 0)
        r = journal_unseal(j, id, 1, e);
    if (r == 0)
        r = journal_read(j, print_event, ticket, e);
    journal_close(j);
    j = NULL;
    if (r == 0)
        r = journal_open_bytes(&j, name, data, e);
    if (r == 0)
        r = journal_unseal(j, id, 1, e);
    if (r == 0)
        r = journal_fold(j, &work, e);
    if (r == 0)
        r = print_fold(ticket, &work, e);
    journal_work_release(&work);
    journal_close(j);
    free(ticket);
    return r;
}

static int put_file(const char *folder, const char *name, struct span data, struct err *e)
{
    char *path = path_join(folder, strchr(name, '/') + 1);
    int r = file_put(path, 0600, data, e);
    free(path);
    return r;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    struct age_identity id = {0};
    struct bundle *b = NULL;
    const struct zip *inner = NULL;
    if (argc != 4) {
        fputs("usage: bundle-answers BUNDLE IDENTITY FOLDER\n", stderr);
        return 2;
    }
    int r = age_identity_load(argv[2], &id, &e);
    if (r == 0)
        r = bundle_open_untrusted(&b, argv[1], &e);
    if (r == 0)
        r = bundle_unseal(b, &id, 1, &inner, &e);
    for (size_t i = 0; r == 0 && i < zip_count(inner); i++) {
        const char *name = zip_name(inner, i);
        if (strncmp(name, "journals/", 9) == 0)
            r = print_journal(name, zip_part(inner, i), &id, &e);
        else if (strncmp(name, "room/", 5) == 0)
            r = put_file(argv[3], name, zip_part(inner, i), &e);
    }
    if (r < 0)
        fprintf(stderr, "bundle-answers: %s: %s\n", e.where, e.what);
    bundle_close(b);
    age_identity_free(&id);
    return r < 0;
}
