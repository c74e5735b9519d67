/* SPDX-License-Identifier: Apache-2.0 */
/* The two inner containers of a package from an assembled exam's folder: what candidates see, and what scores
 * them. */
#ifndef KAOCHANG_CLI_PACKAGE_INNER_H
#define KAOCHANG_CLI_PACKAGE_INNER_H

#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/item/paper.h"

enum { INNER_KEY_MULTIPLE = 64 * 1024 };

/* paper.xml and items/ID.xml in the candidate's view, each checked to hold no key, what practical items are
 * begun with (cli/package/tasks.h), and the pictures that the views name (cli/package/pictures.h); and the
 * same paper.xml with the full items, the practical items' files and rules, and a stored entry "padding" of
 * zeros that fills the whole up to the next multiple of 64 KiB. Items in bytewise order of their ids. With
 * `sealed`, items that must not be used in a sealed exam, or whose key does not earn all points, are refused.
 * The same exam gives the same bytes. */
MUST_CHECK int inner_containers(const char *exam, const struct paper *paper, struct span paper_xml,
                                bool sealed, struct bytes *ret_paper, struct bytes *ret_key, struct err *e);

#endif
