/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paperbank/convert-kit.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "paperbank/item/qti.h"
#include "scoring/evaluate.h"
#include "tests/check.h"

static int keep_item(void *context, const struct foreign_item *i, struct err *e)
{
    struct conversion *c = context;
    (void)e;
    assert_true(c->n < sizeof c->item / sizeof *c->item);
    assert_true(i->refusal || i->qti.n > 0);
    c->item[c->n++] = (struct converted){
        .name = arena_strdup(c->arena, i->name),
        .refusal = i->refusal ? arena_strdup(c->arena, i->refusal) : NULL,
        .note = arena_strdup(c->arena, i->note ? i->note : ""),
        .line = i->line,
        .qti = arena_strndup(c->arena, i->qti.p ? (const char *)i->qti.p : "", i->qti.n),
        .knowledge_point = arena_strdup(c->arena, i->has_metadata ? i->metadata.knowledge_point : ""),
        .level = arena_strdup(c->arena, i->has_metadata ? i->metadata.level : ""),
        .points = i->has_metadata && i->metadata.has_points ? i->metadata.points.milli : -1,
        .facility = i->metadata.facility,
        .expected_s = i->metadata.expected_s,
        .n_enemies = i->metadata.n_enemies,
        .n_pictures = i->n_pictures,
        .picture = i->n_pictures
                       ? arena_printf(c->arena, "%s %.*s", i->picture[0].name, (int)i->picture[0].bytes.n,
                                      (const char *)i->picture[0].bytes.p)
                       : "",
    };
    return 0;
}

static int keep_point(void *context, const char *code, const char *title, struct err *e)
{
    struct conversion *c = context;
    (void)e;
    assert_true(c->n_points < sizeof c->point / sizeof *c->point);
    c->point[c->n_points++] = arena_printf(c->arena, "%s %s", code, title);
    return 0;
}

void convert_bytes(struct conversion *c, enum foreign_format format, struct span bytes, enum encoding wanted)
{
    const struct foreign_sink sink = {keep_item, keep_point, c};
    char name[] = "/tmp/convert-XXXXXX";
    int fd = mkstemp(name);
    *c = (struct conversion){.arena = arena_new()};
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(file_put(name, 0600, bytes, &c->e), 0);
    c->result = foreign_read(format, name, wanted, &sink, &c->encoding, &c->e);
    unlink(name);
}

void convert(struct conversion *c, enum foreign_format format, const char *text)
{
    convert_bytes(c, format, span_str(text), ENCODING_UNKNOWN);
    if (c->result < 0)
        fail_msg("%s: %s", c->e.where, c->e.what);
}

void conversion_free(struct conversion *c)
{
    arena_free(c->arena);
}

static void complain(void *context, unsigned line, const char *message)
{
    (void)context;
    print_message("line %u: %s\n", line, message);
}

/* What we write follows the schema of what we support. */
static void check_schema(const char *qti)
{
    struct xml_schema *schema = NULL;
    struct err e = {0};
    assert_done(qti_schema(&schema, &e), e);
    if (qti_valid(schema, "converted", span_str(qti), complain, NULL, &e) < 0)
        fail_msg("%s: %s in\n%s", e.where, e.what, qti);
    xml_schema_free(schema);
}

struct item *converted_item(const struct conversion *c, size_t i)
{
    struct item *item = NULL;
    struct err e = {0};
    if (i >= c->n)
        fail_msg("only %zu questions", c->n);
    if (c->item[i].refusal)
        fail_msg("refused: %s", c->item[i].refusal);
    if (item_read(&item, "converted", span_str(c->item[i].qti), &e) < 0)
        fail_msg("%s: %s in\n%s", e.where, e.what, c->item[i].qti);
    check_schema(c->item[i].qti);
    return item;
}

static const char *score(struct conversion *c, struct item *item, const struct response_set *set)
{
    struct outcome_set outcomes = {0};
    struct err e = {0};
    if (evaluate_item(item, set, 1, c->arena, &outcomes, &e) < 0)
        fail_msg("%s: %s", e.where, e.what);
    const struct outcome *got = outcome_find(&outcomes, "SCORE"), *most = outcome_find(&outcomes, "MAXSCORE");
    return arena_printf(c->arena, "%s/%s", got->value.n ? datum_text(c->arena, &got->value.at[0]) : "NULL",
                        datum_text(c->arena, &most->value.at[0]));
}

const char *earned(struct conversion *c, size_t i, ...)
{
    struct response response[16];
    const char *value[64], *word;
    size_t n = 0, used = 0;
    va_list ap;
    va_start(ap, i);
    while ((word = va_arg(ap, const char *))) {
        response[n] = (struct response){.identifier = word, .value = value + used};
        while ((word = va_arg(ap, const char *))) {
            value[used++] = word;
            response[n].n++;
        }
        n++;
    }
    va_end(ap);
    struct item *item = converted_item(c, i);
    const char *text = score(c, item, &(struct response_set){.response = response, .n = n});
    item_free(item);
    return text;
}

const char *key_earns(struct conversion *c, size_t i)
{
    struct item *item = converted_item(c, i);
    struct response response[64];
    size_t n = 0;
    for (size_t k = 0; k < item->n_declarations; k++) {
        const struct item_declaration *d = &item->declaration[k];
        if (d->what != DECLARED_RESPONSE)
            continue;
        response[n] = (struct response){.identifier = d->identifier,
                                        .n = d->n_correct,
                                        .value = arena_array(c->arena, d->n_correct + 1, sizeof(char *))};
        for (size_t v = 0; v < d->n_correct; v++)
            response[n].value[v] = d->correct[v].text;
        n++;
    }
    const char *text = score(c, item, &(struct response_set){.response = response, .n = n});
    item_free(item);
    return text;
}

const char *sealed(struct conversion *c, size_t i)
{
    struct item *item = converted_item(c, i);
    struct err e = {0};
    const char *why = item_sealed(item, &e) == 0 ? "" : arena_strdup(c->arena, e.what);
    item_free(item);
    return why;
}
