/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/golden.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "tests/check.h"

void golden_check(const char *name, int width, int height, const char *text)
{
    struct err e = {0};
    struct bytes wanted = {0};
    char *path = mem_printf("%s/tests/golden/screens/%s.%s.%dx%d.txt", getenv("SOURCE_ROOT"), name,
                            getenv("LANGUAGE"), width, height);
    if (getenv("UPDATE_GOLDEN"))
        assert_done(file_put(path, 0644, span_str(text), &e), e);
    assert_done(file_read(path, 1 << 20, &wanted, &e), e);
    if (strcmp((const char *)wanted.p, text) != 0) {
        fprintf(stderr, "%s differs; now it is\n%s", path, text);
        fail_msg("%s differs", path);
    }
    bytes_release(&wanted);
    free(path);
}

void golden_frame(const char *name, int width, const char *text, int cut)
{
    int row = 0;
    if (cut) {
        fprintf(stderr, "%s\n", text);
        fail_msg("%s: %d texts do not fit", name, cut);
    }
    for (const char *p = text; *p; row++) {
        size_t n = strcspn(p, "\n");
        char *line = mem_printf("%.*s", (int)n, p);
        bool framed = n > 0 && (p[n - 1] == '|' || p[n - 1] == '+');
        if ((int)text_width(line) != width || !framed)
            fail_msg("%s: row %d is %d columns wide: \"%s\"", name, row, (int)text_width(line), line);
        free(line);
        p += n + 1;
    }
}
