/* SPDX-License-Identifier: Apache-2.0 */
/* sync/schema.sql as text, embedded by the build. */
#ifndef KAOCHANG_SYNC_SCHEMA_H
#define KAOCHANG_SYNC_SCHEMA_H

extern const char sync_schema[];

#endif
