/* SPDX-License-Identifier: Apache-2.0 */
/* engine/exam/report.css as text, embedded by the build. */
#ifndef KAOCHANG_ENGINE_EXAM_REPORT_PAGE_H
#define KAOCHANG_ENGINE_EXAM_REPORT_PAGE_H

extern const char exam_report_style[];

#endif
