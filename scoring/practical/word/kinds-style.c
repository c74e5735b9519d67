/* SPDX-License-Identifier: Apache-2.0 */
/* Styles by the names that people see (W21, W22). */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/kinds.h"

/* Office programs in Chinese call their own styles so; files of OOXML keep the English name. */
const char *word_style_name(struct arena *a, const char *name)
{
    static const char *const same[][2] = {
        {"正文", "Normal"},  {"标题", "Title"},      {"副标题", "Subtitle"},
        {"页眉", "header"},  {"页脚", "footer"},     {"列表段落", "List Paragraph"},
        {"题注", "caption"}, {"Standard", "Normal"}, {"Text body", "Body Text"}};
    static const char *const heading[] = {"heading", "标题"};
    char *text = text_normalize_answer(a, name);
    if (!text)
        return name;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(same[i][0], text) == 0)
            return same[i][1];
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(heading[i]);
        const char *rest = text + n;
        char folded[16] = "";
        if (strlen(text) > n && n < sizeof folded)
            memcpy(folded, text, n);
        rest += strlen(text) > n && *rest == ' ';
        if (*folded && ascii_casecmp(folded, heading[i]) == 0 && rest[0] >= '1' && rest[0] <= '9' && !rest[1])
            return arena_printf(a, "heading %c", rest[0]);
    }
    return text;
}

int word_find_style(struct word_ask *q, const struct word_style **ret)
{
    const char *name = word_style_name(q->a, locator_get(q->at, "style"));
    for (const struct word_style *s = q->d->style; s; s = s->next)
        if (ascii_casecmp(word_style_name(q->a, s->name), name) == 0) {
            *ret = s;
            return 1;
        }
    return word_give_absent(q, q->d->part, arena_printf(q->a, "no style is called %s", name));
}

const char *word_style_place(const struct word_ask *q, const struct word_style *s)
{
    return arena_printf(q->a, "%s, style %s", q->d->odf ? "styles.xml" : "word/styles.xml", s->name);
}

int word_style_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_style *s;
    if (!locator_get(at, "style"))
        return word_bad_locator(&q, "style");
    int r = word_find_style(&q, &s);
    if (r < 1)
        return r;
    const char *other = word_is(&q, "word.style-based-on") ? s->based_on
                        : word_is(&q, "word.style-next")   ? s->following
                                                           : s->type;
    return word_give_text(&q, FACT_TOKEN, other ? word_style_name(a, other) : "none",
                          word_style_place(&q, s));
}
