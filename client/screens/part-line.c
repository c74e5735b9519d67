/* SPDX-License-Identifier: Apache-2.0 */
/* What text entry and upload have in common: a line that is typed. */
#include "client/screens/part.h"

void part_line_init(struct part *p, struct span seed, struct arena *a)
{
    (void)seed;
    p->field = arena_alloc(a, sizeof *p->field);
    p->n_places = 1;
}

bool part_line_answered(const struct part *p)
{
    return p->field->n > 0;
}

void part_line_response(const struct part *p, struct response *r, struct arena *a)
{
    if (p->field->n > 0)
        part_add_value(r, a, p->field->text, 1);
}

void part_line_restore(struct part *p, const struct response *r)
{
    field_set(p->field, r->n > 0 ? r->value[0] : "");
}

void part_line_words(const struct part *p, struct bytes *out)
{
    bytes_str(out, p->field->text);
}
