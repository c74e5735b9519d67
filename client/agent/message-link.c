/* SPDX-License-Identifier: Apache-2.0 */
/* What the candidate's program gets. */
#include "client/agent/fields.h"
#include "client/agent/message.h"

static const struct field candidate_fields[] = {
    FIELD_OF(FIELD_TEXT, struct link_candidate, session),
    FIELD_OF(FIELD_TEXT, struct link_candidate, title),
    FIELD_OF(FIELD_TEXT, struct link_candidate, ticket),
    FIELD_OF(FIELD_TEXT, struct link_candidate, name),
    FIELD_OF(FIELD_TEXT, struct link_candidate, id_number),
    FIELD_OF(FIELD_TEXT, struct link_candidate, county),
    FIELD_OF(FIELD_TEXT, struct link_candidate, school),
    FIELD_OF(FIELD_TEXT, struct link_candidate, site),
    FIELD_OF(FIELD_TEXT, struct link_candidate, room),
    FIELD_OF(FIELD_TEXT, struct link_candidate, seat),
    FIELD_OF(FIELD_INTEGER, struct link_candidate, extra_s),
    FIELD_OF(FIELD_INTEGER, struct link_candidate, window_start),
    FIELD_OF(FIELD_INTEGER, struct link_candidate, window_end),
    FIELD_OF(FIELD_FLAG, struct link_candidate, outside_window),
    FIELD_ENUM_OF(struct link_candidate, state, SITTING_STATES),
    FIELD_OF(FIELD_CHARS, struct link_candidate, receipt),
    FIELD_OF(FIELD_FLAG, struct link_candidate, held),
    FIELD_OF(FIELD_FLAG, struct link_candidate, has_room),
    FIELD_OF(FIELD_FLAG, struct link_candidate, rater),
    FIELD_OF(FIELD_CHARS, struct link_candidate, token),
};
static const struct field terms_fields[] = {
    FIELD_OF(FIELD_TEXT, struct link_terms, session),
    FIELD_OF(FIELD_TEXT, struct link_terms, ticket),
    FIELD_OF(FIELD_TEXT, struct link_terms, form),
    FIELD_OF(FIELD_TEXT, struct link_terms, journal),
    FIELD_OF(FIELD_INTEGER, struct link_terms, extra_ms),
    FIELD_OF(FIELD_BYTES, struct link_terms, keys),
    FIELD_OF(FIELD_BYTES, struct link_terms, earlier),
    FIELD_OF(FIELD_INTEGER, struct link_terms, n_earlier),
    FIELD_OF(FIELD_INTEGER, struct link_terms, order),
};
static const struct field rated_fields[] = {
    FIELD_OF(FIELD_TEXT, struct link_rated, ticket),   FIELD_OF(FIELD_TEXT, struct link_rated, name),
    FIELD_OF(FIELD_TEXT, struct link_rated, id_number), FIELD_OF(FIELD_TEXT, struct link_rated, county),
    FIELD_OF(FIELD_TEXT, struct link_rated, school),   FIELD_OF(FIELD_TEXT, struct link_rated, form),
    FIELD_OF(FIELD_INTEGER, struct link_rated, seat),  FIELD_OF(FIELD_INTEGER, struct link_rated, group),
    FIELD_OF(FIELD_INTEGER, struct link_rated, bench),
    FIELD_OF(FIELD_INTEGER, struct link_rated, extra_s),
};
enum { MAX_RATED = 1000 };
static const struct fields_list rated = FIELDS_LIST(rated_fields, struct link_rated, MAX_RATED);

static const struct field other_fields[] = {
    FIELD_OF(FIELD_TEXT, struct link_other, ticket),     FIELD_OF(FIELD_TEXT, struct link_other, rater),
    FIELD_OF(FIELD_TEXT, struct link_other, rater_name), FIELD_OF(FIELD_INTEGER, struct link_other, group),
    FIELD_OF(FIELD_INTEGER, struct link_other, bench),
};
static const struct fields_list others = FIELDS_LIST(other_fields, struct link_other, MAX_RATED);

static const struct field kept_fields[] = {
    FIELD_OF(FIELD_INTEGER, struct link_kept, epoch),
    FIELD_OF(FIELD_INTEGER, struct link_kept, seq),
    FIELD_OF(FIELD_FLAG, struct link_kept, reachable),
};

void message_put_candidate(const struct link_candidate *c, struct bytes *out)
{
    message_put_fields(MESSAGE_CANDIDATE, candidate_fields, FIELD_COUNT(candidate_fields), c, out);
}

void message_put_terms(const struct link_terms *t, struct bytes *out)
{
    size_t at = message_begin(out, MESSAGE_TERMS);
    fields_put(terms_fields, FIELD_COUNT(terms_fields), t, out);
    fields_put_list(&rated, t->rated, t->n_rated, out);
    fields_put_list(&others, t->other, t->n_others, out);
    message_end(out, at);
}

void message_put_kept(const struct link_kept *k, struct bytes *out)
{
    message_put_fields(MESSAGE_KEPT, kept_fields, FIELD_COUNT(kept_fields), k, out);
}

int message_get_candidate(struct span body, struct arena *a, struct link_candidate *ret, struct err *e)
{
    *ret = (struct link_candidate){0};
    return message_get_fields(candidate_fields, FIELD_COUNT(candidate_fields), body, a, ret, e);
}

int message_get_terms(struct span body, struct arena *a, struct link_terms *ret, struct err *e)
{
    *ret = (struct link_terms){.paper_fd = -1};
    struct canon_reader r = canon_reader_of(body);
    bool good = fields_get(terms_fields, FIELD_COUNT(terms_fields), &r, a, ret) &&
                fields_get_list(&rated, &r, a, &ret->rated, &ret->n_rated) &&
                fields_get_list(&others, &r, a, &ret->other, &ret->n_others) && canon_at_end(&r) &&
                ret->n_earlier >= 0 && ret->n_earlier < JOURNAL_MAX_EPOCHS;
    return good ? 0 : message_bad(e);
}

int message_get_kept(struct span body, struct link_kept *ret, struct err *e)
{
    *ret = (struct link_kept){0};
    return message_get_fields(kept_fields, FIELD_COUNT(kept_fields), body, NULL, ret, e);
}
