/* SPDX-License-Identifier: Apache-2.0 */
/* Calls both forms of the units of tables.opv, and searches its tables one by one. */
#include "tables.opv.h"
#include "seeded.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 3000 };

static uint32_t linear(double value)
{
    uint32_t below = 0;
    while (below < 11 && !(bounds_seconds[below] >= value))
        below++;
    return below;
}

static double random_value(void)
{
    switch (rand() % 6) {
    case 0:
        return bounds_seconds[rand() % 11];
    case 1:
        return bounds_seconds[rand() % 11] * (rand() % 2 == 0 ? 1 + 0x1p-52 : 1 - 0x1p-53);
    case 2:
        return rand() % 3 == 0 ? NAN : rand() % 2 == 0 ? INFINITY : -INFINITY;
    default:
        return 12.0 * rand() / RAND_MAX;
    }
}

static void observes(int cpu, struct durations_percpu *direct, struct durations_percpu *vector)
{
    const struct durations *slot = durations_slot(direct, cpu);
    double mean = -1;
    double bound = -1;
    uint64_t below = 7;
    CHECK(durations_mean_direct_on(direct, cpu, 2, &mean, &bound, &below) == 0);
    CHECK(mean >= 0.0 && mean <= 0.0 && bound == bounds_seconds[2] && below == 0);
    CHECK(durations_mean_vector_on(direct, cpu, 11, &mean, &bound, &below) == -EINVAL);
    for (int i = 0; i < ROUNDS; i++) {
        double value = random_value();
        uint64_t before = slot->bucket[linear(value)];
        CHECK(durations_observe_direct_on(direct, cpu, value) == 0);
        CHECK(durations_observe_vector_on(vector, cpu, value) == 0);
        CHECK(slot->bucket[linear(value)] == before + 1);
        CHECK(memcmp(slot, durations_slot(vector, cpu), sizeof(*slot)) == 0);
    }
    uint64_t some = 9;
    uint64_t over = 9;
    double part = -1;
    CHECK(durations_busy_direct_on(direct, cpu, ROUNDS - 1, &some, &over, &part) == 0 && some == 1 && over == 1);
    CHECK(durations_busy_vector_on(direct, cpu, ROUNDS, &some, &over, &part) == 0 && some == 1 && over == 0);
    CHECK(durations_busy(direct, 0, &some, &over, &part) == 0 && some == 1 && part > 0 && part <= 1);
    CHECK(durations_observe(direct, NAN) == 0);
    uint32_t at = (uint32_t)rand() % 11;
    CHECK(durations_mean_vector_on(direct, cpu, at, &mean, &bound, &below) == 0);
    CHECK(below == slot->bucket[at] && bound == bounds_seconds[at]);
}

static void cumulates(int cpu, struct durations_percpu *durations)
{
    const struct durations *slot = durations_slot(durations, cpu);
    CHECK(durations_set_parts_on(durations, cpu, 100, -20000, 0.1) == 0);
    for (int vectors = 0; vectors < 2; vectors++) {
        uint64_t le[12], plain[12], sum = 0;
        uint8_t small_[3];
        int16_t negative[3];
        double parts[3];
        int result = vectors ? durations_cumulated_vector_on(durations, cpu, le, plain, small_, negative, parts)
                             : durations_cumulated_direct_on(durations, cpu, le, plain, small_, negative, parts);
        CHECK(result == 0);
        for (int i = 0; i < 12; i++) {
            sum += slot->bucket[i];
            CHECK(le[i] == sum && plain[i] == slot->bucket[i]);
        }
        CHECK(small_[0] == 100 && small_[1] == 200 && small_[2] == 44);
        CHECK(negative[0] == -20000 && negative[1] == 25536 && negative[2] == 5536);
        /* Not C's own operator, which may keep more bits. */
        double second = opv_add_f64(slot->parts[0], slot->parts[1]);
        double third = opv_add_f64(second, slot->parts[2]);
        CHECK(memcmp(&parts[1], &second, sizeof(second)) == 0 && memcmp(&parts[2], &third, sizeof(third)) == 0);
    }
}

static void weighs(int cpu, struct durations_percpu *durations)
{
    static const int8_t weights[3] = {-128, 0, 127};
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t size = (uint32_t)rand() % 80 + (rand() % 4 == 0 ? UINT32_C(0x7fffffe0) : 0);
        uint32_t expected = (uint32_t)(size > 16) + (size > 32) + (size > 64) + (size > UINT32_C(0x80000000));
        uint32_t kind = (uint32_t)rand() % 4;
        bool negative = rand() % 2 == 0;
        uint32_t size_class = 99;
        int64_t weight = 99;
        int result = i % 2 == 0
                         ? durations_weigh_direct_on(durations, cpu, size, kind, negative, &size_class, &weight)
                         : durations_weigh_vector_on(durations, cpu, size, kind, negative, &size_class, &weight);
        if (kind == 3) {
            CHECK(result == -EINVAL && size_class == 99 && weight == 99);
        } else {
            CHECK(result == 0 && size_class == expected);
            CHECK(weight == (negative ? -weights[kind] : weights[kind]));
        }
    }
}

static void evaluates_both(int cpu, struct durations_percpu *durations)
{
    uint64_t each = 1;
    CHECK(durations_share_direct_on(durations, cpu, 0, true, &each) == -EINVAL && each == 1);
    CHECK(durations_share_vector_on(durations, cpu, 0, true, &each) == -EINVAL && each == 1);
    CHECK(durations_share_direct_on(durations, cpu, 2, true, &each) == 0);
    CHECK(each == durations_slot(durations, cpu)->count);
    CHECK(durations_share_vector_on(durations, cpu, 2, false, &each) == 0);
    CHECK(each == durations_slot(durations, cpu)->count / 2);
}

int main(void)
{
    seed = (unsigned)time(NULL);
    srand(seed);
    int cpu = opv_cpu_current();
    struct durations_percpu *direct = durations_alloc();
    struct durations_percpu *vector = durations_alloc();
    CHECK(direct != NULL && vector != NULL);
    observes(cpu, direct, vector);
    cumulates(cpu, direct);
    weighs(cpu, direct);
    evaluates_both(cpu, direct);
    durations_free(direct);
    durations_free(vector);
    return 0;
}
