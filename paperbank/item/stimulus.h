/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that several items share: an item names them (assessmentStimulusRef, QTI 2.2 and 3.0), and each lies
 * in a file of its own (assessmentStimulus). */
#ifndef KAOCHANG_PAPERBANK_ITEM_STIMULUS_H
#define KAOCHANG_PAPERBANK_ITEM_STIMULUS_H

#include "base/package-source.h"
#include "paperbank/item/item.h"

/* What marks the content of a stimulus in an item's body. */
#define STIMULUS_CLASS "kc-stimulus"
enum { ITEM_MAX_STIMULI = 10 };

bool item_has_stimuli(const struct item *item);
/* Appends the item's QTI 2.2 bytes with the content of each stimulus in a div at the beginning of its body,
 * in the order of the references, which are gone; addresses of pictures are turned to be read from the item's
 * place. `path`: of the item inside source. ERR_DATA with the item's line where one cannot be read. The
 * item's model ends with it: free it afterwards. */
MUST_CHECK int item_put_stimuli(struct item *item, struct package_source *source, const char *path,
                                struct bytes *out, struct err *e);

#endif
