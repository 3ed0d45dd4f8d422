/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two threads drain, each in both forms in turn, while others, which change CPUs, record, some in each form: no record
 * is lost, and none is in two answers.
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

#ifndef RECORDS
#define RECORDS 2000000
#endif

#define WRITERS 4
#define DRAINERS 2
#define ROUNDS_ON_A_CPU 500

struct drainer {
    pthread_t thread;
    uint64_t drained;
};

static struct sample_percpu *sample;
static int writing = WRITERS;

static void *record(void *argument)
{
    int number = *(int *)argument;
    long round;
    for (round = 0; round < RECORDS / WRITERS; round++) {
        if (round % ROUNDS_ON_A_CPU == 0)
            move_to_another_cpu(round / ROUNDS_ON_A_CPU + number);
        CHECK((number % 2 == 0 ? sample_bump_vector_on(sample, opv_cpu_current(), 1) : sample_bump(sample, 1)) == 0);
    }
    __atomic_fetch_sub(&writing, 1, __ATOMIC_RELEASE);
    return NULL;
}

static void *drain(void *argument)
{
    struct drainer *drainer = (struct drainer *)argument;
    int round = 0;
    bool last;
    do {
        uint64_t a = 0, b = 1, bucket[8];
        bool equal = false;
        last = __atomic_load_n(&writing, __ATOMIC_ACQUIRE) == 0;
        CHECK((round % 2 == 0 ? sample_take_vector(sample, &equal, &a, &b, bucket)
                              : sample_take_direct(sample, &equal, &a, &b, bucket))
            == 0);
        CHECK(equal && a == b && a == bucket[0] && bucket[1] == 0);
        drainer->drained += a;
        round++;
    } while (!last);
    return NULL;
}

int main(void)
{
    pthread_t writers[WRITERS];
    struct drainer drainers[DRAINERS] = {{0, 0}, {0, 0}};
    int numbers[WRITERS];
    uint64_t drained = 0, left = 1;
    int i;
    sample = sample_alloc();
    CHECK(sample != NULL);
    for (i = 0; i < WRITERS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&writers[i], NULL, record, &numbers[i]) == 0);
    }
    for (i = 0; i < DRAINERS; i++)
        CHECK(pthread_create(&drainers[i].thread, NULL, drain, &drainers[i]) == 0);
    for (i = 0; i < WRITERS; i++)
        CHECK(pthread_join(writers[i], NULL) == 0);
    for (i = 0; i < DRAINERS; i++) {
        CHECK(pthread_join(drainers[i].thread, NULL) == 0);
        drained += drainers[i].drained;
    }
    CHECK(drained == (uint64_t)(RECORDS / WRITERS) * WRITERS);
    CHECK(sample_count(sample, &left) == 0 && left == 0);
    sample_free(sample);
    return 0;
}
