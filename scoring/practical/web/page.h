/* SPDX-License-Identifier: Apache-2.0 */
/* A page as a browser would have it: the tree that libxml2's HTML parser makes of it, in UTF-8 whatever it
 * was saved in, and its style sheets from <style> and linked files of the folder. Nothing is fetched. */
#ifndef KAOCHANG_SCORING_PRACTICAL_WEB_PAGE_H
#define KAOCHANG_SCORING_PRACTICAL_WEB_PAGE_H

#include "base/encoding.h"
#include "base/xml.h"
#include "scoring/practical/fact.h"
#include "scoring/practical/web/css.h"

struct page {
    struct arena *arena;
    struct xml_doc *doc;
    const struct xml_node *root, *body; /* body: the root where there is none */
    const struct practical_folder *folder;
    const char *path, *charset; /* charset: as declared, in lower case; NULL: not */
    struct css css;
};

enum { PAGE_MAX = 2 << 20, PAGE_CSS_MAX = 1 << 20, PAGE_ELEMENTS_MAX = 50000, PAGE_DEPTH_MAX = 250 };

/* The family's open and close. ERR_DATA, with a practical_fault, for what is no text or past the limits. */
int page_open(void **ret, const struct practical_folder *folder, const char *path, struct err *e);
void page_close(void *page);

/* The element after n in document order below `top`, or NULL; page_walk(top, top) is the first one. */
const struct xml_node *page_walk(const struct xml_node *top, const struct xml_node *n);
/* The nth (from 1) element of that name, or NULL; `name` may be a list with "|" between. */
const struct xml_node *page_nth(const struct page *p, const char *name, int64_t n);
bool page_is(const struct xml_node *n, const char *names);
/* What a reader sees of it, without scripts and style sheets; white space to one blank. In the arena. */
const char *page_text(const struct xml_node *n, struct arena *a);
const char *page_attr(const struct page *p, const struct xml_node *n, const char *name);
/* The same in the arena, to be given as a value. */
const char *page_said(const struct page *p, const struct xml_node *n, const char *name, struct arena *a);
/* "index.htm, line 12, <p>" */
const char *page_place(const struct page *p, const struct xml_node *n, struct arena *a);

/* An address as a path in the folder, "%20" decoded, without what follows "?" or "#"; NULL where it is no
 * file beside the page (another scheme, only "#a", outside of the folder). */
const char *page_resolve(const struct page *p, const char *address, struct arena *a);
/* The same for people: the path where it is one with its "#a", else the address as written. */
const char *page_address(const struct page *p, const char *address, struct arena *a);
const struct practical_file *page_file(const struct page *p, const char *address, struct arena *a);

/* By the locators element-id, class, element with index, element-text; the body where there are none. NULL with *ret
 * absent. ERR_DATA through *fault for an index that cannot be. */
const struct xml_node *page_find(const struct page *p, const struct check_target *t, const struct locator *at,
                                 struct arena *a, struct fact *ret, int *fault, struct err *e);
/* True if the text contains the words, both after NFKC and without white space. */
bool page_contains(const char *text, const char *words, struct arena *a);

#endif
