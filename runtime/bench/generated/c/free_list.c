/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a buffer off a free list and puts it back. There are always more buffers than threads. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "latency.opv.h"
#include "peers.h"

#define BUFFERS_PER_CPU 64

struct list {
    pthread_mutex_t mutex;
    struct buffer *first;
} __attribute__((aligned(BENCH_APART)));

static struct latency_percpu *latency;
static struct latency_percpu *by_hand;
static struct list shared = {PTHREAD_MUTEX_INITIALIZER, NULL};
static struct list *per_cpu;

static int list_pop(struct list *list, struct buffer **taken)
{
    int result = pthread_mutex_lock(&list->mutex);
    *taken = list->first;
    if (*taken != NULL)
        list->first = (*taken)->next;
    return result | pthread_mutex_unlock(&list->mutex);
}

static int list_push(struct list *list, struct buffer *buffer)
{
    int result = pthread_mutex_lock(&list->mutex);
    buffer->next = list->first;
    list->first = buffer;
    return result | pthread_mutex_unlock(&list->mutex);
}

static int pop_and_push_shared(void)
{
    struct buffer *buffer;
    int result = list_pop(&shared, &buffer);
    return buffer == NULL ? result : result | list_push(&shared, buffer);
}

static int pop_and_push_sections(void)
{
    struct buffer *buffer = NULL;
    struct latency *here;
    int cpu;
    do {
        cpu = opv_section_cpu();
    } while (!peer_pop(cpu, &latency_slot(by_hand, cpu)->free, &buffer));
    do {
        cpu = opv_section_cpu();
        here = latency_slot(by_hand, cpu);
        buffer->next = (struct buffer *)opv_load_pointer(&here->free);
    } while (!peer_compare_store(cpu, &here->free, (uintptr_t)buffer->next, &here->free, (uintptr_t)buffer));
    return 0;
}

/* Pushes to where it is then, as the generated functions do. */
static int pop_and_push_per_cpu(void)
{
    struct buffer *buffer;
    int result = list_pop(&per_cpu[sched_getcpu()], &buffer);
    return buffer == NULL ? result : result | list_push(&per_cpu[sched_getcpu()], buffer);
}

static int pop_and_push_opvc_lock(void)
{
    struct buffer *buffer = NULL;
    int result = latency_pop_holding(latency, &buffer);
    if (result == LATENCY_POP_COMMITTED)
        return latency_push(latency, buffer);
    return result != LATENCY_POP_EMPTY;
}

/* An empty list is no fault: threads that migrate carry buffers to other CPUs. */
static int pop_and_push_opvc(void)
{
    struct buffer *buffer = NULL;
    int result = latency_pop(latency, &buffer);
    if (result == LATENCY_POP_COMMITTED)
        return latency_push(latency, buffer);
    return result != LATENCY_POP_EMPTY;
}

BENCH_BATCH_OF(shared_batch, pop_and_push_shared())
BENCH_BATCH_OF(per_cpu_batch, pop_and_push_per_cpu())
BENCH_BATCH_OF(section_batch, pop_and_push_sections())
BENCH_BATCH_OF(opvc_batch, pop_and_push_opvc())
BENCH_BATCH_OF(opvc_lock_batch, pop_and_push_opvc_lock())

static struct buffer *new_buffer(void)
{
    return (struct buffer *)aligned_alloc(BENCH_APART, BENCH_APART);
}

static int fill(int cpu)
{
    int i;
    for (i = 0; i < BUFFERS_PER_CPU; i++) {
        struct buffer *buffers[] = {new_buffer(), new_buffer(), new_buffer(), new_buffer()};
        if (buffers[0] == NULL || buffers[1] == NULL || buffers[2] == NULL || buffers[3] == NULL)
            return -1;
        if (list_push(&shared, buffers[0]) != 0 || list_push(&per_cpu[cpu], buffers[1]) != 0
            || latency_push_on(latency, cpu, buffers[2]) != 0 || latency_push_on(by_hand, cpu, buffers[3]) != 0)
            return -1;
    }
    return 0;
}

static int prepare(void)
{
    size_t size = (size_t)opv_cpus_possible() * sizeof(struct list);
    int cpu;
    latency = latency_alloc();
    by_hand = latency_alloc();
    per_cpu = (struct list *)aligned_alloc(BENCH_APART, size);
    if (latency == NULL || by_hand == NULL || per_cpu == NULL)
        return -1;
    memset(per_cpu, 0, size);
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        pthread_mutex_init(&per_cpu[cpu].mutex, NULL);
        if (opv_cpu_is_possible(cpu) && fill(cpu) != 0)
            return -1;
    }
    return 0;
}

static const char *check(uint64_t operations)
{
    int expected = 0;
    int listed = 0;
    int cpu;
    (void)operations;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        expected += opv_cpu_is_possible(cpu) ? BUFFERS_PER_CPU : 0;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        struct buffer *buffer = latency_slot(latency, cpu)->free;
        for (; buffer != NULL && listed <= expected; buffer = buffer->next)
            listed++;
    }
    return listed == expected ? NULL : "buffers were lost or listed twice";
}

static const struct way ways[] = {
    {"sections by hand", section_batch, FORM_DIRECT, 0},
    {"pthread mutex, one list", shared_batch, FORM_DIRECT, 0},
    {"pthread mutex and list per CPU", per_cpu_batch, FORM_DIRECT, 0},
    {"opvc", opvc_batch, FORM_DIRECT, 1},
    {"opvc, OPV_PREFER_LOCK", opvc_lock_batch, FORM_DIRECT, 1},
    {"opvc, vector form", opvc_batch, FORM_VECTOR, 1},
};

const struct work free_list_work = {"C: pop and push a buffer", ways, BENCH_COUNT(ways), prepare, check};
