/* SPDX-License-Identifier: Apache-2.0 */
/* The door to exam-packages/http/: a library that is loaded at the first web address, so that a program which
 * is given none never has libcurl in its memory. */
#include <dlfcn.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/http/http.h"
#include "exam-packages/source.h"

static const char library[] = "libkaochang-http.so";

bool source_is_url(const char *address)
{
    return strncmp(address, "http://", 7) == 0 || strncmp(address, "https://", 8) == 0;
}

static int missing(struct err *e)
{
    const char *why = dlerror();
    err_set(e, ERR_ENV, library, _("what speaks to web servers is not installed: %s"), why ? why : "");
    return err_hint(e, _("give the folder or the USB stick that holds the repository"));
}

int source_add_url(struct source *s, const char *url, const struct source_net *net, struct err *e)
{
    http_open_fn *open = NULL;
    const struct source_kind *kind = NULL;
    void *place = NULL, *module = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module)
        *(void **)&open = dlsym(module, HTTP_OPEN);
    if (!open)
        return missing(e);
    int r = open(url, net, &kind, &place, e);
    return r < 0 ? r : source_add(s, url, kind, place, e);
}
