/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/certificate-options.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/keyring.h"

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

/* The name in the public part of a person's key: "kaochang rater E07, minisign public key …". */
static char *name_of_person(const char *path)
{
    struct bytes text = {0};
    char *name = NULL;
    if (file_read(path, MINISIGN_FILE_MAX, &text, NULL) == 0)
        for (int k = CERTIFICATE_CHIEF; !name && k <= CERTIFICATE_RATER; k++) {
            char *mark = mem_printf("kaochang %s ", certificate_kind_name((enum certificate_kind)k));
            const char *at = strstr((const char *)text.p, mark);
            if (at)
                name = mem_printf("%.*s", (int)strcspn(at + strlen(mark), ", \n"), at + strlen(mark));
            free(mark);
        }
    bytes_release(&text);
    return name;
}

static char *proposed_name(const struct certificate *c, const char *path)
{
    if (c->kind == CERTIFICATE_SITE)
        return mem_strdup(c->site);
    return certificate_is_person(c) ? name_of_person(path) : name_asked_for(path);
}

static int fill_kind(struct certificate *c, const struct args *a, struct err *e)
{
    const char *kind = "room", *room = args_get(a, "room");
    bool for_room = args_get(a, "for-room") != NULL;
    int r = for_room ? 0 : args_need(a, "kind", &kind, e);
    if (r < 0 || (r = args_need(a, "site", &c->site, e)) < 0)
        return r;
    if (for_room && args_get(a, "kind") && strcmp(args_get(a, "kind"), "room") != 0)
        return err_set(e, ERR_USAGE, NULL, _("--for-room is a kind of its own: leave out --kind"));
    if (!certificate_kind_parse(kind, &c->kind))
        return err_set(e, ERR_USAGE, NULL, _("--kind is station, room, site, chief or rater"));
    if (c->kind == CERTIFICATE_SITE && room)
        return err_set(e, ERR_USAGE, NULL, _("a site's certificate has no --room"));
    if (certificate_is_machine(c) && !room)
        return err_set(e, ERR_USAGE, NULL, _("--room is missing"));
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

int certificate_from_options(struct certificate *c, const struct args *a, const char *path,
                             struct err *e)
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
    char *asked = proposed_name(c, path);
    const char *name = args_get(a, "name") ? args_get(a, "name") : asked;
    if (!name)
        r = err_set(e, ERR_USAGE, path, _("the file does not say whose key it is; give --name"));
    else
        c->name = arena_strdup(c->arena, name);
    free(asked);
    return r;
}
