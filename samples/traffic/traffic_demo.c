/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts packets from twice as many threads as there are CPUs, while another thread keeps taking the totals away. At
 * the end every packet must have been taken exactly once, and none of the totals may have been torn.
 */
#define OPV_IMPLEMENTATION
#include "traffic.opv.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_PER_CPU = 2, PACKETS_PER_THREAD = 1000000 };

/* Bytes of a packet of each size class, so that what was counted in one field tells what the others must hold. */
static const uint64_t bytes_of_class[TRAFFIC_SIZE_CLASSES] = {64, 256, 1500, 9000};

struct counter {
    pthread_t thread;
    struct traffic_percpu *traffic;
    uint64_t seed;
    uint64_t bytes;
};

struct taker {
    pthread_t thread;
    struct traffic_percpu *traffic;
    int counting;
    uint64_t packets;
    uint64_t bytes;
    uint64_t rounds;
};

static void fail(const char *what)
{
    fprintf(stderr, "C: %s\n", what);
    exit(EXIT_FAILURE);
}

/* Marsaglia's xorshift64: the next size class. */
static uint32_t next_class(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state % TRAFFIC_SIZE_CLASSES);
}

static void *count(void *argument)
{
    struct counter *counter = (struct counter *)argument;
    uint64_t state = counter->seed;
    int i;
    for (i = 0; i < PACKETS_PER_THREAD; i++) {
        uint32_t size_class = next_class(&state);
        if (traffic_count(counter->traffic, bytes_of_class[size_class], size_class) != 0)
            fail("a packet could not be counted");
        counter->bytes += bytes_of_class[size_class];
    }
    return NULL;
}

static void add(struct taker *taker, const struct totals *totals)
{
    uint64_t packets = 0;
    uint64_t bytes = 0;
    uint32_t i;
    for (i = 0; i < TRAFFIC_SIZE_CLASSES; i++) {
        packets += totals->by_size[i];
        bytes += totals->by_size[i] * bytes_of_class[i];
    }
    if (packets != totals->packets || bytes != totals->bytes)
        fail("these totals are torn");
    taker->packets += packets;
    taker->bytes += bytes;
    taker->rounds++;
}

static void take_all(struct taker *taker)
{
    struct totals totals;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (traffic_take_on(taker->traffic, cpu, &totals) != 0)
            fail("the totals of a CPU could not be taken");
        add(taker, &totals);
    }
}

static void *take(void *argument)
{
    struct taker *taker = (struct taker *)argument;
    while (__atomic_load_n(&taker->counting, __ATOMIC_RELAXED))
        take_all(taker);
    return NULL;
}

static int report(const struct taker *taker, const struct counter *counters, int threads)
{
    uint64_t packets = (uint64_t)threads * PACKETS_PER_THREAD;
    uint64_t bytes = 0;
    const char *form = opv_uses_vectors() ? "vector" : "direct";
    int right;
    int i;
    for (i = 0; i < threads; i++)
        bytes += counters[i].bytes;
    right = taker->packets == packets && taker->bytes == bytes;
    printf("C, %s form: %d threads on %d possible CPUs, totals taken %" PRIu64 " times\n", form, threads,
        opv_cpus_possible(), taker->rounds);
    printf("C, %s form: %" PRIu64 " packets of %" PRIu64 ", %" PRIu64 " bytes of %" PRIu64 ": %s\n", form,
        taker->packets, packets, taker->bytes, bytes, right ? "right" : "WRONG");
    return right;
}

int main(void)
{
    int threads = THREADS_PER_CPU * (int)sysconf(_SC_NPROCESSORS_ONLN);
    struct counter *counters = (struct counter *)calloc((size_t)threads, sizeof(*counters));
    struct taker taker = {0, traffic_alloc(), 1, 0, 0, 0};
    int right;
    int i;
    if (counters == NULL || taker.traffic == NULL)
        fail("out of memory");
    if (pthread_create(&taker.thread, NULL, take, &taker) != 0)
        fail("no thread could be started");
    for (i = 0; i < threads; i++) {
        counters[i].traffic = taker.traffic;
        counters[i].seed = (uint64_t)i + 1;
        if (pthread_create(&counters[i].thread, NULL, count, &counters[i]) != 0)
            fail("no thread could be started");
    }
    for (i = 0; i < threads; i++)
        pthread_join(counters[i].thread, NULL);
    __atomic_store_n(&taker.counting, 0, __ATOMIC_RELAXED);
    pthread_join(taker.thread, NULL);
    take_all(&taker);
    right = report(&taker, counters, threads);
    traffic_free(taker.traffic);
    free(counters);
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
