/* SPDX-License-Identifier: Apache-2.0 */
/* Adds to one word. */
#include "bench.h"
#include "counter.opv.h"

static struct counter_percpu *counter;
static uint64_t shared __attribute__((aligned(BENCH_APART)));
static __thread uint64_t own __attribute__((aligned(BENCH_APART)));

static int add_shared(void)
{
    __atomic_add_fetch(&shared, 1, __ATOMIC_RELAXED);
    return 0;
}

static int add_own(void)
{
    own++;
    return 0;
}

BENCH_BATCH_OF(shared_batch, add_shared())
BENCH_BATCH_OF(own_batch, add_own())
BENCH_BATCH_OF(opvc_batch, counter_add(counter, 1))

static int prepare(void)
{
    counter = counter_alloc();
    return counter == NULL ? -1 : 0;
}

static const char *check(uint64_t operations)
{
    uint64_t value;
    if (counter_total(counter, &value) != 0)
        return "the counter could not be added up";
    return value == operations ? NULL : "additions were lost or done twice";
}

static const struct way ways[] = {
    {"one word, atomic add", shared_batch, FORM_DIRECT, 0},
    {"word per thread, no lock", own_batch, FORM_DIRECT, 0},
    {"opvc, direct form", opvc_batch, FORM_DIRECT, 1},
    {"opvc, vector form", opvc_batch, FORM_VECTOR, 1},
};

const struct work add_work = {"C: add to a counter", ways, BENCH_COUNT(ways), prepare, check};
