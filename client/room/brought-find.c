/* SPDX-License-Identifier: Apache-2.0 */
/* Where journals may lie in what was brought. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/brought-internal.h"

enum { MAX_FILES = 10000 };
static const char ending[] = ".journal";

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool same_file(const char *x, const char *y)
{
    struct stat a, b;
    return stat(x, &a) == 0 && stat(y, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Its agent is at work: the files change while they are copied. */
static bool is_at_work(const char *home)
{
    char *path = path_join(home, "run/agent.lock");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) < 0;
    if (fd >= 0)
        close(fd);
    free(path);
    return held;
}

/* The folder of the journals: of a home, of a copy of its session's folder, or the folder itself. */
static char *folder_in(const struct bringing *b, const char *from)
{
    char *of_session = mem_printf("sessions/%s/journals", b->session);
    const char *const inside[] = {of_session, "journals", "."};
    char *found = NULL;
    for (int i = 0; i < 3 && !found; i++) {
        found = path_join(from, inside[i]);
        if (!is_folder(found)) {
            free(found);
            found = NULL;
        }
    }
    free(of_session);
    return found;
}

static int list(const char *folder, struct arena *a, const char ***ret, size_t *ret_n, struct err *e)
{
    struct file_names names = {0};
    int r = file_list(folder, &names, e);
    if (r == 0 && names.n > MAX_FILES)
        r = err_set(e, ERR_DATA, folder, _("too many files"));
    *ret = arena_array(a, names.n + 1, sizeof **ret);
    *ret_n = 0;
    for (size_t i = 0; r == 0 && i < names.n; i++) {
        size_t n = strlen(names.name[i]);
        if (n > sizeof ending - 1 && strcmp(names.name[i] + n - (sizeof ending - 1), ending) == 0)
            (*ret)[(*ret_n)++] = arena_printf(a, "%s/%s", folder, names.name[i]);
    }
    file_names_free(&names);
    return r;
}

int bringing_find(const struct bringing *b, const char *from, struct arena *a, const char ***ret,
                  size_t *ret_n, struct err *e)
{
    if (!is_folder(from)) {
        *ret = arena_array(a, 1, sizeof **ret);
        (*ret)[0] = arena_strdup(a, from);
        *ret_n = 1;
        return 0;
    }
    char *folder = folder_in(b, from);
    int r = 0;
    if (!folder)
        r = err_sys(e, from, _("cannot open it"));
    else if (same_file(folder, b->journals))
        r = err_set(e, ERR_USAGE, from, _("these are this machine's own journals"));
    else if (is_at_work(from)) {
        err_set(e, ERR_NO, from, _("a session is open on that station"));
        r = err_hint(e, _("it hands on its journals by itself; or switch it off first"));
    }
    if (r == 0)
        r = list(folder, a, ret, ret_n, e);
    if (r == 0 && *ret_n == 0) {
        err_set(e, ERR_NO, from, _("there is no journal of session %s in it"), b->session);
        r = err_hint(e, _("a station keeps them in sessions/%s/journals of its folder, as TICKET.journal"),
                     b->session);
    }
    free(folder);
    return r;
}
