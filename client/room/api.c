/* SPDX-License-Identifier: Apache-2.0 */
/* All but the rows. */
#include "client/room/api-internal.h"
#include "client/session/states.h"

static const struct field hello_fields[] = {
    FIELD_OF(FIELD_FLAG, struct api_hello, admitted),
    FIELD_OF(FIELD_TEXT, struct api_hello, session),
    FIELD_OF(FIELD_BYTES, struct api_hello, package),
    FIELD_OF(FIELD_INTEGER, struct api_hello, wall_ms),
};
static const struct field seat_fields[] = {
    FIELD_OF(FIELD_TEXT, struct api_seat, ticket),     FIELD_OF(FIELD_FLAG, struct api_seat, connected),
    FIELD_OF(FIELD_INTEGER, struct api_seat, epoch),   FIELD_OF(FIELD_INTEGER, struct api_seat, seq),
    FIELD_OF(FIELD_INTEGER, struct api_seat, spilled), FIELD_OF(FIELD_INTEGER, struct api_seat, used_ms),
    FIELD_OF(FIELD_TEXT, struct api_seat, trouble),
};
static const struct field state_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct api_state, after),
    FIELD_OF(FIELD_INTEGER, struct api_state, wait_ms),
    FIELD_OF(FIELD_INTEGER, struct api_state, wall_ms),
    FIELD_ENUM_OF(struct api_state, state, ROOM_STATES),
    FIELD_OF(FIELD_INTEGER, struct api_state, battery),
    FIELD_OF(FIELD_FLAG, struct api_state, charging),
    FIELD_ENUM_OF(struct api_state, disk, CONTROL_DISK_GONE + 1),
    FIELD_OF(FIELD_TEXT, struct api_state, trouble),
};
static const struct field command_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct api_command, number),
    FIELD_ENUM_OF(struct api_command, kind, API_COMMANDS),
    FIELD_OF(FIELD_TEXT, struct api_command, ticket),
    FIELD_OF(FIELD_TEXT, struct api_command, text),
    FIELD_OF(FIELD_INTEGER, struct api_command, value),
    FIELD_SPAN_OF(struct api_command, data, API_MAX),
    FIELD_SPAN_OF(struct api_command, more, API_MAX),
};
static const struct field kept_fields[] = {
    FIELD_OF(FIELD_TEXT, struct api_kept_sitting, ticket),
    FIELD_OF(FIELD_INTEGER, struct api_kept_sitting, epoch),
    FIELD_OF(FIELD_INTEGER, struct api_kept_sitting, seq),
    FIELD_OF(FIELD_TEXT, struct api_kept_sitting, refused),
};
static const struct field begun_fields[] = {FIELD_OF(FIELD_TEXT, struct api_begun, ticket)};
static const struct field claim_fields[] = {
    FIELD_OF(FIELD_TEXT, struct api_claim, ticket),   FIELD_OF(FIELD_TEXT, struct api_claim, resume_code),
    FIELD_OF(FIELD_INTEGER, struct api_claim, epoch), FIELD_OF(FIELD_INTEGER, struct api_claim, seq),
    FIELD_OF(FIELD_BYTES, struct api_claim, head),    FIELD_OF(FIELD_FLAG, struct api_claim, fresh_agent),
};
static const struct field claimed_fields[] = {
    FIELD_ENUM_OF(struct api_claimed, verdict, API_TAKE + 1),
    FIELD_SPAN_OF(struct api_claimed, order, API_MAX),
};
static const struct fields_list seats = FIELDS_LIST(seat_fields, struct api_seat, API_MAX_SITTINGS);
static const struct fields_list commands = FIELDS_LIST(command_fields, struct api_command, API_MAX_COMMANDS);
static const struct fields_list all_begun = FIELDS_LIST(begun_fields, struct api_begun, API_MAX_BEGUN);
static const struct fields_list kept_sittings =
    FIELDS_LIST(kept_fields, struct api_kept_sitting, API_MAX_SITTINGS);

int api_bad(struct err *e)
{
    err_set(e, ERR_DATA, NULL,
            _("what came over the line between station and room does not follow the protocol"));
    if (e)
        e->code = ERR_MESSAGE;
    return -ERR_DATA;
}

static int get_plain(const struct field *f, size_t n, struct span body, struct arena *a, void *ret,
                     struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    return body.n <= API_MAX && fields_get(f, n, &r, a, ret) && canon_at_end(&r) ? 0 : api_bad(e);
}

void api_put_hello(const struct api_hello *h, struct bytes *out)
{
    fields_put(hello_fields, FIELD_COUNT(hello_fields), h, out);
}

int api_get_hello(struct span body, struct arena *a, struct api_hello *ret, struct err *e)
{
    *ret = (struct api_hello){0};
    return get_plain(hello_fields, FIELD_COUNT(hello_fields), body, a, ret, e);
}

void api_put_state(const struct api_state *s, struct bytes *out)
{
    fields_put(state_fields, FIELD_COUNT(state_fields), s, out);
    fields_put_list(&seats, s->seat, s->n, out);
}

static bool is_time(int64_t wall_ms)
{
    return wall_ms >= -API_MAX_INTEGER && wall_ms <= API_MAX_INTEGER;
}

int api_get_state(struct span body, struct arena *a, struct api_state *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = (struct api_state){0};
    return body.n <= API_MAX && fields_get(state_fields, FIELD_COUNT(state_fields), &r, a, ret) &&
                   ret->wait_ms >= 0 && ret->wait_ms <= API_WAIT_MS && ret->after >= 0 &&
                   ret->after <= API_MAX_INTEGER && is_time(ret->wall_ms) &&
                   fields_get_list(&seats, &r, a, &ret->seat, &ret->n) && canon_at_end(&r)
               ? 0
               : api_bad(e);
}

void api_put_news(const struct api_news *n, struct bytes *out)
{
    canon_int(out, n->admitted);
    fields_put_list(&commands, n->command, n->n, out);
    fields_put_list(&all_begun, n->begun, n->n_begun, out);
}

int api_get_news(struct span body, struct arena *a, struct api_news *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    size_t admitted = 0;
    *ret = (struct api_news){0};
    if (body.n > API_MAX || !fields_get_count(&r, 1, &admitted) ||
        !fields_get_list(&commands, &r, a, &ret->command, &ret->n) ||
        !fields_get_list(&all_begun, &r, a, &ret->begun, &ret->n_begun) || !canon_at_end(&r))
        return api_bad(e);
    ret->admitted = admitted;
    return 0;
}

void api_put_kept(const struct api_kept *k, struct bytes *out)
{
    fields_put_list(&kept_sittings, k->sitting, k->n, out);
}

int api_get_kept(struct span body, struct arena *a, struct api_kept *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = (struct api_kept){0};
    return body.n <= API_MAX && fields_get_list(&kept_sittings, &r, a, &ret->sitting, &ret->n) &&
                   canon_at_end(&r)
               ? 0
               : api_bad(e);
}

void api_put_claim(const struct api_claim *c, struct bytes *out)
{
    fields_put(claim_fields, FIELD_COUNT(claim_fields), c, out);
}

int api_get_claim(struct span body, struct arena *a, struct api_claim *ret, struct err *e)
{
    *ret = (struct api_claim){0};
    return get_plain(claim_fields, FIELD_COUNT(claim_fields), body, a, ret, e);
}

void api_put_claimed(const struct api_claimed *c, struct bytes *out)
{
    fields_put(claimed_fields, FIELD_COUNT(claimed_fields), c, out);
    api_put_rows(&c->rows, out);
}

int api_get_claimed(struct span body, struct arena *a, struct api_claimed *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = (struct api_claimed){0};
    return body.n <= API_MAX && fields_get(claimed_fields, FIELD_COUNT(claimed_fields), &r, a, ret) &&
                   api_read_rows(&r, a, &ret->rows) && canon_at_end(&r)
               ? 0
               : api_bad(e);
}
