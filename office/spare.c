/* SPDX-License-Identifier: Apache-2.0 */
#include "office/spare.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "office/roster-import.h"
#include "office/roster-store.h"

static const char file_name[] = "spare-for";

static const char *form_for(const char *form, const struct office_forms *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->form[i], form) == 0)
            return f->spare[i];
    return f->spare[0];
}

static int load_arranged(struct office *o, const char *id, struct roster **ret, struct err *e)
{
    int r = office_roster_load(o, id, ret, e);
    if (r == 0 && !roster_is_arranged(*ret)) {
        err_set(e, ERR_USAGE, id, _("the seats of this session are not arranged yet"));
        r = err_hint(e, _("a spare session takes them over: kaochang roster arrange first"));
    }
    return r;
}

static int write_name(struct office *o, const char *id, const char *main, struct err *e)
{
    struct bytes text = {0};
    char *path = office_session_path(o, id, file_name);
    bytes_printf(&text, "%s\n", main);
    int r = file_put(path, 0600, bytes_span(&text), e);
    bytes_release(&text);
    free(path);
    return r;
}

int office_spare_add(struct office *o, const struct office_session *s, const struct office_session *main,
                     const struct office_forms *forms, struct err *e)
{
    struct roster *roster = NULL;
    struct office_session both = *s;
    int r = load_arranged(o, main->id, &roster, e);
    both.start_ms = main->start_ms;
    both.end_ms = main->end_ms;
    both.utc_offset_min = main->utc_offset_min;
    if (r == 0)
        r = office_session_add(o, &both, e);
    if (r == 0)
        r = write_name(o, s->id, main->id, e);
    if (r == 0) {
        roster->session = s->id;
        for (size_t i = 0; i < roster->n_candidates; i++)
            roster->candidate[i].form = form_for(roster->candidate[i].form, forms);
        r = office_roster_save(o, roster, e);
    }
    roster_free(roster);
    return r;
}

int office_spare_for(const struct office *o, struct arena *a, const char *id, const char **ret, struct err *e)
{
    struct bytes text = {0};
    char *path = office_session_path(o, id, file_name);
    int r = file_exists(path) ? file_read(path, 200, &text, e) : 0;
    *ret = NULL;
    if (r == 0 && text.n) {
        const char *name = arena_strndup(a, (const char *)text.p, text.n - (text.p[text.n - 1] == '\n'));
        if (path_is_plain_name(name))
            *ret = name;
        else
            r = err_set(e, ERR_DATA, path, _("names no session"));
    }
    bytes_release(&text);
    free(path);
    return r;
}

int office_spares_of(struct office *o, struct arena *a, const char *id, struct office_session **ret,
                     size_t *ret_n, struct err *e)
{
    struct office_session *all = NULL;
    size_t n = 0, kept = 0;
    int r = office_session_list(o, a, &all, &n, e);
    for (size_t i = 0; i < n && r == 0; i++) {
        const char *main = NULL;
        r = office_spare_for(o, a, all[i].id, &main, e);
        if (r == 0 && main && strcmp(main, id) == 0)
            all[kept++] = all[i];
    }
    *ret = all;
    *ret_n = kept;
    return r;
}
