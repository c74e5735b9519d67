/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/rules/compare-internal.h"

/* A name may stand for more than one colour: "green" in the row of standard colours is 00B050, as a highlight
 * 00FF00, on a web page 008000. Standard colours of Word, Excel and WPS first. */
static const struct named_color {
    const char *zh, *en;
    int64_t value[COLOR_MAX_VALUES];
} colors[] = {
    {"深红", "darkred", {0xC00000, 0x800000, 0x8B0000, -2}},
    {"红", "red", {0xFF0000, -2}},
    {"橙", "orange", {0xFFC000, 0xFFA500, 0xFF9900, -2}},
    {"黄", "yellow", {0xFFFF00, -2}},
    {"浅绿", "lightgreen", {0x92D050, 0x90EE90, 0x00FF00, -2}},
    {"绿", "green", {0x00B050, 0x00FF00, 0x008000, -2}},
    {"浅蓝", "lightblue", {0x00B0F0, 0xADD8E6, -2}},
    {"蓝", "blue", {0x0070C0, 0x0000FF, -2}},
    {"深蓝", "darkblue", {0x002060, 0x000080, 0x00008B, -2}},
    {"紫", "purple", {0x7030A0, 0x800080, -2}},
    {"黑", "black", {0x000000, -2}},
    {"白", "white", {0xFFFFFF, -2}},
    {"灰", "gray", {0x808080, -2}},
    {"灰", "grey", {0x808080, -2}},
    {"浅灰", "lightgray", {0xC0C0C0, 0xD3D3D3, -2}},
    {"深灰", "darkgray", {0x808080, 0xA9A9A9, -2}},
    {"银", "silver", {0xC0C0C0, -2}},
    {"青", "cyan", {0x00FFFF, -2}},
    {"青绿", "turquoise", {0x00FFFF, 0x40E0D0, -2}},
    {"水绿", "aqua", {0x00FFFF, -2}},
    {"鲜绿", "lime", {0x00FF00, -2}},
    {"粉红", "pink", {0xFF00FF, 0xFFC0CB, -2}},
    {"洋红", "magenta", {0xFF00FF, -2}},
    {"品红", "fuchsia", {0xFF00FF, -2}},
    {"棕", "brown", {0x993300, 0xA52A2A, -2}},
    {"褐", "brown", {0x993300, 0xA52A2A, -2}},
    {"金", "gold", {0xFFC000, 0xFFD700, 0xFFCC00, -2}},
    {"栗", "maroon", {0x800000, -2}},
    {"藏青", "navy", {0x000080, -2}},
    {"蓝绿", "teal", {0x008080, -2}},
    {"橄榄", "olive", {0x808000, -2}},
    {"自动", "auto", {-1, -2}},
    {"自动", "automatic", {-1, -2}},
    {"无", "none", {-1, -2}},
    {"无颜", "transparent", {-1, -2}},
};

static int64_t hex_color(const char *text)
{
    int64_t x = 0;
    text += *text == '#';
    if (strlen(text) != 6 || text[strspn(text, "0123456789abcdefABCDEF")])
        return -2;
    for (; *text; text++)
        x = 16 * x + (*text <= '9' ? *text - '0' : (*text | 32) - 'a' + 10);
    return x;
}

/* "红" and "红色". */
static bool is_chinese(const char *text, const char *zh)
{
    size_t n = strlen(zh);
    return strncmp(text, zh, n) == 0 && (!text[n] || strcmp(text + n, "色") == 0);
}

static bool is_english(const char *text, const char *en)
{
    for (; *text; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        if ((*text >= 'A' && *text <= 'Z' ? *text + 32 : *text) != *en++)
            return false;
    }
    return !*en;
}

size_t color_values(const char *text, int64_t ret[COLOR_MAX_VALUES])
{
    ret[0] = hex_color(text);
    if (ret[0] >= 0)
        return 1;
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        if (is_chinese(text, colors[i].zh) || is_english(text, colors[i].en)) {
            size_t n = 0;
            for (; n < COLOR_MAX_VALUES && colors[i].value[n] != -2; n++)
                ret[n] = colors[i].value[n];
            return n;
        }
    return 0;
}

/* Folded names; the first of a row is the one that stands for all. */
static const char *const fonts[][5] = {
    {"simsun", "宋体", "中易宋体"},
    {"nsimsun", "新宋体"},
    {"simhei", "黑体", "中易黑体"},
    {"kaiti", "楷体", "simkai"},
    {"fangsong", "仿宋", "simfang"},
    {"microsoft yahei", "微软雅黑", "microsoftyahei"},
    {"microsoft yahei light", "微软雅黑 light"},
    {"microsoft yahei ui"},
    {"dengxian", "等线"},
    {"dengxian light", "等线 light"},
    {"lisu", "隶书"},
    {"youyuan", "幼圆"},
    {"stsong", "华文宋体"},
    {"stzhongsong", "华文中宋"},
    {"stkaiti", "华文楷体"},
    {"stfangsong", "华文仿宋"},
    {"stxihei", "华文细黑"},
    {"stheiti", "华文黑体"},
    {"stxingkai", "华文行楷"},
    {"stxinwei", "华文新魏"},
    {"stliti", "华文隶书"},
    {"stcaiyun", "华文彩云"},
    {"sthupo", "华文琥珀"},
    {"fzshuti", "方正舒体"},
    {"fzyaoti", "方正姚体"},
    {"fzxiaobiaosong-b05s", "方正小标宋简体", "方正小标宋_gbk", "fzxbsjw--gb1-0"},
    {"pmingliu", "新细明体", "新細明體"},
    {"mingliu", "细明体", "細明體"},
    {"dfkai-sb", "标楷体", "標楷體"},
    {"source han sans cn", "思源黑体", "思源黑体 cn", "source han sans sc", "noto sans cjk sc"},
    {"source han serif cn", "思源宋体", "思源宋体 cn", "source han serif sc", "noto serif cjk sc"},
};

const char *font_canonical(struct arena *a, const char *name)
{
    static const char suffix[] = "_gb2312";
    const char *text = text_normalize_answer(a, name);
    char *folded = text ? text_fold_case(a, text) : NULL;
    if (!folded)
        return name;
    folded += *folded == '@';
    size_t n = strlen(folded);
    if (n > sizeof suffix - 1 && strcmp(folded + n - (sizeof suffix - 1), suffix) == 0)
        folded[n - (sizeof suffix - 1)] = '\0';
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        for (size_t k = 0; k < 5 && fonts[i][k]; k++)
            if (strcmp(fonts[i][k], folded) == 0)
                return fonts[i][0];
    return folded;
}

static const char *const tokens[][2] = {
    {"居中", "center"},       {"centre", "center"},       {"左对齐", "left"},      {"start", "left"},
    {"右对齐", "right"},      {"end", "right"},           {"两端对齐", "justify"}, {"both", "justify"},
    {"justified", "justify"}, {"分散对齐", "distribute"}, {"横向", "landscape"},   {"纵向", "portrait"},
    {"靠上", "top"},          {"靠下", "bottom"},         {"顶端对齐", "top"},     {"底端对齐", "bottom"},
    {"垂直居中", "center"},   {"middle", "center"},       {"无", "none"},          {"单下划线", "single"},
    {"双下划线", "double"},   {"单线", "single"},         {"双线", "double"},      {"波浪线", "wave"},
};

const char *token_canonical(struct arena *a, const char *word)
{
    const char *text = text_normalize_answer(a, word);
    const char *folded = text ? text_fold_case(a, text) : NULL;
    if (!folded)
        return word;
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        if (strcmp(tokens[i][0], folded) == 0)
            return tokens[i][1];
    return folded;
}

int yes_or_no(const char *text)
{
    static const char *const yes[] = {"yes", "true", "on", "1", "是", "有", "开", "真"};
    static const char *const no[] = {"no", "false", "off", "0", "否", "无", "关", "假"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (ascii_casecmp(yes[i], text) == 0)
            return 1;
        if (ascii_casecmp(no[i], text) == 0)
            return 0;
    }
    return -1;
}
