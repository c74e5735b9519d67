/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint over the bank of the home, up to the exam's folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/assemble/assemble.h"
#include "cli/assemble/solve.h"
#include "cli/bank/home.h"
#include "cli/blueprint/reading.h"
#include "engine/exam/exam.h"

/* A plain name is an exam of the office home; anything with a slash is a path. */
static char *exam_path(const struct args *a, const char *name)
{
    if (strchr(name, '/'))
        return mem_strdup(name);
    char *exams = path_join(args_home(a), "exams"), *dir = path_join(exams, name);
    free(exams);
    return dir;
}

int assemble_dir(char **ret, const struct args *a, struct err *e)
{
    const char *name = NULL;
    int r = args_need(a, "output", &name, e);
    if (r < 0)
        return err_hint(e, _("name the exam, for example: -o spring"));
    *ret = exam_path(a, name);
    return exam_name_free(*ret, e);
}

int assemble_blueprint(const struct args *a, const struct solve_options *o, struct err *e)
{
    struct bytes bytes = {0};
    struct blueprint *b = NULL;
    struct bank *bank = NULL;
    struct assembly *assembly = NULL;
    int64_t forms = 0;
    char *dir = NULL;
    int r = args_int(a, "forms", 1, 100, 0, &forms, e);
    bool explain = args_get(a, "explain") != NULL;
    if (r == 0 && !explain)
        r = assemble_dir(&dir, a, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = blueprint_from_file(&b, args_at(a, 0), &bytes, e);
    if (r == 0)
        r = assembly_build_exam(&assembly, b, bank, forms, args_get(a, "graphic") != NULL,
                                dir ? path_base(dir) : NULL, false, e);
    if (r == 0 && explain)
        r = explain_blueprint(a, assembly, o, e);
    else if (r == 0)
        r = solve_blueprint(a, dir, assembly, o, bank, &bytes, e);
    assembly_free(assembly);
    blueprint_free(b);
    bank_close(bank);
    bytes_release(&bytes);
    free(dir);
    return r;
}
