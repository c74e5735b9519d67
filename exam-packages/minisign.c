/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/minisign.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/minisign-internal.h"

/* Bytes under the signature line's base64. */
enum { SIG_ALGORITHM = 0, SIG_ID = 2, SIG_SIGNATURE = 10, SIG_SIZE = 74, ED_SIGNATURE = 64 };

struct signature {
    uint8_t id[8], over_hash[ED_SIGNATURE], over_all[ED_SIGNATURE];
    struct span trusted; /* borrowed */
};

char *minisign_id_text(const uint8_t id[8], char out[MINISIGN_ID_TEXT])
{
    snprintf(out, MINISIGN_ID_TEXT, "%016llX", (unsigned long long)le64(id));
    return out;
}

static bool is_printable_line(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || (unsigned char)*s == 0x7f)
            return false;
    return true;
}

static void global_message(struct bytes *out, const uint8_t over_hash[ED_SIGNATURE], struct span trusted)
{
    bytes_add(out, over_hash, ED_SIGNATURE);
    bytes_add(out, trusted.p, trusted.n);
}

int minisign_sign_hash(const struct minisign_secret *s, const uint8_t blake2b_512[64], const char *trusted,
                       struct bytes *ret, struct err *e)
{
    if (!is_printable_line(trusted) || strlen(trusted) > MINISIGN_TRUSTED_MAX)
        return err_set(e, ERR_DATA, NULL, _("a trusted comment is one line of at most %d characters"),
                       MINISIGN_TRUSTED_MAX);
    uint8_t line[SIG_SIZE] = "ED", over_all[ED_SIGNATURE];
    char id[MINISIGN_ID_TEXT];
    struct bytes message = {0};
    memcpy(line + SIG_ID, s->id, sizeof s->id);
    crypto_sign_detached(line + SIG_SIGNATURE, NULL, blake2b_512, 64, s->sk.p);
    global_message(&message, line + SIG_SIGNATURE, span_str(trusted));
    crypto_sign_detached(over_all, NULL, message.p, message.n, s->sk.p);
    bytes_printf(ret, "%ssignature from minisign secret key %s\n", MINISIGN_UNTRUSTED,
                 minisign_id_text(s->id, id));
    minisign_add_base64(ret, span_of(line, sizeof line));
    bytes_printf(ret, "%s%s\n", MINISIGN_TRUSTED, trusted);
    minisign_add_base64(ret, span_of(over_all, sizeof over_all));
    bytes_release(&message);
    return 0;
}

int minisign_sign(const struct minisign_secret *s, struct span data, const char *trusted, struct bytes *ret,
                  struct err *e)
{
    uint8_t hash[64];
    blake2b_512(hash, data);
    return minisign_sign_hash(s, hash, trusted, ret, e);
}

static int parse_signature(struct span text, struct signature *ret, struct err *e)
{
    struct span line;
    uint8_t raw[SIG_SIZE];
    if (text.n > MINISIGN_FILE_MAX ||
        !minisign_take_comment(&text, MINISIGN_UNTRUSTED, MINISIGN_COMMENT_MAX, &line) ||
        !minisign_take_base64(&text, raw, sizeof raw))
        return err_set(e, ERR_DATA, NULL, _("not a minisign signature"));
    if (memcmp(raw, "Ed", 2) == 0) {
        err_set(e, ERR_DATA, NULL,
                _("a signature of minisign's old kind, without prehashing, is not accepted"));
        return err_hint(e, _("sign again with minisign -S -H, or with kaochang sign"));
    }
    if (memcmp(raw, "ED", 2) != 0 ||
        !minisign_take_comment(&text, MINISIGN_TRUSTED, MINISIGN_TRUSTED_MAX, &ret->trusted) ||
        !minisign_take_base64(&text, ret->over_all, sizeof ret->over_all) || text.n != 0)
        return err_set(e, ERR_DATA, NULL, _("not a minisign signature"));
    memcpy(ret->id, raw + SIG_ID, sizeof ret->id);
    memcpy(ret->over_hash, raw + SIG_SIGNATURE, sizeof ret->over_hash);
    return 0;
}

int minisign_signature_id(struct span signature, uint8_t ret_id[8], struct err *e)
{
    struct signature s = {0};
    int r = parse_signature(signature, &s, e);
    if (r == 0)
        memcpy(ret_id, s.id, sizeof s.id);
    return r;
}

static bool both_fit(const struct signature *s, const uint8_t hash[64], const uint8_t pk[32])
{
    struct bytes message = {0};
    global_message(&message, s->over_hash, s->trusted);
    bool fit = crypto_sign_verify_detached(s->over_hash, hash, 64, pk) == 0 &&
               crypto_sign_verify_detached(s->over_all, message.p, message.n, pk) == 0;
    bytes_release(&message);
    return fit;
}

int minisign_verify_hash(const uint8_t blake2b_512[64], struct span signature,
                         const struct minisign_public *by, char **ret_trusted, struct err *e)
{
    struct signature s = {0};
    int r = parse_signature(signature, &s, e);
    if (r < 0)
        return r;
    if (memcmp(s.id, by->id, sizeof s.id) != 0) {
        char is[MINISIGN_ID_TEXT], wanted[MINISIGN_ID_TEXT];
        return err_set(e, ERR_NO, NULL, _("signed by key %s, not by %s"), minisign_id_text(s.id, is),
                       minisign_id_text(by->id, wanted));
    }
    if (!both_fit(&s, blake2b_512, by->pk))
        return err_set(e, ERR_NO, NULL,
                       _("the signature does not fit: the file or the signature was changed"));
    if (ret_trusted)
        *ret_trusted = mem_printf("%.*s", (int)s.trusted.n, (const char *)s.trusted.p);
    return 0;
}

int minisign_verify(struct span data, struct span signature, const struct minisign_public *by,
                    char **ret_trusted, struct err *e)
{
    uint8_t hash[64];
    blake2b_512(hash, data);
    return minisign_verify_hash(hash, signature, by, ret_trusted, e);
}
