/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the units of run.opv: a C program that is a C++ program too, so that no call may need a cast in either. */
#include "run.opv.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

static int possible_cpu(void)
{
    return opv_cpu_current();
}

static void initial_values(struct store_percpu *store)
{
    for (int cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu)) {
            const struct store *slot = store_slot(store, cpu);
            CHECK(slot->count == 0 && slot->first == NULL && slot->slots[3] == 0);
            CHECK(slot->level == -3 && slot->low > 1e308 && slot->open);
            /* 0.1f would be more exact than a float where floats are evaluated in wider registers. */
            CHECK(slot->rate == 0x1.99999ap-4f);
        }
    }
}

static void every_cpu_has_its_own(struct store_percpu *store)
{
    uint64_t sum = 0;
    uint64_t expected = 0;
    for (int cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu)) {
            CHECK(store_count_on(store, cpu, (uint64_t)cpu + 1) == 0);
            expected += (uint64_t)cpu + 1;
        }
    }
    CHECK(store_count(store, 100) == 0);
    for (int cpu = 0; cpu < opv_cpus_possible(); cpu++)
        if (opv_cpu_is_possible(cpu))
            sum += store_slot(store, cpu)->count;
    CHECK(sum == expected + 100);
    CHECK(store_count_on(store, -1, 1) == -EINVAL);
    CHECK(store_count_on(store, opv_cpus_possible(), 1) == -EINVAL);
    CHECK(store_count_on(store, INT32_MAX, 1) == -EINVAL);
}

static void range_errors_change_nothing(struct store_percpu *store)
{
    int cpu = possible_cpu();
    struct store *slot = store_slot(store, cpu);
    uint64_t count = slot->count;
    uint32_t data[4] = {1, 2, 3, 4};
    CHECK(store_set_on(store, cpu, 3, 7) == 0 && slot->slots[3] == 7);
    CHECK(store_set_on(store, cpu, 4, 8) == -EINVAL);
    CHECK(store_set_on(store, cpu, UINT32_MAX, 8) == -EINVAL);
    CHECK(store_divide_on(store, cpu, 1, 0) == -EINVAL && slot->count == count);
    CHECK(store_divide_on(store, cpu, INT32_MIN, -1) == 0 && slot->count == count + (uint64_t)1 + INT32_MAX);
    CHECK(store_swap_in_on(store, cpu, data, 0, 16) == 0 && slot->slots[3] == 4);
    CHECK(store_swap_in_on(store, cpu, data, 2, 8) == 0 && slot->slots[2] == 1 && slot->slots[3] == 2);
    CHECK(store_swap_in_on(store, cpu, data, 2, 9) == -EINVAL);
    CHECK(store_swap_in_on(store, cpu, data, 0, 17) == -EINVAL);
    CHECK(store_swap_in_on(store, cpu, data, 4, 0) == -EINVAL);
}

static void guards_and_decisions_in_order(struct store_percpu *store)
{
    int cpu = possible_cpu();
    struct store *slot = store_slot(store, cpu);
    struct item one = {NULL, 1, false};
    struct item two = {&one, 2, false};
    slot->first = &two;
    slot->count = 10;
    /* What stands first decides: guard, decision, guard, range error. */
    CHECK(store_take_on(store, cpu, &one, NULL, 3, 9) == STORE_TAKE_MOVED);
    CHECK(store_take_on(store, cpu, &two, &one, 3, 9) == STORE_TAKE_TOO_LOW);
    CHECK(store_take_on(store, cpu, &two, &one, 10, 9) == STORE_TAKE_FULL);
    CHECK(store_take_on(store, cpu, &two, &one, 11, 9) == -EINVAL);
    CHECK(slot->first == &two && slot->count == 10);
    CHECK(store_take_on(store, cpu, &two, &one, 11, 0) == STORE_TAKE_COMMITTED);
    CHECK(slot->first == &one && slot->count == 11 && slot->slots[0] == 1);
    CHECK(store_take_on(store, -1, &one, NULL, 3, 9) == -EINVAL);
}

static void builder_fills_the_array(struct store_percpu *store)
{
    struct cpu_op ops[STORE_TAKE_OPS];
    struct store_take_cells cells;
    struct item one = {NULL, 1, false};
    struct opv_plan plan;
    struct store *slot = store_slot(store, possible_cpu());
    slot->first = &one;
    slot->count = 1;
    CHECK(store_take_build(ops, &cells, slot, &one, NULL, 3, 0, &plan) == 1);
    CHECK(opv_run(ops, 1, &plan, possible_cpu()) == STORE_TAKE_TOO_LOW);
    CHECK(store_take_build(ops, &cells, slot, &one, NULL, 4, 0, &plan) == STORE_TAKE_OPS);
    CHECK(opv_run(ops, STORE_TAKE_OPS, &plan, possible_cpu()) == STORE_TAKE_COMMITTED);
    CHECK(slot->first == NULL && slot->count == 2);
}

static void values_are_stored(struct store_percpu *store)
{
    int cpu = possible_cpu();
    struct store *slot = store_slot(store, cpu);
    unsigned char byte;
    CHECK(store_close_on(store, cpu, false, -1.5, 2.5f) == 0);
    CHECK(!slot->open && slot->low == -1.5 && slot->rate == 2.5f);
    CHECK(store_close_on(store, cpu, true, 0.0, 0.0f) == 0);
    memcpy(&byte, &slot->open, 1);
    CHECK(byte == 1);
}

static void raw_pointers(void)
{
    int cpu = possible_cpu();
    struct item item = {NULL, 5, false};
    struct item *nowhere = NULL;
    uint64_t word = 7;
    CHECK(run_finish(cpu, &item, 4, 6) == RUN_FINISH_MISMATCH && item.value == 5 && !item.done);
    CHECK(run_finish(cpu, &item, 5, 6) == RUN_FINISH_COMMITTED && item.value == 6 && item.done);
    CHECK(run_finish_vector_on(cpu, nowhere, 5, 6) == -EFAULT);
    CHECK(run_finish(opv_cpus_possible(), &item, 6, 7) == -EINVAL && item.value == 6);
    CHECK(run_compare_store(cpu, &word, 8, 9, sizeof(word)) == 1 && word == 7);
    CHECK(run_compare_store(cpu, &word, 7, 9, sizeof(word)) == 0 && word == 9);
    CHECK(run_compare_store(cpu, &word, 9, 1, 9) == -EINVAL);
    CHECK(run_compare_store(cpu, &word, 9, 1, 3) == 0);
    CHECK(run_compare_store(-1, &word, 9, 1, 8) == -EINVAL);
}

static void every_unit(void)
{
    struct store_percpu *store = store_alloc();
    CHECK(store != NULL);
    initial_values(store);
    every_cpu_has_its_own(store);
    range_errors_change_nothing(store);
    guards_and_decisions_in_order(store);
    builder_fills_the_array(store);
    values_are_stored(store);
    raw_pointers();
    store_free(store);
    store_free(NULL);
}

int main(void)
{
    CHECK(!opv_uses_vectors());
    every_unit();
    opv_use_vectors(1);
    CHECK(opv_uses_vectors());
    every_unit();
    return 0;
}
