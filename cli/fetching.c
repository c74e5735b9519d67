/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fetching.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static const int64_t kilo = 1000, least_bytes = 10000, most_bytes = 1000000000;

/* "500000", "500k", "2M". */
static int parse_rate(const char *text, int64_t *ret, struct err *e)
{
    char *end = NULL;
    long long value = strtoll(text, &end, 10);
    int64_t unit = strcmp(end, "") == 0                             ? 1
                   : strcmp(end, "k") == 0 || strcmp(end, "K") == 0 ? kilo
                   : strcmp(end, "M") == 0                          ? kilo * kilo
                                                                    : 0;
    if (end == text || unit == 0 || value < 1 || value > most_bytes / unit || value * unit < least_bytes)
        return err_set(e, ERR_USAGE, "--rate-limit",
                       _("\"%s\" is no number of bytes such as 500k or 2M, from 10k on"), text);
    *ret = value * unit;
    return 0;
}

static int read_net(const struct args *a, struct source_net *ret, struct err *e)
{
    enum { LONGEST_S = 3600 };
    const char *rate = args_get(a, "rate-limit");
    int64_t seconds;
    *ret = (struct source_net){.authorities = args_get(a, "ca")};
    int r = rate ? parse_rate(rate, &ret->bytes_per_second, e) : 0;
    if (r == 0)
        r = args_int(a, "timeout", 1, LONGEST_S, 30, &seconds, e);
    if (r == 0)
        ret->patience_ms = seconds * 1000;
    return r;
}

int fetching_add(struct fetching *f, const char *address, struct err *e)
{
    struct source_net net;
    int r = read_net(f->args, &net, e);
    if (r < 0)
        return r;
    return source_is_url(address) ? source_add_url(f->source, address, &net, e)
                                  : source_add_folder(f->source, address, e);
}

static void note_text(void *context, const char *address, const struct err *why)
{
    bool place_says_it = address && strncmp(why->where, address, strlen(address)) == 0;
    (void)context;
    progress_end();
    fprintf(stderr, _("note: %s%s%s%s%s\n"), address && !place_says_it ? address : "",
            address && !place_says_it ? ": " : "", why->where, why->where[0] ? ": " : "", why->what);
}

static void print_line(json_t *line)
{
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(line);
}

static void note_json(void *context, const char *address, const struct err *why)
{
    json_t *line = json_pack("{s:s}", "note", why->what);
    (void)context;
    if (address)
        json_object_set_new(line, "from", json_string(address));
    if (why->where[0])
        json_object_set_new(line, "where", json_string(why->where));
    print_line(line);
}

static void moved_text(void *context, const char *name, int64_t have, int64_t size)
{
    (void)context;
    progress(name, have, size);
}

/* A line for each hundredth. */
static void moved_json(void *context, const char *name, int64_t have, int64_t size)
{
    struct fetching *f = context;
    int64_t hundredth = size > 0 ? have * 100 / size : 100;
    if (hundredth == f->hundredth)
        return;
    f->hundredth = hundredth;
    print_line(
        json_pack("{s:s, s:I, s:I}", "file", name, "have", (json_int_t)have, "size", (json_int_t)size));
}

void fetching_begin(struct fetching *f, const struct args *a)
{
    bool json = args_json(a);
    struct source_watch w = {
        .note = json ? note_json : note_text, .moved = json ? moved_json : moved_text, .context = f};
    *f = (struct fetching){.args = a, .source = source_new(), .hundredth = -1};
    source_set_watch(f->source, &w);
}

int fetching_open(struct fetching *f, const struct args *a, const char *option, struct err *e)
{
    const char *address;
    fetching_begin(f, a);
    int r = args_need(a, option, &address, e);
    for (int i = 0; r == 0 && (address = args_each(a, option, i)); i++)
        r = fetching_add(f, address, e);
    return r;
}

void fetching_close(struct fetching *f)
{
    progress_end();
    source_close(f->source);
    f->source = NULL;
}
