/* SPDX-License-Identifier: Apache-2.0 */
/* base/report.css as text, embedded by the build: the look of every page of HTML that is printed. */
#ifndef KAOCHANG_BASE_REPORT_STYLE_H
#define KAOCHANG_BASE_REPORT_STYLE_H

extern const char report_style[];

#endif
