/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-internal.h"

static void add_sitting(struct bytes *out, const struct journal_epoch *start)
{
    canon_text(out, start->session);
    canon_text(out, start->ticket);
}

void journal_start_hash(const struct journal_keys *k, const struct journal_epoch *start, uint8_t ret[32])
{
    struct bytes body = {0};
    canon_domain(&body, "kaochang/1 journal epoch");
    canon_blob(&body, span_of(start->package, sizeof start->package));
    canon_text(&body, start->form);
    add_sitting(&body, start);
    canon_int(&body, start->epoch);
    canon_blob(&body, span_of(start->station, sizeof start->station));
    canon_int(&body, start->fork_epoch);
    canon_int(&body, start->fork_seq);
    canon_blob(&body, span_of(start->fork_hash, sizeof start->fork_hash));
    blake2b_256_keyed(ret, k->chain, bytes_span(&body));
    bytes_release(&body);
}

void journal_row_columns(const struct journal_stored *row, struct bytes *out)
{
    canon_int(out, row->epoch);
    canon_int(out, row->seq);
    canon_int(out, row->at.used_ms);
    canon_int(out, row->at.mono_ms);
    canon_text(out, row->at.boot);
    canon_int(out, row->at.wall_ms);
    canon_int(out, row->kind);
    canon_text(out, row->item);
}

void journal_row_hash(const struct journal_keys *k, const struct journal_stored *row, uint8_t ret[32])
{
    struct bytes body = {0};
    canon_domain(&body, "kaochang/1 journal event");
    journal_row_columns(row, &body);
    canon_blob(&body, row->payload);
    canon_blob(&body, span_of(row->prev, sizeof row->prev));
    blake2b_256_keyed(ret, k->chain, bytes_span(&body));
    bytes_release(&body);
}

static void associated_data(const struct journal_epoch *start, const struct journal_stored *row,
                            struct bytes *out)
{
    canon_domain(out, "kaochang/1 journal payload");
    add_sitting(out, start);
    journal_row_columns(row, out);
    canon_blob(out, span_of(row->prev, sizeof row->prev));
}

void journal_row_seal(const struct journal_keys *k, const struct journal_epoch *start,
                      const struct journal_stored *row, struct span plain, struct bytes *ret)
{
    struct bytes ad = {0};
    uint8_t nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
    randombytes_buf(nonce, sizeof nonce);
    associated_data(start, row, &ad);
    bytes_clear(ret);
    bytes_add(ret, nonce, sizeof nonce);
    if (plain.n)
        bytes_add(ret, plain.p, plain.n);
    static const uint8_t room[crypto_aead_xchacha20poly1305_ietf_ABYTES];
    bytes_add(ret, room, sizeof room);
    crypto_aead_xchacha20poly1305_ietf_encrypt(ret->p + sizeof nonce, NULL, ret->p + sizeof nonce, plain.n,
                                               ad.p, ad.n, NULL, nonce, k->seal);
    bytes_release(&ad);
}

bool journal_row_open(const struct journal_keys *k, const struct journal_epoch *start,
                      const struct journal_stored *row, struct bytes *ret_plain)
{
    enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
    if (row->payload.n < SEAL_OVERHEAD)
        return false;
    struct bytes ad = {0};
    associated_data(start, row, &ad);
    bytes_clear(ret_plain);
    bytes_add(ret_plain, row->payload.p + NONCE, row->payload.n - NONCE);
    unsigned long long n = 0;
    bool ok = crypto_aead_xchacha20poly1305_ietf_decrypt(ret_plain->p, &n, NULL, ret_plain->p, ret_plain->n,
                                                         ad.p, ad.n, row->payload.p, k->seal) == 0;
    ret_plain->n = ok ? (size_t)n : 0;
    bytes_release(&ad);
    return ok;
}

const char *journal_row_fault(const struct journal_keys *k, const struct journal_epoch *start,
                              const struct journal_stored *row, struct bytes *ret_plain)
{
    enum { MAX_ITEM = 100 };
    uint8_t hash[32];
    journal_row_hash(k, row, hash);
    if (memcmp(row->hash, hash, sizeof hash) != 0 || !journal_row_open(k, start, row, ret_plain))
        return _("edited");
    if (!journal_kind_name(row->kind) || strlen(row->item) > MAX_ITEM ||
        !utf8_valid(row->item, strlen(row->item)))
        return _("of a kind that this program does not know");
    return NULL;
}

void journal_seal_body(const struct journal_epoch *start, int64_t seq, const uint8_t head[32],
                       struct bytes *out)
{
    canon_domain(out, "kaochang/1 journal seal");
    canon_blob(out, span_of(start->package, sizeof start->package));
    add_sitting(out, start);
    canon_int(out, start->epoch);
    canon_int(out, seq);
    canon_blob(out, span_of(head, 32));
}

void journal_keys_wipe(struct journal_keys *k)
{
    secret_wipe(k, sizeof *k);
}
