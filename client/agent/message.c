/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of all messages, requests, and what every program may get: a refusal, a text. */
#include "client/agent/message.h"

#include "base/i18n.h"
#include "client/agent/fields.h"

static const struct field request_fields[] = {
    FIELD_OF(FIELD_TEXT, struct request, ticket),
    FIELD_OF(FIELD_TEXT, struct request, text),
    FIELD_OF(FIELD_INTEGER, struct request, value),
};
static const struct field error_fields[] = {
    FIELD_OF(FIELD_CHARS, struct err, where),
    FIELD_OF(FIELD_CHARS, struct err, what),
    FIELD_OF(FIELD_CHARS, struct err, hint),
};

size_t message_begin(struct bytes *out, enum message_type type)
{
    size_t at = out->n;
    bytes_u32le(out, 0);
    bytes_u8(out, (uint8_t)type);
    return at;
}

void message_end(struct bytes *out, size_t at)
{
    put_le32(out->p + at, (uint32_t)(out->n - at - 4));
}

void message_put_fields(enum message_type type, const struct field *f, size_t n, const void *from,
                        struct bytes *out)
{
    size_t at = message_begin(out, type);
    fields_put(f, n, from, out);
    message_end(out, at);
}

int message_bad(struct err *e)
{
    err_set(e, ERR_DATA, NULL, _("the message does not follow the protocol"));
    if (e)
        e->code = ERR_MESSAGE;
    return -ERR_DATA;
}

int message_get_fields(const struct field *f, size_t n, struct span body, struct arena *a, void *to,
                       struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    return fields_get(f, n, &r, a, to) && canon_at_end(&r) ? 0 : message_bad(e);
}

int message_next(struct span data, size_t max, enum message_type *ret_type, struct span *ret_body,
                 size_t *ret_size, struct err *e)
{
    if (data.n < 4)
        return 0;
    size_t n = le32(data.p);
    if (n < 1 || n > max)
        return message_bad(e);
    if (data.n < 4 + n)
        return 0;
    *ret_type = (enum message_type)data.p[4];
    *ret_body = span_of(data.p + MESSAGE_HEAD, n - 1);
    *ret_size = 4 + n;
    return 1;
}

void message_put_request(const struct request *r, struct bytes *out)
{
    message_put_fields(r->type, request_fields, FIELD_COUNT(request_fields), r, out);
}

void message_put_plain(enum message_type type, struct bytes *out)
{
    message_end(out, message_begin(out, type));
}

void message_put_text(enum message_type type, const char *text, struct bytes *out)
{
    size_t at = message_begin(out, type);
    canon_text(out, text);
    message_end(out, at);
}

void message_put_refused(const struct err *e, struct bytes *out)
{
    size_t at = message_begin(out, MESSAGE_REFUSED);
    canon_int(out, e->kind);
    canon_int(out, e->code);
    fields_put(error_fields, FIELD_COUNT(error_fields), e, out);
    message_end(out, at);
}

int message_get_request(enum message_type type, struct span body, struct arena *a, struct request *ret,
                        struct err *e)
{
    bool candidates = type >= MESSAGE_SIGN_IN && type <= MESSAGE_PROCTOR;
    bool proctors = type >= MESSAGE_STATUS && type <= MESSAGE_BRING;
    *ret = (struct request){.type = type};
    if (!candidates && !proctors)
        return message_bad(e);
    return message_get_fields(request_fields, FIELD_COUNT(request_fields), body, a, ret, e);
}

int message_get_refused(struct span body, struct arena *a, struct err *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    int64_t kind = 0;
    size_t code = 0;
    *ret = (struct err){0};
    if (!canon_read_int(&r, &kind) || kind < ERR_NO || kind > ERR_BUG ||
        !fields_get_count(&r, INT32_MAX, &code) ||
        !fields_get(error_fields, FIELD_COUNT(error_fields), &r, a, ret) || !canon_at_end(&r))
        return message_bad(e);
    ret->kind = (enum err_kind)kind;
    ret->code = (int)code;
    return 0;
}

int message_get_text(struct span body, struct arena *a, const char **ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    return canon_read_text(&r, a, FIELD_MAX_TEXT, ret) && canon_at_end(&r) ? 0 : message_bad(e);
}
