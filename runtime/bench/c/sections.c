/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sections [THREADS [OPERATIONS]]: what the ways on a CPU's word cost beside what an expert writes by hand for the same
 * work: a restartable section as librseq's, which excludes other sections of the kind alone, and a compare-and-swap lock
 * in the slot, inline.
 *
 * All run in turn, ROUNDS times, in one process; the figures are medians, and what counts is their ratio.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "opv/engine.h"
#include "peers.h"

#define ROUNDS 101
#define DEFAULT_OPERATIONS 100000
#define THREADS_MAX 64
#define BLOCK 64

struct node {
    struct node *next;
};

struct slot {
    uint64_t lock;
    uint64_t a;
    uint64_t b;
    uint64_t c;
    uint64_t guard;
    struct node *head;
    unsigned char block[BLOCK];
};

static struct slot *base;
static __thread unsigned char source[BLOCK];

OPV_DEFINE_LOG_COMMIT(commit_three, OPV_PUT_U64(0) OPV_PUT_U64(1) OPV_PUT_U64(2),
    OPV_SHAPE_U64(0) + OPV_SHAPE_U64(1) + OPV_SHAPE_U64(2))

static struct slot *slot_at(uintptr_t offset)
{
    return (struct slot *)opv_percpu_at(base, offset);
}

static struct slot *cas_lock(void)
{
    return slot_at(peer_lock(&base->lock));
}

static void cas_unlock(struct slot *slot)
{
    peer_unlock(&slot->lock, 0);
}

static void add_peer(void)
{
    int cpu;
    do {
        cpu = opv_section_cpu();
    } while (!peer_add(cpu, &slot_at(opv_cpu_offset(cpu))->a, 1));
}

static void add_cas(void)
{
    struct slot *slot = cas_lock();
    slot->a++;
    cas_unlock(slot);
}

static void add_here(void)
{
    opv_here_add_u64(&base->a, 1);
}

static void add_lock(void)
{
    struct opv_held held = opv_cpu_enter();
    if (held.error != 0)
        return;
    slot_at(held.offset)->a++;
    opv_cpu_leave(held);
}

static void add_attempt(void)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = slot_at(attempt.offset);
        if (opv_attempt_store_u64(&attempt, &slot->a, opv_load_u64(&slot->a) + 1))
            return;
    }
}

static void compare_peer(void)
{
    int cpu;
    struct slot *slot;
    do {
        cpu = opv_section_cpu();
        slot = slot_at(opv_cpu_offset(cpu));
    } while (!peer_compare_store(cpu, &slot->guard, 0, &slot->b, 5));
}

static void compare_here(void)
{
    opv_here_compare_store_u64(&base->guard, 0, &base->b, 5);
}

static void compare_attempt(void)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = slot_at(attempt.offset);
        if (opv_load_u64(&slot->guard) != 0) {
            if (opv_attempt_holds(&attempt))
                return;
        } else if (opv_attempt_store_u64(&attempt, &slot->b, 5)) {
            return;
        }
    }
}

static void copy_cas(void)
{
    struct slot *slot = cas_lock();
    if (slot->guard == 0) {
        opv_copy(slot->block, source, BLOCK);
        slot->b = 6;
    }
    cas_unlock(slot);
}

static void copy_attempt(void)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = slot_at(attempt.offset);
        if (opv_load_u64(&slot->guard) != 0) {
            if (opv_attempt_holds(&attempt))
                return;
        } else if (opv_attempt_copy_store_u64(&attempt, slot->block, source, BLOCK, &slot->b, 6)) {
            return;
        }
    }
}

static void list_peer(void)
{
    int cpu;
    struct slot *slot;
    struct node *node = NULL;
    do {
        cpu = opv_section_cpu();
    } while (!peer_pop(cpu, &slot_at(opv_cpu_offset(cpu))->head, &node));
    do {
        cpu = opv_section_cpu();
        slot = slot_at(opv_cpu_offset(cpu));
        node->next = (struct node *)opv_load_pointer(&slot->head);
    } while (!peer_compare_store(cpu, &slot->head, (uintptr_t)node->next, &slot->head, (uintptr_t)node));
}

static void push_attempt(struct node *node)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = slot_at(attempt.offset);
        node->next = (struct node *)opv_load_pointer(&slot->head);
        if (opv_attempt_store_u64(&attempt, &slot->head, (uintptr_t)node))
            return;
    }
}

static void list_here(void)
{
    void *node = NULL;
    if (opv_here_pop(&base->head, offsetof(struct node, next), &node) == 0)
        push_attempt((struct node *)node);
}

static void three_cas(void)
{
    struct slot *slot = cas_lock();
    slot->a++;
    slot->b += 2;
    slot->c ^= 3;
    cas_unlock(slot);
}

static void three_lock(void)
{
    struct opv_held held = opv_cpu_enter();
    struct slot *slot;
    if (held.error != 0)
        return;
    slot = slot_at(held.offset);
    slot->a++;
    slot->b += 2;
    slot->c ^= 3;
    opv_cpu_leave(held);
}

static void three_log(void)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = slot_at(attempt.offset);
        struct opv_log log;
        opv_log_put(&log, 0, &slot->a, opv_load_u64(&slot->a) + 1);
        opv_log_put(&log, 1, &slot->b, opv_load_u64(&slot->b) + 2);
        opv_log_put(&log, 2, &slot->c, opv_load_u64(&slot->c) ^ 3);
        if (commit_three(&attempt, &log))
            return;
    }
}

static void look_here(void)
{
    struct opv_look look = OPV_LOOK_NONE;
    uint64_t value = 0;
    while (opv_look_begin(&look, 0)) {
        value = opv_load_u64(&base->a);
        if (opv_look_holds(&look))
            break;
    }
    __asm__ __volatile__("" ::"r"(value));
}

/* A loop for each, in which the transaction is inline, and what libraries and callers may know is known before it. */
#define LOOP_OF(once)                                                                                                 \
    static __attribute__((noinline)) void once##_loop(long operations)                                                \
    {                                                                                                                 \
        for (; operations != 0; operations--)                                                                         \
            once();                                                                                                   \
    }

LOOP_OF(add_peer)
LOOP_OF(add_here)
LOOP_OF(add_attempt)
LOOP_OF(add_lock)
LOOP_OF(add_cas)
LOOP_OF(compare_peer)
LOOP_OF(compare_here)
LOOP_OF(compare_attempt)
LOOP_OF(copy_cas)
LOOP_OF(copy_attempt)
LOOP_OF(list_peer)
LOOP_OF(list_here)
LOOP_OF(three_cas)
LOOP_OF(three_lock)
LOOP_OF(three_log)
LOOP_OF(look_here)

struct work {
    const char *name;
    void (*loop)(long operations);
    /* Which row is its peer. */
    int peer;
    double ns[ROUNDS];
};

static struct work works[] = {
    {"add: section by hand", add_peer_loop, 0, {0}},
    {"add: opv_here_add_u64()", add_here_loop, 0, {0}},
    {"add: attempt", add_attempt_loop, 0, {0}},
    {"add: compare-and-swap lock", add_cas_loop, 0, {0}},
    {"add: opv_cpu_enter()", add_lock_loop, 0, {0}},
    {"compare, store: section by hand", compare_peer_loop, 5, {0}},
    {"compare, store: opv_here_compare_store_u64()", compare_here_loop, 5, {0}},
    {"compare, store: attempt", compare_attempt_loop, 5, {0}},
    {"compare, copy 64, store: compare-and-swap lock", copy_cas_loop, 8, {0}},
    {"compare, copy 64, store: attempt", copy_attempt_loop, 8, {0}},
    {"pop and push: sections by hand", list_peer_loop, 10, {0}},
    {"pop and push: opv_here_pop(), attempt", list_here_loop, 10, {0}},
    {"three stores: compare-and-swap lock", three_cas_loop, 12, {0}},
    {"three stores: opv_cpu_enter()", three_lock_loop, 12, {0}},
    {"three stores: log", three_log_loop, 12, {0}},
    {"look at one word of a CPU", look_here_loop, 15, {0}},
};
#define WORKS ((int)(sizeof(works) / sizeof(works[0])))

static long operations = DEFAULT_OPERATIONS;
static pthread_barrier_t barrier;

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Every thread does all of the work; the first one, whose argument is not NULL, takes its own processor time. */
static void *run(void *timekeeper)
{
    int round;
    int w;
    for (round = 0; round < ROUNDS; round++) {
        for (w = 0; w < WORKS; w++) {
            double start;
            pthread_barrier_wait(&barrier);
            start = now_ns();
            works[w].loop(operations);
            if (timekeeper != NULL)
                works[w].ns[round] = (now_ns() - start) / (double)operations;
        }
    }
    return NULL;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(int threads)
{
    int w;
    printf("%d thread(s), %ld operations each, %d interleaved rounds; of the first one's processor time\n", threads,
        operations, ROUNDS);
    for (w = 0; w < WORKS; w++)
        qsort(works[w].ns, ROUNDS, sizeof(double), compare);
    for (w = 0; w < WORKS; w++) {
        const double *ns = works[w].ns;
        const double *peer = works[works[w].peer].ns;
        printf("%-48s median %6.2f ns %5.2f of the peer   lower decile %6.2f ns %5.2f\n", works[w].name, ns[ROUNDS / 2],
            ns[ROUNDS / 2] / peer[ROUNDS / 2], ns[ROUNDS / 10], ns[ROUNDS / 10] / peer[ROUNDS / 10]);
    }
}

static int prepare(int threads)
{
    int cpu;
    base = (struct slot *)opv_percpu_alloc(sizeof(*base), NULL);
    if (base == NULL)
        return -1;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        int i;
        /* Nodes move with the threads that hold them: enough that no list runs empty. */
        for (i = 0; i < 64 * threads; i++) {
            struct node *node = (struct node *)malloc(sizeof(*node));
            struct slot *slot = (struct slot *)opv_percpu_slot(base, cpu);
            if (node == NULL)
                return -1;
            node->next = slot->head;
            slot->head = node;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 1;
    pthread_t others[THREADS_MAX];
    int i;
    operations = argc > 2 ? atol(argv[2]) : DEFAULT_OPERATIONS;
    if (threads < 1 || threads > THREADS_MAX || operations < 1 || prepare(threads) != 0) {
        fprintf(stderr, "usage: sections [THREADS [OPERATIONS]]\n");
        return 2;
    }
    pthread_barrier_init(&barrier, NULL, (unsigned)threads);
    for (i = 1; i < threads; i++) {
        if (pthread_create(&others[i], NULL, run, NULL) != 0)
            return 2;
    }
    run(&barrier);
    for (i = 1; i < threads; i++)
        pthread_join(others[i], NULL);
    report(threads);
    return 0;
}
