/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions that are one section: what they do in each form, and what trying them says. */
#define _GNU_SOURCE
#include <stddef.h>

#include "opv/engine.h"
#include "test.h"

struct node {
    struct node *next;
};

struct slot {
    uint64_t count;
    uint64_t guard;
    struct node *head;
};

static uint64_t total(struct slot *slots)
{
    uint64_t sum = 0;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu))
            sum += ((struct slot *)opv_percpu_slot(slots, cpu))->count;
    }
    return sum;
}

/* Whether sections work at all, here and now: a thread may be moved, but is not always moved. */
static int sections_work(struct slot *slots)
{
    int i;
    for (i = 0; i < 100; i++) {
        if (opv_here_try_add_u64(&slots->count, 0) == 0)
            return 1;
    }
    return 0;
}

/* While the vector form is chosen, trying does nothing, and the whole transactions do all. */
static void test_vector_form(struct slot *slots)
{
    struct node node = {NULL};
    void *taken = NULL;
    uint64_t before = total(slots);
    opv_use_vectors(1);
    CHECK_EQUAL(OPV_HERE_BUSY, opv_here_try_add_u64(&slots->count, 1));
    CHECK_EQUAL(OPV_HERE_BUSY, opv_here_try_store_u64(&slots->count, 1));
    CHECK_EQUAL(OPV_HERE_BUSY, opv_here_try_compare_store_u64(&slots->guard, 1, &slots->count, 1));
    CHECK_EQUAL(OPV_HERE_BUSY, opv_here_try_pop(&slots->head, offsetof(struct node, next), &taken));
    CHECK_EQUAL(before, total(slots));
    CHECK_EQUAL(0, opv_here_add_u64(&slots->count, 3));
    CHECK_EQUAL(before + 3, total(slots));
    CHECK_EQUAL(OPV_HERE_DIFFERS, opv_here_compare_store_u64(&slots->guard, 1, &slots->count, 1));
    CHECK_EQUAL(OPV_HERE_DIFFERS, opv_here_pop(&slots->head, offsetof(struct node, next), &taken));
    CHECK_EQUAL(0, opv_here_store_uptr(&slots->head, (uintptr_t)&node));
    opv_use_vectors(0);
}

void test_here(void)
{
    struct slot *slots = (struct slot *)opv_percpu_alloc(sizeof(struct slot), NULL);
    int work = sections_work(slots);
    test_vector_form(slots);
    CHECK_EQUAL(work, sections_work(slots));
    CHECK_EQUAL(0, opv_here_add_u64(&slots->count, 4));
    CHECK_EQUAL(7, total(slots));
    printf("transactions here: sections %s\n", work ? "work" : "do not work");
    opv_percpu_free(slots);
}
