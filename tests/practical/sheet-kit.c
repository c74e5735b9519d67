/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tests/practical/sheet-kit.h"

#define PLAIN_STYLES                                                                                         \
    "<fonts><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills><fill><patternFill "          \
    "patternType=\"none\"/></fill></fills><borders><border/></borders><cellXfs><xf/></cellXfs>"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

struct bytes made_bytes(const struct sheet_made *m)
{
    const char *sheets = m->sheets ? m->sheets : "<sheet name=\"成绩表\" sheetId=\"1\" r:id=\"s1\"/>";
    char *book = mem_printf("<workbook " OFFICE_S OFFICE_R ">%s<sheets>%s</sheets>%s</workbook>",
                            or_empty(m->before), sheets, or_empty(m->book));
    char *rels = mem_printf(OFFICE_RELS(OFFICE_REL("s1", "worksheet", "worksheets/first.xml")
                                            OFFICE_REL("t", "styles", "styles.xml")
                                                OFFICE_REL("u", "sharedStrings", "strings.xml") "%s"),
                            or_empty(m->rels));
    char *sheet = mem_printf("<worksheet " OFFICE_S OFFICE_R ">%s<sheetData>%s</sheetData>%s</worksheet>",
                             or_empty(m->head), or_empty(m->rows), or_empty(m->tail));
    char *styles =
        mem_printf("<styleSheet " OFFICE_S ">%s</styleSheet>", m->styles ? m->styles : PLAIN_STYLES);
    char *strings = mem_printf("<sst " OFFICE_S ">%s</sst>", or_empty(m->strings));
    char *sheet_rels = mem_printf(OFFICE_RELS("%s"), or_empty(m->sheet_rels));
    struct zip_made part[15] = {
        {.name = "xl/workbook.xml", .text = book},
        {.name = "xl/_rels/workbook.xml.rels", .text = rels},
        {.name = "xl/worksheets/first.xml", .text = sheet},
        {.name = "xl/worksheets/_rels/first.xml.rels", .text = sheet_rels},
        {.name = "xl/styles.xml", .text = styles},
        {.name = "xl/strings.xml", .text = strings},
    };
    for (size_t i = 0; i < 8 && m->more[i].name; i++)
        part[6 + i] = m->more[i];
    struct bytes file = office_package("xl/workbook.xml", part);
    free(book);
    free(rels);
    free(sheet);
    free(styles);
    free(strings);
    free(sheet_rels);
    return file;
}

struct asked_book made_open(const struct sheet_made *m)
{
    struct bytes file = made_bytes(m);
    struct practical_file f = {.path = "a.xlsx", .bytes = bytes_span(&file), .size = file.n};
    struct practical_folder folder = {.file = &f, .n = 1};
    struct asked_book b = {.arena = arena_new()};
    struct err e = {0};
    assert_done(sheet_family.open(&b.document, &folder, "a.xlsx", &e), e);
    bytes_release(&file);
    return b;
}

void made_close(struct asked_book *b)
{
    sheet_family.close(b->document);
    arena_free(b->arena);
}

static struct locator read_locator(const char *at, struct arena *a)
{
    struct locator_key *key = arena_array(a, 8, sizeof *key);
    struct locator l = {.key = key};
    char *rest = arena_strdup(a, at);
    for (char *one; l.n < 8 && (one = strsep(&rest, ";")) != NULL;) {
        char *equals = strchr(one, '=');
        if (!equals)
            continue;
        *equals = '\0';
        key[l.n++] = (struct locator_key){one, equals + 1};
    }
    return l;
}

static const struct check_kind *kind_of(const char *name)
{
    for (size_t i = 0; i < sheet_family.n_kinds; i++)
        if (strcmp(sheet_family.kind[i].name, name) == 0)
            return &sheet_family.kind[i];
    fail_msg("there is no kind %s", name);
    return NULL;
}

struct fact made_ask(struct asked_book *b, const char *kind, const char *at, const char *argument)
{
    struct check_target t = {.document = b->document, .path = "a.xlsx", .kind = kind_of(kind)};
    struct locator l = read_locator(at, b->arena);
    struct fact f = {0};
    struct err e = {0};
    assert_done(t.kind->find(&t, &l, argument, b->arena, &f, &e), e);
    assert_non_null(f.place);
    return f;
}

static struct fact found(struct asked_book *b, const char *kind, const char *at, const char *of)
{
    struct fact f = made_ask(b, kind, at, of);
    if (f.state != FACT_FOUND)
        fail_msg("%s at %s: %s", kind, at, f.why);
    return f;
}

void assert_text_of(struct asked_book *b, const char *kind, const char *at, const char *of,
                    const char *wanted)
{
    assert_string_equal(found(b, kind, at, of).value.text, wanted);
}

void assert_integer_of(struct asked_book *b, const char *kind, const char *at, const char *of, int64_t wanted)
{
    assert_int_equal(found(b, kind, at, of).value.integer, wanted);
}

void assert_number_of(struct asked_book *b, const char *kind, const char *at, const char *of, double wanted)
{
    struct fact f = found(b, kind, at, of);
    assert_int_equal(f.value.type, FACT_NUMBER);
    if (f.value.number != wanted)
        fail_msg("%s at %s is %.17g", kind, at, f.value.number);
}

void assert_text(struct asked_book *b, const char *kind, const char *at, const char *wanted)
{
    assert_text_of(b, kind, at, NULL, wanted);
}

void assert_integer(struct asked_book *b, const char *kind, const char *at, int64_t wanted)
{
    assert_integer_of(b, kind, at, NULL, wanted);
}

void assert_number(struct asked_book *b, const char *kind, const char *at, double wanted)
{
    assert_number_of(b, kind, at, NULL, wanted);
}

void assert_list(struct asked_book *b, const char *kind, const char *at, const char *wanted)
{
    struct fact f = found(b, kind, at, NULL);
    const char *all = "";
    for (size_t i = 0; i < f.value.n_items; i++)
        all = arena_printf(b->arena, "%s%s%s", all, i ? "; " : "", f.value.item[i]);
    assert_string_equal(all, wanted);
}

void assert_absent(struct asked_book *b, const char *kind, const char *at, const char *words)
{
    struct fact f = made_ask(b, kind, at, NULL);
    assert_int_equal(f.state, FACT_ABSENT);
    if (!strstr(f.why, words))
        fail_msg("why is \"%s\", not about \"%s\"", f.why, words);
}
