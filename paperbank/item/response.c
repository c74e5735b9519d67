/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/response.h"

#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "base/text.h"

static const char domain[] = "kaochang/1 response";

void response_encode(const struct response_set *set, struct bytes *out)
{
    canon_domain(out, domain);
    canon_int(out, (int64_t)set->n);
    for (size_t i = 0; i < set->n; i++) {
        canon_text(out, set->response[i].identifier);
        canon_int(out, (int64_t)set->response[i].n);
        for (size_t v = 0; v < set->response[i].n; v++)
            canon_text(out, set->response[i].value[v]);
    }
}

static bool read_response(struct canon_reader *r, struct arena *a, struct response *ret)
{
    int64_t n;
    if (!canon_read_text(r, a, RESPONSE_MAX_TEXT, &ret->identifier) || !canon_read_int(r, &n) || n < 0 ||
        n > RESPONSE_MAX_VALUES)
        return false;
    ret->n = (size_t)n;
    ret->value = arena_array(a, ret->n, sizeof *ret->value);
    for (size_t v = 0; v < ret->n; v++)
        if (!canon_read_text(r, a, RESPONSE_MAX_TEXT, &ret->value[v]))
            return false;
    return true;
}

int response_decode(struct response_set *ret, struct arena *a, struct span data, struct err *e)
{
    struct canon_reader r = canon_reader_of(data);
    struct response_set set = {0};
    int64_t n;
    bool ok = canon_read_domain(&r, domain) && canon_read_int(&r, &n) && n >= 0 && n <= RESPONSE_MAX_VARIABLES;
    if (ok) {
        set.n = (size_t)n;
        set.response = arena_array(a, set.n, sizeof *set.response);
    }
    for (size_t i = 0; ok && i < set.n; i++)
        ok = read_response(&r, a, &set.response[i]);
    if (!ok || !canon_at_end(&r))
        return err_set(e, ERR_DATA, NULL, _("a stored answer is damaged"));
    *ret = set;
    return 0;
}

const struct response *response_find(const struct response_set *set, const char *identifier)
{
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->response[i].identifier, identifier) == 0)
            return &set->response[i];
    return NULL;
}

bool response_is_empty(const struct response_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->response[i].n)
            return false;
    return true;
}

struct response_set response_copy(const struct response_set *set, struct arena *a)
{
    struct response_set copy = {.n = set->n, .response = arena_array(a, set->n, sizeof *copy.response)};
    for (size_t i = 0; i < set->n; i++) {
        const struct response *from = &set->response[i];
        struct response *to = &copy.response[i];
        to->identifier = arena_strdup(a, from->identifier);
        to->n = from->n;
        to->value = arena_array(a, from->n, sizeof *to->value);
        for (size_t v = 0; v < from->n; v++)
            to->value[v] = arena_strdup(a, from->value[v]);
    }
    return copy;
}
