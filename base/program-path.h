/* SPDX-License-Identifier: Apache-2.0 */
/* Where another program of ours is. */
#ifndef KAOCHANG_BASE_PROGRAM_PATH_H
#define KAOCHANG_BASE_PROGRAM_PATH_H

/* Its path: beside the running program, else in $PATH; NULL when it is in neither. malloc'ed. */
char *program_path(const char *name);

#endif
