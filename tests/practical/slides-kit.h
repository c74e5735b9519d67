/* SPDX-License-Identifier: Apache-2.0 */
/* A slide show for tests of kinds: two layouts, a master and a theme that are always the same, slides as the
 * test has them; and what a kind of check finds in it. */
#ifndef KAOCHANG_TESTS_PRACTICAL_SLIDES_KIT_H
#define KAOCHANG_TESTS_PRACTICAL_SLIDES_KIT_H

#include "scoring/practical/fact.h"
#include "tests/practical/office-kit.h"

struct show {
    struct bytes file;
    struct practical_file entry[2]; /* the show, and a start file "logo.png" that holds "PNG" */
    struct practical_folder folder;
    void *document;
    struct arena *arena;
};

/* What stands inside p:spTree of slide 1 (the layout "obj", with r:id of rels: rIdWeb
 * https://www.example.org/, rIdTwo slide 2, rIdPic media/logo.png, rIdChart, rIdLo of a diagram, rIdFilm
 * media/film.mp4), and after its p:cSld. Slide 2 has the layout "title" and is hidden; slide 1's part is
 * slide7.xml. */
void show_open(struct show *s, const char *shapes, const char *after);
/* The same with one of the parts replaced: "ppt/presProps.xml", "ppt/slides/slide7.xml" … */
void show_open_with(struct show *s, const char *shapes, const char *after, const char *part,
                    const char *text);
void show_close(struct show *s);

/* The fact that a kind finds; locators as "slide=1 placeholder=title" (names hold no blanks: "_" stands for
 * one). */
struct fact show_fact(struct show *s, const char *kind, const char *locators);
struct fact show_fact_of(struct show *s, const char *kind, const char *locators, const char *argument);

#define assert_show_text(s, kind, at, wanted)                                                                \
    do {                                                                                                     \
        struct fact f_ = show_fact(s, kind, at);                                                             \
        if (f_.state != FACT_FOUND)                                                                          \
            fail_msg("%s: %s", kind, f_.why);                                                                \
        assert_string_equal(f_.value.text, wanted);                                                          \
    } while (0)
#define assert_show_number(s, kind, at, wanted)                                                              \
    do {                                                                                                     \
        struct fact f_ = show_fact(s, kind, at);                                                             \
        if (f_.state != FACT_FOUND)                                                                          \
            fail_msg("%s: %s", kind, f_.why);                                                                \
        assert_int_equal(f_.value.integer, wanted);                                                          \
    } while (0)
#define assert_show_absent(s, kind, at) assert_int_equal(show_fact(s, kind, at).state, FACT_ABSENT)

/* Shapes: a placeholder of that p:ph, and a text box, around paragraphs. */
#define SHAPE(ID, NAME, NVPR, SPPR, BODY)                                                                    \
    "<p:sp><p:nvSpPr><p:cNvPr id='" ID "' name='" NAME "'/><p:cNvSpPr/><p:nvPr>" NVPR "</p:nvPr></p:nvSpPr>" \
    "<p:spPr>" SPPR "</p:spPr><p:txBody>" BODY "</p:txBody></p:sp>"
#define PH(ID, NAME, PLACEHOLDER, PARAGRAPHS)                                                                \
    SHAPE(ID, NAME, "<p:ph " PLACEHOLDER "/>", "", "<a:bodyPr/><a:lstStyle/>" PARAGRAPHS)
#define RUN(PROPERTIES, TEXT) "<a:r><a:rPr " PROPERTIES "/><a:t>" TEXT "</a:t></a:r>"
#define PLAIN(TEXT) "<a:p><a:r><a:t>" TEXT "</a:t></a:r></a:p>"

#endif
