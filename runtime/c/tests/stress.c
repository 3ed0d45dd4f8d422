/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stress: more threads than CPUs run vectors and direct sections on all CPUs, while their affinity masks change every
 * few hundred microseconds and a timer interrupts them. STRESS_SECONDS in the environment sets how long, STRESS_SEED
 * what is random.
 *
 * What torn exclusion would break:
 * - the two words of a slot are equal whenever anybody looks (a comparison in every vector, a check in every section);
 * - a slot's block is written whole, with one byte's value, and so is read;
 * - at the end the words add up to the transactions that were reported done.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "opv/engine.h"

#define THREADS_PER_CPU 4
#define THREADS_MIN 8
#define THREADS_MAX 256
#define BLOCK 1024
#define AFFINITY_CHANGE_NS 300000
#define TIMER_US 500
#define DEFAULT_SECONDS 4.0

/* The slot. The words are a block apart, so that they share no cache line. */
struct slot {
    uint64_t first;
    unsigned char block[BLOCK];
    uint64_t second;
};

struct worker {
    pthread_t thread;
    pid_t tid;
    uint64_t random;
    uint64_t done;
    uint64_t refused;
    uint64_t instances;
};

static struct worker workers[THREADS_MAX];
static int worker_count;
static struct slot *shared;
static int stopping;
static unsigned long failures;
static volatile sig_atomic_t signals;

static void fail(const char *what)
{
    if (__atomic_fetch_add(&failures, 1, __ATOMIC_RELAXED) < 10)
        printf("FAIL: %s\n", what);
}

static int is_stopping(void)
{
    return __atomic_load_n(&stopping, __ATOMIC_RELAXED);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}

/* A slot of the caller's choice: its own CPU's mostly, any at times. */
static int choose_cpu(struct worker *worker)
{
    int cpu;
    if (next_random(&worker->random) % 4 != 0)
        return opv_cpu_current();
    do {
        cpu = (int)(next_random(&worker->random) % (uint64_t)opv_cpus_possible());
    } while (!opv_cpu_is_possible(cpu));
    return cpu;
}

static int is_uniform(const unsigned char *block)
{
    return memcmp(block, block + 1, BLOCK - 1) == 0;
}

/* Every vector begins with the invariant and ends with one more transaction in both words. */
static int begin(struct cpu_op *ops, struct slot *slot)
{
    cpu_op_set_compare_eq(&ops[0], &slot->first, &slot->second, sizeof(uint64_t));
    cpu_op_set_add(&ops[1], &slot->first, 1, sizeof(uint64_t));
    return 2;
}

static int end(struct cpu_op *ops, int count, struct slot *slot)
{
    cpu_op_set_add(&ops[count], &slot->second, 1, sizeof(uint64_t));
    return count + 1;
}

/* Copies a block in or out between the two adds. Returns the result of the vector. */
static int run_vector(struct worker *worker, int cpu)
{
    struct slot *slot = opv_percpu_slot(shared, cpu);
    unsigned char block[BLOCK];
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    int writes = next_random(&worker->random) % 2 != 0;
    int obeys = next_random(&worker->random) % 4 == 0;
    int count = begin(ops, slot);
    int result;
    memset(block, (int)(next_random(&worker->random) & 0xff), BLOCK);
    if (writes)
        cpu_op_set_memcpy(&ops[count], slot->block, block, BLOCK);
    else
        cpu_op_set_memcpy(&ops[count], block, slot->block, BLOCK);
    count = end(ops, count + 1, slot);
    result = obeys ? cpu_opv(ops, count, cpu, 0) : opv_execute(ops, count, cpu);
    if (result == 0 && !is_uniform(block))
        fail("a vector copied a block that was half written");
    if (result == -EINVAL && obeys)
        worker->refused++;
    return result;
}

static void run_section(int cpu)
{
    struct slot *slot = opv_percpu_slot(shared, cpu);
    opv_cpu_lock(cpu);
    if (slot->first != slot->second)
        fail("a section found the two words apart");
    slot->first++;
    if (!is_uniform(slot->block))
        fail("a section found a block that was half written");
    slot->second++;
    opv_cpu_unlock(cpu);
}

/* Instances come and go; each is this thread's own. */
static void run_instance(struct worker *worker)
{
    int cpu = choose_cpu(worker);
    uint64_t *base = opv_percpu_alloc(1 + (size_t)(next_random(&worker->random) % 3000), NULL);
    uint64_t *word;
    struct cpu_op op;
    if (base == NULL) {
        fail("no memory for an instance");
        return;
    }
    word = opv_percpu_slot(base, cpu);
    cpu_op_set_add(&op, word, 7, sizeof(*word));
    if (*word != 0 || opv_execute(&op, 1, cpu) != 0 || *word != 7)
        fail("an instance was not its owner's alone");
    opv_percpu_free(base);
    worker->instances++;
}

static void run_transaction(struct worker *worker)
{
    int cpu = choose_cpu(worker);
    if (next_random(&worker->random) % 4 == 0) {
        run_section(cpu);
        worker->done++;
    } else {
        int result = run_vector(worker, cpu);
        if (result == 0)
            worker->done++;
        else if (result == 1)
            fail("a vector found the two words apart");
        else if (result != -EINVAL)
            fail("a vector had an unexpected result");
    }
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    __atomic_store_n(&worker->tid, (pid_t)syscall(SYS_gettid), __ATOMIC_RELEASE);
    while (!is_stopping()) {
        if (next_random(&worker->random) % 256 == 0)
            run_instance(worker);
        else
            run_transaction(worker);
    }
    return NULL;
}

/* Moves one thread after the other to one CPU, or to all of them. */
static void *migrate(void *argument)
{
    uint64_t random = *(const uint64_t *)argument;
    const struct timespec pause = {0, AFFINITY_CHANGE_NS};
    cpu_set_t all;
    int next = 0;
    sched_getaffinity(0, sizeof(all), &all);
    while (!is_stopping()) {
        pid_t tid = __atomic_load_n(&workers[next].tid, __ATOMIC_ACQUIRE);
        cpu_set_t mask = all;
        size_t cpu = (size_t)(next_random(&random) % (uint64_t)opv_cpus_possible());
        if (next_random(&random) % 4 != 0 && CPU_ISSET(cpu, &all)) {
            CPU_ZERO(&mask);
            CPU_SET(cpu, &mask);
        }
        if (tid != 0)
            sched_setaffinity(tid, sizeof(mask), &mask);
        next = (next + 1) % worker_count;
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void on_timer(int number)
{
    (void)number;
    signals = signals + 1;
}

static void start_timer(void)
{
    const struct itimerval interval = {{0, TIMER_US}, {0, TIMER_US}};
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_timer;
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &interval, NULL);
}

static void stop_timer(void)
{
    const struct itimerval never = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &never, NULL);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void sleep_until(double deadline)
{
    const struct timespec pause = {0, 10000000};
    while (now() < deadline)
        nanosleep(&pause, NULL);
}

static uint64_t seed(void)
{
    const char *given = getenv("STRESS_SEED");
    uint64_t value = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)time(NULL) * 2654435761u + (uint64_t)getpid();
    return value != 0 ? value : 1;
}

static void check_sums(void)
{
    uint64_t done = 0;
    uint64_t refused = 0;
    uint64_t instances = 0;
    uint64_t first = 0;
    uint64_t second = 0;
    int i;
    for (i = 0; i < worker_count; i++) {
        done += workers[i].done;
        refused += workers[i].refused;
        instances += workers[i].instances;
    }
    for (i = 0; i < opv_cpus_possible(); i++) {
        const struct slot *slot = opv_percpu_slot(shared, i);
        first += opv_cpu_is_possible(i) ? slot->first : 0;
        second += opv_cpu_is_possible(i) ? slot->second : 0;
    }
    if (first != done || second != done)
        fail("transactions were lost");
    if (done == 0 || signals == 0)
        fail("nothing happened");
    printf("%d threads, %llu transactions, %llu refused for affinity, %llu instances, %lu signals; "
           "words %llu and %llu; %lu failures\n",
        worker_count, (unsigned long long)done, (unsigned long long)refused, (unsigned long long)instances,
        (unsigned long)signals, (unsigned long long)first, (unsigned long long)second, failures);
}

static void start(pthread_t *thread, void *(*body)(void *), void *argument)
{
    if (pthread_create(thread, NULL, body, argument) != 0) {
        perror("pthread_create");
        exit(2);
    }
}

int main(void)
{
    const char *given = getenv("STRESS_SECONDS");
    double seconds = given != NULL ? strtod(given, NULL) : DEFAULT_SECONDS;
    uint64_t random = seed();
    pthread_t migrator;
    int i;
    worker_count = THREADS_PER_CPU * opv_cpus_possible();
    worker_count = worker_count < THREADS_MIN ? THREADS_MIN : worker_count > THREADS_MAX ? THREADS_MAX : worker_count;
    printf("STRESS_SEED=0x%llx STRESS_SECONDS=%g\n", (unsigned long long)random, seconds);
    shared = opv_percpu_alloc(sizeof(*shared), NULL);
    if (shared == NULL) {
        perror("opv_percpu_alloc");
        return 2;
    }
    start_timer();
    for (i = 0; i < worker_count; i++) {
        workers[i].random = random ^ (uint64_t)(i + 1) * 0x9E3779B97F4A7C15u;
        start(&workers[i].thread, work, &workers[i]);
    }
    start(&migrator, migrate, &random);
    sleep_until(now() + seconds);
    __atomic_store_n(&stopping, 1, __ATOMIC_RELAXED);
    for (i = 0; i < worker_count; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_join(migrator, NULL);
    stop_timer();
    check_sums();
    opv_percpu_free(shared);
    return failures != 0;
}
