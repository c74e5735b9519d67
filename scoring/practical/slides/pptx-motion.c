/* SPDX-License-Identifier: Apache-2.0 */
/* Transitions and animations (ECMA-376 part 1, 19.5). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/slides/pptx-internal.h"

static bool is(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

static const char *option_of(struct pptx *x, node kind)
{
    static const char *const names[] = {"orient", "dir", "spokes", "pattern", "prst"};
    struct bytes b = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = xml_tree_attr(kind, 0, names[i]);
        if (value)
            bytes_printf(&b, "%s%s", b.n ? "-" : "", value);
    }
    const char *text = slides_string_n(x->slides, (const char *)b.p, b.n);
    bytes_release(&b);
    return text;
}

/* "5000", or "1.5s" as strict files have it. */
static int64_t milliseconds(node n, uint8_t ns, const char *name)
{
    const char *text = xml_tree_attr(n, ns, name);
    int64_t x = 0;
    if (!text || *text < '0' || *text > '9')
        return SLIDES_UNSAID;
    for (; *text >= '0' && *text <= '9' && x < 100000000; text++)
        x = 10 * x + (*text - '0');
    return x;
}

void pptx_transition(struct pptx *x, node slide)
{
    node n = xml_tree_child(slide, NS_P, "transition"), kind = xml_tree_first_element(n);
    struct slides_transition *t = &x->current->transition;
    if (!n)
        return;
    while (kind && (xml_tree_is(kind, NS_P, "sndAc") || xml_tree_is(kind, NS_P, "extLst")))
        kind = xml_tree_next_element(kind);
    const char *preset = xml_tree_attr(kind, 0, "prst"), *speed = xml_tree_attr(n, 0, "spd");
    t->kind = !kind ? "none"
                    : slides_string(x->slides, preset && is(kind->name, "prstTrans") ? preset : kind->name);
    t->option = is(preset, t->kind) ? "" : option_of(x, kind);
    t->speed = is(speed, "slow") ? "slow" : is(speed, "med") ? "medium" : "fast";
    t->duration = milliseconds(n, NS_P14, "dur");
    t->on_click = pptx_bool(n, "advClick", true);
    t->after = milliseconds(n, 0, "advTm");
    node start = xml_tree_child(xml_tree_child(n, NS_P, "sndAc"), NS_P, "stSnd");
    if (start)
        t->sound = slides_string(x->slides, xml_tree_attr(xml_tree_child(start, NS_P, "snd"), 0, "name"));
}

static const char *direction(struct pptx *x, const char *name, int64_t subtype)
{
    static const char *const words[] = {
        [1] = "from-top",          [2] = "from-right",    [3] = "from-top-right",
        [4] = "from-bottom",       [5] = "vertical",      [6] = "from-bottom-right",
        [8] = "from-left",         [9] = "from-top-left", [10] = "horizontal",
        [12] = "from-bottom-left", [16] = "in",           [21] = "vertical-in",
        [26] = "horizontal-in",    [32] = "out",          [37] = "vertical-out",
        [42] = "horizontal-out"};
    if (subtype <= 0)
        return "";
    if (!is(name, "wheel") && (size_t)subtype < sizeof words / sizeof *words && words[subtype])
        return words[subtype];
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)subtype);
    return slides_string(x->slides, number);
}

/* The behaviours inside an effect: whom it moves, and for how long. */
static void read_behaviours(struct pptx *x, node effect, struct slides_effect *to)
{
    node n = effect;
    while ((n = xml_tree_walk(effect, n))) {
        if (xml_tree_is(n, NS_P, "cTn")) {
            int64_t duration = milliseconds(n, 0, "dur");
            if (duration > to->duration && duration > 1)
                to->duration = duration;
        }
        if (!xml_tree_is(n, NS_P, "spTgt") || *to->shape)
            continue;
        to->shape = slides_string(x->slides, xml_tree_attr(n, 0, "spid"));
        node range = xml_tree_child(xml_tree_child(n, NS_P, "txEl"), NS_P, "pRg");
        if (range)
            to->paragraph = (int)pptx_int(range, "st", -1) + 1;
    }
}

static void add_effect(struct pptx *x, node n)
{
    struct slides_effect *to = slides_add_effect(x->slides, x->current);
    const char *type = xml_tree_attr(n, 0, "nodeType");
    to->kind = slides_effect_kind(xml_tree_attr(n, 0, "presetClass"));
    to->preset = (int)pptx_int(n, "presetID", 0);
    to->name = slides_effect_name(x->slides, to->kind, to->preset);
    to->option = direction(x, to->name, pptx_int(n, "presetSubtype", 0));
    to->trigger = type && strncmp(type, "with", 4) == 0    ? "with"
                  : type && strncmp(type, "after", 5) == 0 ? "after"
                                                           : "click";
    node cond = xml_tree_child(xml_tree_child(n, NS_P, "stCondLst"), NS_P, "cond");
    to->delay = milliseconds(cond, 0, "delay");
    read_behaviours(x, n, to);
}

void pptx_animation(struct pptx *x, node slide)
{
    node top = xml_tree_child(slide, NS_P, "timing"), n = top;
    while (top && (n = xml_tree_walk(top, n)) && !x->slides->full)
        if (xml_tree_is(n, NS_P, "cTn") && xml_tree_attr(n, 0, "presetID"))
            add_effect(x, n);
}
