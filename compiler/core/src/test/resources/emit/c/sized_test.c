/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays that are given their length when they are allocated, in both forms. */
#include "sized.opv.h"

#include "check.h"

#include <string.h>

#define MOST 200
#define SHORT 3

static int cpu;

static void lengths_are_held_to_their_largest(void)
{
    struct hist_percpu *hist;
    errno = 0;
    CHECK(hist_alloc(0) == NULL && errno == EINVAL);
    errno = 0;
    CHECK(hist_alloc(MOST + 1) == NULL && errno == EINVAL);
    errno = 0;
    CHECK(hist_alloc(UINT32_MAX) == NULL && errno == EINVAL);
    hist = hist_alloc(MOST);
    CHECK(hist != NULL && hist_bucket_length(hist) == MOST);
    hist_free(hist);
    hist = hist_alloc(1);
    CHECK(hist != NULL && hist_bucket_length(hist) == 1);
    CHECK(hist_slot(hist, cpu)->n == 1);
    hist_free(hist);
}

static void indices_are_held_to_the_instance(bool vector)
{
    struct hist_percpu *hist = hist_alloc(SHORT);
    uint64_t old = 0;
    uint32_t n = 0;
    bool set = true;
    uint32_t i;
    for (i = 0; i < SHORT; i++)
        CHECK((vector ? hist_observe_vector_on : hist_observe_direct_on)(hist, cpu, i) == 0);
    CHECK((vector ? hist_observe_vector_on : hist_observe_direct_on)(hist, cpu, SHORT) == -EINVAL);
    CHECK((vector ? hist_observe_vector_on : hist_observe_direct_on)(hist, cpu, UINT32_MAX) == -EINVAL);
    CHECK((vector ? hist_count_vector_on : hist_count_direct_on)(hist, cpu, SHORT, 1) == -EINVAL);
    CHECK((vector ? hist_signed_index_vector_on : hist_signed_index_direct_on)(hist, cpu, -1, &old) == -EINVAL);
    CHECK((vector ? hist_signed_index_vector_on : hist_signed_index_direct_on)(hist, cpu, 2, &old) == 0 && old == 1);
    CHECK((vector ? hist_fifth_vector_on : hist_fifth_direct_on)(hist, cpu) == -EINVAL);
    CHECK((vector ? hist_fifth_if_vector_on : hist_fifth_if_direct_on)(hist, cpu, &set) == 0 && !set);
    CHECK((vector ? hist_last_vector_on : hist_last_direct_on)(hist, cpu, &n) == 0 && n == SHORT);
    CHECK(hist_slot(hist, cpu)->count == SHORT);
    CHECK(hist_slot(hist, cpu)->bucket[0] == 1 && hist_slot(hist, cpu)->bucket[2] == 8);
    hist_free(hist);
}

static void this_cpu_is_held_to_the_instance(void)
{
    struct hist_percpu *hist = hist_alloc(SHORT);
    uint64_t sums[SHORT], count, low_sums[SHORT];
    double low;
    uint32_t i;
    for (i = 0; i < SHORT; i++)
        CHECK(hist_count(hist, i, 5) == 0);
    CHECK(hist_count(hist, SHORT, 5) == -EINVAL);
    CHECK(hist_observe(hist, SHORT) == -EINVAL && hist_observe(hist, 0) == 0);
    CHECK(hist_cumulated(hist, sums, SHORT, &low) == 0);
    CHECK(sums[0] == 6 && sums[1] == 11 && sums[2] == 16);
    CHECK(hist_cumulated_vector(hist, low_sums, SHORT, &low) == 0);
    CHECK(memcmp(sums, low_sums, sizeof(sums)) == 0);
    CHECK(hist_take_one(hist, 1, &count) == 0 && count == 5);
    CHECK(hist_take_one(hist, SHORT, &count) == -EINVAL && count == 5);
    hist_free(hist);
}

/* Also where nothing has run on a CPU yet: what a drain finds there is what slots begin with. */
static void every_element_begins_as_its_field_says(bool vector)
{
    struct floors_percpu *floors = floors_alloc(SHORT);
    struct spans_percpu *spans = spans_alloc(SHORT);
    double low[SHORT], least = 0;
    uint32_t i;
    CHECK((vector ? floors_lowest_vector : floors_lowest_direct)(floors, low, SHORT) == 0);
    for (i = 0; i < SHORT; i++)
        CHECK(low[i] > 1e300);
    CHECK((vector ? floors_lower_vector_on : floors_lower_direct_on)(floors, cpu, SHORT - 1, 2.0) == 0);
    CHECK((vector ? floors_lower_vector_on : floors_lower_direct_on)(floors, cpu, 0, 4.0) == 0);
    CHECK((vector ? floors_forget_vector_on : floors_forget_direct_on)(floors, cpu, 0) == 0);
    CHECK((vector ? floors_forget_vector_on : floors_forget_direct_on)(floors, cpu, SHORT) == -EINVAL);
    CHECK((vector ? floors_lowest_vector : floors_lowest_direct)(floors, low, SHORT) == 0);
    CHECK(low[0] > 1e300 && low[SHORT - 1] < 2.1);
    CHECK((vector ? floors_lowest_vector : floors_lowest_direct)(floors, low, SHORT) == 0);
    CHECK(low[SHORT - 1] > 1e300);
    CHECK((vector ? spans_narrow_vector_on : spans_narrow_direct_on)(spans, cpu, SHORT - 1, 3.0) == 0);
    CHECK(spans_slot(spans, cpu)->span[SHORT - 1].least < 3.1 && spans_slot(spans, cpu)->span[SHORT - 1].count == 1);
    CHECK((vector ? spans_widen_vector_on : spans_widen_direct_on)(spans, cpu, SHORT - 1, &least) == 0);
    CHECK(least > 1e300 && spans_slot(spans, cpu)->span[SHORT - 1].count == 0);
    floors_free(floors);
    spans_free(spans);
}

static void copies_are_held_to_the_instance(bool vector)
{
    struct hist_percpu *hist = hist_alloc(SHORT);
    uint64_t from[MOST], to[MOST], guard;
    struct opv_plan plan;
    struct cpu_op ops[HIST_FILL_OPS];
    uint32_t i;
    for (i = 0; i < MOST; i++)
        from[i] = i + 100;
    CHECK((vector ? hist_fill_vector_on : hist_fill_direct_on)(hist, cpu, from) == 0);
    CHECK(memcmp(hist_slot(hist, cpu)->bucket, from, SHORT * sizeof(from[0])) == 0);
    CHECK(hist_fill_build(ops, hist_slot(hist, cpu), from, &plan) == 1 && ops[0].len == SHORT * sizeof(from[0]));
    CHECK((vector ? hist_copy_vector_on : hist_copy_direct_on)(hist, cpu, 1, from, 16) == 0);
    CHECK(hist_slot(hist, cpu)->bucket[2] == 101);
    CHECK((vector ? hist_copy_vector_on : hist_copy_direct_on)(hist, cpu, 1, from, 17) == -EINVAL);
    CHECK((vector ? hist_copy_vector_on : hist_copy_direct_on)(hist, cpu, 3, from, 0) == -EINVAL);
    memset(to, 0, sizeof(to));
    CHECK((vector ? hist_copy_out_vector_on : hist_copy_out_direct_on)(hist, cpu, to, 24) == 0 && to[2] == 101);
    CHECK((vector ? hist_copy_out_vector_on : hist_copy_out_direct_on)(hist, cpu, to, 25) == -EINVAL);
    CHECK((vector ? hist_head_vector_on : hist_head_direct_on)(hist, cpu, to, 16) == 0);
    CHECK((vector ? hist_head_vector_on : hist_head_direct_on)(hist, cpu, to, 17) == -EINVAL);
    guard = 9;
    CHECK(hist_raw_on(hist, cpu, 2, &guard) == 0 && hist_slot(hist, cpu)->bucket[2] == 9);
    CHECK(hist_raw_on(hist, cpu, SHORT, &guard) == -EINVAL);
    hist_free(hist);
}

static void elements_may_be_of_any_type(bool vector)
{
    struct labels_percpu *labels = labels_alloc(1000);
    struct hist_percpu *few = hist_alloc(2), *many = hist_alloc(5);
    struct lists_percpu *lists = lists_alloc(4);
    struct rows_percpu *rows = rows_alloc(2);
    struct bytes_percpu *bytes = bytes_alloc(77);
    struct node node = { NULL, 5 }, *popped = NULL;
    struct series out;
    uint64_t count;
    double sum;
    uint8_t sums[3];
    CHECK((vector ? labels_record_vector_on : labels_record_direct_on)(labels, cpu, 999, 2.5) == 0);
    CHECK((vector ? labels_record_vector_on : labels_record_direct_on)(labels, cpu, 1000, 2.5) == -EINVAL);
    CHECK((vector ? labels_copy_series_vector_on : labels_copy_series_direct_on)(labels, cpu, 999, 0, &out) == 0);
    CHECK(out.count == 1 && labels_slot(labels, cpu)->series[0].sum >= 2.5);
    CHECK((vector ? labels_of_series_vector : labels_of_series_direct)(labels, 0, &count, &sum) == 0 && count == 1);
    CHECK((vector ? labels_of_series_vector : labels_of_series_direct)(labels, 1000, &count, &sum) == -EINVAL);
    hist_slot(few, cpu)->bucket[1] = 4;
    CHECK((vector ? hist_move_vector_on : hist_move_direct_on)(few, many, labels, cpu, 1) == 0);
    CHECK(hist_slot(many, cpu)->bucket[1] == 4);
    CHECK((vector ? hist_move_vector_on : hist_move_direct_on)(few, many, labels, cpu, 2) == -EINVAL);
    CHECK((vector ? hist_move_vector_on : hist_move_direct_on)(many, few, labels, cpu, 2) == -EINVAL);
    CHECK((vector ? lists_push_vector_on : lists_push_direct_on)(lists, cpu, 3, &node) == 0);
    CHECK((vector ? lists_push_vector_on : lists_push_direct_on)(lists, cpu, 4, &node) == -EINVAL);
    CHECK((vector ? lists_pop_vector_on : lists_pop_direct_on)(lists, cpu, 3, &popped) == 0 && popped == &node);
    CHECK(lists_pop_on(lists, cpu, 3, &popped) == LISTS_POP_EMPTY);
    CHECK((vector ? rows_set_row_vector_on : rows_set_row_direct_on)(rows, cpu, 1, 2, 7) == 0);
    CHECK((vector ? rows_set_row_vector_on : rows_set_row_direct_on)(rows, cpu, 2, 0, 7) == -EINVAL);
    CHECK((vector ? rows_row_vector : rows_row_direct)(rows, 1, sums) == 0 && sums[2] == 7);
    CHECK((vector ? rows_row_vector : rows_row_direct)(rows, 2, sums) == -EINVAL);
    CHECK((vector ? bytes_set_flag_vector_on : bytes_set_flag_direct_on)(bytes, cpu, 76, true) == 0);
    CHECK(bytes_slot(bytes, cpu)->cpu == 77 && bytes_slot(bytes, cpu)->used == 3);
    labels_free(labels);
    hist_free(few);
    hist_free(many);
    lists_free(lists);
    rows_free(rows);
    bytes_free(bytes);
}

static void queries_give_the_instance(bool vector)
{
    struct hist_percpu *hist = hist_alloc(SHORT);
    struct labels_percpu *labels = labels_alloc(2);
    struct bytes_percpu *bytes = bytes_alloc(5);
    uint64_t count, one, lengths, used, bucket[SHORT + 1] = { 0, 0, 0, 42 };
    bool fifth, which, flag[6] = { false, false, false, false, false, true };
    double low;
    CHECK(hist_observe_on(hist, cpu, 1) == 0 && hist_observe_on(hist, cpu, 2) == 0);
    CHECK((vector ? hist_total_vector : hist_total_direct)(
              hist, labels, 1, &count, bucket, SHORT, &one, &lengths) == 0);
    CHECK(count == 2 && one == 1 && lengths == SHORT * 1000 + 2);
    CHECK(bucket[0] == 0 && bucket[1] == 1 && bucket[2] == 1 && bucket[SHORT] == 42);
    CHECK((vector ? hist_total_vector : hist_total_direct)(
              hist, labels, 2, &count, bucket, SHORT, &one, &lengths) == -EINVAL);
    bucket[1] = 43;
    CHECK((vector ? hist_total_vector : hist_total_direct)(
              hist, labels, 1, &count, bucket, SHORT - 1, &one, &lengths) == -EINVAL);
    CHECK((vector ? hist_total_vector_on : hist_total_direct_on)(
              hist, labels, cpu, 1, &count, bucket, 0, &one, &lengths) == -EINVAL);
    CHECK(bucket[1] == 43);
    CHECK((vector ? hist_chosen_vector : hist_chosen_direct)(hist, 1, &fifth, &which) == -EINVAL);
    CHECK((vector ? hist_take_vector : hist_take_direct)(
              hist, bytes, &count, &low, bucket, SHORT, flag, 4, &used) == -EINVAL);
    CHECK(bytes_set_flag_on(bytes, cpu, 4, true) == 0);
    CHECK((vector ? hist_take_vector : hist_take_direct)(
              hist, bytes, &count, &low, bucket, SHORT + 1, flag, 5, &used) == 0);
    CHECK(count == 2 && bucket[1] == 1 && bucket[2] == 1 && bucket[SHORT] == 42 && flag[4] && !flag[3] && flag[5]);
    CHECK((vector ? hist_take_vector : hist_take_direct)(
              hist, bytes, &count, &low, bucket, SHORT + 1, flag, 5, &used) == 0);
    CHECK(count == 0 && bucket[1] == 0 && !flag[4] && used != 0);
    CHECK(hist_bucket_length(hist) == SHORT && bytes_flag_length(bytes) == 5);
    hist_free(hist);
    labels_free(labels);
    bytes_free(bytes);
}

int main(void)
{
    int vector;
    cpu = opv_cpu_current();
    lengths_are_held_to_their_largest();
    this_cpu_is_held_to_the_instance();
    for (vector = 0; vector < 2; vector++) {
        indices_are_held_to_the_instance(vector != 0);
        every_element_begins_as_its_field_says(vector != 0);
        copies_are_held_to_the_instance(vector != 0);
        elements_may_be_of_any_type(vector != 0);
        queries_give_the_instance(vector != 0);
    }
    return 0;
}
