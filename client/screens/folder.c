/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

static int by_name(const void *a, const void *b)
{
    const struct folder_file *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* A name that no screen can show as it is cannot be chosen either. */
static bool is_offered(const char *name)
{
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            return false;
    return name[0] != '.' && utf8_valid(name, strlen(name));
}

int folder_read(struct folder_list *ret, const char *path, struct err *e)
{
    DIR *d = opendir(path);
    if (!d)
        return err_sys(e, path, _("cannot be read"));
    *ret = (struct folder_list){.path = mem_strdup(path), .file = mem_alloc(FOLDER_MOST * sizeof *ret->file)};
    for (struct dirent *x = readdir(d); x; x = readdir(d)) {
        struct stat st;
        if (!is_offered(x->d_name) || fstatat(dirfd(d), x->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
            !S_ISREG(st.st_mode))
            continue;
        ret->more = ret->n == FOLDER_MOST;
        if (ret->more)
            break;
        ret->file[ret->n++] = (struct folder_file){.name = mem_strdup(x->d_name), .size = st.st_size};
    }
    closedir(d);
    qsort(ret->file, ret->n, sizeof *ret->file, by_name);
    return 0;
}

void folder_release(struct folder_list *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->file[i].name);
    free(f->file);
    free(f->path);
    *f = (struct folder_list){0};
}

bool folder_equal(const struct folder_list *a, const struct folder_list *b)
{
    if (a->n != b->n || !a->path || !b->path || strcmp(a->path, b->path) != 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->file[i].name, b->file[i].name) != 0 || a->file[i].size != b->file[i].size)
            return false;
    return true;
}

char *folder_file_path(const struct folder_list *f, size_t i)
{
    return strcmp(f->path, ".") == 0 ? mem_strdup(f->file[i].name)
                                     : mem_printf("%s/%s", f->path, f->file[i].name);
}
