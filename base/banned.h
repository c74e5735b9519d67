/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that overflow, depend on a locale, or keep state in the library. Included by the build into every file. */
#ifndef KAOCHANG_BASE_BANNED_H
#define KAOCHANG_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat strtok gets tmpnam mktemp localtime ctime asctime \
    gmtime atof atoi rand srand system

#endif
