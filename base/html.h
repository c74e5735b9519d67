/* SPDX-License-Identifier: Apache-2.0 */
/* Texts inside HTML. */
#ifndef KAOCHANG_BASE_HTML_H
#define KAOCHANG_BASE_HTML_H

#include "base/bytes.h"

/* Appends the text, safe as content and inside quoted attributes; control characters become U+FFFD. */
void html_text(struct bytes *out, const char *text);
/* "<tag>text</tag>". */
void html_element(struct bytes *out, const char *tag, const char *text);

#endif
