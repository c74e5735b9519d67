/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tests/golden/expressions/FAMILY.table: lines "EXPRESSION => VALUE". In an expression {integer 1} stands for a
 * baseValue, {} for null. VALUE: members joined by commas (records: field=value), NULL, or "! words of the refusal".
 * Lines with # are remarks. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "scoring/evaluate.h"

enum { MAX_FAMILIES = 50 };

/* {TYPE TEXT} as XML; behind a quotation mark it is part of an attribute. */
static void expand(struct bytes *out, const char *p, size_t n)
{
    for (const char *end = p + n, *start = p; p < end; p++) {
        bool stands_for = *p == '{' && (p == start || p[-1] != '"');
        const char *close = stands_for ? memchr(p, '}', (size_t)(end - p)) : NULL;
        if (!close) {
            bytes_add(out, p, 1);
            continue;
        }
        size_t type = strcspn(p + 1, " }");
        if (type == 0)
            bytes_str(out, "<null/>");
        else
            bytes_printf(out, "<baseValue baseType=\"%.*s\">%.*s</baseValue>", (int)type, p + 1,
                         (int)(close - p - 2 - (long)type), p + 2 + type);
        p = close;
    }
}

static struct item *item_of(const char *expression, size_t n)
{
    struct err e;
    struct item *item = NULL;
    struct bytes b = {0};
    bytes_str(&b,
              "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"x\" title=\"\">"
              "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"identifier\"><correctResponse><value>A"
              "</value></correctResponse><defaultValue><value>B</value></defaultValue><mapping defaultValue=\"-1\"><mapEntry "
              "mapKey=\"B\" mappedValue=\"2.5\"/></mapping></responseDeclaration>"
              "<outcomeDeclaration identifier=\"V\" cardinality=\"single\"/>"
              "<outcomeDeclaration identifier=\"THREE\" cardinality=\"single\" baseType=\"integer\"><defaultValue><value>3</value>"
              "</defaultValue></outcomeDeclaration><outcomeDeclaration identifier=\"EMPTY\" cardinality=\"single\" "
              "baseType=\"string\"/><outcomeDeclaration identifier=\"REC\" cardinality=\"record\"><defaultValue><value "
              "fieldIdentifier=\"a\" baseType=\"integer\">1</value><value fieldIdentifier=\"b\" baseType=\"float\">2.5</value>"
              "</defaultValue></outcomeDeclaration><responseProcessing><setOutcomeValue identifier=\"V\">");
    expand(&b, expression, n);
    bytes_str(&b, "</setOutcomeValue></responseProcessing></assessmentItem>");
    if (item_read_lenient(&item, "x", bytes_span(&b), &e) < 0)
        fail_msg("%.*s: %s", (int)n, expression, e.what);
    bytes_release(&b);
    return item;
}

static char *text_of(const struct value *v, struct arena *a)
{
    struct bytes text = {0};
    for (size_t i = 0; i < v->n; i++)
        bytes_printf(&text, "%s%s%s%s", i ? "," : "", v->at[i].field ? v->at[i].field : "", v->at[i].field ? "=" : "",
                     datum_text(a, &v->at[i]));
    char *copy = arena_strdup(a, text.n ? (const char *)text.p : "NULL");
    bytes_release(&text);
    return copy;
}

static void check_line(const char *line, size_t n)
{
    struct err e = {0};
    struct arena *a = arena_new();
    const char *arrow = memmem(line, n, " => ", 4);
    assert_non_null(arrow);
    const char *wanted = arena_strndup(a, arrow + 4, n - (size_t)(arrow + 4 - line));
    struct item *item = item_of(line, (size_t)(arrow - line));
    struct response_set none = {0};
    struct outcome_set set = {0};
    int r = evaluate_item(item, &none, 1, a, &set, &e);
    if (r < 0 && (wanted[0] != '!' || !strstr(e.what, wanted + 2)))
        fail_msg("%.*s: refused: %s", (int)n, line, e.what);
    if (r == 0 && strcmp(text_of(&outcome_find(&set, "V")->value, a), wanted) != 0)
        fail_msg("%.*s: is %s", (int)n, line, text_of(&outcome_find(&set, "V")->value, a));
    item_free(item);
    arena_free(a);
}

static void holds(void **state)
{
    struct bytes text = {0};
    struct err e;
    size_t checked = 0;
    assert_done(file_read(*state, 1 << 20, &text, &e), e);
    for (const char *line = (const char *)text.p; *line;) {
        size_t n = strcspn(line, "\n");
        if (n && *line != '#') {
            check_line(line, n);
            checked++;
        }
        line += n + (line[n] == '\n');
    }
    assert_true(checked > 5);
    bytes_release(&text);
}

int main(void)
{
    static const char *const families[] = {"logic",  "comparison", "arithmetic", "rounding",
                                           "math",   "containers", "texts",      "variables"};
    struct CMUnitTest tests[MAX_FAMILIES];
    char *paths[MAX_FAMILIES];
    size_t n = sizeof families / sizeof *families;
    for (size_t i = 0; i < n; i++) {
        paths[i] = mem_printf("%s/tests/golden/expressions/%s.table", getenv("SOURCE_ROOT"), families[i]);
        tests[i] = (struct CMUnitTest){.name = families[i], .test_func = holds, .initial_state = paths[i]};
    }
    int r = _cmocka_run_group_tests("expressions", tests, n, NULL, NULL);
    for (size_t i = 0; i < n; i++)
        free(paths[i]);
    return r;
}
