/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/manifest.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"

struct manifest *exam_manifest_new(void)
{
    struct arena *a = arena_new();
    struct manifest *m = arena_alloc(a, sizeof *m);
    m->arena = a;
    return m;
}

void exam_manifest_free(struct manifest *m)
{
    if (m)
        arena_free(m->arena);
}

/* The table of docs/exam-packages.md: part names, in the order in which they stand. */
enum rank {
    RANK_PAPER,
    RANK_KEY,
    RANK_ROSTER,
    RANK_UNLOCK,
    RANK_SUBSET,
    RANK_CLOSE,
    RANK_ESCROW,
    RANK_OPEN,
    RANK_UNKNOWN
};

static bool is_in_folder(const char *name, const char *folder)
{
    size_t n = strlen(name), f = strlen(folder);
    char inner[101];
    if (strncmp(name, folder, f) != 0 || n <= f + 4 || n - f - 4 >= sizeof inner ||
        strcmp(name + n - 4, ".age") != 0)
        return false;
    memcpy(inner, name + f, n - f - 4);
    inner[n - f - 4] = '\0';
    return path_is_plain_name(inner);
}

static enum rank rank_of(const char *name)
{
    static const char *const whole[] = {
        [RANK_PAPER] = "paper.age", [RANK_KEY] = "key.age",       [RANK_UNLOCK] = "unlock.age",
        [RANK_CLOSE] = "close.age", [RANK_ESCROW] = "escrow.age", [RANK_OPEN] = "open.txt"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (whole[i] && strcmp(name, whole[i]) == 0)
            return (enum rank)i;
    if (is_in_folder(name, "roster/"))
        return RANK_ROSTER;
    return is_in_folder(name, "unlock/") ? RANK_SUBSET : RANK_UNKNOWN;
}

static int check_part(const struct manifest *m, size_t i, struct err *e)
{
    const char *name = m->parts.part[i].name;
    enum rank rank = rank_of(name);
    bool for_practice = rank < RANK_UNLOCK || rank == RANK_OPEN;
    if (rank == RANK_UNKNOWN || (m->practice ? !for_practice : rank == RANK_OPEN))
        return err_set(e, ERR_DATA, name, _("a package of this mode has no such part"));
    if (i == 0)
        return 0;
    const char *before = m->parts.part[i - 1].name;
    if (rank_of(before) > rank || strcmp(before, name) == 0 ||
        (rank_of(before) == rank && strcmp(before, name) > 0))
        return err_set(e, ERR_DATA, name, _("the parts are not in their order"));
    return 0;
}

/* One part for each group of proctors that can open the session, and no other. */
static int check_subsets(const struct manifest *m, struct err *e)
{
    struct proctors_subset s;
    char name[PROCTORS_PART_TEXT];
    size_t there = 0;
    for (size_t i = 0; i < m->parts.n; i++)
        there += rank_of(m->parts.part[i].name) == RANK_SUBSET;
    if (there != proctors_subsets(&m->proctors))
        return err_set(e, ERR_DATA, m->session, _("has %zu parts for groups of proctors in place of %zu"),
                       there, proctors_subsets(&m->proctors));
    if (there == 0)
        return 0;
    proctors_first(&m->proctors, &s);
    do
        if (!parts_find(&m->parts, proctors_part(&s, name)))
            return err_set(e, ERR_DATA, name, _("the package lacks this part"));
    while (proctors_next(&m->proctors, &s));
    return 0;
}

static int check_proctors(const struct manifest *m, struct err *e)
{
    int r = proctors_check(&m->proctors, e);
    if (r == 0 && m->practice && m->proctors.n)
        r = err_set(e, ERR_DATA, m->session,
                    _("a practice package opens for everybody, and names no proctors"));
    if (r == 0 && !m->practice && m->proctors.n == 0 && !parts_find(&m->parts, "unlock.age"))
        r = err_set(e, ERR_DATA, "unlock.age", _("the package lacks this part"));
    return r < 0 ? r : check_subsets(m, e);
}

static int check_parts(const struct manifest *m, struct err *e)
{
    static const char *const sealed[] = {"paper.age", "key.age", "close.age", "escrow.age", NULL};
    static const char *const practice[] = {"paper.age", "key.age", "open.txt", NULL};
    int r = 0;
    for (size_t i = 0; i < m->parts.n && r == 0; i++)
        r = check_part(m, i, e);
    for (const char *const *need = m->practice ? practice : sealed; *need && r == 0; need++)
        if (!parts_find(&m->parts, *need))
            r = err_set(e, ERR_DATA, *need, _("the package lacks this part"));
    return r < 0 ? r : check_proctors(m, e);
}

static int check_window(struct manifest *m, struct err *e)
{
    int r;
    if ((r = document_check_time(m->start, &m->start_ms, e)) < 0 ||
        (r = document_check_time(m->end, &m->end_ms, e)) < 0 ||
        (r = document_check_time(m->expiry, &m->expiry_ms, e)) < 0)
        return r;
    if (m->start_ms >= m->end_ms || m->end_ms >= m->expiry_ms)
        return err_set(e, ERR_DATA, m->session, _("start, end and expiry must follow each other"));
    return 0;
}

int exam_manifest_check(struct manifest *m, struct err *e)
{
    if (!path_is_plain_name(m->session) || !path_is_plain_name(m->ruleset))
        return err_set(e, ERR_DATA, m->session, _("session and rule set must be plain names"));
    if (m->spare_for && (!path_is_plain_name(m->spare_for) || strcmp(m->spare_for, m->session) == 0))
        return err_set(e, ERR_DATA, m->session, _("a spare session is for another session"));
    if (m->version < 1 || m->n_forms < 1 || m->n_forms > MANIFEST_MAX_FORMS)
        return err_set(e, ERR_DATA, m->session, _("a package has a version from 1 on, and 1 to %d forms"),
                       MANIFEST_MAX_FORMS);
    for (size_t i = 0; i < m->n_forms; i++)
        if (!path_is_plain_name(m->form[i]) || (i && strcmp(m->form[i - 1], m->form[i]) >= 0))
            return err_set(e, ERR_DATA, m->form[i], _("the forms are not plain names in their order"));
    int r = check_window(m, e);
    return r < 0 ? r : check_parts(m, e);
}

static const char *const recipient_role[MANIFEST_RECIPIENTS] = {"U", "C", "R", "O"};

static void write_recipient(struct xml_out *o, const char *role, const struct age_recipient *key)
{
    char text[AGE_RECIPIENT_TEXT];
    xml_open(o, "recipient");
    xml_put(o, "role", role);
    xml_put(o, "key", age_recipient_text(key, text));
    xml_close(o);
}

int exam_manifest_write(struct manifest *m, struct bytes *out, struct err *e)
{
    int r = exam_manifest_check(m, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "manifest");
    xml_put(&o, "xmlns", MANIFEST_NS);
    xml_put(&o, "kind", "package");
    xml_put(&o, "mode", m->practice ? "practice" : "sealed");
    xml_put(&o, "session", m->session);
    xml_put(&o, "title", m->title);
    xml_put_int(&o, "version", m->version);
    xml_put(&o, "start", m->start);
    xml_put(&o, "end", m->end);
    xml_put(&o, "expiry", m->expiry);
    xml_put(&o, "ruleset", m->ruleset);
    if (m->spare_for)
        xml_put(&o, "spareFor", m->spare_for);
    for (size_t i = 0; i < m->n_forms; i++) {
        xml_open(&o, "form");
        xml_put(&o, "id", m->form[i]);
        xml_close(&o);
    }
    proctors_write(&o, &m->proctors);
    for (size_t i = 0; i < MANIFEST_RECIPIENTS; i++)
        write_recipient(&o, recipient_role[i], &m->recipient[i]);
    for (size_t i = 0; i < m->parts.n; i++)
        part_write(&o, &m->parts.part[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_kind(struct manifest *m, const struct xml_doc *d, const struct xml_node *root, struct err *e)
{
    const char *kind, *mode;
    int r;
    if ((r = xml_need(d, root, "kind", &kind, e)) < 0)
        return r;
    if (strcmp(kind, "roster") == 0 || strcmp(kind, "withdrawal") == 0)
        return err_set(e, ERR_NO, xml_doc_name(d), _("is a supplement to a package (%s), no package"), kind);
    if ((r = xml_need(d, root, "mode", &mode, e)) < 0)
        return r;
    m->practice = strcmp(mode, "practice") == 0;
    if (strcmp(kind, "package") != 0 || (!m->practice && strcmp(mode, "sealed") != 0))
        return xml_err(e, d, root, _("unknown kind \"%.40s\" or mode \"%.40s\""), kind, mode);
    return 0;
}

static int read_facts(struct manifest *m, const struct xml_doc *d, const struct xml_node *root, struct err *e)
{
    struct arena *a = m->arena;
    int r;
    if ((r = read_kind(m, d, root, e)) < 0 ||
        (r = document_name(d, root, "session", a, &m->session, e)) < 0 ||
        (r = document_text(d, root, "title", a, &m->title, e)) < 0 ||
        (r = xml_need_int(d, root, "version", 1, INT32_MAX, &m->version, e)) < 0 ||
        (r = document_text(d, root, "start", a, &m->start, e)) < 0 ||
        (r = document_text(d, root, "end", a, &m->end, e)) < 0 ||
        (r = document_text(d, root, "expiry", a, &m->expiry, e)) < 0)
        return r;
    if ((r = document_name(d, root, "ruleset", a, &m->ruleset, e)) < 0 || !xml_attr(d, root, "spareFor"))
        return r;
    return document_name(d, root, "spareFor", a, &m->spare_for, e);
}

static int read_recipient(struct manifest *m, const struct xml_doc *d, const struct xml_node *n,
                          struct err *e)
{
    const char *role, *key;
    struct err inner;
    int r;
    if ((r = xml_need(d, n, "role", &role, e)) < 0 || (r = xml_need(d, n, "key", &key, e)) < 0)
        return r;
    for (size_t i = 0; i < MANIFEST_RECIPIENTS; i++)
        if (strcmp(role, recipient_role[i]) == 0)
            return age_recipient_parse(span_str(key), &m->recipient[i], &inner) < 0
                       ? xml_err(e, d, n, "%s", inner.what)
                       : 0;
    return xml_err(e, d, n, _("unknown recipient \"%.40s\""), role);
}

static int read_child(struct manifest *m, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    if (xml_named(n, "form"))
        return document_name(d, n, "id", m->arena, &m->form[m->n_forms++], e);
    if (xml_named(n, "proctors"))
        return proctors_read(d, n, m->arena, &m->proctors, e);
    if (xml_named(n, "recipient"))
        return read_recipient(m, d, n, e);
    if (xml_named(n, "part"))
        return part_read(d, n, m->arena, &m->parts.part[m->parts.n++], e);
    return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
}

static int read_tree(struct manifest *m, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r = read_facts(m, d, root, e);
    m->form = arena_array(m->arena, document_count(root, "form") + 1, sizeof *m->form);
    m->parts = parts_new(m->arena, document_count(root, "part"));
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n))
        r = read_child(m, d, n, e);
    return r;
}

int exam_manifest_read(struct manifest **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct manifest *m = exam_manifest_new();
    int r = document_parse(&d, name, data, "manifest", MANIFEST_NS, NULL, e);
    if (r == 0)
        r = read_tree(m, d, e);
    if (r == 0 && (r = exam_manifest_write(m, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        exam_manifest_free(m);
        return r;
    }
    *ret = m;
    return 0;
}
