/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units that hold nothing beside units that hold the CPU, vectors, and owners from afar, on the same words: in threads that
 * change CPUs, and in the handler of a timer's signal. Totals are exact, no node is lost or there twice, and no outcome
 * is of a state that never was.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "optimistic.opv.h"
#include "check.h"
#include "migrate.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#define THREADS 6
#ifndef ROUNDS
#define ROUNDS 200000
#endif
#define NODES 64
#define ROUNDS_ON_A_CPU 100
#define TIMER_MICROSECONDS 150
#define WAYS 11
#define TABLE 4

static struct slot_percpu *slots;
static struct node nodes[NODES];
/* Which nodes are in somebody's hands. */
static int held[NODES];
static uint64_t added;
static uint64_t both;
static uint64_t handled;

static void take(struct node *node)
{
    CHECK(node >= nodes && node < nodes + NODES);
    CHECK(__atomic_exchange_n(&held[node - nodes], 1, __ATOMIC_RELAXED) == 0);
    node->value++;
}

static void give(struct node *node)
{
    __atomic_store_n(&held[node - nodes], 0, __ATOMIC_RELAXED);
}

/* A holder that the signal has interrupted is answered by an error, and nothing has happened. */
static void handle(int signal_number)
{
    uint64_t before = 0;
    (void)signal_number;
    if (slot_add(slots, 1) == 0)
        __atomic_fetch_add(&added, 1, __ATOMIC_RELAXED);
    if (slot_fetch_add(slots, 1, UINT64_MAX, &before) == SLOT_FETCH_ADD_COMMITTED)
        __atomic_fetch_add(&added, 1, __ATOMIC_RELAXED);
    CHECK(slot_compare_twins(slots) != SLOT_COMPARE_TWINS_TORN);
    __atomic_fetch_add(&handled, 1, __ATOMIC_RELAXED);
}

static void add(int round)
{
    int cpu = round % opv_cpus_possible();
    uint64_t before = 0;
    CHECK(slot_add(slots, 3) == 0);
    CHECK(slot_fetch_add(slots, 4, UINT64_MAX, &before) == SLOT_FETCH_ADD_COMMITTED);
    CHECK(slot_fetch_add(slots, 4, 0, &before) == SLOT_FETCH_ADD_FULL);
    CHECK(slot_add_both(slots, 1) == 0);
    CHECK(slot_change_twins(slots, 1) == 0);
    CHECK(slot_compare_twins(slots) == SLOT_COMPARE_TWINS_COMMITTED);
    __atomic_fetch_add(&added, 8, __ATOMIC_RELAXED);
    __atomic_fetch_add(&both, 1, __ATOMIC_RELAXED);
    if (round % 16 == 0 && opv_cpu_is_possible(cpu)) {
        CHECK(slot_add_vector_on(slots, cpu, 5) == 0);
        CHECK(slot_add_on(slots, cpu, 6) == 0);
        CHECK(slot_change_twins_on(slots, cpu, 1) == 0);
        __atomic_fetch_add(&added, 11, __ATOMIC_RELAXED);
    }
}

static void move_nodes(int round)
{
    struct node *node = NULL;
    uint64_t gate = 1;
    if (slot_pop(slots, &node) == SLOT_POP_COMMITTED) {
        take(node);
        give(node);
        CHECK(slot_push_other(slots, node) == 0);
    }
    node = NULL;
    if (slot_pop_some(slots, 1, &node, &gate) == SLOT_POP_SOME_COMMITTED) {
        take(node);
        CHECK(gate == 0);
        give(node);
        CHECK(round % 8 != 0 ? slot_push(slots, node) == 0 : slot_push_on(slots, opv_cpu_current(), node) == 0);
    }
}

static void *work(void *argument)
{
    int number = *(int *)argument;
    int round;
    for (round = 0; round < ROUNDS; round++) {
        if (round % ROUNDS_ON_A_CPU == 0)
            move_to_another_cpu(round / ROUNDS_ON_A_CPU + number);
        add(round);
        move_nodes(round);
    }
    return NULL;
}

static void check_totals(void)
{
    uint64_t count = 0;
    uint64_t twin = 0;
    int listed = 0;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        struct node *node = NULL;
        uint64_t gate = 0;
        if (!opv_cpu_is_possible(cpu))
            continue;
        count += slot_slot(slots, cpu)->count;
        twin += slot_slot(slots, cpu)->twin;
        CHECK(slot_slot(slots, cpu)->mask == slot_slot(slots, cpu)->odd);
        while (slot_pop_on(slots, cpu, &node) == SLOT_POP_COMMITTED) {
            take(node);
            listed++;
        }
        while (slot_pop_some_on(slots, cpu, 1, &node, &gate) == SLOT_POP_SOME_COMMITTED) {
            take(node);
            listed++;
        }
    }
    CHECK(twin == both);
    CHECK(count == added);
    CHECK(listed == NODES);
    CHECK(handled > 0);
}

static void stress(void)
{
    const struct itimerval often = {{0, TIMER_MICROSECONDS}, {0, TIMER_MICROSECONDS}};
    const struct itimerval never = {{0, 0}, {0, 0}};
    struct sigaction action;
    pthread_t threads[THREADS];
    int numbers[THREADS];
    int i;
    memset(&action, 0, sizeof(action));
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);
    for (i = 0; i < NODES; i++)
        CHECK(slot_push(slots, &nodes[i]) == 0);
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
    check_totals();
}

/* What the form that holds nothing does to a slot is what the others do. */
static void check_narrow(uint32_t how, uint32_t index, int32_t by)
{
    struct slot_percpu *other = slot_alloc();
    int cpu = opv_cpu_current();
    struct slot *one = slot_slot(slots, cpu);
    struct slot *two;
    int32_t was = 7;
    int32_t was_there = 7;
    int result;
    CHECK(other != NULL);
    two = slot_slot(other, cpu);
    one->tiny = two->tiny = (uint8_t)(77 + by);
    one->level = two->level = 123456 - by;
    one->word = two->word = (uintptr_t)0xabcdef01u + index;
    one->gate = two->gate = (uint64_t)0xfedcba9876543210u + how;
    one->sum = two->sum = 1.5;
    one->flag = two->flag = by % 2 != 0;
    one->table[index % TABLE] = two->table[index % TABLE] = 65530;
    result = slot_narrow(slots, how, index, by, &was);
    CHECK(result == slot_narrow_direct_on(other, cpu, how, index, by, &was_there));
    CHECK(was == was_there);
    CHECK(one->tiny == two->tiny && one->level == two->level && one->word == two->word);
    CHECK(one->sum >= two->sum && one->sum <= two->sum && one->flag == two->flag);
    CHECK(one->table[index % TABLE] == two->table[index % TABLE]);
    one->gate = 0;
    slot_free(other);
}

static void check_forms(void)
{
    struct node *node = NULL;
    uint64_t gate = 0;
    uint32_t how;
    int32_t by;
    /* The thread stays where it is: what has been done is looked for there. */
    move_to_another_cpu(opv_cpu_current());
    for (how = 0; how < WAYS; how++) {
        for (by = -5; by <= 5; by++)
            check_narrow(how, (uint32_t)(by + 5), by);
    }
    CHECK(slot_pop(slots, &node) == SLOT_POP_EMPTY && node == NULL);
    CHECK(slot_pop_some(slots, 0, &node, &gate) == SLOT_POP_SOME_NONE);
    CHECK(slot_pop_some(slots, 1, &node, &gate) == SLOT_POP_SOME_EMPTY && node == NULL);
    CHECK(slot_set_late(slots, 1, 5) == SLOT_SET_LATE_CLOSED);
    CHECK(slot_slot(slots, opv_cpu_current())->late == 0);
    CHECK(slot_set_late(slots, 0, 5) == SLOT_SET_LATE_COMMITTED);
    CHECK(slot_slot(slots, opv_cpu_current())->late == 5);
}

int main(void)
{
    slots = slot_alloc();
    CHECK(slots != NULL);
    check_forms();
    stress();
    slot_free(slots);
    return 0;
}
