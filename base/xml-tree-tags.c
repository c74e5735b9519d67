/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml-tree-internal.h"

enum { TREE_MAX_ATTRIBUTES = 2000 };

bool tree_tags_look(struct tree_tags *t, struct span utf8)
{
    for (size_t i = 0; i < utf8.n; i++) {
        uint8_t c = utf8.p[i];
        if (c == '<')
            *t = (struct tree_tags){.in_tag = true, .just_begun = true};
        else if (!t->in_tag)
            continue;
        else if (t->just_begun) {
            t->just_begun = false;
            t->in_tag = c != '!' && c != '?';
        } else if (t->quote)
            t->quote = c == t->quote ? 0 : t->quote;
        else if (c == '"' || c == '\'')
            t->quote = c;
        else if (c == '>')
            t->in_tag = false;
        else if (c == '=' && ++t->attributes > TREE_MAX_ATTRIBUTES)
            return false;
    }
    return true;
}
