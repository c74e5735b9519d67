/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks for tests: built from XML, opened by the family, and asked. */
#ifndef KAOCHANG_TESTS_PRACTICAL_SHEET_KIT_H
#define KAOCHANG_TESTS_PRACTICAL_SHEET_KIT_H

#include "scoring/practical/fact.h"
#include "scoring/practical/sheet/model.h"
#include "tests/practical/office-kit.h"

/* What differs from a plain workbook; NULL: nothing. */
struct sheet_made {
    const char *book;    /* inside <workbook> behind <sheets> */
    const char *before;  /* inside <workbook> before <sheets> */
    const char *sheets;  /* <sheet>s instead of one "成绩表" with r:id "s1" */
    const char *rels;    /* more relationships of the workbook */
    const char *head;    /* inside <worksheet> before <sheetData> */
    const char *rows;    /* inside <sheetData> */
    const char *tail;    /* behind it */
    const char *styles;  /* inside <styleSheet> */
    const char *strings; /* inside <sst> */
    const char *sheet_rels;
    struct zip_made more[8]; /* other parts */
};

#define ROW(N, CELLS) "<row r=\"" N "\">" CELLS "</row>"
#define NUM(REF, V) "<c r=\"" REF "\"><v>" V "</v></c>"
#define STR(REF, V) "<c r=\"" REF "\" t=\"inlineStr\"><is><t>" V "</t></is></c>"
#define FORMULA(REF, F, V) "<c r=\"" REF "\"><f>" F "</f><v>" V "</v></c>"

struct asked_book {
    void *document;
    struct arena *arena;
};
/* Fails the test when it cannot be read. */
struct asked_book made_open(const struct sheet_made *m);
void made_close(struct asked_book *b);
struct bytes made_bytes(const struct sheet_made *m);

/* at: "sheet=成绩表;cell=B3". */
struct fact made_ask(struct asked_book *b, const char *kind, const char *at, const char *argument);
void assert_text(struct asked_book *b, const char *kind, const char *at, const char *wanted);
void assert_integer(struct asked_book *b, const char *kind, const char *at, int64_t wanted);
void assert_number(struct asked_book *b, const char *kind, const char *at, double wanted);
void assert_list(struct asked_book *b, const char *kind, const char *at, const char *wanted); /* "a; b" */
void assert_absent(struct asked_book *b, const char *kind, const char *at, const char *words);
/* With an argument. */
void assert_text_of(struct asked_book *b, const char *kind, const char *at, const char *of,
                    const char *wanted);
void assert_integer_of(struct asked_book *b, const char *kind, const char *at, const char *of,
                       int64_t wanted);
void assert_number_of(struct asked_book *b, const char *kind, const char *at, const char *of, double wanted);

#endif
