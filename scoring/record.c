/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/record.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xml.h"

const char *score_status_name(enum score_status status)
{
    return status == SCORE_AUTO ? "auto" : "pending";
}

void score_record_release(struct score_record *r)
{
    arena_free(r->arena);
    *r = (struct score_record){0};
}

static int check(const struct score_record *r, struct err *e)
{
    points_t points = points_milli(0), maximum = points_milli(0);
    enum score_status status = SCORE_AUTO;
    for (size_t i = 0; i < r->n_items; i++) {
        const struct score_item *item = &r->item[i];
        if (item->points.milli < 0 || item->points.milli > item->maximum.milli)
            return err_set(e, ERR_DATA, r->ticket, _("item %s has points outside 0 and its maximum"),
                           item->id);
        if (points_add(points, item->points, &points, e) < 0 ||
            points_add(maximum, item->maximum, &maximum, e) < 0)
            return -ERR_DATA;
        if (item->status == SCORE_PENDING)
            status = SCORE_PENDING;
    }
    if (points.milli != r->points.milli || maximum.milli != r->maximum.milli || status != r->status)
        return err_set(e, ERR_DATA, r->ticket, _("the totals of the score record do not fit its items"));
    return 0;
}

static void write_check(struct xml_out *o, const struct score_check *c)
{
    xml_open(o, "check");
    xml_put(o, "id", c->id);
    xml_put(o, "kind", c->kind);
    xml_put_points(o, "points", c->points);
    xml_put_points(o, "maximum", c->maximum);
    xml_put(o, "status", c->status);
    if (*c->cut)
        xml_put(o, "cut", c->cut);
    xml_put(o, "expected", c->expected);
    xml_put(o, "found", c->found);
    xml_put(o, "place", c->place);
    xml_close(o);
}

static void write_item(struct xml_out *o, const struct score_item *item)
{
    xml_open(o, "item");
    xml_put(o, "id", item->id);
    xml_put_int(o, "version", item->version);
    xml_put_points(o, "points", item->points);
    xml_put_points(o, "maximum", item->maximum);
    xml_put(o, "rule", item->rule);
    xml_put(o, "status", score_status_name(item->status));
    xml_put(o, "evidence", item->evidence);
    if (item->token && *item->token)
        xml_put(o, "token", item->token);
    for (size_t i = 0; i < item->n_checks; i++)
        write_check(o, &item->check[i]);
    xml_close(o);
}

int score_record_write(const struct score_record *r, struct bytes *out, struct err *e)
{
    int bad = check(r, e);
    if (bad < 0)
        return bad;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "score");
    xml_put(&o, "xmlns", SCORE_NS);
    xml_put(&o, "ruleset", r->ruleset);
    xml_put_hex(&o, "package", r->package, sizeof r->package);
    xml_put(&o, "session", r->session);
    xml_put(&o, "form", r->form);
    xml_put(&o, "ticket", r->ticket);
    xml_put_int(&o, "epoch", r->epoch);
    xml_put_int(&o, "seq", r->seq);
    xml_put_hex(&o, "hash", r->hash, sizeof r->hash);
    xml_put_points(&o, "points", r->points);
    xml_put_points(&o, "maximum", r->maximum);
    xml_put(&o, "status", score_status_name(r->status));
    for (size_t i = 0; i < r->n_items; i++)
        write_item(&o, &r->item[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

/* A required text, copied. */
static int text(struct score_record *r, const struct xml_doc *d, const struct xml_node *n, const char *name,
                const char **ret, struct err *e)
{
    const char *v;
    int bad = xml_need(d, n, name, &v, e);
    if (bad == 0)
        *ret = arena_strdup(r->arena, v);
    return bad;
}

static int read_status(const struct xml_doc *d, const struct xml_node *n, enum score_status *ret,
                       struct err *e)
{
    const char *v;
    int r = xml_need(d, n, "status", &v, e);
    if (r < 0)
        return r;
    *ret = strcmp(v, "auto") == 0 ? SCORE_AUTO : SCORE_PENDING;
    return strcmp(v, score_status_name(*ret)) == 0 ? 0
                                                   : xml_err(e, d, n, _("status \"%.40s\" is not known"), v);
}

static int read_check(struct score_record *r, const struct xml_doc *d, const struct xml_node *n,
                      struct score_check *ret, struct err *e)
{
    const char *cut = xml_attr(d, n, "cut");
    int bad;
    if (!xml_named(n, "check"))
        return xml_err(e, d, n, _("unknown element"));
    ret->cut = arena_strdup(r->arena, cut ? cut : "");
    if ((bad = text(r, d, n, "id", &ret->id, e)) < 0 || (bad = text(r, d, n, "kind", &ret->kind, e)) < 0 ||
        (bad = xml_need_points(d, n, "points", &ret->points, e)) < 0 ||
        (bad = xml_need_points(d, n, "maximum", &ret->maximum, e)) < 0 ||
        (bad = text(r, d, n, "status", &ret->status, e)) < 0 ||
        (bad = text(r, d, n, "expected", &ret->expected, e)) < 0 ||
        (bad = text(r, d, n, "found", &ret->found, e)) < 0 ||
        (bad = text(r, d, n, "place", &ret->place, e)) < 0)
        return bad;
    return 0;
}

static int read_checks(struct score_record *r, const struct xml_doc *d, const struct xml_node *n,
                       struct score_item *ret, struct err *e)
{
    size_t room = 0;
    int bad = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        room++;
    ret->check = arena_array(r->arena, room + 1, sizeof *ret->check);
    for (const struct xml_node *c = xml_first_element(n); c && bad == 0; c = xml_next_element(c))
        bad = read_check(r, d, c, &ret->check[ret->n_checks++], e);
    return bad;
}

static int read_item(struct score_record *r, const struct xml_doc *d, const struct xml_node *n,
                     struct score_item *ret, struct err *e)
{
    const char *token = xml_attr(d, n, "token");
    int bad;
    if (!xml_named(n, "item"))
        return xml_err(e, d, n, _("unknown element"));
    ret->token = arena_strdup(r->arena, token ? token : "");
    if ((bad = text(r, d, n, "id", &ret->id, e)) < 0 ||
        (bad = xml_need_int(d, n, "version", 1, INT32_MAX, &ret->version, e)) < 0 ||
        (bad = xml_need_points(d, n, "points", &ret->points, e)) < 0 ||
        (bad = xml_need_points(d, n, "maximum", &ret->maximum, e)) < 0 ||
        (bad = text(r, d, n, "rule", &ret->rule, e)) < 0 || (bad = read_status(d, n, &ret->status, e)) < 0 ||
        (bad = text(r, d, n, "evidence", &ret->evidence, e)) < 0)
        return bad;
    return read_checks(r, d, n, ret, e);
}

static int read_head(struct score_record *r, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    int bad;
    if (!xml_named(n, "score") || strcmp(xml_ns(n), SCORE_NS) != 0)
        return xml_err(e, d, n, _("not a score record of this format"));
    if ((bad = text(r, d, n, "ruleset", &r->ruleset, e)) < 0 ||
        (bad = xml_need_hex(d, n, "package", r->package, sizeof r->package, e)) < 0 ||
        (bad = text(r, d, n, "session", &r->session, e)) < 0 ||
        (bad = text(r, d, n, "form", &r->form, e)) < 0 ||
        (bad = text(r, d, n, "ticket", &r->ticket, e)) < 0 ||
        (bad = xml_need_int(d, n, "epoch", 1, INT32_MAX, &r->epoch, e)) < 0 ||
        (bad = xml_need_int(d, n, "seq", 0, INT32_MAX, &r->seq, e)) < 0 ||
        (bad = xml_need_hex(d, n, "hash", r->hash, sizeof r->hash, e)) < 0 ||
        (bad = xml_need_points(d, n, "points", &r->points, e)) < 0 ||
        (bad = xml_need_points(d, n, "maximum", &r->maximum, e)) < 0)
        return bad;
    return read_status(d, n, &r->status, e);
}

static int read_tree(struct score_record *r, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    size_t n = 0;
    int bad = read_head(r, d, root, e);
    for (const struct xml_node *c = xml_first_element(root); c; c = xml_next_element(c))
        n++;
    r->item = arena_array(r->arena, n, sizeof *r->item);
    for (const struct xml_node *c = xml_first_element(root); c && bad == 0; c = xml_next_element(c))
        bad = read_item(r, d, c, &r->item[r->n_items++], e);
    return bad;
}

int score_record_read(struct score_record *ret, const char *name, struct span data, struct err *e)
{
    const struct xml_limits limits = {.bytes = SCORE_MAX_BYTES, .elements = SCORE_MAX_ELEMENTS, .depth = 4};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct score_record r = {.arena = arena_new()};
    int bad = xml_read(&d, name, data, &limits, e);
    if (bad == 0)
        bad = read_tree(&r, d, e);
    if (bad == 0 && (bad = score_record_write(&r, &again, e)) < 0)
        err_within(e, name);
    if (bad == 0 && !span_equal(bytes_span(&again), data))
        bad = err_set(e, ERR_DATA, name, _("not in canonical form"));
    bytes_release(&again);
    xml_free(d);
    if (bad < 0)
        score_record_release(&r);
    else
        *ret = r;
    return bad;
}

static int differ(struct err *e, const char *ticket, const char *what, const char *here, const char *there)
{
    return err_set(e, ERR_NO, ticket, _("%s differs: %.100s here, %.100s there"), what, here, there);
}

static bool same_check(const struct score_check *a, const struct score_check *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->kind, b->kind) == 0 && a->points.milli == b->points.milli &&
           a->maximum.milli == b->maximum.milli && strcmp(a->status, b->status) == 0 &&
           strcmp(a->cut, b->cut) == 0 && strcmp(a->expected, b->expected) == 0 &&
           strcmp(a->found, b->found) == 0 && strcmp(a->place, b->place) == 0;
}

static int compare_checks(const struct score_record *r, const struct score_item *a,
                          const struct score_item *b, struct err *e)
{
    if (a->n_checks != b->n_checks)
        return err_set(e, ERR_NO, r->ticket, _("item %s: %zu checks here, %zu there"), a->id, a->n_checks,
                       b->n_checks);
    for (size_t i = 0; i < a->n_checks; i++)
        if (!same_check(&a->check[i], &b->check[i]))
            return err_set(e, ERR_NO, r->ticket, _("item %s, check %s: \"%.100s\" here, \"%.100s\" there"),
                           a->id, a->check[i].id, a->check[i].found, b->check[i].found);
    return 0;
}

static const char *token_of(const struct score_item *item)
{
    return item->token ? item->token : "";
}

static int compare_item(const struct score_record *r, const struct score_item *a, const struct score_item *b,
                        struct err *e)
{
    char here[32], there[32];
    if (strcmp(a->id, b->id) != 0 || a->version != b->version)
        return differ(e, r->ticket, _("an item"), a->id, b->id);
    if (a->points.milli != b->points.milli || a->maximum.milli != b->maximum.milli)
        return err_set(e, ERR_NO, r->ticket, _("item %s: %s points here, %s there"), a->id,
                       points_text(a->points, here, sizeof here),
                       points_text(b->points, there, sizeof there));
    if (strcmp(a->rule, b->rule) != 0 || a->status != b->status || strcmp(a->evidence, b->evidence) != 0 ||
        strcmp(token_of(a), token_of(b)) != 0)
        return err_set(e, ERR_NO, r->ticket, _("item %s: \"%.120s\" here, \"%.120s\" there"), a->id,
                       a->evidence, b->evidence);
    return compare_checks(r, a, b, e);
}

int score_record_compare(const struct score_record *here, const struct score_record *there, struct err *e)
{
    if (strcmp(here->ruleset, there->ruleset) != 0)
        return differ(e, here->ticket, _("the rule set"), here->ruleset, there->ruleset);
    if (strcmp(here->session, there->session) != 0 || strcmp(here->ticket, there->ticket) != 0)
        return differ(e, here->ticket, _("the sitting"), here->ticket, there->ticket);
    if (memcmp(here->package, there->package, SCORE_HASH) != 0 || strcmp(here->form, there->form) != 0)
        return differ(e, here->ticket, _("the package or form"), here->form, there->form);
    if (here->epoch != there->epoch || here->seq != there->seq ||
        memcmp(here->hash, there->hash, SCORE_HASH) != 0)
        return err_set(e, ERR_NO, here->ticket, _("the records are about different states of the journal"));
    if (here->n_items != there->n_items)
        return err_set(e, ERR_NO, here->ticket, _("the records have different numbers of items"));
    for (size_t i = 0; i < here->n_items; i++) {
        int r = compare_item(here, &here->item[i], &there->item[i], e);
        if (r < 0)
            return r;
    }
    return 0;
}
