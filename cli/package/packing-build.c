/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/packing.h"
#include "cli/package/secrecy.h"
#include "office/spare.h"

static const char lab_ruleset[] = "kaochang-lab-1";
static const int64_t usual_life_ms = 60LL * 86400 * 1000;

/* One more than every version built here or published. */
static int next_version(struct packing *p, struct err *e)
{
    const char *id = p->desk.session.id;
    const struct target_package *published = targets_find(trust_targets(p->trust), id);
    char *folder = office_session_path(p->desk.office, id, NULL);
    struct file_names names = {0};
    int64_t last = published ? published->version : 0;
    int r = file_list(folder, &names, e);
    for (size_t i = 0; i < names.n; i++) {
        long long version;
        if (strncmp(names.name[i], id, strlen(id)) == 0 &&
            sscanf(names.name[i] + strlen(id), ".%lld.exam", &version) == 1 && version > last)
            last = version;
    }
    p->input.version = last + 1;
    p->built = mem_printf("%s/%s.%lld.exam", folder, id, (long long)last + 1);
    file_names_free(&names);
    free(folder);
    return r;
}

/* A lab exam's forms are its rubrics. */
static void fill_forms(struct packing *p)
{
    size_t n = p->plan ? p->plan->n_rubrics : p->paper->n_forms;
    const char **form = arena_array(p->desk.arena, n, sizeof *form);
    for (size_t i = 0; i < n; i++)
        form[i] = p->plan ? p->plan->rubric[i]->id : p->paper->form[i].id;
    p->input.form = form;
    p->input.n_forms = n;
}

static int fill_input(struct packing *p, const struct args *a, struct err *e)
{
    const struct office_session *s = &p->desk.session;
    struct arena *arena = p->desk.arena;
    struct package_input *in = &p->input;
    char text[32];
    fill_forms(p);
    in->session = s->id;
    in->title = s->title;
    in->ruleset = p->plan ? lab_ruleset : p->paper->ruleset;
    in->start = arena_strdup(arena, time_text(s->start_ms, s->utc_offset_min, text, sizeof text));
    in->end = arena_strdup(arena, time_text(s->end_ms, s->utc_offset_min, text, sizeof text));
    in->expiry = args_get(a, "expiry") ? args_get(a, "expiry")
                                       : arena_strdup(arena, time_text(s->last_end_ms + usual_life_ms,
                                                                       s->utc_offset_min, text, sizeof text));
    in->paper = bytes_span(&p->inner_paper);
    in->key = bytes_span(&p->inner_key);
    in->site = p->site;
    in->n_sites = p->n_sites;
    in->recovery = trust_targets(p->trust)->recovery;
    in->results = trust_targets(p->trust)->results;
    in->officer = p->officers.key;
    in->n_officers = p->officers.n;
    int r = office_spare_for(p->desk.office, arena, s->id, &in->spare_for, e);
    return r < 0 ? r : next_version(p, e);
}

static int seal_code(const struct packing *p, const char *file, const char *data, struct err *e)
{
    struct bytes plain = {0}, sealed = {0};
    char shown[CODE_SHOWN], *path = office_session_path(p->desk.office, p->desk.session.id, file);
    bytes_printf(&plain, "%s\n", code_show(data, shown));
    int r = age_seal(bytes_span(&plain), &p->input.recovery, 1, &sealed, e);
    if (r == 0)
        r = file_put(path, 0600, bytes_span(&sealed), e);
    secret_wipe(shown, sizeof shown);
    bytes_release(&plain);
    bytes_release(&sealed);
    free(path);
    return r;
}

/* None may stay from a version before: the sheet would show a code that opens nothing. */
static int drop_code(const struct packing *p, const char *file, struct err *e)
{
    char *path = office_session_path(p->desk.office, p->desk.session.id, file);
    int r = unlink(path) < 0 && file_exists(path) ? err_sys(e, path, _("cannot remove it")) : 0;
    free(path);
    return r;
}

/* The codes are kept before the package is handed out: a package in use always has them. */
static int keep_codes(const struct packing *p, struct err *e)
{
    static const char unlock[] = "unlock-code.age";
    int r = *p->codes.unlock ? seal_code(p, unlock, p->codes.unlock, e) : drop_code(p, unlock, e);
    return r < 0 ? r : seal_code(p, "close-code.age", p->codes.close, e);
}

static int sign_policy(const struct packing *p, const char *role, const char *file, struct span document,
                       struct err *e)
{
    struct signatures s;
    char *folder = office_session_path(p->desk.office, p->desk.session.id, NULL);
    const char *comment =
        arena_printf(p->desk.arena, "kaochang/1 role=%s session=%s", role, p->desk.session.id);
    int r = signatures_make(&s, p->desk.arena, document, comment, p->officers.key, p->officers.n, e);
    if (r == 0)
        r = signatures_save_document(folder, file, document, &s, e);
    free(folder);
    return r;
}

/* Roster, and plan of a lab exam, that this package holds: signed for merging and reports. */
static int sign_policies(const struct packing *p, struct err *e)
{
    struct bytes plan = {0};
    int r = sign_policy(p, "roster", "roster.xml", bytes_span(&p->roster_xml), e);
    if (r == 0 && p->plan && (r = lab_plan_write(p->plan, &plan, e)) == 0)
        r = sign_policy(p, "lab", "lab.xml", bytes_span(&plan), e);
    bytes_release(&plan);
    return r;
}

/* As a station would: too few officers, for one, show here and not in the room. */
static int check_built(const struct packing *p, struct err *e)
{
    struct package *package = NULL;
    int r = package_open(&package, p->built, p->trust, e);
    package_close(package);
    return r;
}

int packing_build(struct packing *p, const struct args *a, const char *out, struct err *e)
{
    int r = fill_input(p, a, e);
    if (r == 0 && !p->input.practice && !p->plan)
        r = secrecy_check(p->input.paper, p->input.key, e);
    if (r == 0)
        r = package_build(&p->input, p->built, &p->codes, e);
    if (r == 0 && !p->input.practice)
        r = keep_codes(p, e);
    if (r == 0)
        r = check_built(p, e);
    if (r == 0)
        r = sign_policies(p, e);
    return r < 0 ? r : file_copy(p->built, out, 0644, e);
}
