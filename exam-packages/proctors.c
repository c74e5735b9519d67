/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/proctors.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/document.h"

size_t proctors_find(const struct proctors *p, const struct age_recipient *key)
{
    size_t i = 0;
    while (i < p->n && memcmp(p->list[i].key.pk, key->pk, sizeof key->pk) != 0)
        i++;
    return i;
}

/* n over k, step by step: each quotient is whole. */
size_t proctors_subsets(const struct proctors *p)
{
    size_t count = 1, k = (size_t)p->needed;
    if (p->n == 0 || k > p->n)
        return 0;
    if (k > p->n - k)
        k = p->n - k;
    for (size_t i = 1; i <= k && count <= PROCTORS_SUBSETS_MAX; i++)
        count = count * (p->n - k + i) / i;
    return count <= PROCTORS_SUBSETS_MAX ? count : PROCTORS_SUBSETS_MAX + 1;
}

void proctors_first(const struct proctors *p, struct proctors_subset *ret)
{
    *ret = (struct proctors_subset){.k = (size_t)p->needed};
    for (size_t i = 0; i < ret->k; i++)
        ret->place[i] = i;
}

bool proctors_next(const struct proctors *p, struct proctors_subset *s)
{
    size_t i = s->k;
    while (i > 0 && s->place[i - 1] == p->n - s->k + i - 1)
        i--;
    if (i == 0)
        return false;
    for (s->place[i - 1]++; i < s->k; i++)
        s->place[i] = s->place[i - 1] + 1;
    return true;
}

const char *proctors_part(const struct proctors_subset *s, char buf[PROCTORS_PART_TEXT])
{
    size_t n = (size_t)snprintf(buf, PROCTORS_PART_TEXT, "unlock/");
    for (size_t i = 0; i < s->k && n < PROCTORS_PART_TEXT; i++)
        n += (size_t)snprintf(buf + n, PROCTORS_PART_TEXT - n, i ? "-%zu" : "%zu", s->place[i] + 1);
    if (n < PROCTORS_PART_TEXT)
        snprintf(buf + n, PROCTORS_PART_TEXT - n, ".age");
    return buf;
}

int proctors_check_name(const char *name, struct err *e)
{
    size_t n = strlen(name);
    if (n == 0 || n > PROCTORS_NAME_MAX)
        return err_set(e, ERR_DATA, name, _("the name of a proctor has 1 to %d bytes"), PROCTORS_NAME_MAX);
    return 0;
}

static int check_one(const struct proctors *p, size_t i, struct err *e)
{
    const struct proctors_key *one = &p->list[i];
    int r = proctors_check_name(one->name, e);
    if (r < 0)
        return r;
    if (i && strcmp(p->list[i - 1].name, one->name) >= 0)
        return err_set(e, ERR_DATA, one->name,
                       _("the proctors are not in the order of their names, each once"));
    if (proctors_find(p, &one->key) != i)
        return err_set(e, ERR_DATA, one->name, _("has the same key as %s"),
                       p->list[proctors_find(p, &one->key)].name);
    return 0;
}

int proctors_check(const struct proctors *p, struct err *e)
{
    int r = 0;
    if (p->n == 0)
        return 0;
    if (p->n > PROCTORS_MAX || p->needed < 1 || (uint64_t)p->needed > p->n)
        return err_set(e, ERR_DATA, NULL, _("%lld of %zu proctors cannot open a session"),
                       (long long)p->needed, p->n);
    if (proctors_subsets(p) > PROCTORS_SUBSETS_MAX) {
        err_set(e, ERR_DATA, NULL, _("%lld of %zu proctors make more than %d groups"), (long long)p->needed,
                p->n, PROCTORS_SUBSETS_MAX);
        return err_hint(e, _("name fewer proctors: 2 of up to 16, 3 of up to 10, or 4 of up to 9"));
    }
    for (size_t i = 0; i < p->n && r == 0; i++)
        r = check_one(p, i, e);
    return r;
}

void proctors_write(struct xml_out *o, const struct proctors *p)
{
    char text[AGE_RECIPIENT_TEXT];
    if (p->n == 0)
        return;
    xml_open(o, "proctors");
    xml_put_int(o, "needed", p->needed);
    for (size_t i = 0; i < p->n; i++) {
        xml_open(o, "proctor");
        xml_put(o, "name", p->list[i].name);
        xml_put(o, "key", age_recipient_text(&p->list[i].key, text));
        xml_close(o);
    }
    xml_close(o);
}

static int read_one(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                    struct proctors_key *ret, struct err *e)
{
    const char *key;
    struct err inner;
    int r;
    if (!xml_named(n, "proctor"))
        return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if ((r = document_text(d, n, "name", a, &ret->name, e)) < 0 || (r = xml_need(d, n, "key", &key, e)) < 0)
        return r;
    return age_recipient_parse(span_str(key), &ret->key, &inner) < 0 ? xml_err(e, d, n, "%s", inner.what) : 0;
}

int proctors_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct proctors *ret,
                  struct err *e)
{
    size_t count = document_count(n, "proctor");
    struct proctors p = {0};
    int r = xml_need_int(d, n, "needed", 1, PROCTORS_MAX, &p.needed, e);
    if (r == 0 && (count == 0 || count > PROCTORS_MAX))
        r = xml_err(e, d, n, _("1 to %d proctors are named"), PROCTORS_MAX);
    if (r < 0)
        return r;
    p.list = arena_array(a, count, sizeof *p.list);
    for (const struct xml_node *c = xml_first_element(n); c && r == 0; c = xml_next_element(c))
        if ((r = read_one(d, c, a, &p.list[p.n], e)) == 0)
            p.n++;
    *ret = p;
    return r;
}
