/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/work.h"

#include <string.h>

#include "client/screens/folder.h"
#include "client/screens/frame.h"
#include "client/screens/task-view.h"

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

/* Parts of that kind before the k-th, and itself. */
static size_t number_among(const struct question *q, size_t k, enum item_interaction_kind kind)
{
    size_t number = 1;
    for (size_t i = 0; i < k; i++)
        number += q->part[i].interaction->kind == kind;
    return number;
}

void work_set(struct work *w, size_t i, const struct item *item, const char *section, points_t points,
              struct span seed)
{
    struct question *q = &w->question[i];
    *q = (struct question){.item = item, .section = section, .points = points, .pictures = w->pictures};
    for (const struct item_interaction *x = item->interaction; x; x = x->next)
        q->n_parts++;
    q->part = arena_array(w->arena, q->n_parts, sizeof *q->part);
    size_t k = 0, places = 0;
    for (const struct item_interaction *x = item->interaction; x; x = x->next) {
        q->part[k] = (struct part){.first = places, .number = number_among(q, k, x->kind)};
        part_init(&q->part[k], item, x, seed, w->arena);
        places += q->part[k++].n_places;
    }
}

static void offer(struct question *q, const struct folder_list *f)
{
    size_t places = 0;
    for (size_t i = 0; i < q->n_parts; i++) {
        struct part *p = &q->part[i];
        p->first = places;
        if (p->kind == &part_upload) {
            p->folder = f;
            p->n_places = 1 + (f ? f->n : 0);
        }
        places += p->n_places;
    }
}

void work_offer(struct work *w, const struct folder_list *f)
{
    for (size_t i = 0; i < w->n; i++)
        offer(&w->question[i], f);
}

void work_task(struct work *w, size_t i, const struct task_view *v)
{
    struct question *q = &w->question[i];
    size_t places = 0;
    for (size_t k = 0; k < q->n_parts; k++) {
        struct part *p = &q->part[k];
        p->first = places;
        if (p->interaction->kind == INTERACTION_UPLOAD) {
            p->kind = &part_task;
            p->task = v;
            p->n_places = 1 + v->n;
        }
        places += p->n_places;
    }
}

bool question_answered(const struct question *q)
{
    for (size_t i = 0; i < q->n_parts; i++)
        if (part_answered(&q->part[i]))
            return true;
    return false;
}

bool question_complete(const struct question *q)
{
    for (size_t i = 0; i < q->n_parts; i++)
        if (!part_complete(&q->part[i]))
            return false;
    return true;
}

struct response_set question_response(const struct question *q, struct arena *a)
{
    struct response_set set = {.response = arena_array(a, q->n_parts, sizeof *set.response)};
    for (size_t i = 0; i < q->n_parts; i++) {
        const struct part *p = &q->part[i];
        if (!p->kind)
            continue;
        struct response *r = &set.response[set.n++];
        r->identifier = arena_strdup(a, p->interaction->response);
        p->kind->response(p, r, a);
    }
    return set;
}

void question_restore(struct question *q, const struct response_set *set)
{
    for (size_t i = 0; i < q->n_parts; i++) {
        struct part *p = &q->part[i];
        const struct response *r = response_find(set, p->interaction->response);
        if (r && p->kind)
            p->kind->restore(p, r);
    }
}

const char *question_answer_text(const struct question *q, char *buf, size_t size)
{
    struct bytes all = {0};
    for (size_t i = 0; i < q->n_parts; i++) {
        const struct part *p = &q->part[i];
        if (!part_answered(p))
            continue;
        if (all.n > 0)
            bytes_str(&all, p->kind->typed ? " / " : " ");
        p->kind->words(p, &all);
    }
    say(buf, size, "%.*s", (int)(all.n < size ? all.n : size), all.p ? (const char *)all.p : "");
    bytes_release(&all);
    return buf;
}

size_t question_places(const struct question *q)
{
    const struct part *last = q->n_parts > 0 ? &q->part[q->n_parts - 1] : NULL;
    return last ? last->first + last->n_places : 0;
}

struct place question_place(const struct question *q, size_t i)
{
    for (size_t part = 0; part < q->n_parts; part++)
        if (i < q->part[part].first + q->part[part].n_places)
            return (struct place){.part = part, .place = i - q->part[part].first};
    return (struct place){.part = q->n_parts};
}

size_t question_part_place(const struct question *q, size_t part)
{
    return part < q->n_parts ? q->part[part].first : question_places(q);
}

size_t question_first_place(const struct question *q)
{
    for (size_t i = 0; i < q->n_parts; i++) {
        const struct part *p = &q->part[i];
        if (p->chosen && p->n_places == p->interaction->n_choices)
            for (size_t place = 0; place < p->n_places; place++)
                if (p->chosen[place])
                    return p->first + place;
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
