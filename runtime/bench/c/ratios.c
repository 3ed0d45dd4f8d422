/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ratios [THREADS [OPERATIONS]]: what one transaction costs as a vector, as a direct section, and under a pthread
 * mutex per CPU, which is what a C programmer would write without opv.
 *
 * All run in turn, ROUNDS times, in one process; the figures are medians, and what counts is their ratio.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "opv/engine.h"

#define ROUNDS 9
#define DEFAULT_OPERATIONS 200000
#define THREADS_MAX 256
#define BLOCK 64

struct slot {
    pthread_mutex_t mutex;
    uint64_t key;
    uint64_t count;
    char target[BLOCK];
    char source[BLOCK];
    uint64_t expected;
    uint64_t stored[2];
};

/* Slots in the runtime's memory, which pin knows, and in the program's, about which it asks the kernel. */
static struct slot *percpu;
static char *ordinary;

static struct slot *percpu_slot(int cpu)
{
    return (struct slot *)opv_percpu_slot(percpu, cpu);
}

static struct slot *ordinary_slot(int cpu)
{
    return (struct slot *)(void *)(ordinary + (size_t)cpu * 4096);
}

static void add_vector(struct slot *slot, int cpu)
{
    struct cpu_op op;
    cpu_op_set_add(&op, &slot->count, 1, sizeof(uint64_t));
    opv_execute(&op, 1, cpu);
}

static void add_percpu_vector(void)
{
    int cpu = opv_cpu_current();
    add_vector(percpu_slot(cpu), cpu);
}

static void add_ordinary_vector(void)
{
    int cpu = opv_cpu_current();
    add_vector(ordinary_slot(cpu), cpu);
}

static void add_cpu_opv(void)
{
    struct cpu_op op;
    int cpu;
    do {
        cpu = opv_cpu_current();
        cpu_op_set_add(&op, &percpu_slot(cpu)->count, 1, sizeof(uint64_t));
    } while (cpu_opv(&op, 1, cpu, 0) != 0);
}

static void add_section(void)
{
    int cpu = opv_cpu_current();
    opv_cpu_lock(cpu);
    percpu_slot(cpu)->count++;
    opv_cpu_unlock(cpu);
}

static void add_mutex(void)
{
    struct slot *slot = percpu_slot(opv_cpu_current());
    pthread_mutex_lock(&slot->mutex);
    slot->count++;
    pthread_mutex_unlock(&slot->mutex);
}

static void three_vector(struct slot *slot, int cpu)
{
    struct cpu_op ops[3];
    cpu_op_set_compare_eq(&ops[0], &slot->key, &slot->expected, sizeof(uint64_t));
    cpu_op_set_add(&ops[1], &slot->count, 1, sizeof(uint64_t));
    cpu_op_set_memcpy(&ops[2], slot->target, slot->source, BLOCK);
    opv_execute(ops, 3, cpu);
}

static void three_percpu_vector(void)
{
    int cpu = opv_cpu_current();
    three_vector(percpu_slot(cpu), cpu);
}

static void three_ordinary_vector(void)
{
    int cpu = opv_cpu_current();
    three_vector(ordinary_slot(cpu), cpu);
}

static void three_directly(struct slot *slot)
{
    if (slot->key == slot->expected) {
        slot->count++;
        opv_copy(slot->target, slot->source, BLOCK);
    }
}

static void three_section(void)
{
    int cpu = opv_cpu_current();
    opv_cpu_lock(cpu);
    three_directly(percpu_slot(cpu));
    opv_cpu_unlock(cpu);
}

static void three_mutex(void)
{
    struct slot *slot = percpu_slot(opv_cpu_current());
    pthread_mutex_lock(&slot->mutex);
    three_directly(slot);
    pthread_mutex_unlock(&slot->mutex);
}

/*
 * What generated vector forms look like: a comparison with a value that was read, and two stores of values, all of
 * which are on the caller's stack.
 */
static void cells_vector(void)
{
    int cpu = opv_cpu_current();
    struct slot *slot = percpu_slot(cpu);
    struct cpu_op ops[3];
    uint64_t read = opv_load_u64(&slot->stored[0]);
    uint64_t first = read + 1;
    uint64_t second = read + 2;
    cpu_op_set_compare_eq(&ops[0], &slot->stored[0], &read, sizeof(uint64_t));
    cpu_op_set_memcpy(&ops[1], &slot->stored[0], &first, sizeof(uint64_t));
    cpu_op_set_memcpy(&ops[2], &slot->stored[1], &second, sizeof(uint64_t));
    opv_execute(ops, 3, cpu);
}

static void cells_directly(struct slot *slot)
{
    uint64_t read = opv_load_u64(&slot->stored[0]);
    opv_store_u64(&slot->stored[0], read + 1);
    opv_store_u64(&slot->stored[1], read + 2);
}

static void cells_section(void)
{
    int cpu = opv_cpu_current();
    opv_cpu_lock(cpu);
    cells_directly(percpu_slot(cpu));
    opv_cpu_unlock(cpu);
}

static void cells_mutex(void)
{
    struct slot *slot = percpu_slot(opv_cpu_current());
    pthread_mutex_lock(&slot->mutex);
    cells_directly(slot);
    pthread_mutex_unlock(&slot->mutex);
}

struct work {
    const char *name;
    void (*once)(void);
    /* Which row is its peer. */
    int peer;
    double ns[ROUNDS];
};

static struct work works[] = {
    {"add: mutex", add_mutex, 0, {0}},
    {"add: section", add_section, 0, {0}},
    {"add: vector, per-CPU memory", add_percpu_vector, 0, {0}},
    {"add: cpu_opv(), per-CPU memory", add_cpu_opv, 0, {0}},
    {"add: vector, ordinary memory", add_ordinary_vector, 0, {0}},
    {"three: mutex", three_mutex, 5, {0}},
    {"three: section", three_section, 5, {0}},
    {"three: vector, per-CPU memory", three_percpu_vector, 5, {0}},
    {"three: vector, ordinary memory", three_ordinary_vector, 5, {0}},
    {"cells: mutex", cells_mutex, 9, {0}},
    {"cells: section", cells_section, 9, {0}},
    {"cells: vector", cells_vector, 9, {0}},
};
#define WORKS ((int)(sizeof(works) / sizeof(works[0])))

static long operations = DEFAULT_OPERATIONS;
static pthread_barrier_t barrier;

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Every thread does all of the work; the first one, whose argument is not NULL, takes the time. */
static void *run(void *timekeeper)
{
    int round;
    int w;
    for (round = 0; round < ROUNDS; round++) {
        for (w = 0; w < WORKS; w++) {
            double start;
            long i;
            pthread_barrier_wait(&barrier);
            start = now_ns();
            for (i = 0; i < operations; i++)
                works[w].once();
            pthread_barrier_wait(&barrier);
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
    printf("%d thread(s), %ld operations each, median of %d interleaved rounds\n", threads, operations, ROUNDS);
    for (w = 0; w < WORKS; w++)
        qsort(works[w].ns, ROUNDS, sizeof(double), compare);
    for (w = 0; w < WORKS; w++)
        printf("%-34s %9.1f ns a thread and operation   %6.2f of the mutex\n", works[w].name, works[w].ns[ROUNDS / 2],
            works[w].ns[ROUNDS / 2] / works[works[w].peer].ns[ROUNDS / 2]);
}

static void *sleep_forever(void *unused)
{
    for (;;)
        pause();
    return unused;
}

/*
 * A process with a single thread gets a mutex without atomic instructions from glibc. Nobody needs per-CPU data there,
 * so there is always a second thread, which sleeps.
 */
static int become_multithreaded(void)
{
    pthread_t sleeper;
    return pthread_create(&sleeper, NULL, sleep_forever, NULL);
}

static int prepare(void)
{
    int cpu;
    if (become_multithreaded() != 0)
        return -1;
    percpu = (struct slot *)opv_percpu_alloc(sizeof(*percpu), NULL);
    ordinary = (char *)aligned_alloc(4096, (size_t)opv_cpus_possible() * 4096);
    if (percpu == NULL || ordinary == NULL)
        return -1;
    memset(ordinary, 0, (size_t)opv_cpus_possible() * 4096);
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        pthread_mutex_init(&percpu_slot(cpu)->mutex, NULL);
    return 0;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 1;
    pthread_t others[THREADS_MAX];
    int i;
    operations = argc > 2 ? atol(argv[2]) : DEFAULT_OPERATIONS;
    if (threads < 1 || threads > THREADS_MAX || operations < 1 || prepare() != 0) {
        fprintf(stderr, "usage: ratios [THREADS [OPERATIONS]]\n");
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
