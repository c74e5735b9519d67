/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/rater.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/link.h"
#include "client/rate/history.h"
#include "client/rate/rate-update.h"
#include "client/rate/rate-view.h"
#include "client/rate/words.h"
#include "client/session/sheet-paper.h"
#include "client/sitting.h"

struct rater {
    char *home;
    struct rate_model model;
    struct lab_plan *plan;
    struct book *book;
    int locks; /* file whose byte N is locked while the sheet of seat N is open here; -1: none */
};

struct rater *rater_new(const char *home)
{
    struct rater *r = mem_alloc(sizeof *r);
    r->home = mem_strdup(home);
    r->locks = -1;
    return r;
}

static void drop(struct rater *r)
{
    r->model = (struct rate_model){.now_ms = r->model.now_ms, .reason = ""};
    book_free(r->book);
    lab_plan_free(r->plan);
    r->book = NULL;
    r->plan = NULL;
    if (r->locks >= 0)
        close(r->locks);
    r->locks = -1;
}

void rater_free(struct rater *r)
{
    if (!r)
        return;
    drop(r);
    free(r->home);
    free(r);
}

const struct rate_model *rater_model(const struct rater *r)
{
    return &r->model;
}

/* ---- one sheet, one program ---- */

/* Without a place for the lock rating goes on: it is a safeguard, not a condition. */
static void open_locks(struct rater *r)
{
    char *run = path_join(r->home, "run"), *path = path_join(run, "sheets.lock");
    if (file_mkdirs(run, true, NULL) == 0)
        r->locks = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    free(path);
    free(run);
}

static bool is_locked_elsewhere(const struct rater *r, int64_t seat)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = seat, .l_len = 1};
    return r->locks >= 0 && fcntl(r->locks, F_OFD_SETLK, &lock) < 0;
}

/* ---- opening ---- */

static int set_entry(struct rater *r, size_t i, const struct link_rated *c, struct err *e)
{
    struct book_entry *x = &r->book->entry[i];
    x->ticket = book_text(r->book, c->ticket);
    x->name = book_text(r->book, c->name);
    x->id_number = book_text(r->book, c->id_number);
    x->school = book_text(r->book, c->school);
    x->seat = c->seat;
    x->group = c->group;
    x->bench = c->bench;
    x->extra_ms = c->extra_s * 1000;
    x->rubric = lab_plan_rubric(r->plan, c->form);
    x->elsewhere = is_locked_elsewhere(r, c->seat);
    if (!x->rubric)
        return err_set(e, ERR_DATA, c->ticket, _("the exam has no experiment %s"), c->form);
    book_begin(x);
    return 0;
}

static int restore(struct rater *r, const struct sitting *s, const struct clock_reading *now, struct err *e)
{
    int result = 0;
    for (size_t i = 0; i < r->book->n && result == 0; i++) {
        struct span stored = sitting_rating(s, i);
        if (stored.n)
            result = book_restore(r->book, &r->book->entry[i], stored, e);
        book_catch_up(&r->book->entry[i], now->wall_ms);
    }
    return result;
}

static void set_others(struct book *b, const struct link_terms *terms)
{
    b->other = arena_array(b->arena, terms->n_others, sizeof *b->other);
    for (b->n_others = 0; b->n_others < terms->n_others; b->n_others++) {
        const struct link_other *c = &terms->other[b->n_others];
        b->other[b->n_others] = (struct book_other){.ticket = book_text(b, c->ticket),
                                                    .rater = book_text(b, c->rater),
                                                    .rater_name = book_text(b, c->rater_name),
                                                    .group = c->group,
                                                    .bench = c->bench};
    }
}

static int read_sheets(struct rater *r, const struct sitting *s, const struct link_terms *terms,
                       const char *room, const char *vfs, const struct clock_reading *now, struct err *e)
{
    struct span lab;
    int result = sitting_part(s, "lab.xml", &lab, e);
    if (result == 0)
        result = lab_plan_read(&r->plan, "lab.xml", lab, e);
    if (result < 0)
        return result;
    r->book = book_new(r->plan, terms->n_rated);
    r->book->room = book_text(r->book, room);
    set_others(r->book, terms);
    open_locks(r);
    for (size_t i = 0; i < terms->n_rated && result == 0; i++)
        result = set_entry(r, i, &terms->rated[i], e);
    if (result == 0 && history_recall(r->book, terms, vfs, NULL) < 0)
        result = 0; /* undo begins anew */
    return result < 0 ? result : restore(r, s, now, e);
}

static struct paper *sheet_paper(const struct link_terms *terms)
{
    const char **ticket = mem_alloc((terms->n_rated + 1) * sizeof *ticket);
    for (size_t i = 0; i < terms->n_rated; i++)
        ticket[i] = terms->rated[i].ticket;
    struct paper *p = session_sheet_paper("", ticket, terms->n_rated);
    free(ticket);
    return p;
}

int rater_open(struct rater *r, const struct link_terms *terms, const char *room, const char *vfs,
               const struct clock_reading *now, struct sitting **ret, struct err *e)
{
    struct sitting *s = NULL;
    drop(r);
    int result = sitting_open_with(&s, terms, sheet_paper(terms), vfs, now, e);
    if (result == 0)
        result = read_sheets(r, s, terms, room, vfs, now, e);
    if (result < 0) {
        drop(r);
        sitting_close(s);
        return result;
    }
    r->model.now_ms = now->wall_ms;
    rate_open(&r->model, r->book);
    *ret = s;
    return 0;
}

/* ---- the stage ---- */

static int on_open(void *self, struct link *link, const struct link_candidate *who,
                   const struct clock_reading *now, struct sitting **ret, struct err *e)
{
    struct link_terms terms = {.paper_fd = -1};
    struct arena *a = arena_new();
    int result = link_start(link, a, &terms, e);
    if (result == 0) {
        result = rater_open(self, &terms, who->room, NULL, now, ret, e);
        terms.paper_fd = -1;
        link_terms_wipe(&terms);
    }
    arena_free(a);
    return result;
}

static void on_update(void *self, struct model *m, const struct event *e, struct effects *out)
{
    rate_update(&((struct rater *)self)->model, m, e, out);
}

static void on_draw(const void *self, const struct model *m, struct grid *g)
{
    rate_draw(&((const struct rater *)self)->model, m, g);
}

static int on_perform(void *self, struct sitting *s, size_t item, const struct clock_reading *now,
                      struct err *e)
{
    struct rater *r = self;
    struct bytes xml = {0};
    if (!r->book || item >= r->book->n)
        return 0;
    int result = rating_write(&r->book->entry[item].rating, &xml, e);
    if (result == 0)
        result = sitting_rate(s, item, bytes_span(&xml), now, e);
    bytes_release(&xml);
    return result;
}

static void on_close(void *self)
{
    drop(self);
}

const struct stage rater_stage = {.words = &examiner_words,
                                  .update = on_update,
                                  .draw = on_draw,
                                  .open = on_open,
                                  .perform = on_perform,
                                  .close = on_close};
