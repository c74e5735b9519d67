/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/sheet-paper.h"

#include "exam-packages/roster.h"

struct paper *session_sheet_paper(const char *title, const char *const *ticket, size_t n)
{
    struct paper *p = paper_new();
    struct arena *a = p->arena;
    struct paper_section *section = arena_array(a, 1, sizeof *section);
    p->id = ROSTER_RATING_FORM;
    p->title = arena_strdup(a, title);
    p->duration_s = PAPER_MAX_TIME_S;
    p->n_forms = 1;
    p->form = arena_array(a, 1, sizeof *p->form);
    *p->form = (struct paper_form){.id = ROSTER_RATING_FORM, .section = section, .n_sections = 1};
    *section = (struct paper_section){.id = "candidates", .title = "", .n_items = n};
    section->item = arena_array(a, n, sizeof *section->item);
    for (size_t i = 0; i < n; i++)
        section->item[i] = (struct paper_item){.id = arena_strdup(a, ticket[i]), .version = 1};
    return p;
}
