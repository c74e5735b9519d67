/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/work.h"

#include <string.h>

#include "client/screens/frame.h"

struct work *work_new(size_t n)
{
    struct arena *a = arena_new();
    struct work *w = arena_alloc(a, sizeof *w);
    *w = (struct work){.arena = a, .n = n, .question = arena_array(a, n, sizeof *w->question)};
    return w;
}

void work_free(struct work *w)
{
    if (w)
        arena_free(w->arena);
}

static void set_part(struct part *p, const struct item_interaction *i, struct span seed, struct arena *a)
{
    p->interaction = i;
    if (i->kind == INTERACTION_TEXT_ENTRY)
        p->field = arena_alloc(a, sizeof *p->field);
    if (i->kind != INTERACTION_CHOICE)
        return;
    uint32_t *order = arena_array(a, i->n_choices, sizeof *order);
    item_choice_order(i, seed, order);
    p->n_places = i->n_choices < WORK_MAX_CHOICES ? i->n_choices : WORK_MAX_CHOICES;
    memcpy(p->order, order, p->n_places * sizeof *order);
}

void work_set(struct work *w, size_t i, const struct item *item, const char *section, points_t points,
              struct span seed)
{
    struct question *q = &w->question[i];
    *q = (struct question){.item = item, .section = section, .points = points};
    for (const struct item_interaction *x = item->interaction; x; x = x->next)
        q->n_parts++;
    q->part = arena_array(w->arena, q->n_parts, sizeof *q->part);
    size_t k = 0;
    for (const struct item_interaction *x = item->interaction; x; x = x->next)
        set_part(&q->part[k++], x, seed, w->arena);
}

static bool part_answered(const struct part *p)
{
    for (size_t i = 0; i < p->n_places; i++)
        if (p->chosen[i])
            return true;
    return p->field && p->field->n > 0;
}

bool question_answered(const struct question *q)
{
    for (size_t i = 0; i < q->n_parts; i++)
        if (part_answered(&q->part[i]))
            return true;
    return false;
}

static struct response part_response(const struct part *p, struct arena *a)
{
    struct response r = {.identifier = arena_strdup(a, p->interaction->response)};
    r.value = arena_array(a, p->n_places + 1, sizeof *r.value);
    for (size_t choice = 0; choice < p->n_places; choice++)
        for (size_t place = 0; place < p->n_places; place++)
            if (p->order[place] == choice && p->chosen[place])
                r.value[r.n++] = arena_strdup(a, p->interaction->choice[choice].identifier);
    if (p->field && p->field->n > 0)
        r.value[r.n++] = arena_strdup(a, p->field->text);
    return r;
}

struct response_set question_response(const struct question *q, struct arena *a)
{
    struct response_set set = {.response = arena_array(a, q->n_parts, sizeof *set.response)};
    for (size_t i = 0; i < q->n_parts; i++)
        if (q->part[i].interaction->kind != INTERACTION_OTHER)
            set.response[set.n++] = part_response(&q->part[i], a);
    return set;
}

static bool has_value(const struct response *r, const char *value)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->value[i], value) == 0)
            return true;
    return false;
}

void question_restore(struct question *q, const struct response_set *set)
{
    for (size_t i = 0; i < q->n_parts; i++) {
        struct part *p = &q->part[i];
        const struct response *r = response_find(set, p->interaction->response);
        for (size_t place = 0; r && place < p->n_places; place++)
            p->chosen[place] = has_value(r, p->interaction->choice[p->order[place]].identifier);
        if (r && p->field)
            field_set(p->field, r->n > 0 ? r->value[0] : "");
    }
}

const char *question_answer_text(const struct question *q, char *buf, size_t size)
{
    size_t n = 0;
    buf[0] = '\0';
    for (size_t i = 0; i < q->n_parts; i++) {
        const struct part *p = &q->part[i];
        for (size_t place = 0; place < p->n_places && n + 3 < size; place++)
            if (p->chosen[place]) {
                say(buf + n, size - n, "%s%c", n ? " " : "", (char)('A' + place));
                n += strlen(buf + n);
            }
        if (p->field && p->field->n > 0 && n + 3 < size) {
            say(buf + n, size - n, "%s%s", n ? " / " : "", p->field->text);
            n += strlen(buf + n);
        }
    }
    return buf;
}

static size_t part_places(const struct part *p)
{
    return p->field ? 1 : p->n_places;
}

size_t question_places(const struct question *q)
{
    size_t n = 0;
    for (size_t i = 0; i < q->n_parts; i++)
        n += part_places(&q->part[i]);
    return n;
}

struct place question_place(const struct question *q, size_t i)
{
    for (size_t part = 0; part < q->n_parts; part++) {
        size_t n = part_places(&q->part[part]);
        if (i < n)
            return (struct place){.part = part, .choice = q->part[part].field ? -1 : (int)i};
        i -= n;
    }
    return (struct place){.part = q->n_parts, .choice = -1};
}

size_t question_part_place(const struct question *q, size_t part)
{
    size_t n = 0;
    for (size_t i = 0; i < part && i < q->n_parts; i++)
        n += part_places(&q->part[i]);
    return n;
}

size_t question_first_place(const struct question *q)
{
    size_t n = question_places(q);
    for (size_t i = 0; i < n; i++) {
        struct place at = question_place(q, i);
        if (at.choice >= 0 && q->part[at.part].chosen[at.choice])
            return i;
    }
    return 0;
}

struct work_counts work_counts(const struct work *w)
{
    struct work_counts c = {0};
    for (size_t i = 0; w && i < w->n; i++) {
        bool answered = question_answered(&w->question[i]);
        c.answered += answered;
        c.unanswered += !answered;
        c.flagged += w->question[i].flagged;
    }
    return c;
}
