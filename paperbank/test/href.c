/* SPDX-License-Identifier: Apache-2.0 */
/* References between the files of a package (RFC 3986, relative paths only). */
#include <string.h>

#include "paperbank/test/test.h"

static int hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *p = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
    return p ? (int)(p - digits) : -1;
}

/* Percent signs decoded; NULL for control characters, which no file of a package has in its name.
 */
static char *decoded(struct arena *a, const char *s)
{
    char *out = arena_strdup(a, s), *to = out;
    for (; *s; s++) {
        if (*s == '%' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
            *to = (char)(hex(s[1]) * 16 + hex(s[2]));
            s += 2;
        } else
            *to = *s;
        if ((unsigned char)*to < 32 || *to == '\\')
            return NULL;
        to++;
    }
    *to = '\0';
    return out;
}

/* Adds the components of `path` to the joined one; false where ".." would leave the package. */
static bool walk(char *joined, size_t *n, const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 2 && strncmp(path, "..", 2) == 0) {
            if (*n == 0)
                return false;
            while (*n > 0 && joined[*n - 1] != '/')
                --*n;
            *n -= *n > 0;
        } else if (length > 0 && !(length == 1 && *path == '.')) {
            if (*n > 0)
                joined[(*n)++] = '/';
            memmove(joined + *n, path, length);
            *n += length;
        }
        joined[*n] = '\0';
        path += length + (path[length] == '/');
    }
    return true;
}

const char *test_href(struct arena *a, const char *path, const char *href)
{
    size_t n = 0, scheme = strcspn(href, ":/?#");
    if (href[0] == '/' || href[scheme] == ':' || strpbrk(href, "?#"))
        return NULL;
    char *target = decoded(a, href);
    if (!target || target[0] == '/')
        return NULL;
    char *joined = arena_array(a, strlen(path) + strlen(target) + 3, 1);
    const char *slash = strrchr(path, '/');
    char *folder = arena_strndup(a, path, slash ? (size_t)(slash - path) : 0);
    if (!walk(joined, &n, folder) || !walk(joined, &n, target) || n == 0)
        return NULL;
    return joined;
}
