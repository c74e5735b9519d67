/* SPDX-License-Identifier: Apache-2.0 */
/* What the workspace's own files share; nobody else includes this. */
#ifndef KAOCHANG_CLIENT_WORKSPACE_WORKSPACE_INTERNAL_H
#define KAOCHANG_CLIENT_WORKSPACE_WORKSPACE_INTERNAL_H

#include <sys/types.h>

#include "client/workspace/workspace.h"
#include "exam-packages/journal-files.h"
#include "paperbank/item/task.h"

enum {
    SETTLE_MS = 1500,     /* so long nothing must have changed before files are read */
    MOST_WAIT_MS = 10000, /* but no longer than this after the first change */
    LOOK_MS = 400,        /* between two looks at a folder in which something happens */
    RESCAN_MS = 20000,    /* looks without an event */
    POLL_MS = 1000,       /* where there is no inotify */
    RETRY_MS = 2000,      /* after the disk refused */
    READ_STEP = 1 << 20,
    MOST_ENTRIES = 5000, /* of a folder with all below it that are looked at */
    MOST_PASSED = 20000, /* of those that are never collected besides */
    MOST_TRIES = 4,      /* of a file that changes while it is read; then it counts as it was read */
    MOST_DEPTH = 16,
    MOST_WATCHES = 1000,
};

/* A file as a look found it. */
struct found {
    char *real; /* path below the item's folder, as it is on the disk */
    char *name; /* path_is_safe, unique */
    int64_t size, mtime_ns;
    uint64_t inode;
    int64_t attributes; /* enum journal_attribute */
    enum workspace_reason why;
    unsigned tries; /* to read it, since the last snapshot */
    bool known;  /* what follows is of this very file */
    bool stored; /* its content is in the journal */
    uint8_t id[32], plain[32];
};
struct found_list {
    struct found *file; /* sorted by name */
    size_t n;
    bool more;
};
void found_release(struct found_list *l);

/* A content on its way from the disk into the journal. */
struct reading {
    bool on;
    size_t index; /* in the list */
    int fd;
    struct bytes content;
    bool hashed;
    struct journal_content_hash keyed, plain;
};

/* A file of the task with the exam's token in it, as it is put into the folder. */
struct given {
    int64_t size;
    uint8_t hash[32];
};

struct practical {
    size_t item; /* in the form */
    struct task *task;
    struct given *given; /* as in the task; NULL before it is entered */
    char *folder; /* NULL before it is entered */
    struct found_list list;
    struct reading reading;
    bool event; /* something happened since the last look */
    bool again, final, failed;
    bool hurried; /* something is taken as it was read: the snapshot comes before another look */
    int64_t looked_ms, changed_ms, first_change_ms, retry_ms; /* monotonic; 0: never */
};

struct watch;
struct workspace {
    struct sitting *sitting;
    char *root, *home; /* ROOT, ROOT/TICKET; absolute */
    struct practical *item;
    size_t n;
    struct watch *watch; /* NULL: none */
    bool news;
    bool rebooted;                /* the machine, since the folders were made */
    bool looks_often;             /* not all folders are watched */
    struct workspace_file *shown; /* room for what workspace_item gives */
    size_t shown_cap;
};

struct practical *workspace_practical(const struct workspace *w, size_t item);

/* ---- scan.c ---- */
/* Told of each folder that is visited, while it is open. */
typedef void scan_folder_fn(void *context, int dir);
/* The files below a folder. A name that cannot be stored is mended; of lock files and other passing ones
 * nothing is said. ERR_ENV when the folder itself cannot be read. */
struct scan_how {
    scan_folder_fn *each; /* may be NULL */
    void *context;
    const char *
        *first; /* paths that are looked at and counted before all others, where they are there; reordered */
    size_t n_first;
};
MUST_CHECK int scan(struct found_list *ret, const char *folder, const struct scan_how *how, struct err *e);
/* Opens a file below a folder for reading without following a link: -1 where that cannot be done. */
int scan_open(const char *folder, const char *real);

/* ---- watch.c ---- */
struct watch *watch_new(void); /* NULL where there is no inotify */
void watch_free(struct watch *w);
/* False when it cannot be watched. */
bool watch_folder(struct watch *w, int dir, size_t owner);
/* Calls `each` with the owner of whatever changed; SIZE_MAX: events were lost, of any. */
void watch_read(struct watch *w, void (*each)(void *context, size_t owner), void *context);

/* ---- given.c ---- */
/* The files of the task as they are put into the folder: an office file with the exam's token in it
 * (base/token.h), and one that cannot carry it, like every other, as it is. */
typedef int given_fn(void *context, size_t i, struct span content, struct err *e);
MUST_CHECK int given_each(struct workspace *w, const struct practical *p, given_fn *each, void *context,
                          struct err *e);
/* Sets p->given, also of a folder that was made before this program was started. */
MUST_CHECK int given_know(struct workspace *w, struct practical *p, struct err *e);

/* ---- place.c ---- */
/* Makes ROOT/TICKET, or moves what stands in its place aside. */
MUST_CHECK int place_home(struct workspace *w, struct err *e);
/* The item's folder is there afterwards, and what was given is known. */
MUST_CHECK int place_item(struct workspace *w, struct practical *p, struct err *e);
/* False when the candidate removed or renamed it. */
bool place_is_there(const struct practical *p);
/* Moves what is in it aside, and begins it again from the task. */
MUST_CHECK int place_again(struct workspace *w, struct practical *p, struct err *e);

/* ---- gather-look.c ---- */
void gather_look(struct workspace *w, struct practical *p, int64_t now_ms);
/* As it was given; as the journal has it, which then has a snapshot. */
bool gather_is_given(const struct practical *p, const struct found *f);
bool gather_is_collected(const struct workspace *w, const struct practical *p, const struct found *f);
/* What a snapshot of the list holds, sorted: what counts, and of what cannot be collected any more the
 * version that was collected last. Borrowed from the list and the last snapshot. */
size_t gather_contents(const struct workspace *w, const struct practical *p,
                       struct journal_file ret[JOURNAL_MAX_FILES]);
/* The version of a file that is left out, as it was collected last; NULL: none. */
const struct journal_file *gather_older(const struct workspace *w, const struct practical *p,
                                        const struct found *f);
/* What is there is not what the journal has. */
bool gather_is_due(const struct workspace *w, const struct practical *p);
/* It is to be collected. */
bool gather_counts(const struct found *f);
bool gather_all_known(const struct practical *p);
/* The item differs from what was given; once all is known. */
bool gather_differs(const struct practical *p);
/* The item's last snapshot, or NULL. */
const struct journal_snapshot *gather_last(const struct workspace *w, const struct practical *p);

/* ---- gather.c ---- */
/* One step; true if something was done. */
bool gather_step(struct workspace *w, struct practical *p, const struct clock_reading *now);
void gather_drop(struct practical *p);

#endif
