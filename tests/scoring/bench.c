/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/scoring/bench.h"

#include "base/mem.h"
#include "paperbank/item/response.h"

static int find(void *context, const char *id, struct span *ret, struct err *e)
{
    const struct bench *b = context;
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->item[i].id, id) == 0) {
            *ret = span_str(b->item[i].xml);
            return 0;
        }
    return err_set(e, ERR_DATA, id, "not in the key");
}

void bench_open(struct bench *b, const struct bench_item *item, size_t n)
{
    struct err e;
    struct paper *p = paper_new();
    struct paper_form *form = arena_alloc(p->arena, sizeof *form);
    struct paper_section *section = arena_alloc(p->arena, sizeof *section);
    *b = (struct bench){.paper = p, .item = item, .n = n};
    *section = (struct paper_section){.id = "s1", .title = "one", .n_items = n};
    section->item = arena_array(p->arena, n, sizeof *section->item);
    for (size_t i = 0; i < n; i++) {
        section->item[i] = (struct paper_item){.id = item[i].id, .version = 1};
        assert_done(points_parse(item[i].points, &section->item[i].points, &e), e);
        assert_done(points_add(p->points, section->item[i].points, &p->points, &e), e);
    }
    *form = (struct paper_form){.id = "A", .section = section, .n_sections = 1};
    p->id = "paper";
    p->title = "Paper";
    p->duration_s = 3600;
    p->form = form;
    p->n_forms = 1;
    assert_done(paper_write(p, &b->document, &e), e);
    assert_done(score_key_open(&b->key, bytes_span(&b->document), find, b, &e), e);
}

void bench_close(struct bench *b)
{
    score_key_free(b->key);
    bytes_release(&b->document);
    paper_free(b->paper);
}

struct score_work bench_work(void)
{
    return (struct score_work){.session = "S1", .ticket = "T001", .form = "A", .package = {1, 2}, .epoch = 1, .seq = 7,
                               .hash = {3, 4}};
}

struct bytes bench_answer(const char *const *value)
{
    struct bytes out = {0};
    struct response r = {.identifier = "RESPONSE", .value = (const char **)(uintptr_t)value};
    while (value[r.n])
        r.n++;
    response_encode(&(struct response_set){.response = &r, .n = 1}, &out);
    return out;
}

char *bench_choice(const char *id, const char *correct)
{
    return mem_printf(
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"%s\" title=\"\" adaptive=\"false\""
        " timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">"
        "<correctResponse><value>%s</value></correctResponse></responseDeclaration><outcomeDeclaration identifier=\"SCORE\""
        " cardinality=\"single\" baseType=\"float\"/><itemBody><choiceInteraction responseIdentifier=\"RESPONSE\""
        " maxChoices=\"1\"><simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice>"
        "<simpleChoice identifier=\"C\">c</simpleChoice><simpleChoice identifier=\"D\">d</simpleChoice></choiceInteraction>"
        "</itemBody><responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>"
        "</assessmentItem>",
        id, correct);
}
