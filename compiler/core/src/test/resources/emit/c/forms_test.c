/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the units of forms.opv in both forms, which must agree with each other and with what is expected. */
#include "forms.opv.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#define CHECK(condition)                                                            \
    do {                                                                            \
        if (!(condition)) {                                                         \
            printf("seed %llu, line %d: not %s\n", seed, __LINE__, #condition);     \
            exit(1);                                                                \
        }                                                                           \
    } while (0)

#define ROUNDS 20000

static unsigned long long seed;
static uint64_t random_state;

/* A multiplicative generator; the low bits are its worst. */
static uint64_t random_bits(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (random_state >> 32 << 32) | ((random_state * 6364136223846793005u) >> 32);
}

static double random_double(void)
{
    static const double edges[] = {0.0, -0.0, 1.0, -1.5, 0.1, 127.5, -128.9, 255.99, 32768.0, 2147483648.0, -2147483649.0,
        4294967296.0, 9223372036854775808.0, -9223372036854775808.0, 18446744073709551616.0, 1e300, -1e300, 5e-324};
    switch (random_bits() >> 61) {
    case 0:
        return __builtin_nan("");
    case 1:
        return random_bits() >> 63 ? __builtin_inf() : -__builtin_inf();
    case 2:
        return opv_f64_of_bits(random_bits());
    case 3:
        return (double)(int64_t)random_bits();
    default:
        return edges[(random_bits() >> 32) % (sizeof(edges) / sizeof(edges[0]))];
    }
}

/* Equal bit for bit, but that all NaN are one. */
static bool same(double a, double b)
{
    return (a != a && b != b) || opv_bits_of_f64(a) == opv_bits_of_f64(b);
}

static void histogram(struct latency_percpu *direct, struct latency_percpu *vector, int cpu)
{
    struct latency *a = latency_slot(direct, cpu);
    struct latency *b = latency_slot(vector, cpu);
    volatile double sum = 0;
    int i;
    CHECK(latency_record_direct_on(direct, cpu, 0.0, 1) == 0 && latency_record_direct_on(direct, cpu, -0.0, 1) == 0);
    CHECK(latency_record_vector_on(vector, cpu, -0.0, 1) == 0 && latency_record_vector_on(vector, cpu, 0.0, 1) == 0);
    CHECK(same(a->min, -0.0) && same(a->max, 0.0) && same(b->min, -0.0) && same(b->max, 0.0));
    for (i = 0; i < ROUNDS; i++) {
        double value = i < ROUNDS / 2 ? (double)(int32_t)random_bits() * 0.1 : random_double();
        uint32_t index = (uint32_t)(random_bits() >> 32) % 40;
        int expected = index < 32 ? 0 : -EINVAL;
        CHECK(latency_record_direct_on(direct, cpu, value, index) == expected);
        CHECK(latency_record_vector_on(vector, cpu, value, index) == expected);
        if (expected == 0)
            sum = sum + value;
        CHECK(same(a->sum, b->sum) && same(a->min, b->min) && same(a->max, b->max) && a->count == b->count);
#ifndef __i386__
        CHECK(same(a->sum, sum));
#endif
    }
    CHECK(memcmp(a->bucket, b->bucket, sizeof(a->bucket)) == 0);
    CHECK(a->min != a->min && a->max != a->max);
    CHECK(latency_record_direct_on(direct, -1, 1, 1) == -EINVAL && latency_record_vector_on(vector, -1, 1, 1) == -EINVAL);
}

static void free_list(struct latency_percpu *list, int cpu)
{
    struct node nodes[3];
    struct node untouched;
    struct node *taken = &untouched;
    int vectors;
    for (vectors = 0; vectors < 2; vectors++) {
        opv_use_vectors(vectors);
        taken = &untouched;
        CHECK(latency_pop_on(list, cpu, &taken) == LATENCY_POP_EMPTY && taken == &untouched);
        CHECK(latency_push_on(list, cpu, &nodes[0]) == 0 && latency_push_on(list, cpu, &nodes[1]) == 0);
        CHECK(latency_pop_on(list, cpu, &taken) == 0 && taken == &nodes[1]);
        CHECK(latency_pop_on(list, cpu, &taken) == 0 && taken == &nodes[0]);
        CHECK(latency_pop_on(list, cpu, &taken) == LATENCY_POP_EMPTY && taken == &nodes[0]);
        CHECK(latency_pop_on(list, -1, &taken) == -EINVAL);
    }
}

/* A node that is gone, while the list still holds it: the vector form says so, and leaves the list alone. */
static void unmapped_node(struct latency_percpu *list, int cpu)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct node *node = (struct node *)page;
    struct node *taken = NULL;
    CHECK(page != MAP_FAILED);
    CHECK(latency_push_vector_on(list, cpu, node) == 0);
    CHECK(munmap(page, 4096) == 0);
    CHECK(latency_pop_vector_on(list, cpu, &taken) == -EFAULT && taken == NULL);
    CHECK(latency_slot(list, cpu)->free == node);
    latency_slot(list, cpu)->free = NULL;
}

static void fetch_add(struct latency_percpu *l, int cpu)
{
    uint64_t old = 1;
    uint64_t now = 1;
    latency_slot(l, cpu)->count = UINT64_MAX;
    CHECK(latency_fetch_add_direct_on(l, cpu, 3, &old, &now) == 0 && old == UINT64_MAX && now == 2);
    CHECK(latency_fetch_add_vector_on(l, cpu, 5, &old, &now) == 0 && old == 2 && now == 7);
}

static void mixed_expected(struct mixed_percpu *m, int cpu)
{
    struct mixed *slot = mixed_slot(m, cpu);
    int vectors;
    for (vectors = 0; vectors < 2; vectors++) {
        int32_t quotient = 99;
        double product = 99;
        bool was = false;
        opv_use_vectors(vectors);
        memset(slot, 0, sizeof(*slot));
        slot->a = 4;
        slot->b = -200;
        slot->c = 7;
        slot->big = 1.5;
        slot->level = 2;
        /* What stands first decides. */
        CHECK(mixed_mixed_on(m, cpu, 5, 9, 0, 1, &quotient, &product, &was) == MIXED_MIXED_MOVED);
        CHECK(mixed_mixed_on(m, cpu, 4, 9, 0, 1, &quotient, &product, &was) == MIXED_MIXED_LOW);
        slot->b = -7;
        CHECK(mixed_mixed_on(m, cpu, 4, 9, 0, 1, &quotient, &product, &was) == MIXED_MIXED_SEVEN);
        slot->c = 8;
        CHECK(mixed_mixed_on(m, cpu, 4, 9, 0, 1, &quotient, &product, &was) == MIXED_MIXED_BIG);
        CHECK(mixed_mixed_on(m, cpu, 4, 9, 0, 2, &quotient, &product, &was) == -EINVAL);
        CHECK(mixed_mixed_on(m, cpu, 4, 9, 2, 2, &quotient, &product, &was) == -EINVAL);
        CHECK(quotient == 99 && same(product, 99) && slot->a == 4 && slot->b == -7);
        CHECK(mixed_mixed_on(m, cpu, 4, 3, 2, 2, &quotient, &product, &was) == MIXED_MIXED_COMMITTED);
        CHECK(quotient == -3 && same(product, -8.5) && !was && slot->a == 5 && slot->b == -21 && slot->flag);
        CHECK(slot->small[3] == -7 && slot->level == 1.5f);
    }
}

static void set_byte(void *p, unsigned char byte)
{
    memcpy(p, &byte, 1);
}

static unsigned char byte_of(const void *p)
{
    unsigned char byte;
    memcpy(&byte, p, 1);
    return byte;
}

static void truth(struct mixed_percpu *m, int cpu)
{
    struct mixed *slot = mixed_slot(m, cpu);
    int vectors;
    for (vectors = 0; vectors < 2; vectors++) {
        bool seen = false;
        bool raw = false;
        opv_use_vectors(vectors);
        set_byte(&slot->flag, 2);
        set_byte(&slot->other, 4);
        slot->c = 200;
        CHECK(mixed_truth_on(m, cpu, &seen, &raw) == 0);
        CHECK(byte_of(&seen) == 1 && byte_of(&raw) == 1 && byte_of(&slot->other) == 1 && byte_of(&slot->flag) == 2);
        CHECK(slot->log == 200);
        set_byte(&slot->flag, 1);
    }
}

static void random_slot(struct mixed *slot)
{
    slot->a = random_bits() >> 62;
    slot->b = (int32_t)(random_bits() >> 33) - (int32_t)(random_bits() >> 33);
    slot->c = (uint8_t)(random_bits() >> 61);
    slot->flag = random_bits() >> 63;
    slot->other = random_bits() >> 63;
    slot->level = opv_f32_of_f64(random_double());
    slot->big = random_double();
    slot->word = (uintptr_t)random_bits();
    slot->log = random_bits();
}

static bool same_slots(const struct mixed *a, const struct mixed *b)
{
    return a->a == b->a && a->b == b->b && a->c == b->c && a->flag == b->flag && a->other == b->other
        && same((double)a->level, (double)b->level) && same(a->big, b->big) && a->word == b->word && a->log == b->log
        && memcmp(a->small, b->small, sizeof(a->small)) == 0;
}

static void mixed_random(struct mixed_percpu *direct, struct mixed_percpu *vector, int cpu)
{
    struct mixed *a = mixed_slot(direct, cpu);
    struct mixed *b = mixed_slot(vector, cpu);
    int ends[6] = {0, 0, 0, 0, 0, 0};
    int i;
    for (i = 0; i < ROUNDS; i++) {
        uint64_t expected = random_bits() >> 62;
        uint32_t index = (uint32_t)(random_bits() >> 32) % 5;
        int32_t divisor = (int32_t)(random_bits() >> 61) - 3;
        double limit = random_double();
        int32_t quotients[2] = {0, 0};
        double products[2] = {0, 0};
        bool were[2] = {false, false};
        int result;
        random_slot(a);
        if (i % 100 == 0)
            a->b = INT32_MIN;
        memcpy(b, a, sizeof(*a));
        result = mixed_mixed_direct_on(direct, cpu, expected, index, divisor, limit, &quotients[0], &products[0], &were[0]);
        CHECK(mixed_mixed_vector_on(vector, cpu, expected, index, divisor, limit, &quotients[1], &products[1], &were[1])
            == result);
        CHECK(quotients[0] == quotients[1] && same(products[0], products[1]) && were[0] == were[1]);
        CHECK(same_slots(a, b));
        ends[result < 0 ? 5 : result]++;
    }
    for (i = 0; i < 6; i++)
        CHECK(ends[i] > 0);
}

static void bits(struct mixed_percpu *direct, struct mixed_percpu *vector, int cpu)
{
    struct mixed *a = mixed_slot(direct, cpu);
    struct mixed *b = mixed_slot(vector, cpu);
    uint32_t zeros[2];
    uint32_t ones[2];
    int64_t magnitudes[2];
    uint8_t lows[2];
    int i;
    memset(a, 0, sizeof(*a));
    a->b = -5;
    a->c = 9;
    a->word = 3;
    a->log = 1;
    CHECK(mixed_bits_direct_on(direct, cpu, 0, INT64_MIN, 0, &zeros[0], &ones[0], &magnitudes[0], &lows[0]) == 0);
    CHECK(zeros[0] == 64 + 8 && ones[0] == 1 + 2 && magnitudes[0] == -5 && lows[0] == 0 && a->log == 7 && a->c == 9);
    for (i = 0; i < ROUNDS; i++) {
        uint64_t x = random_bits() >> (random_bits() >> 58);
        int64_t y = (int64_t)random_bits();
        uint8_t z = (uint8_t)random_bits();
        random_slot(a);
        memcpy(b, a, sizeof(*a));
        CHECK(mixed_bits_direct_on(direct, cpu, x, y, z, &zeros[0], &ones[0], &magnitudes[0], &lows[0]) == 0);
        CHECK(mixed_bits_vector_on(vector, cpu, x, y, z, &zeros[1], &ones[1], &magnitudes[1], &lows[1]) == 0);
        CHECK(zeros[0] == zeros[1] && ones[0] == ones[1] && magnitudes[0] == magnitudes[1] && lows[0] == lows[1]);
        CHECK(same_slots(a, b));
    }
}

/* Every integer type, in order, and whether a value goes through f32 on its way to uptr. */
static void conversion(struct mixed_percpu *m, int cpu, double d, uint64_t u8, int64_t i8, uint64_t u16, int64_t i16,
    uint64_t u32, int64_t i32, uint64_t u64, int64_t i64)
{
    int vectors;
    for (vectors = 0; vectors < 2; vectors++) {
        uint8_t a;
        int8_t b;
        uint16_t c;
        int16_t e;
        uint32_t f;
        int32_t g;
        uint64_t h;
        int64_t i;
        float j;
        double k;
        uintptr_t n;
        opv_use_vectors(vectors);
        CHECK(mixed_convert_on(m, cpu, d, &a, &b, &c, &e, &f, &g, &h, &i, &j, &k, &n) == 0);
        CHECK(a == u8 && b == i8 && c == u16 && e == i16 && f == u32 && g == i32 && h == u64 && i == i64);
        CHECK(same(k, __builtin_fabs(d)));
    }
}

static void conversions(struct mixed_percpu *m, int cpu)
{
    memset(mixed_slot(m, cpu), 0, sizeof(struct mixed));
    conversion(m, cpu, __builtin_nan(""), 0, 0, 0, 0, 0, 0, 0, 0);
    conversion(m, cpu, __builtin_inf(), UINT8_MAX, INT8_MAX, UINT16_MAX, INT16_MAX, UINT32_MAX, INT32_MAX, UINT64_MAX,
        INT64_MAX);
    conversion(m, cpu, -__builtin_inf(), 0, INT8_MIN, 0, INT16_MIN, 0, INT32_MIN, 0, INT64_MIN);
    conversion(m, cpu, -0.9, 0, 0, 0, 0, 0, 0, 0, 0);
    conversion(m, cpu, 127.9, 127, 127, 127, 127, 127, 127, 127, 127);
    conversion(m, cpu, -128.9, 0, -128, 0, -128, 0, -128, 0, -128);
    conversion(m, cpu, 255.9, 255, 127, 255, 255, 255, 255, 255, 255);
    conversion(m, cpu, 4294967295.5, 255, 127, 65535, 32767, UINT32_MAX, INT32_MAX, UINT32_MAX, UINT32_MAX);
    conversion(m, cpu, -2147483648.5, 0, -128, 0, -32768, 0, INT32_MIN, 0, INT32_MIN);
    conversion(m, cpu, 0x1.fffffffffffffp62, 255, 127, 65535, 32767, UINT32_MAX, INT32_MAX, 0x7ffffffffffffc00,
        0x7ffffffffffffc00);
    conversion(m, cpu, 0x1p63, 255, 127, 65535, 32767, UINT32_MAX, INT32_MAX, 0x8000000000000000, INT64_MAX);
    /* Rounded once: by way of double these would be 2^24 and 2^53. */
    CHECK(opv_f32_of_u64(0x8000008000000001u) == 0x1.000002p63f);
    CHECK(opv_f32_of_i64(-0x4000004000000001) == -0x1.000002p62f);
    CHECK(opv_f64_of_u64(UINT64_MAX) == 0x1p64 && opv_f64_of_i64(INT64_MIN) == -0x1p63);
}

/* x * y is just below 1 and rounds to 1, so that a fused operation has a result that is not 0. */
static void not_fused(struct mixed_percpu *m, int cpu)
{
    volatile double x = 1.0 + 0x1p-52;
    volatile double y = 1.0 - 0x1p-52;
    volatile float u = 1.0f + 0x1p-23f;
    volatile float v = 1.0f - 0x1p-23f;
    int vectors;
    for (vectors = 0; vectors < 2; vectors++) {
        double wide = 1;
        float narrow = 1;
        opv_use_vectors(vectors);
        CHECK(mixed_multiply_add_on(m, cpu, x, y, -1.0, u, v, -1.0f, &wide, &narrow) == 0);
        CHECK(same(wide, 0.0) && same((double)narrow, 0.0));
    }
#ifdef OPV_TEST_FUSES
    /* So that the test above can fail: what C's own operators do with these flags. */
    CHECK(x * y - 1.0 != 0);
#endif
}

int main(int argc, char **argv)
{
    struct latency_percpu *direct = latency_alloc();
    struct latency_percpu *vector = latency_alloc();
    struct mixed_percpu *mixed = mixed_alloc();
    struct mixed_percpu *other = mixed_alloc();
    int cpu = opv_cpu_current();
    seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (unsigned long long)time(NULL);
    random_state = seed;
#ifdef OPV_TEST_FUSES
    if (!__builtin_cpu_supports("fma"))
        return 0;
#endif
    CHECK(direct != NULL && vector != NULL && mixed != NULL && other != NULL);
    histogram(direct, vector, cpu);
    free_list(direct, cpu);
    unmapped_node(direct, cpu);
    fetch_add(direct, cpu);
    mixed_expected(mixed, cpu);
    truth(mixed, cpu);
    mixed_random(mixed, other, cpu);
    bits(mixed, other, cpu);
    conversions(mixed, cpu);
    not_fused(mixed, cpu);
    return 0;
}
