/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds about what moves: P7, P8. */
#include <string.h>

#include "scoring/practical/slides/get.h"

static void give_effects(const struct slides_place *p, struct fact *ret)
{
    int64_t n = 0;
    for (const struct slides_effect *x = p->slide->effect; x; x = x->next)
        n++;
    slides_give(ret, n);
}

SLIDES_GETTER(transition)
{
    slides_give_text(ret, p->slide->transition.kind ? p->slide->transition.kind : "none");
}

SLIDES_GETTER(transition_option)
{
    const struct slides_transition *t = &p->slide->transition;
    if (!t->kind) {
        slides_absent(ret, "the slide has no transition");
        return;
    }
    slides_give_text(ret, t->option);
}

SLIDES_GETTER(transition_speed)
{
    const struct slides_transition *t = &p->slide->transition;
    if (!t->kind) {
        slides_absent(ret, "the slide has no transition");
        return;
    }
    slides_give_text(ret, t->speed);
}

SLIDES_GETTER(transition_duration)
{
    const struct slides_transition *t = &p->slide->transition;
    if (!t->kind) {
        slides_absent(ret, "the slide has no transition");
        return;
    }
    slides_give_said(ret, t->duration, "the file says no duration");
}

SLIDES_GETTER(transition_sound)
{
    const struct slides_transition *t = &p->slide->transition;
    if (!t->kind) {
        slides_absent(ret, "the slide has no transition");
        return;
    }
    if (t->sound)
        slides_give_text(ret, t->sound);
    else
        slides_absent(ret, "the transition has no sound");
}

SLIDES_GETTER(advance_click)
{
    slides_give(ret, p->slide->transition.on_click);
}

SLIDES_GETTER(advance_after)
{
    slides_give_said(ret, p->slide->transition.after, "the slide does not change by itself");
}

SLIDES_GETTER(animation_count)
{
    give_effects(p, ret);
}

SLIDES_GETTER(animation)
{
    slides_give_text(ret, p->effect->name);
}

SLIDES_GETTER(animation_kind)
{
    slides_give_text(ret, p->effect->kind);
}

SLIDES_GETTER(animation_trigger)
{
    slides_give_text(ret, p->effect->trigger);
}

SLIDES_GETTER(animation_direction)
{
    slides_give_text(ret, p->effect->option);
}

SLIDES_GETTER(animation_duration)
{
    slides_give_said(ret, p->effect->duration, "the file says no duration");
}

SLIDES_GETTER(animation_delay)
{
    slides_give(ret, p->effect->delay == SLIDES_UNSAID ? 0 : p->effect->delay);
}

SLIDES_GETTER(animation_order)
{
    slides_give(ret, p->effect_number);
}
