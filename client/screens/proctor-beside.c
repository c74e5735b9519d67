/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor-beside.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/program-path.h"
#include "base/run-program.h"
#include "client/room/room-file.h"
#include "exam-packages/certificate.h"
#include "exam-packages/station.h"

#define ROOM_PROGRAM "kaochang-room"

enum { MAX_WORDS = 12, RECORD_MS = 60000, PRINT_MS = 20000 };

bool beside_serves(const char *home)
{
    struct station *s = NULL;
    struct trust *t = NULL;
    struct certificate_chain chain;
    struct certificate *c = NULL;
    bool serves = station_load(&s, home, NULL) == 0 && trust_load(&t, home, NULL) == 0 &&
                  station_certificate(s, t, &chain, &c, NULL) == 0 && c->kind == CERTIFICATE_ROOM;
    certificate_free(c);
    trust_free(t);
    station_free(s);
    return serves;
}

/* "kaochang-room serve: " before the complaint says nothing to a proctor. */
static void drop_name(const char *const *words, struct err *e)
{
    size_t n = strlen(words[0]) + 1 + strlen(words[1]) + 2;
    if (strncmp(e->what, words[0], strlen(words[0])) == 0 && strlen(e->what) > n &&
        strncmp(e->what + n - 2, ": ", 2) == 0)
        memmove(e->what, e->what + n, strlen(e->what + n) + 1);
}

/* Words end with NULL; `without`: what to do where the program is missing. */
static int run_room(const char *const *words, const char *input, int64_t wait_ms, const char *without,
                    struct err *e)
{
    char *path = program_path(ROOM_PROGRAM), *argv[MAX_WORDS + 1] = {0};
    if (!path) {
        err_set(e, ERR_ENV, ROOM_PROGRAM, _("this program is not installed on this machine"));
        return err_hint(e, "%s", without);
    }
    for (size_t i = 0; words[i] && i < MAX_WORDS; i++)
        argv[i] = strdup(words[i]);
    int r = run_program(path, argv, input, wait_ms, e);
    if (r < 0)
        drop_name(words, e);
    for (size_t i = 0; i < MAX_WORDS; i++)
        free(argv[i]);
    free(path);
    return r;
}

/* ---- the service ---- */

static int address_to_listen(const char *home, struct arena *a, const char **ret, struct err *e)
{
    static const char scheme[] = "https://";
    struct room_file f;
    int r = room_file_read(home, a, &f, e);
    if (r == 0 && f.n == 1)
        *ret = f.service[0] + sizeof scheme - 1;
    return r;
}

int beside_serve(const char *home, const char *session, const char *code, const char *listen, struct err *e)
{
    struct arena *a = arena_new();
    const char *words[MAX_WORDS] = {ROOM_PROGRAM, "serve", "-C", home, "--code-file", "-"};
    size_t n = 6;
    int r = listen ? 0 : address_to_listen(home, a, &listen, e);
    if (r < 0)
        goto done;
    if (listen) {
        words[n++] = "--listen";
        words[n++] = listen;
    }
    if (session) {
        words[n++] = "--session";
        words[n++] = session;
    }
    r = run_room(
        words, code, 0,
        _("it is the room service: have it installed beside kaochang-client; without it, open each station with the "
          "code by itself"),
        e);
done:
    arena_free(a);
    return r;
}

/* ---- the record ---- */

int beside_record(const char *home, const char *session, struct arena *a, const char **ret, struct err *e)
{
    const char *path = arena_printf(a, "%s/sessions/%s/record.pdf", home, session);
    const char *const words[] = {ROOM_PROGRAM, "record", "-C", home, "--session", session, "-o", path, NULL};
    int r =
        run_room(words, NULL, RECORD_MS, _("have it installed beside kaochang-client, then try again"), e);
    if (r == 0)
        *ret = path;
    return r;
}

bool beside_can_print(void)
{
    char *path = program_path("lp");
    bool there = path != NULL;
    free(path);
    return there;
}

int beside_print(const char *path, struct err *e)
{
    char name[] = "lp", *lp = program_path("lp"), *file = strdup(path), *argv[] = {name, file, NULL};
    int r = lp ? run_program(lp, argv, NULL, PRINT_MS, e)
               : err_set(e, ERR_ENV, "lp", _("this program is not installed on this machine"));
    free(lp);
    free(file);
    return r;
}
