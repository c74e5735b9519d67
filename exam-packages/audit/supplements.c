/* SPDX-License-Identifier: Apache-2.0 */
/* What was supplied for a package after it was published: newer lists of candidates, its withdrawal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/audit/internal.h"
#include "exam-packages/derive.h"

static const struct container_kind kind = {.mimetype = "application/vnd.kaochang.exam+zip",
                                           .document = "manifest.xml"};

struct supplied {
    const char *name; /* "am1.2.roster" */
    const char *path, *file, *at;
    const struct target_supplement *target; /* NULL: not in the index */
    struct container container;
    struct supplement_document *document;
};

bool audit_is_supplement(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && supplement_kind_named(dot + 1) != SUPPLEMENT_KINDS;
}

static void name_of(char *buf, size_t size, const char *session, int64_t number, enum supplement_kind k)
{
    snprintf(buf, size, "%s.%lld.%s", session, (long long)number, supplement_kind_name(k));
}

static const struct target_supplement *find_target(const struct audit *a, const char *name)
{
    for (size_t i = 0; a->targets && i < a->targets->n_supplements; i++) {
        char listed[160];
        const struct target_supplement *t = &a->targets->supplement[i];
        name_of(listed, sizeof listed, t->session, t->number, t->kind);
        if (strcmp(listed, name) == 0)
            return t;
    }
    return NULL;
}

static void tell_file(struct audit *a, const struct supplied *s)
{
    struct err e = {0};
    uint8_t hash[PART_HASH_BYTES];
    const struct target_supplement *t = s->target;
    if (!t)
        return;
    int r = blake2b_512_file(hash, s->path, (uint64_t)t->size, &e);
    if (r == 0 && memcmp(hash, t->hash, sizeof hash) != 0)
        r = err_set(&e, ERR_NO, s->path, _("is not the file that the index names (length or hash differ)"));
    const char *command = arena_printf(
        a->arena,
        "test -f %s && test \"$(grep -o '<supplement kind=\"%s\" session=\"%s\" number=\"%lld\"[^>]*' %s | sed 's/.*"
        " blake2b512=\"\\([^\"]*\\)\".*/\\1/')\" = \"$(b2sum %s | cut -d' ' -f1)\"",
        s->file, supplement_kind_name(t->kind), t->session, (long long)t->number, a->targets_document.at,
        s->file);
    audit_tell(a, r, &e, command, _("%s: the file that %s names"), s->name, a->targets_document.name);
}

static bool read_document(struct audit *a, struct supplied *s)
{
    struct err e = {0};
    char named[160] = "";
    int r = supplement_document_read(&s->document, kind.document, s->container.document, &e);
    if (r == 0)
        name_of(named, sizeof named, s->document->session, s->document->number, s->document->kind);
    if (r == 0 && strcmp(named, s->name) != 0)
        r = err_set(&e, ERR_NO, s->path,
                    _("is the supplement of another session or number than its name says"));
    const char *command = arena_printf(
        a->arena, "test \"$(wc -l <%s)\" -eq 1 && ! grep -q '<[!?]\\|/>' %s && test \"%s.%s.%s\" = %s", s->at,
        s->at, audit_attribute(a, s->at, "session"), audit_attribute(a, s->at, "number"),
        audit_attribute(a, s->at, "kind"), s->name);
    return audit_tell(
        a, r, &e, command,
        _("%s: its manifest.xml is written in its one spelling, for the session and number of its name"),
        s->name);
}

static void tell_package(struct audit *a, const struct supplied *s)
{
    struct err e = {0};
    const char *package = NULL;
    for (size_t i = 0; i < a->n_packages; i++)
        if (memcmp(a->package[i].hash, s->document->package, 32) == 0)
            package = a->package[i].name;
    int r = package ? 0 : err_set(&e, ERR_NO, s->name, _("no package of the repository has that hash"));
    const char *command =
        arena_printf(a->arena, "b2sum -l 256 \"$work\"/*/manifest.xml | cut -d' ' -f1 | grep -qx \"%s\"",
                     audit_attribute(a, s->at, "for"));
    audit_tell(a, r, &e, command, _("%s: is for a package of this repository (%s)"), s->name,
               package ? package : "?");
    if (s->document->kind != SUPPLEMENT_WITHDRAWAL)
        return;
    err_set(&e, ERR_NO, package, "%s", s->document->reason);
    audit_remark(a, -ERR_NO, &e,
                 arena_printf(a->arena, "! grep -o '^<manifest [^>]*kind=\"withdrawal\".*' %s", s->at),
                 _("%s: its package is not withdrawn"), s->name);
}

static int check_list(const struct audit *a, const struct supplied *s, const char *name, struct err *e)
{
    struct bytes plain = {0};
    struct roster *roster = NULL;
    size_t n = strlen(name) - strlen("roster/.age");
    int r = age_open(zip_get(s->container.zip, name), a->in->id, a->in->n_ids, &plain, e);
    if (r == 0)
        r = roster_read(&roster, name, bytes_span(&plain), e);
    if (r == 0 && (strcmp(roster->session, s->document->session) != 0 || strlen(roster->site) != n ||
                   memcmp(roster->site, name + strlen("roster/"), n) != 0))
        r = err_set(e, ERR_NO, name, _("is the roster of another session or site"));
    roster_free(roster);
    bytes_release(&plain);
    return r;
}

static void tell_lists(struct audit *a, const struct supplied *s)
{
    struct err e = {0};
    int r = 0;
    const struct container_parts *parts = &s->document->parts;
    if (parts->n == 0)
        return;
    if (!a->targets || !audit_holds(a, &a->targets->recovery)) {
        audit_unseen(a, _("%s: what it holds: the lists open with the recovery identity R"), s->name);
        return;
    }
    for (size_t i = 0; r == 0 && i < parts->n; i++)
        r = check_list(a, s, parts->part[i].name, &e);
    audit_tell(a, r, &e, audit_rosters_command(a, s->name, s->document->session),
               _("%s: the lists open, each of its site (%zu)"), s->name, parts->n);
}

static void tell_supplement(struct audit *a, struct supplied *s)
{
    const struct audit_document d = {.name = arena_printf(a->arena, "%s: manifest.xml", s->name),
                                     .at = s->at,
                                     .data = s->container.document,
                                     .signatures = s->container.signatures};
    if (!read_document(a, s))
        return;
    if (a->targets)
        audit_signed_by_officers(a, &d, false,
                                 arena_printf(a->arena, "kaochang/1 role=supplement session=%s number=%lld",
                                              s->document->session, (long long)s->document->number));
    audit_parts(a, s->name, s->file, &kind, &s->container, &s->document->parts);
    tell_package(a, s);
    tell_lists(a, s);
}

void audit_supplement(struct audit *a, const char *name)
{
    struct supplied s = {.name = name,
                         .path = arena_printf(a->arena, "%s/packages/%s.exam", a->in->repo, name),
                         .file = arena_printf(a->arena, "\"$repo\"/packages/%s.exam", name),
                         .at = arena_printf(a->arena, "\"$work\"/%s/manifest.xml", name),
                         .target = find_target(a, name)};
    tell_file(a, &s);
    if (audit_container(a, name, s.path, s.file, &kind, &s.container))
        tell_supplement(a, &s);
    supplement_document_free(s.document);
    container_close(&s.container);
}
