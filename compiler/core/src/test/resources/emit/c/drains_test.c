/* SPDX-License-Identifier: Apache-2.0 */
/* Both forms of drains on random slots: what they give, what they set back, and what they leave. */
#include "queries.opv.h"
#include "seeded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 300
#define UNTOUCHED 0x5a
#define CPUS_MAX 1024

struct some {
    double mean;
    uint64_t total, one;
    int32_t row[3];
    float single;
    uint32_t left;
    uint8_t tiny;
    bool flags[5], open_;
};

struct slots {
    struct sample sample;
    struct other other;
};

typedef int some_function(struct sample_percpu *, struct other_percpu *, uint64_t, uint32_t, uint32_t, double *,
    uint64_t *, uint64_t *, int32_t *, bool *, bool *, uint32_t *, uint8_t *, float *);

static struct sample_percpu *sample;
static struct other_percpu *other;
static struct slots before[CPUS_MAX], after_direct[CPUS_MAX], after_vector[CPUS_MAX];

static void fill(void *memory, size_t size)
{
    unsigned char *bytes = (unsigned char *)memory;
    size_t i;
    for (i = 0; i < size; i++)
        bytes[i] = (unsigned char)(rand() >> 4);
}

static void each(struct slots *slots, void (*work)(struct slots *slots, struct sample *sample, struct other *other))
{
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu))
            work(&slots[cpu], sample_slot(sample, cpu), other_slot(other, cpu));
    }
}

static void save(struct slots *slots, struct sample *s, struct other *o)
{
    memcpy(&slots->sample, s, sizeof(*s));
    memcpy(&slots->other, o, sizeof(*o));
}

static void restore(struct slots *slots, struct sample *s, struct other *o)
{
    memcpy(s, &slots->sample, sizeof(*s));
    memcpy(o, &slots->other, sizeof(*o));
}

static void randomize(struct slots *slots, struct sample *s, struct other *o)
{
    fill(s, sizeof(*s));
    fill(o, sizeof(*o));
    save(slots, s, o);
}

static int drain(some_function *function, uint64_t divisor, uint32_t at, struct some *r)
{
    memset(r, UNTOUCHED, sizeof(*r));
    return function(sample, other, divisor, at, 3, &r->mean, &r->total, &r->one, r->row, r->flags, &r->open_, &r->left,
        &r->tiny, &r->single);
}

/* What is left of a slot where nothing went wrong. */
static void set_back(struct slots *slots, uint32_t at)
{
    struct sample *s = &slots->sample;
    s->sum = 0;
    s->a = 0;
    s->bucket[at] = 0;
    memset(s->grid[1], 0, sizeof(s->grid[1]));
    memset(s->flags, 0, sizeof(s->flags));
    s->open = false;
    s->pair[at & 3].left = 0;
    s->tiny = 0;
    s->single = 0;
    slots->other.weight = 1;
    slots->other.chosen = false;
}

static int compare(void)
{
    struct some direct, vector;
    uint64_t divisor = (uint64_t)(rand() % 4);
    uint32_t at = (uint32_t)rand() % 9;
    int result, cpu;
    each(before, randomize);
    result = drain(sample_take_some_direct, divisor, at, &direct);
    each(after_direct, save);
    each(before, restore);
    CHECK(drain(sample_take_some_vector, divisor, at, &vector) == result);
    each(after_vector, save);
    CHECK(memcmp(&direct, &vector, sizeof(direct)) == 0);
    CHECK(result == (divisor != 0 && at < 8 ? 0 : -EINVAL));
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu)) {
            if (result == 0)
                set_back(&before[cpu], at);
            CHECK(memcmp(&before[cpu].sample, &after_direct[cpu].sample, sizeof(struct sample)) == 0);
            CHECK(memcmp(&before[cpu].sample, &after_vector[cpu].sample, sizeof(struct sample)) == 0);
            CHECK(before[cpu].other.weight == after_direct[cpu].other.weight);
            CHECK(before[cpu].other.weight == after_vector[cpu].other.weight);
        }
    }
    return result;
}

static void check_against_query(void)
{
    uint64_t a, b, bucket[8], taken_a, taken_b, taken_bucket[8];
    double least;
    bool equal, taken_equal;
    each(before, randomize);
    CHECK(sample_equal(sample, &equal, &a, &b, bucket) == 0);
    CHECK(sample_take(sample, &taken_equal, &taken_a, &taken_b, taken_bucket) == 0);
    CHECK(equal == taken_equal && a == taken_a && b == taken_b && memcmp(bucket, taken_bucket, sizeof(bucket)) == 0);
    CHECK(sample_take(sample, &taken_equal, &taken_a, &taken_b, taken_bucket) == 0);
    CHECK(taken_equal && taken_a == 0 && taken_b == 0 && taken_bucket[0] == 0 && taken_bucket[7] == 0);
    CHECK(sample_take_least(sample, &least) == 0);
    sample_slot(sample, opv_cpu_current())->least = 4.5;
    CHECK(sample_take_least(sample, &least) == 0 && least >= 4.5 && least <= 4.5);
    CHECK(sample_take_least(sample, &least) == 0 && least >= __builtin_inf());
}

/* A CPU that the thread holds is left for the next drain. */
static void check_held(void)
{
    uint64_t a, b, bucket[8], second;
    bool equal;
    int cpu = opv_cpu_current();
    CHECK(sample_take(sample, &equal, &a, &b, bucket) == 0);
    CHECK(sample_bump_on(sample, cpu, 3) == 0);
    CHECK(opv_cpu_lock(cpu) == 0);
    CHECK(sample_take(sample, &equal, &a, &b, bucket) == 0);
    opv_cpu_unlock(cpu);
    CHECK(a == 0);
    CHECK(sample_take(sample, &equal, &second, &b, bucket) == 0 && second == 3 && b == 3 && bucket[0] == 3);
}

static void check_one_cpu(void)
{
    uint64_t a, b, bucket[8];
    bool equal;
    int cpu = opv_cpu_current();
    CHECK(sample_take(sample, &equal, &a, &b, bucket) == 0);
    CHECK(sample_bump_on(sample, 0, 3) == 0 && sample_bump_on(sample, cpu, 4) == 0);
    CHECK(sample_take_on(sample, cpu, &equal, &a, &b, bucket) == 0 && a == (cpu == 0 ? 7u : 4u) && b == a);
    CHECK(sample_take_direct_on(sample, cpu, &equal, &a, &b, bucket) == 0 && a == 0);
    CHECK(sample_take_vector_on(sample, 0, &equal, &a, &b, bucket) == 0 && a == (cpu == 0 ? 0u : 3u));
    CHECK(sample_take_on(sample, opv_cpus_possible(), &equal, &a, &b, bucket) == -EINVAL);
    CHECK(opv_cpu_lock(cpu) == 0);
    CHECK(sample_take_on(sample, cpu, &equal, &a, &b, bucket) == -EDEADLK);
    opv_cpu_unlock(cpu);
}

int main(void)
{
    int round, vectors, right = 0, wrong = 0;
    const char *given = getenv("OPV_TEST_SEED");
    seed = given != NULL ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
    srand(seed);
    sample = sample_alloc();
    other = other_alloc();
    CHECK(sample != NULL && other != NULL);
    CHECK(opv_cpus_possible() <= CPUS_MAX);
    for (round = 0; round < ROUNDS; round++) {
        if (compare() == 0)
            right++;
        else
            wrong++;
    }
    CHECK(right > 0 && wrong > 0);
    for (vectors = 0; vectors <= 1; vectors++) {
        opv_use_vectors(vectors);
        check_against_query();
        check_held();
        check_one_cpu();
    }
    sample_free(sample);
    other_free(other);
    return 0;
}
