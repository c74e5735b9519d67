/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "sync/store-internal.h"

/* Columns: t text · i integer · b bytes · h bytes that stand in the row as their BLAKE2b-256. */
static const struct {
    const char *domain, *columns, *sql;
} tables[] = {
    {"kaochang/1 store bundle", "tbtttb",
     "SELECT exam_id, bundle_hash, station, site, room, package FROM bundle"},
    {"kaochang/1 store source", "ttb", "SELECT candidate_id, exam_id, bundle_hash FROM source"},
    {"kaochang/1 store policy", "tbth", "SELECT exam_id, policy_hash, kind, document FROM policy"},
    {"kaochang/1 store registration", "ttbttttttiti",
     "SELECT candidate_id, exam_id, policy_hash, name, id_number, county, school, site, room, seat, form, extra_s"
     " FROM registration"},
    {"kaochang/1 store epoch", "ttibibih",
     "SELECT candidate_id, exam_id, epoch, head_hash, head_seq, start_hash, attested, chain FROM epoch"},
    {"kaochang/1 store work", "ttibibttithh",
     "SELECT candidate_id, exam_id, epoch, hash, seq, package, form, status, used_ms, receipt, answers, files"
     " FROM work"},
    {"kaochang/1 store record", "ttibtbiithh",
     "SELECT candidate_id, exam_id, epoch, hash, ruleset, record_hash, points, maximum, status, items, document"
     " FROM record"},
    {"kaochang/1 store decision", "ttbth",
     "SELECT candidate_id, exam_id, decision_hash, kind, document FROM decision"},
    {"kaochang/1 store signature", "ttbbthhh",
     "SELECT candidate_id, exam_id, decision_hash, signature_hash, keyid, document, certificate, certificate_signature"
     " FROM decision_signature"},
    {"kaochang/1 store closing", "tbttibiih",
     "SELECT exam_id, closing_hash, site, room, whole, package, registered, sat, document FROM closing"},
    {"kaochang/1 store closed", "ttbiibt",
     "SELECT candidate_id, exam_id, closing_hash, epoch, seq, head, status FROM closed_sitting"},
    {"kaochang/1 store quarantine", "tttib",
     "SELECT candidate_id, exam_id, reason, epoch, side FROM quarantine"},
};

struct rows {
    struct arena *arena;
    struct span *row;
    size_t n, cap;
};

static void add_row(struct rows *rows, const char *domain, const char *columns, struct db_stmt *q, struct bytes *scratch)
{
    bytes_clear(scratch);
    canon_domain(scratch, domain);
    for (int c = 0; columns[c]; c++) {
        uint8_t hash[32];
        if (columns[c] == 't')
            canon_text(scratch, db_text(q, c));
        else if (columns[c] == 'i')
            canon_int(scratch, db_int(q, c));
        else if (columns[c] == 'b') {
            struct span b = db_blob(q, c);
            canon_blob(scratch, b.p ? b : span_str(""));
        }
        else if (columns[c] == 'h') {
            blake2b_256(hash, db_blob(q, c));
            canon_blob(scratch, span_of(hash, sizeof hash));
        }
    }
    if (rows->n == rows->cap) {
        rows->cap = rows->cap ? rows->cap * 2 : 256;
        rows->row = mem_grow(rows->row, rows->cap, sizeof *rows->row);
    }
    rows->row[rows->n++] = span_of(arena_copy(rows->arena, scratch->p, scratch->n), scratch->n);
}

static int compare(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static int gather(struct store *s, struct rows *rows, struct err *e)
{
    struct bytes scratch = {0};
    int r = 0;
    for (size_t t = 0; r == 0 && t < sizeof tables / sizeof *tables; t++) {
        struct db_stmt *q = NULL;
        r = db_query(s->db, &q, e, tables[t].sql, "");
        while (r == 0 && (r = db_step(q, e)) > 0) {
            add_row(rows, tables[t].domain, tables[t].columns, q, &scratch);
            r = 0;
        }
        db_done(q);
    }
    bytes_release(&scratch);
    return r;
}

int store_digest(struct store *s, uint8_t ret[32], struct err *e)
{
    struct rows rows = {.arena = arena_new()};
    struct bytes all = {0};
    int r = gather(s, &rows, e);
    if (r == 0) {
        if (rows.n)
            qsort(rows.row, rows.n, sizeof *rows.row, compare);
        for (size_t i = 0; i < rows.n; i++)
            bytes_add(&all, rows.row[i].p, rows.row[i].n);
        blake2b_256(ret, bytes_span(&all));
    }
    bytes_release(&all);
    free(rows.row);
    arena_free(rows.arena);
    return r;
}
