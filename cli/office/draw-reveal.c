/* SPDX-License-Identifier: Apache-2.0 */
/* roster draw: reveals the seed, draws, and puts the places into the rosters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/office/drawing.h"
#include "exam-packages/secret.h"

struct revealing {
    struct drawing_desk *d;
    struct draw_pool pool;
    struct draw_list *list;
    struct bytes list_text, raters;
    struct draw_table raters_table;
    struct draw_result *result;
    struct draw_record *record;
};

static int check_commitment(const struct drawing_desk *d, struct err *e)
{
    char comment[160];
    if (!d->folder.path) {
        err_set(e, ERR_USAGE, d->id[0],
                _("there is no commitment: the seed is fixed and published before it is used"));
        return err_hint(e, "kaochang roster draw --commit --session %s --rooms rooms.csv", d->id[0]);
    }
    const struct draw_commitment *c = d->folder.commitment;
    return drawing_check_signatures(
        d, "commitment.xml", bytes_span(&d->folder.document),
        draw_comment("commitment", c->session[0], c->number, comment, sizeof comment), c->number > 1 ? 2 : 1,
        e);
}

/* The list that is drawn from now: what the rosters have today, with the rooms and raters that were
 * committed. */
static int use_todays_list(struct revealing *v, struct draw_list *today, struct err *e)
{
    struct bytes text = {0};
    int r = draw_list_write(today, &text, e);
    if (r < 0)
        return r;
    draw_list_free(v->list);
    v->list = NULL;
    bytes_release(&v->list_text);
    v->list_text = text;
    return draw_list_read(&v->list, "list.csv", bytes_span(&v->list_text), e);
}

static int refuse_change(const struct revealing *v, const struct draw_list *today, struct err *e)
{
    size_t added, gone;
    const char *ticket;
    draw_list_compare(v->list, today, &added, &gone, &ticket);
    err_set(e, ERR_NO, ticket ? ticket : v->d->id[0],
            _("the rosters are not those of the draw: %zu came, %zu went, or a school or a site was changed"),
            added, gone);
    return v->record
               ? err_hint(e, _("another draw: --commit --reason TEXT --officer A --officer B"))
               : err_hint(
                     e,
                     _("put the rosters back, or have it recorded with the draw: --amend TEXT and two officers"));
}

/* Everything but the candidates stays as committed. */
static int check_rosters(struct revealing *v, struct err *e)
{
    struct draw_list *today = NULL;
    struct bytes text = {0};
    const char *amend = args_get(v->d->a, "amend");
    int r = draw_list_read(&today, "list.csv", bytes_span(&v->list_text), e);
    if (r < 0)
        return r;
    draw_list_take_pool(today, &v->pool);
    r = draw_list_write(today, &text, e);
    if (r == 0 && amend && v->d->officers.n < 2 && !v->record) {
        err_set(e, ERR_NO, "--amend",
                _("a list that changed after the commitment is drawn from with two officers"));
        r = err_hint(e, "--amend TEXT --officer A --officer B");
    } else if (r == 0 && !span_equal(bytes_span(&text), bytes_span(&v->list_text)))
        r = amend && amend[0] && !v->record ? use_todays_list(v, today, e) : refuse_change(v, today, e);
    else if (r == 0 && amend && !v->record)
        r = err_set(e, ERR_USAGE, "--amend", _("the rosters are those that were committed"));
    bytes_release(&text);
    draw_list_free(today);
    return r;
}

/* The list that was drawn from: after an amendment it lies beside the committed one. */
static int take_drawn_list(struct revealing *v, struct err *e)
{
    if (!v->record || !v->record->amended[0])
        return 0;
    draw_list_free(v->list);
    v->list = NULL;
    bytes_clear(&v->list_text);
    int r = draw_folder_read(v->d->folder.path, "list-amended.csv", &v->list_text, e);
    return r < 0 ? r : draw_list_read(&v->list, "list-amended.csv", bytes_span(&v->list_text), e);
}

static int put(const struct revealing *v, const char *file, struct span data, struct err *e)
{
    char *path = path_join(v->d->folder.path, file);
    int r = file_put(path, 0600, data, e);
    free(path);
    return r;
}

static int save_record(struct revealing *v, const struct draw_record *x, struct err *e)
{
    struct bytes text = {0};
    struct signatures s;
    char comment[160];
    struct drawing_desk *d = v->d;
    int r = draw_record_write(x, &text, e);
    if (r == 0)
        r = signatures_make(&s, d->arena, bytes_span(&text),
                            draw_comment("draw", d->id[0], x->number, comment, sizeof comment),
                            d->officers.key, d->officers.n, e);
    if (r == 0)
        r = signatures_save_document(d->folder.path, "draw.xml", bytes_span(&text), &s, e);
    bytes_release(&text);
    return r;
}

static void fill_record(const struct revealing *v, struct draw_record *x, const struct draw_secret *s,
                        struct span places)
{
    const char *amend = args_get(v->d->a, "amend");
    x->number = v->d->folder.commitment->number;
    x->made = drawing_now(v->d);
    x->amended = amend ? amend : "";
    x->candidates = (int64_t)v->list->n_candidates;
    x->groups = (int64_t)v->result->groups;
    x->neighbours = (int64_t)v->result->neighbours;
    x->n_shares = s->n_shares;
    memcpy(x->share, s->share, sizeof x->share);
    memcpy(x->seed, s->seed, sizeof x->seed);
    draw_hash(bytes_span(&v->d->folder.document), x->commitment);
    draw_hash(bytes_span(&v->list_text), x->list);
    draw_hash(places, x->places);
}

static int draw_and_apply(struct revealing *v, const uint8_t seed[DRAW_SEED], struct err *e)
{
    size_t told = 0;
    int r = draw_run(&v->result, v->list, seed, drawing_complain, &told, e);
    return r < 0 ? r : draw_apply(v->d->office, v->list, v->result, &v->pool, &v->raters_table, e);
}

/* draw.xml comes last: until it is there the same seed draws the same again. */
static int reveal(struct revealing *v, struct err *e)
{
    struct draw_secret secret = {0};
    struct draw_record *x = draw_record_new();
    struct bytes places = {0};
    int r = draw_secret_load(&secret, v->d->folder.path, e);
    if (r == 0)
        r = draw_secret_check(&secret, v->d->folder.commitment, e);
    if (r == 0)
        r = draw_and_apply(v, secret.seed, e);
    if (r == 0) {
        draw_result_write(v->result, v->list, &places);
        fill_record(v, x, &secret, bytes_span(&places));
        r = put(v, "places.csv", bytes_span(&places), e);
    }
    if (r == 0 && x->amended[0])
        r = put(v, "list-amended.csv", bytes_span(&v->list_text), e);
    if (r == 0)
        r = save_record(v, x, e);
    secret_wipe(&secret, sizeof secret);
    bytes_release(&places);
    draw_record_free(x);
    return r;
}

static void print_result(const struct revealing *v)
{
    const struct draw_result *r = v->result;
    printf(
        _("Draw %lld: %zu candidates in %zu groups; schools in more than one room: %zu, in more than one session: "
          "%zu; equal experiments beside each other: %zu\n"),
        (long long)v->d->folder.commitment->number, v->list->n_candidates, r->groups, r->split_rooms,
        r->split_sessions, r->neighbours);
    if (v->list->n_raters)
        printf(ngettext("%zu rater has benches, %zu in reserve\n",
                        "%zu raters have benches, %zu in reserve\n", v->list->n_raters - r->reserves),
               v->list->n_raters - r->reserves, r->reserves);
    if (v->record)
        puts(_("The places were put into the rosters once more; nothing was drawn anew."));
    else
        printf(
            _("%s/draw.xml holds the seed: with the list it tells every experiment. Publish it after the last "
              "group.\n"),
            v->d->folder.path);
}

/* What was drawn before goes into the rosters only as officers signed it. */
static int take_record(struct revealing *v, struct err *e)
{
    const struct drawing_desk *d = v->d;
    const struct draw_commitment *c = d->folder.commitment;
    struct bytes text = {0};
    char comment[160];
    int r = draw_folder_record(&d->folder, &v->record, &text, e);
    if (r == 0)
        r = drawing_check_signatures(d, "draw.xml", bytes_span(&text),
                                     draw_comment("draw", c->session[0], c->number, comment, sizeof comment),
                                     v->record->amended[0] ? 2 : 1, e);
    bytes_release(&text);
    return r;
}

static int gather(struct revealing *v, struct err *e)
{
    struct drawing_desk *d = v->d;
    char *raters = path_join(d->folder.path, "raters.csv");
    int r = draw_folder_list(&d->folder, &v->list, &v->list_text, e);
    if (r == 0 && d->folder.drawn)
        r = take_record(v, e);
    if (r == 0)
        r = take_drawn_list(v, e);
    if (r == 0)
        r = draw_pool_load(&v->pool, d->office, d->id, d->n, e);
    if (r == 0 && file_exists(raters) && (r = file_read(raters, 16 << 20, &v->raters, e)) == 0)
        v->raters_table = (struct draw_table){.name = "raters.csv", .text = bytes_span(&v->raters)};
    free(raters);
    return r;
}

int drawing_reveal(struct drawing_desk *d, struct err *e)
{
    struct revealing v = {.d = d};
    int r = check_commitment(d, e);
    if (r == 0)
        r = gather(&v, e);
    if (r == 0)
        r = check_rosters(&v, e);
    if (r == 0)
        r = v.record ? draw_and_apply(&v, v.record->seed, e) : reveal(&v, e);
    if (r == 0)
        print_result(&v);
    draw_record_free(v.record);
    draw_result_free(v.result);
    draw_list_free(v.list);
    draw_pool_release(&v.pool);
    bytes_release(&v.list_text);
    bytes_release(&v.raters);
    return r;
}
