/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a practical item, as the document tasks/ITEM.xml of a package (docs/practical.md, "The
 * workspace"): what is put into the candidate's folder. The contents lie beside it as files/HASH, once each.
 * Written when an exam is packed, read by the candidate's program and by the scorer. An item with such a
 * document is practical; the paper part names nothing else of its rules. */
#ifndef KAOCHANG_PAPERBANK_ITEM_TASK_H
#define KAOCHANG_PAPERBANK_ITEM_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define TASK_NS "urn:kaochang:task:1"
enum {
    TASK_MAX_FILES = 100,
    TASK_MAX_PATH = 400,       /* bytes of UTF-8 */
    TASK_MAX_FILE = 32 << 20,  /* bytes of one file */
    TASK_MAX_BYTES = 64 << 20, /* of all files of an item */
};

enum task_role {
    TASK_START,    /* to be worked on */
    TASK_MATERIAL, /* to be used: pictures, texts, data */
};
/* "start", "material". */
const char *task_role_name(enum task_role role);

struct task_file {
    const char *path; /* path_is_safe: relative, with / */
    int64_t size;
    uint8_t hash[32]; /* BLAKE2b-256 of the content */
    enum task_role role;
};

struct task {
    struct arena *arena;    /* owns everything below */
    const char *item;       /* id */
    struct task_file *file; /* sorted by path, bytewise */
    size_t n;
};

/* An empty task with its arena. */
struct task *task_new(const char *item);
void task_free(struct task *t); /* NULL is fine */
/* Adds a file in its place; the path is copied. Whether it may stand there is checked by task_write. */
void task_add(struct task *t, const char *path, int64_t size, const uint8_t hash[32], enum task_role role);
const struct task_file *task_find(const struct task *t, const char *path); /* NULL: none */

/* Canonical bytes. ERR_DATA where a path is not safe, stands twice (also when only the case of ASCII letters
 * differs), or is the folder of another, and past the limits above. A task without files is one: the
 * candidate begins with an empty folder. */
MUST_CHECK int task_write(const struct task *t, struct bytes *out, struct err *e);
/* Reads and checks the same; bytes that do not re-serialise to themselves are refused. */
MUST_CHECK int task_read(struct task **ret, const char *name, struct span data, struct err *e);

/* Names in the package, in the caller's room: "tasks/ITEM.xml", "files/HASH". */
enum { TASK_NAME = 128 };
const char *task_part_name(char ret[TASK_NAME], const char *item);
const char *task_file_part_name(char ret[TASK_NAME], const struct task_file *file);

#endif
