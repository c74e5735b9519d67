/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/wire.h"

struct link {
    struct wire wire;
};

int link_adopt(struct link **ret, int fd, struct err *e)
{
    (void)e;
    struct link *l = mem_alloc(sizeof *l);
    wire_init(&l->wire, fd);
    *ret = l;
    return 0;
}

int link_open(struct link **ret, const char *home, struct err *e)
{
    int fd = -1;
    int r = wire_connect(home, &fd, e);
    return r < 0 ? r : link_adopt(ret, fd, e);
}

void link_close(struct link *l)
{
    if (!l)
        return;
    wire_release(&l->wire);
    free(l);
}

int link_fd(const struct link *l)
{
    return l->wire.fd;
}

static int sign_in(struct link *l, const struct request *asked, struct arena *a, struct link_candidate *ret,
                   struct err *e)
{
    struct span body = {0};
    int r = wire_ask(&l->wire, asked, MESSAGE_CANDIDATE, &body, e);
    if (r == 0)
        r = message_get_candidate(body, a, ret, e);
    if (r == 0 && sitting_state_ended(ret->state)) {
        r = err_set(e, ERR_NO, NULL,
                    ret->rater ? _("this rater has finished; the receipt is %s")
                               : _("this candidate has finished; the receipt is %s"),
                    ret->receipt);
        if (e)
            e->code = ERR_ALREADY_ENDED;
    }
    return r;
}

int link_sign_in(struct link *l, const char *ticket, const char *resume_code, struct arena *a,
                 struct link_candidate *ret, struct err *e)
{
    const struct request ask = {.type = MESSAGE_SIGN_IN, .ticket = ticket, .text = resume_code};
    return sign_in(l, &ask, a, ret, e);
}

int link_sign_in_rater(struct link *l, const char *id, const char *resume_code, struct arena *a,
                       struct link_candidate *ret, struct err *e)
{
    const struct request ask = {
        .type = MESSAGE_SIGN_IN, .ticket = id, .text = resume_code, .value = MESSAGE_RATES};
    return sign_in(l, &ask, a, ret, e);
}

int link_start(struct link *l, struct arena *a, struct link_terms *ret, struct err *e)
{
    struct span body = {0};
    const struct request ask = {.type = MESSAGE_START};
    int r = wire_ask(&l->wire, &ask, MESSAGE_TERMS, &body, e);
    if (r == 0)
        r = message_get_terms(body, a, ret, e);
    if (r < 0)
        return r;
    ret->paper_fd = l->wire.passed_fd;
    l->wire.passed_fd = -1;
    wire_forget(&l->wire); /* it held the keys */
    if (ret->paper_fd >= 0)
        return 0;
    link_terms_wipe_keys(ret);
    return err_set(e, ERR_ENV, NULL, _("the paper was not handed over"));
}

void link_terms_wipe_keys(struct link_terms *t)
{
    journal_keys_wipe(&t->keys);
    for (int i = 0; i < JOURNAL_MAX_EPOCHS - 1; i++)
        journal_keys_wipe(&t->earlier[i]);
}

void link_terms_wipe(struct link_terms *t)
{
    link_terms_wipe_keys(t);
    if (t->paper_fd >= 0)
        close(t->paper_fd);
    t->paper_fd = -1;
}

int link_seal(struct link *l, char ret_receipt[22], struct err *e)
{
    struct span body = {0};
    const struct request ask = {.type = MESSAGE_SEAL};
    int r = wire_ask(&l->wire, &ask, MESSAGE_RECEIPT, &body, e);
    struct arena *a = arena_new();
    const char *receipt = "";
    if (r == 0)
        r = message_get_text(body, a, &receipt, e);
    if (r == 0 && strlen(receipt) >= 22)
        r = message_bad(e);
    if (r == 0)
        snprintf(ret_receipt, 22, "%s", receipt);
    arena_free(a);
    return r;
}

void link_stored(struct link *l)
{
    struct bytes out = {0};
    const struct request stored = {.type = MESSAGE_STORED};
    message_put_request(&stored, &out);
    if (!l->wire.gone && wire_send(l->wire.fd, bytes_span(&out), -1, NULL) < 0)
        l->wire.gone = true;
    bytes_release(&out);
}

static bool take(bool *news)
{
    bool was = *news;
    *news = false;
    return was;
}

enum link_news link_poll(struct link *l)
{
    wire_poll(&l->wire);
    if (take(&l->wire.moved))
        return LINK_MOVED;
    if (take(&l->wire.changed))
        return LINK_CHANGED;
    if (take(&l->wire.started))
        return LINK_STARTED;
    if (take(&l->wire.has_kept))
        return LINK_KEPT;
    if (take(&l->wire.was_told))
        return LINK_TOLD;
    return l->wire.gone ? LINK_GONE : LINK_NOTHING;
}

struct link_kept link_kept(const struct link *l)
{
    return l->wire.kept;
}

const char *link_told(const struct link *l)
{
    return l->wire.told;
}
