/* SPDX-License-Identifier: Apache-2.0 */
/*
 * critical_section [SAMPLES]: how long a CPU is held by a vector at the limits: 16 operations, 4216 bytes.
 *
 * What is timed is steps 3 and 4 of one vector: taking the CPU, the operations, letting go. Checking and pinning come
 * before, as in the engine, and are not part of it. "Cold" writes every cache line of the data, the vector and the
 * lock word back to memory before each sample.
 */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"

#include <time.h>

#define DEFAULT_SAMPLES 20000
#define CACHE_LINE 64
#define LONG_LEN CPU_OP_DATA_LEN_MAX
#define WORDS (CPU_OP_VEC_LEN_MAX - 1)

/* The sides of the long operation begin in the middle of a page, so that each lies on two. */
struct data {
    char source[2 * LONG_LEN];
    char target[2 * LONG_LEN];
    struct {
        uint64_t word;
        char padding[OPV_CACHE_ALIGN - sizeof(uint64_t)];
    } words[WORDS];
} __attribute__((aligned(4096)));

static struct data data;

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

#if defined(__x86_64__) || defined(__i386__)

static void evict(const void *memory, size_t len)
{
    size_t at;
    for (at = 0; at < len; at += CACHE_LINE)
        __builtin_ia32_clflush((const char *)memory + at);
}

static void evict_all(const struct cpu_op *ops, struct opv_word *word)
{
    evict(&data, sizeof(data));
    evict(ops, CPU_OP_VEC_LEN_MAX * sizeof(*ops));
    evict(word, sizeof(*word));
    __builtin_ia32_mfence();
}

#else

/* Larger than most last-level caches; reading it replaces what they held. */
#define SWEEP ((size_t)64 << 20)

static void evict_all(const struct cpu_op *ops, struct opv_word *word)
{
    static volatile char sweep[SWEEP];
    size_t at;
    (void)ops;
    (void)word;
    for (at = 0; at < SWEEP; at += CACHE_LINE)
        sweep[at]++;
}

#endif

static double sample(const struct cpu_op *ops, int cold)
{
    int cpu = opv_cpu_current();
    struct opv_word *word = opv_word_of(cpu);
    double start;
    if (cold)
        evict_all(ops, word);
    start = now_ns();
    if (opv_word_hold(word, cpu) != 0 || opv_do(ops, CPU_OP_VEC_LEN_MAX) != 0)
        abort();
    opv_word_release(word, word->next);
    return now_ns() - start;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, double *samples, int count)
{
    qsort(samples, (size_t)count, sizeof(*samples), compare);
    printf("%-40s median %8.0f ns   99 %% %8.0f ns   99.9 %% %8.0f ns\n", name, samples[count / 2],
        samples[(int)(count * 0.99)], samples[(int)(count * 0.999)]);
}

static void measure(const char *name, const struct cpu_op *ops, double *samples, int count)
{
    char label[64];
    int cold;
    if (opv_check_and_pin(ops, CPU_OP_VEC_LEN_MAX) != 0)
        abort();
    for (cold = 0; cold <= 1; cold++) {
        int i;
        for (i = 0; i < count; i++)
            samples[i] = sample(ops, cold);
        snprintf(label, sizeof(label), "%s, %s", name, cold ? "cold" : "warm");
        report(label, samples, count);
    }
}

static void measure_clock(double *samples, int count)
{
    int i;
    for (i = 0; i < count; i++) {
        double start = now_ns();
        samples[i] = now_ns() - start;
    }
    report("nothing (the clock itself)", samples, count);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : DEFAULT_SAMPLES;
    double *samples = (double *)calloc((size_t)(count > 0 ? count : 1), sizeof(*samples));
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    int i;
    if (count < 1 || samples == NULL) {
        fprintf(stderr, "usage: critical_section [SAMPLES]\n");
        return 2;
    }
    memset(&data, 1, sizeof(data));
    for (i = 0; i < WORDS; i++)
        cpu_op_set_add(&ops[1 + i], &data.words[i].word, 1, sizeof(uint64_t));
    measure_clock(samples, count);
    cpu_op_set_memcpy(&ops[0], data.target + LONG_LEN / 2, data.source + LONG_LEN / 2 + 3, LONG_LEN);
    measure("copy of 4096 and 15 adds", ops, samples, count);
    cpu_op_set_compare_eq(&ops[0], data.target + LONG_LEN / 2, data.source + LONG_LEN / 2 + 3, LONG_LEN);
    measure("comparison of 4096 and 15 adds", ops, samples, count);
    free(samples);
    return 0;
}
