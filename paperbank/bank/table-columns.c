/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/table-columns.h"

#include <string.h>

#include "base/text.h"

/* The names of each, the template's first. */
static const char *const columns[COLUMNS] = {
    [COLUMN_ID] = "编号|题号|试题编号|标识|id|identifier|number",
    [COLUMN_TYPE] = "题型|类型|type|kind",
    [COLUMN_TITLE] = "标题|名称|title|name",
    [COLUMN_STEM] = "题干|题目|试题|内容|stem|question|text",
    [COLUMN_OPTION_A] = "选项a|a|optiona",
    [COLUMN_OPTION_A + 1] = "选项b|b|optionb",
    [COLUMN_OPTION_A + 2] = "选项c|c|optionc",
    [COLUMN_OPTION_A + 3] = "选项d|d|optiond",
    [COLUMN_OPTION_A + 4] = "选项e|e|optione",
    [COLUMN_OPTION_A + 5] = "选项f|f|optionf",
    [COLUMN_OPTION_A + 6] = "选项g|g|optiong",
    [COLUMN_OPTION_A + 7] = "选项h|h|optionh",
    [COLUMN_KEY] = "答案|正确答案|参考答案|标准答案|key|answer|correct",
    [COLUMN_TOLERANCE] = "误差|容差|允许误差|tolerance",
    [COLUMN_UNIT] = "单位|unit",
    [COLUMN_SCORING] = "计分|计分方式|scoring",
    [COLUMN_SHUFFLE] = "乱序|选项乱序|shuffle",
    [COLUMN_POINTS] = "分值|分数|满分|points|score|mark",
    [COLUMN_KNOWLEDGE_POINT] = "知识点|知识点编号|knowledgepoint",
    [COLUMN_LEVEL] = "认知层次|认知|层次|level|cognitivelevel",
    [COLUMN_FACILITY] = "难度|难度系数|facility|difficulty",
    [COLUMN_DISCRIMINATION] = "区分度|discrimination",
    [COLUMN_TIME] = "用时|答题时间|预计用时|time|expectedtime",
    [COLUMN_EXPLANATION] = "解析|答案解析|explanation|feedback",
    [COLUMN_PICTURE] = "图片|picture|image",
    [COLUMN_PICTURE_WORDS] = "图片说明|alt|picturetext",
    [COLUMN_ENEMIES] = "互斥题|互斥|enemies",
    [COLUMN_RUBRIC] = "评分标准|评分说明|rubric",
    [COLUMN_IRT] = "irt参数|irt",
    [COLUMN_ATTRIBUTES] = "属性|attributes",
    [COLUMN_NOTE] = "备注|说明|note|remark",
};

static const char *const types[] = {
    [TYPE_SINGLE] = "单选|单选题|单项选择|单项选择题|选择|选择题|single|singlechoice",
    [TYPE_MULTIPLE] = "多选|多选题|多项选择|多项选择题|不定项选择|不定项选择题|multiple|multiplechoice",
    [TYPE_TRUE_FALSE] = "判断|判断题|是非|是非题|truefalse|true/false",
    [TYPE_FILL] = "填空|填空题|fill|text|blank",
    [TYPE_NUMERIC] = "数值|数值题|计算|计算题|numeric|numerical|number",
    [TYPE_ORDER] = "排序|排序题|order|ordering",
    [TYPE_MATCH] = "匹配|匹配题|连线|连线题|match|matching",
    [TYPE_CLOZE] = "选词填空|完形填空|下拉|cloze|inline",
    [TYPE_ESSAY] = "简答|简答题|问答|问答题|论述|论述题|主观题|essay",
    [TYPE_UPLOAD] = "上传|上传题|文件|upload|file",
};

static const char *const levels[] = {"记忆|识记|了解|remember", "理解|understand",
                                     "应用|运用|掌握|apply",    "分析|analyse|analyze",
                                     "评价|评估|evaluate",      "创造|创新|综合|create"};
static const char *const level_names[] = {"remember", "understand", "apply", "analyse", "evaluate", "create"};

static const char *const truths[] = {"错|错误|×|x|✗|✘|f|false|否|n|no|0|不|不正确|b",
                                     "对|正确|√|✓|✔|v|t|true|是|y|yes|1|a"};

char *table_word(struct arena *a, const char *text)
{
    char *n = text_normalize_answer(a, text);
    if (!n)
        return arena_strdup(a, "");
    char *to = n;
    for (const char *p = n; *p; p++)
        if (*p != ' ')
            *to++ = *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;
    *to = '\0';
    return n;
}

static int place_in(const char *const *list, size_t n, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < n && len; i++)
        for (const char *p = list[i]; p && *p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
            if (strcspn(p, "|") == len && strncmp(p, word, len) == 0)
                return (int)i;
    return -1;
}

enum table_column table_column_of(struct arena *a, const char *heading)
{
    char *word = table_word(a, heading);
    if (*word == '#')
        return COLUMN_NOTE;
    word[strcspn(word, "([")] = '\0';
    int i = place_in(columns, COLUMNS, word);
    return i < 0 ? COLUMN_UNKNOWN : (enum table_column)i;
}

const char *table_column_name(enum table_column c)
{
    static const char *const options[] = {"选项A", "选项B", "选项C", "选项D",
                                          "选项E", "选项F", "选项G", "选项H"};
    static const char *const names[COLUMNS] = {[COLUMN_ID] = "编号",
                                               [COLUMN_TYPE] = "题型",
                                               [COLUMN_TITLE] = "标题",
                                               [COLUMN_STEM] = "题干",
                                               [COLUMN_KEY] = "答案",
                                               [COLUMN_TOLERANCE] = "误差",
                                               [COLUMN_UNIT] = "单位",
                                               [COLUMN_SCORING] = "计分",
                                               [COLUMN_SHUFFLE] = "乱序",
                                               [COLUMN_POINTS] = "分值",
                                               [COLUMN_KNOWLEDGE_POINT] = "知识点",
                                               [COLUMN_LEVEL] = "认知层次",
                                               [COLUMN_FACILITY] = "难度",
                                               [COLUMN_DISCRIMINATION] = "区分度",
                                               [COLUMN_TIME] = "用时",
                                               [COLUMN_EXPLANATION] = "解析",
                                               [COLUMN_PICTURE] = "图片",
                                               [COLUMN_PICTURE_WORDS] = "图片说明",
                                               [COLUMN_ENEMIES] = "互斥题",
                                               [COLUMN_RUBRIC] = "评分标准",
                                               [COLUMN_IRT] = "IRT参数",
                                               [COLUMN_ATTRIBUTES] = "属性",
                                               [COLUMN_NOTE] = "备注"};
    return c >= COLUMN_OPTION_A && c <= COLUMN_OPTION_LAST ? options[c - COLUMN_OPTION_A] : names[c];
}

enum table_type table_type_of(struct arena *a, const char *word)
{
    int i = place_in(types, sizeof types / sizeof *types, table_word(a, word));
    return i < 0 ? TYPE_UNKNOWN : (enum table_type)i;
}

const char *table_level_of(struct arena *a, const char *word)
{
    int i = place_in(levels, sizeof levels / sizeof *levels, table_word(a, word));
    return i < 0 ? NULL : level_names[i];
}

int table_truth_of(struct arena *a, const char *word)
{
    return place_in(truths, 2, table_word(a, word));
}
