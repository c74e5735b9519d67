/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of the family "web"; inside this folder only. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WEB_KINDS_H
#define KAOCHANG_SCORING_PRACTICAL_WEB_KINDS_H

#include "scoring/practical/web/page.h"

/* text.c */
fact_fn web_title, web_text, web_word_count, web_heading, web_headings, web_list, web_list_type,
    web_attribute, web_element_count, web_meta, web_charset;
/* links.c */
fact_fn web_link, web_link_exists, web_link_text, web_links, web_link_frame, web_image, web_image_exists,
    web_image_alt, web_image_width, web_image_height, web_image_same, web_images, web_frames, web_frameset;
/* table.c */
fact_fn web_table_rows, web_table_columns, web_table_cell, web_table_border, web_table_width, web_table_row,
    web_table_merged;
/* form.c */
fact_fn web_field, web_fields, web_form_action, web_form_method, web_options, web_field_attribute;
/* look.c */
fact_fn web_font, web_size, web_color, web_bold, web_italic, web_underline, web_alignment, web_background,
    web_background_image, web_style;

void web_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context);

/* The nth element of those names, n by the locator `name` (1 where absent); NULL with *ret absent or *fault.
 */
const struct xml_node *web_nth(const struct check_target *t, const struct locator *at, const char *name,
                               const char *elements, struct fact *ret, int *fault, struct err *e);

#endif
