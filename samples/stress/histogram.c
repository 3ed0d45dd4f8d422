/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The histogram: five fields that change together. Every bucket stands for one value, so that the buckets tell what
 * count, sum, minimum and maximum must be; all sums are exact in a double.
 */
#include "stress.h"

#include <inttypes.h>
#include <string.h>

static struct latency_percpu *latency;

/* By bucket: how many observations the workers have made. */
static uint64_t observed[LATENCY_BUCKETS];

/* The first comparisons of the vector of record_raw(): of what it has read. */
enum { RAW_COMPARISONS = 3 };

static double value_of(uint32_t bucket)
{
    return (bucket + 1) * 0.25;
}

static void set_up(uint64_t operations)
{
    (void)operations;
    memset(observed, 0, sizeof(observed));
    latency = latency_alloc();
    if (latency == NULL)
        fail("out of memory");
}

/* latency_record() as a vector that is built by hand. */
static int record_raw(int cpu, double value, uint32_t bucket)
{
    struct latency *slot = latency_slot(latency, cpu);
    struct cpu_op ops[8];
    int stopped;
    do {
        double sum = opv_f64_of_bits(opv_load_u64(&slot->sum));
        double min = opv_f64_of_bits(opv_load_u64(&slot->min));
        double max = opv_f64_of_bits(opv_load_u64(&slot->max));
        double new_sum = sum + value;
        double new_min = opv_min_f64(min, value);
        double new_max = opv_max_f64(max, value);
        cpu_op_set_compare_eq(&ops[0], &slot->sum, &sum, sizeof(sum));
        cpu_op_set_compare_eq(&ops[1], &slot->min, &min, sizeof(min));
        cpu_op_set_compare_eq(&ops[2], &slot->max, &max, sizeof(max));
        cpu_op_set_add(&ops[3], &slot->count, 1, sizeof(slot->count));
        cpu_op_set_memcpy(&ops[4], &slot->sum, &new_sum, sizeof(sum));
        cpu_op_set_memcpy(&ops[5], &slot->min, &new_min, sizeof(min));
        cpu_op_set_memcpy(&ops[6], &slot->max, &new_max, sizeof(max));
        cpu_op_set_add(&ops[7], &slot->bucket[bucket], 1, sizeof(slot->bucket[bucket]));
        stopped = opv_execute(ops, 8, cpu);
    } while (stopped >= 1 && stopped <= RAW_COMPARISONS);
    return stopped;
}

static void work(struct worker *worker)
{
    uint64_t own[LATENCY_BUCKETS] = {0};
    uint64_t i;
    uint32_t bucket;
    for (i = 0; i < worker->operations; i++) {
        int cpu = choose_cpu(&worker->random);
        int result;
        bucket = (uint32_t)(next_random(&worker->random) % LATENCY_BUCKETS);
        if (chooses_raw_vector(&worker->random))
            result = record_raw(cpu, value_of(bucket), bucket);
        else
            result = latency_record_on(latency, cpu, value_of(bucket), bucket);
        if (result != 0)
            fail("histogram: an observation could not be recorded: %d", result);
        own[bucket]++;
    }
    for (bucket = 0; bucket < LATENCY_BUCKETS; bucket++)
        __atomic_fetch_add(&observed[bucket], own[bucket], __ATOMIC_RELAXED);
}

/* Checks that all fields tell of the same observations. */
static void check(const struct latency *slot, const char *when)
{
    uint64_t count = 0;
    double sum = 0;
    double min = __builtin_inf();
    double max = -__builtin_inf();
    uint32_t bucket;
    for (bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
        count += slot->bucket[bucket];
        sum += value_of(bucket) * (double)slot->bucket[bucket];
        min = slot->bucket[bucket] != 0 ? opv_min_f64(min, value_of(bucket)) : min;
        max = slot->bucket[bucket] != 0 ? opv_max_f64(max, value_of(bucket)) : max;
    }
    if (!opv_eq_f64(sum, slot->sum) || !opv_eq_f64(min, slot->min) || !opv_eq_f64(max, slot->max)
        || count != slot->count)
        fail("histogram, %s: count %" PRIu64 ", sum %g, %g to %g; the buckets say %" PRIu64 ", %g, %g to %g", when,
            slot->count, slot->sum, slot->min, slot->max, count, sum, min, max);
}

static void check_slot(int cpu, uint64_t *random)
{
    struct latency copy;
    (void)random;
    if (latency_copy_on(latency, cpu, &copy) != 0)
        fail("histogram: a slot could not be copied");
    check(&copy, "between two transactions");
}

/* Where every slot is whole, so is their sum. */
static void check_all(void)
{
    struct latency total;
    if (latency_total(latency, &total.count, &total.sum, &total.min, &total.max, total.bucket) != 0)
        fail("histogram: the query failed");
    check(&total, "by a query");
}

static void finish(uint64_t operations)
{
    uint64_t counted[LATENCY_BUCKETS] = {0};
    uint64_t count = 0;
    uint32_t bucket;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (!opv_cpu_is_possible(cpu))
            continue;
        check(latency_slot(latency, cpu), "at the end");
        count += latency_slot(latency, cpu)->count;
        for (bucket = 0; bucket < LATENCY_BUCKETS; bucket++)
            counted[bucket] += latency_slot(latency, cpu)->bucket[bucket];
    }
    if (count != operations || memcmp(counted, observed, sizeof(counted)) != 0)
        fail("histogram: %" PRIu64 " observations of %" PRIu64, count, operations);
    latency_free(latency);
}

const struct subject histogram = {"histogram", set_up, work, NULL, check_slot, check_all, finish};
