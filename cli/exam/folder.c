/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/exam/folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { MAX_PAPER = 8 << 20 };

static char *folder_path(const struct args *a, const char *name)
{
    if (strchr(name, '/'))
        return mem_strdup(name);
    char *exams = path_join(args_home(a), "exams"), *dir = path_join(exams, name);
    free(exams);
    return dir;
}

int exam_folder_open(struct exam_folder *ret, const struct args *a, const char *name, struct err *e)
{
    struct bytes text = {0};
    *ret = (struct exam_folder){.dir = folder_path(a, name)};
    if (!exam_folder_has(ret, "paper.xml")) {
        err_set(e, ERR_USAGE, ret->dir, _("there is no assembled exam"));
        return err_hint(e, _("kaochang assemble makes one; name it, or give its folder with a slash"));
    }
    int r = exam_folder_read(ret, "paper.xml", MAX_PAPER, &text, e);
    if (r == 0)
        r = paper_read(&ret->paper, "paper.xml", bytes_span(&text), e);
    bytes_release(&text);
    return r;
}

void exam_folder_release(struct exam_folder *x)
{
    paper_free(x->paper);
    free(x->dir);
    *x = (struct exam_folder){0};
}

int exam_folder_read(const struct exam_folder *x, const char *name, size_t limit, struct bytes *ret,
                     struct err *e)
{
    char *path = path_join(x->dir, name);
    int r = file_read(path, limit, ret, e);
    free(path);
    return r;
}

bool exam_folder_has(const struct exam_folder *x, const char *name)
{
    char *path = path_join(x->dir, name);
    bool has = file_exists(path);
    free(path);
    return has;
}
