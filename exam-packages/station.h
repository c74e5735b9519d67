/* SPDX-License-Identifier: Apache-2.0 */
/* The home of a station: who it is (station.xml), its signing key, its certificate, and the site's roster
 * identity where it is also the proctor's machine. Layout: docs/exam-packages.md, "Keys". */
#ifndef KAOCHANG_EXAM_PACKAGES_STATION_H
#define KAOCHANG_EXAM_PACKAGES_STATION_H

#include "exam-packages/age.h"
#include "exam-packages/trust.h"

#define STATION_NS "urn:kaochang:station:1"

struct station {
    struct arena *arena;
    const char *home;
    const char *name, *site, *room; /* plain names */
};

/* What enrolment writes: keys/station.key and .pub (0600; an existing key is kept), the site's identity if a
 * file is given, and station.xml last. ERR_NO when the home is a station already. The trust is pinned before
 * (trust_pin). */
MUST_CHECK int station_create(const char *home, const char *name, const char *site, const char *room,
                              const char *site_identity, struct err *e);
/* ERR_ENV with a hint when the folder is no station. */
MUST_CHECK int station_load(struct station **ret, const char *home, struct err *e);
void station_free(struct station *s); /* NULL is fine */

MUST_CHECK int station_key(const struct station *s, struct minisign_secret *ret, struct err *e);
/* keys/site.identity; ERR_ENV with a hint when this machine has none. */
MUST_CHECK int station_site_identity(const struct station *s, struct age_identity *ret, struct err *e);

/* The station's certificate as it travels, in the station's arena; verified against the trust and against
 * name, site, room and key of this station. ret_certificate may be NULL; the caller frees it. ERR_ENV with a
 * hint when none is installed. A revoked one is given too, so that an exam under way goes on and is exported:
 * trust_check_certificate tells. */
MUST_CHECK int station_certificate(const struct station *s, const struct trust *t,
                                   struct certificate_chain *ret, struct certificate **ret_certificate,
                                   struct err *e);
/* Takes FILE with its FILE.KEYID.minisig, and the issuing site's certificate likewise (NULL: issued by an
 * officer), verifies as above and installs them. */
MUST_CHECK int station_install(const struct station *s, const struct trust *t, const char *file,
                               const char *issuer, struct err *e);

#endif
