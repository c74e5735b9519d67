/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "paperbank/bank/from-csv.h"

/* Thousandths within lo..hi; BANK_UNKNOWN for an empty cell. */
static int64_t thousandths(struct draft *d, const struct table_row *row, enum table_column c, int64_t lo,
                           int64_t hi, const char *what)
{
    points_t p;
    const char *text = table_word(d->arena, row->cell[c]);
    if (!*text)
        return BANK_UNKNOWN;
    if (points_parse(text, &p, NULL) == 0 && p.milli >= lo && p.milli <= hi)
        return p.milli;
    table_fault(d, c, what);
    return BANK_UNKNOWN;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void enemies(struct draft *d, const struct table_row *row)
{
    struct item_metadata *m = &d->metadata;
    const char *p = row->cell[COLUMN_ENEMIES];
    m->enemy = arena_array(d->arena, METADATA_MAX_ENEMIES, sizeof *m->enemy);
    while (*p) {
        size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
        if (n > 0) {
            const char *id = arena_strndup(d->arena, p, n);
            if (m->n_enemies == METADATA_MAX_ENEMIES || !path_is_plain_name(id)) {
                table_fault(d, COLUMN_ENEMIES, _("write the identifiers of items, with spaces between them"));
                return;
            }
            m->enemy[m->n_enemies++] = id;
        }
        p += n ? n : 1;
    }
    qsort(m->enemy, m->n_enemies, sizeof *m->enemy, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < m->n_enemies; i++)
        if (kept == 0 || strcmp(m->enemy[kept - 1], m->enemy[i]) != 0)
            m->enemy[kept++] = m->enemy[i];
    m->n_enemies = kept;
}

void table_metadata(struct draft *d, const struct table_row *row)
{
    struct item_metadata *m = &d->metadata;
    *m = (struct item_metadata){.knowledge_point = "", .level = "", .attributes = "", .expected_s = BANK_UNKNOWN};
    m->facility =
        thousandths(d, row, COLUMN_FACILITY, 0, 1000, _("write a number from 0 to 1, higher is easier"));
    m->discrimination =
        thousandths(d, row, COLUMN_DISCRIMINATION, -1000, 1000, _("write a number from -1 to 1"));
    int64_t points =
        thousandths(d, row, COLUMN_POINTS, 1, 1000000, _("write a number above zero, like 2 or 2.5"));
    m->has_points = points != BANK_UNKNOWN;
    m->points = points_milli(m->has_points ? points : 1000);
    const char *level = row->cell[COLUMN_LEVEL];
    m->level = *level ? table_level_of(d->arena, level) : "";
    if (!m->level) {
        table_fault(d, COLUMN_LEVEL, _("write one of 记忆 理解 应用 分析 评价 创造"));
        m->level = "";
    }
    if (*row->cell[COLUMN_TIME]) {
        const char *time = table_word(d->arena, row->cell[COLUMN_TIME]);
        size_t n = strspn(time, "0123456789");
        m->expected_s = n > 0 && n <= 5 ? strtol(time, NULL, 10) : 0;
        if (m->expected_s < 1 || m->expected_s > 86400 ||
            (time[n] && strcmp(time + n, "秒") != 0 && strcmp(time + n, "s") != 0))
            table_fault(d, COLUMN_TIME, _("write whole seconds, like 60"));
    }
    enemies(d, row);
    if (*row->cell[COLUMN_IRT] && metadata_read_irt(row->cell[COLUMN_IRT], &m->irt))
        table_fault(d, COLUMN_IRT, _("write a, b and c with spaces between them, like 1.2 -0.35 0.2"));
    if (metadata_read_attributes(row->cell[COLUMN_ATTRIBUTES], d->arena, &m->attributes))
        table_fault(d, COLUMN_ATTRIBUTES, _("write words NAME=VALUE with spaces between them"));
}

struct sample {
    const char *type, *stem, *option[4], *key,
        *more; /* more: tolerance of a number, scoring of a multiple choice */
};

static void sample_row(const struct sample *s, struct bytes *out)
{
    for (int c = 0; c < COLUMNS; c++) {
        const char *text = "";
        if (c == COLUMN_TYPE)
            text = s->type;
        else if (c == COLUMN_STEM)
            text = s->stem;
        else if (c >= COLUMN_OPTION_A && c < COLUMN_OPTION_A + 4)
            text = s->option[c - COLUMN_OPTION_A] ? s->option[c - COLUMN_OPTION_A] : "";
        else if (c == COLUMN_KEY)
            text = s->key;
        else if (c == COLUMN_TOLERANCE && strcmp(s->type, "数值") == 0)
            text = s->more;
        else if (c == COLUMN_SCORING && strcmp(s->type, "多选") == 0)
            text = s->more;
        else if (c == COLUMN_POINTS)
            text = "2";
        csv_add(out, text, c == 0);
    }
    csv_end(out);
}

void foreign_csv_template(struct bytes *out)
{
    static const struct sample samples[] = {
        {"单选", "我国的首都是（　　）。", {"上海", "北京", "广州", "天津"}, "B", ""},
        {"多选", "下列属于输入设备的有（　　）。", {"键盘", "显示器", "鼠标", "打印机"}, "AC", "部分"},
        {"判断", "计算机病毒是一段程序。", {0}, "对", ""},
        {"填空", "1 KB = ____ B；CPU 的中文名称是____。", {0}, "1024|一千零二十四;中央处理器", ""},
        {"数值", "圆周率精确到小数点后两位是多少？", {0}, "3.14", "0.005"},
        {"排序", "将下列朝代按先后排序。", {"唐", "宋", "元", "明"}, "ABCD", ""},
        {"匹配", "将国家与首都配对。", {"中国=>北京", "法国=>巴黎", "日本=>东京", "=>伦敦"}, "", ""},
        {"选词填空", "二进制的 11 等于十进制的 [[2|*3|4]]。", {0}, "", ""},
        {"简答", "简述计算机网络的功能。", {0}, "资源共享、数据通信等，每点 2 分。", ""},
        {"上传", "完成演示文稿后上传文件。", {0}, "", ""},
    };
    bytes_str(out, "\xEF\xBB\xBF");
    for (int c = 0; c < COLUMNS; c++)
        csv_add(out, table_column_name(c), c == 0);
    csv_end(out);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        sample_row(&samples[i], out);
}
