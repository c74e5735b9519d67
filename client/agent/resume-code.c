/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/resume-code.h"

#include "base/canon.h"
#include "base/i18n.h"
#include "exam-packages/derive.h"

int resume_code_make(const struct resume_code *c, const struct roster_room *room,
                     char ret_shown[SHORT_CODE_SHOWN], struct err *e)
{
    struct secret secret = {0};
    struct bytes body = {0};
    uint8_t key[32], mac[32];
    if (!room || !room->has_secret)
        return err_set(e, ERR_ENV, NULL, _("this machine does not hold the secret of the room"));
    int r = secret_copy(&secret, span_of(room->secret, sizeof room->secret), e);
    if (r < 0)
        return r;
    canon_domain(&body, "kaochang/1 resume");
    canon_int(&body, c->seat);
    canon_text(&body, c->ticket);
    canon_int(&body, c->epoch);
    canon_int(&body, c->counter);
    canon_text(&body, c->reason);
    derive_key(key, &secret, "resume");
    blake2b_256_keyed(mac, key, bytes_span(&body));
    short_code_show(mac, ret_shown);
    secret_wipe(key, sizeof key);
    secret_wipe(mac, sizeof mac);
    secret_free(&secret);
    bytes_release(&body);
    return 0;
}
