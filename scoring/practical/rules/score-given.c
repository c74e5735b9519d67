/* SPDX-License-Identifier: Apache-2.0 */
/* A start file reaches a candidate with the exam's token in it (base/token.h). What was given is therefore the
 * start file, or the start file with a token that this work carries. */
#include <sodium.h>
#include <string.h>

#include "base/token.h"
#include "scoring/practical/rules/score-internal.h"

enum { MOST_TOKENS = 4 }; /* a work has one; another candidate's file brings a second */

static size_t tokens_of(const struct practical_folder *work, struct arena *a, const char *ret[MOST_TOKENS])
{
    size_t n = 0;
    for (size_t i = 0; i < work->n && n < MOST_TOKENS; i++) {
        const struct practical_file *f = &work->file[i];
        const char *token = NULL;
        struct err unwanted;
        if (f->folder || f->temporary || f->skipped || !token_fits(f->path) ||
            token_read(f->path, f->bytes, a, &token, &unwanted) < 0 || !token)
            continue;
        bool seen = false;
        for (size_t k = 0; k < n; k++)
            seen |= strcmp(ret[k], token) == 0;
        if (!seen)
            ret[n++] = token;
    }
    return n;
}

static bool holds(const struct practical_folder *work, const struct practical_file *like)
{
    for (size_t i = 0; i < work->n; i++)
        if (practical_same_file(&work->file[i], like))
            return true;
    return false;
}

/* Its content stays the start file's: what a check looks at there is the same. */
static void stamp(struct practical_file *f, const struct practical_folder *work, const char *const *token,
                  size_t n)
{
    struct bytes out = {0};
    struct err unwanted;
    for (size_t k = 0; k < n && !holds(work, f); k++) {
        struct practical_file stamped = *f;
        bytes_clear(&out);
        if (token_stamp(f->path, f->bytes, token[k], &out, &unwanted) < 0)
            break;
        stamped.size = out.n;
        crypto_generichash(stamped.hash, sizeof stamped.hash, out.p, out.n, NULL, 0);
        if (holds(work, &stamped))
            *f = stamped;
    }
    bytes_release(&out);
}

struct practical_folder practical_given(const struct practical_folder *start,
                                        const struct practical_folder *work, struct arena *a)
{
    const char *token[MOST_TOKENS];
    size_t n = tokens_of(work, a, token);
    if (n == 0)
        return *start;
    struct practical_file *file = arena_array(a, start->n + 1, sizeof *file);
    for (size_t i = 0; i < start->n; i++) {
        file[i] = start->file[i];
        if (!file[i].folder && !file[i].skipped && token_fits(file[i].path))
            stamp(&file[i], work, token, n);
    }
    return (struct practical_folder){.file = file, .n = start->n};
}
