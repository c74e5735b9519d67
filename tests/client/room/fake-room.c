/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "client/agent/fields.h"
#include "tests/client/room/fake-room.h"

static struct err e;

/* ---- the courier ---- */

static void who(void *self, const struct carry_who *w)
{
    struct fake *f = self;
    assert_true(w->certificate.n > 100 && w->key.n > 100);
    f->who++;
}

static void take_request(void *self, const struct carry_request *r)
{
    struct fake *f = self;
    const char *path = strstr(r->url, "/1/");
    assert_non_null(path);
    assert_true(f->n < FAKE_SENT);
    f->sent[f->n++] = (struct fake_sent){.id = r->id,
                                         .wait_ms = r->wait_ms,
                                         .path = arena_strdup(f->a, path),
                                         .pin = arena_strdup(f->a, r->pin),
                                         .post = r->post,
                                         .body = span_of(arena_copy(f->a, r->body.p, r->body.n), r->body.n)};
}

static void cancel(void *self, int64_t id)
{
    struct fake *f = self;
    for (size_t i = 0; i < f->n; i++)
        if (f->sent[i].id == id)
            f->sent[i].gone = true;
}

/* ---- the station ---- */

static void start_station(struct fake *f)
{
    static const char *const service[] = {"https://127.0.0.1:8443"};
    const struct uplink_options o = {.service = service, .n_services = 1, .power = f->hall->world.dir};
    const struct uplink_courier courier = {.self = f, .who = who, .send = take_request, .cancel = cancel};
    const struct agent_start s = {
        .home = f->hall->home, .waiting = true, .hold = true, .role = ROOM_AT_STATION};
    int pair[2];
    assert_done(room_new(&f->room, &s, &f->now, &e), e);
    assert_done(uplink_new(&f->uplink, f->room, &o, &courier, &e), e);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), 0);
    f->sit_fd = pair[1];
    f->line = (struct line){0};
    wire_init(&f->line.wire, pair[0]);
}

static void end_station(struct fake *f)
{
    line_leave(f->room, &f->line);
    wire_release(&f->line.wire);
    close(f->sit_fd);
    uplink_free(f->uplink);
    room_free(f->room);
}

static void fake_begin(struct fake *f, struct hall *hall)
{
    *f = (struct fake){
        .hall = hall, .a = arena_new(), .now = {.wall_ms = WORLD_NOW, .mono_ms = 1000000, .boot_id = "boot"}};
    hall_reset(hall);
    assert_done(minisign_new(&f->key, &e), e);
    f->chain = kit_certify(&hall->world, f->a, &f->key, "room", "desk", "301");
    const struct introduction desk = {
        .of_room = true, .name = "desk", .site = "S1", .room = "301", .tls = {7}};
    assert_done(introduction_make(&desk, &f->key, &f->chain, &f->introduction, &e), e);
    start_station(f);
}

static void fake_end(struct fake *f)
{
    end_station(f);
    bytes_release(&f->introduction);
    minisign_secret_free(&f->key);
    arena_free(f->a);
}

static struct fake *used;
static struct hall hall;

void fake_use(struct fake *f)
{
    used = f;
}

int fake_setup_all(void **state)
{
    (void)state;
    hall_open(&hall);
    return 0;
}

int fake_teardown_all(void **state)
{
    (void)state;
    hall_close(&hall);
    return 0;
}

int fake_setup(void **state)
{
    (void)state;
    fake_begin(used, &hall);
    return 0;
}

int fake_teardown(void **state)
{
    (void)state;
    fake_end(used);
    return 0;
}

void fake_restart(struct fake *f)
{
    end_station(f);
    f->n = 0;
    start_station(f);
}

void fake_pass(struct fake *f, int64_t ms)
{
    f->now.mono_ms += ms;
    f->now.wall_ms += ms;
    room_clock(f->room, &f->now);
    uplink_turn(f->uplink);
}

/* ---- the service ---- */

bool fake_asks(const struct fake *f, const char *path)
{
    for (size_t i = f->n; i-- > 0;)
        if (!f->sent[i].gone && strcmp(f->sent[i].path, path) == 0)
            return true;
    return false;
}

struct fake_sent *fake_asked(struct fake *f, const char *path)
{
    for (size_t i = f->n; i-- > 0;)
        if (!f->sent[i].gone && strcmp(f->sent[i].path, path) == 0)
            return &f->sent[i];
    fail_msg("%s was not asked", path);
    return NULL;
}

void fake_answer(struct fake *f, struct fake_sent *s, int64_t status, struct span body)
{
    s->gone = true;
    uplink_take(f->uplink, &(struct carry_reply){.id = s->id, .status = status, .error = "", .body = body});
}

void fake_fail(struct fake *f, struct fake_sent *s)
{
    s->gone = true;
    uplink_take(f->uplink, &(struct carry_reply){.id = s->id, .error = "nobody is there"});
}

bool fake_reaches(const struct fake *f)
{
    struct control_room shown = {0};
    f->room->hooks.status(f->room->hooks.self, f->a, &shown);
    return shown.reachable;
}

struct api_state fake_told(struct fake *f)
{
    struct api_state told;
    assert_done(api_get_state(fake_asked(f, "/1/news")->body, f->a, &told, &e), e);
    return told;
}

void fake_introduce(struct fake *f)
{
    fake_answer(f, fake_asked(f, "/1/introduction"), 200, bytes_span(&f->introduction));
    fake_pass(f, 1);
}

void fake_hello(struct fake *f)
{
    struct fake_sent *s = fake_asked(f, "/1/hello");
    struct api_hello h = {.admitted = true, .session = "am", .wall_ms = WORLD_NOW};
    struct bytes body = {0};
    assert_done(introduction_check(&f->station, NULL, f->a, s->body, f->hall->world.trust, "S1", "301", &e),
                e);
    memcpy(h.package, package_hash(f->room->package), sizeof h.package);
    api_put_hello(&h, &body);
    fake_answer(f, s, 200, bytes_span(&body));
    bytes_release(&body);
    fake_pass(f, 1);
}

void fake_news(struct fake *f, struct api_command *c, size_t n)
{
    struct api_begun begun = {f->begun};
    struct api_news news = {
        .admitted = true, .command = c, .n = n, .begun = &begun, .n_begun = f->begun != NULL};
    struct bytes body = {0};
    for (size_t i = 0; i < n; i++) {
        c[i].number = c[i].number ? c[i].number : ++f->number;
        c[i].ticket = c[i].ticket ? c[i].ticket : "*";
    }
    api_put_news(&news, &body);
    fake_answer(f, fake_asked(f, "/1/news"), 200, bytes_span(&body));
    bytes_release(&body);
    fake_pass(f, 60);
}

void fake_command(struct fake *f, struct api_command c)
{
    fake_take_rows(f);
    if (!fake_asks(f, "/1/news"))
        fake_pass(f, 6000);
    fake_news(f, &c, 1);
}

/* The key as the service seals it: the package's own, opened by the code once. */
static struct span sealed_key(struct fake *f)
{
    static struct bytes text; /* the same package for all tests; it takes scrypt */
    struct bytes sealed = {0};
    if (!text.n) {
        struct room *r = NULL;
        const struct agent_start s = {.home = f->hall->home, .waiting = true, .hold = true};
        assert_done(room_new(&r, &s, &f->now, &e), e);
        assert_done(room_unlock_code(r, f->hall->code, &e), e);
        age_identity_text(&r->unlock, &text);
        room_free(r);
    }
    assert_done(age_seal(bytes_span(&text), &f->station.recipient, 1, &sealed, &e), e);
    struct span s = span_of(arena_copy(f->a, sealed.p, sealed.n), sealed.n);
    bytes_release(&sealed);
    return s;
}

static struct span roster_of(struct fake *f)
{
    struct age_identity site = {0};
    struct roster *roster = NULL;
    struct bytes out = {0};
    assert_done(station_site_identity(f->room->station, &site, &e), e);
    assert_done(package_open_roster(f->room->package, "S1", &site, &roster, &e), e);
    assert_done(roster_write(roster, &out, &e), e);
    struct span s = span_of(arena_copy(f->a, out.p, out.n), out.n);
    bytes_release(&out);
    roster_free(roster);
    age_identity_free(&site);
    return s;
}

void fake_open(struct fake *f)
{
    fake_pass(f, 1);
    fake_introduce(f);
    fake_hello(f);
    fake_command(f, (struct api_command){.kind = API_OPEN, .data = sealed_key(f), .more = roster_of(f)});
    assert_in_range(f->room->state, ROOM_OPEN, ROOM_RUNNING); /* the minutes remember the start */
    fake_command(f, (struct api_command){.kind = API_START, .value = WORLD_NOW});
    assert_int_equal(f->room->state, ROOM_RUNNING);
}

struct api_rows fake_rows(struct fake *f, int64_t seq)
{
    struct fake_sent *s = fake_asked(f, "/1/rows");
    struct api_rows rows;
    struct api_kept_sitting sitting[API_MAX_SITTINGS];
    struct bytes body = {0};
    assert_done(api_get_rows(s->body, f->a, &rows, &e), e);
    for (size_t i = 0; i < rows.n; i++) {
        const struct api_part *p = &rows.part[i];
        int64_t last = p->n ? p->row[p->n - 1].seq : p->has_seal ? p->seal.seq : 0;
        sitting[i] = (struct api_kept_sitting){
            .ticket = p->ticket, .epoch = p->start.epoch, .seq = seq >= 0 ? seq : last, .refused = ""};
    }
    api_put_kept(&(struct api_kept){sitting, rows.n}, &body);
    fake_answer(f, s, 200, bytes_span(&body));
    bytes_release(&body);
    fake_pass(f, 1);
    return rows;
}

size_t fake_take_rows(struct fake *f)
{
    size_t n = 0;
    fake_pass(f, 1);
    while (fake_asks(f, "/1/rows")) {
        struct api_rows rows = fake_rows(f, -1);
        for (size_t i = 0; i < rows.n; i++)
            n += rows.part[i].n;
    }
    return n;
}

struct span fake_order(struct fake *f, const struct journal_order *o, const struct minisign_secret *key,
                       const struct certificate_chain *chain)
{
    struct bytes packed = {0};
    struct journal_order order = *o;
    order.session = order.session ? order.session : "am";
    order.ticket = order.ticket ? order.ticket : "T001";
    order.serial = order.serial ? order.serial : "00112233445566778899aabbccddeeff";
    order.reason = order.reason ? order.reason : "fire alarm";
    assert_done(journal_order_sign(&order, key, chain, &packed, &e), e);
    struct span s = span_of(arena_copy(f->a, packed.p, packed.n), packed.n);
    bytes_release(&packed);
    return s;
}

/* ---- the candidate's program ---- */

static bool read_reply(struct fake *f, struct bytes *out, enum message_type *ret_type, struct span *ret_body)
{
    size_t size;
    struct span all = span_of(arena_copy(f->a, out->p, out->n), out->n), body;
    bool there = out->n && message_next(all, MESSAGE_MAX, ret_type, &body, &size, &e) == 1;
    if (there && ret_body)
        *ret_body = body;
    bytes_release(out);
    return there;
}

bool fake_ask(struct fake *f, const struct request *r, enum message_type *ret_type, struct span *ret_body)
{
    struct bytes request = {0}, out = {0};
    int passed = -1;
    struct request whole = *r;
    whole.ticket = whole.ticket ? whole.ticket : "";
    whole.text = whole.text ? whole.text : "";
    message_put_request(&whole, &request);
    line_handle(f->room, &f->line, r->type, span_of(request.p + MESSAGE_HEAD, request.n - MESSAGE_HEAD), &out,
                &passed);
    bytes_release(&request);
    uplink_turn(f->uplink);
    return read_reply(f, &out, ret_type, ret_body);
}

bool fake_late(struct fake *f, enum message_type *ret_type, struct span *ret_body)
{
    struct bytes out = {0};
    int passed = -1;
    if (!line_is_due(&f->line, f->now.mono_ms))
        return false;
    line_resume(f->room, &f->line, &out, &passed);
    return read_reply(f, &out, ret_type, ret_body);
}

bool fake_heard(struct fake *f, enum message_type type, struct span *ret_body)
{
    uint8_t buffer[1 << 14];
    ssize_t n = recv(f->sit_fd, buffer, sizeof buffer, MSG_DONTWAIT);
    struct span left = span_of(arena_copy(f->a, buffer, n > 0 ? (size_t)n : 0), n > 0 ? (size_t)n : 0), body;
    enum message_type got;
    size_t size;
    bool heard = false;
    while (message_next(left, MESSAGE_MAX, &got, &body, &size, NULL) == 1) {
        heard = heard || got == type;
        if (got == type && ret_body)
            *ret_body = body;
        left = span_of(left.p + size, left.n - size);
    }
    return heard;
}

struct seat *fake_seat(struct fake *f, const char *ticket)
{
    struct seat *seat = NULL;
    assert_done(room_seat(f->room, ticket, &seat, &e), e);
    return seat;
}

struct sitting *fake_sit(struct fake *f)
{
    struct link_terms terms;
    struct sitting *s = NULL;
    enum message_type type;
    struct seat *seat = fake_seat(f, "T001");
    if (!fake_ask(f, &(struct request){.type = MESSAGE_SIGN_IN, .ticket = "T001"}, &type, NULL)) {
        struct bytes body = {0};
        api_put_claimed(&(struct api_claimed){.verdict = seat->store ? API_GO_ON : API_BEGIN}, &body);
        fake_answer(f, fake_asked(f, "/1/claim"), 200, bytes_span(&body));
        bytes_release(&body);
        assert_true(fake_late(f, &type, NULL));
    }
    assert_int_equal(type, MESSAGE_CANDIDATE);
    assert_done(room_start(f->room, seat, &terms, &e), e);
    terms.paper_fd = dup(terms.paper_fd);
    assert_done(sitting_open(&s, &terms, NULL, &f->now, &e), e);
    if (sitting_session(s)->state == SITTING_NEW)
        assert_done(sitting_start(s, &f->now, &e), e);
    fake_ask(f, &(struct request){.type = MESSAGE_STORED}, &type, NULL);
    return s;
}

void fake_write(struct fake *f, struct sitting *s, size_t item, const char *choice)
{
    struct response_set set = exam_choice(f->a, choice);
    enum message_type type;
    f->now.mono_ms += 10;
    assert_done(sitting_answer(s, item, &set, &f->now, &e), e);
    fake_ask(f, &(struct request){.type = MESSAGE_STORED}, &type, NULL);
}
