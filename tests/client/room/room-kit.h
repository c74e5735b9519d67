/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates for the machines of a room of the tests. */
#ifndef KAOCHANG_TESTS_CLIENT_ROOM_KIT_H
#define KAOCHANG_TESTS_CLIENT_ROOM_KIT_H

#include "base/arena.h"
#include "base/canon.h"
#include "tests/exam-packages/world.h"

/* Of the world's station key: kind "station" or "room", site S1; signed by the officer; in the arena. */
struct certificate_chain kit_certificate(const struct world *w, struct arena *a, const char *kind,
                                         const char *name, const char *room);
/* The same of another key. */
struct certificate_chain kit_certify(const struct world *w, struct arena *a,
                                     const struct minisign_secret *key, const char *kind, const char *name,
                                     const char *room);

#endif
