/* SPDX-License-Identifier: Apache-2.0 */
/* Updates of the examiner's screens: model + event → model + effects. EFFECT_STAGE names the entry of the
 * book whose rating is to be saved. */
#ifndef KAOCHANG_CLIENT_RATE_RATE_UPDATE_H
#define KAOCHANG_CLIENT_RATE_RATE_UPDATE_H

#include "client/rate/rate-model.h"
#include "client/screens/update.h"

void rate_update(struct rate_model *r, struct model *m, const struct event *e, struct effects *out);

/* ---- the pieces ---- */
void rate_sheets_key(struct rate_model *r, struct model *m, struct key k, struct effects *out);
void rate_groups_key(struct rate_model *r, struct model *m, struct key k);
void rate_identity_key(struct rate_model *r, struct model *m, struct key k, struct effects *out);
void rate_own_key(struct rate_model *r, struct model *m, struct key k, struct effects *out);
void rate_reason_key(struct rate_model *r, struct model *m, struct key k, struct effects *out);
void rate_status_key(struct rate_model *r, struct model *m, struct key k, struct effects *out);
void rate_finish_key(struct rate_model *r, struct model *m, struct key k, struct effects *out);

/* The chosen sheet gets this rating, and is saved. */
void rate_commit(struct rate_model *r, struct model *m, const struct rating *next, struct effects *out);
void rate_save(struct model *m, size_t entry, struct effects *out);
/* The sheet is open in another program, which is said: nothing can be changed here. */
bool rate_is_elsewhere(const struct rate_model *r, struct model *m);
/* One line above the keys until the next key. */
void rate_tell(struct model *m, const char *text);
/* Adds a line to the examiner's words; false and a message when there is no room. */
bool rate_add_note(struct rate_model *r, struct model *m, struct rating *x, const char *text);

/* Another candidate, another group: what was being asked ends. */
void rate_choose(struct rate_model *r, size_t entry);
void rate_enter_group(struct rate_model *r, struct model *m, int64_t group);
/* The first one from there on in the group whose face was not compared yet, or n. */
size_t rate_unidentified(const struct rate_model *r);
void rate_show_sheets(struct rate_model *r);

#endif
