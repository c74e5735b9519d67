/* SPDX-License-Identifier: Apache-2.0 */
#include "office/draw-document.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"

struct draw_commitment *draw_commitment_new(void)
{
    struct arena *a = arena_new();
    struct draw_commitment *c = arena_alloc(a, sizeof *c);
    c->arena = a;
    c->made = c->reason = "";
    return c;
}

void draw_commitment_free(struct draw_commitment *c)
{
    if (c)
        arena_free(c->arena);
}

struct draw_record *draw_record_new(void)
{
    struct arena *a = arena_new();
    struct draw_record *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    r->made = r->amended = "";
    return r;
}

void draw_record_free(struct draw_record *r)
{
    if (r)
        arena_free(r->arena);
}

const char *draw_comment(const char *what, const char *session, int64_t number, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 %s session=%s draw=%lld", what, session, (long long)number);
    return buf;
}

static int check_commitment(const struct draw_commitment *c, struct err *e)
{
    if (c->n_sessions < 1)
        return err_set(e, ERR_DATA, "commitment", _("a draw is for 1 to %d sessions"), DRAW_MAX_SESSIONS);
    for (size_t i = 0; i < c->n_sessions; i++)
        if (!path_is_plain_name(c->session[i]) || (i > 0 && strcmp(c->session[i - 1], c->session[i]) >= 0))
            return err_set(e, ERR_DATA, "commitment", _("sessions must be plain names in their order"));
    if ((c->number > 1) != (c->reason[0] != '\0'))
        return err_set(e, ERR_DATA, "commitment",
                       _("a draw after the first has a reason, the first has none"));
    if (strlen(c->reason) > DRAW_MAX_REASON)
        return err_set(e, ERR_DATA, "commitment", _("the reason is longer than %d bytes"), DRAW_MAX_REASON);
    return 0;
}

int draw_commitment_write(const struct draw_commitment *c, struct bytes *out, struct err *e)
{
    struct xml_out o;
    int r = check_commitment(c, e);
    if (r < 0)
        return r;
    xml_begin(&o, out);
    xml_open(&o, "commitment");
    xml_put(&o, "xmlns", DRAW_NS);
    xml_put_int(&o, "number", c->number);
    xml_put(&o, "made", c->made);
    xml_put_hex(&o, "seed", c->seed, sizeof c->seed);
    xml_put_hex(&o, "list", c->list, sizeof c->list);
    for (size_t i = 0; i < c->n_sessions; i++) {
        xml_open(&o, "session");
        xml_put(&o, "id", c->session[i]);
        xml_close(&o);
    }
    for (size_t i = 0; i < c->n_shares; i++) {
        xml_open(&o, "share");
        xml_put_hex(&o, "hash", c->share[i], sizeof c->share[i]);
        xml_close(&o);
    }
    if (c->number > 1) {
        xml_open(&o, "again");
        xml_put_hex(&o, "before", c->before, sizeof c->before);
        xml_put(&o, "reason", c->reason);
        xml_close(&o);
    }
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_part(struct draw_commitment *c, const struct xml_doc *d, const struct xml_node *n,
                     struct err *e)
{
    if (xml_named(n, "session") && c->n_sessions < DRAW_MAX_SESSIONS)
        return document_name(d, n, "id", c->arena, &c->session[c->n_sessions++], e);
    if (xml_named(n, "share") && c->n_shares < DRAW_MAX_SHARES)
        return xml_need_hex(d, n, "hash", c->share[c->n_shares++], DRAW_HASH, e);
    if (!xml_named(n, "again"))
        return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    int r = xml_need_hex(d, n, "before", c->before, sizeof c->before, e);
    return r < 0 ? r : document_text(d, n, "reason", c->arena, &c->reason, e);
}

static int read_commitment(struct draw_commitment *c, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r;
    if ((r = xml_need_int(d, root, "number", 1, DRAW_MAX_NUMBER, &c->number, e)) < 0 ||
        (r = document_text(d, root, "made", c->arena, &c->made, e)) < 0 ||
        (r = xml_need_hex(d, root, "seed", c->seed, sizeof c->seed, e)) < 0 ||
        (r = xml_need_hex(d, root, "list", c->list, sizeof c->list, e)) < 0)
        return r;
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n))
        r = read_part(c, d, n, e);
    return r;
}

int draw_commitment_read(struct draw_commitment **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct draw_commitment *c = draw_commitment_new();
    int r = document_parse(&d, name, data, "commitment", DRAW_NS, NULL, e);
    if (r == 0)
        r = read_commitment(c, d, e);
    if (r == 0 && (r = draw_commitment_write(c, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0)
        draw_commitment_free(c);
    else
        *ret = c;
    return r;
}

int draw_record_write(const struct draw_record *x, struct bytes *out, struct err *e)
{
    struct xml_out o;
    if (strlen(x->amended) > DRAW_MAX_REASON)
        return err_set(e, ERR_DATA, "draw", _("the reason is longer than %d bytes"), DRAW_MAX_REASON);
    xml_begin(&o, out);
    xml_open(&o, "draw");
    xml_put(&o, "xmlns", DRAW_NS);
    xml_put_int(&o, "number", x->number);
    xml_put(&o, "made", x->made);
    xml_put_hex(&o, "commitment", x->commitment, sizeof x->commitment);
    xml_put_hex(&o, "seed", x->seed, sizeof x->seed);
    xml_put_hex(&o, "list", x->list, sizeof x->list);
    xml_put_hex(&o, "places", x->places, sizeof x->places);
    xml_put_int(&o, "candidates", x->candidates);
    xml_put_int(&o, "groups", x->groups);
    xml_put_int(&o, "neighbours", x->neighbours);
    for (size_t i = 0; i < x->n_shares; i++) {
        xml_open(&o, "share");
        xml_put_hex(&o, "value", x->share[i], sizeof x->share[i]);
        xml_close(&o);
    }
    if (x->amended[0]) {
        xml_open(&o, "amendment");
        xml_put(&o, "reason", x->amended);
        xml_close(&o);
    }
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_record(struct draw_record *x, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r;
    if ((r = xml_need_int(d, root, "number", 1, DRAW_MAX_NUMBER, &x->number, e)) < 0 ||
        (r = document_text(d, root, "made", x->arena, &x->made, e)) < 0 ||
        (r = xml_need_hex(d, root, "commitment", x->commitment, sizeof x->commitment, e)) < 0 ||
        (r = xml_need_hex(d, root, "seed", x->seed, sizeof x->seed, e)) < 0 ||
        (r = xml_need_hex(d, root, "list", x->list, sizeof x->list, e)) < 0 ||
        (r = xml_need_hex(d, root, "places", x->places, sizeof x->places, e)) < 0 ||
        (r = xml_need_int(d, root, "candidates", 1, DRAW_MAX_CANDIDATES, &x->candidates, e)) < 0 ||
        (r = xml_need_int(d, root, "groups", 1, DRAW_MAX_CANDIDATES, &x->groups, e)) < 0 ||
        (r = xml_need_int(d, root, "neighbours", 0, 2 * DRAW_MAX_CANDIDATES, &x->neighbours, e)) < 0)
        return r;
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n)) {
        if (xml_named(n, "share") && x->n_shares < DRAW_MAX_SHARES)
            r = xml_need_hex(d, n, "value", x->share[x->n_shares++], DRAW_SEED, e);
        else if (xml_named(n, "amendment"))
            r = document_text(d, n, "reason", x->arena, &x->amended, e);
        else
            r = xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    }
    return r;
}

int draw_record_read(struct draw_record **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct draw_record *x = draw_record_new();
    int r = document_parse(&d, name, data, "draw", DRAW_NS, NULL, e);
    if (r == 0)
        r = read_record(x, d, e);
    if (r == 0 && (r = draw_record_write(x, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0)
        draw_record_free(x);
    else
        *ret = x;
    return r;
}
