/* SPDX-License-Identifier: Apache-2.0 */
/* Formulas and number formats of others: the first byte tells the dialect; after a line break comes a number
 * format. What is read writes a text that reads to the same text; computing ends within its limits and twice
 * with the same result. */
#include <stdlib.h>
#include <string.h>

#include "scoring/practical/formula/evaluate.h"
#include "scoring/practical/formula/number-format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int32_t one_sheet(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "S") == 0 ? 0 : -1;
}

/* Numbers, texts, blanks, and a formula that stands on the cell above. */
static void some_cell(void *context, int32_t sheet, int32_t row, int32_t column, struct evaluator_cell *ret)
{
    (void)sheet;
    *ret = (struct evaluator_cell){0};
    if (column == 1)
        ret->value = value_number(row * 1.5);
    else if (column == 2)
        ret->value = value_text(row % 2 ? "12" : "张三");
    else if (column == 3 && row < 20)
        ret->formula = context;
}

static void extent(void *context, int32_t sheet, int32_t *ret_row, int32_t *ret_column)
{
    (void)context, (void)sheet;
    *ret_row = 40;
    *ret_column = 4;
}

static void compute_twice(const char *formula, enum formula_dialect dialect, struct arena *a)
{
    const struct evaluator_book book = {.context = (void *)(uintptr_t)formula,
                                        .dialect = dialect,
                                        .now = 45000,
                                        .sheet = one_sheet,
                                        .cell = some_cell,
                                        .extent = extent};
    struct formula_value v = {0}, w = {0};
    struct err e = {0};
    struct evaluator *ev = formula_evaluator_new(&book), *again = formula_evaluator_new(&book);
    int r = evaluator_formula(ev, formula, false, 0, 5, 4, a, &v, &e);
    if (r < 0 && (e.kind != ERR_NO || !e.what[0]))
        abort();
    if (evaluator_formula(again, formula, false, 0, 5, 4, a, &w, &e) != r)
        abort();
    if (r == 0 && strcmp(formula_value_text(&v, a), formula_value_text(&w, a)) != 0)
        abort();
    formula_evaluator_free(ev);
    formula_evaluator_free(again);
}

static void read_formula(const char *text, enum formula_dialect dialect, struct arena *a)
{
    const struct formula *f, *again;
    struct err e = {0};
    if (formula_parse(&f, a, text, dialect, &e) < 0) {
        if (e.kind != ERR_DATA || !e.what[0])
            abort();
        return;
    }
    const struct formula_form form = {.plain_groups = true, .r1c1_row = 5, .r1c1_column = 5};
    const char *normal = formula_text(f, NULL, a);
    formula_text(f, &form, a);
    formula_moved(f, 3, -2, a);
    if (strlen(normal) <= FORMULA_MAX_TEXT && formula_parse(&again, a, normal, FORMULA_EXCEL, &e) == 0 &&
        dialect == FORMULA_EXCEL && strcmp(formula_text(again, NULL, a), normal) != 0)
        abort();
    compute_twice(text, dialect, a);
}

static void read_format(const char *code, struct arena *a)
{
    static const double numbers[] = {0, -1.5, 45296.75, 1e-9, 1.23456789012345e300, -0.0049};
    struct number_format f;
    const char *shown, *color;
    struct err e = {0};
    if (number_format_read(&f, a, code, &e) < 0)
        return;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct formula_value v = value_number(numbers[i]);
        if (number_format_show(code, &v, i % 2, a, &shown, &color, &e) < 0 && !e.what[0])
            abort();
    }
    struct formula_value v = value_text("文");
    if (number_format_show(code, &v, false, a, &shown, &color, &e) < 0 && !e.what[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 4096)
        return 0;
    struct arena *a = arena_new();
    char *text = arena_strndup(a, (const char *)data + 1, size - 1), *line = strchr(text, '\n');
    if (line)
        *line++ = '\0';
    read_formula(text, data[0] == 'o' ? FORMULA_ODF : FORMULA_EXCEL, a);
    if (line)
        read_format(line, a);
    arena_free(a);
    return 0;
}
