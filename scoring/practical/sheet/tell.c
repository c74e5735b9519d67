/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/formula/decimal.h"
#include "scoring/practical/formula/number-format.h"
#include "scoring/practical/sheet/kinds.h"
#include "scoring/practical/sheet/serial.h"

int fact_absent(struct fact *ret, const char *place, const char *why)
{
    *ret = (struct fact){.state = FACT_ABSENT, .place = place, .why = why};
    return 0;
}

int fact_unknown(struct fact *ret, const char *place, const char *why)
{
    *ret = (struct fact){.state = FACT_UNKNOWN, .place = place, .why = why};
    return 0;
}

int fact_text_of(struct fact *ret, const char *place, enum fact_type type, const char *text)
{
    *ret = (struct fact){.state = FACT_FOUND, .place = place, .value = {.type = type, .text = text}};
    return 0;
}

int fact_integer_of(struct fact *ret, const char *place, enum fact_type type, int64_t value)
{
    *ret = (struct fact){.state = FACT_FOUND, .place = place, .value = {.type = type, .integer = value}};
    return 0;
}

int fact_number_of(struct fact *ret, const char *place, double value)
{
    *ret =
        (struct fact){.state = FACT_FOUND, .place = place, .value = {.type = FACT_NUMBER, .number = value}};
    return 0;
}

int fact_list_of(struct fact *ret, const char *place, const char **item, size_t n)
{
    *ret = (struct fact){
        .state = FACT_FOUND, .place = place, .value = {.type = FACT_LIST, .item = item, .n_items = n}};
    return 0;
}

void text_list_add(struct text_list *l, struct arena *a, const char *text)
{
    if (l->n == l->room) {
        size_t room = l->room ? 2 * l->room : 8;
        const char **item = arena_array(a, room, sizeof *item);
        if (l->n > 0)
            memcpy(item, l->item, l->n * sizeof *item);
        l->item = item;
        l->room = room;
    }
    l->item[l->n++] = text;
}

/* ---- values ---- */

struct formula_value sheet_stored_value(const struct sheet_cell *c)
{
    if (!c || c->type == CELL_EMPTY)
        return (struct formula_value){.kind = VALUE_BLANK};
    if (c->type == CELL_TEXT)
        return value_text(c->value.text->text);
    if (c->type == CELL_BOOL)
        return value_bool(c->value.number != 0);
    if (c->type == CELL_ERROR) {
        enum formula_error error = formula_error_of(c->value.text->text);
        return error ? value_error(error) : value_text(c->value.text->text);
    }
    return value_number(c->value.number);
}

const char *sheet_date_text(double serial, bool date1904, struct arena *a)
{
    struct serial_moment m;
    if (!serial_to_moment(serial, date1904, &m))
        return "";
    bool time = m.hour || m.minute || m.second || m.millisecond;
    if (serial < 1 && time)
        return arena_printf(a, "%02d:%02d:%02d", m.hour, m.minute, m.second);
    if (!time)
        return arena_printf(a, "%04d-%02d-%02d", m.year, m.month, m.day);
    return arena_printf(a, "%04d-%02d-%02d %02d:%02d:%02d", m.year, m.month, m.day, m.hour, m.minute,
                        m.second);
}

const char *sheet_value_text(const struct workbook *w, const struct sheet_cell *c, struct arena *a)
{
    if (c && c->type == CELL_DATE)
        return sheet_date_text(c->value.number, w->date1904, a);
    if (c && (c->type == CELL_TEXT || c->type == CELL_ERROR))
        return c->value.text->text;
    struct formula_value v = sheet_stored_value(c);
    return formula_value_text(&v, a);
}

bool sheet_is_date(const struct workbook *w, const struct sheet *s, const struct sheet_cell *c, uint32_t row,
                   uint32_t column, struct arena *a)
{
    struct number_format f;
    struct err e;
    if (!c || (c->type != CELL_NUMBER && c->type != CELL_DATE))
        return false;
    if (c->type == CELL_DATE)
        return true;
    const struct sheet_style *style = sheet_style_at(w, s, row, column);
    return number_format_read(&f, a, style->number_format, &e) == 0 &&
           (f.kind == NUMBER_DATE || f.kind == NUMBER_TIME || f.kind == NUMBER_DATE_TIME);
}
