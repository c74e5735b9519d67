/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_TESTS_RECORDING_IMAGE_TREE_H
#define KAOCHANG_TESTS_RECORDING_IMAGE_TREE_H

/* Removes a folder with all that is in it; one that is not there is nothing. */
void image_tree_remove(const char *dir);
/* A new folder in memory where there is one (/dev/shm), else in /tmp; free() the name. */
char *image_tree_new(void);

#endif
