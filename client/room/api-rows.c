/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of journals: for each a head, then what the head says comes along. */
#include "client/room/api-internal.h"

enum { MAX_TEXT_SPAN = 1 << 16, MAX_ROW = JOURNAL_MAX_PAYLOAD + 64 };

#define CLOCK_FIELDS(type, clock)                                                                            \
    FIELD_OF(FIELD_INTEGER, type, clock.used_ms), FIELD_OF(FIELD_INTEGER, type, clock.mono_ms),              \
        FIELD_OF(FIELD_INTEGER, type, clock.wall_ms), FIELD_OF(FIELD_CHARS, type, clock.boot)

static const struct field head_fields[] = {
    FIELD_OF(FIELD_TEXT, struct api_part, ticket),    FIELD_OF(FIELD_INTEGER, struct api_part, start.epoch),
    FIELD_OF(FIELD_FLAG, struct api_part, has_start), FIELD_OF(FIELD_FLAG, struct api_part, has_tick),
    FIELD_OF(FIELD_FLAG, struct api_part, has_seal),
};
static const struct field start_fields[] = {
    FIELD_OF(FIELD_TEXT, struct api_part, start.session),
    FIELD_OF(FIELD_TEXT, struct api_part, start.ticket),
    FIELD_OF(FIELD_TEXT, struct api_part, start.form),
    FIELD_OF(FIELD_BYTES, struct api_part, start.package),
    FIELD_OF(FIELD_BYTES, struct api_part, start.station),
    FIELD_OF(FIELD_INTEGER, struct api_part, start.fork_epoch),
    FIELD_OF(FIELD_INTEGER, struct api_part, start.fork_seq),
    FIELD_OF(FIELD_BYTES, struct api_part, start.fork_hash),
    FIELD_SPAN_OF(struct api_part, start.j_age, MAX_TEXT_SPAN),
};
static const struct field tick_fields[] = {CLOCK_FIELDS(struct api_part, tick)};
static const struct field seal_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct api_part, seal.seq),
    FIELD_OF(FIELD_BYTES, struct api_part, seal.head),
    FIELD_SPAN_OF(struct api_part, seal.signature, MAX_TEXT_SPAN),
    FIELD_SPAN_OF(struct api_part, seal.certificate, MAX_TEXT_SPAN),
    FIELD_SPAN_OF(struct api_part, seal.certificate_signature, MAX_TEXT_SPAN),
    FIELD_SPAN_OF(struct api_part, seal.issuer, MAX_TEXT_SPAN),
    FIELD_SPAN_OF(struct api_part, seal.issuer_signature, MAX_TEXT_SPAN),
};
static const struct field row_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct journal_stored, seq),
    CLOCK_FIELDS(struct journal_stored, at),
    FIELD_OF(FIELD_INTEGER, struct journal_stored, kind),
    FIELD_OF(FIELD_TEXT, struct journal_stored, item),
    FIELD_SPAN_OF(struct journal_stored, payload, MAX_ROW),
    FIELD_OF(FIELD_BYTES, struct journal_stored, prev),
    FIELD_OF(FIELD_BYTES, struct journal_stored, hash),
};
static const struct fields_list rows = FIELDS_LIST(row_fields, struct journal_stored, API_MAX_ROWS);

static void put_part(const struct api_part *p, struct bytes *out)
{
    fields_put(head_fields, FIELD_COUNT(head_fields), p, out);
    if (p->has_start)
        fields_put(start_fields, FIELD_COUNT(start_fields), p, out);
    if (p->has_tick)
        fields_put(tick_fields, FIELD_COUNT(tick_fields), p, out);
    if (p->has_seal)
        fields_put(seal_fields, FIELD_COUNT(seal_fields), p, out);
    fields_put_list(&rows, p->row, p->n, out);
}

static bool get_part(struct canon_reader *r, struct arena *a, struct api_part *ret)
{
    if (!fields_get(head_fields, FIELD_COUNT(head_fields), r, a, ret) || ret->start.epoch < 1 ||
        (ret->has_start && !fields_get(start_fields, FIELD_COUNT(start_fields), r, a, ret)) ||
        (ret->has_tick && !fields_get(tick_fields, FIELD_COUNT(tick_fields), r, a, ret)) ||
        (ret->has_seal && !fields_get(seal_fields, FIELD_COUNT(seal_fields), r, a, ret)) ||
        !fields_get_list(&rows, r, a, &ret->row, &ret->n))
        return false;
    ret->seal.epoch = ret->start.epoch;
    for (size_t i = 0; i < ret->n; i++)
        ret->row[i].epoch = ret->start.epoch;
    return true;
}

void api_put_rows(const struct api_rows *p, struct bytes *out)
{
    canon_int(out, (int64_t)p->n);
    for (size_t i = 0; i < p->n; i++)
        put_part(&p->part[i], out);
}

bool api_read_rows(struct canon_reader *r, struct arena *a, struct api_rows *ret)
{
    size_t all = 0;
    if (!fields_get_count(r, API_MAX_SITTINGS, &ret->n))
        return false;
    ret->part = arena_array(a, ret->n, sizeof *ret->part);
    for (size_t i = 0; i < ret->n; i++) {
        if (!get_part(r, a, &ret->part[i]))
            return false;
        all += ret->part[i].n;
    }
    return all <= API_MAX_ROWS;
}

int api_get_rows(struct span body, struct arena *a, struct api_rows *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = (struct api_rows){0};
    return body.n <= API_MAX && api_read_rows(&r, a, ret) && canon_at_end(&r) ? 0 : api_bad(e);
}
