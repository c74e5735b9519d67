/* SPDX-License-Identifier: Apache-2.0 */
/* U for proctors together: one age file within the other, as plain age opens them one after the other. */
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/package-internal.h"

int package_seal_to_proctors(struct span text, const struct proctors *p, const struct proctors_subset *s,
                             struct bytes *ret, struct err *e)
{
    struct bytes inner = {0}, outer = {0};
    int r = 0;
    bytes_add(&inner, text.p, text.n);
    for (size_t i = s->k; i > 0 && r == 0; i--) {
        r = age_seal(bytes_span(&inner), &p->list[s->place[i - 1]].key, 1, &outer, e);
        bytes_release(&inner);
        inner = outer;
        outer = (struct bytes){0};
    }
    if (r < 0) {
        bytes_release(&inner);
        return r;
    }
    *ret = inner;
    return 0;
}

/* Which of the keys is whose: `held[place]` points to it, NULL where it is missing. Returns how many of the
 * proctors are there. */
static size_t sort_keys(const struct proctors *p, const struct age_identity *id, size_t n,
                        const struct age_identity *held[PROCTORS_MAX])
{
    size_t there = 0;
    for (size_t i = 0; i < n; i++) {
        struct age_recipient key;
        age_identity_recipient(&id[i], &key);
        size_t place = proctors_find(p, &key);
        if (place == p->n || held[place])
            continue;
        held[place] = &id[i];
        there++;
    }
    return there;
}

static int tell_missing(const struct proctors *p, const struct age_identity *const *held, size_t there,
                        struct err *e)
{
    struct bytes names = {0};
    for (size_t i = 0; i < p->n; i++)
        if (!held[i])
            bytes_printf(&names, names.n ? ", %s" : "%s", p->list[i].name);
    if (there == 0)
        err_set(e, ERR_NO, NULL, _("this is the key of no proctor of this session"));
    else
        err_set(e, ERR_NO, NULL, _("%zu of the %lld keys that open this session are here"), there,
                (long long)p->needed);
    err_hint(e, _("it opens with the keys of %lld more of: %s"), (long long)p->needed - (long long)there,
             (const char *)names.p);
    bytes_release(&names);
    return -ERR_NO;
}

/* The first k of those who are there, by their numbers. */
static struct proctors_subset choose(const struct proctors *p, const struct age_identity *const *held)
{
    struct proctors_subset s = {0};
    for (size_t i = 0; i < p->n && s.k < (size_t)p->needed; i++)
        if (held[i])
            s.place[s.k++] = i;
    return s;
}

static int peel(struct span sealed, const struct proctors_subset *s, const struct age_identity *const *held,
                struct bytes *ret, struct err *e)
{
    struct bytes now = {0}, inner = {0};
    int r = 0;
    for (size_t i = 0; i < s->k && r == 0; i++) {
        r = age_open(i ? bytes_span(&now) : sealed, held[s->place[i]], 1, &inner, e);
        bytes_release(&now);
        now = inner;
        inner = (struct bytes){0};
    }
    *ret = now;
    return r;
}

int package_unlock_by_proctors(const struct package *p, const struct age_identity *id, size_t n,
                               struct age_identity *ret_unlock, struct err *e)
{
    const struct proctors *who = &p->manifest->proctors;
    const struct age_identity *held[PROCTORS_MAX] = {0};
    struct bytes plain = {0};
    char part[PROCTORS_PART_TEXT];
    if (who->n == 0)
        return err_set(e, ERR_USAGE, NULL, _("this session opens with its code, not with keys of proctors"));
    size_t there = sort_keys(who, id, n, held);
    if (there < (size_t)who->needed)
        return tell_missing(who, held, there, e);
    struct proctors_subset s = choose(who, held);
    proctors_part(&s, part);
    int r = peel(zip_get(p->container.zip, part), &s, held, &plain, e);
    if (r == 0)
        r = package_take_identity(bytes_span(&plain), &p->manifest->recipient[MANIFEST_U], part, ret_unlock,
                                  e);
    else
        err_within(e, part);
    bytes_release(&plain);
    return r;
}
