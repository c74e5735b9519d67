/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "exam-packages/derive.h"
#include "sync/lab.h"
#include "sync/store-internal.h"

static const char put_plan_sql[] = "INSERT INTO policy (exam_id, policy_hash, kind, document)"
                                   " VALUES (?1, ?2, 'lab', ?3) ON CONFLICT DO NOTHING";
static const char put_decision_sql[] =
    "INSERT INTO decision (candidate_id, exam_id, decision_hash, kind, document)"
    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
static const char put_signature_sql[] =
    "INSERT INTO decision_signature (candidate_id, exam_id, decision_hash, signature_hash, keyid, document, certificate,"
    " certificate_signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
static const char signatures_sql[] =
    "SELECT keyid, certificate FROM decision_signature WHERE decision_hash = ?1 ORDER BY keyid, signature_hash";

int store_put_plan(struct store *s, const char *session, struct span document, struct err *e)
{
    uint8_t hash[32];
    blake2b_256(hash, document);
    return db_run(s->db, e, put_plan_sql, "tbb", session, span_of(hash, sizeof hash), document);
}

static struct span some(struct span x)
{
    return x.p ? x : span_str("");
}

static int put_decision(struct store *s, const struct decision *d, struct span document,
                        const struct lab_signature *signature, size_t n, struct err *e)
{
    uint8_t hash[DECISION_HASH], id[32];
    decision_hash(document, hash);
    struct span name = span_of(hash, sizeof hash);
    int r = db_run(s->db, e, put_decision_sql, "ttbtb", d->ticket, d->session, name,
                   decision_kind_name(d->kind), document);
    for (size_t i = 0; r == 0 && i < n; i++) {
        const struct lab_signature *x = &signature[i];
        blake2b_256(id, x->file);
        r = db_run(s->db, e, put_signature_sql, "ttbbtbbb", d->ticket, d->session, name,
                   span_of(id, sizeof id), x->keyid, x->file, some(x->certificate),
                   some(x->certificate_signature));
    }
    return r;
}

int store_put_decision(struct store *s, const struct decision *d, struct span document,
                       const struct lab_signature *signature, size_t n, struct err *e)
{
    int r = db_begin(s->db, e);
    if (r < 0)
        return r;
    if ((r = put_decision(s, d, document, signature, n, e)) < 0 || (r = db_commit(s->db, e)) < 0)
        db_rollback(s->db);
    return r;
}

static int take_signer(struct lab_signer *ret, struct arena *a, const char *keyid, struct span certificate,
                       struct err *e)
{
    struct certificate *c = NULL;
    *ret = (struct lab_signer){.name = arena_strdup(a, keyid), .kind = "officer"};
    if (!certificate.n)
        return 0;
    int r = certificate_read(&c, "certificate.xml", certificate, e);
    if (r == 0)
        *ret = (struct lab_signer){.name = arena_strdup(a, c->name), .kind = certificate_kind_name(c->kind)};
    certificate_free(c);
    return r;
}

static int compare_signers(const void *a, const void *b)
{
    return strcmp(((const struct lab_signer *)a)->name, ((const struct lab_signer *)b)->name);
}

int store_signers(struct store *s, const uint8_t decision[DECISION_HASH], struct arena *a,
                  struct lab_signer **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    struct lab_signer *all = arena_array(a, SIGNATURES_MAX, sizeof *all);
    size_t n = 0;
    int r = db_query(s->db, &q, e, signatures_sql, "b", span_of(decision, DECISION_HASH));
    while (r == 0 && n < SIGNATURES_MAX && (r = db_step(q, e)) > 0)
        r = take_signer(&all[n++], a, db_text(q, 0), db_blob(q, 1), e);
    db_done(q);
    if (n)
        qsort(all, n, sizeof *all, compare_signers);
    *ret = all;
    *ret_n = n;
    return r < 0 ? r : 0;
}
