/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that change CPUs change three words of a slot together, some in each form; others query meanwhile, in each
 * form. No query sees words of one slot that differ, and what it counts never shrinks.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "queries.opv.h"
#include "check.h"
#include "migrate.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#define WRITERS 6
#define READERS 2
#define ROUNDS 100000
#define ROUNDS_ON_A_CPU 50

static struct sample_percpu *sample;
static int writing = WRITERS;

static void *write_slots(void *argument)
{
    int number = *(int *)argument;
    int round;
    for (round = 0; round < ROUNDS; round++) {
        int cpu = opv_cpu_current();
        if (round % ROUNDS_ON_A_CPU == 0)
            move_to_another_cpu(round / ROUNDS_ON_A_CPU + number);
        CHECK((round % 2 == 0 ? sample_bump_vector_on(sample, cpu, 1) : sample_bump_direct_on(sample, cpu, 1)) == 0);
    }
    __atomic_fetch_sub(&writing, 1, __ATOMIC_RELEASE);
    return NULL;
}

static void *query_slots(void *argument)
{
    int number = *(int *)argument;
    uint64_t before = 0;
    bool last;
    do {
        uint64_t a = 0, b = 1, bucket[8];
        bool equal = false;
        last = __atomic_load_n(&writing, __ATOMIC_ACQUIRE) == 0;
        CHECK((number % 2 == 0 ? sample_equal_vector(sample, &equal, &a, &b, bucket)
                               : sample_equal_direct(sample, &equal, &a, &b, bucket))
            == 0);
        CHECK(equal && a == b && a == bucket[0] && bucket[1] == 0);
        CHECK(a >= before);
        before = a;
        number++;
    } while (!last);
    CHECK(before == (uint64_t)WRITERS * ROUNDS);
    return NULL;
}

int main(void)
{
    pthread_t threads[WRITERS + READERS];
    int numbers[WRITERS + READERS];
    int i;
    sample = sample_alloc();
    CHECK(sample != NULL);
    for (i = 0; i < WRITERS + READERS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, i < WRITERS ? write_slots : query_slots, &numbers[i]) == 0);
    }
    for (i = 0; i < WRITERS + READERS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    sample_free(sample);
    return 0;
}
