/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/archive.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/package-source.h"
#include "paperbank/bank/export.h"
#include "paperbank/bank/manifest.h"

enum { MAX_FILE = 1 << 30 };

static int add_file(struct archive_writer *w, struct package_source *s, const char *name, struct err *e)
{
    struct bytes data = {0};
    int r = package_source_read(s, name, MAX_FILE, &data, e);
    if (r == 0)
        r = archive_add(w, name, bytes_span(&data), e);
    bytes_release(&data);
    return r;
}

/* The manifest first, as readers expect it; then all files by name. */
static int add_all(struct archive_writer *w, struct package_source *s, struct err *e)
{
    const char *const *name = NULL;
    size_t n = 0;
    int r = package_source_list(s, &name, &n, e);
    if (r == 0)
        r = add_file(w, s, MANIFEST_FILE, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (strcmp(name[i], MANIFEST_FILE) != 0)
            r = add_file(w, s, name[i], e);
    return r;
}

static int pack(const char *path, const char *folder, struct err *e)
{
    struct package_source *s = NULL;
    struct archive_writer *w = NULL;
    int r = package_source_open(&s, folder, e);
    if (r == 0)
        r = archive_create(&w, path, e);
    if (r == 0)
        r = add_all(w, s, e);
    if (r == 0) {
        r = archive_commit(w, e);
        w = NULL;
    }
    archive_cancel(w);
    package_source_close(s);
    return r;
}

int bank_export_zip(struct bank *b, const char *path, const char *const *id, size_t n, size_t *ret_n, struct err *e)
{
    if (file_exists(path)) {
        err_set(e, ERR_USAGE, path, _("there is something of this name already"));
        return err_hint(e, _("name a new file"));
    }
    char *folder = mem_printf("%s.part", path);
    int r = bank_export(b, folder, id, n, ret_n, e);
    bool ours = r != -ERR_USAGE; /* else somebody's folder */
    if (r == 0)
        r = pack(path, folder, e);
    if (ours)
        export_remove(folder, true);
    free(folder);
    return r;
}
