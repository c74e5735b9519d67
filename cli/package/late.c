/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/late.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/identities.h"
#include "cli/package/supplying.h"
#include "office/apart.h"
#include "office/roster-amend.h"
#include "office/roster-store.h"

enum { MAX_TABLE = 16 << 20, MAX_ROSTER = 160 << 20 };

struct late {
    struct supplying s;
    const struct args *args;
    struct age_identity *id;
    size_t n_ids;
    struct roster *before, *after;
    struct package_site *site; /* those that the changes touch */
    struct bytes *list;
    size_t n_sites;
};

static void complain(void *context, const char *file, unsigned line, const char *what)
{
    (void)context;
    fprintf(stderr, "%s:%u: %s\n", file, line, what);
}

static int read_before(struct late *l, struct err *e)
{
    struct bytes text = {0};
    char *path = path_join(l->s.folder, "roster.xml");
    int r = file_read(path, MAX_ROSTER, &text, e);
    if (r == 0)
        r = roster_read(&l->before, path, bytes_span(&text), e);
    if (r == 0 && l->before->n_raters > 0)
        r = err_set(e, ERR_USAGE, l->s.session.id,
                    _("a lab-skills exam has make-up sessions for those who come late"));
    bytes_release(&text);
    free(path);
    return r;
}

static int check_forms(const struct late *l, struct err *e)
{
    const struct manifest *m = package_manifest(l->s.package);
    for (size_t i = 0; i < l->after->n_candidates; i++) {
        const struct roster_candidate *c = &l->after->candidate[i];
        size_t k = 0;
        while (k < m->n_forms && strcmp(m->form[k], c->form) != 0)
            k++;
        if (k == m->n_forms)
            return err_set(e, ERR_DATA, c->ticket, _("has the form %s, which the package does not have"),
                           c->form);
    }
    return 0;
}

static bool has_several_forms(const struct roster *r)
{
    for (size_t i = 1; i < r->n_candidates; i++)
        if (strcmp(r->candidate[i].form, r->candidate[0].form) != 0)
            return true;
    return false;
}

static int check_neighbours(const struct late *l, struct err *e)
{
    const struct manifest *m = package_manifest(l->s.package);
    struct arrange_plan plan = {.form = (const char *const *)m->form, .n_forms = m->n_forms};
    bool known = false;
    int r = args_int(l->args, "columns", 1, ROSTER_MAX_SEATS, 8, &plan.columns, e);
    plan.snake = args_get(l->args, "snake") != NULL;
    if (r == 0)
        r = roster_apart(l->before, l->after, &plan, &known, e);
    if (r == 0 && !known && has_several_forms(l->before))
        fprintf(stderr,
                _("kaochang: neighbours with the same form were not looked for: the list has some already in rows "
                  "of %lld (--columns, --snake)\n"),
                (long long)plan.columns);
    return r;
}

static int take_changes(struct late *l, const char *path, struct err *e)
{
    struct bytes table = {0};
    int r = file_read(path, MAX_TABLE, &table, e);
    if (r == 0)
        r = roster_amend_csv(&l->after, l->before, path, bytes_span(&table), complain, NULL, e);
    bytes_release(&table);
    if (r < 0)
        return r;
    l->after->number = l->s.in.number;
    r = check_forms(l, e);
    return r < 0 ? r : check_neighbours(l, e);
}

/* The list that counted so far. ERR_NO when none of the identities opens it. */
static int old_list(const struct late *l, const char *site, struct roster **ret, struct err *e)
{
    int r = err_set(e, ERR_USAGE, site, _("no identity is here that opens the site's list"));
    for (size_t i = 0; i < l->n_ids && r < 0; i++)
        r = supplements_roster(l->s.folder, l->s.trust, l->s.package, site, &l->id[i], ret, e);
    return r == -ERR_NO
               ? err_hint(e, _("give the office's recovery identity: --identity keys/recovery.identity"))
               : r;
}

static bool had_site(const struct late *l, const char *site)
{
    for (size_t i = 0; i < l->before->n_rooms; i++)
        if (strcmp(l->before->room[i].site, site) == 0)
            return true;
    return false;
}

static int add_site(struct late *l, const char *name, struct err *e)
{
    struct roster *view = NULL, *old = NULL;
    l->site = mem_grow(l->site, l->n_sites + 1, sizeof *l->site);
    l->list = mem_grow(l->list, l->n_sites + 1, sizeof *l->list);
    struct package_site *site = &l->site[l->n_sites];
    struct bytes *out = &l->list[l->n_sites++];
    *site = (struct package_site){.site = name};
    *out = (struct bytes){0};
    int r = keyring_recipient(l->args, name, &site->to, e);
    if (r == 0 && had_site(l, name))
        r = old_list(l, name, &old, e);
    if (r == 0)
        r = roster_site_view(&view, l->after, name, e);
    if (r == 0 && old)
        roster_keep_secrets(view, old);
    if (r == 0)
        r = roster_write(view, out, e);
    site->roster = bytes_span(out);
    roster_free(view);
    roster_free(old);
    return r;
}

static int add_sites(struct late *l, struct err *e)
{
    const char *name;
    int r = 0;
    for (size_t i = 0; r == 0 && (name = roster_site(l->after, i)); i++)
        if (roster_differs_at(l->before, l->after, name))
            r = add_site(l, name, e);
    l->s.in.site = l->site;
    l->s.in.n_sites = l->n_sites;
    return r;
}

/* An officer who signed the list before, and not this one, would leave a false signature beside it. */
static void drop_old_signatures(const struct late *l, const struct signatures *s)
{
    struct file_names names = {0};
    char keyid[SIGNATURE_KEYID];
    if (file_list(l->s.folder, &names, NULL) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        bool stays = !signature_name(names.name[i], "roster.xml", keyid);
        for (size_t k = 0; k < s->n; k++)
            stays = stays || strcmp(keyid, s->list[k].keyid) == 0;
        char *path = path_join(l->s.folder, names.name[i]);
        if (!stays)
            unlink(path);
        free(path);
    }
    file_names_free(&names);
}

static int sign_whole(struct late *l, struct err *e)
{
    struct bytes document = {0};
    struct signatures s = {0};
    const char *comment = arena_printf(l->s.arena, "kaochang/1 role=roster session=%s", l->s.session.id);
    int r = roster_write(l->after, &document, e);
    if (r == 0)
        r = signatures_make(&s, l->s.arena, bytes_span(&document), comment, l->s.officers.key,
                            l->s.officers.n, e);
    if (r == 0)
        r = signatures_save_document(l->s.folder, "roster.xml", bytes_span(&document), &s, e);
    if (r == 0)
        drop_old_signatures(l, &s);
    bytes_release(&document);
    return r;
}

static void tell(const struct late *l, const char *out)
{
    size_t changed = 0;
    for (size_t i = 0; i < l->after->n_candidates; i++) {
        const struct roster_candidate *c = &l->after->candidate[i], *old = roster_find(l->before, c->ticket);
        changed += !old || strcmp(old->room, c->room) != 0 || old->seat != c->seat ||
                   strcmp(old->form, c->form) != 0 || strcmp(old->site, c->site) != 0 ||
                   old->extra_s != c->extra_s || strcmp(old->name, c->name) != 0;
    }
    printf(
        _("%s: supplement %lld of session %s, for version %lld: new or changed candidates: %zu, sites: %zu\n"),
        out, (long long)l->s.in.number, l->s.session.id, (long long)package_manifest(l->s.package)->version,
        changed, l->n_sites);
    printf(_("stations learn it when they pull: kaochang publish %s\n"), out);
}

static void release(struct late *l)
{
    for (size_t i = 0; i < l->n_sites; i++)
        bytes_release(&l->list[i]);
    free(l->list);
    free(l->site);
    roster_free(l->before);
    roster_free(l->after);
    age_identities_free(l->id, l->n_ids);
    supplying_release(&l->s);
}

int late_pack(const struct args *a, const char *out, struct err *e)
{
    struct late l = {.args = a};
    const char *session;
    int r = args_need(a, "session", &session, e);
    if (r == 0)
        r = supplying_open(&l.s, a, session, SUPPLEMENT_ROSTER, e);
    if (r == 0 && strcmp(path_base(args_at(a, 0)), l.s.session.exam) != 0)
        r = err_set(e, ERR_USAGE, args_at(a, 0), _("session %s was made for the exam %s"), session,
                    l.s.session.exam);
    if (r == 0)
        r = identities_read(a, &l.id, &l.n_ids, e);
    if (r == 0 && (r = read_before(&l, e)) == 0 && (r = take_changes(&l, args_get(a, "late"), e)) == 0 &&
        (r = add_sites(&l, e)) == 0 && (r = supplying_build(&l.s, e)) == 0 &&
        (r = office_roster_amend(l.s.office, l.after, e)) == 0 && (r = sign_whole(&l, e)) == 0 &&
        (r = file_copy(l.s.built, out, 0644, e)) == 0)
        tell(&l, out);
    release(&l);
    return r;
}
