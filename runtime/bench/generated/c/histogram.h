/* SPDX-License-Identifier: Apache-2.0 */
/* The five fields of struct latency as a C programmer writes them, and behind a mutex. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <pthread.h>
#include <stdint.h>

#include "bench.h"
#include "latency.opv.h"

struct histogram {
    uint64_t count;
    double sum;
    double min;
    double max;
    uint64_t bucket[LATENCY_BUCKETS];
} __attribute__((aligned(BENCH_APART)));

struct locked_histogram {
    pthread_mutex_t mutex;
    struct histogram data;
} __attribute__((aligned(BENCH_APART)));

static inline int histogram_record(struct histogram *histogram, double value, uint32_t index)
{
    histogram->count++;
    histogram->sum += value;
    histogram->min = value < histogram->min ? value : histogram->min;
    histogram->max = value > histogram->max ? value : histogram->max;
    histogram->bucket[index]++;
    return 0;
}

static inline int locked_histogram_record(struct locked_histogram *histogram, double value, uint32_t index)
{
    int result = pthread_mutex_lock(&histogram->mutex);
    result |= histogram_record(&histogram->data, value, index);
    return result | pthread_mutex_unlock(&histogram->mutex);
}

/* Returns one for each of so many CPUs, or NULL. */
struct locked_histogram *locked_histograms(int count);

#endif
