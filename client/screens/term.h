/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal, through ncurses: the only file that knows it. */
#ifndef KAOCHANG_CLIENT_SCREENS_TERM_H
#define KAOCHANG_CLIENT_SCREENS_TERM_H

#include <stdbool.h>

#include "base/err.h"
#include "client/screens/grid.h"
#include "client/screens/keys.h"

struct term;

/* Takes the terminal of standard input and output over. ERR_ENV where there is none, where it is not set to UTF-8, or
 * where it cannot move its cursor. */
MUST_CHECK int term_open(struct term **ret, struct err *e);
void term_close(struct term *t); /* NULL is fine; gives the terminal back as it was */

void term_size(const struct term *t, int *ret_width, int *ret_height);
bool term_has_function_keys(const struct term *t);
void term_show(struct term *t, const struct grid *g);

enum term_input { TERM_NOTHING, TERM_KEY, TERM_CLICK, TERM_RESIZE, TERM_GONE };
/* The next input if there is one; does not wait. */
enum term_input term_read(struct term *t, struct key *ret_key, int *ret_x, int *ret_y);

#endif
