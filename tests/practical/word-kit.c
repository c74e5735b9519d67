/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "scoring/practical/files/collect.h"
#include "tests/practical/folder-kit.h"
#include "tests/practical/office-kit.h"
#include "tests/practical/word-kit.h"

#define NAMESPACES                                                                                           \
    OFFICE_R OFFICE_A OFFICE_MC                                                                              \
        "xmlns:wp=\"" OFFICE_OOXML "drawingml/2006/wordprocessingDrawing\" "                                 \
        "xmlns:pic=\"" OFFICE_OOXML "drawingml/2006/picture\" "                                              \
        "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "                   \
        "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\""
#define STRICT "xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" "

static const char *part(struct arena *a, const struct word_made *m, const char *root, const char *inside)
{
    return arena_printf(a, "<w:%s %s%s>%s</w:%s>", root, m->strict ? STRICT : OFFICE_W, NAMESPACES, inside,
                        root);
}

static const char core[] =
    "<cp:coreProperties xmlns:cp=\"" OFFICE_OOXML "package/2006/metadata/core-properties\" "
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">%s</cp:coreProperties>";
static const char package_rels[] =
    OFFICE_RELS(OFFICE_REL("rId1", "officeDocument", "word/document.xml")
                    OFFICE_REL("rId2", "metadata/core-properties", "docProps/core.xml"));
static const char main_rels[] = OFFICE_RELS(
    OFFICE_REL("s1", "styles", "styles.xml") OFFICE_REL("s2", "numbering", "numbering.xml")
        OFFICE_REL("s3", "settings", "settings.xml") OFFICE_REL("s4", "theme", "theme/theme1.xml")
            OFFICE_REL("header", "header", "header1.xml") OFFICE_REL("first", "header", "header2.xml")
                OFFICE_REL("footer", "footer", "footer1.xml") OFFICE_REL("s5", "footnotes", "footnotes.xml")
                    OFFICE_REL("s6", "endnotes", "endnotes.xml") OFFICE_REL("s7", "comments", "comments.xml")
                        OFFICE_REL("image", "image", "media/image1.png")
                            OFFICE_REL_EXTERNAL("link", "hyperlink", "https://example.org/考试"));

struct bytes word_docx(const struct word_made *m)
{
    struct arena *a = arena_new();
    struct zip_made parts[20] = {{.name = "_rels/.rels", .text = package_rels},
                                 {.name = "word/_rels/document.xml.rels", .text = main_rels}};
    size_t n = 2;
    const struct {
        const char *name, *root, *inside;
    } made[] = {{"word/styles.xml", "styles", m->styles},
                {"word/numbering.xml", "numbering", m->numbering},
                {"word/settings.xml", "settings", m->settings},
                {"word/header1.xml", "hdr", m->header},
                {"word/header2.xml", "hdr", m->first},
                {"word/footer1.xml", "ftr", m->footer},
                {"word/footnotes.xml", "footnotes", m->footnotes},
                {"word/endnotes.xml", "endnotes", m->endnotes},
                {"word/comments.xml", "comments", m->comments}};
    const char *body = arena_printf(a, "%s<w:body>%s</w:body>", m->background ? m->background : "", m->body);
    parts[n++] = (struct zip_made){.name = "word/document.xml", .text = part(a, m, "document", body)};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (made[i].inside)
            parts[n++] =
                (struct zip_made){.name = made[i].name, .text = part(a, m, made[i].root, made[i].inside)};
    if (m->theme)
        parts[n++] = (struct zip_made){
            .name = "word/theme/theme1.xml",
            .text = arena_printf(a, "<a:theme %s><a:themeElements>%s</a:themeElements></a:theme>", OFFICE_A,
                                 m->theme)};
    if (m->image)
        parts[n++] = (struct zip_made){.name = "word/media/image1.png", .text = m->image};
    if (m->core)
        parts[n++] = (struct zip_made){.name = "docProps/core.xml", .text = arena_printf(a, core, m->core)};
    struct bytes ret = office_zip(parts);
    arena_free(a);
    return ret;
}

static struct practical_folder *folder(struct arena *a, const struct bytes *docx)
{
    struct practical_folder *f = kit_folder(a, "work.docx", "", NULL);
    struct practical_file *file = kit_file(f, "work.docx");
    file->bytes = bytes_span(docx);
    file->size = docx->n;
    return f;
}

const char *word_value(struct arena *a, const struct word_made *m, const char *kind, const char *at,
                       const char *argument)
{
    struct bytes docx = word_docx(m);
    struct practical_folder *start = kit_folder(a, "given.png", "given", NULL);
    const char *ret = kit_value(a, folder(a, &docx), start, "work.docx", kind, at, argument);
    bytes_release(&docx);
    return ret;
}

void word_fact(struct arena *a, const struct word_made *m, const char *kind, const char *at, struct fact *ret)
{
    struct bytes docx = word_docx(m);
    struct err e;
    assert_done(kit_ask(a, folder(a, &docx), NULL, "work.docx", kind, at, NULL, ret, &e), e);
    bytes_release(&docx);
}

const char *word_place(struct arena *a, const struct word_made *m, const char *kind, const char *at)
{
    struct fact f;
    word_fact(a, m, kind, at, &f);
    return f.place;
}

static void compare(const char *kind, const char *at, const char *got, const char *expected)
{
    if (strcmp(got, expected) != 0)
        fail_msg("%s %s is \"%s\", not \"%s\"", kind, at, got, expected);
}

void word_is_value(const struct word_made *m, const char *kind, const char *at, const char *expected)
{
    struct arena *a = arena_new();
    compare(kind, at, word_value(a, m, kind, at, NULL), expected);
    arena_free(a);
}

void word_is_counted(const struct word_made *m, const char *kind, const char *argument, const char *expected)
{
    struct arena *a = arena_new();
    compare(kind, argument, word_value(a, m, kind, "", argument), expected);
    arena_free(a);
}
