/* SPDX-License-Identifier: Apache-2.0 */
#include "client/sitting.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/sitting-internal.h"
#include "exam-packages/zip.h"

static int map_paper(struct sitting *s, int fd, struct err *e)
{
    struct stat st;
    if (fstat(fd, &st) < 0 || st.st_size <= 0)
        return err_set(e, ERR_ENV, NULL, _("the paper was not handed over"));
    s->map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (s->map == MAP_FAILED) {
        s->map = NULL;
        return err_sys(e, NULL, _("cannot read the paper"));
    }
    s->map_size = (size_t)st.st_size;
    int r = zip_open_span(&s->zip, span_of(s->map, s->map_size), e);
    sitting_rest_parts(s);
    return r;
}

void sitting_rest_parts(const struct sitting *s)
{
    madvise(s->map, s->map_size, MADV_DONTNEED);
}

static int read_paper(struct sitting *s, struct err *e)
{
    struct span xml = {0};
    int r = sitting_part(s, "paper.xml", &xml, e);
    return r < 0 ? r : paper_read(&s->paper, "paper.xml", xml, e);
}

static int open_paper(struct sitting *s, const struct link_terms *terms, struct err *e)
{
    int r = map_paper(s, terms->paper_fd, e);
    if (r == 0 && !s->paper)
        r = read_paper(s, e);
    if (r < 0)
        return r;
    const struct paper_form *form = paper_form_for(s->paper, terms->form, terms->session, terms->ticket);
    if (!form)
        return err_set(e, ERR_DATA, "paper.xml", _("the paper has no form %s"), terms->form);
    session_init(&s->session, s->paper, form, terms->extra_ms);
    s->answered = mem_alloc((s->session.n + 1) * sizeof *s->answered);
    return 0;
}

static int resume(struct sitting *s, const struct clock_reading *now, struct err *e)
{
    int r = sitting_store_read(s->store, &s->session, NULL, e);
    s->last = *now;
    s->ticked_ms = s->session.used_ms;
    if (r < 0 || s->session.state == SITTING_NEW)
        return r;
    if (sitting_state_ended(s->session.state)) {
        sitting_store_receipt(s->store, s->receipt);
        return 0;
    }
    sitting_wish(s, SESSION_RESUME, 0, NULL);
    struct err full;
    r = sitting_flush(s, now, &full);
    if (r == -ERR_ENV) /* a full disk does not keep anybody from reading on: it is tried again */
        return 0;
    if (r < 0 && e)
        *e = full;
    return r;
}

int sitting_open(struct sitting **ret, const struct link_terms *terms, const char *vfs,
                 const struct clock_reading *now, struct err *e)
{
    return sitting_open_with(ret, terms, NULL, vfs, now, e);
}

int sitting_open_with(struct sitting **ret, const struct link_terms *terms, struct paper *paper,
                      const char *vfs, const struct clock_reading *now, struct err *e)
{
    struct sitting *s = mem_alloc(sizeof *s);
    s->paper = paper;
    int r = open_paper(s, terms, e);
    close(terms->paper_fd);
    if (r == 0)
        r = sitting_store_open(&s->store, terms->journal, &terms->keys, vfs, e);
    for (int64_t i = 0; r == 0 && i < terms->n_earlier; i++)
        r = journal_use_keys(sitting_store_journal(s->store), i + 1, &terms->earlier[i], e);
    if (r == 0)
        r = resume(s, now, e);
    if (r < 0) {
        sitting_close(s);
        return r;
    }
    *ret = s;
    return 0;
}

void sitting_close(struct sitting *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_wishes; i++)
        bytes_release(&s->wish[i].response);
    free(s->wish);
    free(s->answered);
    sitting_store_close(s->store);
    session_release(&s->session);
    paper_free(s->paper);
    zip_close(s->zip);
    if (s->map)
        munmap(s->map, s->map_size);
    free(s);
}

void sitting_simulate(struct sitting *s, int64_t step_ms)
{
    s->session.step_ms = step_ms;
}

const struct clock_reading *sitting_last_look(const struct sitting *s)
{
    return &s->last;
}

const struct session *sitting_session(const struct sitting *s)
{
    return &s->session;
}

int sitting_part(const struct sitting *s, const char *name, struct span *ret, struct err *e)
{
    *ret = zip_get(s->zip, name);
    return ret->p ? 0 : err_set(e, ERR_DATA, name, _("missing in the paper"));
}

int sitting_item_part(const struct sitting *s, size_t i, struct span *ret, struct err *e)
{
    char name[128];
    if (i >= s->session.n)
        return err_set(e, ERR_DATA, NULL, _("there is no such item in this form"));
    snprintf(name, sizeof name, "items/%s.xml", s->session.item[i].ref->id);
    return sitting_part(s, name, ret, e);
}

/* The answer that waits for the disk, or NULL. */
static const struct sitting_wish *waiting(const struct sitting *s, size_t item)
{
    for (size_t i = 0; i < s->n_wishes; i++)
        if ((s->wish[i].kind == SESSION_ANSWER || s->wish[i].kind == SESSION_RATING) &&
            s->wish[i].item == item)
            return &s->wish[i];
    return NULL;
}

struct span sitting_rating(const struct sitting *s, size_t i)
{
    const struct sitting_wish *w = waiting(s, i);
    return i < s->session.n ? bytes_span(w ? &w->response : &s->session.item[i].response) : (struct span){0};
}

int sitting_response(const struct sitting *s, size_t i, struct arena *a, struct response_set *ret,
                     struct err *e)
{
    *ret = (struct response_set){0};
    if (i >= s->session.n)
        return err_set(e, ERR_DATA, NULL, _("there is no such item in this form"));
    const struct sitting_wish *w = waiting(s, i);
    const struct bytes *encoded = w ? &w->response : &s->session.item[i].response;
    return encoded->n ? response_decode(ret, a, bytes_span(encoded), e) : 0;
}

static const struct sitting_wish *waiting_notes(const struct sitting *s)
{
    for (size_t i = 0; i < s->n_wishes; i++)
        if (s->wish[i].kind == SESSION_NOTES)
            return &s->wish[i];
    return NULL;
}

const char *sitting_notes(const struct sitting *s)
{
    const struct sitting_wish *w = waiting_notes(s);
    const struct bytes *notes = w ? &w->response : &s->session.notes;
    return notes->p ? (const char *)notes->p : "";
}

bool sitting_notes_unsaved(const struct sitting *s)
{
    int64_t epoch, seq;
    sitting_head(s, &epoch, &seq);
    return waiting_notes(s) || s->notes_seq > seq - sitting_store_spilled(s->store);
}

size_t sitting_unsaved(const struct sitting *s)
{
    size_t n = (size_t)sitting_store_spilled(s->store);
    for (size_t i = 0; i < s->n_wishes; i++)
        n += s->wish[i].kind != SESSION_RESUME;
    return n;
}

bool sitting_item_unsaved(const struct sitting *s, size_t i)
{
    int64_t epoch, seq;
    sitting_head(s, &epoch, &seq);
    return waiting(s, i) || (i < s->session.n && s->answered[i] > seq - sitting_store_spilled(s->store));
}

void sitting_room_has(struct sitting *s, int64_t epoch, int64_t seq)
{
    s->room_epoch = epoch;
    s->room_seq = seq;
}

enum sitting_kept sitting_kept(const struct sitting *s)
{
    int64_t epoch, seq;
    sitting_head(s, &epoch, &seq);
    bool room = s->room_epoch > epoch || (s->room_epoch == epoch && s->room_seq >= seq);
    if (sitting_unsaved(s) == 0)
        return room && seq > 0 ? SITTING_BOTH : SITTING_HERE;
    return room && s->n_wishes == 0 ? SITTING_ROOM_ONLY : SITTING_AT_RISK;
}

void sitting_head(const struct sitting *s, int64_t *ret_epoch, int64_t *ret_seq)
{
    uint8_t hash[32];
    journal_head(sitting_store_journal(s->store), ret_epoch, ret_seq, hash);
}

int64_t sitting_saved_wall_ms(const struct sitting *s)
{
    return sitting_store_saved_wall_ms(s->store);
}

const char *sitting_receipt(const struct sitting *s)
{
    return s->receipt;
}
