/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The free list: every buffer is on one list, or has one holder, whose mark it carries. There are fewer buffers than
 * the workers would hold, so that lists run empty.
 */
#include "stress.h"

#include <inttypes.h>
#include <stdlib.h>

enum { BUFFERS = 16, HELD_MAX = 3 };

/* The mark of a buffer that is on a list. */
enum { NOBODY = 0 };

/* The only comparison of the vector of pop_raw() is its first operation. */
enum { RAW_HEAD_CHANGED = 1 };

static struct latency_percpu *latency;
static struct buffer *buffers;

/* What a worker has taken and not put back. */
struct hand {
    struct worker *worker;
    struct buffer *held[HELD_MAX];
    int count;
};

static void check_is_ours(const struct buffer *buffer)
{
    uintptr_t offset = (uintptr_t)buffer - (uintptr_t)buffers;
    if (offset >= BUFFERS * sizeof(*buffer) || offset % sizeof(*buffer) != 0)
        fail("free list: %p is no buffer", (const void *)buffer);
}

/* Marks a buffer, which carried another mark. */
static void mark(struct buffer *buffer, uint64_t before, uint64_t after)
{
    uint64_t found;
    check_is_ours(buffer);
    found = __atomic_exchange_n(&buffer->owner, after, __ATOMIC_RELAXED);
    if (found != before)
        fail("free list: a buffer of %" PRIu64 " has the mark of %" PRIu64, before, found);
}

static void set_up(uint64_t operations)
{
    int cpu = 0;
    int i;
    (void)operations;
    latency = latency_alloc();
    buffers = (struct buffer *)allocate(BUFFERS, sizeof(*buffers));
    if (latency == NULL)
        fail("out of memory");
    for (i = 0; i < BUFFERS; i++) {
        do
            cpu = (cpu + 1) % opv_cpus_possible();
        while (!opv_cpu_is_possible(cpu));
        if (latency_push_on(latency, cpu, &buffers[i]) != 0)
            fail("free list: a buffer could not be put on a list");
    }
}

/* latency_push() as a vector that is built by hand. */
static int push_raw(int cpu, struct buffer *buffer)
{
    struct latency *slot = latency_slot(latency, cpu);
    struct cpu_op ops[2];
    cpu_op_set_memcpy(&ops[0], &buffer->next, &slot->free, sizeof(buffer));
    cpu_op_set_memcpy(&ops[1], &slot->free, &buffer, sizeof(buffer));
    return opv_execute(ops, 2, cpu);
}

/* latency_pop() as a vector that is built by hand. */
static int pop_raw(int cpu, struct buffer **taken)
{
    struct latency *slot = latency_slot(latency, cpu);
    struct cpu_op ops[2];
    int result;
    do {
        struct buffer *head = (struct buffer *)opv_load_pointer(&slot->free);
        if (head == NULL)
            return LATENCY_POP_EMPTY;
        cpu_op_set_compare_eq(&ops[0], &slot->free, &head, sizeof(head));
        cpu_op_set_memcpy(&ops[1], &slot->free, &head->next, sizeof(head));
        result = opv_execute(ops, 2, cpu);
        *taken = head;
    } while (result == RAW_HEAD_CHANGED);
    return result;
}

static void pop(struct hand *hand)
{
    struct worker *worker = hand->worker;
    int cpu = choose_cpu(&worker->random);
    struct buffer *taken = NULL;
    int result = chooses_raw_vector(&worker->random) ? pop_raw(cpu, &taken) : latency_pop_on(latency, cpu, &taken);
    if (result == LATENCY_POP_EMPTY)
        return;
    if (result != LATENCY_POP_COMMITTED)
        fail("free list: a buffer could not be taken: %d", result);
    mark(taken, NOBODY, worker->name);
    hand->held[hand->count++] = taken;
}

/* Puts back any of those in the hand. */
static void push(struct hand *hand)
{
    struct worker *worker = hand->worker;
    int cpu = choose_cpu(&worker->random);
    int which = (int)(next_random(&worker->random) % (uint64_t)hand->count);
    struct buffer *buffer = hand->held[which];
    int result;
    hand->held[which] = hand->held[--hand->count];
    mark(buffer, worker->name, NOBODY);
    result = chooses_raw_vector(&worker->random) ? push_raw(cpu, buffer) : latency_push_on(latency, cpu, buffer);
    if (result != 0)
        fail("free list: a buffer could not be put back: %d", result);
}

static void work(struct worker *worker)
{
    struct hand hand = {worker, {NULL}, 0};
    uint64_t i;
    for (i = 0; i < worker->operations; i++) {
        int takes = next_random(&worker->random) % 2 != 0;
        if (hand.count == 0 || (takes && hand.count < HELD_MAX))
            pop(&hand);
        else
            push(&hand);
    }
    while (hand.count != 0)
        push(&hand);
}

/* What is on a list carries nobody's mark. */
static void check_slot(int cpu, uint64_t *random)
{
    struct buffer *first = NULL;
    uint64_t owner = NOBODY;
    int result = latency_look_at_first_on(latency, cpu, &first, &owner);
    (void)random;
    if (result == LATENCY_LOOK_AT_FIRST_EMPTY)
        return;
    if (result != LATENCY_LOOK_AT_FIRST_COMMITTED)
        fail("free list: a list could not be looked at: %d", result);
    check_is_ours(first);
    if (owner != NOBODY)
        fail("free list: a buffer of %" PRIu64 " is on a list", owner);
}

/* Marks what is on the list, so that a buffer that is there twice is found. */
static int count_list(struct buffer *first)
{
    int count = 0;
    for (; first != NULL; first = first->next) {
        mark(first, NOBODY, WORKERS + 1);
        count++;
    }
    return count;
}

static void finish(uint64_t operations)
{
    int listed = 0;
    int cpu;
    (void)operations;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        listed += opv_cpu_is_possible(cpu) ? count_list(latency_slot(latency, cpu)->free) : 0;
    if (listed != BUFFERS)
        fail("free list: %d buffers of %d", listed, BUFFERS);
    latency_free(latency);
    free(buffers);
}

const struct subject free_list = {"free-list", set_up, work, NULL, check_slot, NULL, finish};
