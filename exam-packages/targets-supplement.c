/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"
#include "exam-packages/targets-internal.h"

static const char *const kind_name[SUPPLEMENT_KINDS] = {"roster", "withdrawal"};

const char *supplement_kind_name(enum supplement_kind kind)
{
    return kind_name[kind];
}

enum supplement_kind supplement_kind_named(const char *name)
{
    enum supplement_kind kind = 0;
    while (kind < SUPPLEMENT_KINDS && strcmp(kind_name[kind], name) != 0)
        kind++;
    return kind;
}

static int compare(const struct target_supplement *a, const struct target_supplement *b)
{
    int c = strcmp(a->session, b->session);
    return c ? c : (a->number > b->number) - (a->number < b->number);
}

int target_supplements_check(const struct targets *t, struct err *e)
{
    for (size_t i = 0; i < t->n_supplements; i++)
        if (!path_is_plain_name(t->supplement[i].session) ||
            (i && compare(&t->supplement[i - 1], &t->supplement[i]) >= 0))
            return err_set(e, ERR_DATA, t->supplement[i].session,
                           _("the supplements are not in the order of session and number"));
    return 0;
}

void target_supplement_write(struct xml_out *o, const struct target_supplement *s)
{
    xml_open(o, "supplement");
    xml_put(o, "kind", kind_name[s->kind]);
    xml_put(o, "session", s->session);
    xml_put_int(o, "number", s->number);
    xml_put_hex(o, "for", s->package, sizeof s->package);
    xml_put(o, "expiry", s->expiry);
    xml_put_int(o, "size", s->size);
    xml_put_hex(o, "blake2b512", s->hash, sizeof s->hash);
    xml_close(o);
}

int target_supplement_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                           struct target_supplement *ret, struct err *e)
{
    const char *kind;
    int r = xml_need(d, n, "kind", &kind, e);
    if (r < 0)
        return r;
    ret->kind = supplement_kind_named(kind);
    if (ret->kind == SUPPLEMENT_KINDS)
        return xml_err(e, d, n, _("unknown kind \"%.40s\" of supplement"), kind);
    if ((r = document_name(d, n, "session", a, &ret->session, e)) < 0 ||
        (r = xml_need_int(d, n, "number", 1, INT32_MAX, &ret->number, e)) < 0 ||
        (r = xml_need_hex(d, n, "for", ret->package, sizeof ret->package, e)) < 0 ||
        (r = document_time(d, n, "expiry", a, &ret->expiry, &ret->expiry_ms, e)) < 0 ||
        (r = xml_need_int(d, n, "size", 1, INT32_MAX, &ret->size, e)) < 0)
        return r;
    return xml_need_hex(d, n, "blake2b512", ret->hash, sizeof ret->hash, e);
}

static bool is_the_same(const struct target_supplement *a, const struct target_supplement *b)
{
    return compare(a, b) == 0 && memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}

int targets_put_supplement(struct targets *t, const struct target_supplement *s, struct err *e)
{
    size_t at = 0;
    while (at < t->n_supplements && strcmp(t->supplement[at].session, s->session) <= 0) {
        const struct target_supplement *other = &t->supplement[at++];
        if (is_the_same(other, s))
            return 0;
        if (strcmp(other->session, s->session) == 0 && other->number >= s->number)
            return err_set(e, ERR_NO, s->session, _("supplement %lld of this session is already published"),
                           (long long)other->number);
    }
    struct target_supplement *list = arena_array(t->arena, t->n_supplements + 1, sizeof *list);
    for (size_t i = 0; i <= t->n_supplements; i++)
        list[i] = i == at ? *s : t->supplement[i < at ? i : i - 1];
    list[at].session = arena_strdup(t->arena, s->session);
    list[at].expiry = arena_strdup(t->arena, s->expiry);
    t->supplement = list;
    t->n_supplements++;
    return 0;
}

const char *target_supplement_path(struct arena *a, const struct target_supplement *s)
{
    return arena_printf(a, "packages/%s.%lld.%s.exam", s->session, (long long)s->number, kind_name[s->kind]);
}
