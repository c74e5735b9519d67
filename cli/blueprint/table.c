/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/blueprint/two-way.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/blueprint/commands.h"
#include "cli/blueprint/reading.h"

/* How many items of the bank a cell is about; -1 without a bank. */
struct counted {
    struct bank_item *item;
    size_t n;
    bool bank;
};

static int64_t count(const struct counted *c, const struct two_way_row *row,
                     const struct blueprint_list *levels)
{
    int64_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += strcmp(c->item[i].state, "retired") != 0 &&
             (!row->code || knowledge_point_within(c->item[i].knowledge_point, row->code)) &&
             (levels->n == 0 || blueprint_list_has(levels, c->item[i].level));
    return c->bank ? n : -1;
}

/* "2..5 (17)"; the bank's number alone where nothing is asked. */
static const char *cell_text(const struct two_way *t, const struct counted *n, size_t r, size_t c)
{
    const struct two_way_limits *l = &t->cell[r * t->n_columns + c];
    const char *asked = two_way_limits_text(t->arena, l);
    if (!n->bank)
        return *asked ? asked : "-";
    return arena_printf(t->arena, "%s%s(%lld)", asked, *asked ? " " : "",
                        (long long)count(n, &t->row[r], &t->column[c]));
}

static size_t wider(size_t width, const char *text)
{
    return text_width(text) > width ? text_width(text) : width;
}

static void put(const char *text, size_t width, bool last)
{
    fputs(text, stdout);
    if (last)
        putchar('\n');
    else
        printf("%*s", (int)(width - text_width(text)) + 2, "");
}

/* Nothing is asked of these levels, and the bank has no items of them. */
static bool is_idle(const struct two_way *t, const struct counted *n, size_t c)
{
    bool idle = t->column[c].n > 0;
    for (size_t r = 0; r < t->n_rows; r++)
        idle = idle && !t->cell[r * t->n_columns + c].asked && count(n, &t->row[r], &t->column[c]) <= 0;
    return idle;
}

static void print_row(const struct two_way *t, const struct counted *n, size_t r, const size_t *width)
{
    put(two_way_row_name(t->arena, &t->row[r]), width[0], false);
    for (size_t c = 0; c < t->n_columns; c++)
        if (width[c + 1])
            put(cell_text(t, n, r, c), width[c + 1], c + 1 == t->n_columns);
}

static void print_table(const struct two_way *t, const struct counted *n)
{
    size_t *width = arena_array(t->arena, t->n_columns + 1, sizeof *width);
    width[0] = text_width(_("knowledge point"));
    for (size_t r = 0; r < t->n_rows; r++)
        width[0] = wider(width[0], two_way_row_name(t->arena, &t->row[r]));
    for (size_t c = 0; c < t->n_columns; c++) {
        width[c + 1] = 0;
        if (is_idle(t, n, c))
            continue;
        width[c + 1] = text_width(two_way_heading(t->arena, &t->column[c]));
        for (size_t r = 0; r < t->n_rows; r++)
            width[c + 1] = wider(width[c + 1], cell_text(t, n, r, c));
    }
    put(_("knowledge point"), width[0], false);
    for (size_t c = 0; c < t->n_columns; c++)
        if (width[c + 1])
            put(two_way_heading(t->arena, &t->column[c]), width[c + 1], c + 1 == t->n_columns);
    for (size_t r = 0; r < t->n_rows; r++)
        print_row(t, n, r, width);
    if (n->bank)
        puts(_("in brackets: items of the bank that are not retired"));
}

static void print_json(const struct two_way *t, const struct counted *n)
{
    json_t *list = json_array();
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t c = 0; c < t->n_columns; c++) {
            const struct two_way_limits *l = &t->cell[r * t->n_columns + c];
            if (!l->asked)
                continue;
            json_t *o = json_object(), *levels = json_array();
            for (size_t k = 0; k < t->column[c].n; k++)
                json_array_append_new(levels, json_string(t->column[c].text[k]));
            json_object_set_new(o, "knowledgePoint",
                                t->row[r].code ? json_string(t->row[r].code) : json_null());
            json_object_set_new(o, "cognitiveLevel", levels);
            json_object_set_new(o, "min", json_integer(l->min));
            json_object_set_new(o, "max", l->max == INT64_MAX ? json_null() : json_integer(l->max));
            if (n->bank)
                json_object_set_new(o, "bank", json_integer(count(n, &t->row[r], &t->column[c])));
            json_array_append_new(list, o);
        }
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static int show(const struct args *a, const struct blueprint *b, struct bank *bank, struct err *e)
{
    struct counted n = {.bank = bank != NULL};
    struct knowledge_point *point = NULL;
    size_t n_points = 0;
    int r = bank ? bank_knowledge_points(bank, b->arena, &point, &n_points, e) : 0;
    if (r == 0 && bank)
        r = bank_items(bank, NULL, b->arena, &n.item, &n.n, e);
    if (r < 0)
        return r;
    struct two_way *t = two_way_of(b, point, n_points);
    struct bytes csv = {0};
    if (args_get(a, "csv")) {
        two_way_csv(t, &csv);
        fwrite(csv.p, 1, csv.n, stdout);
    } else if (args_json(a)) {
        print_json(t, &n);
    } else {
        print_table(t, &n);
    }
    bytes_release(&csv);
    two_way_free(t);
    return 0;
}

static int write_new(const char *path, const struct bytes *xml, struct err *e)
{
    struct file_writer *w = NULL;
    int r = file_exists(path) ? err_set(e, ERR_USAGE, path, _("this file exists already"))
                              : file_begin(&w, path, 0644, e);
    if (r == 0)
        r = file_write(w, xml->p, xml->n, e);
    if (r == 0)
        return file_commit(w, e);
    file_cancel(w);
    return r;
}

/* What comes out must be a blueprint itself. */
static int take(const struct args *a, const struct blueprint *b, const struct bytes *xml, struct err *e)
{
    struct bytes csv = {0}, out = {0};
    struct two_way *t = NULL;
    struct blueprint *made = NULL;
    const char *path = NULL, *from = args_get(a, "take");
    int r = args_need(a, "output", &path, e);
    if (r == 0)
        r = file_read(from, TWO_WAY_MAX_BYTES, &csv, e);
    if (r == 0)
        r = two_way_read(&t, from, bytes_span(&csv), e);
    if (r == 0)
        r = two_way_put(t, b, bytes_span(xml), &out, e);
    if (r == 0)
        r = blueprint_read(&made, path, bytes_span(&out), NULL, NULL, e);
    if (r == 0)
        r = write_new(path, &out, e);
    if (r == 0 && !args_json(a))
        printf(_("blueprint with this table written to %s\n"), path);
    blueprint_free(made);
    two_way_free(t);
    bytes_release(&csv);
    bytes_release(&out);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct blueprint *b = NULL;
    struct bytes bytes = {0};
    struct bank *bank = NULL;
    int r = blueprint_from_file(&b, args_at(a, 0), &bytes, e);
    if (r == 0 && args_get(a, "take"))
        r = take(a, b, &bytes, e);
    else if (r == 0 && (r = blueprint_bank(&bank, a, e)) == 0)
        r = show(a, b, bank, e);
    bank_close(bank);
    blueprint_free(b);
    bytes_release(&bytes);
    return r;
}

static const struct command_option options[] = {
    {.name = "csv", .help = N_("As a table for a spreadsheet (CSV)")},
    {.name = "take",
     .arg = "TABLE",
     .help = N_("Put the cells of this table (CSV) in place of the blueprint's own")},
    {.name = "output", .key = 'o', .arg = "FILE", .help = N_("With --take: the new blueprint")},
    {0},
};

const struct command cmd_blueprint_table = {
    .name = "blueprint table",
    .args = "BLUEPRINT",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Show a blueprint's two-way table, give it to a spreadsheet, or take it back"),
    .example = "kaochang blueprint table -C office data/blueprints/teacher.xml --csv",
    .options = options,
    .run = run,
};
