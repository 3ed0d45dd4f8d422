/* SPDX-License-Identifier: Apache-2.0 */
/* Both forms of queries, against each other on random slots, and against sums made by hand. */
#include "queries.opv.h"
#include "seeded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 500
#define UNTOUCHED 0x5a

/* All results of a query, so that they can be compared as bytes. */
struct everything {
    double sum, least, most;
    uint64_t most_a;
    float single;
    int32_t row[3], low[3];
    int16_t short_one;
    uint16_t word;
    int8_t small_;
    uint8_t tiny;
    bool open_, all_open, any_free, flags[5], all_flags[5];
};

struct weighed {
    double mean;
    uint64_t total, chosen;
    uint32_t left;
    bool lazy;
};

typedef int everything_function(struct sample_percpu *, double *, double *, double *, float *, int8_t *, uint8_t *,
    int16_t *, uint16_t *, bool *, bool *, bool *, int32_t *, int32_t *, bool *, bool *, uint64_t *);
typedef int weighed_function(struct sample_percpu *, struct other_percpu *, uint64_t, uint32_t, uint32_t, double *,
    uint64_t *, uint64_t *, bool *, uint32_t *);

static struct sample_percpu *sample;
static struct other_percpu *other;

static void fill(void *memory, size_t size)
{
    unsigned char *bytes = (unsigned char *)memory;
    size_t i;
    for (i = 0; i < size; i++)
        bytes[i] = (unsigned char)(rand() >> 4);
}

/* Any bytes, but indices and weights that often are in range. */
static void fill_slots(void)
{
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu)) {
            fill(sample_slot(sample, cpu), sizeof(struct sample));
            fill(other_slot(other, cpu), sizeof(struct other));
            sample_slot(sample, cpu)->index = rand() % 20 == 0 ? 8u : (uint32_t)rand() % 8;
            other_slot(other, cpu)->weight = (uint64_t)(rand() % 3);
        }
    }
}

static struct everything query_everything(everything_function *query)
{
    struct everything r;
    memset(&r, 0, sizeof(r));
    CHECK(query(sample, &r.sum, &r.least, &r.most, &r.single, &r.small_, &r.tiny, &r.short_one, &r.word, &r.open_,
              &r.all_open, &r.any_free, r.row, r.low, r.flags, r.all_flags, &r.most_a)
        == 0);
    return r;
}

static int query_weighed(weighed_function *query, uint64_t divisor, uint32_t at, struct weighed *r)
{
    memset(r, UNTOUCHED, sizeof(*r));
    return query(sample, other, divisor, at, 3, &r->mean, &r->total, &r->chosen, &r->lazy, &r->left);
}

/* -1 is wrong, +1 is right: both must have been seen. */
static int compare(void)
{
    struct everything a = query_everything(sample_everything_direct);
    struct everything b = query_everything(sample_everything_vector);
    struct weighed c, d, untouched;
    uint64_t divisor = (uint64_t)(rand() % 4);
    uint32_t at = (uint32_t)rand() % 9;
    int direct, vector;
    uint64_t n = 0, m = 1;
    CHECK(memcmp(&a, &b, sizeof(a)) == 0);
    direct = query_weighed(sample_weighed_direct, divisor, at, &c);
    vector = query_weighed(sample_weighed_vector, divisor, at, &d);
    CHECK(direct == vector && memcmp(&c, &d, sizeof(c)) == 0);
    memset(&untouched, UNTOUCHED, sizeof(untouched));
    CHECK(direct == 0 || (direct == -EINVAL && memcmp(&c, &untouched, sizeof(c)) == 0));
    CHECK(sample_count_direct(sample, &n) == 0 && sample_count_vector(sample, &m) == 0 && n == m);
    return direct == 0 ? 1 : -1;
}

static void check_by_hand(void)
{
    struct everything r = query_everything(sample_everything);
    uint64_t a = 0, found = 1, bucket[8] = {0}, equal_a = 0, equal_b = 0, found_bucket[8];
    uint64_t b = 0;
    uint8_t tiny = 0;
    bool equal = false, all_open = true;
    int cpu, i;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        const struct sample *slot = sample_slot(sample, cpu);
        if (!opv_cpu_is_possible(cpu))
            continue;
        a += slot->a;
        b += slot->b;
        tiny = (uint8_t)(tiny + slot->tiny);
        all_open = all_open && *(const unsigned char *)&slot->open != 0;
        for (i = 0; i < 8; i++)
            bucket[i] += slot->bucket[i];
    }
    CHECK(sample_count(sample, &found) == 0 && found == a);
    CHECK(r.tiny == tiny && r.all_open == all_open);
    CHECK(sample_equal(sample, &equal, &equal_a, &equal_b, found_bucket) == 0);
    CHECK(equal_a == a && equal_b == b && memcmp(bucket, found_bucket, sizeof(bucket)) == 0);
}

/* What the vector form does on one CPU, step by step. */
static void check_builder(void)
{
    struct cpu_op ops[SAMPLE_EQUAL_OPS];
    struct sample_equal_cells cells;
    struct sample_equal_folds folds;
    struct sample *slot = sample_slot(sample, opv_cpu_current());
    uint64_t a, b, bucket[8];
    bool equal;
    int cpu = opv_cpu_current();
    slot = sample_slot(sample, cpu);
    CHECK(sample_equal_build(ops, &cells, slot) == SAMPLE_EQUAL_OPS);
    CHECK(opv_execute(ops, SAMPLE_EQUAL_OPS, cpu) == 0);
    CHECK(sample_equal_begin(&folds) == 0);
    CHECK(sample_equal_fold(&folds, &cells) == 0);
    CHECK(sample_equal_end(&folds, &equal, &a, &b, bucket) == 0);
    CHECK(a == slot->a && b == slot->b && memcmp(bucket, slot->bucket, sizeof(bucket)) == 0);
    CHECK(equal == (slot->a == slot->b && slot->b == slot->bucket[0]));
}

/* Each CPU by itself, in each form. */
static void check_one_cpu(void)
{
    uint64_t a, b, bucket[8];
    bool equal;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        const struct sample *slot = sample_slot(sample, cpu);
        if (!opv_cpu_is_possible(cpu))
            continue;
        CHECK(sample_count_on(sample, cpu, &a) == 0 && a == slot->a);
        CHECK(sample_count_direct_on(sample, cpu, &a) == 0 && a == slot->a);
        CHECK(sample_count_vector_on(sample, cpu, &a) == 0 && a == slot->a);
        CHECK(sample_equal_on(sample, cpu, &equal, &a, &b, bucket) == 0);
        CHECK(a == slot->a && b == slot->b && memcmp(bucket, slot->bucket, sizeof(bucket)) == 0);
    }
    a = 5;
    CHECK(sample_count_direct_on(sample, opv_cpus_possible(), &a) == -EINVAL && a == 5);
    CHECK(sample_count_vector_on(sample, -1, &a) == -EINVAL && a == 5);
}

static void check_range_errors(void)
{
    struct weighed before, r;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu)) {
            memset(sample_slot(sample, cpu), 0, sizeof(struct sample));
            other_slot(other, cpu)->weight = 1;
        }
    }
    memset(&before, UNTOUCHED, sizeof(before));
    CHECK(query_weighed(sample_weighed, 1, 0, &r) == 0 && memcmp(&r, &before, sizeof(r)) != 0);
    CHECK(query_weighed(sample_weighed, 0, 0, &r) == -EINVAL && memcmp(&r, &before, sizeof(r)) == 0);
    CHECK(query_weighed(sample_weighed, 1, 8, &r) == -EINVAL && memcmp(&r, &before, sizeof(r)) == 0);
    CHECK(sample_weighed(sample, other, 1, 0, 41, &r.mean, &r.total, &r.chosen, &r.lazy, &r.left) == -EINVAL);
    CHECK(memcmp(&r, &before, sizeof(r)) == 0);
    sample_slot(sample, opv_cpu_current())->index = 8;
    CHECK(query_weighed(sample_weighed, 1, 0, &r) == -EINVAL && memcmp(&r, &before, sizeof(r)) == 0);
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
    for (round = 0; round < ROUNDS; round++) {
        fill_slots();
        if (compare() > 0)
            right++;
        else
            wrong++;
    }
    CHECK(right > 0 && wrong > 0);
    for (vectors = 0; vectors <= 1; vectors++) {
        opv_use_vectors(vectors);
        fill_slots();
        check_by_hand();
        check_one_cpu();
        check_range_errors();
    }
    fill_slots();
    check_builder();
    sample_free(sample);
    other_free(other);
    return 0;
}
