/* SPDX-License-Identifier: Apache-2.0 */
/* A status instead of points: chosen, explained, asked once more with the safe answer first. */
#include <stdlib.h>

#include "client/rate/rate-update.h"
#include "client/screens/proctor-act.h"

static void move_row(struct rate_model *r, struct key k, size_t n)
{
    if (k.code == K_UP && r->row > 0)
        r->row--;
    if (k.code == K_DOWN && r->row + 1 < n)
        r->row++;
}

static void to(struct rate_model *r, enum rate_screen screen)
{
    r->screen = screen;
    r->row = 0;
    r->button = 0;
    field_clear(&r->field);
}

static void choose_status(struct rate_model *r, const struct rate_choice *c)
{
    if (c->back) {
        rate_choose(r, r->chosen);
        return;
    }
    r->status = c->present ? (book_is_marked(rate_chosen(r)) ? RATING_RATED : RATING_OPEN) : c->status;
    r->reason = c->exemption ? c->exemption->name : "";
    r->minutes = 0;
    if (r->status == RATING_BREACH || r->status == RATING_CHEATING)
        to(r, RATE_ARTICLE);
    else if (r->status == RATING_POSTPONED || r->status == RATING_VOID)
        to(r, RATE_DETAIL);
    else
        to(r, RATE_SURE);
}

static void status_key(struct rate_model *r, struct key k)
{
    struct rate_choice choice[RATE_MAX_STATUS];
    size_t n = rate_choices(r, choice);
    move_row(r, k, n);
    if (k.code == K_ENTER && r->row < n)
        choose_status(r, &choice[r->row]);
}

static void article_key(struct rate_model *r, struct key k)
{
    size_t n;
    const struct proctor_article *list = rate_articles(r->status, &n);
    move_row(r, k, n);
    if (k.code != K_ENTER)
        return;
    r->reason = list[r->row].number;
    to(r, RATE_SURE);
}

static bool is_digit(struct key k)
{
    return k.ch >= '0' && k.ch <= '9';
}

static void detail_key(struct rate_model *r, struct key k)
{
    bool minutes = r->status == RATING_POSTPONED;
    if (k.code != K_ENTER) {
        k = minutes ? key_plain(k) : k;
        size_t most = minutes ? 3 : RATE_MAX_REASON;
        if (k.code != K_CHAR || ((!minutes || is_digit(k)) && r->field.n < most))
            field_key(&r->field, k, NULL);
        return;
    }
    if (minutes)
        r->minutes = strtol(r->field.text, NULL, 10);
    if (minutes ? r->minutes > RATE_MAX_MINUTES_BACK : r->field.n == 0)
        return;
    if (!minutes)
        r->reason = book_text(r->book, r->field.text);
    to(r, RATE_SURE);
}

static void apply(struct rate_model *r, struct model *m, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    struct rating next = x->rating;
    if (x->rating.confirmed && !x->reopened) {
        rate_show_sheets(r);
        r->screen = RATE_REASON;
        return;
    }
    next.status = r->status;
    next.reason = r->reason;
    next.back_ms += r->minutes * 60000;
    rate_commit(r, m, &next, out);
    rate_choose(r, r->chosen);
}

static void sure_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    struct key plain = key_plain(k);
    if (k.code == K_LEFT || k.code == K_RIGHT || k.code == K_TAB)
        r->button = k.code == K_RIGHT || (k.code == K_TAB && r->button == 0);
    else if ((k.code == K_ENTER && r->button) || (plain.code == K_CHAR && plain.ch == 'y'))
        apply(r, m, out);
    else if (k.code == K_ENTER)
        rate_choose(r, r->chosen);
}

void rate_status_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    if (k.code == K_ESCAPE)
        rate_choose(r, r->chosen);
    else if (r->screen == RATE_STATUS)
        status_key(r, k);
    else if (r->screen == RATE_ARTICLE)
        article_key(r, k);
    else if (r->screen == RATE_DETAIL)
        detail_key(r, k);
    else
        sure_key(r, m, k, out);
}
