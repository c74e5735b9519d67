/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/tutorial.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"

enum { ITEMS = 3, CHOICES = 3 };

/* An item of the tutorial; without choices a text is typed. */
struct lesson {
    const char *id, *title, *text, *choice[CHOICES];
};

struct tutorial {
    struct item *item[ITEMS];
    struct work *work;
};

static const struct lesson lessons[ITEMS] = {
    {"practice1",
     N_("Practice 1 of 3: choosing"),
     N_("Nothing here counts, and no time runs. Move with Up and Down and choose with Space, or press the "
        "letter of a "
        "choice. Another letter changes the answer, Backspace takes it back. Right goes to the next item."),
     {N_("I have moved with Up and Down"), N_("I have chosen with Space"),
      N_("I have chosen with a letter")}},
    {"practice2",
     N_("Practice 2 of 3: typing"),
     N_("Type the name of your school, in Chinese too, and correct it with Backspace. In the exam all that "
        "you type is "
        "saved by itself. PageDown goes to the next item."),
     {NULL, NULL, NULL}},
    {"practice3",
     N_("Practice 3 of 3: list and handing in"),
     N_("F3 (or Alt+3) flags this item, so that you find it again. F5 lists all items; Enter opens one. F9 "
        "hands in: it "
        "shows what is open, and asks for the last four digits of your ticket number. Handing in here ends "
        "the practice."),
     {N_("I have flagged this item"), N_("I have looked at the list"), NULL}},
};

static void put_text(struct bytes *out, const char *text)
{
    for (; *text; text++)
        if (*text == '&' || *text == '<' || *text == '>')
            bytes_printf(out, "&#%d;", *text);
        else
            bytes_add(out, text, 1);
}

static void put_paragraph(struct bytes *out, const char *text)
{
    bytes_printf(out, "<p>");
    put_text(out, text);
    bytes_printf(out, "</p>");
}

static void put_choices(struct bytes *out, const struct lesson *l)
{
    bytes_printf(out, "<choiceInteraction responseIdentifier=\"R\" shuffle=\"false\" maxChoices=\"1\">");
    for (int i = 0; i < CHOICES && l->choice[i]; i++) {
        bytes_printf(out, "<simpleChoice identifier=\"%c\">", 'A' + i);
        put_text(out, _(l->choice[i]));
        bytes_printf(out, "</simpleChoice>");
    }
    bytes_printf(out, "</choiceInteraction>");
}

static void put_item(struct bytes *out, const struct lesson *l)
{
    bool choice = l->choice[0] != NULL;
    bytes_printf(
        out,
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"%s\" title=\"%s\" "
        "adaptive=\"false\" timeDependent=\"false\"><responseDeclaration identifier=\"R\" "
        "cardinality=\"single\" baseType=\"%s\"/><outcomeDeclaration identifier=\"SCORE\" "
        "cardinality=\"single\" baseType=\"float\"/><itemBody>",
        l->id, l->id, choice ? "identifier" : "string");
    put_paragraph(out, _(l->title));
    put_paragraph(out, _(l->text));
    if (choice)
        put_choices(out, l);
    else
        bytes_printf(out, "<p><textEntryInteraction responseIdentifier=\"R\" expectedLength=\"16\"/></p>");
    bytes_printf(out, "</itemBody></assessmentItem>");
}

struct tutorial *tutorial_new(void)
{
    struct tutorial *t = mem_alloc(sizeof *t);
    t->work = work_new(ITEMS);
    for (size_t i = 0; i < ITEMS; i++) {
        struct bytes document = {0};
        struct err e = {0};
        put_item(&document, &lessons[i]);
        if (item_read(&t->item[i], lessons[i].id, bytes_span(&document), &e) == 0)
            work_set(t->work, i, t->item[i], "", points_milli(0), span_str(""));
        bytes_release(&document);
        if (!t->item[i]) {
            tutorial_free(t);
            return NULL;
        }
    }
    return t;
}

void tutorial_free(struct tutorial *t)
{
    if (!t)
        return;
    work_free(t->work);
    for (size_t i = 0; i < ITEMS; i++)
        item_free(t->item[i]);
    free(t);
}

struct work *tutorial_work(const struct tutorial *t)
{
    return t ? t->work : NULL;
}
