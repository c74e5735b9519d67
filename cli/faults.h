/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of one file that a person wrote, a line each on standard error: FILE:LINE: what. */
#ifndef KAOCHANG_CLI_FAULTS_H
#define KAOCHANG_CLI_FAULTS_H

struct file_faults {
    const char *path;
    unsigned n; /* told so far */
};

/* To be handed to a reader with a struct file_faults as its context. */
void file_faults_tell(void *context, unsigned line, const char *message);

#endif
