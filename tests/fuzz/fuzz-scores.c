/* SPDX-License-Identifier: Apache-2.0 */
/* Score matrices of others: read, analysed, calibrated. */
#include "statistics/irt/irt.h"
#include "statistics/items/classical.h"
#include "statistics/scores/matrix.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct matrix_reading how = {.name = "scores"};
    const struct irt_options options = {.model = IRT_GPCM, .points = 5, .threads = 1, .tolerance = 1e-3};
    struct score_matrix m = {0};
    struct test_analysis t = {0};
    struct irt_fit fit = {0};
    struct err e = {0};
    if (matrix_read(&m, &how, span_of(data, size), &e) < 0)
        return 0;
    if (classical_analyse(&t, &m, &e) == 0)
        classical_release(&t);
    if (m.n * m.k < 2000 && irt_calibrate(&fit, &m, &options, &e) == 0)
        irt_release(&fit);
    matrix_release(&m);
    return 0;
}
