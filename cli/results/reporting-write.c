/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/results/reporting.h"

static const struct {
    const char *name, *ending;
    void (*write)(const struct report *r, struct bytes *out);
} formats[] = {
    {"text", "txt", report_text},
    {"html", "html", report_html},
    {"csv", "csv", report_csv},
    {"json", "json", report_json},
};
enum { N_FORMATS = sizeof formats / sizeof *formats };

static int read_list(const char *list, bool wanted[N_FORMATS], struct err *e)
{
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, ","), f = 0;
        while (f < N_FORMATS && (strlen(formats[f].name) != n || strncmp(formats[f].name, p, n) != 0))
            f++;
        if (f == N_FORMATS) {
            err_set(e, ERR_USAGE, "--format", _("\"%.*s\" is no format of reports"), (int)n, p);
            return err_hint(e, _("text, html, csv, json; xlsx and pdf come with a later version"));
        }
        wanted[f] = true;
        p += n + (p[n] == ',');
    }
    return 0;
}

static bool is_folder(const char *path)
{
    struct stat st;
    size_t n = strlen(path);
    return (n > 0 && path[n - 1] == '/') || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* By the ending of a file's name; a folder gets a page and a table. */
static void guess(const char *output, bool wanted[N_FORMATS])
{
    const char *dot = output ? strrchr(path_base(output), '.') : NULL;
    for (size_t f = 0; dot && !is_folder(output) && f < N_FORMATS; f++)
        if (strcmp(dot + 1, formats[f].ending) == 0) {
            wanted[f] = true;
            return;
        }
    for (size_t f = 0; f < N_FORMATS; f++)
        wanted[f] = output ? strcmp(formats[f].name, "html") == 0 || strcmp(formats[f].name, "csv") == 0
                           : strcmp(formats[f].name, "text") == 0;
}

static int write_one(const struct report *report, size_t format, const char *path, struct err *e)
{
    struct bytes out = {0};
    int r = 0;
    formats[format].write(report, &out);
    if (path)
        r = file_put(path, 0644, bytes_span(&out), e);
    else
        fwrite(out.p, 1, out.n, stdout);
    if (r == 0 && path)
        fprintf(stderr, _("written: %s\n"), path);
    bytes_release(&out);
    return r;
}

static int write_folder(const struct report *report, const bool wanted[N_FORMATS], const char *folder, struct err *e)
{
    int r = file_mkdirs(folder, false, e);
    for (size_t f = 0; r == 0 && f < N_FORMATS; f++) {
        if (!wanted[f])
            continue;
        char *name = mem_printf("%s.%s", report->kind, formats[f].ending);
        char *path = path_join(folder, name);
        r = write_one(report, f, path, e);
        free(path);
        free(name);
    }
    return r;
}

int reporting_write(const struct reporting *r, const struct args *a, struct err *e)
{
    const char *output = args_get(a, "output"), *list = args_json(a) ? "json" : args_get(a, "format");
    bool wanted[N_FORMATS] = {false};
    int k = 0;
    if (list)
        k = read_list(list, wanted, e);
    else
        guess(output, wanted);
    if (k < 0)
        return k;
    size_t n = 0, only = 0;
    for (size_t f = 0; f < N_FORMATS; f++)
        if (wanted[f]) {
            n++;
            only = f;
        }
    if (n == 0)
        return err_set(e, ERR_USAGE, "--format", _("names no format"));
    if (output && (n > 1 || is_folder(output)))
        return write_folder(&r->report, wanted, output, e);
    if (n > 1)
        return err_set(e, ERR_USAGE, "--output", _("several formats need a folder"));
    return write_one(&r->report, only, output, e);
}
