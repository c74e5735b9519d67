/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/sheet.h"

#include "base/i18n.h"
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/sheet/xlsx.h"

int sheet_read(struct workbook **ret, const char *name, struct span file, struct err *e)
{
    struct parts *p = NULL;
    if (odf_recognised(file))
        return odf_read_sheet(ret, name, file, e);
    int r = parts_open(&p, name, file, e);
    if (r < 0)
        return r;
    struct workbook *w = workbook_new(name);
    r = xlsx_read(w, p, e);
    parts_close(p);
    if (r == 0)
        *ret = w;
    else
        workbook_free(w);
    return r;
}

int sheet_open(void **ret, const struct practical_folder *folder, const char *path, struct err *e)
{
    const struct practical_file *f = practical_find(folder, path);
    struct workbook *w;
    if (!f || f->folder)
        return err_set(e, ERR_NO, path, _("there is no file of this name"));
    if (f->skipped) {
        err_set(e, ERR_DATA, path, _("it was not read: %s"), f->skipped);
        e->code = FAULT_TOO_BIG;
        return -ERR_DATA;
    }
    int r = sheet_read(&w, f->path, f->bytes, e);
    if (r == 0)
        *ret = w;
    return r;
}

void sheet_close(void *document)
{
    workbook_free(document);
}
