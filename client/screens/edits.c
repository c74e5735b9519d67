/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/edits.h"

void edits_add(struct edits *e)
{
    e->shown++;
}

void edits_give(struct edits *e)
{
    e->given = e->shown;
}

void edits_store(struct edits *e)
{
    e->stored = e->given;
}

bool edits_saved(const struct edits *e)
{
    return e->stored == e->shown;
}

bool edits_wait(const struct edits *e)
{
    return e->given != e->shown;
}
