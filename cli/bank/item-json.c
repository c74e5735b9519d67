/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/item-json.h"

static void put_decimal(json_t *o, const char *name, int64_t thousandths)
{
    if (thousandths != BANK_UNKNOWN)
        json_object_set_new(o, name, json_real((double)thousandths / 1000));
}

json_t *item_json(const struct bank_item *i)
{
    json_t *o = json_pack("{s:s,s:I,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:I}", "id", i->id, "version",
                          (json_int_t)i->version, "kind", i->kind, "delivery", i->delivery, "state", i->state,
                          "title", i->title, "stem", i->stem, "knowledgePoint", i->knowledge_point,
                          "cognitiveLevel", i->level, "exams", (json_int_t)i->exams);
    put_decimal(o, "points", i->points.milli);
    put_decimal(o, "maxScore", i->max_score.milli);
    put_decimal(o, "facility", i->facility);
    put_decimal(o, "discrimination", i->discrimination);
    if (i->expected_s != BANK_UNKNOWN)
        json_object_set_new(o, "expectedTime", json_integer(i->expected_s));
    if (i->irt.a)
        json_object_set_new(o, "irt", json_pack("{s:f,s:f,s:f,s:s}", "a", (double)i->irt.a / 1000, "b",
                                                (double)i->irt.b / 1000, "c", (double)i->irt.c / 1000, "scale",
                                                i->irt.normal ? "normal" : "logistic"));
    if (*i->attributes)
        json_object_set_new(o, "attributes", json_string(i->attributes));
    json_t *enemies = json_array();
    for (size_t k = 0; k < i->n_enemies; k++)
        json_array_append_new(enemies, json_string(i->enemy[k]));
    json_object_set_new(o, "enemies", enemies);
    return o;
}
