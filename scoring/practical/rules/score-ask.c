/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/rules/score-internal.h"

enum { MAX_MESSAGE = 300, MAX_PLACE = 200, MAX_LIST = 4 << 20 /* bytes */ };

/* Evidence is English whatever the interface speaks: the fault's name, what it means, and the place. */
static const char *fault_sentence(int code)
{
    static const struct {
        int code;
        const char *sentence;
    } rows[] = {{FAULT_NOT_ZIP, "no office file, whatever its name says"},
                {FAULT_TRUNCATED, "it is cut short"},
                {FAULT_CORRUPT, "it is damaged"},
                {FAULT_UNSUPPORTED, "packed in a way that no office program writes"},
                {FAULT_TOO_BIG, "larger than allowed"},
                {FAULT_ENCRYPTED, "saved with a password"},
                {FAULT_UNSAFE_NAME, "a part has a name that is not allowed"},
                {FAULT_WRONG_TYPE, "another kind of file than its name says"},
                {FAULT_LIMIT, "it holds more than allowed"},
                {XML_TREE_DTD, "it declares entities, which is not allowed"},
                {XML_TREE_MALFORMED, "a part is no XML"},
                {XML_TREE_LIMIT, "a part is deeper or larger than allowed"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].code == code)
            return rows[i].sentence;
    return "it cannot be read";
}

static const char *fault_text(struct arena *a, const struct err *e)
{
    const char *name = e->code ? practical_fault_name(e->code) : "ERROR";
    return evidence_clean(
        a, arena_printf(a, "%s: %s%s%s", name, fault_sentence(e->code), e->where[0] ? ": " : "", e->where),
        MAX_MESSAGE);
}

static bool is_of(const struct rules_check *c, const struct practical_family *family, size_t file)
{
    return c->file == file && c->family == family;
}

static bool is_too_long(const struct fact_value *v)
{
    size_t bytes = 0;
    for (size_t i = 0; i < v->n_items && bytes <= MAX_LIST; i++)
        bytes += sizeof *v->item + strlen(v->item[i]) + 1;
    return bytes > MAX_LIST;
}

/* A fact may point into the document, which is closed before the fact is judged. */
static void keep_fact(struct fact *f, struct arena *a)
{
    struct fact_value *v = &f->value;
    const char **item = v->item;
    if (is_too_long(v)) {
        *v = (struct fact_value){.type = v->type};
        f->state = FACT_UNKNOWN;
        f->why = "a longer list than is compared";
    }
    v->text = v->text ? arena_strdup(a, v->text) : NULL;
    v->item = arena_array(a, v->n_items + 1, sizeof *v->item);
    for (size_t i = 0; i < v->n_items; i++)
        v->item[i] = arena_strdup(a, item[i]);
    f->why = f->why ? arena_strdup(a, f->why) : NULL;
    f->place = evidence_clean(a, f->place ? f->place : "", MAX_PLACE);
}

static int ask_one(const struct check_target *target, const struct rules_check *c, struct arena *a,
                   struct finding *f, struct err *e)
{
    struct err own = {0};
    struct arena *scratch = arena_new();
    f->fact = (struct fact){.state = FACT_ABSENT, .place = ""};
    int r = c->kind->find(target, &c->at, c->argument, scratch, &f->fact, &own);
    if (r == -ERR_ENV || r == -ERR_BUG) {
        arena_free(scratch);
        *e = own;
        return r;
    }
    f->asked = true;
    f->unreadable = r < 0;
    f->senseless = r < 0 && own.code == 0;
    if (r < 0)
        f->why = f->senseless ? evidence_clean(a, arena_printf(a, "the rule makes no sense: %s", own.what),
                                               MAX_MESSAGE)
                              : fault_text(a, &own);
    if (r < 0)
        f->fact = (struct fact){.state = FACT_ABSENT, .place = ""};
    keep_fact(&f->fact, a);
    arena_free(scratch);
    return 0;
}

static int open_document(void **ret, const struct practical_family *family,
                         const struct practical_file *picked, const struct practical_folder *folder,
                         struct arena *a, const char **ret_message, struct err *e)
{
    struct err own = {0};
    if (picked->skipped) {
        *ret_message = evidence_clean(a, picked->skipped, MAX_MESSAGE);
        return -ERR_DATA;
    }
    int r = family->open(ret, folder, picked->path, &own);
    if (r == -ERR_ENV || r == -ERR_BUG)
        *e = own;
    else if (r < 0) {
        *ret_message = fault_text(a, &own);
        r = -ERR_DATA;
    }
    return r;
}

static int ask_family(const struct rules *r, const struct practical_family *family,
                      struct check_target *target, size_t file, const struct practical_file *picked,
                      bool closed, struct arena *a, struct finding *finding, const char **ret_message,
                      struct err *e)
{
    const char *message = NULL, *path = target->path;
    int res = 0;
    if (family->open && (closed || !picked))
        return 0;
    if (family->open)
        res = open_document(&target->document, family, picked, target->folder, a, &message, e);
    if (res < 0 && res != -ERR_DATA)
        return res;
    if (target->document && family->set_day && r->day[0])
        family->set_day(target->document, r->day[0], r->day[1], r->day[2]);
    for (size_t i = 0; i < r->n_checks; i++) {
        if (!is_of(&r->check[i], family, file))
            continue;
        target->kind = r->check[i].kind;
        target->path = r->check[i].path ? r->check[i].path : path;
        if (message)
            finding[i] = (struct finding){.unreadable = true, .why = message};
        else if ((res = ask_one(target, &r->check[i], a, &finding[i], e)) < 0)
            break;
    }
    if (target->document && family->close)
        family->close(target->document);
    target->document = NULL;
    *ret_message = message ? message : *ret_message;
    return message ? 0 : res;
}

int practical_ask(const struct rules *r, size_t file, const struct practical_file *picked, bool closed,
                  const struct practical_folder *folder, const struct practical_folder *start,
                  struct arena *a, struct finding *finding, const char **ret_message, struct err *e)
{
    static const struct practical_folder none;
    const char *path = picked                                        ? picked->path
                       : file != RULES_NONE && r->file[file].n_paths ? r->file[file].path[0]
                                                                     : NULL;
    int res = 0;
    for (const struct practical_family *const *f = practical_families; res == 0 && *f; f++) {
        bool any = false;
        for (size_t i = 0; !any && i < r->n_checks; i++)
            any = is_of(&r->check[i], *f, file);
        struct check_target target = {.folder = folder, .start = start ? start : &none, .path = path};
        if (any)
            res = ask_family(r, *f, &target, file, picked, closed, a, finding, ret_message, e);
    }
    return res;
}
