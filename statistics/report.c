/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/report.h"

#include "base/csv.h"
#include "base/text.h"

enum { SCREEN = 80 };

/* Broken at spaces, or between wide characters where there is none. */
static void wrapped(struct bytes *out, const char *text)
{
    while (*text) {
        size_t columns, n = text_fit(text, SCREEN, &columns), at = n;
        if (text[n]) {
            while (at > 0 && text[at] != ' ')
                at--;
            if (at > n / 2)
                n = at;
        }
        bytes_add(out, text, n);
        bytes_str(out, "\n");
        text += n;
        while (*text == ' ')
            text++;
    }
}

static void section_text(const struct report_section *s, struct bytes *out)
{
    bytes_printf(out, "\n%s\n", s->head);
    wrapped(out, s->note);
    if (s->table->n_rows) {
        bytes_str(out, "\n");
        table_text(s->table, out);
    }
}

/* As report_text, with each fact on a line where they do not fit into one. */
static void document_text(const struct report *r, struct bytes *out)
{
    bytes_printf(out, "%s\n%s  %s\n", r->title, r->office, r->subject);
    for (size_t i = 0; i < r->n_facts; i++)
        bytes_printf(out, "%s: %s\n", r->fact[i].head, r->fact[i].text);
    for (size_t i = 0; i < r->n_notices; i++)
        wrapped(out, r->notice[i]);
    for (size_t i = 0; i < r->n_sections; i++)
        section_text(&r->section[i], out);
    if (r->footnote) {
        bytes_str(out, "\n");
        wrapped(out, r->footnote);
    }
}

void report_text(const struct report *r, struct bytes *out)
{
    if (r->n_sections) {
        document_text(r, out);
        return;
    }
    bytes_printf(out, "%s\n%s  %s\n", r->title, r->office, r->subject);
    for (size_t i = 0; i < r->n_facts; i++)
        bytes_printf(out, "%s%s: %s", i ? "  " : "", r->fact[i].head, r->fact[i].text);
    bytes_str(out, "\n\n");
    table_text(r->table, out);
    for (size_t i = 0; i < r->n_notices; i++)
        bytes_printf(out, "\n%s", r->notice[i]);
    if (r->n_notices)
        bytes_str(out, "\n");
    if (r->footnote)
        bytes_printf(out, "\n%s\n", r->footnote);
}

void report_csv(const struct report *r, struct bytes *out)
{
    if (!r->n_sections)
        table_csv(r->table, out);
    else
        bytes_str(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < r->n_sections; i++) {
        if (i)
            csv_end(out);
        csv_add(out, r->section[i].head, true);
        csv_end(out);
        table_csv_rows(r->section[i].table, out);
    }
}

static void json_pair(struct bytes *out, const char *key, const char *value)
{
    bytes_printf(out, "  \"%s\": ", key);
    table_json_text(out, value);
    bytes_str(out, ",\n");
}

void report_json(const struct report *r, struct bytes *out)
{
    char digest[65];
    bytes_str(out, "{\n");
    json_pair(out, "report", r->kind);
    json_pair(out, "office", r->office);
    json_pair(out, "title", r->title);
    for (size_t i = 0; i < r->n_facts; i++)
        json_pair(out, r->fact[i].key, r->fact[i].text);
    json_pair(out, "store", hex_encode(digest, r->digest, sizeof r->digest));
    bytes_str(out, "  \"notices\": [");
    for (size_t i = 0; i < r->n_notices; i++) {
        bytes_str(out, i ? ", " : "");
        table_json_text(out, r->notice[i]);
    }
    bytes_str(out, "]");
    if (r->table) {
        bytes_str(out, ",\n  \"rows\": ");
        table_json(r->table, 2, out);
    }
    for (size_t i = 0; i < r->n_sections; i++) {
        bytes_printf(out, ",\n  \"%s\": ", r->section[i].key);
        table_json(r->section[i].table, 2, out);
    }
    bytes_str(out, "\n}\n");
}
