/* SPDX-License-Identifier: Apache-2.0 */
/* The allow-list of a candidate's view: which elements get in, with which attributes. Shared by view*.c only. */
#ifndef KAOCHANG_PAPERBANK_ITEM_VIEW_ALLOWED_H
#define KAOCHANG_PAPERBANK_ITEM_VIEW_ALLOWED_H

/* What a value must be to be written. */
enum view_form {
    FORM_TEXT,
    FORM_TRUE,      /* written only when true */
    FORM_WHOLE,     /* a whole number */
    FORM_DECIMAL,   /* a number */
    FORM_VERTICAL,  /* only "vertical" */
    FORM_FORMAT,    /* only "preFormatted" or "xhtml" */
    FORM_NORMALIZE, /* only "kc-normalize" */
    FORM_CANDIDATE, /* "candidate" */
    FORM_HIDE,      /* only "hide" */
};

struct view_attr {
    const char *name;
    enum view_form form;
};

enum { VIEW_ATTRS = 8 };

struct view_element {
    const char *name;
    struct view_attr attr[VIEW_ATTRS]; /* written in this order; the rest without a name */
};

/* NULL for an element that does not get in. */
const struct view_element *view_allowed(const char *name);

#endif
