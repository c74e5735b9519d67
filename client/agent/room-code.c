/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "client/agent/delay.h"
#include "client/agent/opening.h"
#include "client/agent/room.h"
#include "exam-packages/derive.h"

static int hash_code(const char *code, struct secret *ret, struct err *e)
{
    char data[CODE_DATA + 1];
    int result = code_read(code, data, e);
    if (result == 0)
        result = secret_new(ret, 32, e);
    if (result == 0)
        blake2b_256(ret->p, span_of(data, CODE_DATA));
    explicit_bzero(data, sizeof data);
    return result;
}

static int wrong_code(struct room *r, struct err *e)
{
    room_note(r, "wrong-code", NULL, "%s", "");
    err_set(e, ERR_NO, NULL, _("this is not the unlock code of this session"));
    if (e)
        e->code = ERR_WRONG_CODE;
    return err_hint(e, _("check the session on the code sheet, and type the code again"));
}

static int wrong_keys(struct room *r, struct err *e)
{
    room_note(r, "wrong-code", NULL, "%s", "keys");
    if (e)
        e->code = ERR_WRONG_CODE;
    return -ERR_NO;
}

/* A key cannot be guessed: a wrong one costs no delay. */
static int open_with_keys(struct room *r, const char *keys, struct age_identity *ret, struct err *e)
{
    int result = opening_unlock(r->package, keys, ret, e);
    return result == -ERR_NO ? wrong_keys(r, e) : result;
}

int room_open_with_code(struct room *r, const char *code, struct age_identity *ret, struct err *e)
{
    struct secret hash = {0};
    code = code ? code : "";
    if (opening_is_keys(code))
        return open_with_keys(r, code, ret, e);
    if (!package_has_code(r->package))
        return package_unlock(r->package, code, ret, e); /* says why */
    int result = hash_code(code, &hash, e);
    if (result == 0)
        result = delay_before(r->folder, &r->now, e);
    if (result == 0 && (result = package_unlock(r->package, code, ret, e)) == -ERR_NO)
        result = wrong_code(r, e);
    if (result == 0)
        result = delay_clear(r->folder, e);
    if (result < 0) {
        secret_free(&hash);
        return result;
    }
    secret_free(&r->code_hash);
    r->code_hash = hash;
    return 0;
}

/* A room that only the service has opened knows no code yet: this one is tried. */
static int try_code(struct room *r, const char *code, struct err *e)
{
    struct age_identity unlock = {0};
    int result = room_open_with_code(r, code, &unlock, e);
    age_identity_free(&unlock);
    return result;
}

int room_check_code(struct room *r, const char *code, struct err *e)
{
    struct secret hash = {0};
    int result;
    if (r->state == ROOM_LOCKED) {
        result = room_unlock_code(r, code, e);
        if (result == 0 && r->hooks.unlocked)
            r->hooks.unlocked(r->hooks.self);
        return result;
    }
    if (package_manifest(r->package)->practice)
        return 0;
    if (opening_is_keys(code)) {
        result = opening_is_proctor(r->package, code, e);
        return result == -ERR_NO ? wrong_keys(r, e) : result;
    }
    if (!r->code_hash.p)
        return try_code(r, code, e);
    result = hash_code(code, &hash, e);
    if (result == 0)
        result = delay_before(r->folder, &r->now, e);
    if (result == 0)
        result = secret_equal(&hash, &r->code_hash) ? delay_clear(r->folder, e) : wrong_code(r, e);
    secret_free(&hash);
    return result;
}
