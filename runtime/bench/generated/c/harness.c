/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generated SAMPLES | quick: measures each way of each work, in turn, as often as SAMPLES says, with 1, 2 and 8 threads,
 * and prints tables. A sample lasts a fixed time; its figure is the threads' time by their operations.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "opv/engine.h"

#define SAMPLES_MAX 1000
#define SAMPLE_NS 100000000L
#define QUICK_SAMPLE_NS 2000000L
#define WAYS_MAX 8
#define THREADS_MAX 8

static const int thread_counts[] = {1, 2, THREADS_MAX};
#define THREAD_COUNTS BENCH_COUNT(thread_counts)

static const struct work *const works[] = {&record_work, &add_work, &compare_store_work, &copy_work, &fetch_add_work,
    &three_work, &free_list_work, &ring_work, &total_work, &one_total_work};
#define WORKS BENCH_COUNT(works)

struct samples {
    double ns[SAMPLES_MAX];
};

static struct samples samples[WORKS][WAYS_MAX][THREAD_COUNTS];
static uint64_t generated_operations[WORKS];

/* One thread of a sample. */
struct worker {
    pthread_t thread;
    const struct way *way;
    uint64_t operations;
    double ns;
    uint64_t wrong;
} __attribute__((aligned(BENCH_APART)));

static pthread_barrier_t begin;
static int has_ended;

static void fail(const char *title, const char *what)
{
    fprintf(stderr, "%s: %s\n", title, what);
    exit(EXIT_FAILURE);
}

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void *work_on(void *argument)
{
    struct worker *worker = (struct worker *)argument;
    double start;
    pthread_barrier_wait(&begin);
    start = now_ns();
    do {
        worker->wrong += (uint64_t)worker->way->batch();
        worker->operations += BENCH_BATCH;
    } while (!__atomic_load_n(&has_ended, __ATOMIC_RELAXED));
    worker->ns = now_ns() - start;
    return NULL;
}

/* Lets the workers work, and adds up in the first of them what they have done. */
static void let_work(struct worker *workers, int threads, long ns, const char *title)
{
    struct timespec time = {0, ns};
    int i;
    pthread_barrier_init(&begin, NULL, (unsigned)threads + 1);
    __atomic_store_n(&has_ended, 0, __ATOMIC_RELAXED);
    for (i = 0; i < threads; i++) {
        if (pthread_create(&workers[i].thread, NULL, work_on, &workers[i]) != 0)
            fail(title, "no thread could be started");
    }
    pthread_barrier_wait(&begin);
    nanosleep(&time, NULL);
    __atomic_store_n(&has_ended, 1, __ATOMIC_RELAXED);
    for (i = 0; i < threads; i++)
        pthread_join(workers[i].thread, NULL);
    for (i = 1; i < threads; i++) {
        workers[0].operations += workers[i].operations;
        workers[0].ns += workers[i].ns;
        workers[0].wrong += workers[i].wrong;
    }
    pthread_barrier_destroy(&begin);
}

/* Returns nanoseconds of a thread for one operation. */
static double sample(int w, const struct way *way, int threads, long ns)
{
    struct worker workers[THREADS_MAX];
    int i;
    memset(workers, 0, sizeof(workers));
    for (i = 0; i < threads; i++)
        workers[i].way = way;
    opv_use_vectors(way->form == FORM_VECTOR);
    let_work(workers, threads, ns, works[w]->title);
    if (workers[0].wrong != 0)
        fail(works[w]->title, "an operation went wrong");
    if (way->generated)
        generated_operations[w] += workers[0].operations;
    return workers[0].ns / (double)workers[0].operations;
}

/* All ways of all works once, with each number of threads. */
static void measure(int place, long ns)
{
    int w;
    int i;
    int t;
    for (t = 0; t < THREAD_COUNTS; t++) {
        for (w = 0; w < WORKS; w++) {
            for (i = 0; i < works[w]->count; i++)
                samples[w][i][t].ns[place] = sample(w, &works[w]->ways[i], thread_counts[t], ns);
        }
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of sorted samples; between two of them, their weighted mean. */
static double quantile(const struct samples *sorted, int count, double share)
{
    double place = share * (count - 1);
    int below = (int)place;
    int above = below + 1 < count ? below + 1 : below;
    return sorted->ns[below] + (place - below) * (sorted->ns[above] - sorted->ns[below]);
}

static void print_cell(const struct samples *sorted, const struct samples *peer, int count)
{
    double median = quantile(sorted, count, 0.5);
    double spread = (quantile(sorted, count, 0.75) - quantile(sorted, count, 0.25)) / 2 / median;
    printf(" **%.2f**, %.1f ns ±%.0f %% |", median / quantile(peer, count, 0.5), median, 100 * spread);
}

/* In Markdown; the program for Java prints the same. */
static void print_table(int w, int count)
{
    int i;
    int t;
    printf("| %s |", works[w]->title);
    for (t = 0; t < THREAD_COUNTS; t++)
        printf(" %d thread%s |", thread_counts[t], thread_counts[t] == 1 ? "" : "s");
    printf("\n|---|");
    for (t = 0; t < THREAD_COUNTS; t++)
        printf("---|");
    for (i = 0; i < works[w]->count; i++) {
        for (t = 0; t < THREAD_COUNTS; t++)
            qsort(samples[w][i][t].ns, (size_t)count, sizeof(double), compare);
    }
    for (i = 0; i < works[w]->count; i++) {
        printf("\n| %s |", works[w]->ways[i].label);
        for (t = 0; t < THREAD_COUNTS; t++)
            print_cell(&samples[w][i][t], &samples[w][0][t], count);
    }
    printf("\n\n");
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
static void become_multithreaded(void)
{
    pthread_t sleeper;
    if (pthread_create(&sleeper, NULL, sleep_forever, NULL) != 0)
        fail("C", "no thread could be started");
}

static void prepare(void)
{
    int w;
    become_multithreaded();
    for (w = 0; w < WORKS; w++) {
        if (works[w]->prepare() != 0)
            fail(works[w]->title, "out of memory");
    }
}

/* The first time round is a warm-up, which the second one writes over. */
static void measure_all(int count, long ns)
{
    int i;
    measure(0, ns);
    for (i = 0; i < count; i++) {
        fprintf(stderr, "C: sample %d of %d\n", i + 1, count);
        measure(i, ns);
    }
}

static void report(int count)
{
    int w;
    for (w = 0; w < WORKS; w++) {
        const char *wrong = works[w]->check(generated_operations[w]);
        if (wrong != NULL)
            fail(works[w]->title, wrong);
        print_table(w, count);
    }
}

int main(int argc, char **argv)
{
    int catches = argc == 3 && strcmp(argv[2], "catch-faults") == 0;
    int is_quick = argc >= 2 && strcmp(argv[1], "quick") == 0;
    int count = is_quick ? 1 : argc >= 2 ? atoi(argv[1]) : 0;
    if (count < 1 || count > SAMPLES_MAX || argc > 2 + catches) {
        fprintf(stderr, "usage: generated SAMPLES (1 to %d) | quick  [catch-faults]\n", SAMPLES_MAX);
        return 2;
    }
    if (catches && opv_catch_faults() != 0)
        fail("start", "faults cannot be caught here");
    prepare();
    measure_all(count, is_quick ? QUICK_SAMPLE_NS : SAMPLE_NS);
    report(count);
    return EXIT_SUCCESS;
}
