/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/from-csv-question.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { PICTURE_MAX = 16 << 20 };

const char *table_xhtml(struct draft *d, enum markup_place place, const char *text)
{
    struct markup m = {.arena = d->arena};
    const char *s = markup_xhtml(&m, MARKUP_PLAIN, place, text);
    if (m.fault)
        draft_fault(d, "%s", m.fault);
    return s;
}

/* A path inside the table's folder. */
static bool is_inside(const char *path)
{
    if (*path == '/' || strchr(path, '\\') || strchr(path, ':'))
        return false;
    for (const char *p = path; *p; p += strcspn(p, "/"), p += *p == '/')
        if (*p == '.' || *p == '/')
            return false;
    return *path != '\0';
}

static void add_picture(struct draft *d, const struct table_row *row, struct bytes *body)
{
    const char *name = row->cell[COLUMN_PICTURE];
    struct bytes data = {0};
    struct err e = {0};
    if (!*name)
        return;
    char *path = mem_printf("%s%s", row->folder, name);
    if (!is_inside(name)) {
        table_fault(d, COLUMN_PICTURE, _("this is not the name of a file beside the table"));
    } else if (file_read(path, PICTURE_MAX, &data, &e) < 0) {
        table_fault(d, COLUMN_PICTURE, e.what);
    } else {
        d->picture = arena_alloc(d->arena, sizeof *d->picture);
        d->picture[0] = (struct package_file){.name = name,
                                              .bytes = span_of(arena_copy(d->arena, data.p, data.n), data.n)};
        d->n_pictures = 1;
        bytes_str(body, "<p><img src=\"");
        markup_escape(body, name);
        bytes_str(body, "\" alt=\"");
        markup_escape(body, row->cell[COLUMN_PICTURE_WORDS]);
        bytes_str(body, "\"/></p>");
    }
    bytes_release(&data);
    free(path);
}

static void essay(struct draft *d, const struct table_row *row, enum draft_kind kind)
{
    struct draft_part *p = draft_part_new(d, kind);
    const char *rubric = *row->cell[COLUMN_RUBRIC] ? row->cell[COLUMN_RUBRIC] : row->cell[COLUMN_KEY];
    p->expected_lines = kind == DRAFT_ESSAY ? 10 : 0;
    d->rubric = table_xhtml(d, MARKUP_BLOCKS, rubric);
}

void table_question(struct draft *d, const struct table_row *row)
{
    struct bytes body = {0};
    switch (table_type_of(d->arena, row->cell[COLUMN_TYPE])) {
    case TYPE_SINGLE:
    case TYPE_MULTIPLE:
        table_choice(d, row, table_type_of(d->arena, row->cell[COLUMN_TYPE]) == TYPE_MULTIPLE);
        break;
    case TYPE_TRUE_FALSE:
        table_true_false(d, row);
        break;
    case TYPE_FILL:
        table_fill(d, row);
        break;
    case TYPE_NUMERIC:
        table_numeric(d, row);
        break;
    case TYPE_ORDER:
        table_order(d, row);
        break;
    case TYPE_MATCH:
        table_match(d, row);
        break;
    case TYPE_CLOZE:
        table_cloze(d, row);
        break;
    case TYPE_ESSAY:
        essay(d, row, DRAFT_ESSAY);
        break;
    case TYPE_UPLOAD:
        essay(d, row, DRAFT_UPLOAD);
        break;
    default:
        table_fault(d, COLUMN_TYPE, _("write one of 单选 多选 判断 填空 数值 排序 匹配 选词填空 简答 上传"));
    }
    bytes_str(&body, d->body ? d->body : table_xhtml(d, MARKUP_BLOCKS, row->cell[COLUMN_STEM]));
    if (body.n == 0)
        table_fault(d, COLUMN_STEM, _("it is empty"));
    add_picture(d, row, &body);
    d->body = arena_strndup(d->arena, (const char *)body.p, body.n);
    bytes_release(&body);
    if (*row->cell[COLUMN_EXPLANATION])
        d->explanation = table_xhtml(d, MARKUP_BLOCKS, row->cell[COLUMN_EXPLANATION]);
}
