/* SPDX-License-Identifier: Apache-2.0 */
/* Tints and shades as slide shows mean them: mixed as light, not as numbers (ECMA-376 part 1, 20.1.2.3.31 and
 * 20.1.2.3.34). Whole numbers from a table, so that every machine gives the same colour. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SLIDES_LIGHT_H
#define KAOCHANG_SCORING_PRACTICAL_SLIDES_LIGHT_H

#include <stdbool.h>
#include <stdint.h>

/* `share` thousandths of the light of 0xRRGGBB, the rest white or black. */
int64_t light_mix(int64_t rgb, int64_t share, bool white);

#endif
