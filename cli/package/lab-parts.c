/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/lab-parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/inner.h"
#include "exam-packages/package.h"
#include "exam-packages/zip.h"

static int write_part(struct span lab_xml, size_t padding, bool key, struct bytes *out, struct err *e)
{
    struct zip_writer *w = zip_writer_new(out);
    uint8_t *zeros = mem_alloc(padding + 1);
    int r = zip_add(w, PACKAGE_LAB_PART, lab_xml, e);
    if (r == 0 && key)
        r = zip_add(w, "padding", span_of(zeros, padding), e);
    free(zeros);
    if (r < 0) {
        zip_cancel(w);
        return r;
    }
    return zip_finish(w, e);
}

int lab_parts(struct span lab_xml, struct bytes *ret_paper, struct bytes *ret_key, struct err *e)
{
    struct bytes unpadded = {0};
    int r = write_part(lab_xml, 0, false, ret_paper, e);
    if (r == 0)
        r = write_part(lab_xml, 0, true, &unpadded, e);
    size_t over = unpadded.n % INNER_KEY_MULTIPLE;
    if (r == 0)
        r = write_part(lab_xml, over ? INNER_KEY_MULTIPLE - over : 0, true, ret_key, e);
    bytes_release(&unpadded);
    return r;
}

struct checking {
    const struct lab_plan *plan;
    const struct roster *roster;
    lab_complain_fn *complain;
    void *context;
    size_t complaints;
};

static void __attribute__((format(printf, 2, 3)))
complain(struct checking *k, const char *fmt, ...)
{
    char what[320];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    k->complaints++;
    k->complain(k->context, what);
}

static bool has_rater(const struct roster *r, const struct roster_candidate *c, int64_t order)
{
    for (size_t i = 0; i < r->n_raters; i++)
        if (r->rater[i].order == order && roster_rates(r, &r->rater[i], c))
            return true;
    return false;
}

static void check_candidate(struct checking *k, const struct roster_candidate *c)
{
    const struct roster_room *room = roster_find_room(k->roster, c->site, c->room);
    int64_t group, bench;
    if (!lab_plan_rubric(k->plan, c->form))
        complain(k, _("candidate %s has the rubric %s, which the plan does not have"), c->ticket, c->form);
    if (room->benches == 0) {
        complain(k, _("candidate %s is in room %s, which has no benches"), c->ticket, c->room);
        return;
    }
    roster_bench(room, c->seat, &group, &bench);
    for (int64_t order = 1; order <= k->plan->raters; order++)
        if (!has_rater(k->roster, c, order))
            complain(k, _("candidate %s has no rater of order %lld: room %s, group %lld, bench %lld"),
                     c->ticket, (long long)order, c->room, (long long)group, (long long)bench);
}

int lab_roster_check(const struct lab_plan *plan, const struct roster *r, lab_complain_fn *complain_fn,
                     void *context, struct err *e)
{
    struct checking k = {.plan = plan, .roster = r, .complain = complain_fn, .context = context};
    for (size_t i = 0; i < r->n_candidates; i++)
        check_candidate(&k, &r->candidate[i]);
    if (k.complaints == 0)
        return 0;
    err_set(e, ERR_DATA, r->session,
            ngettext("%zu fault in the roster of a lab exam", "%zu faults in the roster of a lab exam",
                     k.complaints),
            k.complaints);
    return err_hint(e, _("\"kaochang roster draw\" or \"kaochang roster raters\" gives benches their raters"));
}
