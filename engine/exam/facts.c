/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/points.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/use.h"

enum { COLUMNS = 14, MAX_ROWS = PAPER_MAX_ITEMS * PAPER_MAX_FORMS + 1 };
static const char *const column[COLUMNS] = {
    "item",  "version",   "title",          "kind",     "knowledgePoint", "knowledgePointTitle",
    "area",  "areaTitle", "cognitiveLevel", "facility", "discrimination", "expectedTime",
    "exams", "irt"};

static struct exam_facts *facts_new(size_t n)
{
    struct arena *a = arena_new();
    struct exam_facts *f = arena_alloc(a, sizeof *f);
    f->arena = a;
    f->item = arena_array(a, n + 1, sizeof *f->item);
    return f;
}

void exam_facts_free(struct exam_facts *f)
{
    if (f)
        arena_free(f->arena);
}

static int by_id(const void *a, const void *b)
{
    const struct exam_fact *x = a, *y = b;
    return strcmp(x->id, y->id);
}

const struct exam_fact *exam_fact(const struct exam_facts *f, const char *id)
{
    const struct exam_fact wanted = {.id = id};
    return f->n ? bsearch(&wanted, f->item, f->n, sizeof *f->item, by_id) : NULL;
}

static const char *title_of(const struct knowledge_point *point, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(point[i].code, code) == 0)
            return point[i].title;
    return "";
}

static void take(struct exam_fact *ret, const struct bank_item *i, const struct knowledge_point *point,
                 size_t n, struct arena *a)
{
    const char *area = arena_strndup(a, i->knowledge_point, strcspn(i->knowledge_point, "."));
    *ret = (struct exam_fact){.id = i->id,
                              .title = i->title,
                              .version = i->version,
                              .kind = i->kind,
                              .level = i->level,
                              .point = i->knowledge_point,
                              .point_title = title_of(point, n, i->knowledge_point),
                              .area = area,
                              .area_title = title_of(point, n, area),
                              .facility = i->facility,
                              .discrimination = i->discrimination,
                              .expected_s = i->expected_s,
                              .irt = i->irt,
                              .exams = i->exams};
}

/* Ids of all forms, sorted, each once. */
static size_t ids_of(const struct paper *p, struct exam_facts *f)
{
    size_t n = 0, kept = 0;
    for (size_t k = 0; k < p->n_forms; k++)
        for (size_t i = 0; i < paper_form_items(&p->form[k]); i++)
            f->item[n++].id = paper_form_item(&p->form[k], i, NULL)->id;
    qsort(f->item, n, sizeof *f->item, by_id);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(f->item[i].id, f->item[kept - 1].id) != 0)
            f->item[kept++] = f->item[i];
    return kept;
}

static size_t all_places(const struct paper *p)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_forms; k++)
        n += paper_form_items(&p->form[k]);
    return n;
}

/* An exam that is assembled again under its name is not a use of its own. */
static int forget_own_use(struct exam_fact *x, const char *exam, struct bank *bank, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_use_row *use = NULL;
    size_t n = 0;
    int r = x->exams > 0 ? bank_uses(bank, x->id, a, &use, &n, e) : 0;
    bool own = false;
    for (size_t i = 0; i < n; i++)
        own = own || strcmp(use[i].exam, exam) == 0;
    x->exams -= own;
    arena_free(a);
    return r;
}

int exam_facts_gather(struct exam_facts **ret, const struct paper *p, struct bank *bank, struct err *e)
{
    struct exam_facts *f = facts_new(all_places(p));
    struct knowledge_point *point = NULL;
    size_t n = 0;
    f->n = ids_of(p, f);
    int r = bank_knowledge_points(bank, f->arena, &point, &n, e);
    for (size_t i = 0; r == 0 && i < f->n; i++) {
        struct bank_item item;
        r = bank_item(bank, f->item[i].id, f->arena, &item, e);
        if (r < 0)
            break;
        take(&f->item[i], &item, point, n, f->arena);
        r = forget_own_use(&f->item[i], p->id, bank, e);
    }
    if (r < 0)
        exam_facts_free(f);
    else
        *ret = f;
    return r;
}

static void add_number(struct bytes *out, int64_t v, bool thousandths, struct arena *a)
{
    char text[32];
    if (v == BANK_UNKNOWN)
        csv_add(out, "", 0);
    else if (thousandths)
        csv_add(out, points_text(points_milli(v), text, sizeof text), 0);
    else
        csv_add(out, arena_printf(a, "%lld", (long long)v), 0);
}

void exam_facts_write(const struct exam_facts *f, struct bytes *out)
{
    char irt[64];
    for (size_t k = 0; k < COLUMNS; k++)
        csv_add(out, column[k], k == 0);
    csv_end(out);
    for (size_t i = 0; i < f->n; i++) {
        const struct exam_fact *x = &f->item[i];
        csv_add(out, x->id, 1);
        add_number(out, x->version, false, f->arena);
        const char *const text[] = {x->title, x->kind,       x->point, x->point_title,
                                    x->area,  x->area_title, x->level};
        for (size_t k = 0; k < sizeof text / sizeof *text; k++)
            csv_add(out, text[k], 0);
        add_number(out, x->facility, true, f->arena);
        add_number(out, x->discrimination, true, f->arena);
        add_number(out, x->expected_s, false, f->arena);
        add_number(out, x->exams, false, f->arena);
        csv_add(out, metadata_irt_text(&x->irt, irt, sizeof irt), 0);
        csv_end(out);
    }
}

/* "" is unknown. A whole number is one with three zeros behind its point. */
static bool read_number(const char *text, bool thousandths, int64_t *ret)
{
    points_t v;
    *ret = BANK_UNKNOWN;
    if (!*text)
        return true;
    if (points_parse(text, &v, NULL) < 0 || (!thousandths && v.milli % 1000))
        return false;
    *ret = thousandths ? v.milli : v.milli / 1000;
    return true;
}

static int read_row(struct exam_fact *ret, const struct csv_row *row, const char *name, struct arena *a,
                    struct err *e)
{
    char *const *x = row->field;
    *ret = (struct exam_fact){.id = x[0],
                              .title = x[2],
                              .kind = x[3],
                              .point = x[4],
                              .point_title = x[5],
                              .area = x[6],
                              .area_title = x[7],
                              .level = x[8]};
    const struct {
        int column;
        bool thousandths;
        int64_t *to;
    } number[] = {{1, false, &ret->version},
                  {9, true, &ret->facility},
                  {10, true, &ret->discrimination},
                  {11, false, &ret->expected_s},
                  {12, false, &ret->exams}};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (!read_number(x[number[i].column], number[i].thousandths, number[i].to))
            return err_set(e, ERR_DATA, arena_printf(a, "%s:%u", name, row->line), _("%s: this is no number"),
                           column[number[i].column]);
    const char *wrong = x[13][0] ? metadata_read_irt(x[13], &ret->irt) : NULL;
    return wrong ? err_set(e, ERR_DATA, arena_printf(a, "%s:%u", name, row->line), "%s", wrong) : 0;
}

int exam_facts_read(struct exam_facts **ret, const char *name, struct span data, struct err *e)
{
    struct csv csv;
    struct exam_facts *f = facts_new(0);
    int r = data.n > EXAM_FACTS_MAX_BYTES ? err_set(e, ERR_DATA, name, _("the file is too large"))
                                          : csv_parse(&csv, f->arena, name, data, MAX_ROWS, e);
    for (size_t k = 0; r == 0 && k < COLUMNS; k++)
        if (csv.n == 0 || csv.row[0].n != COLUMNS || strcmp(csv.row[0].field[k], column[k]) != 0)
            r = err_set(e, ERR_DATA, name, _("these are not the columns of an exam's items"));
    if (r == 0)
        f->item = arena_array(f->arena, csv.n, sizeof *f->item);
    for (size_t i = 1; r == 0 && i < csv.n; i++) {
        r = read_row(&f->item[f->n++], &csv.row[i], name, f->arena, e);
        if (r == 0 && f->n > 1 && by_id(&f->item[f->n - 2], &f->item[f->n - 1]) >= 0)
            r = err_set(e, ERR_DATA, name, _("item %.60s is not in its order, or stands there twice"),
                        csv.row[i].field[0]);
    }
    if (r < 0)
        exam_facts_free(f);
    else
        *ret = f;
    return r;
}
