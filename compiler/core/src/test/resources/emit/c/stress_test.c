/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that change CPUs, some in each form: counts are exact, and no node is lost or there twice. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "forms.opv.h"
#include "check.h"
#include "migrate.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 8
#define ROUNDS 20000
#define NODES 64
#define ROUNDS_ON_A_CPU 50

static struct latency_percpu *latency;
static struct node nodes[NODES];
/* Which nodes are in a thread's hands. */
static int held[NODES];
/* The CPU whose list all threads fight for. */
static int busy_cpu;

static void pop_and_push(bool vectors)
{
    struct node *node = NULL;
    int result = vectors ? latency_pop_vector_on(latency, busy_cpu, &node) : latency_pop_direct_on(latency, busy_cpu, &node);
    if (result == LATENCY_POP_EMPTY)
        return;
    CHECK(result == LATENCY_POP_COMMITTED && node >= nodes && node < nodes + NODES);
    CHECK(__atomic_exchange_n(&held[node - nodes], 1, __ATOMIC_RELAXED) == 0);
    __atomic_store_n(&held[node - nodes], 0, __ATOMIC_RELAXED);
    CHECK((vectors ? latency_push_vector_on(latency, busy_cpu, node) : latency_push_direct_on(latency, busy_cpu, node)) == 0);
}

static void record(bool vectors, int round)
{
    uint32_t index = (uint32_t)round % 32;
    int result = vectors ? latency_record_vector_on(latency, busy_cpu, 1.0, index)
                         : latency_record_direct_on(latency, busy_cpu, 1.0, index);
    CHECK(result == 0);
}

static void *work(void *argument)
{
    int number = *(int *)argument;
    int round;
    for (round = 0; round < ROUNDS; round++) {
        bool vectors = (round + number) % 2 == 0;
        if (round % ROUNDS_ON_A_CPU == 0)
            move_to_another_cpu(round / ROUNDS_ON_A_CPU + number);
        record(vectors, round);
        pop_and_push(vectors);
    }
    return NULL;
}

static void check_list(void)
{
    struct node *node = NULL;
    int count = 0;
    while (latency_pop_on(latency, busy_cpu, &node) == LATENCY_POP_COMMITTED) {
        CHECK(__atomic_exchange_n(&held[node - nodes], 1, __ATOMIC_RELAXED) == 0);
        count++;
    }
    CHECK(count == NODES);
}

int main(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];
    struct latency *slot;
    uint64_t sum = 0;
    int i;
    latency = latency_alloc();
    CHECK(latency != NULL);
    busy_cpu = opv_cpu_current();
    for (i = 0; i < NODES; i++)
        CHECK(latency_push_on(latency, busy_cpu, &nodes[i]) == 0);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    slot = latency_slot(latency, busy_cpu);
    for (i = 0; i < 32; i++)
        sum += slot->bucket[i];
    CHECK(slot->count == (uint64_t)THREADS * ROUNDS && sum == slot->count && slot->sum == (double)slot->count);
    CHECK(slot->min == 1.0 && slot->max == 1.0);
    check_list();
    return 0;
}
