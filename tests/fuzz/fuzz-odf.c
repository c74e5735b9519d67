/* SPDX-License-Identifier: Apache-2.0 */
/* A flat OpenDocument file: whatever it holds, each of the three readers refuses it or gives a whole
 * document. */
#include "scoring/practical/odf/odf.h"
#include "scoring/practical/sheet/model.h"
#include "scoring/practical/slides/model.h"
#include "scoring/practical/word/build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct word_document *d = NULL;
    struct workbook *w = NULL;
    struct slides *s = NULL;
    struct span file = span_of(data, size);
    struct err e;
    if (size > 200000 || !odf_recognised(file))
        return 0;
    if (odf_read_text(&d, "a.fodt", file, &e) == 0)
        word_document_free(d);
    if (odf_read_sheet(&w, "a.fods", file, &e) == 0)
        workbook_free(w);
    if (odf_read_slides(&s, "a.fodp", file, &e) == 0)
        slides_free(s);
    return 0;
}
