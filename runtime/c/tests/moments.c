/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Moments that the other tests meet too seldom. What happens in the middle of a step of the runtime, to which it makes no
 * difference when it comes, is made to come then. An alarm ends what hangs.
 */
#define OPV_IMPLEMENTATION
#define _GNU_SOURCE
#include "opv/impl/system.h"
#include "opv/section.h"

static void at_barrier(int cpu);
static int cpu_as_seen(void);

#define opv_membarrier_sections(cpu) at_barrier(cpu)
#if OPV_SECTIONS
#define opv_section_cpu() cpu_as_seen()
#endif
#include "opv/engine.h"
#undef opv_membarrier_sections
#undef opv_section_cpu

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS_MAX = 20, STEP_NS = 1000000, STEPS_MAX = 5000, ASLEEP_STEPS = 30 };

static int failures;
static uint64_t *base;
/* Two CPUs on which this process may run, in ascending order. */
static int cpus[2];

static void check(int holds, const char *what)
{
    if (holds)
        return;
    printf("moments: FAIL: %s\n", what);
    failures++;
}

static void step(void)
{
    const struct timespec time = {0, STEP_NS};
    nanosleep(&time, NULL);
}

static int comes(const volatile int *flag)
{
    int steps;
    for (steps = 0; steps < STEPS_MAX && !__atomic_load_n(flag, __ATOMIC_ACQUIRE); steps++)
        step();
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

static void go_to(int cpu)
{
    cpu_set_t mask;
    CPU_ZERO(&mask);
    CPU_SET((size_t)cpu, &mask);
    if (sched_setaffinity(0, sizeof(mask), &mask) != 0) {
        perror("moments: sched_setaffinity");
        _exit(2);
    }
}

/* What happens once, at the next barrier, and where the thread once seems to be. */
static void (*at_next_barrier)(void);
static int seems_to_be = -1;

static void at_barrier(int cpu)
{
    void (*happens)(void) = at_next_barrier;
    at_next_barrier = NULL;
    if (happens != NULL)
        happens();
    opv_membarrier_sections(cpu);
}

#if OPV_SECTIONS
static int cpu_as_seen(void)
{
    int cpu = seems_to_be >= 0 ? seems_to_be : opv_section_cpu();
    seems_to_be = -1;
    return cpu;
}

/* The thread is moved when it has read the number of its CPU, and before it looks at the word. */
static void test_moved_before_the_look(void)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    go_to(cpus[1]);
    seems_to_be = cpus[0];
    check(opv_attempt_begin(&attempt) && attempt.cpu == cpus[1], "an attempt began with a look from another CPU");
}

static volatile int has_had_it;

static void *wait_for_first_cpu(void *unused)
{
    go_to(cpus[1]);
    if (opv_cpu_lock(cpus[0]) == 0) {
        opv_cpu_unlock(cpus[0]);
        __atomic_store_n(&has_had_it, 1, __ATOMIC_RELEASE);
    }
    return unused;
}

static pthread_t waiter;
static uintptr_t word_before;

/* Another thread falls asleep on the word, and a section that had looked at it before makes its store. */
static void fall_asleep_and_be_overtaken(void)
{
    struct opv_word *word = opv_word_of(cpus[0]);
    int steps;
    pthread_create(&waiter, NULL, wait_for_first_cpu, NULL);
    for (steps = 0; steps < STEPS_MAX && __atomic_load_n(&word->sleepers, __ATOMIC_RELAXED) == 0; steps++)
        step();
    for (steps = 0; steps < ASLEEP_STEPS; steps++)
        step();
    __atomic_store_n(&word->state, word_before + OPV_WORD_STEP, __ATOMIC_RELEASE);
}

static void test_sleeper_of_an_owner_that_lost(void)
{
    struct opv_word *word = opv_word_of(cpus[0]);
    go_to(cpus[1]);
    word_before = opv_word_state(word);
    at_next_barrier = fall_asleep_and_be_overtaken;
    check(opv_word_try(word, cpus[0]) == OPV_TAKEN_NOT, "a word was taken from a section that had won");
    check(comes(&has_had_it), "a thread sleeps on a word that nobody holds");
    if (has_had_it)
        pthread_join(waiter, NULL);
}

static volatile int holds;
static volatile int may_leave;

static void *hold_first_cpu(void *unused)
{
    if (opv_cpu_lock(cpus[0]) != 0)
        return unused;
    __atomic_store_n(&holds, 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&may_leave, __ATOMIC_ACQUIRE))
        step();
    opv_cpu_unlock(cpus[0]);
    return unused;
}

/*
 * A log's owner is stopped behind the publishing, or before it, and another thread takes the CPU for long. The owner may
 * hold what that thread will want.
 */
static void test_end_of_a_log(int is_published)
{
    struct opv_word *word = opv_word_of(cpus[0]);
    uint64_t *place = (uint64_t *)opv_percpu_slot(base, cpus[0]);
    uint64_t before;
    uintptr_t seen;
    struct opv_log log;
    pthread_t holder;
    go_to(cpus[1]);
    before = opv_load_u64(place);
    seen = opv_word_state(word);
    log.done = 0;
    log.shape = OPV_SHAPE_U64(0);
    opv_log_put(&log, 0, place, before + 1);
    if (is_published) {
        word->log = &log;
        __atomic_store_n(&word->state, seen - OPV_WORD_IDLE + OPV_WORD_PENDING, __ATOMIC_RELEASE);
    }
    holds = 0;
    may_leave = 0;
    pthread_create(&holder, NULL, hold_first_cpu, NULL);
    check(comes(&holds), "a CPU with a pending log could not be taken");
    check(opv_log_finish(word, cpus[0], seen, &log) == is_published, "a log's owner was told wrongly whether it committed");
    check(opv_load_u64(place) == before + (is_published ? 1 : 0), "a log's store was not made, or without being published");
    __atomic_store_n(&may_leave, 1, __ATOMIC_RELEASE);
    pthread_join(holder, NULL);
}

static volatile int handled;
static volatile int refused;

/* The program holds nothing, so that nothing may be refused. */
static void use_both_cpus(int number)
{
    int i;
    (void)number;
    for (i = 0; i < 2; i++) {
        if (opv_cpu_lock(cpus[i]) == 0)
            opv_cpu_unlock(cpus[i]);
        else
            refused++;
    }
    handled++;
}

static void raise_usr1(void)
{
    raise(SIGUSR1);
}

static void check_handled(const char *what)
{
    check(handled == 1, what);
    check(refused == 0, what);
    handled = 0;
    refused = 0;
}

/* The other CPU is the one that is taken with a barrier. */
static void test_signal_in_a_fork(void)
{
    pid_t child;
    int status = 0;
    go_to(cpus[0]);
    at_next_barrier = raise_usr1;
    child = fork();
    if (child == 0)
        _exit(handled == 0 && raise(SIGUSR1) == 0 && handled == 1 && refused == 0 ? 0 : 1);
    check(child > 0 && waitpid(child, &status, 0) == child && status == 0, "a child could not use its CPUs");
    check_handled("a handler in the middle of fork()");
}

static void test_signal_in_a_free(void)
{
    void *memory = opv_percpu_alloc(sizeof(uint64_t), NULL);
    go_to(cpus[0]);
    at_next_barrier = raise_usr1;
    opv_percpu_free(memory);
    check_handled("a handler in the middle of opv_percpu_free()");
}

static void test_signal_in_a_look(void)
{
    struct opv_look look = OPV_LOOK_NONE;
    look.begun = OPV_LOOKS_MAX;
    check(opv_look_begin(&look, cpus[1]) && look.holds_cpu, "a look in vain too often did not take the CPU");
    raise(SIGUSR1);
    check(handled == 0, "a handler ran while a look held the CPU");
    check(opv_look_holds(&look), "a look that had taken the CPU was in vain");
    check_handled("a handler in the middle of a look");
}
#endif

static volatile int earlier_is_held;

static void *hold_first_cpu_for_ever(void *unused)
{
    if (opv_cpu_lock(cpus[0]) == 0)
        __atomic_store_n(&earlier_is_held, 1, __ATOMIC_RELEASE);
    for (;;)
        pause();
    return unused;
}

/* Holds a later CPU while another thread holds an earlier one, and forks. Returns if that is not refused. */
static void fork_in_vain(void)
{
    pthread_t holder;
    pid_t child;
    pthread_create(&holder, NULL, hold_first_cpu_for_ever, NULL);
    if (!comes(&earlier_is_held) || opv_cpu_lock(cpus[1]) != 0)
        return;
    /* The message is expected. */
    if (freopen("/dev/null", "w", stderr) == NULL)
        return;
    child = fork();
    if (child == 0)
        _exit(0);
}

static void test_fork_while_an_earlier_cpu_is_held(void)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        alarm(SECONDS_MAX);
        fork_in_vain();
        _exit(1);
    }
    check(child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT,
        "a fork that would leave a CPU held for ever was not refused");
}

static int find_cpus(void)
{
    cpu_set_t mask;
    int found = 0;
    int cpu;
    if (sched_getaffinity(0, sizeof(mask), &mask) != 0)
        return 0;
    for (cpu = 0; cpu < opv_cpus_possible() && found < 2; cpu++) {
        if (CPU_ISSET((size_t)cpu, &mask) && opv_cpu_is_possible(cpu) && opv_cpu_lock(cpu) == 0) {
            opv_cpu_unlock(cpu);
            cpus[found++] = cpu;
        }
    }
    return found == 2;
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    alarm(SECONDS_MAX);
    if (!find_cpus()) {
        printf("moments: left out, they need two CPUs\n");
        return 0;
    }
    base = (uint64_t *)opv_percpu_alloc(sizeof(uint64_t), NULL);
    if (base == NULL)
        return 2;
    test_fork_while_an_earlier_cpu_is_held();
#if OPV_SECTIONS
    if (opv_the_engine()->has_sections) {
        struct sigaction action;
        memset(&action, 0, sizeof(action));
        action.sa_handler = use_both_cpus;
        sigaction(SIGUSR1, &action, NULL);
        test_moved_before_the_look();
        test_sleeper_of_an_owner_that_lost();
        test_end_of_a_log(1);
        test_end_of_a_log(0);
        test_signal_in_a_fork();
        test_signal_in_a_free();
        test_signal_in_a_look();
    } else {
        printf("moments: those of sections left out, the process has none\n");
    }
#endif
    if (failures == 0)
        printf("moments: ok\n");
    return failures != 0;
}
