/* SPDX-License-Identifier: Apache-2.0 */
/* uploadInteraction of a practical item: the folder and what is in it, each file with what became of it. The
 * first place is the folder, the others are the files. Nothing is answered here: what is in the folder is the
 * answer, and is collected as it is saved. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"
#include "client/screens/task-view.h"

enum { MIB = 1 << 20, KIB = 1 << 10 };

bool task_view_waits(const struct task_view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->line[i].state == WORKSPACE_CHANGED)
            return true;
    return false;
}

bool task_view_lacks(const struct task_view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->line[i].state == WORKSPACE_LEFT_OUT || v->line[i].state == WORKSPACE_NOT_SAVED)
            return true;
    return v->more;
}

static size_t in_state(const struct task_view *v, enum workspace_state state)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        n += v->line[i].state == state;
    return n;
}

const char *task_view_say(const struct task_view *v, char *buf, size_t room)
{
    size_t done = in_state(v, WORKSPACE_COLLECTED) + in_state(v, WORKSPACE_IN_MEMORY);
    size_t lacking = in_state(v, WORKSPACE_LEFT_OUT) + in_state(v, WORKSPACE_NOT_SAVED);
    if (lacking)
        return say(buf, room, _("files: %zu collected, %zu NOT"), done, lacking);
    if (task_view_waits(v))
        return say(buf, room, _("files: %zu collected, %zu soon"), done, in_state(v, WORKSPACE_CHANGED));
    if (done || v->n == 0)
        return say(buf, room, _("files: %zu collected"), done);
    return say(buf, room, "%s", _("files: as given"));
}

static void init(struct part *p, struct span seed, struct arena *a)
{
    (void)seed;
    (void)a;
    p->n_places = 1;
}

static bool answered(const struct part *p)
{
    return p->task && p->task->worked;
}

static bool complete(const struct part *p)
{
    return answered(p) && !task_view_waits(p->task) && !task_view_lacks(p->task);
}

/* The journal has the files; there is nothing to write besides. */
static void response(const struct part *p, struct response *r, struct arena *a)
{
    (void)p;
    (void)r;
    (void)a;
}

static void restore(struct part *p, const struct response *r)
{
    (void)p;
    (void)r;
}

static void words(const struct part *p, struct bytes *out)
{
    size_t n = in_state(p->task, WORKSPACE_COLLECTED) + in_state(p->task, WORKSPACE_IN_MEMORY);
    bytes_printf(out, ngettext("%zu file", "%zu files", n), n);
}

/* ---- keys ---- */

static uint32_t letter(struct key k)
{
    return k.code == K_CHAR ? key_plain(k).ch | 0x20 : 0;
}

static enum part_result open_it(struct part *p, struct part_turn *t)
{
    if (!p->task->may_open) {
        say(t->message, sizeof t->message,
            _("On this machine the files are opened with its own programs, in the folder %s."),
            p->task->folder);
        return PART_USED;
    }
    t->wish = PART_OPENS;
    t->file = t->place;
    return PART_USED;
}

static enum part_result ask_again(struct part *p, struct part_turn *t)
{
    p->held = 1;
    say(t->message, sizeof t->message, "%s",
        _("Begin again with the files as they were given? Y: yes. Any other key: no. What there is now is collected first."));
    return PART_USED;
}

static enum part_result answer_again(struct part *p, struct part_turn *t, struct key k)
{
    p->held = 0;
    if (letter(k) == 'y') {
        t->wish = PART_BEGINS_AGAIN;
        say(t->message, sizeof t->message, "%s", _("The files are being put back as they were given."));
    }
    return PART_USED;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    if (!p->task)
        return PART_IGNORED;
    if (p->held)
        return answer_again(p, t, k);
    switch (letter(k)) {
    case 'o':
        return open_it(p, t);
    case 'r':
        return ask_again(p, t);
    case 's':
        if (!p->task->may_shell)
            return PART_IGNORED;
        t->wish = PART_WANTS_SHELL;
        return PART_USED;
    default:
        return PART_IGNORED;
    }
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)p;
    (void)t;
    (void)sub;
    (void)column;
    return PART_USED;
}

/* ---- the list ---- */

static const char *size_text(int64_t size, char *buf, size_t room)
{
    if (size >= MIB)
        return say(buf, room, "%lld.%lld MiB", (long long)size / MIB, (long long)size % MIB * 10 / MIB);
    if (size >= KIB)
        return say(buf, room, "%lld.%lld KiB", (long long)size / KIB, (long long)size % KIB * 10 / KIB);
    return say(buf, room, ngettext("%lld byte", "%lld bytes", (unsigned long)size), (long long)size);
}

static const char *state_word(enum workspace_state state)
{
    switch (state) {
    case WORKSPACE_GIVEN:
        return _("[as given]");
    case WORKSPACE_COLLECTED:
        return _("[collected]");
    case WORKSPACE_IN_MEMORY:
        return _("[NOT saved here]");
    case WORKSPACE_CHANGED:
        return _("[collecting...]");
    case WORKSPACE_NOT_SAVED:
        return _("[NOT saved]");
    case WORKSPACE_LEFT_OUT:
        return _("[NOT collected]");
    }
    return "";
}

static const char *reason_text(enum workspace_reason why)
{
    switch (why) {
    case WORKSPACE_TOO_LARGE:
        return _("larger than 32 MiB");
    case WORKSPACE_TOO_MUCH:
        return _("all files of this exam together, with every version, are more than 256 MiB");
    case WORKSPACE_TOO_MANY:
        return _("more than 500 files in this folder");
    case WORKSPACE_LINK:
        return _("a link: copy the file itself into the folder");
    case WORKSPACE_NO_FILE:
        return _("not a plain file");
    case WORKSPACE_UNREADABLE:
        return _("it cannot be read");
    case WORKSPACE_TOO_DEEP:
        return _("its name is too long, or it lies too deep in folders");
    case WORKSPACE_NO_REASON:
        break;
    }
    return "";
}

static void lay_out_file(const struct part *p, struct body_writer *w, size_t i)
{
    const struct task_line *x = &p->task->line[i];
    struct item_node name = {.kind = NODE_TEXT, .text = x->name};
    char label[PART_LABEL], tail[100], size[40], why[200];
    size_t at = p->first + i + 1;
    say(label, sizeof label, "%zu", i + 1);
    say(tail, sizeof tail, "   %s   %s",
        x->folder ? _("(empty folder)") : size_text(x->size, size, sizeof size), x->folder ? "" : x->time);
    body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)at},
                                       .label = label,
                                       .content = &name,
                                       .tail = tail,
                                       .word = state_word(x->state),
                                       .focus = at == w->focus});
    if (x->why) {
        w->indent += BODY_CHOICE_INDENT;
        body_note(w, LOOK_WARN, say(why, sizeof why, _("not collected: %s"), reason_text(x->why)));
        if (x->older)
            body_note(
                w, LOOK_WARN,
                say(why, sizeof why, _("The version of %s counts, which was collected before."), x->older));
        w->indent -= BODY_CHOICE_INDENT;
    }
}

static void lay_out_folder(const struct part *p, struct body_writer *w)
{
    struct item_node folder = {.kind = NODE_TEXT, .text = p->task->folder};
    body_entry(w, &(struct body_entry){.target = {.kind = TARGET_PLACE, .index = (int)p->first},
                                       .label = "",
                                       .content = &folder,
                                       .focus = p->first == w->focus});
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    char text[200];
    body_prompt(w, p->interaction);
    if (!p->task || !p->task->folder[0])
        return;
    body_note(w, LOOK_STRONG, _("Work in this folder, and save your files there:"));
    lay_out_folder(p, w);
    if (p->task->n == 0)
        body_note(w, LOOK_QUIET, _("There is no file in it yet."));
    for (size_t i = 0; i < p->task->n; i++)
        lay_out_file(p, w, i);
    if (p->task->may_shell)
        body_note(w, LOOK_QUIET, _("S opens a shell that sees this folder and no network."));
    if (p->task->more)
        body_note(w, LOOK_WARN,
                  say(text, sizeof text, "%s", _("There is more in the folder than can be collected.")));
    body_note(w, LOOK_QUIET,
              _("What you save is collected by itself, a moment later. The last collected version counts."));
}

const struct part_kind part_task = {
    .keys = N_("Up/Down file  O open  R begin again"),
    .init = init,
    .answered = answered,
    .complete = complete,
    .response = response,
    .restore = restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};
