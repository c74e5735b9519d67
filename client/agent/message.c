/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/message.h"

#include <stdio.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"

enum { MAX_TEXT = 4096, MAX_CANDIDATES = 1000 };

/* A struct as the list of its fields, in the order in which they travel. */
enum field_kind { TEXT, CHARS, INTEGER, FLAG, STATE, KEYS };
struct field {
    enum field_kind kind;
    size_t at, size; /* offset; bytes of CHARS */
};

static const struct field request_fields[] = {
    {TEXT, offsetof(struct request, ticket), 0},
    {TEXT, offsetof(struct request, text), 0},
    {INTEGER, offsetof(struct request, value), 0},
};
static const struct field candidate_fields[] = {
    {TEXT, offsetof(struct link_candidate, session), 0},
    {TEXT, offsetof(struct link_candidate, title), 0},
    {TEXT, offsetof(struct link_candidate, ticket), 0},
    {TEXT, offsetof(struct link_candidate, name), 0},
    {TEXT, offsetof(struct link_candidate, id_number), 0},
    {TEXT, offsetof(struct link_candidate, county), 0},
    {TEXT, offsetof(struct link_candidate, school), 0},
    {TEXT, offsetof(struct link_candidate, site), 0},
    {TEXT, offsetof(struct link_candidate, room), 0},
    {TEXT, offsetof(struct link_candidate, seat), 0},
    {INTEGER, offsetof(struct link_candidate, extra_s), 0},
    {INTEGER, offsetof(struct link_candidate, window_start), 0},
    {INTEGER, offsetof(struct link_candidate, window_end), 0},
    {FLAG, offsetof(struct link_candidate, outside_window), 0},
    {STATE, offsetof(struct link_candidate, state), 0},
    {CHARS, offsetof(struct link_candidate, receipt), sizeof((struct link_candidate *)0)->receipt},
};
static const struct field terms_fields[] = {
    {TEXT, offsetof(struct link_terms, session), 0},     {TEXT, offsetof(struct link_terms, ticket), 0},
    {TEXT, offsetof(struct link_terms, form), 0},        {TEXT, offsetof(struct link_terms, journal), 0},
    {INTEGER, offsetof(struct link_terms, extra_ms), 0}, {KEYS, offsetof(struct link_terms, keys), 0},
};
static const struct field room_fields[] = {
    {TEXT, offsetof(struct control_room, session), 0},
    {TEXT, offsetof(struct control_room, title), 0},
    {TEXT, offsetof(struct control_room, site), 0},
    {TEXT, offsetof(struct control_room, room), 0},
    {TEXT, offsetof(struct control_room, room_name), 0},
    {INTEGER, offsetof(struct control_room, window_start), 0},
    {INTEGER, offsetof(struct control_room, window_end), 0},
    {FLAG, offsetof(struct control_room, outside_window), 0},
};
static const struct field sitting_fields[] = {
    {TEXT, offsetof(struct control_candidate, ticket), 0},
    {TEXT, offsetof(struct control_candidate, name), 0},
    {TEXT, offsetof(struct control_candidate, id_number), 0},
    {TEXT, offsetof(struct control_candidate, seat), 0},
    {TEXT, offsetof(struct control_candidate, form), 0},
    {STATE, offsetof(struct control_candidate, state), 0},
    {FLAG, offsetof(struct control_candidate, connected), 0},
    {FLAG, offsetof(struct control_candidate, absent), 0},
    {FLAG, offsetof(struct control_candidate, sealed), 0},
    {INTEGER, offsetof(struct control_candidate, answered), 0},
    {INTEGER, offsetof(struct control_candidate, items), 0},
    {INTEGER, offsetof(struct control_candidate, used_ms), 0},
    {INTEGER, offsetof(struct control_candidate, allowance_ms), 0},
    {INTEGER, offsetof(struct control_candidate, interruptions), 0},
    {CHARS, offsetof(struct control_candidate, receipt), sizeof((struct control_candidate *)0)->receipt},
    {TEXT, offsetof(struct control_candidate, trouble), 0},
};
static const struct field closing_fields[] = {
    {INTEGER, offsetof(struct control_closing, registered), 0},
    {INTEGER, offsetof(struct control_closing, sat), 0},
    {INTEGER, offsetof(struct control_closing, absent), 0},
    {INTEGER, offsetof(struct control_closing, forced), 0},
    {CHARS, offsetof(struct control_closing, path), sizeof((struct control_closing *)0)->path},
};
static const struct field error_fields[] = {
    {CHARS, offsetof(struct err, where), sizeof((struct err *)0)->where},
    {CHARS, offsetof(struct err, what), sizeof((struct err *)0)->what},
    {CHARS, offsetof(struct err, hint), sizeof((struct err *)0)->hint},
};
enum {
    N_REQUEST = sizeof request_fields / sizeof *request_fields,
    N_CANDIDATE = sizeof candidate_fields / sizeof *candidate_fields,
    N_TERMS = sizeof terms_fields / sizeof *terms_fields,
    N_ROOM = sizeof room_fields / sizeof *room_fields,
    N_SITTING = sizeof sitting_fields / sizeof *sitting_fields,
    N_CLOSING = sizeof closing_fields / sizeof *closing_fields,
    N_ERROR = sizeof error_fields / sizeof *error_fields,
};

static void put_field(const struct field *f, const uint8_t *at, struct bytes *out)
{
    switch (f->kind) {
    case TEXT:
        canon_text(out, *(const char *const *)at ? *(const char *const *)at : "");
        return;
    case CHARS:
        canon_text(out, (const char *)at);
        return;
    case INTEGER:
        canon_int(out, *(const int64_t *)at);
        return;
    case FLAG:
        canon_int(out, *(const bool *)at);
        return;
    case STATE:
        canon_int(out, *(const enum sitting_state *)at);
        return;
    case KEYS:
        canon_blob(out, span_of(at, sizeof(struct journal_keys)));
        return;
    }
}

static void put_fields(const struct field *f, size_t n, const void *from, struct bytes *out)
{
    for (size_t i = 0; i < n; i++)
        put_field(&f[i], (const uint8_t *)from + f[i].at, out);
}

static bool get_integer(struct canon_reader *r, int64_t max, int64_t *ret)
{
    return canon_read_int(r, ret) && *ret >= 0 && *ret <= max;
}

static bool get_chars(struct canon_reader *r, struct arena *a, char *to, size_t size)
{
    const char *text = NULL;
    if (!canon_read_text(r, a, size - 1, &text))
        return false;
    snprintf(to, size, "%s", text);
    return true;
}

static bool get_field(const struct field *f, struct canon_reader *r, struct arena *a, uint8_t *at)
{
    int64_t v = 0;
    struct span keys = {0};
    switch (f->kind) {
    case TEXT:
        return canon_read_text(r, a, MAX_TEXT, (const char **)at);
    case CHARS:
        return get_chars(r, a, (char *)at, f->size);
    case INTEGER:
        return canon_read_int(r, (int64_t *)at);
    case FLAG:
        if (!get_integer(r, 1, &v))
            return false;
        *(bool *)at = v;
        return true;
    case STATE:
        if (!get_integer(r, SITTING_STATES - 1, &v))
            return false;
        *(enum sitting_state *)at = (enum sitting_state)v;
        return true;
    case KEYS:
        if (!canon_read_blob(r, &keys) || keys.n != sizeof(struct journal_keys))
            return false;
        memcpy(at, keys.p, keys.n);
        return true;
    }
    return false;
}

static bool get_fields(const struct field *f, size_t n, struct canon_reader *r, struct arena *a, void *to)
{
    for (size_t i = 0; i < n; i++)
        if (!get_field(&f[i], r, a, (uint8_t *)to + f[i].at))
            return false;
    return true;
}

static size_t begin(struct bytes *out, enum message_type type)
{
    size_t at = out->n;
    bytes_u32le(out, 0);
    bytes_u8(out, (uint8_t)type);
    return at;
}

static void end(struct bytes *out, size_t at)
{
    put_le32(out->p + at, (uint32_t)(out->n - at - 4));
}

static void put_one(enum message_type type, const struct field *f, size_t n, const void *from,
                    struct bytes *out)
{
    size_t at = begin(out, type);
    put_fields(f, n, from, out);
    end(out, at);
}

static int bad_message(struct err *e)
{
    err_set(e, ERR_DATA, NULL, _("the message does not follow the protocol"));
    if (e)
        e->code = ERR_MESSAGE;
    return -ERR_DATA;
}

static int get_one(const struct field *f, size_t n, struct span body, struct arena *a, void *to,
                   struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    return get_fields(f, n, &r, a, to) && canon_at_end(&r) ? 0 : bad_message(e);
}

int message_next(struct span data, size_t max, enum message_type *ret_type, struct span *ret_body,
                 size_t *ret_size, struct err *e)
{
    if (data.n < 4)
        return 0;
    size_t n = le32(data.p);
    if (n < 1 || n > max)
        return bad_message(e);
    if (data.n < 4 + n)
        return 0;
    *ret_type = (enum message_type)data.p[4];
    *ret_body = span_of(data.p + MESSAGE_HEAD, n - 1);
    *ret_size = 4 + n;
    return 1;
}

void message_put_request(const struct request *r, struct bytes *out)
{
    put_one(r->type, request_fields, N_REQUEST, r, out);
}

void message_put_plain(enum message_type type, struct bytes *out)
{
    put_one(type, NULL, 0, NULL, out);
}

void message_put_refused(const struct err *e, struct bytes *out)
{
    size_t at = begin(out, MESSAGE_REFUSED);
    canon_int(out, e->kind);
    canon_int(out, e->code);
    put_fields(error_fields, N_ERROR, e, out);
    end(out, at);
}

void message_put_candidate(const struct link_candidate *c, struct bytes *out)
{
    put_one(MESSAGE_CANDIDATE, candidate_fields, N_CANDIDATE, c, out);
}

void message_put_terms(const struct link_terms *t, struct bytes *out)
{
    put_one(MESSAGE_TERMS, terms_fields, N_TERMS, t, out);
}

void message_put_receipt(const char *receipt, struct bytes *out)
{
    size_t at = begin(out, MESSAGE_RECEIPT);
    canon_text(out, receipt);
    end(out, at);
}

void message_put_room(const struct control_room *room, struct bytes *out)
{
    size_t at = begin(out, MESSAGE_ROOM);
    put_fields(room_fields, N_ROOM, room, out);
    canon_int(out, (int64_t)room->n);
    for (size_t i = 0; i < room->n; i++)
        put_fields(sitting_fields, N_SITTING, &room->candidate[i], out);
    end(out, at);
}

void message_put_closed(const struct control_closing *c, struct bytes *out)
{
    put_one(MESSAGE_CLOSED, closing_fields, N_CLOSING, c, out);
}

int message_get_request(enum message_type type, struct span body, struct arena *a, struct request *ret,
                        struct err *e)
{
    *ret = (struct request){.type = type};
    if (type < MESSAGE_SIGN_IN || type > MESSAGE_CLOSE_ROOM)
        return bad_message(e);
    return get_one(request_fields, N_REQUEST, body, a, ret, e);
}

int message_get_refused(struct span body, struct arena *a, struct err *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    int64_t kind = 0, code = 0;
    *ret = (struct err){0};
    if (!canon_read_int(&r, &kind) || kind < ERR_NO || kind > ERR_BUG || !get_integer(&r, INT32_MAX, &code) ||
        !get_fields(error_fields, N_ERROR, &r, a, ret) || !canon_at_end(&r))
        return bad_message(e);
    ret->kind = (enum err_kind)kind;
    ret->code = (int)code;
    return 0;
}

int message_get_candidate(struct span body, struct arena *a, struct link_candidate *ret, struct err *e)
{
    *ret = (struct link_candidate){0};
    return get_one(candidate_fields, N_CANDIDATE, body, a, ret, e);
}

int message_get_terms(struct span body, struct arena *a, struct link_terms *ret, struct err *e)
{
    *ret = (struct link_terms){.paper_fd = -1};
    return get_one(terms_fields, N_TERMS, body, a, ret, e);
}

int message_get_receipt(struct span body, struct arena *a, char ret[22], struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    return get_chars(&r, a, ret, 22) && canon_at_end(&r) ? 0 : bad_message(e);
}

int message_get_room(struct span body, struct arena *a, struct control_room *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    int64_t n = 0;
    *ret = (struct control_room){0};
    if (!get_fields(room_fields, N_ROOM, &r, a, ret) || !get_integer(&r, MAX_CANDIDATES, &n))
        return bad_message(e);
    ret->n = (size_t)n;
    ret->candidate = arena_array(a, ret->n, sizeof *ret->candidate);
    for (size_t i = 0; i < ret->n; i++)
        if (!get_fields(sitting_fields, N_SITTING, &r, a, &ret->candidate[i]))
            return bad_message(e);
    return canon_at_end(&r) ? 0 : bad_message(e);
}

int message_get_closed(struct span body, struct arena *a, struct control_closing *ret, struct err *e)
{
    *ret = (struct control_closing){0};
    return get_one(closing_fields, N_CLOSING, body, a, ret, e);
}
