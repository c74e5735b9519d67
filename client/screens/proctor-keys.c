/* SPDX-License-Identifier: Apache-2.0 */
/* Opening with the keys of proctors: what came of each stick, and the keys of this screen. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"
#include "exam-packages/secret.h"

enum { MISSING = 110 };

size_t proctor_keys_read(const struct proctor *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->keys.n; i++)
        n += p->keys.holder[i].read;
    return n;
}

void proctor_wants_keys(struct proctor *p, const struct proctors *who, bool has_code, bool is_open)
{
    p->keys = (struct proctor_keys){.n = who->n,
                                    .needed = is_open ? 1 : (size_t)who->needed,
                                    .all = (size_t)who->needed,
                                    .has_code = has_code,
                                    .is_open = is_open};
    for (size_t i = 0; i < who->n; i++)
        say(p->keys.holder[i].name, sizeof p->keys.holder[i].name, "%s", who->list[i].name);
    p->screen = PROCTOR_KEYS;
}

void proctor_ask_again(struct proctor *p)
{
    for (size_t i = 0; i < p->keys.n; i++)
        p->keys.holder[i].read = false;
    p->keys.needed = p->keys.all;
    p->keys.is_open = false;
    proctor_forget_passphrase(p);
    p->screen = PROCTOR_KEYS;
}

void proctor_forget_passphrase(struct proctor *p)
{
    secret_wipe(&p->keys.passphrase, sizeof p->keys.passphrase);
    p->keys.locked[0] = '\0';
}

static void tell(struct proctor *p, bool alarm, const char *text)
{
    say(p->message, sizeof p->message, "%s", text);
    p->alarm = alarm;
    p->busy = false;
}

void proctor_key_came(struct proctor *p, size_t place)
{
    char text[PROCTOR_TEXT];
    const char *name = p->keys.holder[place].name;
    bool again = p->keys.holder[place].read;
    p->keys.holder[place].read = true;
    tell(p, again,
         say(text, sizeof text,
             again ? _("The key of %s has been read before. The stick of another proctor is needed.")
                   : _("The key of %s is read. The stick can be taken out."),
             name));
}

void proctor_key_refused(struct proctor *p, const char *file, const char *why)
{
    char text[PROCTOR_TEXT];
    tell(p, true, say(text, sizeof text, "%s: %s", file, why));
}

void proctor_key_is_locked(struct proctor *p, const char *file)
{
    proctor_forget_passphrase(p);
    say(p->keys.locked, sizeof p->keys.locked, "%s", file);
    tell(p, false, "");
}

/* Who might still come, with how many it takes; of a long list the beginning. */
static void tell_missing(struct proctor *p)
{
    char names[MISSING + 8] = "", text[PROCTOR_TEXT];
    size_t at = 0;
    for (size_t i = 0; i < p->keys.n; i++) {
        const struct proctor_holder *h = &p->keys.holder[i];
        if (h->read)
            continue;
        if (at + strlen(h->name) > MISSING) {
            say(names + at, sizeof names - at, " ..");
            break;
        }
        say(names + at, sizeof names - at, "%s%s", at ? _(", ") : "", h->name);
        at += strlen(names + at);
    }
    tell(p, true,
         say(text, sizeof text, _("%zu more of these proctors are needed: %s"),
             p->keys.needed - proctor_keys_read(p), names));
}

static void passphrase_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    if (k.code == K_F10)
        proctor_want(p, ACT_LEAVE, out);
    else if (k.code == K_ESCAPE)
        proctor_want(p, ACT_LEAVE_KEY, out);
    else if (k.code == K_ENTER && p->keys.passphrase.n > 0)
        proctor_want(p, ACT_PASSPHRASE, out);
    else
        field_key(&p->keys.passphrase, k, NULL);
}

void proctor_keys_key(struct proctor *p, struct key k, struct proctor_effect *out)
{
    if (p->keys.locked[0]) {
        passphrase_key(p, k, out);
        return;
    }
    k = key_plain(k);
    if (k.code == K_F10)
        proctor_want(p, ACT_LEAVE, out);
    else if (k.code == K_F2 && p->keys.has_code)
        p->screen = PROCTOR_UNLOCK;
    else if (k.code == K_ENTER && proctor_keys_read(p) >= p->keys.needed)
        proctor_want(p, ACT_UNLOCK, out);
    else if (k.code == K_ENTER)
        tell_missing(p);
}
