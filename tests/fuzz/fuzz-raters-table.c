/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of raters: what is taken makes a canonical roster. */
#include <stdlib.h>
#include <string.h>

#include "office/raters-import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *context, const char *file, unsigned line, const char *what)
{
    (void)context, (void)file, (void)line, (void)what;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct roster *r = roster_new();
    struct bytes document = {0};
    size_t left_out = 0;
    struct err e;
    r->session = "lab";
    r->room = arena_array(r->arena, 1, sizeof *r->room);
    r->room[r->n_rooms++] =
        (struct roster_room){.site = "S1", .id = "L1", .name = "L1", .seats = 8, .benches = 4};
    r->candidate = arena_array(r->arena, 1, sizeof *r->candidate);
    r->candidate[r->n_candidates++] = (struct roster_candidate){.ticket = "420101",
                                                                .name = "n",
                                                                .id_number = "",
                                                                .county = "",
                                                                .school = "one",
                                                                .site = "S1",
                                                                .room = "L1",
                                                                .seat = 1,
                                                                .form = "P1"};
    if (raters_import_csv(r, "table", span_of(data, size), 0, ignore, NULL, &left_out, &e) == 0 &&
        (r->n_raters == 0 || (roster_write(r, &document, &e) < 0 && !strstr(e.what, "UTF-8"))))
        abort();
    bytes_release(&document);
    roster_free(r);
    return 0;
}
