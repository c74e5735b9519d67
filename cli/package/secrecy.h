/* SPDX-License-Identifier: Apache-2.0 */
/* The paper part of a package, looked at once more as the bytes that are about to be sealed: it must hold
 * nothing of the key. What the candidate's view leaves out is decided elsewhere (paperbank/item/view.h,
 * slice.h); this is a second look that shares nothing with the first. docs/exam-packages.md, "The key stays
 * away". */
#ifndef KAOCHANG_CLI_PACKAGE_SECRECY_H
#define KAOCHANG_CLI_PACKAGE_SECRECY_H

#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/item/item.h"
#include "scoring/practical/fact.h"

/* Both inner containers, plain. ERR_DATA names the entry and what it gives away: an entry that has no
 * business there; an element of the key (correct response, mapping, processing, outcome, feedback); an item
 * that is not the view of the one that is scored; what secrecy_words finds; the rules of a practical item; a
 * key part whose size is not padded. */
MUST_CHECK int secrecy_check(struct span paper, struct span key, struct err *e);

/* The words of an item's view beside its key: a title or placeholder that holds a correct text, a sentence
 * that says which answer is right, identifiers of choices that tell right from wrong, a template value that
 * is the correct text. `view` is the root element of the view. */
MUST_CHECK int secrecy_words(const struct item *key, const struct xml_doc *view, struct err *e);

/* A practical item's folder (start/, material/, model/, rules.xml): nothing that candidates are given may be
 * a file of the model solution that they are to make, or rules. */
MUST_CHECK int secrecy_files(const struct practical_folder *all, struct err *e);

#endif
