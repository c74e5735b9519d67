/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"
#include "exam-packages/parts.h"

static const char *const kind_names[] = {"change", "chief", "recheck", "status", "sheet", "appeal"};
/* the words of scoring/lab/rating.h that a decision may give */
static const char *const status_names[] = {"rated",  "absent",   "exempt", "postponed",
                                           "breach", "cheating", "void"};

const char *decision_kind_name(enum decision_kind kind)
{
    return kind_names[kind];
}

bool decision_kind_parse(const char *name, enum decision_kind *ret)
{
    for (int i = 0; i < DECISION_KINDS; i++)
        if (strcmp(name, kind_names[i]) == 0) {
            *ret = (enum decision_kind)i;
            return true;
        }
    return false;
}

bool decision_may_replace(enum decision_kind kind, enum decision_kind other)
{
    return kind == other || (kind != DECISION_SHEET && kind != DECISION_RECHECK);
}

struct decision *decision_new(void)
{
    struct arena *a = arena_new();
    struct decision *d = arena_alloc(a, sizeof *d);
    *d = (struct decision){.arena = a,
                           .session = "",
                           .ticket = "",
                           .serial = "",
                           .date = "",
                           .before_status = "",
                           .status = "",
                           .reason = "",
                           .article = "",
                           .video = "",
                           .video_hash = "",
                           .rater = ""};
    return d;
}

void decision_free(struct decision *d)
{
    if (d)
        arena_free(d->arena);
}

void decision_hash(struct span document, uint8_t ret[DECISION_HASH])
{
    blake2b_256(ret, document);
}

void decision_evidence(const char *rater, struct span rating, uint8_t ret[DECISION_HASH])
{
    struct bytes body = {0};
    canon_domain(&body, "kaochang/1 rating seen");
    canon_text(&body, rater);
    canon_blob(&body, rating);
    blake2b_256(ret, bytes_span(&body));
    bytes_release(&body);
}

static int compare_hashes(const void *a, const void *b)
{
    return memcmp(a, b, DECISION_HASH);
}

void decision_sort_hashes(uint8_t (*hash)[DECISION_HASH], size_t *n)
{
    size_t kept = 0;
    if (*n)
        qsort(hash, *n, sizeof *hash, compare_hashes);
    for (size_t i = 0; i < *n; i++)
        if (kept == 0 || memcmp(hash[kept - 1], hash[i], sizeof *hash) != 0)
            memmove(hash[kept++], hash[i], sizeof *hash);
    *n = kept;
}

const char *decision_comment(const char *session, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=decision session=%s", session);
    return buf;
}

/* ---- checking ---- */

static bool is_hex(const char *text, size_t n)
{
    return strlen(text) == n && strspn(text, "0123456789abcdef") == n;
}

static bool is_status(const char *word)
{
    for (size_t i = 0; i < sizeof status_names / sizeof *status_names; i++)
        if (strcmp(word, status_names[i]) == 0)
            return true;
    return word[0] == '\0';
}

static bool is_date(const char *text)
{
    static const char form[] = "0000-00-00";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    return true;
}

static int refuse(const struct decision *d, struct err *e, const char *why)
{
    return err_set(e, ERR_DATA, d->ticket, "%s", why);
}

static int check_names(const struct decision *d, struct err *e)
{
    if ((unsigned)d->kind >= DECISION_KINDS || !path_is_plain_name(d->session) ||
        !path_is_plain_name(d->ticket))
        return refuse(d, e, _("a decision's session and ticket must be plain names"));
    if (!is_hex(d->serial, 16))
        return refuse(d, e, _("a decision's serial has 16 lower-case hex digits"));
    if (!is_date(d->date))
        return refuse(d, e, _("a decision's date is written like 2026-11-22"));
    if (!is_status(d->status) || !is_status(d->before_status))
        return refuse(d, e, _("unknown status in a decision"));
    if (d->reason[strspn(d->reason, " \t\n")] == '\0' || strlen(d->reason) > DECISION_MAX_REASON)
        return refuse(d, e, _("a decision gives its reason, in at most 4000 bytes"));
    if (!d->video[0] != !d->video_hash[0] || (d->video_hash[0] && !is_hex(d->video_hash, 128)))
        return refuse(d, e, _("a recording is named with its BLAKE2b-512 hash"));
    return 0;
}

static int check_steps(const struct decision *d, struct err *e)
{
    if (d->n_steps > DECISION_MAX_STEPS)
        return refuse(d, e, _("a decision changes too many steps"));
    for (size_t i = 0; i < d->n_steps; i++) {
        const struct decision_step *s = &d->step[i];
        if (s->number < 1 || s->number > DECISION_MAX_STEPS || s->before.milli < 0 || s->after.milli < 0 ||
            (i && d->step[i - 1].number >= s->number))
            return refuse(d, e, _("a decision's steps stand in order, each once, with points from 0 on"));
    }
    return 0;
}

static bool is_sorted(uint8_t (*hash)[DECISION_HASH], size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (memcmp(hash[i - 1], hash[i], DECISION_HASH) >= 0)
            return false;
    return n <= DECISION_MAX_SAW;
}

static bool needs_article(const char *status)
{
    return strcmp(status, "breach") == 0 || strcmp(status, "cheating") == 0 || strcmp(status, "exempt") == 0;
}

static int check_sheet(const struct decision *d, struct err *e)
{
    if (d->kind != DECISION_SHEET)
        return d->rating.n || d->rater[0] ? refuse(d, e, _("only a typed sheet holds a rating")) : 0;
    if (!d->rating.n || d->rating.n > DECISION_MAX_RATING || !path_is_plain_name(d->rater))
        return refuse(d, e, _("a typed sheet holds one rating and says whose it is"));
    if (d->has_total || d->status[0] || d->n_steps)
        return refuse(d, e, _("a typed sheet holds a rating, and decides nothing besides"));
    return 0;
}

static int check_what(const struct decision *d, struct err *e)
{
    bool rated = strcmp(d->status, "rated") == 0;
    if ((d->has_total && d->total.milli < 0) || (d->has_before && d->before.milli < 0))
        return refuse(d, e, _("a mark is never below zero"));
    if (needs_article(d->status) && !d->article[0])
        return refuse(d, e, _("a breach names its article, an exemption its name in the plan"));
    if (rated ? !d->has_total : d->status[0] && d->has_total)
        return refuse(d, e, _("who is rated has a mark, and who is not has none"));
    switch (d->kind) {
    case DECISION_CHANGE:
        return d->has_total ? 0 : refuse(d, e, _("a changed score names the new mark"));
    case DECISION_CHIEF:
    case DECISION_APPEAL:
        return d->has_total || d->status[0] ? 0 : refuse(d, e, _("it decides neither a mark nor a status"));
    case DECISION_RECHECK:
        return d->has_total && d->has_before && d->total.milli == d->before.milli && !d->status[0]
                   ? 0
                   : refuse(d, e, _("a re-check says that the mark stands: old and new are the same"));
    case DECISION_STATUS:
        return d->status[0] && !rated ? 0 : refuse(d, e, _("a decision on a status names the new one"));
    default:
        return check_sheet(d, e);
    }
}

int decision_check(const struct decision *d, struct err *e)
{
    int r = check_names(d, e);
    if (r == 0)
        r = check_steps(d, e);
    if (r == 0 && (!is_sorted(d->saw, d->n_saw) || !is_sorted(d->supersedes, d->n_supersedes)))
        r = refuse(d, e, _("what a decision saw and replaces stands in order, each once, at most 100"));
    if (r == 0)
        r = check_sheet(d, e);
    return r < 0 ? r : check_what(d, e);
}

/* ---- writing ---- */

static void put_some(struct xml_out *o, const char *attr, const char *text)
{
    if (text[0])
        xml_put(o, attr, text);
}

static void put_hashes(struct xml_out *o, const char *name, uint8_t (*hash)[DECISION_HASH], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        xml_open(o, name);
        xml_put_hex(o, "hash", hash[i], DECISION_HASH);
        xml_close(o);
    }
}

static void put_head(struct xml_out *o, const struct decision *d)
{
    xml_put(o, "xmlns", DECISION_NS);
    xml_put(o, "kind", decision_kind_name(d->kind));
    xml_put(o, "session", d->session);
    xml_put(o, "ticket", d->ticket);
    xml_put(o, "serial", d->serial);
    xml_put(o, "date", d->date);
    put_some(o, "beforeStatus", d->before_status);
    put_some(o, "status", d->status);
    if (d->has_before)
        xml_put_points(o, "before", d->before);
    if (d->has_total)
        xml_put_points(o, "total", d->total);
    put_some(o, "article", d->article);
    put_some(o, "video", d->video);
    put_some(o, "videoHash", d->video_hash);
    put_some(o, "rater", d->rater);
}

static void put_text(struct xml_out *o, const char *name, const char *text)
{
    xml_open(o, name);
    xml_put_text(o, text);
    xml_close(o);
}

int decision_write(const struct decision *d, struct bytes *out, struct err *e)
{
    struct xml_out o;
    int r = decision_check(d, e);
    if (r < 0)
        return r;
    xml_begin(&o, out);
    xml_open(&o, "decision");
    put_head(&o, d);
    for (size_t i = 0; i < d->n_steps; i++) {
        xml_open(&o, "step");
        xml_put_int(&o, "number", d->step[i].number);
        xml_put_points(&o, "before", d->step[i].before);
        xml_put_points(&o, "after", d->step[i].after);
        xml_close(&o);
    }
    put_text(&o, "reason", d->reason);
    if (d->rating.n)
        put_text(&o, "rating", arena_strndup(d->arena, (const char *)d->rating.p, d->rating.n));
    put_hashes(&o, "saw", d->saw, d->n_saw);
    put_hashes(&o, "supersedes", d->supersedes, d->n_supersedes);
    xml_close(&o);
    return xml_end(&o, e);
}

/* ---- reading ---- */

static int read_some(const struct xml_doc *x, const char *attr, struct arena *a, const char **ret,
                     struct err *e)
{
    return xml_attr(x, xml_root(x), attr) ? document_text(x, xml_root(x), attr, a, ret, e) : 0;
}

static int read_points(const struct xml_doc *x, const char *attr, bool *has, points_t *ret, struct err *e)
{
    *has = xml_attr(x, xml_root(x), attr) != NULL;
    return *has ? xml_need_points(x, xml_root(x), attr, ret, e) : 0;
}

static int read_head(struct decision *d, const struct xml_doc *x, struct err *e)
{
    const char *kind;
    const struct {
        const char *attr, **to;
    } text[] = {{"session", &d->session},
                {"ticket", &d->ticket},
                {"serial", &d->serial},
                {"date", &d->date},
                {"beforeStatus", &d->before_status},
                {"status", &d->status},
                {"article", &d->article},
                {"video", &d->video},
                {"videoHash", &d->video_hash},
                {"rater", &d->rater}};
    int r = xml_need(x, xml_root(x), "kind", &kind, e);
    if (r == 0 && !decision_kind_parse(kind, &d->kind))
        r = xml_err(e, x, xml_root(x), _("unknown kind \"%.40s\" of decision"), kind);
    for (size_t i = 0; r == 0 && i < sizeof text / sizeof *text; i++)
        r = read_some(x, text[i].attr, d->arena, text[i].to, e);
    if (r == 0)
        r = read_points(x, "before", &d->has_before, &d->before, e);
    return r < 0 ? r : read_points(x, "total", &d->has_total, &d->total, e);
}

static int read_step(struct decision *d, const struct xml_doc *x, const struct xml_node *n, struct err *e)
{
    struct decision_step *s = &d->step[d->n_steps++];
    int r = xml_need_int(x, n, "number", 1, DECISION_MAX_STEPS, &s->number, e);
    if (r == 0)
        r = xml_need_points(x, n, "before", &s->before, e);
    return r < 0 ? r : xml_need_points(x, n, "after", &s->after, e);
}

static int read_child(struct decision *d, const struct xml_doc *x, const struct xml_node *n, struct err *e)
{
    if (xml_named(n, "step"))
        return read_step(d, x, n, e);
    if (xml_named(n, "saw"))
        return xml_need_hex(x, n, "hash", d->saw[d->n_saw++], DECISION_HASH, e);
    if (xml_named(n, "supersedes"))
        return xml_need_hex(x, n, "hash", d->supersedes[d->n_supersedes++], DECISION_HASH, e);
    if (xml_named(n, "reason"))
        d->reason = xml_content(n, d->arena);
    else if (xml_named(n, "rating"))
        d->rating = span_str(xml_content(n, d->arena));
    else
        return xml_err(e, x, n, _("unknown element <%s>"), xml_name(n));
    return 0;
}

static int read_tree(struct decision *d, const struct xml_doc *x, struct err *e)
{
    const struct xml_node *root = xml_root(x);
    int r = read_head(d, x, e);
    d->step = arena_array(d->arena, document_count(root, "step") + 1, sizeof *d->step);
    d->saw = arena_array(d->arena, document_count(root, "saw") + 1, sizeof *d->saw);
    d->supersedes = arena_array(d->arena, document_count(root, "supersedes") + 1, sizeof *d->supersedes);
    for (const struct xml_node *n = xml_first_element(root); r == 0 && n; n = xml_next_element(n))
        r = read_child(d, x, n, e);
    return r;
}

int decision_read(struct decision **ret, const char *name, struct span data, struct err *e)
{
    static const struct xml_limits limits = {.bytes = DECISION_MAX_BYTES, .elements = 1000, .depth = 4};
    struct xml_doc *x = NULL;
    struct bytes again = {0};
    struct decision *d = decision_new();
    int r = document_parse(&x, name, data, "decision", DECISION_NS, &limits, e);
    if (r == 0)
        r = read_tree(d, x, e);
    if (r == 0 && (r = decision_write(d, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(x);
    if (r < 0) {
        decision_free(d);
        return r;
    }
    *ret = d;
    return 0;
}
