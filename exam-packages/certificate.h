/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate: the office, or a site, vouches for the key of a station, a room's machine, a site, or of a
 * person of a lab exam (chief examiner, rater), within a site, a room and a time. Signed apart, as
 * FILE.KEYID.minisig with the trusted comment "kaochang/1 role=certificate serial=SERIAL". Format:
 * docs/exam-packages.md, "Certificate". */
#ifndef KAOCHANG_EXAM_PACKAGES_CERTIFICATE_H
#define KAOCHANG_EXAM_PACKAGES_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/age.h"
#include "exam-packages/minisign.h"

#define CERTIFICATE_NS "urn:kaochang:certificate:1"

enum certificate_kind {
    CERTIFICATE_STATION,
    CERTIFICATE_SITE,  /* may certify stations and rooms of its site */
    CERTIFICATE_ROOM,  /* the proctor's machine of that room, which may order what the stations there do, and
                          whatever a station may */
    CERTIFICATE_CHIEF, /* a person: chief examiner of a room, or of a site (room ""); signs decisions */
    CERTIFICATE_RATER, /* a person who rates in a room, or where the roster says (room ""); signs decisions */
    CERTIFICATE_KINDS
};
const char *certificate_kind_name(enum certificate_kind kind); /* "station", "site" … */
bool certificate_kind_parse(const char *name, enum certificate_kind *ret);

struct certificate {
    struct arena *arena;
    enum certificate_kind kind;
    const char *serial;       /* 16 hex digits, random */
    const char *name;         /* of the station, site or person, plain; of a rater the id on the roster */
    const char *site, *room;  /* plain; room "" for a site */
    const char *from, *until; /* sessions whose window lies inside; never compared with a clock */
    int64_t from_ms, until_ms;
    struct minisign_public key;
    bool has_recipient; /* a site's roster identity, or none */
    struct age_recipient recipient;
};

struct certificate *certificate_new(void);
void certificate_free(struct certificate *c); /* NULL is fine */

/* Fills the ..._ms and checks names, serial and times. */
MUST_CHECK int certificate_check(struct certificate *c, struct err *e);
MUST_CHECK int certificate_write(struct certificate *c, struct bytes *out, struct err *e);
MUST_CHECK int certificate_read(struct certificate **ret, const char *name, struct span data, struct err *e);

/* A station or a room's machine: may sign journals, bundles, and what else machines sign. */
bool certificate_is_machine(const struct certificate *c);
/* A chief or a rater: signs decisions and nothing else; always issued by an officer. */
bool certificate_is_person(const struct certificate *c);

/* True if the session's window lies within the certificate's time. For pulling, days before: at exam time
 * nothing is refused for it, and merging remarks on it. */
bool certificate_covers(const struct certificate *c, int64_t start_ms, int64_t end_ms);

/* The trusted comment of its signature; into buf, returns buf. */
const char *certificate_comment(const struct certificate *c, char *buf, size_t size);

#endif
