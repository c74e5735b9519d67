/* SPDX-License-Identifier: Apache-2.0 */
/* Inside slides/: what reads each kind of fact from its place. */
#ifndef KAOCHANG_SCORING_PRACTICAL_SLIDES_GET_H
#define KAOCHANG_SCORING_PRACTICAL_SLIDES_GET_H

#include "scoring/practical/slides/find.h"

slides_get_fn slides_get_count, slides_get_titles, slides_get_hidden, slides_get_layout,
    slides_get_layout_name, slides_get_theme, slides_get_master, slides_get_color_scheme,
    slides_get_font_scheme, slides_get_notes, slides_get_background, slides_get_background_color,
    slides_get_background_own, slides_get_slide_number, slides_get_footer, slides_get_date,
    slides_get_show_type, slides_get_show_loop, slides_get_show_narration, slides_get_show_animation,
    slides_get_show_manual, slides_get_show_from, slides_get_show_to, slides_get_slide_width,
    slides_get_slide_height, slides_get_orientation, slides_get_transition, slides_get_transition_option,
    slides_get_transition_speed, slides_get_transition_duration, slides_get_transition_sound,
    slides_get_advance_click, slides_get_advance_after, slides_get_animation_count, slides_get_animation,
    slides_get_animation_kind, slides_get_animation_trigger, slides_get_animation_direction,
    slides_get_animation_duration, slides_get_animation_delay, slides_get_animation_order, slides_get_title,
    slides_get_text, slides_get_paragraph, slides_get_paragraph_count, slides_get_word_count, slides_get_font,
    slides_get_font_asian, slides_get_size, slides_get_size_shown, slides_get_bold, slides_get_italic,
    slides_get_underline, slides_get_strike, slides_get_color, slides_get_highlight, slides_get_script,
    slides_get_char_spacing, slides_get_align, slides_get_line_spacing, slides_get_space_before,
    slides_get_space_after, slides_get_bullet, slides_get_bullet_text, slides_get_bullet_color,
    slides_get_level, slides_get_indent_left, slides_get_indent_first, slides_get_text_anchor,
    slides_get_text_columns, slides_get_text_vertical, slides_get_link, slides_get_link_slide,
    slides_get_link_action, slides_get_shape_count, slides_get_picture_count, slides_get_picture,
    slides_get_picture_hash, slides_get_alternative_text, slides_get_shape_link, slides_get_shape_link_slide,
    slides_get_shape_action, slides_get_table_rows, slides_get_table_columns, slides_get_table_style,
    slides_get_table_header, slides_get_table_cells, slides_get_cell, slides_get_cell_columns,
    slides_get_cell_rows, slides_get_cell_fill, slides_get_chart, slides_get_diagram, slides_get_left,
    slides_get_top, slides_get_width, slides_get_height, slides_get_rotation, slides_get_media_count,
    slides_get_media, slides_get_media_file, slides_get_shape, slides_get_word_art, slides_get_fill,
    slides_get_fill_color, slides_get_line_color, slides_get_line_width, slides_get_line_dash,
    slides_get_effects;

#endif
