/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/seal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void seal_station_key(const struct minisign_public *key, uint8_t ret[JOURNAL_STATION_KEY])
{
    memcpy(ret, "Ed", 2);
    memcpy(ret + 2, key->id, sizeof key->id);
    memcpy(ret + 10, key->pk, sizeof key->pk);
}

int seal_check(const struct trust *t, const char *ticket, const struct journal_epoch *start,
               const struct journal_seal *seal, struct certificate **ret, struct err *e)
{
    struct certificate_chain chain = {.certificate = seal->certificate,
                                      .signature = seal->certificate_signature};
    struct certificate *c = NULL;
    struct bytes body = {0};
    char *comment = NULL;
    uint8_t key[JOURNAL_STATION_KEY];
    if (seal->issuer.n) {
        chain.issuer = seal->issuer;
        chain.issuer_signature = seal->issuer_signature;
    }
    int r = trust_check_certificate(t, &chain, &c, e);
    if (r == 0) {
        seal_station_key(&c->key, key);
        if (memcmp(key, start->station, sizeof key) != 0)
            r = err_set(e, ERR_NO, ticket, _("the end was signed by another station"));
    }
    journal_seal_body(start, seal->seq, seal->head, &body);
    if (r == 0)
        r = minisign_verify(bytes_span(&body), seal->signature, &c->key, &comment, e);
    free(comment);
    bytes_release(&body);
    if (r == 0 && ret)
        *ret = c;
    else
        certificate_free(c);
    return r;
}
