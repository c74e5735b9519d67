/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/carry.h"

#include <string.h>

#include "base/i18n.h"
#include "client/agent/fields.h"

enum { HEAD = 5, MAX_PEM = 1 << 14 };

static const struct field who_fields[] = {
    FIELD_SPAN_OF(struct carry_who, certificate, MAX_PEM),
    FIELD_SPAN_OF(struct carry_who, key, MAX_PEM),
};
static const struct field request_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct carry_request, id),
    FIELD_OF(FIELD_TEXT, struct carry_request, url),
    FIELD_OF(FIELD_TEXT, struct carry_request, pin),
    FIELD_OF(FIELD_FLAG, struct carry_request, post),
    FIELD_OF(FIELD_INTEGER, struct carry_request, wait_ms),
    FIELD_SPAN_OF(struct carry_request, body, API_MAX),
};
static const struct field reply_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct carry_reply, id),
    FIELD_OF(FIELD_INTEGER, struct carry_reply, status),
    FIELD_OF(FIELD_TEXT, struct carry_reply, error),
    FIELD_SPAN_OF(struct carry_reply, body, API_MAX),
};

static void put(enum carry_type type, const struct field *f, size_t n, const void *from, struct bytes *out)
{
    size_t at = out->n;
    bytes_u32le(out, 0);
    bytes_u8(out, (uint8_t)type);
    fields_put(f, n, from, out);
    put_le32(out->p + at, (uint32_t)(out->n - at - 4));
}

void carry_put_who(const struct carry_who *w, struct bytes *out)
{
    put(CARRY_WHO, who_fields, FIELD_COUNT(who_fields), w, out);
}

void carry_put_request(const struct carry_request *r, struct bytes *out)
{
    put(CARRY_REQUEST, request_fields, FIELD_COUNT(request_fields), r, out);
}

void carry_put_cancel(int64_t id, struct bytes *out)
{
    const struct carry_request r = {.id = id};
    put(CARRY_CANCEL, request_fields, 1, &r, out);
}

void carry_put_reply(const struct carry_reply *r, struct bytes *out)
{
    put(CARRY_REPLY, reply_fields, FIELD_COUNT(reply_fields), r, out);
}

static bool get_body(struct canon_reader *r, struct arena *a, struct carry_message *ret)
{
    switch (ret->type) {
    case CARRY_WHO:
        return fields_get(who_fields, FIELD_COUNT(who_fields), r, a, &ret->who);
    case CARRY_REQUEST:
        return fields_get(request_fields, FIELD_COUNT(request_fields), r, a, &ret->request) &&
               ret->request.wait_ms > 0 && ret->request.wait_ms <= CARRY_MAX_WAIT_MS;
    case CARRY_CANCEL:
        return fields_get(request_fields, 1, r, a, &ret->request);
    case CARRY_REPLY:
        return fields_get(reply_fields, FIELD_COUNT(reply_fields), r, a, &ret->reply) &&
               ret->reply.status >= 0 && ret->reply.status <= 999;
    }
    return false;
}

int carry_next(struct span data, struct arena *a, struct carry_message *ret, size_t *ret_size, struct err *e)
{
    if (data.n < 4)
        return 0;
    size_t n = le32(data.p);
    if (n >= 1 && n <= CARRY_MAX && data.n < 4 + n)
        return 0;
    *ret = (struct carry_message){0};
    if (n >= 1 && n <= CARRY_MAX) {
        struct canon_reader r = canon_reader_of(span_of(data.p + HEAD, n - 1));
        ret->type = data.p[4];
        *ret_size = 4 + n;
        if (get_body(&r, a, ret) && canon_at_end(&r))
            return 1;
    }
    return err_set(e, ERR_DATA, NULL, _("what came between agent and courier does not follow the protocol"));
}
