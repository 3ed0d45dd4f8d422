/* SPDX-License-Identifier: Apache-2.0 */
/* Runs each operation on random words, half of the time on a mismatch, and holds it against what it must do. */
#define OPV_IMPLEMENTATION
#include "helpers.opv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 20000, BUFFER = 4096 };

static uint64_t seed;
static uint64_t state;
static uint64_t checks;

static uintptr_t v;
static uintptr_t v2;
static unsigned char dst[BUFFER];
static unsigned char src[BUFFER];

static void check(int right, const char *what)
{
    if (!right) {
        fprintf(stderr, "C: %s is wrong, seed %" PRIu64 "\n", what, seed);
        exit(EXIT_FAILURE);
    }
    checks++;
}

/* Steele, Lea and Flood's splitmix64. */
static uintptr_t next(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uintptr_t)(z ^ (z >> 31));
}

/* A value that equals another half of the time. */
static uintptr_t maybe(uintptr_t value)
{
    return next() % 2 == 0 ? value : next();
}

static void test_addv(int cpu)
{
    uintptr_t before = v = next();
    uintptr_t count = next();
    check(helpers_addv(cpu, &v, count) == 0, "the result of addv");
    check(v == before + count, "addv");
}

static void test_cmpxchg(int cpu)
{
    uint32_t len = (uint32_t)(next() % (sizeof(v) + 1));
    uintptr_t before = v = next();
    uintptr_t expect = maybe(before);
    uintptr_t desired = next();
    uintptr_t old = next();
    uintptr_t old_expected = old;
    uintptr_t v_expected = before;
    int equal = memcmp(&before, &expect, len) == 0;
    memcpy(&old_expected, &before, len);
    if (equal)
        memcpy(&v_expected, &desired, len);
    check(helpers_cmpxchg(cpu, &v, &expect, &old, &desired, len) == (equal ? 0 : 2), "the result of cmpxchg");
    check(old == old_expected, "what cmpxchg read");
    check(v == v_expected, "what cmpxchg wrote");
}

static void test_storev(int cpu)
{
    uintptr_t before = v = next();
    uintptr_t expect = maybe(before);
    uintptr_t newv = next();
    int result = helpers_cmpeqv_storev(cpu, &v, expect, newv);
    check(result == (before == expect ? 0 : HELPERS_CMPEQV_STOREV_MISMATCH), "the outcome of cmpeqv_storev");
    check(v == (result == 0 ? newv : before), "what cmpeqv_storev wrote");
}

static void test_storev_storev(int cpu)
{
    uintptr_t before = v = next();
    uintptr_t before2 = v2 = next();
    uintptr_t expect = maybe(before);
    uintptr_t newv = next();
    uintptr_t newv2 = next();
    int result = helpers_cmpeqv_storev_storev(cpu, &v, expect, &v2, newv2, newv);
    check((result == 0) == (before == expect), "the outcome of cmpeqv_storev_storev");
    check(v == (result == 0 ? newv : before), "what cmpeqv_storev_storev wrote first");
    check(v2 == (result == 0 ? newv2 : before2), "what cmpeqv_storev_storev wrote second");
}

static void test_cmpeqv_storev(int cpu)
{
    uintptr_t before = v = next();
    uintptr_t before2 = v2 = next();
    uintptr_t expect = maybe(before);
    uintptr_t expect2 = maybe(before2);
    uintptr_t newv = next();
    int result = helpers_cmpeqv_cmpeqv_storev(cpu, &v, expect, &v2, expect2, newv);
    check((result == 0) == (before == expect && before2 == expect2), "the outcome of cmpeqv_cmpeqv_storev");
    check(v == (result == 0 ? newv : before), "what cmpeqv_cmpeqv_storev wrote");
    check(v2 == before2, "what cmpeqv_cmpeqv_storev only compares");
}

static void test_memcpy_storev(int cpu, int barrier)
{
    static unsigned char dst_expected[BUFFER];
    uint32_t len = (uint32_t)(next() % (BUFFER + 1));
    uintptr_t before = v = next();
    uintptr_t expect = maybe(before);
    uintptr_t newv = next();
    int result;
    memset(src, (int)(next() & 0xff), BUFFER);
    memset(dst, ~src[0], BUFFER);
    memcpy(dst_expected, dst, BUFFER);
    if (before == expect)
        memcpy(dst_expected, src, len);
    result = barrier ? helpers_cmpeqv_memcpy_mb_storev(cpu, &v, expect, dst, src, len, newv)
                     : helpers_cmpeqv_memcpy_storev(cpu, &v, expect, dst, src, len, newv);
    check((result == 0) == (before == expect), "the outcome of cmpeqv_memcpy_storev");
    check(v == (result == 0 ? newv : before), "what cmpeqv_memcpy_storev wrote");
    check(memcmp(dst, dst_expected, BUFFER) == 0, "what cmpeqv_memcpy_storev copied");
}

int main(void)
{
    const char *form = opv_uses_vectors() ? "vector" : "direct";
    int round;
    seed = state = (uint64_t)time(NULL);
    printf("C, %s form: seed %" PRIu64 "\n", form, seed);
    for (round = 0; round < ROUNDS; round++) {
        /* Possible CPUs may have gaps, but never at 0. */
        int cpu = (int)(next() % (uintptr_t)opv_cpus_possible());
        if (!opv_cpu_is_possible(cpu))
            cpu = 0;
        test_addv(cpu);
        test_cmpxchg(cpu);
        test_storev(cpu);
        test_storev_storev(cpu);
        test_cmpeqv_storev(cpu);
        test_memcpy_storev(cpu, 0);
        test_memcpy_storev(cpu, 1);
    }
    printf("C, %s form: %" PRIu64 " results, all right\n", form, checks);
    return EXIT_SUCCESS;
}
