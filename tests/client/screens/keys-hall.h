/* SPDX-License-Identifier: Apache-2.0 */
/* A station with a session that any two of three proctors open, 张敏, 李娜 and 王伟, and a folder where
 * sticks appear. Person 3 is a stranger. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_KEYS_HALL_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_KEYS_HALL_H

const char *keys_hall_open(void); /* the station's home */
const char *keys_hall_sticks(void);
void keys_hall_close(void);
/* A stick of that name with the key of that person in a file of that name; under a passphrase, or NULL. */
void keys_hall_put(const char *stick, const char *file, int who, const char *passphrase);
void keys_hall_put_text(const char *stick, const char *file, const char *text);
void keys_hall_pull(const char *stick);

#endif
