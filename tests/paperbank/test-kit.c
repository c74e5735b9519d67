/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paperbank/test-kit.h"

static const char item_xml[] =
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"i\" title=\"t\">"
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">"
    "<correctResponse><value>A</value></correctResponse></responseDeclaration>"
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" normalMaximum=\"1\" "
    "normalMinimum=\"-1\"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>"
    "<itemBody><choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\">"
    "<simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice>"
    "</choiceInteraction></itemBody>"
    "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>"
    "</assessmentItem>";

struct test *kit_read(const char *xml)
{
    struct err e;
    struct test *t = NULL;
    assert_done(test_read(&t, "t.xml", "t.xml", span_str(xml), NULL, &e), e);
    return t;
}

void kit_plan(struct kit *k, const char *xml, const char *seed)
{
    struct err e;
    *k = (struct kit){.test = kit_read(xml), .valid = true};
    assert_done(plan_make(&k->plan, k->test, span_str(seed), &e), e);
}

static int score(void *context, const struct delivery *d, size_t slot, const struct response_set *responses,
                 struct arena *a, struct test_variables *ret, struct err *e)
{
    struct kit *k = context;
    const struct response *r = response_find(responses, "RESPONSE");
    bool right = r && r->n == 1 && strcmp(r->value[0], "A") == 0;
    struct test_variable v = {"SCORE", BASE_FLOAT, CARDINALITY_SINGLE, value_float(a, right)};
    (void)d, (void)slot, (void)e;
    *ret = (struct test_variables){arena_copy(a, &v, sizeof v), 1};
    k->scored++;
    return 0;
}

static int process(void *context, const struct delivery *d, struct test_state *state, struct err *e)
{
    (void)context, (void)d;
    return state_run(state, state->plan->test->outcome_processing, e);
}

static bool valid(void *context, size_t slot, const struct response_set *responses)
{
    (void)slot, (void)responses;
    return ((struct kit *)context)->valid;
}

void kit_begin(struct kit *k, const char *xml)
{
    struct err e;
    struct delivery_host host = {.context = k, .score = score, .process = process, .valid = valid};
    kit_plan(k, xml, "seed");
    assert_done(item_read(&k->item, "i.xml", span_str(item_xml), &e), e);
    assert_true(k->plan->n_slots <= 64);
    for (size_t i = 0; i < k->plan->n_slots; i++)
        k->given[i].item = k->item;
    assert_done(delivery_new(&k->delivery, k->plan, k->given, &host, &e), e);
    assert_done(delivery_start(k->delivery, 0, &e), e);
}

void kit_end(struct kit *k)
{
    delivery_free(k->delivery);
    plan_free(k->plan);
    item_free(k->item);
    test_close(k->test);
}

static void join(char *out, size_t size, const char *id)
{
    size_t n = strlen(out);
    snprintf(out + n, size - n, "%s%s", n ? " " : "", id);
}

const char *kit_slots(const struct test_plan *p)
{
    static char out[2000];
    out[0] = '\0';
    for (size_t i = 0; i < p->n_slots; i++)
        join(out, sizeof out, p->slot[i].id);
    return out;
}

const char *kit_entered(const struct kit *k)
{
    static char out[2000];
    size_t n;
    const size_t *slot = delivery_entered(k->delivery, &n);
    out[0] = '\0';
    for (size_t i = 0; i < n; i++)
        join(out, sizeof out, k->plan->slot[slot[i]].id);
    return out;
}

int kit_answer(struct kit *k, const char *value, struct err *e)
{
    struct response r = {.identifier = "RESPONSE", .value = &value, .n = *value != '\0'};
    return delivery_respond(k->delivery, k->now_ms, &(struct response_set){&r, 1}, e);
}

int kit_next(struct kit *k, struct err *e)
{
    return delivery_next(k->delivery, k->now_ms, e);
}

int kit_select(struct kit *k, const char *id, struct err *e)
{
    return delivery_select(k->delivery, k->now_ms, (size_t)plan_find(k->plan, id), e);
}

void kit_walk(struct kit *k)
{
    struct err e;
    for (int i = 0; i < 1000 && delivery_state(k->delivery) != DELIVERY_ENDED; i++)
        assert_done(kit_next(k, &e), e);
    assert_int_equal(delivery_state(k->delivery), DELIVERY_ENDED);
}

enum slot_fate kit_fate(const struct kit *k, const char *id)
{
    int64_t slot = plan_find(k->plan, id);
    assert_true(slot >= 0);
    return delivery_slot_at(k->delivery, (size_t)slot)->fate;
}

double kit_outcome(const struct kit *k, const char *id)
{
    double v = -1e9;
    const struct test_variable *at = test_variable_find(&delivery_values(k->delivery)->outcomes, id);
    assert_non_null(at);
    if (at->value.n)
        datum_number(&at->value.at[0], &v);
    return v;
}
