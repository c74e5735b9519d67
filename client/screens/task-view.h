/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a practical item as the candidate sees them: plain data for the screen. */
#ifndef KAOCHANG_CLIENT_SCREENS_TASK_VIEW_H
#define KAOCHANG_CLIENT_SCREENS_TASK_VIEW_H

#include "client/workspace/workspace.h"

struct task_line {
    const char *name, *time; /* "10:18:52", of the last change */
    int64_t size;
    bool folder; /* an empty one */
    enum workspace_state state;
    enum workspace_reason why;
    const char *older; /* of one that is left out: the time of the version that counts; NULL: none */
};

struct task_view {
    struct arena *arena; /* owns the texts and lines */
    const char *folder;  /* "" before the item was shown */
    const struct task_line *line;
    size_t n;
    bool more;     /* than are looked at */
    bool worked;   /* differs from what was given */
    bool may_open; /* this machine has a program to open files with */
    bool may_shell;
};

/* Something is being collected; something cannot be, or is not saved. */
bool task_view_waits(const struct task_view *v);
bool task_view_lacks(const struct task_view *v);

/* How many files are collected and how many are not, in a few words. */
const char *task_view_say(const struct task_view *v, char *buf, size_t room);

#endif
