/* SPDX-License-Identifier: Apache-2.0 */
/* Adds up what was recorded; all threads do so at once, and nobody records meanwhile. */
#include "bench.h"
#include "histogram.h"

static struct latency_percpu *latency;
static struct locked_histogram *per_cpu;

static int total_opvc(void)
{
    uint64_t count;
    uint64_t buckets[LATENCY_BUCKETS];
    double sum;
    double min;
    double max;
    return latency_total(latency, &count, &sum, &min, &max, buckets);
}

static void histogram_add(struct histogram *total, const struct histogram *histogram)
{
    int i;
    total->count += histogram->count;
    total->sum += histogram->sum;
    total->min = histogram->min < total->min ? histogram->min : total->min;
    total->max = histogram->max > total->max ? histogram->max : total->max;
    for (i = 0; i < LATENCY_BUCKETS; i++)
        total->bucket[i] += histogram->bucket[i];
}

static int total_per_cpu(void)
{
    struct histogram total = {0, 0, 0, 0, {0}};
    int result = 0;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        result |= pthread_mutex_lock(&per_cpu[cpu].mutex);
        histogram_add(&total, &per_cpu[cpu].data);
        result |= pthread_mutex_unlock(&per_cpu[cpu].mutex);
    }
    /* The sums count as used. */
    __asm__ __volatile__("" ::"r"(&total) : "memory");
    return result;
}

BENCH_BATCH_OF(per_cpu_batch, total_per_cpu())
BENCH_BATCH_OF(opvc_batch, total_opvc())

static int prepare(void)
{
    latency = latency_alloc();
    per_cpu = locked_histograms(opv_cpus_possible());
    return latency == NULL || per_cpu == NULL || latency_record(latency, 1, 0) != 0 ? -1 : 0;
}

static const char *check(uint64_t operations)
{
    uint64_t count;
    uint64_t buckets[LATENCY_BUCKETS];
    double sum;
    double min;
    double max;
    (void)operations;
    if (latency_total(latency, &count, &sum, &min, &max, buckets) != 0)
        return "observations could not be added up";
    return count == 1 && buckets[0] == 1 ? NULL : "the sum of the CPUs is not what one of them has seen";
}

static const struct way ways[] = {
    {"sum of the structs per CPU, each behind its mutex", per_cpu_batch, FORM_DIRECT, 0},
    {"opvc, direct form", opvc_batch, FORM_DIRECT, 1},
    {"opvc, vector form", opvc_batch, FORM_VECTOR, 1},
};

const struct work total_work = {"C: total of a histogram", ways, BENCH_COUNT(ways), prepare, check};
