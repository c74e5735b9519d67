/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/practical/slides-kit.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/mem.h"

#define NAMES                                                                                                \
    OFFICE_P OFFICE_A OFFICE_R OFFICE_MC                                                                     \
        "xmlns:p14='http://schemas.microsoft.com/office/powerpoint/2010/main' "
#define SLIDE_TYPE "officeDocument/2006/relationships/slide"

static const char presentation[] =
    "<p:presentation " NAMES "><p:sldIdLst><p:sldId r:id='r7'/><p:sldId r:id='r2'/></p:sldIdLst>"
    "<p:sldSz cx='12192000' cy='6858000'/><p:defaultTextStyle><a:lvl1pPr><a:defRPr sz='1800'>"
    "<a:latin typeface='+mn-lt'/><a:ea typeface='+mn-ea'/></a:defRPr></a:lvl1pPr></p:defaultTextStyle>"
    "</p:presentation>";
static const char presentation_rels[] = OFFICE_RELS(OFFICE_REL("r2", "slide", "slides/slide2.xml") OFFICE_REL(
    "r7", "slide", "slides/slide7.xml") OFFICE_REL("r9", "presProps", "presProps.xml"));
static const char layout_object[] =
    "<p:sldLayout " NAMES "type='obj'><p:cSld name='标题和内容'><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>"
    "<p:sp><p:nvSpPr><p:cNvPr id='2' name='t'/><p:cNvSpPr/><p:nvPr><p:ph type='title'/></p:nvPr></p:nvSpPr><p:spPr/>"
    "<p:txBody><a:bodyPr/><a:lstStyle/></p:txBody></p:sp>"
    "<p:sp><p:nvSpPr><p:cNvPr id='3' name='b'/><p:cNvSpPr/><p:nvPr><p:ph type='body' idx='1'/></p:nvPr></p:nvSpPr><p:spPr>"
    "<a:xfrm><a:off x='360000' y='720000'/><a:ext cx='3600000' cy='1800000'/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>"
    "<a:lstStyle><a:lvl1pPr algn='ctr'><a:defRPr i='1'/></a:lvl1pPr></a:lstStyle></p:txBody></p:sp>"
    "<p:sp><p:nvSpPr><p:cNvPr id='4' name='n'/><p:cNvSpPr/><p:nvPr><p:ph type='sldNum' idx='12'/></p:nvPr></p:nvSpPr><p:spPr/>"
    "</p:sp></p:spTree></p:cSld></p:sldLayout>";
static const char layout_title[] = "<p:sldLayout " NAMES "type='title'><p:cSld name='标题幻灯片'><p:spTree/>"
                                   "</p:cSld></p:sldLayout>";
static const char master[] =
    "<p:sldMaster " NAMES
    "><p:cSld><p:bg><p:bgRef idx='1001'><a:schemeClr val='bg1'/></p:bgRef></p:bg><p:spTree>"
    "<p:sp><p:nvSpPr><p:cNvPr id='2' name='t'/><p:cNvSpPr/><p:nvPr><p:ph type='title'/></p:nvPr></p:nvSpPr><p:spPr>"
    "<a:xfrm><a:off x='100' y='200'/><a:ext cx='300' cy='400'/></a:xfrm></p:spPr><p:txBody><a:bodyPr anchor='ctr'/>"
    "<a:lstStyle/></p:txBody></p:sp></p:spTree></p:cSld>"
    "<p:clrMap bg1='lt1' tx1='dk1' bg2='lt2' tx2='dk2' accent1='accent1' hlink='hlink'/>"
    "<p:txStyles><p:titleStyle><a:lvl1pPr algn='l'><a:defRPr sz='4400'><a:latin typeface='+mj-lt'/><a:ea typeface='+mj-ea'/>"
    "<a:solidFill><a:schemeClr val='tx2'/></a:solidFill></a:defRPr></a:lvl1pPr></p:titleStyle>"
    "<p:bodyStyle><a:lvl1pPr marL='342900' indent='-342900'><a:lnSpc><a:spcPct val='90000'/></a:lnSpc><a:spcBef>"
    "<a:spcPts val='1000'/></a:spcBef><a:buChar char='•'/><a:defRPr sz='3200' b='1'/></a:lvl1pPr>"
    "<a:lvl2pPr><a:buNone/><a:defRPr sz='2800'/></a:lvl2pPr></p:bodyStyle></p:txStyles></p:sldMaster>";
static const char theme[] =
    "<a:theme " OFFICE_A
    "name='环保'><a:themeElements><a:clrScheme name='绿色'><a:dk1><a:sysClr val='windowText' "
    "lastClr='000000'/></a:dk1><a:lt1><a:srgbClr val='FFFFFF'/></a:lt1><a:dk2><a:srgbClr val='44546A'/></a:dk2>"
    "<a:lt2><a:srgbClr val='E7E6E6'/></a:lt2><a:accent1><a:srgbClr val='4472C4'/></a:accent1>"
    "<a:hlink><a:srgbClr val='0563C1'/></a:hlink></a:clrScheme><a:fontScheme name='办公'><a:majorFont>"
    "<a:latin typeface='Calibri Light'/><a:ea typeface=''/><a:font script='Hant' typeface='新細明體'/>"
    "<a:font script='Hans' typeface='等线 Light'/></a:majorFont><a:minorFont><a:latin typeface='Calibri'/>"
    "<a:ea typeface='宋体'/></a:minorFont></a:fontScheme><a:fmtScheme><a:fillStyleLst><a:solidFill>"
    "<a:schemeClr val='phClr'/></a:solidFill></a:fillStyleLst><a:bgFillStyleLst><a:solidFill>"
    "<a:schemeClr val='phClr'/></a:solidFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>";
static const char properties[] =
    "<p:presentationPr " NAMES "><p:showPr loop='1' showNarration='1' useTimings='0'>"
    "<p:kiosk/><p:sldRg st='1' end='2'/></p:showPr></p:presentationPr>";
static const char notes[] =
    "<p:notes " NAMES "><p:cSld><p:spTree>"
    "<p:sp><p:nvSpPr><p:cNvPr id='2' name='i'/><p:cNvSpPr/><p:nvPr><p:ph type='sldImg'/></p:nvPr></p:nvSpPr></p:sp>"
    "<p:sp><p:nvSpPr><p:cNvPr id='3' name='n'/><p:cNvSpPr/><p:nvPr><p:ph type='body' idx='1'/></p:nvPr></p:nvSpPr>"
    "<p:txBody>" PLAIN("讲解") PLAIN(
        "要点") "</p:txBody></p:sp>"
                "<p:sp><p:nvSpPr><p:cNvPr id='4' name='s'/><p:cNvSpPr/><p:nvPr><p:ph type='sldNum' idx='5'/></p:nvPr></p:nvSpPr>"
                "<p:txBody>" PLAIN("1") "</p:txBody></p:sp></p:spTree></p:cSld></p:notes>";

static const struct zip_made parts[] = {
    {.name = "ppt/presentation.xml", .text = presentation},
    {.name = "ppt/_rels/presentation.xml.rels", .text = presentation_rels},
    {.name = "ppt/presProps.xml", .text = properties},
    {.name = "ppt/slides/slide7.xml"},
    {.name = "ppt/slides/_rels/slide7.xml.rels",
     .text = OFFICE_RELS(OFFICE_REL("rIdL", "slideLayout", "../slideLayouts/slideLayout2.xml")
                             OFFICE_REL("rIdN", "notesSlide", "../notesSlides/notesSlide1.xml")
                                 OFFICE_REL_EXTERNAL("rIdWeb", "hyperlink", "https://www.example.org/")
                                     OFFICE_REL("rIdTwo", "slide", "slide2.xml")
                                         OFFICE_REL("rIdPic", "image", "../media/logo.png") OFFICE_REL(
                                             "rIdChart", "chart", "../charts/chart1.xml")
                                             OFFICE_REL("rIdLo", "diagramLayout", "../diagrams/layout1.xml")
                                                 OFFICE_REL("rIdDm", "diagramData", "../diagrams/data1.xml")
                                                     OFFICE_REL("rIdFilm", "video", "../media/film.mp4"))},
    {.name = "ppt/slides/slide2.xml",
     .text = "<p:sld " NAMES
             "show='0'><p:cSld><p:bg><p:bgPr><a:gradFill><a:gsLst><a:gs pos='0'><a:srgbClr val='00FF00'/>"
             "</a:gs></a:gsLst></a:gradFill></p:bgPr></p:bg><p:spTree>" PH(
                 "2", "标题 1", "type='ctrTitle'", PLAIN("第二 张")) "</p:spTree></p:cSld></p:sld>"},
    {.name = "ppt/slides/_rels/slide2.xml.rels",
     .text = OFFICE_RELS(OFFICE_REL("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"))},
    {.name = "ppt/slideLayouts/slideLayout1.xml", .text = layout_title},
    {.name = "ppt/slideLayouts/slideLayout2.xml", .text = layout_object},
    {.name = "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
     .text = OFFICE_RELS(OFFICE_REL("rId1", "slideMaster", "../slideMasters/slideMaster1.xml"))},
    {.name = "ppt/slideLayouts/_rels/slideLayout2.xml.rels",
     .text = OFFICE_RELS(OFFICE_REL("rId1", "slideMaster", "../slideMasters/slideMaster1.xml"))},
    {.name = "ppt/slideMasters/slideMaster1.xml", .text = master},
    {.name = "ppt/slideMasters/_rels/slideMaster1.xml.rels",
     .text = OFFICE_RELS(OFFICE_REL("rId1", "theme", "../theme/theme1.xml"))},
    {.name = "ppt/theme/theme1.xml", .text = theme},
    {.name = "ppt/notesSlides/notesSlide1.xml", .text = notes},
    {.name = "ppt/media/logo.png", .text = "PNG"},
    {.name = "ppt/media/film.mp4", .text = "MP4"},
    {.name = "ppt/charts/chart1.xml",
     .text = "<c:chartSpace " OFFICE_C
             "><c:chart><c:plotArea><c:layout/><c:pie3DChart/></c:plotArea></c:chart></c:chartSpace>"},
    {.name = "ppt/diagrams/layout1.xml",
     .text = "<d:layoutDef xmlns:d='" OFFICE_OOXML
             "drawingml/2006/diagram' uniqueId='urn:x/layout/hierarchy1'/>"},
    {.name = "ppt/diagrams/data1.xml",
     .text =
         "<d:dataModel xmlns:d='" OFFICE_OOXML "drawingml/2006/diagram' " OFFICE_A
         "><d:ptLst><d:pt><d:t>" PLAIN("校长") "</d:t></d:pt><d:pt type='pres'/></d:ptLst></d:dataModel>"},
    {0},
};

void show_open_with(struct show *s, const char *shapes, const char *after, const char *part, const char *text)
{
    struct zip_made list[sizeof parts / sizeof *parts];
    struct err e;
    char *slide = mem_printf("<p:sld " NAMES
                             "><p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>%s</p:spTree></p:cSld>%s</p:sld>",
                             shapes, after);
    memcpy(list, parts, sizeof parts);
    for (struct zip_made *m = list; m->name; m++) {
        if (!m->text)
            m->text = slide;
        if (part && strcmp(m->name, part) == 0)
            m->text = text;
    }
    *s = (struct show){.file = office_package("ppt/presentation.xml", list), .arena = arena_new()};
    free(slide);
    s->entry[0] = (struct practical_file){.path = "logo.png", .bytes = span_str("PNG"), .size = 3};
    crypto_generichash(s->entry[0].hash, 32, (const uint8_t *)"PNG", 3, NULL, 0);
    s->entry[1] =
        (struct practical_file){.path = "show.pptx", .bytes = bytes_span(&s->file), .size = s->file.n};
    s->folder = (struct practical_folder){.file = s->entry, .n = 2};
    assert_done(slides_family.open(&s->document, &s->folder, "show.pptx", &e), e);
}

void show_open(struct show *s, const char *shapes, const char *after)
{
    show_open_with(s, shapes, after, NULL, NULL);
}

void show_close(struct show *s)
{
    slides_family.close(s->document);
    arena_free(s->arena);
    bytes_release(&s->file);
}

struct fact show_fact_of(struct show *s, const char *kind, const char *locators, const char *argument)
{
    struct locator_key key[8];
    struct locator at = {.key = key};
    const struct practical_family *family = NULL;
    struct fact f = {0};
    struct err e;
    char *rest = arena_strdup(s->arena, locators), *word;
    while ((word = strsep(&rest, " ")) && *word) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        for (char *c = value; *c; c++)
            *c = *c == '_' ? ' ' : *c;
        key[at.n++] = (struct locator_key){word, value};
    }
    const struct check_kind *k = check_kind_find(kind, &family);
    assert_non_null(k);
    struct check_target t = {
        .document = s->document, .folder = &s->folder, .start = &s->folder, .path = "show.pptx", .kind = k};
    assert_done(k->find(&t, &at, argument, s->arena, &f, &e), e);
    assert_non_null(f.place);
    return f;
}

struct fact show_fact(struct show *s, const char *kind, const char *locators)
{
    return show_fact_of(s, kind, locators, NULL);
}
