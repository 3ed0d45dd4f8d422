/* SPDX-License-Identifier: Apache-2.0 */
/* What slots begin with, and what both forms set them back to. */
#include "initials.opv.h"
#include "seeded.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200 };

static struct window fresh;

static void begins(const struct window *slot)
{
    int i;
    CHECK(slot->turn == 1 && slot->open && slot->kept == 0);
    for (i = 0; i < 4; i++) {
        CHECK(slot->extents[i].least == INFINITY && slot->extents[i].most == -INFINITY);
        CHECK(slot->extents[i].marks[0] == 0x01020304 && slot->extents[i].marks[2] == 0x01020304);
        CHECK(slot->extents[i].tag == 0);
    }
    for (i = 0; i < 3; i++)
        CHECK(slot->level[0][i] == -2 && slot->level[1][i] == -2);
    for (i = 0; i < 32; i++)
        CHECK(slot->buckets[i] == 0);
    for (i = 0; i < 100; i++)
        CHECK(slot->many[i] == 7);
    CHECK(slot->last.least == INFINITY && slot->last.marks[1] == 0x01020304);
}

static void scramble(void *memory, size_t size)
{
    unsigned char *bytes = (unsigned char *)memory;
    size_t i;
    for (i = 0; i < size; i++)
        bytes[i] = (unsigned char)(rand() >> 4);
}

/* The slot with the parts set back that part() sets back. */
static void set_back(struct window *slot, uint32_t i)
{
    slot->extents[i] = fresh.extents[i];
    memcpy(slot->level[1], fresh.level[1], sizeof(fresh.level[1]));
    memcpy(slot->buckets, fresh.buckets, sizeof(fresh.buckets));
    memcpy(slot->many, fresh.many, sizeof(fresh.many));
    memcpy(&slot->last, &fresh.last, sizeof(fresh.last));
    memcpy(&slot->extents[i], &fresh.extents[i], sizeof(fresh.extents[i]));
    slot->turn = 1;
}

typedef int part_function(struct window_percpu *w, int cpu, uint32_t i, double *most, uint32_t *mark);
typedef int whole_function(struct window_percpu *w, int cpu);
typedef int refused_function(struct window_percpu *w, int cpu, uint64_t turn);
typedef int behind_function(struct window_percpu *w, int cpu, struct extent *e, uint64_t *n);
typedef int take_function(struct window_percpu *w, double *least, uint32_t marks[3], uint32_t many[100]);
typedef int look_function(struct window_percpu *w, double *least, int64_t *level, uint64_t buckets[32]);

struct forms {
    part_function *part;
    whole_function *whole;
    refused_function *refused;
    behind_function *behind;
    take_function *take;
    look_function *look;
};

static void sets_back(const struct forms *forms, struct window_percpu *w, int cpu)
{
    struct window *slot = window_slot(w, cpu);
    struct window expected;
    struct window before;
    struct extent extent;
    uint64_t number = 5;
    uint32_t i = (uint32_t)rand() % 4;
    double most = 0;
    uint32_t mark = 0;
    scramble(slot, sizeof(*slot));
    slot->open = rand() % 2 == 0;
    memcpy(&expected, slot, sizeof(expected));
    set_back(&expected, i);
    CHECK(forms->part(w, cpu, 4, &most, &mark) == -EINVAL);
    CHECK(forms->part(w, cpu, i, &most, &mark) == 0);
    CHECK(memcmp(slot, &expected, sizeof(expected)) == 0);
    CHECK(most == -INFINITY && mark == 0x01020305);
    scramble(slot, sizeof(*slot));
    memcpy(&before, slot, sizeof(before));
    CHECK(forms->refused(w, cpu, 3) == WINDOW_REFUSED_LATE);
    CHECK(memcmp(slot, &before, sizeof(before)) == 0);
    CHECK(forms->whole(w, cpu) == 0);
    CHECK(memcmp(slot, &fresh, sizeof(fresh)) == 0);
    scramble(&extent, sizeof(extent));
    CHECK(forms->behind(w, cpu, &extent, &number) == 0);
    CHECK(memcmp(&extent, &fresh.last, sizeof(extent)) == 0 && number == 0);
    CHECK(slot->kept == 1);
    slot->kept = 0;
}

static void folds(const struct forms *forms, struct window_percpu *w, int cpu)
{
    struct window *slot = window_slot(w, cpu);
    double least = 0;
    uint32_t marks[3];
    uint32_t many[100];
    int64_t level = 0;
    uint64_t buckets[32];
    slot->extents[2].least = 4.5;
    slot->last.marks[1] = 0xffffffff;
    slot->many[99] = 8;
    CHECK(forms->take(w, &least, marks, many) == 0);
    CHECK(least == 4.5 && marks[0] == 0x01020304 && marks[1] == 0xffffffff && many[0] == 7 && many[99] == 8);
    CHECK(memcmp(slot, &fresh, sizeof(fresh)) == 0);
    CHECK(forms->take(w, &least, marks, many) == 0);
    CHECK(least == INFINITY && marks[1] == 0x01020304 && many[99] == 7);
    CHECK(forms->look(w, &least, &level, buckets) == 0);
    CHECK(least == INFINITY && buckets[31] == 0 && level < 0 && level % 2 == 0);
}

int main(void)
{
    static const struct forms direct = {
        window_part_direct_on, window_whole_direct_on, window_refused_direct_on, window_behind_direct_on, window_take_direct, window_look_direct};
    static const struct forms vector = {
        window_part_vector_on, window_whole_vector_on, window_refused_vector_on, window_behind_vector_on, window_take_vector, window_look_vector};
    struct window_percpu *w = window_alloc();
    double least = 0;
    int64_t level = 0;
    uint64_t buckets[32];
    int cpu;
    int round;
    CHECK(w != NULL);
    /* Before anything has run on any CPU. */
    CHECK(window_look(w, &least, &level, buckets) == 0);
    CHECK(least == INFINITY && buckets[0] == 0 && level < 0);
    memcpy(&fresh, window_slot(w, opv_cpu_current()), sizeof(fresh));
    for (cpu = opv_cpu_possible_from(0); cpu >= 0; cpu = opv_cpu_possible_from(cpu + 1))
        begins(window_slot(w, cpu));
    for (round = 0; round < ROUNDS; round++) {
        cpu = opv_cpu_current();
        sets_back(&direct, w, cpu);
        folds(&direct, w, cpu);
        sets_back(&vector, w, cpu);
        folds(&vector, w, cpu);
    }
    window_free(w);
    w = window_alloc();
    CHECK(w != NULL);
    for (cpu = opv_cpu_possible_from(0); cpu >= 0; cpu = opv_cpu_possible_from(cpu + 1))
        begins(window_slot(w, cpu));
    window_free(w);
    return 0;
}
