/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/print/print.h"
#include "office/sheets/sheet-print-internal.h"

static void put_cover(const struct sheet_printing *x, const struct sheet_bag *b, struct arena *a,
                      struct print *p)
{
    static const int share[SHEET_LIST_COLUMNS] = {2, 5, 6, 5, 3, 4, 4, 2};
    struct print_column column[SHEET_LIST_COLUMNS];
    const char **cell = arena_array(a, b->n * SHEET_LIST_COLUMNS + 1, sizeof *cell);
    const char *const label[] = {_("Packed"), _("Seal opened"), _("Counted and sealed again"),
                                 _("Received at the office")};
    for (size_t i = 0; i < SHEET_LIST_COLUMNS; i++)
        column[i] = (struct print_column){.title = sheet_list_title(i), .share = share[i]};
    for (size_t i = 0; i < b->n; i++)
        sheet_list_row(b, i, a, cell + i * SHEET_LIST_COLUMNS);
    print_heading(p, 1, x->session->title);
    print_heading(p, 2, sheet_bag_title(b, a));
    print_table(p, column, SHEET_LIST_COLUMNS, cell, b->n);
    print_signatures(p, label, 4);
}

static void put_steps(const struct rubric *r, struct arena *a, struct print *p)
{
    const struct print_column column[] = {
        {.title = "", .share = 2, .right = true},
        {.title = _("Step"), .share = 14},
        {.title = _("Full"), .share = 3, .right = true},
        {.title = _("Tick what happened"), .share = 30},
        {.title = _("Points"), .share = 5},
    };
    enum { COLUMNS = 5 };
    const char **cell = arena_array(a, r->n_steps * COLUMNS + 1, sizeof *cell);
    char text[32];
    for (size_t i = 0; i < r->n_steps; i++) {
        const struct rubric_step *s = &r->step[i];
        cell[i * COLUMNS] = arena_printf(a, "%zu", i + 1);
        cell[i * COLUMNS + 1] = sheet_step_words(s, a);
        cell[i * COLUMNS + 2] = arena_strdup(a, points_text(s->points, text, sizeof text));
        cell[i * COLUMNS + 3] = sheet_step_boxes(s, a);
        cell[i * COLUMNS + 4] = "";
    }
    print_table(p, column, COLUMNS, cell, r->n_steps);
}

static void put_sheet(const struct sheet_printing *x, const struct sheet_place *place, struct arena *a,
                      struct print *p)
{
    const char *fact[SHEET_FACTS][2], *signer[SHEET_SIGNERS];
    print_page_break(p);
    print_heading(p, 1, place->id);
    print_paragraph(p, arena_printf(a, _("%s: rating sheet"), x->session->title));
    sheet_facts(place, a, fact);
    print_facts(p, (const char *const(*)[2])fact, SHEET_FACTS);
    put_steps(place->rubric, a, p);
    if (place->rubric->n_fatals)
        print_paragraph(p, sheet_fatal_boxes(place->rubric, a));
    print_paragraph(p, sheet_sum_line(place->rubric, a));
    print_paragraph(p, sheet_status_boxes(x->list->plan, a));
    for (size_t i = 0; i < SHEET_SIGNERS; i++)
        signer[i] = sheet_signer(i);
    print_signatures(p, signer, SHEET_SIGNERS);
    print_paragraph(p, sheet_how_to());
}

int sheet_bag_pdf(const struct sheet_printing *x, const struct sheet_bag *b, struct bytes *out, struct err *e)
{
    struct arena *a = arena_new();
    const struct print_options options = {
        .title = x->session->title,
        .footer = arena_printf(a, "%s · %s · %s", x->office, x->session->id, sheet_bag_title(b, a)),
        .made_ms = x->session->start_ms};
    struct print *p = print_new(&options);
    put_cover(x, b, a, p);
    for (size_t i = 0; i < b->n; i++)
        put_sheet(x, b->place[i], a, p);
    int r = print_finish(p, out, e);
    print_free(p);
    arena_free(a);
    return r;
}
