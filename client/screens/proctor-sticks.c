/* SPDX-License-Identifier: Apache-2.0 */
/* The desk and the sticks: keys that are read stay in guarded memory until the session is open. */
#include "client/screens/sticks.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/opening.h"
#include "client/screens/frame.h"
#include "client/screens/proctor-desk.h"
#include "exam-packages/key-file.h"

void desk_drop_keys(struct proctor_desk *d)
{
    age_identities_free(d->held, d->n_held);
    d->held = NULL;
    d->n_held = 0;
    bytes_release(&d->locked);
    proctor_forget_passphrase(&d->p);
}

/* Takes a key over that is one of the session's proctors', and none that is held already. */
static size_t take_key(struct proctor_desk *d, struct age_identity *key)
{
    struct age_recipient to;
    age_identity_recipient(key, &to);
    size_t place = proctors_find(&d->who.proctors, &to);
    if (place < d->who.proctors.n && !d->p.keys.holder[place].read) {
        d->held = mem_grow(d->held, d->n_held + 1, sizeof *d->held);
        d->held[d->n_held++] = *key;
        *key = (struct age_identity){0};
    }
    return place;
}

/* Of several keys in a file those of proctors count. */
static void take_keys(struct proctor_desk *d, const char *file, struct age_identity *keys, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        size_t place = take_key(d, &keys[i]);
        if (place == d->who.proctors.n)
            continue;
        proctor_key_came(&d->p, place);
        any = true;
    }
    if (!any)
        proctor_key_refused(
            &d->p, file,
            _("the key of no proctor of this session. The proctors of this session stand above."));
    age_identities_free(keys, n);
}

static void refuse(struct proctor_desk *d, const char *file, const struct err *e)
{
    char text[sizeof *e];
    proctor_key_refused(&d->p, file, say_error(text, sizeof text, e));
}

static void open_file(struct proctor_desk *d, const char *file, struct span text)
{
    struct age_identity *keys = NULL;
    struct err e = {0};
    size_t n = 0;
    if (key_file_open(text, (struct span){0}, &keys, &n, &e) < 0)
        proctor_key_refused(&d->p, file, _("no key that can be read. The exam office makes a new stick."));
    else
        take_keys(d, file, keys, n);
}

void desk_look_at_sticks(struct proctor_desk *d)
{
    char name[PROCTOR_ID];
    struct bytes text = {0};
    enum sticks_news news;
    while (!d->p.keys.locked[0] &&
           (news = sticks_look(d->sticks, name, sizeof name, &text)) != STICKS_NOTHING) {
        if (news == STICKS_NO_KEY)
            proctor_key_refused(&d->p, name, _("this stick holds no key of a proctor."));
        else if (news == STICKS_FAILED)
            proctor_key_refused(&d->p, name, _("cannot be read. Put the stick in again."));
        else if (key_file_is_locked(bytes_span(&text))) {
            d->locked = text;
            proctor_key_is_locked(&d->p, name);
            return;
        } else
            open_file(d, name, bytes_span(&text));
        bytes_release(&text);
    }
}

void desk_try_passphrase(struct proctor_desk *d)
{
    struct age_identity *keys = NULL;
    struct err e = {0};
    size_t n = 0;
    char file[PROCTOR_ID];
    int r = key_file_open(bytes_span(&d->locked), span_str(d->p.keys.passphrase.text), &keys, &n, &e);
    say(file, sizeof file, "%s", d->p.keys.locked);
    if (r == -ERR_NO) {
        proctor_key_is_locked(&d->p, file);
        proctor_failed(&d->p, _("That is not the passphrase of this key. Try again."));
        return;
    }
    desk_leave_key(d);
    if (r < 0)
        refuse(d, file, &e);
    else
        take_keys(d, file, keys, n);
}

void desk_leave_key(struct proctor_desk *d)
{
    bytes_release(&d->locked);
    proctor_forget_passphrase(&d->p);
    d->p.busy = false;
}

void desk_opening_text(const struct proctor_desk *d, struct bytes *ret)
{
    for (size_t i = 0; i < d->n_held; i++)
        opening_add_key(ret, &d->held[i]);
}

void desk_ask_for_keys(struct proctor_desk *d, bool is_open)
{
    if (opening_who(d->home, d->session, d->texts, &d->who, NULL) < 0 || d->who.proctors.n == 0)
        return; /* a package that does not verify is complained of when it is opened */
    proctor_wants_keys(&d->p, &d->who.proctors, d->who.has_code, is_open);
}
