/* SPDX-License-Identifier: Apache-2.0 */
/* Every interaction of QTI 2.2: what is read of it, and which faults are refused. */
#include "tests/check.h"

#include "paperbank/item/item.h"

#define HEAD "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"t\">"
#define RESPONSE(cardinality, base, inner)                                                                             \
    "<responseDeclaration identifier=\"R\" cardinality=\"" cardinality "\" baseType=\"" base "\">" inner "</responseDeclaration>"
#define VALUE(v) "<value>" v "</value>"
#define CORRECT(v) "<correctResponse>" v "</correctResponse>"
#define BODY(x) "<itemBody>" x "</itemBody></assessmentItem>"
#define IN(name, attrs, inner) "<" name " responseIdentifier=\"R\" " attrs ">" inner "</" name ">"
#define SIMPLE(id) "<simpleChoice identifier=\"" id "\">" id "</simpleChoice>"
#define ABC SIMPLE("A") SIMPLE("B") SIMPLE("C")
#define PAIRED(id) "<simpleAssociableChoice identifier=\"" id "\" matchMax=\"1\">" id "</simpleAssociableChoice>"
#define SETS "<simpleMatchSet>" PAIRED("A") PAIRED("B") "</simpleMatchSet><simpleMatchSet>" PAIRED("x") PAIRED("y") "</simpleMatchSet>"
#define GAPS                                                                                                           \
    "<gapText identifier=\"A\" matchMax=\"1\">a</gapText><gapText identifier=\"B\" matchMax=\"2\">b</gapText>"          \
    "<p>one <gap identifier=\"x\" required=\"true\"/> two <gap identifier=\"y\"/></p>"
#define PICTURE "<object type=\"image/png\" data=\"m.png\" width=\"20\" height=\"10\">a map</object>"
#define SPOT(id) "<hotspotChoice identifier=\"" id "\" shape=\"circle\" coords=\"1,2,3\"/>"
#define NODE(id) "<associableHotspot identifier=\"" id "\" shape=\"rect\" coords=\"1,2,3,4\" matchMax=\"1\"/>"

static struct item *read_good(const char *xml)
{
    struct err e;
    struct item *item = NULL;
    assert_done(item_read(&item, "k1.xml", span_str(xml), &e), e);
    return item;
}

static void check_words(const struct item_node *n, struct item *item, const char *words)
{
    assert_string_equal(item_node_text(n, item->arena), words);
}

static void an_order_asks_for_all_unless_it_says_how_many(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("ordered", "identifier", CORRECT(VALUE("B") VALUE("A") VALUE("C")))
                                      BODY(IN("orderInteraction", "shuffle=\"true\" maxChoices=\"2\" orientation=\"vertical\"", ABC)));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_ORDER);
    assert_int_equal(i->kind, INTERACTION_ORDER);
    assert_true(i->shuffle && i->vertical);
    assert_int_equal(i->min_choices, 0);
    assert_int_equal(i->max_choices, 0);
    assert_int_equal(i->n_choices, 3);
    item_free(item);
    item = read_good(HEAD RESPONSE("ordered", "identifier", "")
                         BODY(IN("orderInteraction", "minChoices=\"1\" maxChoices=\"2\"", ABC)));
    assert_int_equal(item->interaction->min_choices, 1);
    assert_int_equal(item->interaction->max_choices, 2);
    item_free(item);
}

static void pairs_have_their_limits_and_groups(void **state)
{
    (void)state;
    struct item *item = read_good(
        HEAD RESPONSE("single", "pair", CORRECT(VALUE("A B"))) BODY(IN("associateInteraction", "",
            "<prompt>Which?</prompt><simpleAssociableChoice identifier=\"A\" matchMax=\"0\" matchMin=\"1\" matchGroup=\"B  C\">a"
            "</simpleAssociableChoice>" PAIRED("B") PAIRED("C"))));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_ASSOCIATE);
    assert_int_equal(i->max_choices, 1);
    assert_int_equal(i->choice[0].match_max, 0);
    assert_int_equal(i->choice[0].match_min, 1);
    assert_int_equal(i->choice[0].n_groups, 2);
    assert_string_equal(i->choice[0].group[1], "C");
    check_words(i->prompt, item, "Which?");
    item_free(item);
}

static void a_match_has_two_sets(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("A x") VALUE("B y")))
                                      BODY(IN("matchInteraction", "maxAssociations=\"0\" minAssociations=\"2\"", SETS)));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_MATCH);
    assert_int_equal(i->n_choices, 2);
    assert_int_equal(i->n_targets, 2);
    assert_int_equal(i->min_choices, 2);
    assert_string_equal(i->target[1].identifier, "y");
    check_words(i->target[1].content, item, "y");
    item_free(item);
}

static void a_gap_match_has_its_text_with_gaps_in_it(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("A x") VALUE("B y")))
                                      BODY(IN("gapMatchInteraction", "", "<prompt>p</prompt>" GAPS)));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_GAP_MATCH);
    assert_int_equal(i->max_choices, 0);
    assert_int_equal(i->n_choices, 2);
    assert_int_equal(i->choice[1].match_max, 2);
    assert_int_equal(i->n_targets, 2);
    assert_int_equal(i->target[0].match_min, 1);
    assert_int_equal(i->target[1].match_min, 0);
    const struct item_node *p = i->content->child;
    assert_int_equal(p->kind, NODE_PARAGRAPH);
    assert_int_equal(p->child->next->kind, NODE_GAP);
    assert_int_equal(p->child->next->next->next->number, 1);
    check_words(i->content, item, "one ____ two ____");
    item_free(item);
}

static void an_inline_choice_stands_in_the_line(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "identifier", CORRECT(VALUE("A"))) BODY("<p>x " IN(
        "inlineChoiceInteraction", "shuffle=\"true\" required=\"true\"",
        "<inlineChoice identifier=\"A\" fixed=\"true\">a</inlineChoice><inlineChoice identifier=\"B\">b</inlineChoice>") " y</p>"));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_INLINE);
    assert_int_equal(i->max_choices, 1);
    assert_int_equal(i->min_choices, 1);
    assert_true(i->choice[0].fixed);
    check_words(item->body, item, "x ____ y");
    item_free(item);
}

static void texts_know_their_size_and_form(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("multiple", "string", "") BODY(
        IN("extendedTextInteraction", "expectedLength=\"200\" expectedLines=\"5\" maxStrings=\"3\" minStrings=\"1\""
           " format=\"preFormatted\" placeholderText=\"write\" patternMask=\"[a-z]*\"", "<prompt>p</prompt>")));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_ESSAY);
    assert_int_equal(i->expected_length, 200);
    assert_int_equal(i->expected_lines, 5);
    assert_int_equal(i->max_choices, 3);
    assert_int_equal(i->min_choices, 1);
    assert_int_equal(i->format, FORMAT_PREFORMATTED);
    assert_string_equal(i->placeholder, "write");
    assert_string_equal(i->pattern, "[a-z]*");
    item_free(item);
}

static void numbers_are_told_from_other_texts(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "float", CORRECT(VALUE("2.5"))) BODY("<p>" IN("textEntryInteraction", "", "") "</p>"));
    assert_int_equal(item->kind, ITEM_NUMBER);
    item_free(item);
    item = read_good(HEAD RESPONSE("single", "float", "") "<responseDeclaration identifier=\"S\" cardinality=\"single\" baseType=\"string\"/>"
                     BODY("<p>" IN("textEntryInteraction", "", "") "<textEntryInteraction responseIdentifier=\"S\"/></p>"));
    assert_int_equal(item->kind, ITEM_FILL);
    item_free(item);
}

static void hot_words_are_choices_and_words(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("multiple", "identifier", CORRECT(VALUE("B"))) BODY(
        IN("hottextInteraction", "maxChoices=\"2\"",
           "<p>The <hottext identifier=\"A\">quick</hottext> <em><hottext identifier=\"B\">brwn</hottext></em> fox.</p>")));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_HOTTEXT);
    assert_int_equal(i->max_choices, 2);
    assert_int_equal(i->n_choices, 2);
    check_words(i->choice[1].content, item, "brwn");
    assert_int_equal(i->content->child->child->next->kind, NODE_HOTTEXT);
    check_words(i->content, item, "The quick brwn fox.");
    item_free(item);
}

static void a_slider_has_bounds(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "integer", CORRECT(VALUE("5"))) BODY(
        IN("sliderInteraction", "lowerBound=\"-10\" upperBound=\"1e1\" step=\"5\" stepLabel=\"true\" reverse=\"true\" orientation=\"vertical\"", "")));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(item->kind, ITEM_SLIDER);
    assert_string_equal(i->lower, "-10");
    assert_string_equal(i->upper, "1e1");
    assert_string_equal(i->step, "5");
    assert_true(i->step_labels && i->reverse && i->vertical);
    item_free(item);
}

static void an_upload_names_media_types(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "file", "") BODY(IN("uploadInteraction", "type=\"text/csv\"", "")));
    assert_int_equal(item->kind, ITEM_UPLOAD);
    assert_string_equal(item->interaction->types, "text/csv");
    item_free(item);
}

static void graphic_interactions_have_a_picture_and_areas(void **state)
{
    (void)state;
    static const char *const items[] = {
        HEAD RESPONSE("single", "identifier", CORRECT(VALUE("A"))) BODY(IN("hotspotInteraction", "", PICTURE SPOT("A") SPOT("B"))),
        HEAD RESPONSE("ordered", "identifier", CORRECT(VALUE("B") VALUE("A")))
            BODY(IN("graphicOrderInteraction", "", PICTURE SPOT("A") SPOT("B"))),
        HEAD RESPONSE("multiple", "pair", CORRECT(VALUE("A B"))) BODY(IN("graphicAssociateInteraction", "maxAssociations=\"0\"",
                                                                       PICTURE NODE("A") NODE("B"))),
        HEAD RESPONSE("multiple", "point", "") BODY(IN("selectPointInteraction", "maxChoices=\"0\"", PICTURE)),
        HEAD RESPONSE("single", "identifier", "") BODY(IN("hotspotInteraction", "", "<img src=\"m.png\" alt=\"a map\" width=\"20\" height=\"10\"/>"
                                                           SPOT("A"))),
    };
    for (size_t k = 0; k < sizeof items / sizeof *items; k++) {
        struct err e;
        struct item *item = read_good(items[k]);
        const struct item_interaction *i = item->interaction;
        assert_int_equal(item->kind, ITEM_GRAPHIC);
        assert_int_equal(item_delivery(item, &e), DELIVERY_GRAPHIC);
        assert_string_equal(i->picture->source, "m.png");
        assert_string_equal(i->picture->text, "a map");
        assert_int_equal(i->picture->width, 20);
        assert_int_equal(i->picture->height, 10);
        item_free(item);
    }
}

static void pictures_fill_the_gaps_of_a_picture(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("g x"))) BODY(
        IN("graphicGapMatchInteraction", "", PICTURE "<gapImg identifier=\"g\" matchMax=\"1\" objectLabel=\"L\"><object type=\"image/png\""
           " data=\"g.png\">a stone</object></gapImg>" NODE("x"))));
    const struct item_interaction *i = item->interaction;
    assert_string_equal(i->choice[0].label, "L");
    check_words(i->choice[0].content, item, "a stone");
    assert_string_equal(i->target[0].shape, "rect");
    item_free(item);
}

static void what_is_placed_on_a_stage_is_told_from_the_stage(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("multiple", "point", "") BODY(
        "<positionObjectStage>" PICTURE "<positionObjectInteraction responseIdentifier=\"R\" maxChoices=\"3\"><object type=\"image/png\""
        " data=\"pin.png\">a pin</object></positionObjectInteraction></positionObjectStage>"));
    const struct item_interaction *i = item->interaction;
    assert_int_equal(i->kind, INTERACTION_POSITION_OBJECT);
    assert_int_equal(i->max_choices, 3);
    assert_string_equal(i->picture->source, "m.png");
    check_words(i->content, item, "a pin");
    item_free(item);
}

static void conditions_of_choices_and_parts_are_read(void **state)
{
    (void)state;
    struct item *item = read_good(
        HEAD RESPONSE("single", "identifier", "")
        "<outcomeDeclaration identifier=\"F\" cardinality=\"single\" baseType=\"identifier\"/>"
        "<templateDeclaration identifier=\"T\" cardinality=\"multiple\" baseType=\"identifier\"/>" BODY(
            "<p>n = <printedVariable identifier=\"T\" format=\"%d\"/></p><templateBlock templateIdentifier=\"T\" identifier=\"t\" showHide=\"hide\">"
            "x</templateBlock><feedbackBlock outcomeIdentifier=\"F\" identifier=\"f\" showHide=\"show\">the key is A</feedbackBlock>"
            IN("choiceInteraction", "", SIMPLE("A") "<simpleChoice identifier=\"B\" templateIdentifier=\"T\" showHide=\"show\">b</simpleChoice>")));
    const struct item_node *n = item->body->child;
    assert_int_equal(n->child->next->kind, NODE_PRINTED);
    assert_string_equal(n->child->next->format, "%d");
    assert_int_equal((n = n->next)->kind, NODE_TEMPLATE);
    assert_string_equal(n->condition->identifier, "t");
    assert_false(n->condition->show);
    assert_int_equal((n = n->next)->kind, NODE_FEEDBACK);
    assert_string_equal(n->condition->variable, "F");
    assert_null(item->interaction->choice[0].condition);
    assert_string_equal(item->interaction->choice[1].condition->identifier, "B");
    assert_null(strstr(item_node_text(item->body, item->arena), "key"));
    item_free(item);
}

static void several_kinds_are_mixed(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "identifier", "") "<responseDeclaration identifier=\"S\" cardinality=\"single\""
                                  " baseType=\"string\"/>" BODY(IN("choiceInteraction", "", ABC) "<extendedTextInteraction responseIdentifier=\"S\"/>"));
    assert_int_equal(item->kind, ITEM_MIXED);
    item_free(item);
}

static void a_person_marks_what_no_rule_scores(void **state)
{
    (void)state;
#define SCORE(attrs) "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" " attrs "/>"
    static const struct {
        const char *xml;
        bool person;
    } items[] = {
        {HEAD RESPONSE("single", "string", "") BODY(IN("extendedTextInteraction", "", "")), true},
        {HEAD RESPONSE("single", "identifier", "") SCORE("externalScored=\"human\"") BODY(IN("choiceInteraction", "", ABC)), true},
        {HEAD RESPONSE("single", "identifier", "") SCORE("") BODY(IN("choiceInteraction", "", ABC)), false},
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct err e;
        struct item *item = read_good(items[i].xml);
        assert_int_equal(item_needs_marker(item), items[i].person);
        assert_int_equal(item_sealed(item, &e) == 0, items[i].person);
        item_free(item);
    }
}

struct bad {
    const char *xml, *words;
};

static void check_refused(const struct bad *bad, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct err e = {0};
        struct item *item = NULL;
        int r = item_read(&item, "k1.xml", span_str(bad[i].xml), &e);
        if (r != -ERR_DATA || !strstr(e.what, bad[i].words) || strncmp(e.where, "k1.xml:1", 8) != 0)
            fail_msg("%zu: not refused about \"%s\": %d, %s: %s", i, bad[i].words, r, e.where, e.what);
        assert_null(item);
    }
}

#define MAPPING(key) "<mapping><mapEntry mapKey=\"" key "\" mappedValue=\"1\"/></mapping>"

static void what_an_interaction_cannot_be_bound_to_is_refused(void **state)
{
    (void)state;
    static const struct bad bad[] = {
        {HEAD RESPONSE("multiple", "identifier", "") BODY(IN("orderInteraction", "", ABC)), "cardinality ordered"},
        {HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("associateInteraction", "", PAIRED("A"))), "baseType pair"},
        {HEAD RESPONSE("single", "pair", "") BODY(IN("associateInteraction", "maxAssociations=\"2\"", PAIRED("A"))), "cardinality multiple"},
        {HEAD RESPONSE("multiple", "pair", "") BODY(IN("matchInteraction", "", SETS)), "baseType directedPair"},
        {HEAD RESPONSE("single", "directedPair", "") BODY(IN("gapMatchInteraction", "", GAPS)), "cardinality multiple"},
        {HEAD RESPONSE("multiple", "identifier", "")
             BODY(IN("inlineChoiceInteraction", "", "<inlineChoice identifier=\"A\">a</inlineChoice>")), "cardinality single"},
        {HEAD RESPONSE("single", "identifier", "") BODY("<p>" IN("textEntryInteraction", "", "") "</p>"), "integer, float, string"},
        {HEAD RESPONSE("single", "boolean", "") BODY(IN("extendedTextInteraction", "", "")), "integer, float, string"},
        {HEAD RESPONSE("single", "string", "") BODY(IN("sliderInteraction", "lowerBound=\"0\" upperBound=\"1\"", "")), "integer, float"},
        {HEAD RESPONSE("single", "string", "") BODY(IN("uploadInteraction", "", "")), "baseType file"},
        {HEAD RESPONSE("single", "identifier", "") BODY(IN("selectPointInteraction", "", PICTURE)), "baseType point"},
        {HEAD RESPONSE("ordered", "point", "") BODY(IN("selectPointInteraction", "", PICTURE)), "single, multiple"},
        {HEAD BODY("<orderInteraction responseIdentifier=\"X\">" ABC "</orderInteraction>"), "\"X\", which is not declared"},
        {HEAD BODY("<drawingInteraction responseIdentifier=\"X\"/>"), "\"X\", which is not declared"},
    };
    check_refused(bad, sizeof bad / sizeof *bad);
}

static void choices_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct bad bad[] = {
        {HEAD RESPONSE("ordered", "identifier", "") BODY(IN("orderInteraction", "", "")), "no simpleChoice"},
        {HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("matchInteraction", "", "<simpleMatchSet/>")), "two simpleMatchSet"},
        {HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("matchInteraction", "", "<simpleMatchSet/><simpleMatchSet/>")),
         "no simpleAssociableChoice"},
        {HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("gapMatchInteraction", "", "<p/>")), "no gapText"},
        {HEAD RESPONSE("multiple", "directedPair", "")
             BODY(IN("gapMatchInteraction", "", "<gapText identifier=\"A\" matchMax=\"1\">a</gapText><p/>")), "no gap"},
        {HEAD RESPONSE("single", "identifier", "") BODY(IN("hottextInteraction", "", "<p>x</p>")), "no hottext"},
        {HEAD RESPONSE("ordered", "identifier", "") BODY(IN("orderInteraction", "", "<simpleChoice>a</simpleChoice>")), "identifier"},
        {HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("matchInteraction", "", "<simpleMatchSet>" PAIRED("A")
                                                              "</simpleMatchSet><simpleMatchSet>" PAIRED("A") "</simpleMatchSet>")), "two choices"},
        {HEAD RESPONSE("single", "pair", "") BODY(IN("associateInteraction", "",
             "<simpleAssociableChoice identifier=\"A\" matchMax=\"1\" matchMin=\"2\"/>")), "matchMin"},
        {HEAD RESPONSE("ordered", "identifier", "") BODY(IN("orderInteraction", "", "<gap identifier=\"A\"/>")), "<gap>"},
        {HEAD RESPONSE("ordered", "identifier", "") BODY(IN("orderInteraction", "minChoices=\"4\"", ABC)), "of 3"},
        {HEAD RESPONSE("multiple", "identifier", "") BODY(IN("hottextInteraction", "maxChoices=\"1\" minChoices=\"2\"",
             "<p><hottext identifier=\"A\"/></p>")), "at least"},
        {HEAD RESPONSE("single", "identifier", "") BODY(IN("hotspotInteraction", "", SPOT("A"))), "no picture"},
        {HEAD RESPONSE("single", "identifier", "")
             BODY(IN("hotspotInteraction", "", PICTURE "<hotspotChoice identifier=\"A\" shape=\"circle\" coords=\"1,2\"/>")), "coordinates"},
        {HEAD RESPONSE("single", "identifier", "")
             BODY(IN("hotspotInteraction", "", PICTURE "<hotspotChoice identifier=\"A\" shape=\"star\" coords=\"1,2\"/>")), "coordinates"},
        {HEAD RESPONSE("single", "point", "<areaMapping><areaMapEntry shape=\"rect\" coords=\"1,2,x,4\" mappedValue=\"1\"/></areaMapping>")
             BODY(IN("selectPointInteraction", "", PICTURE)), "coordinates"},
    };
    check_refused(bad, sizeof bad / sizeof *bad);
}

static void correct_values_that_nobody_can_give_are_refused(void **state)
{
    (void)state;
    static const struct bad bad[] = {
        {HEAD RESPONSE("ordered", "identifier", CORRECT(VALUE("A") VALUE("D"))) BODY(IN("orderInteraction", "", ABC)), "no choice"},
        {HEAD RESPONSE("ordered", "identifier", CORRECT(VALUE("A") VALUE("A"))) BODY(IN("orderInteraction", "", ABC)), "twice"},
        {HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("x A"))) BODY(IN("matchInteraction", "", SETS)), "no pair of choices"},
        {HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("A x") VALUE("A y")))
             BODY(IN("matchInteraction", "maxAssociations=\"0\"", SETS)), "may be used 1 times"},
        {HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("A x") VALUE("B y"))) BODY(IN("matchInteraction", "", SETS)), "at most 1"},
        {HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("B x") VALUE("A x"))) BODY(IN("gapMatchInteraction", "", GAPS)), "x is in 2"},
        {HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("A z"))) BODY(IN("gapMatchInteraction", "", GAPS)), "no pair"},
        {HEAD RESPONSE("multiple", "directedPair", CORRECT(VALUE("A"))) BODY(IN("gapMatchInteraction", "", GAPS)), "does not fit"},
        {HEAD RESPONSE("single", "identifier", MAPPING("D")) BODY(IN("choiceInteraction", "", ABC)), "mapKey \"D\""},
        {HEAD RESPONSE("single", "integer", CORRECT(VALUE("11"))) BODY(IN("sliderInteraction", "lowerBound=\"0\" upperBound=\"10\"", "")), "bounds"},
        {HEAD RESPONSE("single", "integer", "") BODY(IN("sliderInteraction", "lowerBound=\"5\" upperBound=\"5\"", "")), "not below"},
        {HEAD RESPONSE("single", "integer", "") BODY(IN("sliderInteraction", "lowerBound=\"a\" upperBound=\"5\"", "")), "not a number"},
        {HEAD RESPONSE("single", "integer", "") BODY(IN("sliderInteraction", "lowerBound=\"0\" upperBound=\"5\" step=\"0\"", "")), "step"},
        {HEAD RESPONSE("single", "integer", "") BODY(IN("sliderInteraction", "lowerBound=\"0\"", "")), "upperBound"},
    };
    check_refused(bad, sizeof bad / sizeof *bad);
}

static void what_is_shown_depends_on_declared_variables_only(void **state)
{
    (void)state;
    static const struct bad bad[] = {
        {HEAD BODY("<p><printedVariable identifier=\"N\"/></p>"), "\"N\""},
        {HEAD BODY("<templateBlock templateIdentifier=\"N\" identifier=\"x\"/>"), "\"N\""},
        {HEAD BODY("<feedbackBlock outcomeIdentifier=\"N\" identifier=\"x\"/>"), "\"N\""},
        {HEAD BODY("<templateBlock identifier=\"x\"/>"), "templateIdentifier"},
        {HEAD RESPONSE("single", "identifier", "")
             BODY(IN("choiceInteraction", "", "<simpleChoice identifier=\"A\" templateIdentifier=\"N\"/>")), "\"N\""},
    };
    check_refused(bad, sizeof bad / sizeof *bad);
}

#define OUTCOME "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
#define ENTRY(key, value) "<mapEntry mapKey=\"" key "\" mappedValue=\"" value "\"/>"
#define MAPPED(attrs, x) "<mapping " attrs ">" x "</mapping>"
#define AREA(value) "<areaMapEntry shape=\"default\" mappedValue=\"" value "\"/>"
#define BODY_AND(rule, id, x)                                                                                              \
    OUTCOME "<itemBody>" x "</itemBody><responseProcessing><setOutcomeValue identifier=\"SCORE\"><" rule " identifier=\"" id \
            "\"/></setOutcomeValue></responseProcessing></assessmentItem>"

static void the_maximum_is_the_best_that_can_be_answered(void **state)
{
    (void)state;
    static const struct {
        const char *xml;
        int64_t milli;
    } items[] = {
        /* of three that give points two can be chosen */
        {HEAD RESPONSE("multiple", "identifier", MAPPED("", ENTRY("A", "1") ENTRY("B", "2") ENTRY("C", "0.5")))
             BODY_AND("mapResponse", "R", IN("choiceInteraction", "maxChoices=\"2\"", ABC)), 3000},
        /* what has no entry gives the default */
        {HEAD RESPONSE("multiple", "identifier", MAPPED("defaultValue=\"1\"", ENTRY("A", "-1")))
             BODY_AND("mapResponse", "R", IN("choiceInteraction", "maxChoices=\"0\"", ABC)), 2000},
        {HEAD RESPONSE("single", "string", MAPPED("defaultValue=\"0.25\"", ENTRY("x", "0.1")))
             BODY_AND("mapResponse", "R", "<p>" IN("textEntryInteraction", "", "") "</p>"), 250},
        {HEAD RESPONSE("ordered", "identifier", MAPPED("", ENTRY("A", "1") ENTRY("B", "2")))
             BODY_AND("mapResponse", "R", IN("orderInteraction", "", ABC)), 3000},
        /* each may be used once: 2 + 1, not 2 + 1.5 + 1 */
        {HEAD RESPONSE("multiple", "directedPair", MAPPED("", ENTRY("A x", "2") ENTRY("A y", "1.5") ENTRY("B y", "1")))
             BODY_AND("mapResponse", "R", IN("matchInteraction", "maxAssociations=\"0\"", SETS)), 3000},
        /* and the best are not always the largest: 3 + 3, not 4 + 1 */
        {HEAD RESPONSE("multiple", "directedPair",
                       MAPPED("", ENTRY("A x", "4") ENTRY("A y", "3") ENTRY("B x", "3") ENTRY("B y", "1")))
             BODY_AND("mapResponse", "R", IN("matchInteraction", "maxAssociations=\"0\"", SETS)), 6000},
        {HEAD RESPONSE("multiple", "directedPair", MAPPED("", ENTRY("A x", "2") ENTRY("B y", "1")))
             BODY_AND("mapResponse", "R", IN("matchInteraction", "", SETS)), 2000},
        {HEAD RESPONSE("multiple", "pair", MAPPED("", ENTRY("A B", "1") ENTRY("B C", "1")))
             BODY_AND("mapResponse", "R", IN("associateInteraction", "maxAssociations=\"0\"", PAIRED("A") PAIRED("B") PAIRED("C"))), 1000},
        {HEAD RESPONSE("multiple", "directedPair", MAPPED("upperBound=\"1.5\"", ENTRY("A x", "1") ENTRY("B y", "1")))
             BODY_AND("mapResponse", "R", IN("gapMatchInteraction", "", GAPS)), 1500},
        {HEAD RESPONSE("multiple", "point", "<areaMapping>" AREA("1") AREA("2") AREA("-1") "</areaMapping>")
             BODY_AND("mapResponsePoint", "R", IN("selectPointInteraction", "maxChoices=\"0\"", PICTURE)), 3000},
        {HEAD RESPONSE("single", "point", "<areaMapping>" AREA("1") AREA("2") "</areaMapping>")
             BODY_AND("mapResponsePoint", "R", IN("selectPointInteraction", "", PICTURE)), 2000},
        /* a mapping that no rule uses counts for nothing */
        {HEAD RESPONSE("single", "identifier", MAPPED("", ENTRY("A", "5")))
             BODY_AND("variable", "R", IN("choiceInteraction", "", ABC)), 1000},
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct err e;
        points_t p;
        struct item *item = read_good(items[i].xml);
        assert_done(item_max_score(item, &p, &e), e);
        if (p.milli != items[i].milli)
            fail_msg("%zu: %lld, not %lld", i, (long long)p.milli, (long long)items[i].milli);
        item_free(item);
    }
}

static void both_sets_of_a_match_are_shuffled_and_gaps_are_not(void **state)
{
    (void)state;
    struct item *match = read_good(HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("matchInteraction", "shuffle=\"true\"",
        "<simpleMatchSet>" PAIRED("A") PAIRED("B") PAIRED("C") PAIRED("D") "</simpleMatchSet><simpleMatchSet>" PAIRED("w") PAIRED("x") PAIRED("y")
        PAIRED("z") "</simpleMatchSet>")));
    struct item *gaps = read_good(HEAD RESPONSE("multiple", "directedPair", "") BODY(IN("gapMatchInteraction", "shuffle=\"true\"", GAPS)));
    unsigned moved = 0, alike = 0, turned = 0;
    for (uint32_t s = 0; s < 100; s++) {
        uint32_t a[4], b[4], c[2], d[2];
        item_choice_order(match->interaction, span_of(&s, sizeof s), a);
        item_target_order(match->interaction, span_of(&s, sizeof s), b);
        moved += b[0] != 0 || b[1] != 1;
        alike += memcmp(a, b, sizeof a) == 0;
        item_choice_order(gaps->interaction, span_of(&s, sizeof s), c);
        item_target_order(gaps->interaction, span_of(&s, sizeof s), d);
        turned += c[0] == 1;
        assert_int_equal(d[0], 0);
        assert_int_equal(d[1], 1);
    }
    assert_in_range(moved, 50, 100);
    assert_in_range(alike, 0, 20);
    assert_in_range(turned, 20, 80);
    item_free(match);
    item_free(gaps);
}

#define ORDER_OF(shuffle)                                                                                                \
    HEAD RESPONSE("ordered", "identifier", CORRECT(VALUE("A") VALUE("B") VALUE("C")))                                    \
        BODY_AND("variable", "R", IN("orderInteraction", shuffle, ABC))

static void an_order_that_stands_correct_already_is_no_question(void **state)
{
    (void)state;
    struct err e;
    struct item *item = read_good(ORDER_OF(""));
    assert_refused(item_sealed(item, &e), ERR_DATA, "correct order", e);
    item_free(item);
    item = read_good(ORDER_OF("shuffle=\"true\""));
    assert_done(item_sealed(item, &e), e);
    item_free(item);
}

#define MATH(x) "<p><math xmlns=\"http://www.w3.org/1998/Math/MathML\">" x "</math></p>"

static void formulas_become_a_line_of_text(void **state)
{
    (void)state;
    static const struct {
        const char *math, *text;
    } formulas[] = {
        {"<msup><mi>x</mi><mn>2</mn></msup>", "x^2"},
        {"<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"},
        {"<mn>2</mn><mfrac><mn>1</mn><mn>3</mn></mfrac>", "2(1/3)"},
        {"<msqrt><mi>x</mi><mo>−</mo><mn>1</mn></msqrt>", "sqrt(x - 1)"},
        {"<mroot><mi>x</mi><mn>3</mn></mroot>", "root(3; x)"},
        {"<msub><mi>a</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>", "a_(i + 1)"},
        {"<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>", "∑_(i = 1)^n i"},
        {"<mfenced open=\"[\" close=\"]\"><mi>x</mi><mi>y</mi></mfenced>", "[x, y]"},
        {"<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>",
         "[1, 0; 0, 1]"},
        {"<semantics><mrow><mn>2</mn><mo>\u2062</mo><mi>x</mi></mrow><annotation>2x</annotation></semantics>", "2x"},
        {"<mo>-</mo><mn>2</mn>", "-2"},
        {"<mmultiscripts><mi>C</mi><mn>6</mn><none/><mprescripts/><mn>1</mn><mn>2</mn></mmultiscripts>", "_1^2C_6"},
    };
    char xml[2000];
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        snprintf(xml, sizeof xml, HEAD "<itemBody>" MATH("%s") "</itemBody></assessmentItem>", formulas[i].math);
        struct item *item = read_good(xml);
        check_words(item->body, item, formulas[i].text);
        item_free(item);
    }
}

static void other_parts_of_html_5_are_read(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD "<itemBody xmlns:h=\"http://www.imsglobal.org/xsd/imsqtiv2p2_html5_v1p0\" xmlns:s=\"http://www.w3.org/"
                                       "2001/10/synthesis\"><h:article><p><h:ruby>漢<h:rp>(</h:rp><h:rt>hàn</h:rt><h:rp>)</h:rp></h:ruby> "
                                       "<s:sub alias=\"x\">词</s:sub></p></h:article></itemBody></assessmentItem>");
    check_words(item->body, item, "漢(hàn) 词");
    item_free(item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_asks_for_all_unless_it_says_how_many),
        cmocka_unit_test(pairs_have_their_limits_and_groups),
        cmocka_unit_test(a_match_has_two_sets),
        cmocka_unit_test(a_gap_match_has_its_text_with_gaps_in_it),
        cmocka_unit_test(an_inline_choice_stands_in_the_line),
        cmocka_unit_test(texts_know_their_size_and_form),
        cmocka_unit_test(numbers_are_told_from_other_texts),
        cmocka_unit_test(hot_words_are_choices_and_words),
        cmocka_unit_test(a_slider_has_bounds),
        cmocka_unit_test(an_upload_names_media_types),
        cmocka_unit_test(graphic_interactions_have_a_picture_and_areas),
        cmocka_unit_test(pictures_fill_the_gaps_of_a_picture),
        cmocka_unit_test(what_is_placed_on_a_stage_is_told_from_the_stage),
        cmocka_unit_test(conditions_of_choices_and_parts_are_read),
        cmocka_unit_test(several_kinds_are_mixed),
        cmocka_unit_test(a_person_marks_what_no_rule_scores),
        cmocka_unit_test(what_an_interaction_cannot_be_bound_to_is_refused),
        cmocka_unit_test(choices_that_cannot_be_are_refused),
        cmocka_unit_test(correct_values_that_nobody_can_give_are_refused),
        cmocka_unit_test(what_is_shown_depends_on_declared_variables_only),
        cmocka_unit_test(the_maximum_is_the_best_that_can_be_answered),
        cmocka_unit_test(both_sets_of_a_match_are_shuffled_and_gaps_are_not),
        cmocka_unit_test(an_order_that_stands_correct_already_is_no_question),
        cmocka_unit_test(formulas_become_a_line_of_text),
        cmocka_unit_test(other_parts_of_html_5_are_read),
    };
    return cmocka_run_group_tests_name("item-interactions", tests, NULL, NULL);
}
