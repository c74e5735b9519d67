/* SPDX-License-Identifier: Apache-2.0 */
/* Plans and decisions as they come to the office. */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/decision-file.h"
#include "sync/intake.h"
#include "sync/lab-internal.h"

const char *lab_plan_comment(const char *session, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=lab session=%s", session);
    return buf;
}

/* The session stands in the signature only: the plan of an exam serves many. */
static int session_of(const char *path, const struct targets *targets, struct span document,
                      const struct signatures *s, struct arena *a, const char **ret, struct err *e)
{
    static const char start[] = "kaochang/1 role=lab session=";
    const struct role *role = &targets->role[TARGETS_ROLE_PACKAGE];
    char keyid[MINISIGN_ID_TEXT], comment[200];
    *ret = NULL;
    for (size_t i = 0; i < s->n && !*ret; i++)
        for (size_t k = 0; k < role->n && !*ret; k++) {
            char *said = NULL;
            if (strcmp(s->list[i].keyid, minisign_id_text(role->key[k].key.id, keyid)) == 0 &&
                minisign_verify(document, s->list[i].file, &role->key[k].key, &said, NULL) == 0 &&
                strncmp(said, start, strlen(start)) == 0 && path_is_plain_name(said + strlen(start)))
                *ret = arena_strdup(a, said + strlen(start));
            free(said);
        }
    if (!*ret)
        return err_set(e, ERR_NO, path, _("no officer signed it as the plan of a lab session"));
    return role_verify(role, path, document, lab_plan_comment(*ret, comment, sizeof comment), s, e);
}

int intake_plan(const struct intake *x, const char *path, struct err *e)
{
    struct arena *a = arena_new();
    const struct targets *targets = trust_targets(x->trust);
    struct signatures signatures = {0};
    struct lab_plan *plan = NULL;
    struct bytes document = {0};
    char *folder = mem_strdup(path);
    const char *session;
    int r = targets ? 0 : err_set(e, ERR_ENV, path, _("this home does not know the office's officers yet"));
    if (r == 0)
        r = file_read(path, LAB_MAX_BYTES, &document, e);
    if (r == 0)
        r = signatures_load(&signatures, a, dirname(folder), path_base(path), e);
    if (r == 0)
        r = session_of(path, targets, bytes_span(&document), &signatures, a, &session, e);
    if (r == 0)
        r = lab_plan_read(&plan, path, bytes_span(&document), e);
    if (r == 0)
        r = store_put_plan(x->store, session, bytes_span(&document), e);
    lab_plan_free(plan);
    bytes_release(&document);
    free(folder);
    arena_free(a);
    return r;
}

/* A rater whose certificate is for the whole site counts where the roster puts him; whoever typed need not
 * rate. */
static int check_raters(const struct roster *roster, const struct decision *d,
                        const struct roster_candidate *c, const struct decision_signer *who, size_t n,
                        struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        bool here = !who[i].rater || d->kind == DECISION_SHEET;
        for (size_t k = 0; k < roster->n_raters && !here; k++)
            here = strcmp(roster->rater[k].id, who[i].name) == 0 &&
                   strcmp(roster->rater[k].site, c->site) == 0 && strcmp(roster->rater[k].room, c->room) == 0;
        if (!here)
            return err_set(e, ERR_NO, d->ticket, _("%s signed, and is no rater of room %s by the roster"),
                           who[i].name, c->room);
    }
    return 0;
}

/* A plan that comes later is looked at when the marks are made: such a decision decides nothing then. */
static int check_points(const struct intake *x, const struct decision *d, struct err *e)
{
    struct lab_plan *plan = NULL;
    int r = lab_read_plan(x->store, d->session, &plan, e);
    if (r == 0 && plan && d->has_total && d->total.milli > lab_plan_total(plan).milli)
        r = err_set(e, ERR_NO, d->ticket, _("the decision gives more points than the exam has"));
    lab_plan_free(plan);
    return r;
}

static int verify(const struct intake *x, struct decision_file *f, struct decision_signer *who, size_t *ret_n,
                  struct err *e)
{
    struct roster *roster = NULL;
    int r = lab_read_roster(x->store, f->decision->session, &roster, e);
    if (r < 0)
        return r;
    const struct roster_candidate *c = roster_find(roster, f->decision->ticket);
    if (!c)
        r = err_set(e, ERR_NO, f->decision->ticket, _("is not on the roster of session %s"),
                    f->decision->session);
    else if ((r = decision_verify(f->decision, f->document, &f->signatures, f->certificate, f->n_certificates,
                                  x->trust, c->site, c->room, who, ret_n, e)) == 0)
        r = check_raters(roster, f->decision, c, who, *ret_n, e);
    if (r == 0)
        r = check_points(x, f->decision, e);
    roster_free(roster);
    return r;
}

/* Of those who are known: what strangers put beside a decision is not kept. */
static void gather(const struct decision_file *f, const struct decision_signer *who, size_t n,
                   struct lab_signature *to)
{
    for (size_t i = 0; i < n; i++) {
        to[i] = (struct lab_signature){.keyid = who[i].keyid};
        for (size_t k = 0; k < f->signatures.n; k++)
            if (strcmp(f->signatures.list[k].keyid, who[i].keyid) == 0)
                to[i].file = f->signatures.list[k].file;
        for (size_t k = 0; k < f->n_certificates && !who[i].officer; k++)
            if (strcmp(f->keyid[k], who[i].keyid) == 0) {
                to[i].certificate = f->certificate[k].certificate;
                to[i].certificate_signature = f->certificate[k].signature;
            }
    }
}

int intake_decision(const struct intake *x, const char *path, struct err *e)
{
    struct decision_file f = {0};
    struct lab_signature signature[DECISION_MAX_SIGNERS];
    struct decision_signer who[DECISION_MAX_SIGNERS];
    size_t n = 0;
    int r = decision_file_load(&f, path, e);
    if (r < 0)
        return r;
    if ((r = verify(x, &f, who, &n, e)) == 0) {
        gather(&f, who, n, signature);
        r = store_put_decision(x->store, f.decision, f.document, signature, n, e);
    } else
        err_within(e, path);
    decision_file_release(&f);
    return r;
}
