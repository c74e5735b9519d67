/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/exam.h"

#include <sys/mman.h>
#include <unistd.h>

#include "exam-packages/zip.h"
#include "tests/check.h"

struct paper *exam_paper(void)
{
    struct paper *p = paper_new();
    struct arena *a = p->arena;
    static const char *const id[] = {"k001", "k002", "k003", "k004"};
    p->id = "p1";
    p->title = "A small exam";
    p->duration_s = 3600;
    p->earliest_hand_in_s = 900;
    p->points = points_milli(4000);
    p->pass = points_milli(2000);
    p->high = points_milli(3000);
    p->n_forms = 1;
    p->form = arena_array(a, 1, sizeof *p->form);
    p->form->id = "A";
    p->form->n_sections = 1;
    p->form->section = arena_array(a, 1, sizeof *p->form->section);
    *p->form->section = (struct paper_section){.id = "s1", .title = "Choices", .n_items = 4};
    p->form->section->item = arena_array(a, 4, sizeof *p->form->section->item);
    for (size_t i = 0; i < 4; i++)
        p->form->section->item[i] =
            (struct paper_item){.id = id[i], .version = 1, .points = points_milli(1000)};
    return p;
}

static void zip_of(const struct paper *p, struct bytes *ret)
{
    struct err e;
    struct bytes xml = {0};
    assert_done(paper_write(p, &xml, &e), e);
    struct zip_writer *w = zip_writer_new(ret);
    assert_done(zip_add(w, "paper.xml", bytes_span(&xml), &e), e);
    assert_done(zip_add(w, "items/k001.xml", span_str("<item/>"), &e), e);
    assert_done(zip_finish(w, &e), e);
    bytes_release(&xml);
}

void exam_paper_zip(struct bytes *ret)
{
    struct paper *p = exam_paper();
    zip_of(p, ret);
    paper_free(p);
}

void exam_key_zip(struct bytes *ret)
{
    struct err e;
    struct bytes xml = {0}, item = {0};
    struct paper *p = exam_paper();
    struct zip_writer *w = zip_writer_new(ret);
    assert_done(paper_write(p, &xml, &e), e);
    assert_done(zip_add(w, "paper.xml", bytes_span(&xml), &e), e);
    for (int i = 0; i < 4; i++) {
        char name[40];
        snprintf(name, sizeof name, "items/k%03d.xml", i + 1);
        bytes_clear(&item);
        bytes_printf(
            &item,
            "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k%03d\" "
            "title=\"\">"
            "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">"
            "<correctResponse><value>%c</value></correctResponse></responseDeclaration><outcomeDeclaration"
            " identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/><responseProcessing"
            " template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/></"
            "assessmentItem>",
            i + 1, 'A' + i);
        assert_done(zip_add(w, name, bytes_span(&item), &e), e);
    }
    assert_done(zip_finish(w, &e), e);
    paper_free(p);
    bytes_release(&item);
    bytes_release(&xml);
}

int exam_fd_of(const struct paper *p)
{
    struct bytes zip = {0};
    zip_of(p, &zip);
    int fd = memfd_create("paper", MFD_CLOEXEC);
    assert_int_equal(write(fd, zip.p, zip.n), zip.n);
    bytes_release(&zip);
    return fd;
}

int exam_paper_fd(void)
{
    struct paper *p = exam_paper();
    int fd = exam_fd_of(p);
    paper_free(p);
    return fd;
}

void exam_terms(struct desk *d, struct link_terms *ret)
{
    struct err e;
    assert_done(journal_create(d->path, &d->start, NULL, &e), e);
    *ret = (struct link_terms){.session = "S1",
                               .ticket = "T001",
                               .form = "A",
                               .journal = d->path,
                               .keys = d->keys,
                               .paper_fd = exam_paper_fd()};
}

struct response_set exam_choice(struct arena *a, const char *identifier)
{
    struct response_set set = {.n = 1, .response = arena_alloc(a, sizeof *set.response)};
    set.response->identifier = "RESPONSE";
    set.response->n = identifier ? 1 : 0;
    set.response->value = arena_alloc(a, sizeof *set.response->value);
    set.response->value[0] = identifier;
    return set;
}

struct clock_reading exam_clock(int64_t ms)
{
    return (struct clock_reading){.wall_ms = 1800000000000 + ms,
                                  .mono_ms = 77000 + ms,
                                  .boot_id = "5c3c9a3e-0000-4000-8000-000000000000"};
}
