/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nobody who sleeps on a CPU's lock is forgotten. In each round every thread takes the lock once, and holds it while the
 * others come and fall asleep; then nobody touches the lock any more until all have had it. Whoever is overlooked once
 * sleeps for ever, and the alarm ends the program.
 *
 * With OPV_TEST_NO_MEMBARRIER the kernel seems to have no membarrier().
 */
#define OPV_IMPLEMENTATION
#define _GNU_SOURCE
#include <sys/syscall.h>
#ifdef OPV_TEST_NO_MEMBARRIER
#undef SYS_membarrier
#endif
#include "opv/engine.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS = 6, SECONDS_MAX = 120 };

/* How long a holder keeps the lock: at times not at all, at times until others have spun and gone to sleep. */
static const long holds_ns[] = {0, 0, 1000, 20000};

static int cpu;
static long rounds;
static pthread_barrier_t round_begins;
static uint64_t entries;
static int inside;

static void hold(long ns)
{
    struct timespec time = {0, ns};
    if (ns != 0)
        nanosleep(&time, NULL);
}

static void *enter_once_a_round(void *argument)
{
    long offset = (long)(size_t)argument;
    long i;
    for (i = 0; i < rounds; i++) {
        pthread_barrier_wait(&round_begins);
        opv_cpu_lock(cpu);
        if (inside++ != 0) {
            printf("two threads hold the lock\n");
            exit(1);
        }
        hold(holds_ns[(i + offset) % 4]);
        entries++;
        inside--;
        opv_cpu_unlock(cpu);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    long i;
    rounds = argc > 1 ? atol(argv[1]) : 3000;
    alarm(SECONDS_MAX);
    while (!opv_cpu_is_possible(cpu))
        cpu++;
    pthread_barrier_init(&round_begins, NULL, THREADS);
    for (i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, enter_once_a_round, (void *)(size_t)i);
    for (i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("%ld rounds of %d threads, %llu entries\n", rounds, THREADS, (unsigned long long)entries);
    return entries == (uint64_t)rounds * THREADS ? 0 : 1;
}
