/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/from-moodle.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-csv.h"

static const struct xml_limits limits = {.bytes = 32u << 20, .elements = 20000, .depth = 30};

struct moodle {
    const struct foreign_sink *sink;
    struct arena *category_arena;
    const char *category, *point;
    struct draft_names names;
    bool sink_failed;
};

/* The file as it is, or line by line where it had to be converted. */
struct source {
    const char *path;
    int fd;
    struct text_file *text;
    const char *rest;
    bool started;
    bool wide; /* UTF-16 */
};

static int read_raw(void *context, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    struct source *s = context;
    ssize_t n;
    do
        n = read(s->fd, buffer, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_sys(e, s->path, _("cannot read"));
    for (ssize_t i = 0; i < n && !s->wide;
         i++) /* characters that XML cannot hold come in by copy and paste */
        if (((unsigned char *)buffer)[i] < 0x20 && !strchr("\t\r\n", ((char *)buffer)[i]))
            ((char *)buffer)[i] = ' ';
    *ret_n = (size_t)n;
    return 0;
}

/* An XML declaration would name the encoding that the text no longer has. */
static const char *without_declaration(const char *line)
{
    const char *end = strncmp(line, "<?xml", 5) == 0 ? strstr(line, "?>") : NULL;
    return end ? end + 2 : line;
}

static int read_converted(void *context, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    struct source *s = context;
    unsigned number;
    *ret_n = 0;
    if (!s->rest) {
        int r = text_file_line(s->text, &s->rest, &number, e);
        if (r < 0 || !s->rest)
            return r;
        if (!s->started)
            s->rest = without_declaration(s->rest);
        s->started = true;
    }
    size_t n = strlen(s->rest);
    n = n < size - 1 ? n : size - 1;
    memcpy(buffer, s->rest, n);
    s->rest += n;
    if (*s->rest == '\0') {
        ((char *)buffer)[n++] = '\n';
        s->rest = NULL;
    }
    *ret_n = n;
    return 0;
}

static int set_category(struct moodle *m, const struct xml_node *n, struct err *e)
{
    const struct xml_node *category = xml_child(n, "category"),
                          *text = category ? xml_child(category, "text") : NULL;
    arena_free(m->category_arena);
    struct arena *a = m->category_arena = arena_new();
    m->category = text ? markup_clean(a, text_trim(a, xml_content(text, a))) : "";
    return draft_category(m->category, a, m->sink, &m->point, e);
}

static void set_metadata(struct moodle_question *q, const char *point)
{
    struct item_metadata *m = &q->d->metadata;
    struct decimal grade;
    const char *text = moodle_field(q, "defaultgrade");
    *m = (struct item_metadata){.knowledge_point = point,
                                .level = "",
                                .attributes = "",
                                .facility = BANK_UNKNOWN,
                                .discrimination = BANK_UNKNOWN,
                                .expected_s = BANK_UNKNOWN};
    q->d->has_metadata = true;
    if (!*text || !decimal_parse(text, &grade) || grade.digits <= 0)
        return;
    for (; grade.scale < 3 && grade.digits < 1000000000; grade.scale++)
        grade.digits *= 10;
    for (; grade.scale > 3; grade.scale--)
        grade.digits /= 10;
    m->has_points = grade.digits > 0 && grade.digits <= 1000000000;
    m->points = points_milli(grade.digits);
}

static int give_question(struct moodle *m, const struct xml_doc *doc, const struct xml_node *n,
                         const char *type, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes original = {0};
    struct markup words = {.arena = a};
    xml_subtree(doc, n, &original);
    struct draft d = {.arena = a, .line = xml_line(n), .original = bytes_span(&original)};
    struct moodle_question q = {.d = &d, .doc = doc, .n = n, .type = type};
    const char *name = markup_words(&words, MARKUP_PLAIN, moodle_field(&q, "name")),
               *id = moodle_field(&q, "idnumber");
    d.title = draft_short_title(a, name);
    moodle_question(&q);
    set_metadata(&q, m->point);
    if (path_is_plain_name(id))
        d.identifier = id;
    else
        d.identifier = draft_identifier(&m->names, a, "moodle", arena_printf(a, "%s\n%s", m->category, name));
    d.name = path_is_plain_name(id) ? id : d.title;
    int r = draft_give(&d, m->sink, e);
    bytes_release(&original);
    arena_free(a);
    return r;
}

static int take_record(void *context, const struct xml_doc *doc, const struct xml_node *n, struct err *e)
{
    struct moodle *m = context;
    const char *type = xml_attr(doc, n, "type");
    if (!xml_named(n, "question"))
        return 0;
    bool category = type && strcmp(type, "category") == 0;
    int r = category ? set_category(m, n, e) : give_question(m, doc, n, type ? type : "", e);
    return r;
}

/* True if the document's first bytes declare an encoding that is not UTF-8: then the parser converts. */
static bool declares_other(const char *head)
{
    const char *end = strncmp(head, "<?xml", 5) == 0 ? strstr(head, "?>") : NULL;
    const char *says = end ? strstr(head, "encoding=") : NULL;
    if (!says || says > end)
        return false;
    says += strlen("encoding=") + 1;
    size_t n = strcspn(says, "\"'");
    return !((n == 5 && strncasecmp(says, "utf-8", 5) == 0) || (n == 4 && strncasecmp(says, "utf8", 4) == 0));
}

static int open_source(struct source *s, enum encoding wanted, enum encoding *ret_encoding, struct err *e)
{
    char head[256] = {0};
    struct stat st;
    s->fd = open(s->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (s->fd < 0)
        return err_sys(e, s->path, _("cannot open"));
    if (fstat(s->fd, &st) == 0 && !S_ISREG(st.st_mode))
        return err_set(e, ERR_DATA, s->path, _("not a regular file"));
    if (fstat(s->fd, &st) == 0 && (uint64_t)st.st_size > FOREIGN_MAX_MOODLE)
        return err_set(e, ERR_DATA, s->path, _("larger than the limit of %llu bytes"),
                       (unsigned long long)FOREIGN_MAX_MOODLE);
    if (pread(s->fd, head, sizeof head - 1, 0) < 0)
        return err_sys(e, s->path, _("cannot read"));
    s->wide = memchr(head, 0, 16) != NULL;
    if (wanted == ENCODING_UNKNOWN && declares_other(head))
        return 0;
    struct err unwanted = {0};
    int r = text_file_open(&s->text, s->path, wanted, FOREIGN_MAX_MOODLE,
                           wanted == ENCODING_UNKNOWN ? &unwanted : e);
    if (r < 0)
        return wanted == ENCODING_UNKNOWN ? 0 : r; /* in no encoding that we know: the parser says where */
    *ret_encoding = text_file_encoding(s->text);
    if (*ret_encoding != ENCODING_GB18030 && wanted == ENCODING_UNKNOWN) {
        text_file_close(s->text);
        s->text = NULL;
    }
    return 0;
}

int from_moodle(const char *path, enum encoding encoding, const struct foreign_sink *sink,
                enum encoding *ret_encoding, struct err *e)
{
    struct moodle m = {.sink = sink, .category = "", .point = ""};
    struct source s = {.path = path, .fd = -1};
    int r = open_source(&s, encoding, ret_encoding, e);
    if (r == 0)
        r = xml_records(path, s.text ? read_converted : read_raw, &s, "quiz", 2, &limits, take_record, &m, e);
    if (s.fd >= 0)
        close(s.fd);
    text_file_close(s.text);
    arena_free(m.category_arena);
    draft_names_free(&m.names);
    return r;
}
