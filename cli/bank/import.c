/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/foreign.h"
#include "paperbank/bank/import.h"

struct view {
    bool json;
    int64_t done;
};

/* A file's name need not be UTF-8, nor what a damaged file says. */
static void put_text(json_t *o, const char *name, const char *text)
{
    char *good = mem_strdup(text);
    utf8_mend(good, '?');
    json_object_set_new(o, name, json_string(good));
    free(good);
}

static void print_json(const struct import_line *l)
{
    json_t *o = json_object();
    put_text(o, "file", l->file);
    json_object_set_new(o, "line", json_integer(l->line));
    put_text(o, "item", l->item);
    put_text(o, "outcome", import_outcome_name(l->outcome));
    if (l->version)
        json_object_set_new(o, "version", json_integer(l->version));
    if (*l->element)
        put_text(o, "element", l->element);
    if (*l->reason)
        put_text(o, "reason", l->reason);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static void print_refused(const struct import_line *l)
{
    progress_end();
    fprintf(stderr, "%s", l->file);
    if (l->line)
        fprintf(stderr, ":%u", l->line);
    if (*l->item)
        fprintf(stderr, _(": item %s"), l->item);
    if (*l->element)
        fprintf(stderr, ": <%s>", l->element);
    fprintf(stderr, _(": refused: %s\n"), l->reason);
}

static void on_line(void *context, const struct import_line *l)
{
    struct view *v = context;
    progress(_("items"), ++v->done, 0);
    if (v->json)
        print_json(l);
    else if (l->outcome == IMPORT_REFUSED)
        print_refused(l);
}

static void on_note(void *context, const char *file, const char *text)
{
    (void)context;
    progress_end();
    fprintf(stderr, "%s: %s\n", file, text);
}

/* The empty table of --template, to the file or to standard output. */
static int write_template(const struct args *a, struct err *e)
{
    struct bytes table = {0};
    const char *path = args_count(a) ? args_at(a, 0) : "/dev/stdout";
    if (args_count(a) > 1)
        return err_set(e, ERR_USAGE, NULL, _("--template writes one file"));
    foreign_csv_template(&table);
    int r = args_count(a) ? file_put_new(path, 0644, bytes_span(&table), e)
                          : file_put(path, 0644, bytes_span(&table), e);
    bytes_release(&table);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    if (args_get(a, "template"))
        return write_template(a, e);
    if (args_count(a) == 0)
        return err_set(e, ERR_USAGE, NULL, _("no file is named"));
    const struct import_options wanted = {.who = args_get(a, "by"), .format = args_get(a, "format"),
                                          .encoding = args_get(a, "encoding"), .note = on_note};
    struct view view = {.json = args_json(a)};
    struct clock_reading now;
    struct bank *bank = NULL;
    int64_t n[IMPORT_OUTCOMES] = {0};
    int r = home_bank(&bank, a, true, e);
    clock_read(&now);
    for (int i = 0; r == 0 && i < args_count(a); i++)
        r = bank_import_as(bank, args_at(a, i), &wanted, now.wall_ms, on_line, &view, n, e);
    bank_close(bank);
    progress_end();
    if (r < 0)
        return r;
    fprintf(view.json ? stderr : stdout,
            _("imported %lld, new version %lld, updated %lld, unchanged %lld, refused %lld\n"),
            (long long)n[IMPORT_NEW], (long long)n[IMPORT_VERSION], (long long)n[IMPORT_UPDATED],
            (long long)n[IMPORT_UNCHANGED], (long long)n[IMPORT_REFUSED]);
    return n[IMPORT_REFUSED] ? err_set(e, ERR_DATA, NULL, "%s", "") : 0;
}

static const struct command_option options[] = {
    {.name = "by",
     .arg = "NAME",
     .help = N_("The author of what is new: a review then asks for somebody else")},
    {.name = "format",
     .arg = "FORMAT",
     .help = N_("moodle, gift or csv, where the file does not say it by its content or name")},
    {.name = "encoding",
     .arg = "NAME",
     .help = N_("utf-8, gbk, gb18030 or utf-16, where a text's bytes do not tell it rightly")},
    {.name = "template",
     .help = N_("Write a table with headings and examples to fill in, to FILE or standard output")},
    {0},
};

const struct command cmd_bank_import = {
    .name = "bank import", .args = "FILE…", .min_args = 0, .max_args = -1,
    .summary = N_("Take items into the bank: QTI items and content packages, Moodle XML, GIFT, CSV"),
    .example = "kaochang bank import -C office data/bank",
    .options = options,
    .run = run,
};
