/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang pack: an assembled exam and a session's roster become a sealed, signed package. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/keyring.h"
#include "cli/office/exam.h"
#include "cli/package/commands.h"
#include "cli/package/inner.h"
#include "exam-packages/package.h"

static const int64_t usual_life_ms = 60LL * 86400 * 1000;
enum { ROSTER_MAX_BYTES = 160 << 20, PAPER_MAX_BYTES = 16 << 20 };

struct packing {
    struct desk desk;
    struct trust *trust;
    struct keyring officers;
    struct paper *paper;
    struct bytes paper_xml, roster_xml;
    struct bytes inner_paper, inner_key;
    struct roster *roster;
    struct package_site *site;
    struct bytes *site_roster;
    size_t n_sites;
    char *built; /* sessions/SESSION/SESSION.VERSION.exam */
    struct package_input input;
    struct package_codes codes;
};

static void release(struct packing *p)
{
    for (size_t i = 0; i < p->n_sites; i++)
        bytes_release(&p->site_roster[i]);
    bytes_release(&p->inner_paper);
    bytes_release(&p->inner_key);
    bytes_release(&p->paper_xml);
    bytes_release(&p->roster_xml);
    secret_wipe(&p->codes, sizeof p->codes);
    free(p->site);
    free(p->site_roster);
    free(p->built);
    roster_free(p->roster);
    paper_free(p->paper);
    keyring_close(&p->officers);
    trust_free(p->trust);
    desk_close(&p->desk);
}

static int read_exam(struct packing *p, const char *exam, struct err *e)
{
    const struct office_session *s = &p->desk.session;
    if (strcmp(path_base(exam), s->exam) != 0)
        return err_set(e, ERR_USAGE, exam, _("session %s was made for the exam %s"), s->id, s->exam);
    char *folder = office_session_exam_path(p->desk.office, s, "."), *path = path_join(folder, "paper.xml");
    int r = file_read(path, PAPER_MAX_BYTES, &p->paper_xml, e);
    if (r == 0)
        r = paper_read(&p->paper, path, bytes_span(&p->paper_xml), e);
    if (r == 0)
        r = inner_containers(folder, p->paper, bytes_span(&p->paper_xml), !p->input.practice, &p->inner_paper,
                             &p->inner_key, e);
    free(folder);
    free(path);
    return r;
}

static int check_forms(const struct packing *p, struct err *e)
{
    for (size_t i = 0; i < p->roster->n_candidates; i++) {
        const struct roster_candidate *c = &p->roster->candidate[i];
        if (!paper_form(p->paper, c->form))
            return err_set(e, ERR_DATA, c->ticket, _("has the form %s, which the paper does not have"),
                           c->form);
    }
    return 0;
}

static int read_roster(struct packing *p, struct err *e)
{
    char *path = office_session_path(p->desk.office, p->desk.session.id, "roster.xml");
    int r = file_read(path, ROSTER_MAX_BYTES, &p->roster_xml, e);
    if (r < 0 && !file_exists(path))
        err_hint(e, _("\"kaochang roster import\" and \"kaochang roster arrange\" make it"));
    if (r == 0)
        r = roster_read(&p->roster, path, bytes_span(&p->roster_xml), e);
    if (r == 0 && strcmp(p->roster->session, p->desk.session.id) != 0)
        r = err_set(e, ERR_DATA, path, _("is the roster of session %s"), p->roster->session);
    free(path);
    return r < 0 ? r : check_forms(p, e);
}

static int add_site(struct packing *p, const struct args *a, const char *name, struct err *e)
{
    struct roster *view = NULL;
    p->site = mem_grow(p->site, p->n_sites + 1, sizeof *p->site);
    p->site_roster = mem_grow(p->site_roster, p->n_sites + 1, sizeof *p->site_roster);
    struct package_site *site = &p->site[p->n_sites];
    struct bytes *out = &p->site_roster[p->n_sites++];
    *site = (struct package_site){.site = name};
    *out = (struct bytes){0};
    int r = keyring_recipient(a, name, &site->to, e);
    if (r == 0)
        r = roster_site_view(&view, p->roster, name, e);
    if (r == 0)
        r = roster_write(view, out, e);
    site->roster = bytes_span(out);
    roster_free(view);
    return r;
}

static int add_sites(struct packing *p, const struct args *a, struct err *e)
{
    const char *name;
    int r = 0;
    for (size_t i = 0; r == 0 && (name = roster_site(p->roster, i)); i++)
        r = add_site(p, a, name, e);
    return r;
}

/* One more than every version built here or published. */
static int next_version(struct packing *p, struct err *e)
{
    const char *id = p->desk.session.id;
    const struct target *published = targets_find(trust_targets(p->trust), id);
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

static int fill_input(struct packing *p, const struct args *a, struct err *e)
{
    const struct office_session *s = &p->desk.session;
    struct arena *arena = p->desk.arena;
    struct package_input *in = &p->input;
    char text[32];
    const char **form = arena_array(arena, p->paper->n_forms, sizeof *form);
    for (size_t i = 0; i < p->paper->n_forms; i++)
        form[i] = p->paper->form[i].id;
    in->form = form;
    in->n_forms = p->paper->n_forms;
    in->session = s->id;
    in->title = s->title;
    in->ruleset = p->paper->ruleset;
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
    return next_version(p, e);
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

/* The roster that this package holds, signed for merging and reports. */
static int sign_roster(const struct packing *p, struct err *e)
{
    struct signatures s;
    char *folder = office_session_path(p->desk.office, p->desk.session.id, NULL);
    const char *comment =
        arena_printf(p->desk.arena, "kaochang/1 role=roster session=%s", p->desk.session.id);
    int r = signatures_make(&s, p->desk.arena, bytes_span(&p->roster_xml), comment, p->officers.key,
                            p->officers.n, e);
    if (r == 0)
        r = signatures_save_document(folder, "roster.xml", bytes_span(&p->roster_xml), &s, e);
    free(folder);
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

/* The codes are kept before the package is handed out: a package in use always has them. */
static int build(struct packing *p, const char *out, struct err *e)
{
    int r = package_build(&p->input, p->built, &p->codes, e);
    if (r == 0 && !p->input.practice) {
        r = seal_code(p, "unlock-code.age", p->codes.unlock, e);
        if (r == 0)
            r = seal_code(p, "close-code.age", p->codes.close, e);
    }
    if (r == 0)
        r = check_built(p, e);
    if (r == 0)
        r = sign_roster(p, e);
    return r < 0 ? r : file_copy(p->built, out, 0644, e);
}

static int write_sheet(const struct packing *p, const char *path, const char *shown, struct err *e)
{
    struct bytes text = {0};
    bytes_printf(&text, "%s\n%s\n%s\n%s\n", shown, p->input.session, p->input.title, p->input.start);
    int r = file_put(path, 0600, bytes_span(&text), e);
    bytes_release(&text);
    return r;
}

static void tell(const struct packing *p, const struct args *a, const char *out, const char *shown)
{
    char hash[2 * PACKAGE_HASH_BYTES + 1];
    hex_encode(hash, p->codes.hash, sizeof p->codes.hash);
    if (args_json(a)) {
        json_t *j = json_pack("{s:s, s:s, s:I, s:s, s:i, s:s*}", "file", out, "session", p->input.session,
                              "version", (json_int_t)p->input.version, "package", hash, "candidates",
                              (int)p->roster->n_candidates, "unlock", shown);
        json_dumpf(j, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(j);
        return;
    }
    printf(_("%s: session %s, version %lld, %zu candidates, %zu sites\n"), out, p->input.session,
           (long long)p->input.version, p->roster->n_candidates, p->n_sites);
    printf(_("package hash %s\n"), hash);
    if (shown)
        printf(_("unlock code  %s   (shown this once; the sealed copy is for \"kaochang keys escrow\")\n"),
               shown);
}

static int hand_out(const struct packing *p, const struct args *a, const char *out, struct err *e)
{
    const char *sheet = args_get(a, "unlock-sheet");
    char shown[CODE_SHOWN];
    int r = 0;
    if (!p->input.practice)
        code_show(p->codes.unlock, shown);
    if (sheet && !p->input.practice)
        r = write_sheet(p, sheet, shown, e);
    if (r == 0)
        tell(p, a, out, sheet || p->input.practice ? NULL : shown);
    secret_wipe(shown, sizeof shown);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct packing p = {.input.practice = args_get(a, "practice") != NULL};
    const char *out;
    int r;
    if ((r = args_need(a, "output", &out, e)) == 0 && (r = desk_open(&p.desk, a, e)) == 0 &&
        (r = trust_load(&p.trust, args_home(a), e)) == 0 && (r = read_exam(&p, args_at(a, 0), e)) == 0 &&
        (r = read_roster(&p, e)) == 0 && (r = add_sites(&p, a, e)) == 0 &&
        (r = keyring_open(&p.officers, a, "officer", "officer", e)) == 0 && (r = fill_input(&p, a, e)) == 0 &&
        (r = build(&p, out, e)) == 0)
        r = hand_out(&p, a, out, e);
    release(&p);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "output", .key = 'o', .arg = "FILE.exam", .help = N_("The package to write")},
    {.name = "practice", .help = N_("A practice package: it opens without codes")},
    {.name = "expiry",
     .arg = "TIME",
     .help = N_("No pull after this time (default: 60 days after the last end)")},
    {.name = "unlock-sheet",
     .arg = "FILE",
     .help = N_("Write the unlock code to this file, for its owner alone, instead of showing it")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_pack = {
    .name = "pack",
    .args = "EXAM",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Build the sealed, signed package of a session"),
    .example = "kaochang pack grade1 --session am1 -o am1.exam",
    .options = options,
    .run = run,
};
