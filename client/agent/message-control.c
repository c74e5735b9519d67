/* SPDX-License-Identifier: Apache-2.0 */
/* What the proctor's program gets. */
#include "client/agent/fields.h"
#include "client/agent/message.h"

enum { MAX_CANDIDATES = 1000, MAX_STATIONS = 1000, MAX_MINUTES = 10000 };

static const struct field room_fields[] = {
    FIELD_OF(FIELD_TEXT, struct control_room, session),
    FIELD_OF(FIELD_TEXT, struct control_room, title),
    FIELD_OF(FIELD_TEXT, struct control_room, site),
    FIELD_OF(FIELD_TEXT, struct control_room, room),
    FIELD_OF(FIELD_TEXT, struct control_room, room_name),
    FIELD_OF(FIELD_INTEGER, struct control_room, window_start),
    FIELD_OF(FIELD_INTEGER, struct control_room, window_end),
    FIELD_OF(FIELD_FLAG, struct control_room, outside_window),
    FIELD_ENUM_OF(struct control_room, state, ROOM_STATES),
    FIELD_OF(FIELD_FLAG, struct control_room, lab),
    FIELD_OF(FIELD_FLAG, struct control_room, service),
    FIELD_OF(FIELD_FLAG, struct control_room, reachable),
    FIELD_OF(FIELD_INTEGER, struct control_room, running_ms),
    FIELD_OF(FIELD_INTEGER, struct control_room, duration_ms),
};
static const struct field sitting_fields[] = {
    FIELD_OF(FIELD_TEXT, struct control_candidate, ticket),
    FIELD_OF(FIELD_TEXT, struct control_candidate, name),
    FIELD_OF(FIELD_TEXT, struct control_candidate, id_number),
    FIELD_OF(FIELD_TEXT, struct control_candidate, seat),
    FIELD_OF(FIELD_TEXT, struct control_candidate, form),
    FIELD_ENUM_OF(struct control_candidate, state, SITTING_STATES),
    FIELD_OF(FIELD_FLAG, struct control_candidate, connected),
    FIELD_OF(FIELD_FLAG, struct control_candidate, absent),
    FIELD_OF(FIELD_FLAG, struct control_candidate, late),
    FIELD_ENUM_OF(struct control_candidate, breach, CONTROL_CHEATING + 1),
    FIELD_OF(FIELD_FLAG, struct control_candidate, sealed),
    FIELD_OF(FIELD_INTEGER, struct control_candidate, answered),
    FIELD_OF(FIELD_INTEGER, struct control_candidate, items),
    FIELD_OF(FIELD_INTEGER, struct control_candidate, used_ms),
    FIELD_OF(FIELD_INTEGER, struct control_candidate, allowance_ms),
    FIELD_OF(FIELD_INTEGER, struct control_candidate, interruptions),
    FIELD_ENUM_OF(struct control_candidate, kept, CONTROL_AT_RISK + 1),
    FIELD_OF(FIELD_FLAG, struct control_candidate, pending),
    FIELD_OF(FIELD_TEXT, struct control_candidate, station),
    FIELD_OF(FIELD_INTEGER, struct control_candidate, silent_ms),
    FIELD_OF(FIELD_CHARS, struct control_candidate, receipt),
    FIELD_OF(FIELD_TEXT, struct control_candidate, trouble),
};
static const struct field station_fields[] = {
    FIELD_OF(FIELD_TEXT, struct control_station, name),
    FIELD_OF(FIELD_TEXT, struct control_station, ticket),
    FIELD_ENUM_OF(struct control_station, state, CONTROL_SILENT + 1),
    FIELD_OF(FIELD_INTEGER, struct control_station, silent_ms),
    FIELD_OF(FIELD_INTEGER, struct control_station, battery),
    FIELD_OF(FIELD_FLAG, struct control_station, charging),
    FIELD_ENUM_OF(struct control_station, disk, CONTROL_DISK_GONE + 1),
    FIELD_OF(FIELD_INTEGER, struct control_station, clock_off_ms),
};
static const struct field closing_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct control_closing, registered),
    FIELD_OF(FIELD_INTEGER, struct control_closing, sat),
    FIELD_OF(FIELD_INTEGER, struct control_closing, absent),
    FIELD_OF(FIELD_INTEGER, struct control_closing, forced),
    FIELD_OF(FIELD_FLAG, struct control_closing, lab),
    FIELD_OF(FIELD_INTEGER, struct control_closing, stranded),
    FIELD_OF(FIELD_CHARS, struct control_closing, path),
    FIELD_OF(FIELD_CHARS, struct control_closing, number),
};
static const struct field check_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct control_check, registered),
    FIELD_OF(FIELD_INTEGER, struct control_check, sat),
    FIELD_OF(FIELD_INTEGER, struct control_check, absent),
    FIELD_OF(FIELD_INTEGER, struct control_check, complete),
    FIELD_OF(FIELD_INTEGER, struct control_check, missing),
    FIELD_OF(FIELD_FLAG, struct control_check, lab),
};
static const struct field check_line_fields[] = {
    FIELD_OF(FIELD_TEXT, struct control_check_line, ticket),
    FIELD_OF(FIELD_TEXT, struct control_check_line, seat),
    FIELD_OF(FIELD_TEXT, struct control_check_line, name),
    FIELD_OF(FIELD_FLAG, struct control_check_line, fine),
    FIELD_OF(FIELD_TEXT, struct control_check_line, what),
};
static const struct field minute_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct control_minute, number),
    FIELD_OF(FIELD_INTEGER, struct control_minute, wall_ms),
    FIELD_OF(FIELD_TEXT, struct control_minute, kind),
    FIELD_OF(FIELD_TEXT, struct control_minute, ticket),
    FIELD_OF(FIELD_TEXT, struct control_minute, station),
    FIELD_OF(FIELD_TEXT, struct control_minute, text),
};

static const struct fields_list sittings =
    FIELDS_LIST(sitting_fields, struct control_candidate, MAX_CANDIDATES);
static const struct fields_list stations = FIELDS_LIST(station_fields, struct control_station, MAX_STATIONS);
static const struct fields_list check_lines =
    FIELDS_LIST(check_line_fields, struct control_check_line, MAX_CANDIDATES);
static const struct fields_list minutes = FIELDS_LIST(minute_fields, struct control_minute, MAX_MINUTES);

void message_put_room(const struct control_room *room, struct bytes *out)
{
    size_t at = message_begin(out, MESSAGE_ROOM);
    fields_put(room_fields, FIELD_COUNT(room_fields), room, out);
    fields_put_list(&sittings, room->candidate, room->n, out);
    fields_put_list(&stations, room->station, room->n_stations, out);
    message_end(out, at);
}

int message_get_room(struct span body, struct arena *a, struct control_room *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = (struct control_room){0};
    return fields_get(room_fields, FIELD_COUNT(room_fields), &r, a, ret) &&
                   fields_get_list(&sittings, &r, a, &ret->candidate, &ret->n) &&
                   fields_get_list(&stations, &r, a, &ret->station, &ret->n_stations) && canon_at_end(&r)
               ? 0
               : message_bad(e);
}

void message_put_closed(const struct control_closing *c, struct bytes *out)
{
    message_put_fields(MESSAGE_CLOSED, closing_fields, FIELD_COUNT(closing_fields), c, out);
}

int message_get_closed(struct span body, struct arena *a, struct control_closing *ret, struct err *e)
{
    *ret = (struct control_closing){0};
    return message_get_fields(closing_fields, FIELD_COUNT(closing_fields), body, a, ret, e);
}

void message_put_check(const struct control_check *c, struct bytes *out)
{
    size_t at = message_begin(out, MESSAGE_CHECKED);
    fields_put(check_fields, FIELD_COUNT(check_fields), c, out);
    fields_put_list(&check_lines, c->line, c->n, out);
    message_end(out, at);
}

int message_get_check(struct span body, struct arena *a, struct control_check *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = (struct control_check){0};
    return fields_get(check_fields, FIELD_COUNT(check_fields), &r, a, ret) &&
                   fields_get_list(&check_lines, &r, a, &ret->line, &ret->n) && canon_at_end(&r)
               ? 0
               : message_bad(e);
}

void message_put_minutes(const struct control_minute *m, size_t n, struct bytes *out)
{
    size_t at = message_begin(out, MESSAGE_MINUTE_LIST);
    fields_put_list(&minutes, m, n, out);
    message_end(out, at);
}

int message_get_minutes(struct span body, struct arena *a, struct control_minute **ret, size_t *ret_n,
                        struct err *e)
{
    struct canon_reader r = canon_reader_of(body);
    *ret = NULL;
    *ret_n = 0;
    return fields_get_list(&minutes, &r, a, ret, ret_n) && canon_at_end(&r) ? 0 : message_bad(e);
}
