/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/link.h"

#include <stdlib.h>
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

int link_sign_in(struct link *l, const char *ticket, struct arena *a, struct link_candidate *ret,
                 struct err *e)
{
    struct span body = {0};
    const struct request ask = {.type = MESSAGE_SIGN_IN, .ticket = ticket};
    int r = wire_ask(&l->wire, &ask, MESSAGE_CANDIDATE, &body, e);
    if (r == 0)
        r = message_get_candidate(body, a, ret, e);
    if (r == 0 && sitting_state_ended(ret->state)) {
        r = err_set(e, ERR_NO, NULL, _("this candidate has finished; the receipt is %s"), ret->receipt);
        if (e)
            e->code = ERR_ALREADY_ENDED;
    }
    return r;
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
    journal_keys_wipe(&ret->keys);
    return err_set(e, ERR_ENV, NULL, _("the paper was not handed over"));
}

void link_terms_wipe(struct link_terms *t)
{
    journal_keys_wipe(&t->keys);
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
    if (r == 0)
        r = message_get_receipt(body, a, ret_receipt, e);
    arena_free(a);
    return r;
}

enum link_news link_poll(struct link *l)
{
    wire_poll(&l->wire);
    if (l->wire.changed) {
        l->wire.changed = false;
        return LINK_CHANGED;
    }
    return l->wire.gone ? LINK_GONE : LINK_NOTHING;
}
