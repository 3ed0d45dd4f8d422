/* SPDX-License-Identifier: Apache-2.0 */
/* Adds to one word. */
#define _GNU_SOURCE
#include "bench.h"
#include "counter.opv.h"
#include "peers.h"

static struct counter_percpu *counter;
static struct counter_percpu *by_hand;
static uint64_t shared __attribute__((aligned(BENCH_APART)));
static __thread uint64_t own __attribute__((aligned(BENCH_APART)));

static int add_shared(void)
{
    __atomic_add_fetch(&shared, 1, __ATOMIC_RELAXED);
    return 0;
}

static int add_section(void)
{
    int cpu;
    do {
        cpu = opv_section_cpu();
    } while (!peer_add(cpu, &counter_slot(by_hand, cpu)->value, 1));
    return 0;
}

static int add_own(void)
{
    own++;
    return 0;
}

BENCH_BATCH_OF(shared_batch, add_shared())
BENCH_BATCH_OF(own_batch, add_own())
BENCH_BATCH_OF(section_batch, add_section())
BENCH_BATCH_OF(opvc_batch, counter_add(counter, 1))
BENCH_BATCH_OF(opvc_lock_batch, counter_add_holding(counter, 1))

static int total(void)
{
    uint64_t value = 0;
    int result = counter_total(counter, &value);
    __asm__ __volatile__("" ::"r"(value));
    return result;
}

static int total_by_hand(void)
{
    uint64_t value = 0;
    int cpus = opv_cpus_possible();
    int cpu;
    for (cpu = 0; cpu < cpus; cpu++)
        value += opv_load_u64(&counter_slot(by_hand, cpu)->value);
    __asm__ __volatile__("" ::"r"(value));
    return 0;
}

BENCH_BATCH_OF(total_batch, total())
BENCH_BATCH_OF(total_by_hand_batch, total_by_hand())

static int prepare(void)
{
    if (counter == NULL)
        counter = counter_alloc();
    if (by_hand == NULL)
        by_hand = counter_alloc();
    return counter == NULL || by_hand == NULL ? -1 : 0;
}

static const char *check(uint64_t operations)
{
    uint64_t value = 0;
    if (counter_total(counter, &value) != 0)
        return "the counter could not be added up";
    return value == operations ? NULL : "additions were lost or done twice";
}

static const struct way ways[] = {
    {"section by hand", section_batch, FORM_DIRECT, 0},
    {"one word, atomic add", shared_batch, FORM_DIRECT, 0},
    {"word per thread, no lock", own_batch, FORM_DIRECT, 0},
    {"opvc", opvc_batch, FORM_DIRECT, 1},
    {"opvc, OPV_PREFER_LOCK", opvc_lock_batch, FORM_DIRECT, 1},
    {"opvc, vector form", opvc_batch, FORM_VECTOR, 1},
};

const struct work add_work = {"C: add to a counter", ways, BENCH_COUNT(ways), prepare, check};

static const struct way total_ways[] = {
    {"a load of each CPU's word", total_by_hand_batch, FORM_DIRECT, 0},
    {"opvc", total_batch, FORM_DIRECT, 0},
};

static const char *check_nothing(uint64_t operations)
{
    (void)operations;
    return NULL;
}

const struct work one_total_work = {
    "C: add up one word of all CPUs", total_ways, BENCH_COUNT(total_ways), prepare, check_nothing};
