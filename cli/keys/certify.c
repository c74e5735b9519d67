/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys certify: vouch for keys of stations, or of a site. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/certificate-options.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "exam-packages/signatures.h"

static int save(struct certificate *c, const struct minisign_secret *issuer, const char *out, struct err *e)
{
    struct bytes document = {0};
    struct signatures s;
    char comment[64], *folder = mem_strdup(out), *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    int r = certificate_write(c, &document, e);
    if (r == 0)
        r = signatures_make(&s, c->arena, bytes_span(&document),
                            certificate_comment(c, comment, sizeof comment), issuer, 1, e);
    if (r == 0)
        r = signatures_save_document(slash ? folder : ".", path_base(out), bytes_span(&document), &s, e);
    bytes_release(&document);
    free(folder);
    return r;
}

/* Two stations of one name would get one file: the first one's certificate would be gone. */
static int mark_written(struct bytes *written, const char *out, struct err *e)
{
    char *line = mem_printf("\n%s\n", out);
    int r = 0;
    if (written->p && strstr((const char *)written->p, line)) {
        r = err_set(e, ERR_USAGE, out, _("two of these keys have the same name"));
        err_hint(e, _("certify each by itself, with --name"));
    }
    bytes_str(written, line);
    free(line);
    return r;
}

static const char *kind_text(enum certificate_kind k)
{
    static const char *const texts[] = {[CERTIFICATE_STATION] = N_("station"),
                                        [CERTIFICATE_SITE] = N_("site"),
                                        [CERTIFICATE_ROOM] = N_("room"),
                                        [CERTIFICATE_CHIEF] = N_("chief"),
                                        [CERTIFICATE_RATER] = N_("rater")};
    return _(texts[k]);
}

static int certify(const struct args *a, const char *path, const struct minisign_secret *issuer,
                   struct bytes *written, struct err *e)
{
    const char *out = args_get(a, "output");
    struct certificate *c = certificate_new();
    char *inside = NULL, line[PUBLIC_KEY_LINE];
    int r = certificate_from_options(c, a, path, e);
    if (r == 0 && args_count(a) > 1) {
        inside = mem_printf("%s/%s.certificate.xml", out, c->name);
        out = inside;
    }
    if (r == 0)
        r = mark_written(written, out, e);
    if (r == 0)
        r = save(c, issuer, out, e);
    if (r == 0)
        printf(_("%s: %s %s, site %s, room %s, key %s\n"), out, kind_text(c->kind), c->name, c->site,
               c->room[0] ? c->room : "-", public_key_line(&c->key, line));
    free(inside);
    certificate_free(c);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *out, *issuer = args_get(a, "issuer");
    struct minisign_secret key = {0};
    struct bytes written = {0};
    int r = args_need(a, "output", &out, e);
    if (r == 0 && args_count(a) > 1)
        r = args_get(a, "name") ? err_set(e, ERR_USAGE, NULL, _("--name is for one key only"))
                                : file_mkdirs(out, false, e);
    if (r == 0)
        r = keyring_officer(a, issuer, "issuer", TARGETS_ROLE_CERTIFICATE, &key, e);
    for (int i = 0; i < args_count(a) && r == 0; i++)
        r = certify(a, args_at(a, i), &key, &written, e);
    bytes_release(&written);
    minisign_secret_free(&key);
    return r;
}

static const struct command_option options[] = {
    {.name = "kind",
     .arg = "KIND",
     .help = N_("station, room or site; of a lab exam's people: chief or rater")},
    {.name = "for-room",
     .help = N_("The proctor's machine, which runs the room service: the same as --kind room")},
    {.name = "site", .arg = "SITE", .help = N_("The site")},
    {.name = "room",
     .arg = "ROOM",
     .help = N_("The room, for a station or a room's machine; for people: without it the whole site")},
    {.name = "name",
     .arg = "NAME",
     .help = N_("The station's or person's name (default: the one in the key's file)")},
    {.name = "from", .arg = "TIME", .help = N_("Sessions from this time on (default: a day ago)")},
    {.name = "until", .arg = "TIME", .help = N_("Sessions until this time (default: in 400 days)")},
    {.name = "recipient", .arg = "NAME", .help = N_("A site's roster recipient, for a site")},
    {.name = "issuer", .arg = "KEY", .help = N_("Who vouches: a key's name or file (default: officer)")},
    {.name = "output",
     .key = 'o',
     .arg = "CERT",
     .help = N_("The certificate; a folder where there are several keys")},
    {.name = "password-file",
     .arg = "FILE",
     .help = N_("The issuer's password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the issuer's key must have no password")},
    {0},
};

const struct command cmd_keys_certify = {
    .name = "keys certify",
    .args = "KEY.pub…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Certify keys of stations, of a site, or of people who sign decisions"),
    .example =
        "kaochang keys certify station.pub --kind station --site S01 --room 301 -o st01.certificate.xml",
    .options = options,
    .no_json = true,
    .run = run,
};
