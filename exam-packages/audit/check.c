/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "exam-packages/audit/internal.h"

const char *audit_result_name(enum audit_result result)
{
    static const char *const name[] = {"yes", "no", "remark", "unseen"};
    return name[result];
}

static void tell(struct audit *a, enum audit_result result, bool mild, const struct err *e,
                 const char *command, const char *format, va_list args)
{
    char why[1024] = "";
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = mem_alloc((size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, args);
    if (e && result != AUDIT_YES)
        snprintf(why, sizeof why, "%s%s%s", e->where, *e->where ? ": " : "", e->what);
    text_disarm(text); /* both may name files, which others named */
    text_disarm(why);
    struct audit_check c = {.result = result, .mild = mild, .what = text, .why = why, .command = command};
    if (result != AUDIT_UNSEEN)
        c.number = ++a->counts.checks;
    a->counts.no += result == AUDIT_NO;
    a->counts.remarks += result == AUDIT_REMARK;
    a->counts.unseen += result == AUDIT_UNSEEN;
    a->tell(a->context, &c);
    free(text);
}

bool audit_tell(struct audit *a, int r, const struct err *e, const char *command, const char *what, ...)
{
    va_list args;
    va_start(args, what);
    tell(a, r < 0 ? AUDIT_NO : AUDIT_YES, false, e, command, what, args);
    va_end(args);
    return r >= 0;
}

void audit_remark(struct audit *a, int r, const struct err *e, const char *command, const char *what, ...)
{
    va_list args;
    va_start(args, what);
    tell(a, r < 0 ? AUDIT_REMARK : AUDIT_YES, true, e, command, what, args);
    va_end(args);
}

void audit_unseen(struct audit *a, const char *what, ...)
{
    va_list args;
    va_start(args, what);
    tell(a, AUDIT_UNSEEN, false, NULL, "", what, args);
    va_end(args);
}

/* The text of one role of a document; then `id="…" public="…"` of its keys can be looked for. */
static const char *role_text(struct audit *a, const struct audit_document *holder, const struct role *role)
{
    return arena_printf(a->arena, "sed 's/.*<role name=\"%s\" //;s/<\\/role>.*//' %s", role->name,
                        holder->at);
}

static int check_signature(const struct audit_document *d, const struct role_key *key,
                           const struct signature *s, const char *comment, struct err *e)
{
    char *said = NULL;
    int r = minisign_verify(d->data, s->file, &key->key, &said, e);
    if (r == 0 && strcmp(said, comment) != 0)
        r = err_set(e, ERR_NO, d->name, _("the signature is for \"%.100s\""), said);
    free(said);
    return r;
}

static bool tell_signature(struct audit *a, const struct audit_document *d, const struct role *role,
                           const struct role_key *key, const struct audit_document *holder,
                           const struct signature *s, const char *comment)
{
    struct err e = {0};
    const char *command = arena_printf(
        a->arena,
        "test \"$(minisign -V -H -Q -P \"$(%s | grep -o 'id=\"%s\" public=\"[^\"]*' | cut -d'\"' -f4)\" -m %s"
        " -x %s.%s.minisig)\" = '%s'",
        role_text(a, holder, role), s->keyid, d->at, d->at, s->keyid, comment);
    return audit_tell(a, check_signature(d, key, s, comment, &e), &e, command,
                      _("%s: signed by %s, a key of the role \"%s\" in %s"), d->name, key->name, role->name,
                      holder->name);
}

/* Those that one role's keys made; each is told. */
static bool tell_signatures(struct audit *a, const struct audit_document *d, const struct role *role,
                            const struct audit_document *holder, const char *comment, long long *there)
{
    bool good = true;
    for (size_t k = 0; k < role->n; k++) {
        char keyid[MINISIGN_ID_TEXT];
        minisign_id_text(role->key[k].key.id, keyid);
        for (size_t i = 0; i < d->signatures.n; i++)
            if (strcmp(d->signatures.list[i].keyid, keyid) == 0) {
                ++*there;
                good &= tell_signature(a, d, role, &role->key[k], holder, &d->signatures.list[i], comment);
            }
    }
    return good;
}

bool audit_signed(struct audit *a, const struct audit_document *d, const struct role *role,
                  const struct role *more, const struct audit_document *holder, const char *comment)
{
    struct err e = {0};
    long long there = 0;
    bool good = tell_signatures(a, d, role, holder, comment, &there);
    if (more)
        good &= tell_signatures(a, d, more, holder, comment, &there);
    const char *text = role_text(a, holder, role);
    const char *both = more ? arena_printf(a->arena, "{ %s; %s; }", text, role_text(a, holder, more)) : text;
    const char *command = arena_printf(
        a->arena,
        "test \"$(%s | grep -o ' id=\"[^\"]*' | cut -d'\"' -f2 | while read -r id; do ls %s.$id.minisig; done"
        " 2>/dev/null | wc -l)\" -ge \"$(%s | cut -d'\"' -f2)\"",
        both, d->at, text);
    int r = there >= role->threshold
                ? 0
                : err_set(&e, ERR_NO, d->name, _("%lld of %lld"), there, (long long)role->threshold);
    return audit_tell(a, r, &e, command, _("%s: as many signatures as the role \"%s\" in %s needs (%lld)"),
                      d->name, role->name, holder->name, (long long)role->threshold) &&
           good;
}

const char *audit_attribute(struct audit *a, const char *at, const char *name)
{
    return arena_printf(a->arena, "$(grep -o '^<[^>]*' %s | sed 's/.* %s=\"\\([^\"]*\\)\".*/\\1/')", at,
                        name);
}

bool audit_container(struct audit *a, const char *name, const char *path, const char *file,
                     const struct container_kind *kind, struct container *ret)
{
    struct err e = {0};
    const char *command = arena_printf(
        a->arena,
        "test -f %s && unzip -tqq %s && test \"$(stat -c %%s %s)\" = \"$(($(unzip -Zt %s | cut -d' ' -f3) + $(unzip"
        " -Z1 %s | awk"
        " '{n += 76 + 2 * length($0)} END {print n + 22}')))\" && test \"$(unzip -p %s mimetype)\" = %s"
        " && unzip -qqo %s"
        " -d \"$work\"/%s",
        file, file, file, file, file, file, kind->mimetype, file, name);
    return audit_tell(a, container_open(ret, path, kind, &e), &e, command,
                      _("%s: a container with nothing before, between or behind its entries"), name);
}

void audit_parts(struct audit *a, const char *name, const char *file, const struct container_kind *kind,
                 const struct container *c, const struct container_parts *parts)
{
    struct err e = {0};
    const char *listed = arena_printf(a->arena, "grep -o '<part [^>]*' %s", kind->document);
    const char *hashes = parts->n == 0
                             ? ""
                             : arena_printf(a->arena,
                                            " && %s | sed 's/.* name=\"\\(.*\\)\" size=\".*\""
                                            " blake2b512=\"\\(.*\\)\".*/\\2  \\1/' | b2sum -c --quiet"
                                            " --strict",
                                            listed);
    const char *command =
        arena_printf(a->arena,
                     "( cd \"$work\"/%s && test \"$(unzip -Z1 %s | grep -v '^%s\\.[0-9A-F]*\\.minisig$')\" ="
                     " \"$(echo mimetype; echo %s; %s | cut -d'\"' -f2)\"%s )",
                     name, file, kind->document, kind->document, listed, hashes);
    audit_tell(a, container_check_parts(c, parts, &e), &e, command,
               _("%s: its %zu parts are those that were signed for, and there are no others"), name,
               parts->n);
}

bool audit_holds(const struct audit *a, const struct age_recipient *r)
{
    struct age_recipient have;
    for (size_t i = 0; i < a->in->n_ids; i++) {
        age_identity_recipient(&a->in->id[i], &have);
        if (memcmp(have.pk, r->pk, sizeof have.pk) == 0)
            return true;
    }
    return false;
}
