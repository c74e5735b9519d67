/* SPDX-License-Identifier: Apache-2.0 */
/* bench-practical: practical work read and scored in one process; measure.py runs it.
 *
 *   read FILE…              every paragraph with each run's fonts, size and weight, every cell with value,
 * formula and format score RULES START DIR…  each folder held against the rules facts FILE              every
 * fact that a rule could ask
 *
 * Prints "NAME VALUE…" a line: what was seen, so that it can be held against what another program saw. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "bench/clock.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/rules/score.h"
#include "scoring/practical/sheet/sheet.h"
#include "scoring/practical/word/model.h"

struct seen {
    size_t paragraphs, runs, characters, size, cells, formulas, facts, unreadable;
};

static void die(const struct err *e)
{
    char text[sizeof *e];
    fprintf(stderr, "bench-practical: %s\n", err_text(e, text, sizeof text));
    exit(1);
}

static void see_word(const struct word_document *d, struct seen *s)
{
    for (size_t i = 0; i < d->n_paragraphs; i++) {
        const struct word_paragraph *p = d->paragraph[i];
        s->paragraphs += strlen(p->format->align) > 0;
        s->characters += strlen(p->text);
        for (const struct word_run *r = p->first; r; r = r->next) {
            s->runs += r->chars->latin || r->chars->asian;
            s->size += (size_t)r->chars->size / 6350 + (r->chars->on & WORD_BOLD);
        }
    }
}

static void see_sheet(const struct workbook *w, struct seen *s)
{
    struct arena *a = arena_new();
    for (size_t i = 0; i < w->n_sheets; i++)
        for (const struct sheet_cell *c = NULL; (c = sheet_next_cell(&w->sheet[i], c));) {
            arena_reset(a);
            s->cells++;
            s->formulas += sheet_formula_text(w, c, c->row, c->column, a) != NULL;
            s->characters += c->type == CELL_TEXT ? strlen(c->value.text->text) : 0;
            s->size += strlen(sheet_style_at(w, &w->sheet[i], c->row, c->column)->number_format);
        }
    arena_free(a);
}

static void on_fact(void *context, const char *kind, const struct locator *at, const struct fact *f)
{
    struct seen *s = context;
    (void)kind, (void)at, (void)f;
    s->facts++;
}

static void see_all(const struct practical_family *family, struct check_target *t, struct seen *s)
{
    struct arena *a = arena_new();
    family->enumerate(t, a, on_fact, s);
    arena_free(a);
}

/* Mapped as candidates' files are, so that a picture which nobody looks at takes no memory. */
static void look(const char *path, bool all, struct seen *s)
{
    struct err e = {0};
    struct collected *c = NULL;
    char *folder = strndup(path, (size_t)(path_base(path) - path));
    const struct practical_family *family = rules_family_of(path);
    struct bytes bytes = {0};
    int r = all ? collect_folder(&c, folder, NULL, &e) : file_read(path, PARTS_MAX_FILE, &bytes, &e);
    struct practical_file file = {.path = path_base(path), .bytes = bytes_span(&bytes), .size = bytes.n};
    struct practical_folder one = {.file = &file, .n = 1};
    struct check_target t = {.folder = all ? collect_files(c) : &one, .path = file.path};
    t.start = t.folder;
    if (r < 0 || !family || !family->open)
        die(&e);
    if ((r = family->open(&t.document, t.folder, t.path, &e)) < 0) {
        s->unreadable++;
        printf("fault %s\n", practical_fault_name(e.code));
    } else if (all)
        see_all(family, &t, s);
    else if (family == &word_family)
        see_word(t.document, s);
    else
        see_sheet(t.document, s);
    if (r == 0)
        family->close(t.document);
    collect_free(c);
    bytes_release(&bytes);
    free(folder);
}

static void score(const struct practical_start *start, const char *dir)
{
    struct err e = {0};
    struct collected *c = NULL;
    struct practical_result result;
    if (collect_folder(&c, dir, NULL, &e) < 0 || practical_score(&result, start, collect_files(c), &e) < 0)
        die(&e);
    printf("score %s %lld", path_base(dir), (long long)result.points.milli);
    for (size_t i = 0; i < result.n_checks; i++)
        putchar("pfu-"[result.check[i].status]);
    putchar('\n');
    practical_result_release(&result);
    collect_free(c);
}

static void score_all(const char *rules_path, const char *start_path, char **dir)
{
    struct err e = {0};
    struct bytes text = {0};
    struct rules *rules = NULL;
    struct collected *c = NULL;
    struct practical_start *start = NULL;
    if (file_read(rules_path, RULES_MAX_BYTES, &text, &e) < 0 ||
        rules_read(&rules, rules_path, bytes_span(&text), NULL, NULL, &e) < 0 ||
        collect_folder(&c, start_path, NULL, &e) < 0 ||
        practical_start_read(&start, rules, collect_files(c), &e) < 0)
        die(&e);
    printf("checks %zu\n", rules->n_checks);
    for (; *dir; dir++)
        score(start, *dir);
    practical_start_free(start);
    collect_free(c);
    rules_free(rules);
    bytes_release(&text);
}

/* The most that was resident: of this program alone, which getrusage after exec does not say. */
static void print_peak(void)
{
    char line[200];
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "VmHWM:", 6) == 0)
            printf("peak_kib %ld\n", strtol(line + 6, NULL, 10));
    if (f)
        fclose(f);
}

int main(int argc, char **argv)
{
    struct seen s = {0};
    bool all = argc == 3 && strcmp(argv[1], "facts") == 0;
    if (argc > 4 && strcmp(argv[1], "score") == 0)
        score_all(argv[2], argv[3], argv + 4);
    else if (all || (argc > 2 && strcmp(argv[1], "read") == 0))
        for (char **file = argv + 2; *file; file++)
            look(*file, all, &s);
    else {
        fputs("bench-practical read FILE… | score RULES START DIR… | facts FILE\n", stderr);
        return 2;
    }
    printf("paragraphs %zu\nruns %zu\ncells %zu\nformulas %zu\ncharacters %zu\nsizes %zu\nfacts %zu\n",
           s.paragraphs, s.runs, s.cells, s.formulas, s.characters, s.size, s.facts);
    printf("cpu_s %.6f\n", clock_cpu());
    print_peak();
    return s.unreadable > 0;
}
