/* SPDX-License-Identifier: Apache-2.0 */
/* Door lists as PDF: a file of its own, so that only who prints loads the printing library. */
#include "office/door-print.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/print/print.h"
#include "office/door-list-internal.h"

enum { COLUMNS = 5 };

static void print_door(struct print *p, const struct door_list *d, const struct door *door)
{
    static const int share[COLUMNS] = {8, 20, 20, 32, 20};
    struct print_column column[COLUMNS];
    const char **cell = mem_grow(NULL, door->n * COLUMNS, sizeof *cell);
    char(*number)[24] = mem_grow(NULL, door->n, sizeof *number);
    char *title = door_title(door), *facts = door_facts(d, door);
    for (size_t i = 0; i < COLUMNS; i++)
        column[i] = (struct print_column){.title = _(door_heads()[i]), .share = share[i], .right = i == 0};
    for (size_t i = 0; i < door->n; i++) {
        const struct roster_candidate *c = door->who[i];
        int64_t group, bench;
        roster_bench(door->room, c->seat, &group, &bench);
        snprintf(number[i], sizeof number[i], "%lld", (long long)bench);
        const char *row[COLUMNS] = {number[i], c->ticket, c->name, c->school, ""};
        for (size_t k = 0; k < COLUMNS; k++)
            cell[i * COLUMNS + k] = row[k];
    }
    print_heading(p, 1, d->session->title);
    print_heading(p, 2, title);
    print_paragraph(p, facts);
    print_table(p, column, COLUMNS, cell, door->n);
    free(title);
    free(facts);
    free(number);
    free(cell);
}

int door_list_pdf(const struct door_list *d, struct bytes *out, struct err *e)
{
    struct print_options o = {.title = d->session->title, .footer = d->office, .made_ms = d->made_ms};
    struct print *p = print_new(&o);
    size_t n;
    struct door *door = doors_of(d->roster, &n);
    for (size_t i = 0; i < n; i++) {
        print_page_break(p);
        print_door(p, d, &door[i]);
    }
    doors_free(door, n);
    int r = print_finish(p, out, e);
    print_free(p);
    return r;
}
