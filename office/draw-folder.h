/* SPDX-License-Identifier: Apache-2.0 */
/* The draws of an office: HOME/draws/FIRST/N, where FIRST is the first of its sessions (bytewise) and N counts from 1.
 * In it: commitment.xml and list.csv to publish, the tables that the list was made of, the seed until it is revealed
 * (0600), then draw.xml and places.csv. A folder without commitment.xml counts for nothing.
 */
#ifndef KAOCHANG_OFFICE_DRAW_FOLDER_H
#define KAOCHANG_OFFICE_DRAW_FOLDER_H

#include "exam-packages/signatures.h"
#include "office/draw-document.h"
#include "office/draw-gather.h"
#include "office/office.h"

/* The newest draw that one of these sessions is in. */
struct draw_folder {
    char *path; /* NULL: there is none */
    struct draw_commitment *commitment;
    struct bytes document; /* commitment.xml */
    bool drawn;            /* draw.xml is there */
};
/* ERR_USAGE when a draw has some of these sessions, but not these alone. */
MUST_CHECK int draw_folder_find(struct draw_folder *ret, const struct office *o, const char *const *session,
                                size_t n_sessions, struct err *e);
void draw_folder_release(struct draw_folder *f);
/* "HOME/draws/FIRST/N"; the caller frees. */
char *draw_folder_path(const struct office *o, const char *first, int64_t number);

/* What the draw is made of; the seed is the XOR of the shares where there are any. */
struct draw_secret {
    uint8_t seed[DRAW_SEED];
    uint8_t share[DRAW_MAX_SHARES][DRAW_SEED];
    size_t n_shares;
};
MUST_CHECK int draw_secret_new(struct draw_secret *s, const char *const *share_file, size_t n, struct err *e);
MUST_CHECK int draw_secret_save(const struct draw_secret *s, const char *folder, struct err *e);
MUST_CHECK int draw_secret_load(struct draw_secret *ret, const char *folder, struct err *e);
/* ERR_NO where it is not the secret that was committed. */
MUST_CHECK int draw_secret_check(const struct draw_secret *s, const struct draw_commitment *c, struct err *e);

/* Writes what the commitment stands for, then the commitment with its signatures. Fills c->seed, c->list, c->share. */
MUST_CHECK int draw_commit(const struct office *o, struct draw_commitment *c, const struct draw_secret *s,
                           struct span list, const struct draw_table *rooms, const struct draw_table *raters,
                           const struct minisign_secret *officer, size_t n_officers, struct err *e);
/* Reads a file of a draw's folder. */
MUST_CHECK int draw_folder_read(const char *folder, const char *file, struct bytes *ret, struct err *e);
/* Reads the list that was committed; ERR_NO when the file was changed since. */
MUST_CHECK int draw_folder_list(const struct draw_folder *f, struct draw_list **ret, struct bytes *ret_text,
                                struct err *e);
/* The draw's record that was written before, and its bytes; ERR_NO where it is not of the commitment beside
 * it, or its seed gives other places. Who signed it is for the caller to see. */
MUST_CHECK int draw_folder_record(const struct draw_folder *f, struct draw_record **ret,
                                  struct bytes *ret_text, struct err *e);
/* Hash of draw.xml, or of commitment.xml where nothing was drawn. */
MUST_CHECK int draw_folder_hash(const struct draw_folder *f, uint8_t ret[DRAW_HASH], struct err *e);

#endif
