/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stresses the transactions of the samples: stress direct|vector|both [OPERATIONS [STRUCTURE]].
 *
 * Eight threads work on two CPUs. Every few hundred microseconds one of them is moved to another, and a timer
 * interrupts them. A further thread looks whether any slot is between two transactions. With `both`, the generated
 * functions change their form all the time, and a third of the operations are vectors that are built by hand.
 *
 * STRESS_SEED in the environment sets what is random.
 */
#define OPV_IMPLEMENTATION
#include "stress.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { CPUS_MAX = 2, OPERATIONS = 100000 };

/* How long the threads are left where they are, and how often a signal comes. */
enum { STAY_MIN_NS = 100000, STAY_SPREAD_NS = 400000, TIMER_US = 200 };

/* One of that many operations names any CPU; one of that many, if both forms are stressed, is built by hand. */
enum { ANY_CPU_SHARE = 8, RAW_SHARE = 3 };

/* Threads that have random numbers: the workers, and these. */
enum { TORMENTOR = WORKERS, CHECKER, THREADS };

/* How long the thread that checks slots leaves the processor to others. */
enum { CHECK_PAUSE_NS = 20000 };

static const struct subject *const subjects[] = {&histogram, &free_list, &ring_buffer};

static int uses_both_forms;
static cpu_set_t allowed;
static int allowed_cpus[CPUS_MAX];
static int allowed_count;
static unsigned long signals;

/* One run: a subject, and who works on it. */
struct run {
    const struct subject *subject;
    struct worker workers[WORKERS];
    pthread_t threads[WORKERS];
    /* Of the thread that serves: for moving it only. */
    struct worker server;
    int is_working;
    uint64_t seed;
    uint64_t moves;
    uint64_t checks;
};

struct job {
    struct run *run;
    struct worker *worker;
};

void fail(const char *format, ...)
{
    static int has_failed;
    va_list arguments;
    /* The first thread that fails ends the process; others may be about to do so because of the same mistake. */
    if (__atomic_exchange_n(&has_failed, 1, __ATOMIC_RELAXED))
        for (;;)
            pause();
    va_start(arguments, format);
    fprintf(stderr, "C: WRONG: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    _exit(EXIT_FAILURE);
}

void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        fail("out of memory");
    return memory;
}

/* Vigna's xorshift64*. */
uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (*state * 0x2545F4914F6CDD1Du) >> 16;
}

/* The start of one thread's random numbers. Never 0, which the generator would not leave. */
static uint64_t seed_of(uint64_t seed, uint64_t thread)
{
    return (seed + thread) * 0x9E3779B97F4A7C15u | 1;
}

int choose_cpu(uint64_t *random)
{
    int cpu;
    if (next_random(random) % ANY_CPU_SHARE != 0)
        return opv_cpu_current();
    do
        cpu = (int)(next_random(random) % (uint64_t)opv_cpus_possible());
    while (!opv_cpu_is_possible(cpu));
    return cpu;
}

int chooses_raw_vector(uint64_t *random)
{
    return uses_both_forms && next_random(random) % RAW_SHARE == 0;
}

static int is_working(const struct run *run)
{
    return __atomic_load_n(&run->is_working, __ATOMIC_ACQUIRE);
}

static void pause_for(long nanoseconds)
{
    const struct timespec pause = {0, nanoseconds};
    nanosleep(&pause, NULL);
}

/* Threads that work are interrupted by the timer; the others inherit that its signal is blocked. */
static void begin(struct worker *worker)
{
    sigset_t timer;
    sigemptyset(&timer);
    sigaddset(&timer, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &timer, NULL);
    __atomic_store_n(&worker->tid, (pid_t)syscall(SYS_gettid), __ATOMIC_RELAXED);
}

static void end(struct worker *worker)
{
    __atomic_store_n(&worker->tid, 0, __ATOMIC_RELAXED);
}

static void *work(void *argument)
{
    const struct job *job = (const struct job *)argument;
    begin(job->worker);
    job->run->subject->work(job->worker);
    end(job->worker);
    return NULL;
}

static void *serve(void *argument)
{
    struct run *run = (struct run *)argument;
    int goes_on;
    begin(&run->server);
    do {
        goes_on = is_working(run);
        run->subject->serve();
    } while (goes_on);
    end(&run->server);
    return NULL;
}

static void *check_slots(void *argument)
{
    struct run *run = (struct run *)argument;
    uint64_t random = seed_of(run->seed, CHECKER);
    int cpu;
    while (is_working(run)) {
        for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
            if (opv_cpu_is_possible(cpu)) {
                run->subject->check_slot(cpu, &random);
                run->checks++;
            }
        }
        if (run->subject->check_all != NULL)
            run->subject->check_all();
        pause_for(CHECK_PAUSE_NS);
    }
    return NULL;
}

/* Moves a thread to one of the CPUs, or lets it run on all of them. It may have ended; that changes nothing. */
static void move(const struct worker *worker, uint64_t *random)
{
    pid_t tid = __atomic_load_n(&worker->tid, __ATOMIC_RELAXED);
    uint64_t choice = next_random(random) % (uint64_t)(allowed_count + 1);
    cpu_set_t mask = allowed;
    if (choice < (uint64_t)allowed_count) {
        CPU_ZERO(&mask);
        CPU_SET((size_t)allowed_cpus[choice], &mask);
    }
    if (tid != 0 && sched_setaffinity(tid, sizeof(mask), &mask) != 0 && errno != ESRCH)
        fail("a thread could not be moved: %s", strerror(errno));
}

static void *torment(void *argument)
{
    struct run *run = (struct run *)argument;
    uint64_t random = seed_of(run->seed, TORMENTOR);
    while (is_working(run)) {
        uint64_t victim = next_random(&random) % (WORKERS + 1);
        move(victim < WORKERS ? &run->workers[victim] : &run->server, &random);
        if (uses_both_forms)
            opv_use_vectors(next_random(&random) % 2 != 0);
        run->moves++;
        pause_for(STAY_MIN_NS + (long)(next_random(&random) % STAY_SPREAD_NS));
    }
    return NULL;
}

static void start(pthread_t *thread, void *(*body)(void *), void *argument)
{
    if (pthread_create(thread, NULL, body, argument) != 0)
        fail("no thread could be started");
}

static void work_all(struct run *run, uint64_t operations)
{
    struct job jobs[WORKERS];
    uint32_t i;
    for (i = 0; i < WORKERS; i++) {
        struct worker *worker = &run->workers[i];
        worker->name = i + 1;
        worker->random = seed_of(run->seed, i);
        worker->operations = operations / WORKERS + (i < operations % WORKERS);
        jobs[i].run = run;
        jobs[i].worker = worker;
        start(&run->threads[i], work, &jobs[i]);
    }
    for (i = 0; i < WORKERS; i++)
        pthread_join(run->threads[i], NULL);
    __atomic_store_n(&run->is_working, 0, __ATOMIC_RELEASE);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static const char *described(void)
{
    if (uses_both_forms)
        return "both forms";
    return opv_uses_vectors() ? "vector form" : "direct form";
}

static void stress(const struct subject *subject, uint64_t operations, uint64_t seed)
{
    struct run run;
    pthread_t tormentor;
    pthread_t checker;
    pthread_t server;
    double begun = now();
    double seconds;
    unsigned long signals_after;
    unsigned long signals_before = __atomic_load_n(&signals, __ATOMIC_RELAXED);
    memset(&run, 0, sizeof(run));
    run.subject = subject;
    run.seed = seed;
    run.is_working = 1;
    subject->set_up(operations);
    start(&tormentor, torment, &run);
    start(&checker, check_slots, &run);
    if (subject->serve != NULL)
        start(&server, serve, &run);
    work_all(&run, operations);
    if (subject->serve != NULL)
        pthread_join(server, NULL);
    pthread_join(checker, NULL);
    pthread_join(tormentor, NULL);
    seconds = now() - begun;
    signals_after = __atomic_load_n(&signals, __ATOMIC_RELAXED);
    subject->finish(operations);
    printf("C, %s: %s: %" PRIu64 " operations in %.1f s, %" PRIu64 " moves, %lu signals, %" PRIu64
           " slots checked: all right\n",
        described(), subject->name, operations, seconds, run.moves, signals_after - signals_before, run.checks);
    fflush(stdout);
}

/* Several threads may be in it at once. */
static void on_timer(int number)
{
    (void)number;
    __atomic_fetch_add(&signals, 1, __ATOMIC_RELAXED);
}

/* System calls that a signal interrupts are not restarted by the kernel. */
static void start_timer(void)
{
    const struct itimerval interval = {{0, TIMER_US}, {0, TIMER_US}};
    struct sigaction action;
    sigset_t timer;
    sigemptyset(&timer);
    sigaddset(&timer, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &timer, NULL);
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_timer;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &interval, NULL);
}

/* Takes the first CPUs that the process may run on. */
static void choose_allowed(void)
{
    cpu_set_t mask;
    int cpu;
    if (sched_getaffinity(0, sizeof(mask), &mask) != 0)
        fail("the process's CPUs are not known: %s", strerror(errno));
    CPU_ZERO(&allowed);
    for (cpu = 0; cpu < CPU_SETSIZE && allowed_count < CPUS_MAX; cpu++) {
        if (CPU_ISSET((size_t)cpu, &mask)) {
            CPU_SET((size_t)cpu, &allowed);
            allowed_cpus[allowed_count++] = cpu;
        }
    }
    sched_setaffinity(0, sizeof(allowed), &allowed);
}

static uint64_t choose_seed(void)
{
    const char *given = getenv("STRESS_SEED");
    return given != NULL ? strtoull(given, NULL, 0) : (uint64_t)(now() * 1e9);
}

static int choose_form(const char *form)
{
    uses_both_forms = strcmp(form, "both") == 0;
    opv_use_vectors(strcmp(form, "vector") == 0);
    return uses_both_forms || opv_uses_vectors() || strcmp(form, "direct") == 0;
}

static int is_chosen(const struct subject *subject, const char *name)
{
    return name == NULL || strcmp(name, subject->name) == 0;
}

int main(int count, char **arguments)
{
    uint64_t operations = count > 2 ? strtoull(arguments[2], NULL, 10) : OPERATIONS;
    const char *chosen = count > 3 ? arguments[3] : NULL;
    uint64_t seed = choose_seed();
    size_t i;
    if (count < 2 || operations == 0 || operations > UINT32_MAX || !choose_form(arguments[1])) {
        fprintf(stderr, "stress direct|vector|both [OPERATIONS [histogram|free-list|ring]]\n");
        return 2;
    }
    choose_allowed();
    start_timer();
    printf("C, %s: %d threads on %d CPUs of %d, STRESS_SEED=0x%" PRIx64 "\n", described(), WORKERS,
        allowed_count, opv_cpus_possible(), seed);
    fflush(stdout);
    for (i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
        if (is_chosen(subjects[i], chosen))
            stress(subjects[i], operations, seed + i * THREADS);
    return EXIT_SUCCESS;
}
