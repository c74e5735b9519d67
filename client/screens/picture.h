/* SPDX-License-Identifier: Apache-2.0 */
/* A gray picture as characters: printable ASCII, whose width no terminal disputes. The only file
 * that knows chafa. */
#ifndef KAOCHANG_CLIENT_SCREENS_PICTURE_H
#define KAOCHANG_CLIENT_SCREENS_PICTURE_H

#include "base/picture.h"

enum {
    PICTURE_CELL_WIDTH = 8,
    PICTURE_CELL_HEIGHT = 16
}; /* a character's place in pixels, about */

/* Chooses a character for each of columns × rows places by its shape; dark is ink. `cells` has that
 * many bytes, row by row, each from ' ' to '~'. The same picture and size give the same characters.
 */
void picture_draw(const struct picture_gray *p, int columns, int rows, char *cells);

#endif
