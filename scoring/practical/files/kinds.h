/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of the family "files"; inside this folder only. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FILES_KINDS_H
#define KAOCHANG_SCORING_PRACTICAL_FILES_KINDS_H

#include "scoring/practical/fact.h"

/* tree.c: what is there, what is gone, what went where */
fact_fn files_exists, files_absent, folder_exists, folder_absent, files_renamed, files_copied,
    files_copied_matching, files_matching, files_unchanged;
/* attributes.c */
fact_fn files_read_only, files_hidden, files_size, files_same;
/* content.c: texts */
fact_fn files_text, files_word_count, files_line_count, files_encoding;
/* table.c: CSV */
fact_fn files_csv_cell, files_csv_rows, files_csv_row;
/* packed.c: ZIP archives */
fact_fn files_zip_entries, files_zip_contains, files_zip_equals, files_extracted, files_zip_text;
/* shortcut.c */
fact_fn files_shortcut_target;

void files_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context);

#endif
