/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/against.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/blueprint/assembly.h"
#include "engine/exam/certificate.h"
#include "engine/exam/exam.h"
#include "engine/proof/problem-text.h"

enum { MAX_ITEM = 64 << 20 };

static int other(const char *file, const char *what, struct err *e)
{
    err_set(e, ERR_NO, file, "%s", _(what));
    return err_hint(e, _("the bank has changed since the assembly, or the file is not of it"));
}

/* The assembly that gives problem.txt; NULL: there is none. */
static int rebuild(const struct against *x, const struct blueprint *b, struct bank *bank, bool graphic,
                   struct assembly **ret, struct err *e)
{
    struct assembly *a = NULL;
    struct bytes text = {0};
    int r = assembly_build_exam(&a, b, bank, (int64_t)x->problem->n_forms, graphic, x->paper->id, true, e);
    if (r < 0)
        return r;
    problem_text(a->problem, &text);
    if (span_equal(bytes_span(&text), x->problem_text))
        *ret = a;
    else
        assembly_free(a);
    bytes_release(&text);
    return 0;
}

/* A newer version of an item makes no other paper. */
static void take_versions(struct paper *to, const struct paper *from)
{
    for (size_t f = 0; f < to->n_forms && f < from->n_forms; f++)
        for (size_t s = 0; s < to->form[f].n_sections && s < from->form[f].n_sections; s++) {
            struct paper_section *a = &to->form[f].section[s], *b = &from->form[f].section[s];
            for (size_t i = 0; i < a->n_items && i < b->n_items; i++)
                a->item[i].version = b->item[i].version;
        }
}

static int same_paper(const struct against *x, const struct assembly *a, struct err *e)
{
    struct bytes made = {0}, said = {0};
    struct paper *p = exam_paper_of(a, x->selection, x->paper->id);
    take_versions(p, x->paper);
    int r = paper_write(p, &made, e);
    if (r == 0)
        r = paper_write(x->paper, &said, e);
    if (r == 0 && !span_equal(bytes_span(&made), bytes_span(&said)))
        r = other("paper.xml", N_("blueprint and bank give another paper now"), e);
    paper_free(p);
    bytes_release(&made);
    bytes_release(&said);
    return r;
}

static int same_forms(const struct against *x, const struct assembly *a, struct err *e)
{
    json_error_t fault;
    const char *plan = json_string_value(json_object_get(x->certificate, "blueprint"));
    json_t *forms = certificate_forms(a, x->selection);
    char *text = json_dumps(forms, JSON_REAL_PRECISION(9));
    json_t *again = json_loads(text ? text : "", 0, &fault);
    bool same = plan && strcmp(plan, a->blueprint->id) == 0 && again && json_equal(again, json_object_get(x->certificate, "forms"));
    free(text);
    json_decref(forms);
    json_decref(again);
    return same ? 0 : other("certificate.json", N_("the bank says other things of the forms now"), e);
}

static int same_item(const struct against *x, const struct paper_item *item, struct bank *bank, struct err *e)
{
    struct arena *arena = arena_new();
    struct span xml = {0};
    struct bytes here = {0};
    char *name = mem_printf("items/%s.xml", item->id), *path = path_join(x->dir, name);
    int r = file_read(path, MAX_ITEM, &here, e);
    if (r == 0)
        r = bank_item_xml(bank, item->id, item->version, arena, &xml, e);
    if (r == 0 && !span_equal(xml, bytes_span(&here)))
        r = other(name, N_("it is not the item that the bank has in this version"), e);
    bytes_release(&here);
    arena_free(arena);
    free(path);
    free(name);
    return r;
}

static int same_items(const struct against *x, struct bank *bank, struct err *e)
{
    int r = 0;
    for (size_t f = 0; f < x->paper->n_forms; f++)
        for (size_t i = 0; r == 0 && i < paper_form_items(&x->paper->form[f]); i++)
            r = same_item(x, paper_form_item(&x->paper->form[f], i, NULL), bank, e);
    return r;
}

int against_bank(const struct against *x, struct bank *bank, struct err *e)
{
    struct blueprint *b = NULL;
    struct assembly *a = NULL;
    int r = blueprint_read(&b, "blueprint.xml", x->blueprint, NULL, NULL, e);
    if (r == 0)
        r = rebuild(x, b, bank, false, &a, e);
    if (r == 0 && !a)
        r = rebuild(x, b, bank, true, &a, e);
    if (r == 0 && !a)
        r = other("problem.txt", N_("blueprint and bank give another problem now"), e);
    if (r == 0)
        r = same_paper(x, a, e);
    if (r == 0)
        r = same_forms(x, a, e);
    if (r == 0)
        r = same_items(x, bank, e);
    assembly_free(a);
    blueprint_free(b);
    return r;
}
