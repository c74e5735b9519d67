/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/token.h"
#include "paperbank/item/expression/instance.h"
#include "paperbank/item/slice.h"
#include "scoring/evaluate.h"
#include "scoring/evidence.h"
#include "scoring/given.h"

struct keyed_item {
    const char *id; /* borrowed from the paper */
    struct item *item;
    struct evaluator *evaluator; /* NULL: a template, which is another item for each candidate */
    struct score_task *task;     /* NULL: not practical */
};

struct score_key {
    struct paper *paper;
    struct keyed_item *item;
    size_t n;
};

static const struct keyed_item *keyed(const struct score_key *k, const char *id)
{
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->item[i].id, id) == 0)
            return &k->item[i];
    return NULL;
}

static int open_item(struct score_key *k, const char *id, score_item_fn *find, void *context, struct err *e)
{
    struct span data = {0};
    struct keyed_item *slot = &k->item[k->n];
    int r = find(context, id, &data, e);
    if (r == 0)
        r = item_read_lenient(&slot->item, id, data, e);
    if (r == 0) {
        slot->id = id;
        slot->evaluator = item_is_template(slot->item) ? NULL : evaluator_new(slot->item);
        k->n++;
    }
    return r;
}

static int open_items(struct score_key *k, score_item_fn *find, void *context, struct err *e)
{
    size_t total = 0;
    int r = 0;
    for (size_t f = 0; f < k->paper->n_forms; f++)
        total += paper_form_items(&k->paper->form[f]);
    k->item = mem_alloc((total + 1) * sizeof *k->item);
    for (size_t f = 0; f < k->paper->n_forms; f++)
        for (size_t i = 0; r == 0 && i < paper_form_items(&k->paper->form[f]); i++) {
            const char *id = paper_form_item(&k->paper->form[f], i, NULL)->id;
            if (!keyed(k, id))
                r = open_item(k, id, find, context, e);
        }
    return r;
}

int score_key_open(struct score_key **ret, struct span paper, score_item_fn *find, void *context,
                   struct err *e)
{
    struct score_key *k = mem_alloc(sizeof *k);
    int r = paper_read(&k->paper, "paper.xml", paper, e);
    if (r == 0 && strcmp(k->paper->ruleset, PAPER_RULESET) != 0) {
        err_set(e, ERR_DATA, "paper.xml", _("this scorer lacks the rule set %.60s"), k->paper->ruleset);
        r = err_hint(e, _("score with a version that has it; this one has %s"), PAPER_RULESET);
    }
    if (r == 0)
        r = open_items(k, find, context, e);
    if (r < 0)
        score_key_free(k);
    else
        *ret = k;
    return r;
}

int score_key_tasks(struct score_key *k, score_part_fn *part, void *context, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < k->n; i++)
        r = score_task_open(&k->item[i].task, k->item[i].id, part, context, e);
    return r;
}

bool score_key_practical(const struct score_key *k)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->item[i].task)
            return true;
    return false;
}

const char *score_key_check_title(const struct score_key *k, const char *item, const char *check)
{
    const struct keyed_item *x = keyed(k, item);
    return x && x->task ? score_task_check_title(x->task, check) : NULL;
}

void score_key_free(struct score_key *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->n; i++) {
        score_task_free(k->item[i].task);
        evaluator_free(k->item[i].evaluator);
        item_free(k->item[i].item);
    }
    free(k->item);
    paper_free(k->paper);
    free(k);
}

const struct paper *score_key_paper(const struct score_key *k)
{
    return k->paper;
}

int score_points(points_t maximum, double score, points_t reach, points_t *ret, struct err *e)
{
    if (!isfinite(score) || reach.milli <= 0)
        return err_set(e, ERR_DATA, NULL, _("an outcome is not a number of points"));
    if (score <= 0) {
        *ret = points_milli(0);
        return 0;
    }
    if (score * 1000 >= (double)reach.milli) {
        *ret = maximum;
        return 0;
    }
    return points_part(maximum, llround(score * 1e6), reach.milli * 1000, ret, e);
}

static const char *rule_name(const struct item *item)
{
    static const char *const names[] = {
        [RULES_NONE] = "none",
        [RULES_MATCH_CORRECT] = "match_correct",
        [RULES_MAP_RESPONSE] = "map_response",
        [RULES_MAP_RESPONSE_POINT] = "map_response_point",
        [RULES_MATCH_NOTHING] = "match_nothing",
        [RULES_MATCH_BASIC] = "match_basic",
        [RULES_CUSTOM] = "custom",
    };
    return names[item->rules];
}

/* Every response of the item, so that none is left at a default that the candidate never saw. */
static int responses_of(const struct item *item, const struct score_work *w, const char *id, struct arena *a,
                        struct response_set *ret, struct err *e)
{
    struct response_set given = {0};
    for (size_t i = 0; i < w->n_answers; i++)
        if (strcmp(w->answer[i].item, id) == 0 && w->answer[i].response.n) {
            int r = response_decode(&given, a, w->answer[i].response, e);
            if (r < 0)
                return err_within(e, id);
        }
    *ret = (struct response_set){.response = arena_array(a, item->n_declarations, sizeof *ret->response)};
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        const struct response *r = response_find(&given, d->identifier);
        if (d->what == DECLARED_RESPONSE)
            ret->response[ret->n++] = r ? *r : (struct response){.identifier = d->identifier};
    }
    return 0;
}

/* True where the rules gave a score that becomes points. */
static bool scored_by_rules(const struct item *item, const struct evaluator *ev,
                            const struct response_set *responses, struct arena *a, struct score_item *ret)
{
    struct outcome_set outcomes = {0};
    struct err why;
    points_t reach;
    double score = 0;
    if (item->rules == RULES_NONE || item_max_score(item, &reach, &why) < 0 ||
        evaluator_run(ev, responses, (struct span){0}, a, &outcomes, &why) < 0)
        return false;
    const struct outcome *o = outcome_find(&outcomes, "SCORE");
    if (!o || (o->value.n && !value_number(&o->value, &score)))
        return false;
    return score_points(ret->maximum, score, reach, &ret->points, &why) == 0;
}

/* The correct responses; false where a response has none. */
static bool correct_responses(const struct item *item, struct arena *a, struct response_set *ret)
{
    *ret = (struct response_set){.response = arena_array(a, item->n_declarations, sizeof *ret->response)};
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->what != DECLARED_RESPONSE)
            continue;
        if (d->n_correct == 0)
            return false;
        struct response *r = &ret->response[ret->n++];
        *r = (struct response){.identifier = d->identifier, .n = d->n_correct};
        r->value = arena_array(a, r->n, sizeof *r->value);
        for (size_t v = 0; v < r->n; v++)
            r->value[v] = d->correct[v].text;
    }
    return ret->n > 0;
}

static int try_key(const struct item *item, struct err *e)
{
    const char *name = xml_doc_name(item->doc);
    struct arena *a = arena_new();
    struct evaluator *ev = evaluator_new(item);
    struct response_set none = {0}, right = {0};
    struct score_item got = {0};
    char have[32], want[32];
    int r = item_max_score(item, &got.maximum, e);
    if (r == 0 && !scored_by_rules(item, ev, &none, a, &got))
        r = err_set(e, ERR_DATA, name, _("the rules of item %s give no score"), item->identifier);
    if (r == 0 && correct_responses(item, a, &right) &&
        (!scored_by_rules(item, ev, &right, a, &got) || got.points.milli != got.maximum.milli)) {
        err_set(e, ERR_DATA, name, _("the key of item %s earns %s of %s points"), item->identifier,
                points_text(got.points, have, sizeof have), points_text(got.maximum, want, sizeof want));
        r = err_hint(e, _("correctResponse, the rules and MAXSCORE do not fit each other"));
    }
    evaluator_free(ev);
    arena_free(a);
    return r;
}

/* Values of visible template variables that have been the correct response each time so far. */
struct suspect {
    const char *variable, *response;
    size_t at;
    char *first; /* the key that was drawn first; NULL: nothing drawn yet */
    bool innocent, varies;
};

static void suspect_draw(struct suspect *s, const struct item *drawn, struct arena *a)
{
    const struct item_declaration *v = item_find(drawn, DECLARED_TEMPLATE, s->variable);
    const struct item_declaration *d = item_find(drawn, DECLARED_RESPONSE, s->response);
    if (!v || !d || s->at >= v->n_initial || d->n_correct != 1 ||
        strcmp(v->initial[s->at].text, d->correct[0].text) != 0)
        s->innocent = true;
    else if (!s->first)
        s->first = arena_strdup(a, d->correct[0].text);
    else
        s->varies |= strcmp(s->first, d->correct[0].text) != 0;
}

enum { SUSPECT_VALUES = 8, MOST_SUSPECTS = 4096 };

/* Each response with each value of each variable that the view holds. */
static size_t suspects_of(const struct item *item, struct arena *a, struct suspect **ret)
{
    const struct slice *view = slice_new(item, a);
    size_t n = 0;
    *ret = arena_array(a, MOST_SUSPECTS, sizeof **ret);
    for (size_t v = 0; v < item->n_declarations; v++) {
        if (!slice_has(view, item->declaration[v].identifier))
            continue;
        for (size_t d = 0; d < item->n_declarations; d++)
            for (size_t at = 0; item->declaration[d].what == DECLARED_RESPONSE && at < SUSPECT_VALUES &&
                                n < MOST_SUSPECTS;
                 at++)
                (*ret)[n++] =
                    (struct suspect){.variable = item->declaration[v].identifier,
                                     .response = item->declaration[d].identifier,
                                     .at = at};
    }
    return n;
}

static int try_seeds(const struct item *item, struct suspect *s, size_t n, struct arena *a, struct err *e)
{
    int r = 0;
    for (uint32_t i = 0; i < SCORE_TRIED_SEEDS && r == 0; i++) {
        struct item *drawn = NULL;
        r = item_instantiate(&drawn, item, span_of(&i, sizeof i), e);
        if (r == 0)
            r = try_key(drawn, e);
        for (size_t k = 0; r == 0 && k < n; k++)
            suspect_draw(&s[k], drawn, a);
        item_free(drawn);
    }
    return r;
}

int score_try_key(const struct item *item, struct err *e)
{
    if (item_needs_marker(item))
        return 0;
    if (!item_is_template(item))
        return try_key(item, e);
    struct arena *a = arena_new();
    struct suspect *s;
    size_t n = suspects_of(item, a, &s);
    int r = try_seeds(item, s, n, a, e);
    for (size_t k = 0; r == 0 && k < n; k++)
        if (!s[k].innocent && s[k].varies) {
            err_set(
                e, ERR_DATA, xml_doc_name(item->doc),
                _("template variable %.60s is in the candidate's view, and is the key of %.60s each time"),
                s[k].variable, s[k].response);
            r = err_hint(e, _("ask for something that has to be found out"));
        }
    arena_free(a);
    return r;
}

/* The item as this candidate saw it: for a template drawn anew, NULL where that fails. */
static struct item *drawn_for(const struct item *item, const struct score_work *w, const char *id,
                              struct arena *a)
{
    struct err unwanted;
    struct item *drawn = NULL;
    return item_instantiate(&drawn, item, item_seed(a, w->session, w->ticket, id), &unwanted) < 0 ? NULL
                                                                                                  : drawn;
}

static int score_seen(const struct item *item, const struct evaluator *ev, const struct score_work *w,
                      struct arena *a, struct score_item *ret, struct err *e)
{
    struct response_set responses = {0};
    int r = responses_of(item, w, ret->id, a, &responses, e);
    if (r < 0)
        return r;
    struct response_set counted = given_responses(item, &responses, a);
    bool scored = ev && scored_by_rules(item, ev, &counted, a, ret);
    ret->status = scored ? SCORE_AUTO : SCORE_PENDING;
    ret->evidence = evidence_text(item, &responses, &counted, scored, a);
    return 0;
}

static const struct practical_folder *files_of(const struct score_work *w, const char *id)
{
    for (size_t i = 0; i < w->n_files; i++)
        if (strcmp(w->files[i].item, id) == 0)
            return &w->files[i].folder;
    return NULL;
}

static int score_item(const struct score_key *k, const struct score_work *w, const struct paper_item *p,
                      struct arena *a, struct score_item *ret, struct err *e)
{
    const struct keyed_item *key = keyed(k, p->id);
    char token[TOKEN_MAX + 1];
    *ret = (struct score_item){.id = arena_strdup(a, p->id),
                               .version = p->version,
                               .maximum = p->points,
                               .rule = rule_name(key->item)};
    if (key->task)
        return score_task_work(key->task, files_of(w, p->id), token_for(token, w->session, w->ticket, p->id), a,
                               ret, e);
    struct item *drawn = key->evaluator ? NULL : drawn_for(key->item, w, p->id, a);
    struct evaluator *own = drawn ? evaluator_new(drawn) : NULL;
    int r = score_seen(drawn ? drawn : key->item, own ? own : key->evaluator, w, a, ret, e);
    evaluator_free(own);
    item_free(drawn);
    return r;
}

int score_sitting(const struct score_key *k, const struct score_work *w, struct score_record *ret,
                  struct err *e)
{
    const struct paper_form *form = paper_form(k->paper, w->form);
    if (!form)
        return err_set(e, ERR_DATA, w->ticket, _("form %.60s is not in the paper"), w->form);
    struct arena *a = arena_new();
    struct score_record rec = {
        .arena = a, .epoch = w->epoch, .seq = w->seq, .n_items = paper_form_items(form)};
    int r = 0;
    rec.ruleset = arena_strdup(a, k->paper->ruleset);
    rec.session = arena_strdup(a, w->session);
    rec.form = arena_strdup(a, w->form);
    rec.ticket = arena_strdup(a, w->ticket);
    memcpy(rec.package, w->package, SCORE_HASH);
    memcpy(rec.hash, w->hash, SCORE_HASH);
    rec.item = arena_array(a, rec.n_items, sizeof *rec.item);
    for (size_t i = 0; r == 0 && i < rec.n_items; i++) {
        r = score_item(k, w, paper_form_item(form, i, NULL), a, &rec.item[i], e);
        if (r < 0)
            break;
        rec.status = rec.item[i].status == SCORE_PENDING ? SCORE_PENDING : rec.status;
        if ((r = points_add(rec.points, rec.item[i].points, &rec.points, e)) == 0)
            r = points_add(rec.maximum, rec.item[i].maximum, &rec.maximum, e);
    }
    if (r < 0)
        arena_free(a);
    else
        *ret = rec;
    return r;
}

int score_sitting_bytes(const struct score_key *k, const struct score_work *w, struct bytes *out,
                        struct err *e)
{
    struct score_record rec = {0};
    int r = score_sitting(k, w, &rec, e);
    if (r == 0)
        r = score_record_write(&rec, out, e);
    score_record_release(&rec);
    return r;
}
