/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/exam/proven.h"

#include <stdlib.h>

#include "base/file.h"
#include "engine/exam/certificate.h"
#include "engine/exam/evidence.h"
#include "engine/exam/exam.h"
#include "engine/proof/problem-text.h"

static json_t *forms_json(const struct problem *p, const struct selection *s)
{
    json_t *forms = json_array();
    char name[16];
    for (size_t f = 0; f < s->n_forms; f++) {
        json_t *items = json_array();
        for (size_t i = 0; i < s->n[f]; i++)
            json_array_append_new(items, json_string(p->id[s->form[f][i]]));
        json_array_append_new(forms,
                              json_pack("{s:s,s:o}", "id", form_name(f, name, sizeof name), "items", items));
    }
    return forms;
}

static json_t *digest_json(const struct bytes *text)
{
    char hex[129];
    evidence_digest(bytes_span(text), hex);
    return json_string(hex);
}

static int put(const char *dir, const char *name, const struct bytes *text, struct err *e)
{
    char *path = path_join(dir, name);
    int r = file_put(path, 0644, bytes_span(text), e);
    free(path);
    return r;
}

struct texts {
    struct bytes problem, proof, certificate;
};

static int put_all(void *texts, const char *dir, struct err *e)
{
    struct texts *t = texts;
    int r = put(dir, "problem.txt", &t->problem, e);
    if (r == 0)
        r = put(dir, "proof.txt", &t->proof, e);
    return r < 0 ? r : put(dir, "certificate.json", &t->certificate, e);
}

int proven_write(const char *dir, const struct problem *p, const struct solve_result *r, uint64_t seed,
                 struct err *e)
{
    struct texts t = {0};
    json_t *objectives = NULL;
    int status = exam_name_free(dir, e);
    if (status == 0)
        status = evidence_objectives(p, &r->selection, r->stage, r->n_stages, &objectives, e);
    if (status < 0)
        return status;
    problem_text(p, &t.problem);
    proof_text(r->stage, r->n_stages, &t.proof);
    json_t *o = json_pack("{s:i,s:s,s:I,s:o,s:o,s:o,s:o,s:{s:o,s:o}}", "format", 2, "problem", p->name,
                          "seed", (json_int_t)seed, "objectives", objectives, "forms",
                          forms_json(p, &r->selection), "requirements",
                          evidence_requirements(p, &r->selection), "overlap", evidence_overlap(&r->selection),
                          "digests", "problem.txt", digest_json(&t.problem), "proof.txt", digest_json(&t.proof));
    certificate_search(r, objectives, o);
    evidence_seal(o, &t.certificate);
    status = exam_folder_put(dir, put_all, &t, e);
    bytes_release(&t.problem);
    bytes_release(&t.proof);
    bytes_release(&t.certificate);
    return status;
}
