/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words: every way in which a CPU's word is used, against every other. Threads, four for each CPU, run single stores,
 * attempts, logs, locks, owners from afar, vectors, list operations and looks, while their affinity masks change and a
 * signal's handler, in the middle of them, runs single stores and logs. WORDS_SECONDS sets how long, WORDS_SEED what is
 * random.
 *
 * What a mistake would break:
 * - of what each transaction adds, in several places of several widths, the sums are exact at the end;
 * - whenever anybody looks, the places agree with each other;
 * - the list has each node that is not in a thread's hands once.
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
#include <time.h>
#include <unistd.h>

#include "opv/engine.h"

enum { THREADS_PER_CPU = 4, THREADS_MAX = 64, NODES_PER_CPU = 16, BLOCK = 48, SIGNAL_NS = 30000, AFFINITY_NS = 500000 };

struct node {
    struct node *next;
    uint64_t in_use;
};

/* What a log adds to its places for each transaction. */
enum { STEP_A = 1, STEP_B = 3, STEP_C = 5, STEP_D = 7 };

struct slot {
    uint64_t a;
    uint32_t b;
    uint16_t c;
    uint8_t d;
    uint64_t single;
    uint64_t stored;
    uint64_t published;
    unsigned char block[2][BLOCK];
    struct node *head;
};

static struct slot *base;
static volatile int stopping;
static unsigned long failures;
static int threads;

struct worker {
    pthread_t thread;
    pid_t tid;
    uint64_t random;
    uint64_t all;
    uint64_t singles;
    uint64_t stored;
    uint64_t looks;
    uint64_t torn;
    uint64_t refused;
    uint64_t published;
    /* By its handler alone. */
    volatile uint64_t all_in_handler;
    volatile uint64_t singles_in_handler;
    volatile uint64_t stored_in_handler;
    volatile uint64_t refused_in_handler;
    volatile uint64_t signals;
};

static struct worker workers[THREADS_MAX];
static __thread struct worker *self;

OPV_DEFINE_LOG_COMMIT(commit_four, OPV_PUT_U64(0) OPV_PUT_U32(1) OPV_PUT_U16(2) OPV_PUT_U8(3),
    OPV_SHAPE_U64(0) + OPV_SHAPE_U32(1) + OPV_SHAPE_U16(2) + OPV_SHAPE_U8(3))

static void fail(const char *what)
{
    if (__atomic_fetch_add(&failures, 1, __ATOMIC_RELAXED) < 10)
        printf("FAIL: %s\n", what);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}

static int agree(const struct slot *slot)
{
    uint64_t a = opv_load_u64(&slot->a);
    return opv_load_u32(&slot->b) == (uint32_t)(STEP_B * a) && opv_load_u16(&slot->c) == (uint16_t)(STEP_C * a)
        && opv_load_u8(&slot->d) == (uint8_t)(STEP_D * a);
}

/* All four places, by a log. Returns 0, or -EDEADLK. */
static int add_by_log(void)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = (struct slot *)opv_percpu_at(base, attempt.offset);
        struct opv_log log;
        uint64_t a = opv_load_u64(&slot->a);
        int agrees = agree(slot);
        opv_log_put(&log, 0, &slot->a, a + STEP_A);
        opv_log_put(&log, 1, &slot->b, opv_load_u32(&slot->b) + STEP_B);
        opv_log_put(&log, 2, &slot->c, (uint16_t)(opv_load_u16(&slot->c) + STEP_C));
        opv_log_put(&log, 3, &slot->d, (uint8_t)(opv_load_u8(&slot->d) + STEP_D));
        if (!commit_four(&attempt, &log))
            continue;
        if (!agrees)
            fail("an attempt that committed had read places that disagree");
        return 0;
    }
    return attempt.error;
}

static void add_plainly(struct slot *slot)
{
    if (!agree(slot))
        fail("a holder found places that disagree");
    opv_store_u64(&slot->a, slot->a + STEP_A);
    opv_store_u32(&slot->b, slot->b + STEP_B);
    opv_store_u16(&slot->c, (uint16_t)(slot->c + STEP_C));
    opv_store_u8(&slot->d, (uint8_t)(slot->d + STEP_D));
}

static int add_by_lock(void)
{
    struct opv_held held = opv_cpu_enter();
    if (held.error != 0)
        return held.error;
    add_plainly((struct slot *)opv_percpu_at(base, held.offset));
    opv_cpu_leave(held);
    return 0;
}

static int any_cpu(struct worker *worker)
{
    int cpu;
    do {
        cpu = (int)(next_random(&worker->random) % (uint64_t)opv_cpus_possible());
    } while (!opv_cpu_is_possible(cpu));
    return cpu;
}

static int add_from_afar(struct worker *worker)
{
    int cpu = any_cpu(worker);
    int error = opv_cpu_lock(cpu);
    if (error != 0)
        return error;
    add_plainly((struct slot *)opv_percpu_slot(base, cpu));
    opv_cpu_unlock(cpu);
    return 0;
}

static int add_by_vector(struct worker *worker)
{
    int cpu = next_random(&worker->random) % 8 == 0 ? any_cpu(worker) : opv_cpu_current();
    struct slot *slot = (struct slot *)opv_percpu_slot(base, cpu);
    struct cpu_op ops[4];
    cpu_op_set_add(&ops[0], &slot->a, STEP_A, 8);
    cpu_op_set_add(&ops[1], &slot->b, STEP_B, 4);
    cpu_op_set_add(&ops[2], &slot->c, STEP_C, 2);
    cpu_op_set_add(&ops[3], &slot->d, STEP_D, 1);
    return opv_execute(ops, 4, cpu);
}

/* One place, prepared from what it held; at times the handler has its turn between the two. */
static int store_by_attempt(struct worker *worker)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    int is_interrupted = next_random(&worker->random) % 256 == 0;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = (struct slot *)opv_percpu_at(base, attempt.offset);
        uint64_t stored = opv_load_u64(&slot->stored);
        if (is_interrupted)
            raise(SIGUSR1);
        is_interrupted = 0;
        if (opv_attempt_store_u64(&attempt, &slot->stored, stored + 1))
            return 0;
    }
    return attempt.error;
}

/* Writes the block that is not published, and publishes it. */
static int publish(struct worker *worker)
{
    unsigned char block[BLOCK];
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    memset(block, (int)(next_random(&worker->random) & 0xff), BLOCK);
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = (struct slot *)opv_percpu_at(base, attempt.offset);
        uint64_t next = opv_load_u64(&slot->published) + 1;
        if (opv_attempt_copy_store_u64(&attempt, slot->block[next % 2], block, BLOCK, &slot->published, next))
            return 0;
    }
    return attempt.error;
}

static int push(struct node *node)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = (struct slot *)opv_percpu_at(base, attempt.offset);
        node->next = (struct node *)opv_load_pointer(&slot->head);
#if __SIZEOF_POINTER__ == 8
        if (opv_attempt_store_u64(&attempt, &slot->head, (uintptr_t)node))
#else
        if (opv_attempt_store_u32(&attempt, &slot->head, (uintptr_t)node))
#endif
            return 0;
    }
    return attempt.error;
}

/* In one section, or by following what was read. */
static struct node *pop(struct worker *worker)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    if (next_random(&worker->random) % 2 != 0) {
        void *taken = NULL;
        return opv_here_pop(&base->head, offsetof(struct node, next), &taken) == 0 ? (struct node *)taken : NULL;
    }
    while (opv_attempt_begin(&attempt)) {
        struct slot *slot = (struct slot *)opv_percpu_at(base, attempt.offset);
        struct node *head = (struct node *)opv_load_pointer(&slot->head);
        if (head == NULL) {
            if (opv_attempt_holds(&attempt))
                return NULL;
        } else if (opv_attempt_follow(&attempt, &slot->head, head, offsetof(struct node, next))) {
            return head;
        }
    }
    return NULL;
}

static void pop_and_push(struct worker *worker)
{
    struct node *node = pop(worker);
    if (node == NULL)
        return;
    if (__atomic_fetch_add(&node->in_use, 1, __ATOMIC_ACQ_REL) != 0)
        fail("a node was taken twice");
    __atomic_fetch_sub(&node->in_use, 1, __ATOMIC_ACQ_REL);
    if (push(node) != 0)
        fail("a node could not be given back");
}

static int is_uniform(const unsigned char *block)
{
    return memcmp(block, block + 1, BLOCK - 1) == 0;
}

static void look(struct worker *worker)
{
    int cpu = any_cpu(worker);
    const struct slot *slot = (const struct slot *)opv_percpu_slot(base, cpu);
    struct opv_look look = OPV_LOOK_NONE;
    unsigned char block[BLOCK];
    int agrees = 0;
    while (opv_look_begin(&look, cpu)) {
        agrees = agree(slot);
        memcpy(block, slot->block[opv_load_u64(&slot->published) % 2], BLOCK);
        if (opv_look_holds(&look))
            break;
    }
    worker->looks++;
    worker->torn += look.begun - 1;
    if (!agrees)
        fail("a look found places that disagree");
    if (!is_uniform(block))
        fail("a look found a block that was half written");
}

static void count(struct worker *worker, int error, uint64_t *done)
{
    if (error == 0)
        ++*done;
    else if (error == -EDEADLK)
        worker->refused++;
    else
        fail("a transaction had an unexpected result");
}

static void work_once(struct worker *worker)
{
    switch (next_random(&worker->random) % 16) {
    case 0:
    case 1:
    case 2:
        count(worker, add_by_log(), &worker->all);
        break;
    case 3:
    case 4:
        count(worker, add_by_lock(), &worker->all);
        break;
    case 5:
        if (next_random(&worker->random) % 8 == 0)
            count(worker, add_from_afar(worker), &worker->all);
        break;
    case 6:
        count(worker, add_by_vector(worker), &worker->all);
        break;
    case 7:
    case 8:
    case 9:
        count(worker, opv_here_add_u64(&base->single, 1), &worker->singles);
        break;
    case 10:
    case 11:
        count(worker, store_by_attempt(worker), &worker->stored);
        break;
    case 12:
        count(worker, publish(worker), &worker->published);
        break;
    case 13:
    case 14:
        pop_and_push(worker);
        break;
    default:
        look(worker);
        break;
    }
}

static void on_signal(int number)
{
    struct worker *worker = self;
    (void)number;
    if (worker == NULL)
        return;
    worker->signals++;
    /* At times nothing but a store that what it interrupts may just have read the place of. */
    if (worker->signals % 2 != 0) {
        if (opv_here_add_u64(&base->stored, 1) == 0)
            worker->stored_in_handler++;
        else
            worker->refused_in_handler++;
        return;
    }
    if (opv_here_add_u64(&base->single, 1) == 0)
        worker->singles_in_handler++;
    else
        worker->refused_in_handler++;
    if (add_by_log() == 0)
        worker->all_in_handler++;
    else
        worker->refused_in_handler++;
}

static void *work(void *argument)
{
    sigset_t signals;
    self = (struct worker *)argument;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    __atomic_store_n(&self->tid, (pid_t)syscall(SYS_gettid), __ATOMIC_RELEASE);
    while (!stopping)
        work_once(self);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    return NULL;
}

static void *send_signals(void *argument)
{
    const struct timespec pause = {0, SIGNAL_NS};
    uint64_t random = *(const uint64_t *)argument;
    while (!stopping) {
        pthread_kill(workers[next_random(&random) % (uint64_t)threads].thread, SIGUSR1);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void *change_affinity(void *argument)
{
    const struct timespec pause = {0, AFFINITY_NS};
    uint64_t random = ~*(const uint64_t *)argument;
    cpu_set_t all;
    sched_getaffinity(0, sizeof(all), &all);
    while (!stopping) {
        pid_t tid = __atomic_load_n(&workers[next_random(&random) % (uint64_t)threads].tid, __ATOMIC_ACQUIRE);
        size_t cpu = (size_t)(next_random(&random) % (uint64_t)opv_cpus_possible());
        cpu_set_t mask = all;
        if (next_random(&random) % 4 != 0 && CPU_ISSET(cpu, &all)) {
            CPU_ZERO(&mask);
            CPU_SET(cpu, &mask);
        }
        if (tid != 0)
            sched_setaffinity(tid, sizeof(mask), &mask);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void start(pthread_t *thread, void *(*body)(void *), void *argument)
{
    if (pthread_create(thread, NULL, body, argument) != 0) {
        perror("pthread_create");
        exit(2);
    }
}

static struct node *make_lists(void)
{
    struct node *nodes = (struct node *)calloc((size_t)opv_cpus_possible() * NODES_PER_CPU, sizeof(*nodes));
    int i;
    if (nodes == NULL)
        exit(2);
    for (i = 0; i < opv_cpus_possible() * NODES_PER_CPU; i++) {
        struct slot *slot = (struct slot *)opv_percpu_slot(base, i / NODES_PER_CPU);
        nodes[i].next = slot->head;
        slot->head = &nodes[i];
    }
    return nodes;
}

static void check(void)
{
    struct worker sum;
    uint64_t a = 0;
    uint64_t single = 0;
    uint64_t stored = 0;
    uint64_t published = 0;
    uint64_t nodes = 0;
    int i;
    memset(&sum, 0, sizeof(sum));
    for (i = 0; i < threads; i++) {
        sum.all += workers[i].all + workers[i].all_in_handler;
        sum.singles += workers[i].singles + workers[i].singles_in_handler;
        sum.stored += workers[i].stored + workers[i].stored_in_handler;
        sum.published += workers[i].published;
        sum.looks += workers[i].looks;
        sum.torn += workers[i].torn;
        sum.refused += workers[i].refused;
        sum.refused_in_handler += workers[i].refused_in_handler;
        sum.signals += workers[i].signals;
    }
    for (i = 0; i < opv_cpus_possible(); i++) {
        const struct slot *slot = (const struct slot *)opv_percpu_slot(base, i);
        const struct node *node;
        a += slot->a;
        single += slot->single;
        stored += slot->stored;
        published += slot->published;
        for (node = slot->head; node != NULL && nodes <= (uint64_t)opv_cpus_possible() * NODES_PER_CPU; node = node->next)
            nodes++;
        if (!agree(slot))
            fail("places disagree at the end");
    }
    if (a != sum.all || single != sum.singles || stored != sum.stored || published != sum.published)
        fail("stores were lost or made twice");
    if (nodes != (uint64_t)opv_cpus_possible() * NODES_PER_CPU)
        fail("nodes were lost or doubled");
    if (sum.all == 0 || sum.signals == 0 || sum.looks == 0)
        fail("nothing happened");
    if (sum.refused != 0)
        fail("a thread was refused outside of a handler");
    printf("%d threads: %llu of several stores, %llu and %llu of one, %llu copies, %llu looks (%llu more in vain), %llu "
           "signals (%llu refused); %lu failures\n",
        threads, (unsigned long long)sum.all, (unsigned long long)sum.singles, (unsigned long long)sum.stored,
        (unsigned long long)sum.published, (unsigned long long)sum.looks, (unsigned long long)sum.torn,
        (unsigned long long)sum.signals, (unsigned long long)sum.refused_in_handler, failures);
}

int main(void)
{
    const char *seconds = getenv("WORDS_SECONDS");
    const char *seed = getenv("WORDS_SEED");
    uint64_t random = seed != NULL ? strtoull(seed, NULL, 0) : (uint64_t)time(NULL) * 2654435761u + (uint64_t)getpid();
    struct timespec time = {0, 0};
    struct sigaction action;
    sigset_t signals;
    pthread_t signaller;
    pthread_t migrator;
    struct node *nodes;
    int i;
    time.tv_sec = seconds != NULL ? (time_t)atol(seconds) : 4;
    printf("WORDS_SEED=0x%llx WORDS_SECONDS=%ld\n", (unsigned long long)random, (long)time.tv_sec);
    base = (struct slot *)opv_percpu_alloc(sizeof(*base), NULL);
    if (base == NULL)
        return 2;
    nodes = make_lists();
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, NULL);
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    threads = THREADS_PER_CPU * opv_cpus_possible();
    threads = threads > THREADS_MAX ? THREADS_MAX : threads;
    for (i = 0; i < threads; i++) {
        workers[i].random = random ^ (uint64_t)(i + 1) * 0x9E3779B97F4A7C15u;
        start(&workers[i].thread, work, &workers[i]);
    }
    start(&signaller, send_signals, &random);
    start(&migrator, change_affinity, &random);
    nanosleep(&time, NULL);
    stopping = 1;
    pthread_join(signaller, NULL);
    pthread_join(migrator, NULL);
    for (i = 0; i < threads; i++)
        pthread_join(workers[i].thread, NULL);
    check();
    opv_percpu_free(base);
    free(nodes);
    return failures != 0;
}
