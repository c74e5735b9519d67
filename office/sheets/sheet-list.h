/* SPDX-License-Identifier: Apache-2.0 */
/* The paper sheets of a session: who rates whom with which rubric, and the short id that is printed on the
 * sheet and typed in the office. The id follows from session, ticket, rubric, its version and the rater's
 * order, so that nothing has to be kept of what was printed. docs/lab.md, "Paper sheets". */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_LIST_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_LIST_H

#include "exam-packages/code.h"
#include "exam-packages/roster.h"
#include "scoring/lab/plan.h"

enum { SHEET_BAG = 36, SHEET_MAX_ORDER = 3 };

struct sheet_place {
    char id[SHORT_CODE_SHOWN]; /* "7K3M-9QXA" */
    const struct roster_candidate *candidate;
    const struct roster_room *room;
    const struct rubric *rubric;
    int64_t order;                   /* of the rater: 1, 2; 3 decides between those two */
    const struct roster_rater *rater; /* NULL: nobody is on the roster for it */
    int64_t group, bench;            /* 0 in a room without benches */
};

/* Borrows plan and roster. */
struct sheet_list {
    const struct lab_plan *plan;
    const struct roster *roster;
    struct sheet_place *place; /* by site, room, seat, order */
    size_t n;
    size_t *by_id; /* indexes of place, by id */
};

/* Sheets of the orders 1 to plan->raters and, where the plan lets a third rater decide, 3. The roster is
 * checked and arranged. ERR_DATA names a candidate whose rubric the plan does not have. */
MUST_CHECK int sheet_list_make(struct sheet_list *ret, const struct lab_plan *plan,
                               const struct roster *roster, struct err *e);
void sheet_list_release(struct sheet_list *l);

/* The sheet of a typed id. ERR_DATA: a mistyped character, another session's sheet, or one that was printed
 * before the draw or the rubric was changed. */
MUST_CHECK int sheet_list_find(const struct sheet_list *l, const char *typed, const struct sheet_place **ret,
                               struct err *e);
/* The sheet of an id as it is shown; NULL: none. */
const struct sheet_place *sheet_list_at(const struct sheet_list *l, const char *id);

/* The id that this sheet has by itself; `turn` is 0, and more only where two sheets of a session would have
 * the same one. Returns ret. */
char *sheet_id(const char *session, const char *ticket, const char *rubric, int64_t version, int64_t order,
               int64_t turn, char ret[SHORT_CODE_SHOWN]);

#endif
