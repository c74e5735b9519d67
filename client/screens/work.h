/* SPDX-License-Identifier: Apache-2.0 */
/* The items of a sitting as the candidate has them on the screen: what is chosen and typed, whether the disk
 * has it. What counts is the journal behind client/sitting.h; this is the draft that the screen shows. */
#ifndef KAOCHANG_CLIENT_SCREENS_WORK_H
#define KAOCHANG_CLIENT_SCREENS_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/points.h"
#include "client/screens/edits.h"
#include "client/screens/part.h"
#include "client/screens/pictures.h"

enum question_mark { MARK_NONE, MARK_RIGHT, MARK_PARTLY, MARK_WRONG, MARK_WAITING };

struct question {
    const struct item *item; /* borrowed; outlives the work */
    const char *section;     /* title */
    points_t points;
    struct part *part;
    size_t n_parts;
    bool flagged, visited;
    struct edits edits;
    struct pictures *pictures; /* borrowed; NULL: words alone */
    enum question_mark mark; /* practice: what the check said; else MARK_NONE */
};

struct work {
    struct arena *arena;
    struct question *question;
    size_t n;
    struct pictures *pictures; /* borrowed: what work_set gives to each question; NULL at first */
};

struct work *work_new(size_t n);
void work_free(struct work *w); /* NULL is fine */
/* Sets question i up from its item. `seed` orders shuffled choices (item_choice_order). */
void work_set(struct work *w, size_t i, const struct item *item, const char *section, points_t points,
              struct span seed);

/* Offers the files of a folder (folder.h) where an item asks for one; places change. Borrowed until the next
 * call; NULL: none. */
void work_offer(struct work *w, const struct folder_list *f);

/* Question i is practical: what is in its folder (task-view.h), borrowed until the next call. Places change.
 */
struct task_view;
void work_task(struct work *w, size_t i, const struct task_view *v);

/* Something is chosen or typed in at least one part. */
bool question_answered(const struct question *q);
/* As much is answered in every part as it asks for. */
bool question_complete(const struct question *q);
/* The answer for the journal, into the arena. */
struct response_set question_response(const struct question *q, struct arena *a);
/* Shows what the journal has. */
void question_restore(struct question *q, const struct response_set *set);
/* "A", "A C", "文件夹": the answer in a few words, into buf. Returns buf. */
const char *question_answer_text(const struct question *q, char *buf, size_t size);

/* The places a cursor can stand on: those of every part, in order. */
struct place {
    size_t part;  /* n_parts: there is none */
    size_t place; /* in the part */
};
size_t question_places(const struct question *q);
struct place question_place(const struct question *q, size_t i);
/* Where the cursor starts: the first choice that is chosen, else the first place. */
size_t question_first_place(const struct question *q);
/* First place of a part. */
size_t question_part_place(const struct question *q, size_t part);

/* Answered, flagged, and neither. */
struct work_counts {
    size_t answered, unanswered, flagged;
};
struct work_counts work_counts(const struct work *w);

#endif
