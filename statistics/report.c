/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/report.h"

void report_text(const struct report *r, struct bytes *out)
{
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
    table_csv(r->table, out);
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
    bytes_str(out, "],\n  \"rows\": ");
    table_json(r->table, 2, out);
    bytes_str(out, "\n}\n");
}
