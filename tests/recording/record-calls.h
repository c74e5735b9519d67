/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of the C library that record.c takes over: each stands for both names, that of files of any size
 * and the old one. */
#ifndef KAOCHANG_TESTS_RECORDING_RECORD_CALLS_H
#define KAOCHANG_TESTS_RECORDING_RECORD_CALLS_H

#include <sys/types.h>

#define STANDS_FOR(name) __asm__(name) __attribute__((visibility("default"), used))

int record_open(const char *path, int flags, ...) STANDS_FOR("open64");
int record_mkostemp(char *path, int flags) STANDS_FOR("mkostemp64");
ssize_t record_pwrite(int fd, const void *p, size_t n, off64_t at) STANDS_FOR("pwrite64");
ssize_t record_write(int fd, const void *p, size_t n) STANDS_FOR("write");
int record_ftruncate(int fd, off64_t size) STANDS_FOR("ftruncate64");
int record_fsync(int fd) STANDS_FOR("fsync");
int record_fdatasync(int fd) STANDS_FOR("fdatasync");
int record_syncfs(int fd) STANDS_FOR("syncfs");
int record_rename(const char *from, const char *to) STANDS_FOR("rename");
int record_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
    STANDS_FOR("renameat2");
int record_link(const char *from, const char *to) STANDS_FOR("link");
int record_unlink(const char *path) STANDS_FOR("unlink");
int record_rmdir(const char *path) STANDS_FOR("rmdir");
int record_mkdir(const char *path, mode_t mode) STANDS_FOR("mkdir");

#endif
