/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "office/draw-document.h"
#include "office/draw.h"

static int differs(struct err *e, const char *where, const char *what, const uint8_t *is, const uint8_t *said)
{
    char x[2 * DRAW_HASH + 1], y[2 * DRAW_HASH + 1];
    return err_set(e, ERR_NO, where, "%s: %s, %s", what, hex_encode(x, is, DRAW_HASH),
                   hex_encode(y, said, DRAW_HASH));
}

static int check_shares(const struct draw_record *x, const struct draw_commitment *c, struct err *e)
{
    uint8_t all[DRAW_SEED] = {0}, hash[DRAW_HASH];
    if (x->n_shares != c->n_shares)
        return err_set(e, ERR_NO, "draw.xml", _("%zu shares are revealed, %zu were committed"), x->n_shares,
                       c->n_shares);
    for (size_t i = 0; i < x->n_shares; i++) {
        draw_hash(span_of(x->share[i], DRAW_SEED), hash);
        if (memcmp(hash, c->share[i], DRAW_HASH) != 0)
            return differs(e, "draw.xml", _("a share has another hash than was committed"), hash,
                           c->share[i]);
        for (size_t k = 0; k < DRAW_SEED; k++)
            all[k] ^= x->share[i][k];
    }
    if (x->n_shares && memcmp(all, x->seed, DRAW_SEED) != 0)
        return differs(e, "draw.xml", _("the shares together give another seed"), all, x->seed);
    return 0;
}

static int check_commitment(const struct draw_record *x, struct span document, struct err *e)
{
    struct draw_commitment *c = NULL;
    uint8_t hash[DRAW_HASH];
    int r = draw_commitment_read(&c, "commitment.xml", document, e);
    if (r < 0)
        return r;
    draw_hash(document, hash);
    if (memcmp(hash, x->commitment, DRAW_HASH) != 0)
        r = differs(e, "commitment.xml", _("this is another commitment than the draw names"), hash,
                    x->commitment);
    draw_hash(span_of(x->seed, DRAW_SEED), hash);
    if (r == 0 && memcmp(hash, c->seed, DRAW_HASH) != 0)
        r = differs(e, "draw.xml", _("the seed has another hash than was committed"), hash, c->seed);
    if (r == 0 && c->number != x->number)
        r = err_set(e, ERR_NO, "draw.xml", _("draw %lld, but the commitment is of draw %lld"),
                    (long long)x->number, (long long)c->number);
    if (r == 0)
        r = check_shares(x, c, e);
    if (r == 0 && !x->amended[0] && memcmp(x->list, c->list, DRAW_HASH) != 0)
        r = differs(e, "draw.xml", _("the list is another one than was committed, and no amendment says why"),
                    x->list, c->list);
    draw_commitment_free(c);
    return r;
}

static int compare_places(const struct draw_record *x, const struct draw_list *l,
                          const struct draw_result *result, struct span told, struct err *e)
{
    struct bytes places = {0};
    char was[160], is[160];
    uint8_t hash[DRAW_HASH];
    int r = 0;
    draw_result_write(result, l, &places);
    draw_hash(bytes_span(&places), hash);
    unsigned line = told.p ? draw_first_difference(told, bytes_span(&places), was, is, sizeof was) : 0;
    if (line)
        r = err_set(e, ERR_NO, "places.csv", _("line %u is \"%s\", but the seed gives \"%s\""), line, was,
                    is);
    else if (memcmp(hash, x->places, DRAW_HASH) != 0)
        r = differs(e, "draw.xml", _("the seed gives other places"), hash, x->places);
    else if (x->candidates != (int64_t)l->n_candidates || x->groups != (int64_t)result->groups ||
             x->neighbours != (int64_t)result->neighbours)
        r = err_set(e, ERR_NO, "draw.xml",
                    _("%zu candidates, %zu groups and %zu equal neighbours were expected"), l->n_candidates,
                    result->groups, result->neighbours);
    bytes_release(&places);
    return r;
}

static int check_places(const struct draw_record *x, const struct draw_evidence *v, struct err *e)
{
    struct draw_list *l = NULL;
    struct draw_result *result = NULL;
    uint8_t hash[DRAW_HASH];
    draw_hash(v->list, hash);
    if (memcmp(hash, x->list, DRAW_HASH) != 0)
        return differs(e, "list.csv", _("this is another list than the draw names"), hash, x->list);
    int r = draw_list_read(&l, "list.csv", v->list, e);
    if (r == 0)
        r = draw_run(&result, l, x->seed, NULL, NULL, e);
    if (r == 0)
        r = compare_places(x, l, result, v->places, e);
    draw_result_free(result);
    draw_list_free(l);
    return r;
}

int draw_verify(struct draw_record **ret, const struct draw_evidence *v, struct err *e)
{
    *ret = NULL;
    int r = draw_record_read(ret, "draw.xml", v->draw, e);
    if (r == 0 && v->commitment.p)
        r = check_commitment(*ret, v->commitment, e);
    return r < 0 ? r : check_places(*ret, v, e);
}
