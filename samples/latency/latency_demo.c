/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Four threads a CPU record latencies, each into a buffer that it takes off a free list and puts back. At the end every
 * observation has been counted once, and every buffer is on one list, once.
 */
#define OPV_IMPLEMENTATION
#include "latency.opv.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_PER_CPU = 4, OBSERVATIONS = 200000, BUFFERS_PER_CPU = 8, LARGEST = 999 };

struct observer {
    pthread_t thread;
    struct latency_percpu *latency;
    uint64_t owner;
};

static void fail(const char *what)
{
    fprintf(stderr, "C: %s\n", what);
    exit(EXIT_FAILURE);
}

/* A buffer that two threads had at once would show the other's mark. */
static void use(struct buffer *buffer, uint64_t owner)
{
    __atomic_store_n(&buffer->owner, owner, __ATOMIC_RELAXED);
    if (__atomic_load_n(&buffer->owner, __ATOMIC_RELAXED) != owner)
        fail("two threads had one buffer");
}

static void *observe(void *argument)
{
    const struct observer *observer = (const struct observer *)argument;
    uint32_t i;
    for (i = 0; i < OBSERVATIONS; i++) {
        struct buffer *buffer = NULL;
        int popped = latency_pop(observer->latency, &buffer);
        if (popped == LATENCY_POP_COMMITTED)
            use(buffer, observer->owner);
        if (latency_record(observer->latency, (double)(i % (LARGEST + 1)), i % LATENCY_BUCKETS) != 0)
            fail("an observation could not be recorded");
        if (popped == LATENCY_POP_COMMITTED && latency_push(observer->latency, buffer) != 0)
            fail("a buffer could not be put back");
    }
    return NULL;
}

/* Gives back the buffers of a list; one that went on for ever would hold some twice. */
static int release(struct buffer *buffer, int most)
{
    int length = 0;
    while (buffer != NULL && length <= most) {
        struct buffer *next = buffer->next;
        free(buffer);
        buffer = next;
        length++;
    }
    return length;
}

static void check(struct latency_percpu *latency, int threads, int buffers)
{
    uint64_t expected = (uint64_t)threads * OBSERVATIONS;
    uint64_t count;
    uint64_t bucket[LATENCY_BUCKETS];
    uint64_t in_buckets = 0;
    double sum;
    double min;
    double max;
    int listed = 0;
    int cpu;
    uint32_t i;
    if (latency_total(latency, &count, &sum, &min, &max, bucket) != 0)
        fail("observations could not be added up");
    for (i = 0; i < LATENCY_BUCKETS; i++)
        in_buckets += bucket[i];
    if (count != expected || in_buckets != expected || sum < (double)expected * LARGEST / 2
        || sum > (double)expected * LARGEST / 2 || min < 0 || min > 0 || max < LARGEST || max > LARGEST)
        fail("observations were lost or counted twice");
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        listed += release(latency_slot(latency, cpu)->free, buffers);
    if (listed != buffers)
        fail("buffers were lost or listed twice");
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(void)
{
    int cpus = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int threads = THREADS_PER_CPU * cpus;
    int buffers = BUFFERS_PER_CPU * opv_cpus_possible();
    struct latency_percpu *latency = latency_alloc();
    struct observer *observers = (struct observer *)calloc((size_t)threads, sizeof(*observers));
    double start;
    double elapsed;
    int i;
    if (latency == NULL || observers == NULL)
        fail("out of memory");
    for (i = 0; i < buffers; i++) {
        struct buffer *buffer = (struct buffer *)calloc(1, sizeof(*buffer));
        if (buffer == NULL || latency_push_on(latency, i % opv_cpus_possible(), buffer) != 0)
            fail("a buffer could not be put on a list");
    }
    start = now();
    for (i = 0; i < threads; i++) {
        observers[i].latency = latency;
        observers[i].owner = (uint64_t)i + 1;
        if (pthread_create(&observers[i].thread, NULL, observe, &observers[i]) != 0)
            fail("no thread could be started");
    }
    for (i = 0; i < threads; i++)
        pthread_join(observers[i].thread, NULL);
    elapsed = (now() - start) * cpus;
    check(latency, threads, buffers);
    printf("C, %s form: %d threads, %" PRIu64 " observations and buffers, about %.0f ns of a CPU for each: all right\n",
        opv_uses_vectors() ? "vector" : "direct", threads, (uint64_t)threads * OBSERVATIONS,
        elapsed / threads / OBSERVATIONS);
    latency_free(latency);
    free(observers);
    return EXIT_SUCCESS;
}
