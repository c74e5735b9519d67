/* SPDX-License-Identifier: Apache-2.0 */
/* What the keys of the sheets mean. */
#include "base/i18n.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

struct meaning {
    const char *key; /* "": the function key of that number */
    int number;
    const char *text;
};

static const struct meaning meanings[] = {
    {"1 2 3 4", 0, N_("this candidate; also Left, Right, Tab, Space")},
    {"Enter", 0, N_("full mark for the step at >; when all are rated: F9")},
    {"a b c ...", 0, N_("a slip of the step at > (then *); the same again takes it back")},
    {"h", 0, N_("after a slip: put right after a hint, where the rubric allows it")},
    {"0", 0, N_("the step at > is zero")},
    {"f 1 y", 0, N_("a fatal item, by its number, and yes")},
    {"u", 0, N_("undo this candidate's last key; the record keeps both")},
    {"n", 0, N_("add a note")},
    {"!", 0, N_("the chief examiner is needed; again: not needed")},
    {"s S", 0, N_("the time of this candidate starts; of all on the screen")},
    {"F H N S U", 0, N_("capitals: the command, where the letter is also a slip")},
    {"PageDown", 0, N_("the next group; PageUp the one before")},
    {"", 4, N_("compare the candidate's face")},
    {"", 5, N_("groups; find a candidate")},
    {"", 6, N_("status: absent, exempt, postponed, breach, cheating, void")},
    {"", 9, N_("the sheet for the candidate, who confirms it")},
    {"", 10, N_("hand all sheets in")},
};

void rate_view_keys(const struct rate_model *r, const struct model *m, struct grid *g)
{
    enum { KEY_COLUMNS = 12 };
    (void)r;
    frame_begin(g, view_title(m));
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        const struct meaning *x = &meanings[i];
        const char *key = x->number ? model_function_key(m, x->number) : x->key;
        int y = 2 + (int)i, left = FRAME_LEFT + KEY_COLUMNS;
        grid_text(g, FRAME_LEFT, y, KEY_COLUMNS - 1, LOOK_STRONG, key);
        grid_text(g, left, y, frame_end(g) - left, LOOK_TEXT, _(x->text));
    }
    rate_foot(m, g, _("any key: back"));
}
