/* SPDX-License-Identifier: Apache-2.0 */
/* office/schema.sql as text, embedded by the build. */
#ifndef KAOCHANG_OFFICE_SCHEMA_H
#define KAOCHANG_OFFICE_SCHEMA_H

extern const char office_schema[];

#endif
