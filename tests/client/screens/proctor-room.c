/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/proctor-room.h"

#include "client/screens/frame.h"

static const char *const names[] = {"王芳", "欧阳建国", "李明", "赵敏", "陈晨"};

static void sit(struct sample_room *s, size_t i, bool service)
{
    struct control_candidate *c = &s->candidate[i];
    say(s->text[i][0], 24, "4201080302%02zu", i + 1);
    say(s->text[i][1], 24, "%zu", i + 1);
    say(s->text[i][2], 24, "st%02zu", i + 1);
    *c = (struct control_candidate){.ticket = s->text[i][0],
                                    .name = names[i % 5],
                                    .id_number = "420106198803142817",
                                    .seat = s->text[i][1],
                                    .form = i % 2 ? "A" : "B",
                                    .state = SITTING_ANSWERING,
                                    .connected = true,
                                    .answered = (int64_t)(9 + i % 9),
                                    .items = 60,
                                    .used_ms = 1132000,
                                    .allowance_ms = 3600000,
                                    .kept = service ? CONTROL_BOTH : CONTROL_HERE,
                                    .station = service ? s->text[i][2] : "st01",
                                    .trouble = ""};
}

void sample_room(struct sample_room *s, size_t seats, bool service)
{
    *s = (struct sample_room){0};
    for (size_t i = 0; i < seats; i++)
        sit(s, i, service);
    for (size_t i = 0; service && i < seats + 2; i++) {
        say(s->text[i][2], 24, "st%02zu", i + 1);
        s->station[i] = (struct control_station){.name = s->text[i][2],
                                                 .ticket = i < seats ? s->text[i][0] : "",
                                                 .state = CONTROL_OPEN,
                                                 .battery = i % 3 ? -1 : 80,
                                                 .charging = true};
    }
    s->room = (struct control_room){.session = "am1",
                                    .title = "教师计算机等级考试  上机考试",
                                    .site = "S01",
                                    .room = "R302",
                                    .room_name = "第三考场  信息技术楼 302",
                                    .state = ROOM_RUNNING,
                                    .service = service,
                                    .reachable = true,
                                    .running_ms = 1132000,
                                    .duration_ms = 3600000,
                                    .candidate = s->candidate,
                                    .n = seats,
                                    .station = s->station,
                                    .n_stations = service ? seats + 2 : 0};
}

void sample_open(struct sample_room *s)
{
    s->room.state = ROOM_OPEN;
    s->room.running_ms = -1;
    for (size_t i = 0; i < s->room.n; i++) {
        struct control_candidate *c = &s->candidate[i];
        c->state = SITTING_NEW;
        c->connected = i % 3 != 2;
        c->answered = c->used_ms = 0;
        c->kept = CONTROL_NOTHING_YET;
        if (!c->connected)
            c->station = "";
    }
    s->candidate[8].absent = true;
}

static void end(struct control_candidate *c, enum sitting_state state, bool sealed)
{
    c->state = state;
    c->connected = false;
    c->sealed = sealed;
    c->answered = 60;
    if (sealed)
        say(c->receipt, sizeof c->receipt, "%s", "8EDE-F21F-D1T3-RGQZ-X");
}

void sample_troubles(struct sample_room *s)
{
    struct control_candidate *c = s->candidate;
    bool service = s->room.service;
    end(&c[0], SITTING_HANDED_IN, true);
    c[1].connected = false; /* interrupted */
    c[1].interruptions = 1;
    c[2].state = SITTING_NEW;
    c[2].connected = false;
    c[2].absent = true;
    c[3].late = true;
    c[6].pending = service;
    c[7].breach = CONTROL_VIOLATION;
    c[8].trouble =
        "two machines wrote this sitting: st09 and st31, from event 41 on; what st31 wrote is kept in "
        "journals/420108030209.other-st31.journal";
    end(&c[10], SITTING_FORCED_END, false);
    c[9].state = SITTING_PAUSED;
    if (!service)
        return;
    c[3].kept = CONTROL_HERE;
    c[4].kept = CONTROL_AT_RISK;
    c[5].connected = false; /* silent */
    c[5].silent_ms = 42000;
    s->station[4].disk = CONTROL_DISK_FULL;
    s->station[5].state = CONTROL_SILENT;
    s->station[5].silent_ms = 42000;
    c[13].kept = CONTROL_ROOM_ONLY;
    s->station[13].disk = CONTROL_DISK_READ_ONLY;
    s->station[11].battery = 9;
    s->station[11].charging = false;
    s->station[11].clock_off_ms = 190000;
    s->station[s->room.n_stations - 1].state = CONTROL_ASKS;
}
