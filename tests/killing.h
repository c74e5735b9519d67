/* SPDX-License-Identifier: Apache-2.0 */
/* Runs work in a child that is killed, without warning, just before its n-th change of the file system. For
 * tests that a kill at any moment leaves a usable state. Linux, x86-64 and arm64 (ptrace). */
#ifndef KAOCHANG_TESTS_KILLING_H
#define KAOCHANG_TESTS_KILLING_H

#include <stdbool.h>

/* fn(context) in a child; its changes (open for writing, write, sync, rename, link, unlink, mkdir, …) are
 * counted from 1. Returns true when the work ended by itself, *ret_status being what fn returned (0..255);
 * false when it was killed. */
bool run_until_change(int n, int (*fn)(void *context), void *context, int *ret_status);

/* fn(context) in a child that cannot make a file longer than `bytes`: writing fails as on a full disk.
 * Returns what fn returned. */
int run_with_full_disk(long bytes, int (*fn)(void *context), void *context);

#endif
