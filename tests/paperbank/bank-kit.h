/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs for tests of the bank: a temporary folder with item files, manifests and a bank. */
#ifndef KAOCHANG_TESTS_PAPERBANK_BANK_KIT_H
#define KAOCHANG_TESTS_PAPERBANK_BANK_KIT_H

#include "paperbank/bank/bank.h"
#include "paperbank/bank/import.h"

struct kit {
    char *dir;
    struct bank *bank;
    int64_t n[IMPORT_OUTCOMES]; /* of the last import */
    char item[100], reason[500]; /* of the last refusal */
    unsigned line;
};

void kit_open(struct kit *k);
void kit_close(struct kit *k);
char *kit_path(const struct kit *k, const char *name); /* the caller frees */
/* Writes a file of the folder. */
void kit_write(const struct kit *k, const char *name, const char *text);
/* A single-choice item with key A. */
void kit_write_item(const struct kit *k, const char *name, const char *id, const char *stem);
/* A manifest of these resources (their XML). */
void kit_write_manifest(const struct kit *k, const char *resources);
/* Imports a file of the folder; counts and the last refusal are kept in k. */
void kit_import(struct kit *k, const char *name);
int64_t kit_items(const struct kit *k);

#endif
