/* SPDX-License-Identifier: Apache-2.0 */
#include "office/sheets/sheet-decision.h"

#include <sodium.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"

/* ---- differences as words; they stand in signed documents, and in English everywhere ---- */

static void add(struct bytes *out, const char *what, const char *first, const char *second)
{
    bytes_printf(out, "%s%s: %s / %s", out->n ? ", " : "", what, first, second);
}

static void add_steps(struct bytes *out, const struct sheet_finding *f)
{
    char a[SHEET_MARKS], b[SHEET_MARKS], what[32];
    for (size_t i = 0; i < RUBRIC_MAX_STEPS; i++)
        if (f->steps >> i & 1) {
            snprintf(what, sizeof what, "step %zu", i + 1);
            add(out, what, sheet_marks_text(&f->first->rating.step[i], a),
                sheet_marks_text(&f->second->rating.step[i], b));
        }
}

static const char *fatals_text(uint32_t fatals, char text[RUBRIC_MAX_FATALS + 2])
{
    size_t n = 0;
    for (int i = 0; i < RUBRIC_MAX_FATALS; i++)
        if (fatals >> i & 1)
            text[n++] = (char)('1' + i);
    if (!n)
        text[n++] = '-';
    text[n] = '\0';
    return text;
}

static void add_sum(struct bytes *out, const struct sheet_finding *f)
{
    char a[32], b[32];
    add(out, "sum", f->first->has_sum ? points_text(f->first->sum, a, sizeof a) : "-",
        f->second->has_sum ? points_text(f->second->sum, b, sizeof b) : "-");
}

const char *sheet_difference_text(const struct sheet_finding *f, struct arena *a)
{
    struct bytes out = {0};
    char one[RUBRIC_MAX_FATALS + 2], two[RUBRIC_MAX_FATALS + 2];
    const struct rating *x = &f->first->rating, *y = &f->second->rating;
    if (f->parts & SHEET_STATUS)
        add(&out, "status", rating_status_name(x->status), rating_status_name(y->status));
    if (f->parts & SHEET_REASON)
        add(&out, "reason", *x->reason ? x->reason : "-", *y->reason ? y->reason : "-");
    if (f->parts & SHEET_RATER)
        add(&out, "rater", f->first->rater, f->second->rater);
    add_steps(&out, f);
    if (f->parts & SHEET_FATALS)
        add(&out, "ended", fatals_text(x->fatals, one), fatals_text(y->fatals, two));
    if (f->parts & SHEET_SUM)
        add_sum(&out, f);
    if (f->parts & SHEET_CHIEF)
        add(&out, "chief", x->chief ? "yes" : "no", y->chief ? "yes" : "no");
    if (f->parts & SHEET_SIGNATURE)
        add(&out, "signed", x->confirmed ? "yes" : "no", y->confirmed ? "yes" : "no");
    const char *text = arena_strndup(a, out.p ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return text;
}

/* ---- the decision ---- */

static const char *reason_of(const struct sheet *s, const struct sheet_finding *f,
                             const struct sheet_people *who, struct arena *a)
{
    if (!f)
        return arena_printf(a, "paper sheet %s, typed by %s and %s", s->id, who->first, who->second);
    const char *what = sheet_difference_text(f, a);
    if (strlen(what) > DECISION_MAX_REASON / 2)
        what = "many steps";
    return arena_printf(a,
                        "paper sheet %s, typed by %s and %s; they differed (%s), and %s looked at the paper",
                        s->id, who->first, who->second, what, who->third);
}

/* Not random: what is finished again is the same document. */
static const char *serial_of(const struct decision *d, struct arena *a)
{
    uint8_t hash[32];
    char *serial = arena_alloc(a, 17);
    struct bytes body = {0};
    canon_domain(&body, "kaochang/1 sheet decision");
    canon_text(&body, d->session);
    canon_text(&body, d->ticket);
    canon_text(&body, d->rater);
    canon_text(&body, d->reason);
    canon_blob(&body, d->rating);
    crypto_generichash(hash, sizeof hash, body.p, body.n, NULL, 0);
    bytes_release(&body);
    return hex_encode(serial, hash, 8);
}

int sheet_decision(struct decision **ret, const struct sheet_list *l, const struct sheet *s,
                   const struct sheet_finding *difference, const struct sheet_people *who, const char *date,
                   struct err *e)
{
    const struct sheet_place *p = sheet_list_at(l, s->id);
    struct bytes rating = {0};
    struct decision *d;
    if (!p)
        return err_set(e, ERR_DATA, s->id, _("session %s has no such sheet"), l->roster->session);
    int r = sheet_check(s, p, l->plan, e);
    if (r < 0 || (r = rating_write(&s->rating, &rating, e)) < 0)
        return r;
    d = decision_new();
    d->kind = DECISION_SHEET;
    d->session = arena_strdup(d->arena, l->roster->session);
    d->ticket = arena_strdup(d->arena, p->candidate->ticket);
    d->date = arena_strdup(d->arena, date);
    d->rater = arena_strdup(d->arena, s->rater);
    d->reason = reason_of(s, difference, who, d->arena);
    d->rating = span_of(arena_copy(d->arena, rating.p, rating.n), rating.n);
    d->serial = serial_of(d, d->arena);
    d->status = d->before_status = d->article = d->video = d->video_hash = "";
    bytes_release(&rating);
    r = decision_check(d, e);
    if (r < 0)
        decision_free(d);
    else
        *ret = d;
    return r;
}
