/* SPDX-License-Identifier: Apache-2.0 */
/* Records one observation: count, sum, least, greatest and a bucket change together. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "histogram.h"

#define VALUES 1024

static struct latency_percpu *latency;
static struct locked_histogram *shared;
static struct locked_histogram *per_cpu;
static __thread struct histogram own;
static __thread uint32_t position;

struct locked_histogram *locked_histograms(int count)
{
    size_t size = (size_t)count * sizeof(struct locked_histogram);
    struct locked_histogram *all = (struct locked_histogram *)aligned_alloc(BENCH_APART, size);
    int i;
    if (all == NULL)
        return NULL;
    memset(all, 0, size);
    for (i = 0; i < count; i++)
        pthread_mutex_init(&all[i].mutex, NULL);
    return all;
}

static double value(void)
{
    position++;
    return (double)(position % VALUES);
}

static uint32_t bucket(void)
{
    return position % LATENCY_BUCKETS;
}

/* The value comes first, whichever argument the compiler evaluates first. */
static int record_opvc(void)
{
    double observed = value();
    return latency_record(latency, observed, bucket());
}

static int record_locked(struct locked_histogram *histogram)
{
    double observed = value();
    return locked_histogram_record(histogram, observed, bucket());
}

static int record_own(void)
{
    double observed = value();
    return histogram_record(&own, observed, bucket());
}

BENCH_BATCH_OF(shared_batch, record_locked(shared))
BENCH_BATCH_OF(per_cpu_batch, record_locked(&per_cpu[sched_getcpu()]))
BENCH_BATCH_OF(own_batch, record_own())
BENCH_BATCH_OF(opvc_batch, record_opvc())

static int prepare(void)
{
    latency = latency_alloc();
    shared = locked_histograms(1);
    per_cpu = locked_histograms(opv_cpus_possible());
    return latency == NULL || shared == NULL || per_cpu == NULL ? -1 : 0;
}

static const char *check(uint64_t operations)
{
    uint64_t count;
    uint64_t buckets[LATENCY_BUCKETS];
    uint64_t counted = 0;
    double sum;
    double min;
    double max;
    int i;
    if (latency_total(latency, &count, &sum, &min, &max, buckets) != 0)
        return "observations could not be added up";
    for (i = 0; i < LATENCY_BUCKETS; i++)
        counted += buckets[i];
    return count == operations && counted == operations ? NULL : "observations were lost or counted twice";
}

static const struct way ways[] = {
    {"pthread mutex, one struct", shared_batch, FORM_DIRECT, 0},
    {"pthread mutex and struct per CPU", per_cpu_batch, FORM_DIRECT, 0},
    {"struct per thread, no lock", own_batch, FORM_DIRECT, 0},
    {"opvc, direct form", opvc_batch, FORM_DIRECT, 1},
    {"opvc, vector form", opvc_batch, FORM_VECTOR, 1},
};

const struct work record_work = {"C: record an observation", ways, BENCH_COUNT(ways), prepare, check};
