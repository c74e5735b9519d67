/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/file-map.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/score/commands.h"

enum { MAX_ASKS = 64 << 20, MAX_LINES = 100000, MAX_LINE = 65536, MAX_OPEN = 8 };

static const struct facts_row *const tables[] = {facts_sheet, facts_slides, facts_word, facts_notice, facts_odf, NULL};

/* What was opened, or why it could not be. */
struct opened {
    const struct practical_family *family; /* NULL: the parts */
    void *document;
    int result;
    struct err e;
};

struct facts_file {
    const char *path;
    struct span bytes;
    struct practical_file file;
    struct practical_folder folder;
    struct opened opened[MAX_OPEN];
    size_t n_opened;
};

const char *facts_name(const struct facts_file *f)
{
    return f->path;
}

struct span facts_bytes(const struct facts_file *f)
{
    return f->bytes;
}

static void open_as(struct facts_file *f, const struct practical_family *family, struct opened *o)
{
    struct parts *p = NULL;
    *o = (struct opened){.family = family};
    if (family)
        o->result = family->open(&o->document, &f->folder, f->path, &o->e);
    else {
        o->result = parts_open(&p, f->path, f->bytes, &o->e);
        o->document = p;
    }
}

static int opened_as(struct facts_file *f, const struct practical_family *family, void **ret, struct err *e)
{
    struct opened *o = f->opened;
    while (o < f->opened + f->n_opened && o->family != family)
        o++;
    if (o == f->opened + MAX_OPEN)
        return err_set(e, ERR_BUG, f->path, "more families than facts can hold");
    if (o == f->opened + f->n_opened) {
        f->n_opened++;
        open_as(f, family, o);
    }
    *ret = o->document;
    if (o->result < 0)
        *e = o->e;
    return o->result;
}

int facts_document(struct facts_file *f, const struct practical_family *family, void **ret, struct err *e)
{
    return opened_as(f, family, ret, e);
}

int facts_parts(struct facts_file *f, struct parts **ret, struct err *e)
{
    void *document = NULL;
    int r = opened_as(f, NULL, &document, e);
    *ret = document;
    return r;
}

static void close_file(struct facts_file *f)
{
    for (struct opened *o = f->opened; o < f->opened + f->n_opened; o++)
        if (o->document && o->family)
            o->family->close(o->document);
        else
            parts_close(o->document);
    file_unmap(f->bytes);
}

const char *facts_text(const json_t *locator, const char *member)
{
    return json_string_value(json_object_get(locator, member));
}

int64_t facts_number(const json_t *locator, const char *member, int64_t otherwise)
{
    const json_t *n = json_object_get(locator, member);
    return json_is_integer(n) ? json_integer_value(n) : otherwise;
}

static const struct facts_row *row_of(const char *check)
{
    for (const struct facts_row *const *t = tables; *t; t++)
        for (const struct facts_row *row = *t; row->check; row++)
            if (strcmp(row->check, check) == 0)
                return row;
    return NULL;
}

static void put_error(json_t *answer, const struct err *e)
{
    char text[sizeof *e];
    json_object_set_new(answer, "error", json_string(err_text(e, text, sizeof text)));
    json_object_set_new(answer, "fault", json_string(practical_fault_name(e->code)));
}

static int answer(struct facts_file *f, json_t *ask, const char *where, struct err *e)
{
    const char *check = facts_text(ask, "check");
    json_t *locator = json_object_get(ask, "locator"), *value = NULL, *line = json_object();
    struct err why = {0};
    if (!check) {
        json_decref(line);
        return err_set(e, ERR_DATA, where, _("no check is named"));
    }
    const struct facts_row *row = row_of(check);
    int r = row ? row->find(f, locator, &value, &why)
                : err_set(&why, ERR_DATA, where, _("there is no check of this name: %s"), check);
    json_object_set(line, "check", json_object_get(ask, "check"));
    if (locator)
        json_object_set(line, "locator", locator);
    if (r == 0)
        json_object_set_new(line, "value", value ? value : json_null());
    else
        put_error(line, &why);
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
    return 0;
}

static int answer_line(struct facts_file *f, const char *line, const char *where, struct err *e)
{
    json_error_t fault;
    if (strlen(line) > MAX_LINE)
        return err_set(e, ERR_DATA, where, _("the line is longer than %d bytes"), MAX_LINE);
    json_t *ask = json_loads(line, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(ask)) {
        json_decref(ask);
        err_set(e, ERR_DATA, where, _("not a JSON object: %s"), fault.text);
        return err_hint(e,
                        _("one line per question: {\"check\": \"pptx.title\", \"locator\": {\"slide\": 1}}"));
    }
    int r = answer(f, ask, where, e);
    json_decref(ask);
    return r;
}

static int answer_all(struct facts_file *f, const char *asks, struct err *e)
{
    struct text_file *t = NULL;
    const char *line = NULL;
    unsigned number = 0;
    int r = text_file_open(&t, asks, ENCODING_UTF8, MAX_ASKS, e);
    while (r == 0 && (r = text_file_line(t, &line, &number, e)) == 0 && line) {
        char *where = mem_printf("%s:%u", asks, number);
        if (number > MAX_LINES)
            r = err_set(e, ERR_DATA, where, _("more lines than %d"), MAX_LINES);
        else if (line[strspn(line, " \t")])
            r = answer_line(f, line, where, e);
        free(where);
    }
    text_file_close(t);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct facts_file f = {.path = args_at(a, 0)};
    const char *asks;
    int r = args_need(a, "ask", &asks, e);
    if (r == 0)
        r = file_map(f.path, PARTS_MAX_FILE, &f.bytes, e);
    if (r < 0)
        return r;
    f.file = (struct practical_file){.path = f.path, .bytes = f.bytes, .size = f.bytes.n};
    f.folder = (struct practical_folder){.file = &f.file, .n = 1};
    r = answer_all(&f, asks, e);
    close_file(&f);
    return r;
}

static const struct command_option options[] = {
    {.name = "ask",
     .arg = "FILE",
     .help = N_("The questions, one JSON object a line: {\"check\": …, \"locator\": …}")},
    {0},
};

const struct command cmd_score_facts = {
    .name = "facts",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("what the practical checks see in an office file, one JSON line per question"),
    .example = "kaochang-score facts notice.docx --ask questions.jsonl",
    .options = options,
    .no_json = true,
    .run = run,
};
