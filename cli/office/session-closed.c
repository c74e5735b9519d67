/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang session closed: a room is closed, says its proctor by phone, or a CLOSE record on a stick. */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/office/commands.h"
#include "cli/office/rooms.h"
#include "exam-packages/derive.h"
#include "office/heard.h"
#include "office/roster-store.h"

enum { MAX_CLOSE = 4 << 20, MAX_CERTIFICATE = 64 << 10 };

struct hearing {
    const struct args *a;
    struct arena *arena;
    struct office *office;
    struct office_session session;
    struct roster *roster;
    struct trust *trust;
    struct heard heard;
};

static int check_room(const struct hearing *h, struct err *e)
{
    const struct heard *x = &h->heard;
    if (roster_find_room(h->roster, x->site, x->room))
        return 0;
    err_set(e, ERR_USAGE, x->room, _("session %s has no such room at site %s"), h->session.id, x->site);
    return err_hint(e, _("\"kaochang session rooms\" lists them"));
}

/* ---- by phone ---- */

static int check_number(const struct hearing *h, const char *recovery, struct err *e)
{
    struct kept_packages kept = {0};
    struct age_identity id = {0};
    struct release_room call = {h->heard.site, h->heard.room, RELEASE_PHONE, .sat = h->heard.sat};
    memcpy(call.number, h->heard.number, sizeof call.number);
    int r = age_identity_load(recovery, &id, e);
    if (r == 0)
        r = kept_packages_open(&kept, h->office, h->session.id, h->trust, e);
    if (r == 0)
        r = kept_packages_key(&kept, &id, h->session.id, &call, e);
    secret_wipe(call.key, sizeof call.key);
    kept_packages_close(&kept);
    age_identity_free(&id);
    return r;
}

static int hear_call(struct hearing *h, struct err *e)
{
    const char *number = NULL, *recovery = args_get(h->a, "identity");
    int r;
    h->heard.phone = true;
    if ((r = args_need(h->a, "site", &h->heard.site, e)) < 0 ||
        (r = args_need(h->a, "room", &h->heard.room, e)) < 0 || (r = check_room(h, e)) < 0 ||
        (r = args_need(h->a, "number", &number, e)) < 0 ||
        (r = args_int(h->a, "count", 0, CLOSE_MAX_SITTINGS, -1, &h->heard.sat, e)) < 0)
        return r;
    if (h->heard.sat < 0)
        return err_set(e, ERR_USAGE, NULL,
                       _("--count is missing: how many sat, as the proctor's screen says"));
    if ((r = close_number_read(number, h->heard.number, e)) < 0)
        return err_within(e, "--number");
    return recovery ? check_number(h, recovery, e) : 0;
}

/* ---- by a record on a stick ---- */

static int load_beside(struct arena *a, const char *path, size_t max, struct span *ret,
                       struct span *ret_signature, struct err *e)
{
    struct signatures s = {0};
    int r = signatures_load_document(ret, &s, a, dirname(arena_strdup(a, path)), path_base(path), max, e);
    if (r == 0 && s.n != 1)
        r = err_set(e, ERR_DATA, path, _("one signature must lie beside it, there are %zu"), s.n);
    if (r == 0)
        *ret_signature = s.list[0].file;
    return r;
}

static int load_machine(const struct hearing *h, struct certificate **ret, struct err *e)
{
    const char *certificate = NULL, *issuer = args_get(h->a, "issuer");
    struct certificate_chain chain = {0};
    int r = args_need(h->a, "certificate", &certificate, e);
    if (r == 0)
        r = load_beside(h->arena, certificate, MAX_CERTIFICATE, &chain.certificate, &chain.signature, e);
    if (r == 0 && issuer)
        r = load_beside(h->arena, issuer, MAX_CERTIFICATE, &chain.issuer, &chain.issuer_signature, e);
    return r < 0 ? r : trust_check_certificate(h->trust, &chain, ret, e);
}

static int check_record(const struct hearing *h, const char *path, const struct close_record *c,
                        struct span document, struct span signature, const struct certificate *machine,
                        struct err *e)
{
    const char *wanted =
        arena_printf(h->arena, "kaochang/1 role=close session=%s room=%s", c->session, c->room);
    char *said = NULL;
    bool good = certificate_is_machine(machine) && strcmp(machine->site, c->site) == 0 &&
                strcmp(machine->room, c->room) == 0 &&
                minisign_verify(document, signature, &machine->key, &said, NULL) == 0 &&
                strcmp(said, wanted) == 0;
    free(said);
    if (!good)
        return err_set(e, ERR_NO, path, _("it is not signed by the machine of this certificate"));
    if (strcmp(c->session, h->session.id) != 0)
        return err_set(e, ERR_NO, path, _("is of session %s"), c->session);
    return 0;
}

static int hear_record(struct hearing *h, const char *path, struct err *e)
{
    struct close_record c = {0};
    struct certificate *machine = NULL;
    struct span document = {0}, signature = {0};
    int r;
    if ((r = load_beside(h->arena, path, MAX_CLOSE, &document, &signature, e)) < 0 ||
        (r = close_record_read(&c, path, document, e)) < 0 || (r = load_machine(h, &machine, e)) < 0 ||
        (r = check_record(h, path, &c, document, signature, machine, e)) < 0)
        goto done;
    h->heard.site = arena_strdup(h->arena, c.site);
    h->heard.room = arena_strdup(h->arena, c.room);
    h->heard.sat = c.count;
    blake2b_256(h->heard.hash, document);
    r = check_room(h, e);
done:
    certificate_free(machine);
    close_record_release(&c);
    return r;
}

static int hear(struct hearing *h, struct err *e)
{
    struct clock_reading now;
    int r = args_count(h->a) > 1 ? hear_record(h, args_at(h->a, 1), e) : hear_call(h, e);
    clock_read(&now);
    h->heard.at_ms = now.wall_ms;
    if (r == 0)
        r = office_heard_add(h->office, h->session.id, &h->heard, e);
    if (r == 0)
        printf(
            h->heard.phone && !args_get(h->a, "identity")
                ? _("site %s, room %s: closed, %lld sat; the number is checked when the close code is given out\n")
                : _("site %s, room %s: closed, %lld sat; checked\n"),
            h->heard.site, h->heard.room, (long long)h->heard.sat);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct hearing h = {.a = a, .arena = arena_new()};
    int r;
    if ((r = office_open(&h.office, args_home(a), e)) == 0 &&
        (r = office_session_get(h.office, h.arena, args_at(a, 0), &h.session, e)) == 0 &&
        (r = office_roster_load(h.office, h.session.id, &h.roster, e)) == 0 &&
        (r = trust_load(&h.trust, args_home(a), e)) == 0)
        r = hear(&h, e);
    trust_free(h.trust);
    roster_free(h.roster);
    office_close(h.office);
    arena_free(h.arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "site", .arg = "SITE", .help = N_("By phone: the site")},
    {.name = "room", .arg = "ROOM", .help = N_("By phone: the room")},
    {.name = "count", .arg = "N", .help = N_("By phone: how many sat")},
    {.name = "number", .arg = "DIGITS", .help = N_("By phone: the closing number, 32 digits")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("By phone: check the number at once, with the office's recovery identity (R)")},
    {.name = "certificate",
     .arg = "FILE",
     .help = N_("By CLOSE record: the certificate of the machine that signed it")},
    {.name = "issuer", .arg = "FILE", .help = N_("The site's certificate, where the site issued that one")},
    {0},
};

const struct command cmd_session_closed = {
    .name = "session closed",
    .args = "ID [CLOSE.xml]",
    .min_args = 1,
    .max_args = 2,
    .summary = N_("A room is closed: note the number that its proctor reads by phone, or its CLOSE record"),
    .example = "kaochang session closed am1 --site S01 --room R301 --count 36 "
               "--number \"0425 0561 7953 6140 1188 0159 1571 4787\"",
    .options = options,
    .no_json = true,
    .run = run,
};
