/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by markup*.c only. */
#ifndef KAOCHANG_PAPERBANK_BANK_MARKUP_WRITE_H
#define KAOCHANG_PAPERBANK_BANK_MARKUP_WRITE_H

#include "base/xml.h"
#include "paperbank/bank/markup.h"

/* Appends the children of a node; what cannot be taken sets the fault of `m`. */
void markup_write(struct markup *m, const struct xml_doc *d, const struct xml_node *n,
                  enum markup_place place, struct bytes *out);
bool markup_is_blank(const char *s);

#endif
