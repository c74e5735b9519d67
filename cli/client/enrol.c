/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-client enrol: a folder becomes a station that trusts one exam office; later, its certificate is
 * installed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/client/commands.h"
#include "cli/fetching.h"
#include "client/room/room-file.h"
#include "exam-packages/repository.h"
#include "exam-packages/station.h"

/* Pins the root by the typed fingerprint, then takes the officers from the repository's index. */
static int trust_office(const struct args *a, struct err *e)
{
    const char *typed, *home = args_home(a);
    struct fetching f = {0};
    struct arena *arena = arena_new();
    struct trust *t = NULL;
    struct repository *repo = NULL;
    struct span root;
    struct signatures by_root;
    struct clock_reading now;
    int r;
    clock_read(&now);
    if ((r = fetching_open(&f, a, "repo", e)) == 0 && (r = args_need(a, "root", &typed, e)) == 0 &&
        (r = repository_root_of(f.source, typed, arena, &root, &by_root, e)) == 0 &&
        (r = trust_pin(home, root, &by_root, typed, e)) == 0 && (r = trust_load(&t, home, e)) == 0 &&
        (r = repository_begin(&repo, f.source, t, home, now.wall_ms, e)) == 0)
        r = trust_accept(t, repo->targets_document, &repo->targets_signatures, repo->snapshot->version,
                         repo->timestamp->version, e);
    repository_close(repo);
    fetching_close(&f);
    trust_free(t);
    arena_free(arena);
    return r;
}

/* Where the room service is: at enrolment, and again when its address has changed. */
static int set_room_service(const struct args *a, struct err *e)
{
    struct arena *arena = arena_new();
    struct room_file f = {0};
    const char *typed;
    int r = 0;
    for (int i = 0; r == 0 && (typed = args_each(a, "room-service", i)) != NULL; i++) {
        if (f.n == ROOM_FILE_SERVICES)
            r = err_set(e, ERR_USAGE, NULL, _("more than %d addresses"), ROOM_FILE_SERVICES);
        else if (strcmp(typed, "none") != 0 && (r = room_file_address(typed, arena, &f.service[f.n], e)) == 0)
            f.n++;
    }
    if (r == 0)
        r = f.n ? room_file_write(args_home(a), &f, e) : room_file_remove(args_home(a), e);
    for (size_t i = 0; r == 0 && i < f.n; i++)
        printf(_("room service: %s\n"), f.service[i]);
    if (r == 0 && f.n == 0)
        printf(_("this station has no room service\n"));
    arena_free(arena);
    return r;
}

static int enrol(const struct args *a, struct err *e)
{
    const char *name, *site, *room;
    int r;
    if ((r = args_need(a, "name", &name, e)) < 0 || (r = args_need(a, "site", &site, e)) < 0 ||
        (r = args_need(a, "room", &room, e)) < 0)
        return r;
    if (!path_is_plain_name(name) || !path_is_plain_name(site) || !path_is_plain_name(room))
        return err_set(e, ERR_USAGE, name, _("station, site and room must be plain names"));
    if ((r = trust_office(a, e)) < 0 ||
        (r = station_create(args_home(a), name, site, room, args_get(a, "site-identity"), e)) < 0)
        return r;
    printf(_("%s is station %s of site %s, room %s\n"), args_home(a), name, site, room);
    printf(_("request for a certificate: %s/keys/station.pub\n"), args_home(a));
    return args_get(a, "room-service") ? set_room_service(a, e) : 0;
}

static int install(const struct args *a, struct err *e)
{
    struct station *s = NULL;
    struct trust *t = NULL;
    int r;
    if ((r = station_load(&s, args_home(a), e)) == 0 && (r = trust_load(&t, args_home(a), e)) == 0 &&
        (r = station_install(s, t, args_get(a, "certificate"), args_get(a, "issuer-certificate"), e)) == 0)
        printf(_("station %s has its certificate\n"), s->name);
    trust_free(t);
    station_free(s);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    char *path = path_join(args_home(a), "station.xml");
    bool enrolled = file_exists(path);
    free(path);
    if (enrolled && args_get(a, "room-service") && !args_get(a, "name")) {
        int r = set_room_service(a, e);
        return r < 0 || !args_get(a, "certificate") ? r : install(a, e);
    }
    return args_get(a, "certificate") ? install(a, e) : enrol(a, e);
}

static const struct command_option options[] = {
    {.name = "repo",
     .arg = "PLACE",
     .help = N_("The office's repository: a folder, or a web address; repeatable, as with pull --from")},
    {.name = "root", .arg = "FINGERPRINT", .help = N_("The root's fingerprint as the office printed it")},
    {.name = "name", .arg = "NAME", .help = N_("The station's name")},
    {.name = "site", .arg = "SITE", .help = N_("The site it stands at")},
    {.name = "room", .arg = "ROOM", .help = N_("The room it stands in")},
    {.name = "site-identity",
     .arg = "FILE",
     .help = N_("The site's roster identity, on the proctor's machine")},
    {.name = "certificate",
     .arg = "CERT",
     .help = N_("Install the certificate that the office or the site made")},
    {.name = "issuer-certificate",
     .arg = "CERT",
     .help = N_("The site's own certificate, when the site made it")},
    {.name = "room-service",
     .arg = "ADDRESS",
     .help = N_("The room service, such as https://192.168.1.10:8443; several are tried in turn; also later, "
                "and \"none\"")},
    FETCHING_OPTIONS,
    {0},
};

const struct command cmd_enrol = {
    .name = "enrol",
    .args = "",
    .summary = N_("Make this folder a station of an exam office, or install its certificate"),
    .example = "kaochang-client enrol -C station --repo /media/usb/repo --root 5f1c-… --name st01 --site S01 "
               "--room 301",
    .options = options,
    .no_json = true,
    .run = run,
};
