/* SPDX-License-Identifier: Apache-2.0 */
/* The sealed parts of a package, opened with R or C: what the codes open is what the manifest names, and the
 * paper that the candidates saw is the one that is scored, without its key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/audit/internal.h"
#include "exam-packages/derive.h"

/* One sealed container of the package. */
struct opened {
    struct bytes plain;
    struct zip *zip;
};

/* Elements that only the key part may have. */
static const char *const key_elements[] = {"<correctResponse",    "<mapping",       "<areaMapping",
                                           "<responseProcessing", "<modalFeedback", "<rubricBlock"};
static const char *const paper_folders[] = {"items/", "media/", "tasks/", "files/"};

static int open_sealed(const struct audit *a, const struct audit_package *p, const char *name,
                       struct bytes *ret, struct err *e)
{
    struct span sealed = zip_get(p->container.zip, name);
    if (!sealed.p)
        return err_set(e, ERR_NO, name, _("the package has no such part"));
    return age_open(sealed, a->in->id, a->in->n_ids, ret, e);
}

static bool open_part(struct audit *a, const struct audit_package *p, const char *part, struct opened *ret)
{
    struct err e = {0};
    const char *sealed = arena_printf(a->arena, "%s.age", part);
    int r = open_sealed(a, p, sealed, &ret->plain, &e);
    if (r == 0)
        r = zip_open_span(&ret->zip, bytes_span(&ret->plain), &e);
    const char *at = arena_printf(a->arena, "\"$work\"/%s/%s", p->name, part);
    const char *command = arena_printf(
        a->arena, "age -d -i \"$identity\" -o %s.zip %s.age && unzip -tqq %s.zip && unzip -qqo %s.zip -d %s",
        at, at, at, at, at);
    return audit_tell(a, r, &e, command, _("%s: %s opens"), p->name, sealed);
}

static void close_part(struct opened *p)
{
    zip_close(p->zip);
    bytes_release(&p->plain);
}

/* ---- the escrow ---- */

static int check_escrow(const struct audit *a, const struct audit_package *p, struct err *e)
{
    struct bytes plain = {0};
    struct age_identity *id = NULL;
    size_t n = 0;
    int r = open_sealed(a, p, "escrow.age", &plain, e);
    if (r == 0)
        r = age_identities_parse(bytes_span(&plain), &id, &n, e);
    for (size_t i = 0; r == 0 && i < 2; i++) {
        struct age_recipient have;
        if (i < n)
            age_identity_recipient(&id[i], &have);
        if (n != 2 ||
            memcmp(have.pk, p->manifest->recipient[i ? MANIFEST_C : MANIFEST_U].pk, sizeof have.pk) != 0)
            r = err_set(e, ERR_NO, "escrow.age", _("holds another identity than the manifest names"));
    }
    age_identities_free(id, n);
    bytes_release(&plain);
    return r;
}

static void tell_escrow(struct audit *a, const struct audit_package *p)
{
    struct err e = {0};
    const char *command =
        arena_printf(a->arena,
                     "test \"$(age -d -i \"$identity\" \"$work\"/%s/escrow.age | age-keygen -y)\" ="
                     " \"$(grep -o '<recipient role=\"[UC]\" key=\"[^\"]*' \"$work\"/%s/manifest.xml"
                     " | cut -d'\"' -f4)\"",
                     p->name, p->name);
    audit_tell(a, check_escrow(a, p, &e), &e, command,
               _("%s: escrow.age holds the session's identities U and C, as the manifest names them"),
               p->name);
}

/* ---- rosters ---- */

static bool is_roster(const char *name)
{
    return strncmp(name, "roster/", 7) == 0;
}

static int check_roster(const struct audit *a, const struct audit_package *p, const char *name, struct err *e)
{
    struct bytes plain = {0};
    struct roster *roster = NULL;
    int r = open_sealed(a, p, name, &plain, e);
    if (r == 0)
        r = roster_read(&roster, name, bytes_span(&plain), e);
    if (r == 0 && (strcmp(roster->session, p->manifest->session) != 0 ||
                   strncmp(roster->site, name + 7, strlen(name + 7) - 4) != 0 ||
                   strlen(roster->site) != strlen(name + 7) - 4))
        r = err_set(e, ERR_NO, name, _("is the roster of another session or site"));
    roster_free(roster);
    bytes_release(&plain);
    return r;
}

const char *audit_rosters_command(struct audit *a, const char *name, const char *session)
{
    return arena_printf(a->arena,
                        "( cd \"$work\"/%s/roster && for r in *.age; do age -d -i \"$identity\" \"./$r\" | grep -q"
                        " \"^<roster [^>]* session=\\\"%s\\\" site=\\\"${r%%.age}\\\"\" || exit 1; done )",
                        name, session);
}

static void tell_rosters(struct audit *a, const struct audit_package *p)
{
    struct err e = {0};
    int r = 0;
    size_t n = 0;
    for (size_t i = 0; r == 0 && i < p->manifest->parts.n; i++)
        if (is_roster(p->manifest->parts.part[i].name)) {
            n++;
            r = check_roster(a, p, p->manifest->parts.part[i].name, &e);
        }
    if (n == 0)
        return;
    audit_tell(a, r, &e, audit_rosters_command(a, p->name, p->manifest->session),
               _("%s: the rosters open, each of its site (%zu)"), p->name, n);
}

/* ---- paper and key ---- */

static bool is_allowed(const char *name)
{
    if (strcmp(name, "paper.xml") == 0 || strcmp(name, PACKAGE_LAB_PART) == 0)
        return true;
    for (size_t i = 0; i < sizeof paper_folders / sizeof *paper_folders; i++)
        if (strncmp(name, paper_folders[i], strlen(paper_folders[i])) == 0)
            return true;
    return false;
}

static int check_secret(const struct zip *paper, struct err *e)
{
    for (size_t i = 0; i < zip_count(paper); i++) {
        const char *name = zip_name(paper, i);
        struct span data = zip_part(paper, i);
        if (!is_allowed(name))
            return err_set(e, ERR_NO, name, _("does not belong into the paper"));
        if (strncmp(name, "files/", 6) == 0 || strncmp(name, "media/", 6) == 0)
            continue;
        for (size_t k = 0; k < sizeof key_elements / sizeof *key_elements; k++)
            if (memmem(data.p, data.n, key_elements[k], strlen(key_elements[k])))
                return err_set(e, ERR_NO, name, _("holds %s>"), key_elements[k]);
    }
    return 0;
}

static void tell_secret(struct audit *a, const struct audit_package *p, const struct zip *paper)
{
    struct err e = {0};
    const char *command = arena_printf(
        a->arena,
        "( cd \"$work\"/%s/paper && ! ls | grep -qvxE 'paper\\.xml|lab\\.xml|items|media|tasks|files' &&"
        " ! grep -rqE"
        " '<(correctResponse|mapping|areaMapping|responseProcessing|modalFeedback|rubricBlock)'"
        " --exclude-dir=files --exclude-dir=media . )",
        p->name);
    audit_tell(a, check_secret(paper, &e), &e, command,
               _("%s: the paper holds no correct response, mapping, rule or feedback"), p->name);
}

/* Names in files/ and media/ are the hashes of what they hold. */
static int check_named(const struct zip *z, size_t *ret_n, struct err *e)
{
    for (size_t i = 0; i < zip_count(z); i++) {
        const char *name = zip_name(z, i);
        uint8_t hash[32];
        char hex[65];
        if (strncmp(name, "files/", 6) != 0 && strncmp(name, "media/", 6) != 0)
            continue;
        ++*ret_n;
        blake2b_256(hash, zip_part(z, i));
        if (strncmp(name + 6, hex_encode(hex, hash, sizeof hash), 64) != 0)
            return err_set(e, ERR_NO, name, _("is not the file of its name"));
    }
    return 0;
}

static void tell_named(struct audit *a, const struct audit_package *p, const char *part, const struct zip *z)
{
    struct err e = {0};
    size_t n = 0;
    int r = check_named(z, &n, &e);
    if (n == 0)
        return;
    const char *command =
        arena_printf(a->arena,
                     "( cd \"$work\"/%s/%s && for f in files/* media/*; do test ! -e $f || test"
                     " \"$(b2sum -l 256 $f | cut -c1-64)\" = \"$(basename $f .png)\" || exit 1; done )",
                     p->name, part);
    audit_tell(a, r, &e, command, _("%s: files and pictures of %s.age are those of their names (%zu)"),
               p->name, part, n);
}

static int check_same(const struct zip *paper, const struct zip *key, const char *document, struct err *e)
{
    static const char folder[] = "items/";
    size_t n = 0, m = 0;
    if (!span_equal(zip_get(paper, document), zip_get(key, document)))
        return err_set(e, ERR_NO, document, _("differs between paper and key"));
    for (size_t i = 0; i < zip_count(paper); i++) {
        bool item = strncmp(zip_name(paper, i), folder, sizeof folder - 1) == 0;
        n += item;
        if (item && zip_find(key, zip_name(paper, i)) < 0)
            return err_set(e, ERR_NO, zip_name(paper, i), _("stands in the paper, and not in the key"));
    }
    for (size_t i = 0; i < zip_count(key); i++)
        m += strncmp(zip_name(key, i), folder, sizeof folder - 1) == 0;
    return n == m ? 0 : err_set(e, ERR_NO, "items", _("the key has %zu items, the paper %zu"), m, n);
}

static void tell_same(struct audit *a, const struct audit_package *p, const struct zip *paper,
                      const struct zip *key)
{
    struct err e = {0};
    const char *document = zip_find(paper, PACKAGE_LAB_PART) < 0 ? "paper.xml" : PACKAGE_LAB_PART;
    const char *command =
        arena_printf(a->arena,
                     "( cd \"$work\"/%s && cmp paper/%s key/%s && test \"$(cd paper && find items"
                     " 2>/dev/null | sort)\" = \"$(cd key && find items 2>/dev/null | sort)\" )",
                     p->name, document, document);
    audit_tell(a, check_same(paper, key, document, &e), &e, command,
               _("%s: paper and key are of one paper, with the same items"), p->name);
}

static void open_both(struct audit *a, const struct audit_package *p, bool paper_too)
{
    struct opened paper = {0}, key = {0};
    bool has_paper = paper_too && open_part(a, p, "paper", &paper), has_key = open_part(a, p, "key", &key);
    if (has_paper) {
        tell_secret(a, p, paper.zip);
        tell_named(a, p, "paper", paper.zip);
    }
    if (has_key)
        tell_named(a, p, "key", key.zip);
    if (has_paper && has_key)
        tell_same(a, p, paper.zip, key.zip);
    close_part(&paper);
    close_part(&key);
}

void audit_open_package(struct audit *a, const struct audit_package *p)
{
    const struct age_recipient *r = p->manifest->recipient;
    bool recovery = audit_holds(a, &r[MANIFEST_R]), closing = audit_holds(a, &r[MANIFEST_C]);
    if (!recovery && !closing) {
        audit_unseen(
            a, _("%s: its paper, key and rosters: they open with the recovery identity R, the key with C"),
            p->name);
        return;
    }
    if (recovery && !p->manifest->practice)
        tell_escrow(a, p);
    if (recovery)
        tell_rosters(a, p);
    open_both(a, p, recovery || audit_holds(a, &r[MANIFEST_U]));
}
