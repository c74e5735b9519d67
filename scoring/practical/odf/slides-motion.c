/* SPDX-License-Identifier: Apache-2.0 */
/* Transitions and animations (ODF 1.3 part 3, 15; SMIL). */
#include <stdlib.h>
#include <string.h>

#include "scoring/practical/odf/slides-internal.h"
#include "scoring/practical/odf/units.h"

static const char *const page_group = "drawing-page-properties";

/* SMIL's types as OOXML's elements (19.5); others keep their word. */
static const struct {
    const char *type, *subtype, *kind;
} kinds[] = {
    {"fade", NULL, "fade"},
    {"barWipe", NULL, "wipe"},
    {"pushWipe", "combHorizontal", "comb"},
    {"pushWipe", "combVertical", "comb"},
    {"pushWipe", NULL, "push"},
    {"slideWipe", NULL, "cover"},
    {"randomBarWipe", NULL, "randomBar"},
    {"checkerBoardWipe", NULL, "checker"},
    {"dissolve", NULL, "dissolve"},
    {"irisWipe", "diamond", "diamond"},
    {"irisWipe", NULL, "zoom"},
    {"ellipseWipe", NULL, "circle"},
    {"barnDoorWipe", NULL, "split"},
    {"blindsWipe", NULL, "blinds"},
    {"fanWipe", NULL, "wedge"},
    {"pinWheelWipe", NULL, "wheel"},
    {"fourBoxWipe", NULL, "plus"},
    {"waterfallWipe", NULL, "strips"},
    {"random", NULL, "random"},
    {"zoom", NULL, "newsflash"},
};

static const char *kind_of(struct slides_reader *r, const char *type, const char *subtype)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].type, type) == 0 && (!kinds[i].subtype || odf_is(subtype, kinds[i].subtype)))
            return kinds[i].kind;
    return slides_string(r->s, type);
}

/* "fromLeft" … as the letters that OOXML writes for where it comes from and goes to. */
static const char *option_of(struct slides_reader *r, const char *subtype)
{
    static const struct {
        const char *odf, *letters;
    } options[] = {
        {"fromLeft", "r"},
        {"fromRight", "l"},
        {"fromTop", "d"},
        {"fromBottom", "u"},
        {"leftToRight", "r"},
        {"topToBottom", "d"},
        {"horizontal", "horz"},
        {"vertical", "vert"},
        {"fromTopLeft", "rd"},
        {"fromTopRight", "ld"},
        {"fromBottomLeft", "ru"},
        {"fromBottomRight", "lu"},
        {"fadeOverColor", "thruBlk"},
        {"crossfade", ""},
    };
    for (size_t i = 0; subtype && i < sizeof options / sizeof *options; i++)
        if (strcmp(options[i].odf, subtype) == 0)
            return options[i].letters;
    return slides_string(r->s, subtype);
}

/* "PT00H00M05S" or "2.5s" in milliseconds; UNSAID for anything else. */
static int64_t time_of(const char *text)
{
    double seconds = 0;
    if (!text)
        return SLIDES_UNSAID;
    for (const char *p = strncmp(text, "PT", 2) == 0 ? text + 2 : text; *p;) {
        char *end;
        double x = strtod(p, &end);
        bool milli = end != p && strncmp(end, "ms", 2) == 0;
        if (end == p || (!milli && !strchr("HMSs", *end)) || !*end || !(x >= 0 && x < 1000000))
            return SLIDES_UNSAID;
        seconds += milli ? x / 1000 : x * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
        p = end + 1 + milli;
    }
    return (int64_t)(seconds * 1000 + 0.5);
}

/* LibreOffice keeps the filter among the animations too. */
static const struct xml_tree_node *filter_of(const struct xml_tree_node *page)
{
    for (const struct xml_tree_node *n = xml_tree_walk(page, page); n; n = xml_tree_walk(page, n))
        if (xml_tree_is(n, NS_ANIM, "transitionFilter") && n->parent &&
            xml_tree_attr(n->parent, NS_SMIL, "begin") &&
            strstr(xml_tree_attr(n->parent, NS_SMIL, "begin"), ".begin"))
            return n;
    return NULL;
}

/* Names of transitions before ODF 1.2 had SMIL's. */
static const char *old_style(struct slides_reader *r, const char *style)
{
    if (!style || strcmp(style, "none") == 0)
        return NULL;
    return strncmp(style, "fade", 4) == 0   ? "fade"
           : strcmp(style, "dissolve") == 0 ? "dissolve"
                                            : slides_string(r->s, style);
}

void odf_slides_transition(struct slides_reader *r, const struct odf_style *style)
{
    struct slides_transition *t = &r->slide->transition;
    const struct xml_tree_node *filter = filter_of(r->page), *g = odf_style_group(style, page_group);
    const char *type = odf_style_attr(style, page_group, NS_SMIL, "type");
    const char *subtype = odf_style_attr(style, page_group, NS_SMIL, "subtype");
    const char *speed = odf_style_attr(style, page_group, NS_PRESENTATION, "transition-speed");
    const char *advance = odf_style_attr(style, page_group, NS_PRESENTATION, "transition-type");
    if (!type && filter) {
        type = xml_tree_attr(filter, NS_SMIL, "type");
        subtype = xml_tree_attr(filter, NS_SMIL, "subtype");
    }
    t->kind = type ? kind_of(r, type, subtype)
                   : old_style(r, odf_style_attr(style, page_group, NS_PRESENTATION, "transition-style"));
    t->option = option_of(r, subtype);
    t->speed = odf_is(speed, "slow") ? "slow" : odf_is(speed, "medium") ? "medium" : "fast";
    t->duration = filter ? time_of(xml_tree_attr(filter, NS_SMIL, "dur")) : SLIDES_UNSAID;
    t->on_click = !odf_is(advance, "automatic");
    t->after = odf_is(advance, "automatic") || odf_is(advance, "semi-automatic")
                   ? time_of(odf_style_attr(style, page_group, NS_PRESENTATION, "duration"))
                   : SLIDES_UNSAID;
    const struct xml_tree_node *sound = g ? xml_tree_child(g, NS_PRESENTATION, "sound") : NULL;
    const char *href = sound ? xml_tree_attr(sound, NS_XLINK, "href") : NULL;
    const char *last = href ? strrchr(href, '/') : NULL;
    t->sound = href ? slides_string(r->s, last ? last + 1 : href) : NULL;
}

/* ---- effects ---- */

static const struct xml_tree_node *paragraph_with(const struct xml_tree_node *top, const char *id,
                                                  int *ret_number)
{
    *ret_number = 0;
    for (const struct xml_tree_node *n = xml_tree_walk(top, top); n; n = xml_tree_walk(top, n)) {
        if (!xml_tree_is(n, NS_TEXT, "p") && !xml_tree_is(n, NS_TEXT, "h"))
            continue;
        ++*ret_number;
        if (odf_is(xml_tree_attr(n, NS_XML, "id"), id) || odf_is(xml_tree_attr(n, NS_TEXT, "id"), id))
            return n;
    }
    return NULL;
}

static bool has_id(const struct xml_tree_node *n, const char *id)
{
    return odf_is(xml_tree_attr(n, NS_XML, "id"), id) || odf_is(xml_tree_attr(n, NS_DRAW, "id"), id);
}

/* The target is a shape, or a paragraph in one. */
static void target(struct slides_reader *r, const char *id, struct slides_effect *e)
{
    e->shape = slides_string(r->s, id);
    for (const struct xml_tree_node *n = xml_tree_first_element(r->page); n && id;
         n = xml_tree_next_element(n)) {
        int number;
        const char *own = xml_tree_attr(n, NS_XML, "id");
        if (has_id(n, id))
            return;
        if (n->ns == NS_DRAW && paragraph_with(n, id, &number)) {
            e->shape = slides_string(r->s, own ? own : xml_tree_attr(n, NS_DRAW, "id"));
            e->paragraph = number;
            return;
        }
    }
}

static const char *direction_of(struct slides_reader *r, const char *subtype)
{
    static const struct {
        const char *odf, *word;
    } words[] = {
        {"from-left", "from-left"},     {"from-right", "from-right"}, {"from-top", "from-top"},
        {"from-bottom", "from-bottom"}, {"horizontal", "horizontal"}, {"vertical", "vertical"},
    };
    for (size_t i = 0; subtype && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].odf, subtype) == 0)
            return words[i].word;
    return slides_string(r->s, subtype);
}

static void times(const struct xml_tree_node *par, struct slides_effect *e)
{
    int64_t delay = time_of(xml_tree_attr(par, NS_SMIL, "begin"));
    e->delay = delay;
    e->duration = SLIDES_UNSAID;
    for (const struct xml_tree_node *n = xml_tree_walk(par, par); n; n = xml_tree_walk(par, n)) {
        int64_t d = time_of(xml_tree_attr(n, NS_SMIL, "dur"));
        e->duration = d > e->duration ? d : e->duration;
    }
}

static const char *target_of(const struct xml_tree_node *par)
{
    for (const struct xml_tree_node *n = par; n; n = xml_tree_walk(par, n))
        if (xml_tree_attr(n, NS_SMIL, "targetElement"))
            return xml_tree_attr(n, NS_SMIL, "targetElement");
    return NULL;
}

/* LibreOffice's words for PowerPoint's effects, where they differ (slides_effect_name). */
static const char *const effect_words[][2] = {
    {"disappear", "appear"},
    {"fly-out", "fly-in"},
    {"venetian-blinds", "blinds"},
    {"fly-in-slow", "crawl"},
    {"crawl-out", "crawl"},
    {"dissolve-in", "dissolve"},
    {"fade-in", "fade"},
    {"fade-out", "fade"},
    {"peek-in", "peek"},
    {"peek-out", "peek"},
    {"spiral-in", "spiral"},
    {"spiral-out", "spiral"},
    {"stretchy", "stretch"},
    {"collapse", "stretch"},
    {"diagonal-squares", "strips"},
    {"colored-lettering", "color-typewriter"},
    {"movie-credits", "credits"},
    {"ease-in", "ease"},
    {"ease-out", "ease"},
    {"turn-and-grow", "grow-and-turn"},
    {"breaks", "light-speed"},
    {"sink-down", "rise-up"},
    {"falling-in", "swish"},
    {"thread", "thin-line"},
    {"fade-in-and-swivel", "faded-swivel"},
    {"fade-out-and-swivel", "faded-swivel"},
    {"spin-in", "spinner"},
    {"spin-out", "spinner"},
    {"magnify", "zip"},
    {"curve-up", "arc-up"},
    {"curve-down", "arc-up"},
    {"fade-in-and-zoom", "faded-zoom"},
    {"fade-out-and-zoom", "faded-zoom"},
    {"grow-and-shrink", "grow-shrink"},
};

/* "ooo-entrance-fly-in" → "fly-in". */
static const char *name_of(struct slides_reader *r, const char *preset)
{
    const char *p = strncmp(preset, "ooo-", 4) == 0 ? strchr(preset + 4, '-') : NULL;
    for (size_t i = 0; p && i < sizeof effect_words / sizeof *effect_words; i++)
        if (strcmp(effect_words[i][0], p + 1) == 0)
            return effect_words[i][1];
    return slides_string(r->s, p ? p + 1 : preset);
}

static void effect(struct slides_reader *r, const struct xml_tree_node *par, const char *preset)
{
    const char *class = xml_tree_attr(par, NS_PRESENTATION, "preset-class");
    const char *node = xml_tree_attr(par, NS_PRESENTATION, "node-type");
    struct slides_effect *e = slides_add_effect(r->s, r->slide);
    e->kind = odf_is(class, "motion-path")  ? "path"
              : odf_is(class, "media-call") ? "media"
                                            : slides_string(r->s, class);
    if (odf_is(class, "ole-action"))
        e->kind = "action";
    e->name = name_of(r, preset);
    e->option = direction_of(r, xml_tree_attr(par, NS_PRESENTATION, "preset-sub-type"));
    e->trigger = odf_is(node, "with-previous") ? "with" : odf_is(node, "after-previous") ? "after" : "click";
    target(r, target_of(par), e);
    times(par, e);
}

void odf_slides_effects(struct slides_reader *r)
{
    for (const struct xml_tree_node *n = xml_tree_walk(r->page, r->page); n;) {
        const char *preset = n->ns == NS_ANIM ? xml_tree_attr(n, NS_PRESENTATION, "preset-id") : NULL;
        if (preset)
            effect(r, n, preset);
        n = preset ? xml_tree_skip(r->page, n) : xml_tree_walk(r->page, n);
    }
}
