/* SPDX-License-Identifier: Apache-2.0 */
/* What a package is made of: read, and checked against each other. */
#include "cli/package/packing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/inner.h"
#include "cli/package/lab-parts.h"

enum { ROSTER_MAX_BYTES = 160 << 20, PAPER_MAX_BYTES = 16 << 20 };

void packing_release(struct packing *p)
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
    free(p->proctor);
    free(p->built);
    roster_free(p->roster);
    paper_free(p->paper);
    lab_plan_free(p->plan);
    keyring_close(&p->officers);
    trust_free(p->trust);
    desk_close(&p->desk);
}

/* A rater's journal is known by its form. */
static int no_form_of_raters(const struct paper *p, const char *path, struct err *e)
{
    if (paper_form(p, ROSTER_RATING_FORM))
        return err_set(e, ERR_DATA, path, _("a form is not called \"%s\": the sheets of raters are"),
                       ROSTER_RATING_FORM);
    return 0;
}

static int read_lab(struct packing *p, const char *folder, struct err *e)
{
    char *path = path_join(folder, PACKAGE_LAB_PART), *paper = path_join(folder, "paper.xml");
    int r = file_exists(paper)
                ? err_set(e, ERR_DATA, folder, _("holds a paper and the plan of a lab exam; it is one of them"))
                : file_read(path, LAB_MAX_BYTES, &p->paper_xml, e);
    if (r == 0)
        r = lab_plan_read(&p->plan, path, bytes_span(&p->paper_xml), e);
    if (r == 0)
        r = lab_parts(bytes_span(&p->paper_xml), &p->inner_paper, &p->inner_key, e);
    free(paper);
    free(path);
    return r;
}

static int read_exam(struct packing *p, const char *exam, struct err *e)
{
    const struct office_session *s = &p->desk.session;
    if (strcmp(path_base(exam), s->exam) != 0)
        return err_set(e, ERR_USAGE, exam, _("session %s was made for the exam %s"), s->id, s->exam);
    char *folder = office_session_exam_path(p->desk.office, s, "."), *path = path_join(folder, "paper.xml");
    if (exam_is_lab(p->desk.office, s)) {
        int lab = read_lab(p, folder, e);
        free(folder);
        free(path);
        return lab;
    }
    int r = file_read(path, PAPER_MAX_BYTES, &p->paper_xml, e);
    if (r == 0)
        r = paper_read(&p->paper, path, bytes_span(&p->paper_xml), e);
    if (r == 0)
        r = no_form_of_raters(p->paper, path, e);
    if (r == 0)
        r = inner_containers(folder, p->paper, bytes_span(&p->paper_xml), !p->input.practice, &p->inner_paper,
                             &p->inner_key, e);
    free(folder);
    free(path);
    return r;
}

enum { SHOWN_COMPLAINTS = 100 };

static void print_complaint(void *context, const char *what)
{
    size_t *shown = context;
    if ((*shown)++ < SHOWN_COMPLAINTS)
        fprintf(stderr, "roster.xml: %s\n", what);
}

static int check_forms(const struct packing *p, struct err *e)
{
    size_t shown = 0;
    if (p->plan)
        return lab_roster_check(p->plan, p->roster, print_complaint, &shown, e);
    if (p->roster->n_raters > 0)
        return err_set(e, ERR_DATA, p->roster->session, _("the list names raters, but this is no lab exam"));
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

int packing_gather(struct packing *p, const struct args *a, const char *exam, struct err *e)
{
    int r = desk_open(&p->desk, a, e);
    p->input.practice = args_get(a, "practice") != NULL;
    if (r == 0)
        r = trust_load(&p->trust, args_home(a), e);
    if (r == 0)
        r = read_exam(p, exam, e);
    if (r == 0)
        r = read_roster(p, e);
    if (r == 0)
        r = add_sites(p, a, e);
    if (r == 0)
        r = packing_proctors(p, a, e);
    return r < 0 ? r : keyring_open(&p->officers, a, "officer", "officer", e);
}
