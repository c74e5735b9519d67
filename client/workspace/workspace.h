/* SPDX-License-Identifier: Apache-2.0 */
/* The folder in which a candidate works on practical items, and its way into the journal (docs/practical.md,
 * "The workspace").
 *
 * ROOT/TICKET/NN-ITEM is the folder of an item; it is made when the item is shown first, from the files of
 * its task, or from the last snapshot where the sitting comes from another machine. What changes there is
 * noticed (inotify, and by looking again from time to time), read when it has been quiet for a moment, and
 * stored in pieces and a snapshot. Links are never followed, and nothing that is not a file is opened.
 *
 * Everything happens in workspace_step, a little at a time: at most one megabyte is read or one piece is
 * stored.
 */
#ifndef KAOCHANG_CLIENT_WORKSPACE_WORKSPACE_H
#define KAOCHANG_CLIENT_WORKSPACE_WORKSPACE_H

#include "client/sitting.h"

struct workspace_options {
    const char *root; /* is made if it is not there (0700) */
    bool poll;        /* look again instead of inotify; for tests */
};
struct workspace;

/* Of an open sitting, which must live longer. *ret is NULL when no item of the form is practical. Folders of
 * items that were visited are made or found again. A folder that belongs to another session or another epoch
 * of the ticket is moved to ROOT/.old, never dropped. ERR_DATA: a task of the paper is damaged; ERR_ENV: the
 * folder cannot be made. */
MUST_CHECK int workspace_open(struct workspace **ret, struct sitting *s, const struct workspace_options *o,
                              struct err *e);
void workspace_close(struct workspace *w); /* NULL is fine; the folders stay */

/* The item is shown: its folder is there when this returns 0. Nothing for an item that is not practical. */
MUST_CHECK int workspace_enter(struct workspace *w, size_t item, struct err *e);

enum workspace_state {
    WORKSPACE_GIVEN,     /* as it was given; nothing to collect */
    WORKSPACE_COLLECTED, /* this very content is in the journal, on this disk */
    WORKSPACE_IN_MEMORY, /* in the journal, but this disk does not take it at present */
    WORKSPACE_CHANGED,   /* is being collected */
    WORKSPACE_NOT_SAVED, /* is to be collected, and cannot be stored now */
    WORKSPACE_LEFT_OUT,  /* is not collected */
};
enum workspace_reason { /* of WORKSPACE_LEFT_OUT */
                        WORKSPACE_NO_REASON,
                        WORKSPACE_TOO_LARGE, /* more than JOURNAL_MAX_FILE */
                        WORKSPACE_TOO_MUCH,  /* JOURNAL_MAX_CONTENTS are used up */
                        WORKSPACE_TOO_MANY,  /* JOURNAL_MAX_FILES are there */
                        WORKSPACE_LINK,      /* a symbolic link */
                        WORKSPACE_NO_FILE,   /* a pipe, a device */
                        WORKSPACE_UNREADABLE,
                        WORKSPACE_TOO_DEEP, /* folders in folders, or a name that is too long */
};
struct workspace_file {
    const char *name; /* as it is collected: without what cannot be shown or stored */
    int64_t size, mtime_ms;
    bool folder; /* an empty one */
    enum workspace_state state;
    enum workspace_reason why;
    int64_t older_ms; /* of one that is left out: when the version was saved that is collected and counts; 0:
                         none */
};
struct workspace_item {
    const char *folder;                /* absolute; "" before it is entered */
    const struct workspace_file *file; /* sorted by name */
    size_t n;
    bool more;   /* there is more in the folder than is looked at */
    bool worked; /* differs from what was given */
};
/* For showing; false: the item is not practical. Borrowed until the next call. */
bool workspace_item(struct workspace *w, size_t item, struct workspace_item *ret);
/* Something that is shown has changed since the last call. */
bool workspace_news(struct workspace *w);

/* One step. True while there is more to do at once; else again after the next event, at least every second.
 */
bool workspace_step(struct workspace *w, const struct clock_reading *now);

/* The last look at the items from `first` on, `n` of them: what is on the disk now is collected without
 * waiting, and a final snapshot is written for what was worked on. Steps go on as ever until
 * workspace_finished. */
void workspace_finish(struct workspace *w, size_t first, size_t n);
enum workspace_finish { WORKSPACE_FINISHING, WORKSPACE_FINISHED, WORKSPACE_FAILED };
/* FAILED: something could not be stored; another workspace_finish tries again. */
enum workspace_finish workspace_finished(const struct workspace *w);

/* Begins the item again from its task. What is there is collected first, and kept beside the folder besides.
 */
void workspace_start_again(struct workspace *w, size_t item);

#endif
