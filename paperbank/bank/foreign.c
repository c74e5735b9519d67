/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/foreign.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "paperbank/bank/from-csv.h"

enum foreign_format foreign_format_named(const char *name)
{
    static const char *const names[] = {"", "moodle", "gift", "csv"};
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return (enum foreign_format)i;
    return FOREIGN_NONE;
}

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), k = strlen(end);
    return n > k && ascii_casecmp(path + n - k, end) == 0;
}

/* The name of the first element, past declarations and comments; "" if the text is no XML. */
static void first_element(const char *p, char *ret, size_t size)
{
    ret[0] = '\0';
    for (;;) {
        p += strspn(p, " \t\r\n");
        const char *close = strncmp(p, "<?", 2) == 0 ? "?>" : strncmp(p, "<!--", 4) == 0 ? "-->" : NULL;
        const char *end = close ? strstr(p, close) : NULL;
        if (!end)
            break;
        p = end + strlen(close);
    }
    size_t n = *p == '<' ? strspn(p + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:-") : 0;
    if (n == 0 || n >= size)
        return;
    memcpy(ret, p + 1, n);
    ret[n] = '\0';
}

/* What spreadsheets call "Unicode text" or "Text (tab delimited)". */
static bool begins_with_headings(const char *path)
{
    struct text_file *text = NULL;
    struct err unwanted = {0};
    const char *line = NULL;
    unsigned number;
    bool is = text_file_open(&text, path, ENCODING_UNKNOWN, FOREIGN_MAX_TEXT, &unwanted) == 0 &&
              text_file_line(text, &line, &number, &unwanted) == 0 && line && table_is_heading(line);
    text_file_close(text);
    return is;
}

enum foreign_format foreign_format_of(const char *path)
{
    char head[4096], plain[4096], element[40];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd >= 0 ? read(fd, head, sizeof head - 1) : -1;
    size_t k = 0;
    if (fd >= 0)
        close(fd);
    for (ssize_t i = 0; i < n;
         i++) /* as far as an element's name goes, every encoding is ASCII with zeros between */
        if (head[i] && !(k == 0 && (unsigned char)head[i] >= 0x80))
            plain[k++] = head[i];
    plain[k] = '\0';
    first_element(plain, element, sizeof element);
    if (strcmp(element, "quiz") == 0)
        return FOREIGN_MOODLE;
    if (*element)
        return FOREIGN_NONE;
    if (ends_in(path, ".csv") || ends_in(path, ".tsv") || ends_in(path, ".tab"))
        return FOREIGN_CSV;
    if (ends_in(path, ".gift") || ends_in(path, ".gift.txt"))
        return FOREIGN_GIFT;
    return ends_in(path, ".txt") && begins_with_headings(path) ? FOREIGN_CSV : FOREIGN_NONE;
}

int foreign_read(enum foreign_format format, const char *path, enum encoding encoding,
                 const struct foreign_sink *sink, enum encoding *ret_encoding, struct err *e)
{
    struct text_file *text = NULL;
    *ret_encoding = ENCODING_UTF8;
    if (format == FOREIGN_MOODLE)
        return from_moodle(path, encoding, sink, ret_encoding, e);
    int r = text_file_open(&text, path, encoding, FOREIGN_MAX_TEXT, e);
    if (r < 0)
        return r;
    *ret_encoding = text_file_encoding(text);
    r = format == FOREIGN_GIFT ? from_gift(path, text, sink, e) : from_csv(path, text, sink, e);
    text_file_close(text);
    return r;
}
