/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys certify: vouch for keys of stations, or of a site. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "exam-packages/certificate.h"
#include "exam-packages/signatures.h"

static const int64_t usual_life_ms = 400LL * 86400 * 1000;
/* a session that has begun this morning is covered, and so is a clock that is wrong by hours */
static const int64_t usual_start_ms = -86400LL * 1000;

/* The name in a station's request, "kaochang station NAME site=…": a proposal that the officer sees. NULL if
 * there is none. */
static char *name_asked_for(const char *path)
{
    static const char mark[] = "kaochang station ";
    struct bytes text = {0};
    char *name = NULL;
    if (file_read(path, MINISIGN_FILE_MAX, &text, NULL) == 0) {
        const char *at = strstr((const char *)text.p, mark);
        if (at)
            name = mem_printf("%.*s", (int)strcspn(at + strlen(mark), " \n"), at + strlen(mark));
    }
    bytes_release(&text);
    return name;
}

static int fill_kind(struct certificate *c, const struct args *a, struct err *e)
{
    const char *kind, *room = args_get(a, "room");
    int r;
    if ((r = args_need(a, "kind", &kind, e)) < 0 || (r = args_need(a, "site", &c->site, e)) < 0)
        return r;
    c->for_site = strcmp(kind, "site") == 0;
    if (!c->for_site && strcmp(kind, "station") != 0)
        return err_set(e, ERR_USAGE, NULL, _("--kind is station or site"));
    if (c->for_site != !room)
        return err_set(e, ERR_USAGE, NULL,
                       c->for_site ? _("a site's certificate has no --room") : _("--room is missing"));
    c->room = room ? room : "";
    return 0;
}

static void fill_times(struct certificate *c, const struct args *a)
{
    struct clock_reading now;
    char text[32];
    clock_read(&now);
    const char *from = args_get(a, "from"), *until = args_get(a, "until");
    c->from =
        arena_strdup(c->arena, from ? from : time_text(now.wall_ms + usual_start_ms, 0, text, sizeof text));
    c->until =
        arena_strdup(c->arena, until ? until : time_text(now.wall_ms + usual_life_ms, 0, text, sizeof text));
}

static int fill_recipient(struct certificate *c, const struct args *a, struct err *e)
{
    const char *given = args_get(a, "recipient");
    c->has_recipient = given != NULL;
    return given ? keyring_recipient(a, given, &c->recipient, e) : 0;
}

static int fill(struct certificate *c, const struct args *a, const char *path, struct err *e)
{
    uint8_t serial[8];
    char hex[2 * sizeof serial + 1];
    int r;
    randombytes_buf(serial, sizeof serial);
    c->serial = arena_strdup(c->arena, hex_encode(hex, serial, sizeof serial));
    fill_times(c, a);
    if ((r = fill_kind(c, a, e)) < 0 || (r = fill_recipient(c, a, e)) < 0 ||
        (r = minisign_public_load(path, &c->key, e)) < 0)
        return r;
    char *asked = c->for_site ? mem_strdup(c->site) : name_asked_for(path);
    const char *name = args_get(a, "name") ? args_get(a, "name") : asked;
    if (!name)
        r = err_set(e, ERR_USAGE, path, _("the file does not say the station's name; give --name"));
    else
        c->name = arena_strdup(c->arena, name);
    free(asked);
    return r;
}

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

static int certify(const struct args *a, const char *path, const struct minisign_secret *issuer,
                   struct bytes *written, struct err *e)
{
    const char *out = args_get(a, "output");
    struct certificate *c = certificate_new();
    char *inside = NULL, line[PUBLIC_KEY_LINE];
    int r = fill(c, a, path, e);
    if (r == 0 && args_count(a) > 1) {
        inside = mem_printf("%s/%s.certificate.xml", out, c->name);
        out = inside;
    }
    if (r == 0)
        r = mark_written(written, out, e);
    if (r == 0)
        r = save(c, issuer, out, e);
    if (r == 0)
        printf(_("%s: station or site %s, site %s, room %s, key %s\n"), out, c->name, c->site,
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
        r = keyring_secret(a, issuer ? issuer : "officer", &key, e);
    for (int i = 0; i < args_count(a) && r == 0; i++)
        r = certify(a, args_at(a, i), &key, &written, e);
    bytes_release(&written);
    minisign_secret_free(&key);
    return r;
}

static const struct command_option options[] = {
    {.name = "kind", .arg = "KIND", .help = N_("station or site")},
    {.name = "site", .arg = "SITE", .help = N_("The site")},
    {.name = "room", .arg = "ROOM", .help = N_("The room, for a station")},
    {.name = "name", .arg = "NAME", .help = N_("The station's name (default: the one in its request)")},
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
    .summary = N_("Certify keys of stations, or of a site"),
    .example =
        "kaochang keys certify station.pub --kind station --site S01 --room 301 -o st01.certificate.xml",
    .options = options,
    .no_json = true,
    .run = run,
};
