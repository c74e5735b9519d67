/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/fact.h"
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/word/build.h"
#include "scoring/practical/word/docx.h"
#include "scoring/practical/word/kinds.h"

static int read_docx(struct word_document **ret, const char *path, struct span file, struct err *e)
{
    struct parts *p = NULL;
    int r = parts_open(&p, path, file, e);
    if (r == 0)
        r = docx_read(ret, p, path, e);
    parts_close(p);
    return r;
}

static int word_open(void **ret, const struct practical_folder *folder, const char *path, struct err *e)
{
    const struct practical_file *file = practical_find(folder, path);
    struct word_document *d = NULL;
    if (!file)
        return err_set(e, ERR_NO, path, _("there is no such file"));
    if (file->skipped)
        return err_set(e, ERR_DATA, path, "%s", file->skipped);
    int r = odf_recognised(file->bytes) ? odf_read_text(&d, path, file->bytes, e)
                                        : read_docx(&d, path, file->bytes, e);
    *ret = d;
    return r;
}

static void word_close(void *document)
{
    word_document_free(document);
}

const struct practical_family word_family = {
    .name = "word",
    .extensions = "docx docm dotx odt fodt",
    .open = word_open,
    .close = word_close,
    .kind = word_kinds,
    .n_kinds = WORD_N_KINDS,
    .enumerate = word_enumerate,
};
