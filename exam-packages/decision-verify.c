/* SPDX-License-Identifier: Apache-2.0 */
/* Who signed a decision, and whether that is enough. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/decision.h"

/* Somebody known who may sign, with the key. */
struct holder {
    struct decision_signer who;
    struct minisign_public key;
};

struct verifying {
    struct decision *d;
    struct span document;
    const struct signatures *s;
    const char *site, *room;
    struct holder *holder;
    size_t n_holders;
    struct decision_signer *signer; /* room for DECISION_MAX_SIGNERS */
    size_t n;
};

/* By the days that the certificate names, whatever their offset: a decision has a day and no time. */
static int check_day(const struct decision *d, const struct certificate *c, const struct revoked *revoked,
                     struct err *e)
{
    if (revoked && strncmp(d->date, revoked->since, 10) >= 0) {
        int r = err_set(e, ERR_NO, c->name, _("was revoked by the exam office, since %s: %s"), revoked->since,
                        revoked->reason);
        if (e)
            e->code = TRUST_REVOKED;
        return r;
    }
    if (strncmp(d->date, c->from, 10) >= 0 && strncmp(d->date, c->until, 10) <= 0)
        return 0;
    return err_set(e, ERR_NO, c->name,
                   _("the certificate is of %.10s to %.10s, and the decision is dated %s"), c->from, c->until,
                   d->date);
}

static int add_person(struct verifying *v, const struct trust *t, const struct certificate_chain *chain,
                      struct err *e)
{
    struct certificate *c = NULL;
    struct arena *a = v->d->arena;
    const struct revoked *revoked = NULL;
    int r = trust_read_certificate(t, chain, &c, &revoked, e);
    if (r < 0)
        return r;
    if (certificate_is_person(c) && (r = check_day(v->d, c, revoked, e)) == 0)
        v->holder[v->n_holders++] = (struct holder){.who = {.name = arena_strdup(a, c->name),
                                                            .chief = c->kind == CERTIFICATE_CHIEF,
                                                            .rater = c->kind == CERTIFICATE_RATER,
                                                            .site = arena_strdup(a, c->site),
                                                            .room = arena_strdup(a, c->room)},
                                                    .key = c->key};
    else if (r == 0)
        r = err_set(e, ERR_NO, c->name, _("the certificate is of a machine or a site: only people decide"));
    certificate_free(c);
    return r;
}

static void add_officers(struct verifying *v, const struct targets *targets)
{
    for (int k = 0; k < TARGETS_ROLES; k++)
        for (size_t i = 0; i < targets->role[k].n; i++) {
            const struct role_key *key = &targets->role[k].key[i];
            v->holder[v->n_holders++] = (struct holder){.who = {.name = arena_strdup(v->d->arena, key->name),
                                                                .officer = true,
                                                                .site = "",
                                                                .room = ""},
                                                        .key = key->key};
        }
}

static int check_signature(const struct verifying *v, const struct holder *h, const struct signature *s,
                           struct err *e)
{
    char comment[200], *said = NULL;
    int r = minisign_verify(v->document, s->file, &h->key, &said, e);
    if (r < 0)
        err_within(e, h->who.name);
    else if (strcmp(said, decision_comment(v->d->session, comment, sizeof comment)) != 0)
        r = err_set(e, ERR_NO, h->who.name, _("the signature was not made for a decision of this session"));
    free(said);
    return r;
}

/* Under two keys, or as a rater and as a chief: one person. By name. */
static void add_signer(struct verifying *v, const struct decision_signer *who)
{
    size_t i = 0;
    while (i < v->n && strcmp(v->signer[i].name, who->name) < 0)
        i++;
    if (i < v->n && strcmp(v->signer[i].name, who->name) == 0) {
        if (who->chief && v->signer[i].rater)
            v->signer[i] = *who;
    } else if (v->n < DECISION_MAX_SIGNERS) {
        memmove(&v->signer[i + 1], &v->signer[i], (v->n - i) * sizeof *v->signer);
        v->signer[i] = *who;
        v->n++;
    }
}

static int find_signers(struct verifying *v, struct err *e)
{
    for (size_t h = 0; h < v->n_holders; h++) {
        char keyid[MINISIGN_ID_TEXT];
        minisign_id_text(v->holder[h].key.id, keyid);
        for (size_t i = 0; i < v->s->n; i++) {
            if (strcmp(v->s->list[i].keyid, keyid) != 0)
                continue;
            int r = check_signature(v, &v->holder[h], &v->s->list[i], e);
            if (r < 0)
                return r;
            memcpy(v->holder[h].who.keyid, keyid, sizeof keyid);
            add_signer(v, &v->holder[h].who);
        }
    }
    return 0;
}

static bool counts_here(const struct verifying *v, const struct decision_signer *who)
{
    return strcmp(who->site, v->site) == 0 && (!who->room[0] || strcmp(who->room, v->room) == 0);
}

struct tally {
    size_t chiefs, raters, officers, all;
};

static struct tally count(const struct verifying *v)
{
    struct tally n = {.all = v->n};
    for (size_t i = 0; i < v->n; i++) {
        const struct decision_signer *who = &v->signer[i];
        n.officers += who->officer;
        n.chiefs += who->chief && counts_here(v, who);
        n.raters += who->rater && counts_here(v, who);
    }
    return n;
}

/* Who is missing, or NULL. */
static const char *missing(const struct verifying *v)
{
    struct tally n = count(v);
    switch (v->d->kind) {
    case DECISION_CHANGE:
        return n.raters < 2 ? (n.chiefs ? _("two raters of the room must sign")
                                        : _("the chief and two raters of the room must sign"))
               : n.chiefs   ? NULL
                            : _("the chief must sign");
    case DECISION_CHIEF:
        return !n.chiefs ? _("the chief must sign") : n.raters ? NULL : _("a rater of the room must sign");
    case DECISION_RECHECK:
        return n.chiefs || n.raters >= 2 ? NULL : _("two raters of the room, or the chief, must sign");
    case DECISION_STATUS:
        return n.chiefs ? NULL : _("the chief must sign");
    case DECISION_APPEAL:
        return !n.chiefs ? _("the chief must sign") : n.officers ? NULL : _("an officer must sign");
    default:
        return n.all >= 2 ? NULL : _("the two who typed must sign");
    }
}

static int refuse(const struct verifying *v, const char *why, struct err *e)
{
    struct bytes who = {0};
    for (size_t i = 0; i < v->n; i++)
        bytes_printf(&who, "%s%s", i ? ", " : "", v->signer[i].name);
    int r =
        err_set(e, ERR_NO, v->d->ticket, _("a signature is missing: %s (room %s of site %s; signed by: %s)"),
                why, v->room, v->site, v->n ? (const char *)who.p : "-");
    bytes_release(&who);
    return r;
}

int decision_verify(struct decision *d, struct span document, const struct signatures *s,
                    const struct certificate_chain *certificate, size_t n_certificates, const struct trust *t,
                    const char *site, const char *room, struct decision_signer *ret, size_t *ret_n,
                    struct err *e)
{
    const struct targets *targets = trust_targets(t);
    struct verifying v = {.d = d, .document = document, .s = s, .site = site, .room = room};
    int r = 0;
    size_t officers = 0;
    if (!targets)
        return err_set(e, ERR_ENV, NULL, _("this home does not know the office's officers yet"));
    for (int k = 0; k < TARGETS_ROLES; k++)
        officers += targets->role[k].n;
    v.holder = arena_array(d->arena, n_certificates + officers + 1, sizeof *v.holder);
    v.signer = arena_array(d->arena, DECISION_MAX_SIGNERS, sizeof *v.signer);
    for (size_t i = 0; r == 0 && i < n_certificates; i++)
        r = add_person(&v, t, &certificate[i], e);
    add_officers(&v, targets);
    if (r == 0)
        r = find_signers(&v, e);
    if (r < 0)
        return r;
    const char *why = missing(&v);
    if (ret)
        memcpy(ret, v.signer, v.n * sizeof *ret);
    if (ret_n)
        *ret_n = v.n;
    return why ? refuse(&v, why, e) : 0;
}
