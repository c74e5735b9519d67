/* SPDX-License-Identifier: Apache-2.0 */
/* statistics/report.css as text, embedded by the build. */
#ifndef KAOCHANG_STATISTICS_REPORT_STYLE_H
#define KAOCHANG_STATISTICS_REPORT_STYLE_H

extern const char report_style[];

#endif
