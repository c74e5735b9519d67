/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tests/client/hall.h"
#include "tests/client/room/room-exam.h"
#include "tests/client/room/room-kit.h"

static void certify(const struct room_exam *x)
{
    struct err e;
    struct station *s = NULL;
    struct minisign_secret key = {0};
    struct minisign_public officer;
    struct arena *a = arena_new();
    char id[MINISIGN_ID_TEXT];
    assert_done(station_load(&s, x->home, &e), e);
    assert_done(station_key(s, &key, &e), e);
    struct certificate_chain chain = kit_certify(x->world, a, &key, "room", s->name, "301");
    minisign_secret_public(&x->world->officer, &officer);
    char *file = world_path(x->world, "room.xml");
    char *signature = mem_printf("%s.%s.minisig", file, minisign_id_text(officer.id, id));
    world_write(file, chain.certificate);
    world_write(signature, chain.signature);
    assert_done(station_install(s, x->world->pinned, file, NULL, &e), e);
    free(file);
    free(signature);
    minisign_secret_free(&key);
    station_free(s);
    arena_free(a);
}

void room_exam_open(struct room_exam *x)
{
    x->hall = mem_alloc(sizeof *x->hall);
    hall_open(x->hall);
    x->world = &x->hall->world;
    x->home = x->hall->home;
    x->code = x->hall->code;
    certify(x);
}

void room_exam_close(struct room_exam *x)
{
    hall_close(x->hall);
    free(x->hall);
}

void room_exam_reset(struct room_exam *x)
{
    hall_reset(x->hall);
}
