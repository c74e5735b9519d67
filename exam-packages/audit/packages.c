/* SPDX-License-Identifier: Apache-2.0 */
/* The packages that the index names, and those that lie beside them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/audit/internal.h"
#include "exam-packages/derive.h"

static const struct container_kind kind = {.mimetype = "application/vnd.kaochang.exam+zip",
                                           .document = "manifest.xml"};

/* One attribute of the package's entry in the index. */
static const char *field(struct audit *a, const struct target_package *t, const char *name)
{
    return arena_printf(a->arena,
                        "$(grep -o '<package session=\"%s\" version=\"%lld\"[^>]*' %s | sed"
                        " 's/.* %s=\"\\([^\"]*\\)\".*/\\1/')",
                        t->session, (long long)t->version, a->targets_document.at, name);
}

static const struct target_package *find_target(const struct audit *a, const char *name)
{
    for (size_t i = 0; a->targets && i < a->targets->n_packages; i++) {
        char listed[150];
        const struct target_package *t = &a->targets->package[i];
        snprintf(listed, sizeof listed, "%s.%lld", t->session, (long long)t->version);
        if (strcmp(listed, name) == 0)
            return t;
    }
    return NULL;
}

/* SESSION.VERSION in a name, as the index has them. */
static void tell_unlisted(struct audit *a, const struct audit_package *p)
{
    struct err e = {0};
    const char *dot = strrchr(p->name, '.');
    if (!a->targets || !dot)
        return;
    err_set(&e, ERR_NO, a->targets_document.name,
            _("a newer version has taken its place, or it has expired"));
    audit_remark(a, -ERR_NO, &e,
                 arena_printf(a->arena, "grep -q '<package session=\"%.*s\" version=\"%s\"' %s",
                              (int)(dot - p->name), p->name, dot + 1, a->targets_document.at),
                 _("%s: named in the index"), p->name);
}

static void tell_file(struct audit *a, const struct audit_package *p, const struct target_package *t,
                      const char *file)
{
    struct err e = {0};
    uint8_t hash[PART_HASH_BYTES];
    if (!t) {
        tell_unlisted(a, p);
        return;
    }
    int r = blake2b_512_file(hash, p->path, (uint64_t)t->size, &e);
    if (r == 0 && memcmp(hash, t->hash, sizeof hash) != 0)
        r = err_set(&e, ERR_NO, p->path, _("is not the file that the index names (length or hash differ)"));
    audit_tell(a, r, &e,
               arena_printf(a->arena,
                            "test -f %s && test \"$(stat -c %%s %s)\" = \"%s\" && test \"%s\" = \"$(b2sum %s | cut"
                            " -d' ' -f1)\"",
                            file, file, field(a, t, "size"), field(a, t, "blake2b512"), file),
               _("%s: the file that %s names"), p->name, a->targets_document.name);
}

static bool read_manifest(struct audit *a, struct audit_package *p, const char *at)
{
    struct err e = {0};
    char named[150] = "";
    int r = exam_manifest_read(&p->manifest, kind.document, p->container.document, &e);
    if (r == 0)
        snprintf(named, sizeof named, "%s.%lld", p->manifest->session, (long long)p->manifest->version);
    if (r == 0 && strcmp(named, p->name) != 0)
        r = err_set(&e, ERR_NO, p->path,
                    _("is the package of another session or version than its name says"));
    const char *command = arena_printf(
        a->arena, "test \"$(wc -l <%s)\" -eq 1 && ! grep -q '<[!?]\\|/>' %s && test \"%s.%s\" = %s", at, at,
        audit_attribute(a, at, "session"), audit_attribute(a, at, "version"), p->name);
    return audit_tell(
        a, r, &e, command,
        _("%s: manifest.xml is written in its one spelling, for the session and version of its name"),
        p->name);
}

static void tell_hash(struct audit *a, const struct audit_package *p, const struct target_package *t,
                      const char *at)
{
    struct err e = {0};
    int r = memcmp(p->hash, t->package, sizeof p->hash) == 0
                ? 0
                : err_set(&e, ERR_NO, p->path, _("has another package hash than the index names"));
    audit_tell(a, r, &e,
               arena_printf(a->arena, "test \"%s\" = \"$(b2sum -l 256 %s | cut -d' ' -f1)\"",
                            field(a, t, "package"), at),
               _("%s: has the package hash that %s names"), p->name, a->targets_document.name);
}

static void tell_recipients(struct audit *a, const struct audit_package *p, const char *at)
{
    struct err e = {0};
    const struct age_recipient *have = p->manifest->recipient;
    int r = memcmp(have[MANIFEST_R].pk, a->targets->recovery.pk, sizeof have->pk) == 0 &&
                    memcmp(have[MANIFEST_O].pk, a->targets->results.pk, sizeof have->pk) == 0
                ? 0
                : err_set(&e, ERR_NO, p->path, _("the index names others now"));
    const char *find = "grep -o '<recipient role=\"[RO]\" key=\"[^\"]*'";
    audit_remark(
        a, r, &e,
        arena_printf(a->arena, "test \"$(%s %s)\" = \"$(%s %s)\"", find, at, find, a->targets_document.at),
        _("%s: names the office's own recovery and results recipients"), p->name);
}

void audit_signed_by_officers(struct audit *a, const struct audit_document *d, bool listed,
                              const char *comment)
{
    const struct targets *t = a->targets;
    audit_signed(a, d, &t->role[TARGETS_ROLE_PACKAGE], listed && t->former.n ? &t->former : NULL,
                 &a->targets_document, comment);
}

static void tell_manifest(struct audit *a, struct audit_package *p, const struct target_package *t,
                          const char *file)
{
    const char *at = arena_printf(a->arena, "\"$work\"/%s/manifest.xml", p->name);
    struct audit_document d = {.name = arena_printf(a->arena, "%s: manifest.xml", p->name),
                               .at = at,
                               .data = p->container.document,
                               .signatures = p->container.signatures};
    if (!read_manifest(a, p, at))
        return;
    if (a->targets) {
        audit_signed_by_officers(a, &d, t != NULL,
                                 arena_printf(a->arena, "kaochang/1 role=package session=%s version=%lld",
                                              p->manifest->session, (long long)p->manifest->version));
        tell_recipients(a, p, at);
    }
    if (t)
        tell_hash(a, p, t, at);
    audit_parts(a, p->name, file, &kind, &p->container, &p->manifest->parts);
    audit_open_package(a, p);
}

static void walk_package(struct audit *a, const char *name)
{
    struct audit_package p = {.name = name,
                              .path = arena_printf(a->arena, "%s/packages/%s.exam", a->in->repo, name)};
    const struct target_package *t = find_target(a, name);
    const char *file = arena_printf(a->arena, "\"$repo\"/packages/%s.exam", name);
    tell_file(a, &p, t, file);
    if (!audit_container(a, name, p.path, file, &kind, &p.container))
        return;
    blake2b_256(p.hash, p.container.document);
    tell_manifest(a, &p, t, file);
    a->package[a->n_packages++] = p;
}

static bool is_package(const char *name)
{
    size_t n = strlen(name);
    return n > 5 && strcmp(name + n - 5, ".exam") == 0 && path_is_plain_name(name);
}

/* Listed, and not in this copy. */
static void tell_missing(struct audit *a, const struct file_names *names, const char *path)
{
    struct err e = {0};
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->name[i], path_base(path)) == 0)
            return;
    audit_tell(a, err_set(&e, ERR_NO, path, _("is not in this copy")), &e,
               arena_printf(a->arena, "test -f \"$repo\"/%s", path), _("%s: is there"), path);
}

static void walk_folder(struct audit *a, const struct file_names *names, bool supplements)
{
    for (size_t i = 0; i < names->n; i++) {
        if (!is_package(names->name[i]))
            continue;
        const char *name = arena_strndup(a->arena, names->name[i], strlen(names->name[i]) - 5);
        if (audit_is_supplement(name) != supplements)
            continue;
        if (supplements)
            audit_supplement(a, name);
        else
            walk_package(a, name);
    }
}

void audit_packages(struct audit *a)
{
    struct file_names names = {0};
    char *folder = path_join(a->in->repo, "packages");
    if (file_exists(folder) && file_list(folder, &names, NULL) < 0)
        names.n = 0;
    for (size_t i = 0; a->targets && i < a->targets->n_packages; i++)
        tell_missing(a, &names, target_package_path(a->arena, &a->targets->package[i]));
    for (size_t i = 0; a->targets && i < a->targets->n_supplements; i++)
        tell_missing(a, &names, target_supplement_path(a->arena, &a->targets->supplement[i]));
    a->package = arena_array(a->arena, names.n + 1, sizeof *a->package);
    walk_folder(a, &names, false);
    walk_folder(a, &names, true);
    file_names_free(&names);
    free(folder);
}
