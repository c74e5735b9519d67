/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/screens/keys-hall.h"

#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/key-file.h"
#include "tests/client/hall.h"

enum { PEOPLE = 4 };

static struct {
    struct hall hall;
    struct age_identity id[PEOPLE];
    struct proctors_key list[PEOPLE];
    char *sticks;
} k;

static struct err e;

const char *keys_hall_open(void)
{
    static const char *const name[PEOPLE] = {"张敏", "李娜", "王伟", "赵静"};
    for (int i = 0; i < PEOPLE; i++) {
        assert_done(age_identity_new(&k.id[i], &e), e);
        k.list[i].name = name[i];
        age_identity_recipient(&k.id[i], &k.list[i].key);
    }
    hall_open_for(&k.hall, &(struct proctors){.list = k.list, .n = 3, .needed = 2});
    k.sticks = world_path(&k.hall.world, "sticks");
    assert_done(file_mkdirs(k.sticks, false, &e), e);
    return k.hall.home;
}

const char *keys_hall_sticks(void)
{
    return k.sticks;
}

void keys_hall_close(void)
{
    for (int i = 0; i < PEOPLE; i++)
        age_identity_free(&k.id[i]);
    free(k.sticks);
    hall_close(&k.hall);
}

static void put(const char *stick, const char *file, struct span text)
{
    char *folder = path_join(k.sticks, stick), *path = path_join(folder, file);
    assert_done(file_mkdirs(folder, false, &e), e);
    world_write(path, text);
    free(path);
    free(folder);
}

void keys_hall_put(const char *stick, const char *file, int who, const char *passphrase)
{
    struct bytes text = {0};
    age_identity_text(&k.id[who], &text);
    bytes_str(&text, "\n");
    if (passphrase)
        assert_done(key_file_lock(&text, span_str(passphrase), &e), e);
    put(stick, file, bytes_span(&text));
    bytes_release(&text);
}

void keys_hall_put_text(const char *stick, const char *file, const char *text)
{
    put(stick, file, span_str(text));
}

void keys_hall_pull(const char *stick)
{
    char *folder = path_join(k.sticks, stick);
    world_remove_tree(folder);
    free(folder);
}
