/* SPDX-License-Identifier: Apache-2.0 */
/* A mirror that is a web address (libcurl): http and https, GET alone. No redirect is followed, no proxy,
 * cookie, credential or compression used; every body, every header and every wait is bounded. The only file
 * that includes libcurl; a loadable library of its own. */
#ifndef KAOCHANG_EXAM_PACKAGES_HTTP_HTTP_H
#define KAOCHANG_EXAM_PACKAGES_HTTP_HTTP_H

#include "exam-packages/source.h"

#define HTTP_OPEN "http_open"

/* ERR_USAGE unless it is an http(s) address with nothing but host, port and path. */
typedef int http_open_fn(const char *url, const struct source_net *net, const struct source_kind **ret_kind,
                         void **ret_place, struct err *e);
MUST_CHECK http_open_fn http_open;

#endif
