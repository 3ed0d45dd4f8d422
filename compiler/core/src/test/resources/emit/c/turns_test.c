/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the vector form does between its turns. The engine answers as the test says, so that nothing here depends on
 * other threads being quick: a script of answers comes first, and behind it the real engine.
 */
#include "opv/engine.h"

#define ANSWERS_MAX 256
#define REAL 1000000

static int answers[ANSWERS_MAX];
static int answer_count;
static int executed;
static int answer_of_guards;
static int guards_asked;

static int scripted_execute(struct cpu_op *ops, int count, unsigned pins, int cpu)
{
    int answer = executed < answer_count ? answers[executed] : REAL;
    executed++;
    return answer == REAL ? opv_execute_built(ops, count, pins, cpu) : answer;
}

static int scripted_guards(struct cpu_op *ops, int count, int guards, int cpu)
{
    (void)ops;
    (void)cpu;
    guards_asked = count >= guards ? guards : -1;
    return answer_of_guards;
}

#define opv_execute_built scripted_execute
#define opv_execute_guards scripted_guards
#include "turns.opv.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

static int cpu;
static struct list_percpu *lists;
static struct node nodes[2];

/* Calls it with the first answers of the engine given, and the number of times that it must ask. */
static int call(const int *script, int count, int asked)
{
    uint64_t value = 0;
    int i;
    int result;
    executed = 0;
    guards_asked = 0;
    answer_count = count;
    for (i = 0; i < count; i++)
        answers[i] = script[i];
    list_slot(lists, cpu)->sum = 5;
    result = list_add_second_vector_on(lists, cpu, 4, &value);
    CHECK(executed == asked);
    CHECK(value == (result == LIST_ADD_SECOND_COMMITTED ? 43u : 0u));
    CHECK(list_slot(lists, cpu)->sum == (result == LIST_ADD_SECOND_COMMITTED ? 6u : 5u));
    return result;
}

static void nothing_in_the_way(void)
{
    CHECK(call(NULL, 0, 3) == LIST_ADD_SECOND_COMMITTED);
}

static void guards_answer_wherever_they_stop(void)
{
    const int first[] = {1};
    const int second[] = {REAL, 1};
    const int last[] = {REAL, REAL, 1};
    CHECK(call(first, 1, 1) == LIST_ADD_SECOND_GUARDED);
    CHECK(call(second, 2, 2) == LIST_ADD_SECOND_GUARDED);
    CHECK(call(last, 3, 3) == LIST_ADD_SECOND_GUARDED);
}

static void validations_mean_another_turn(void)
{
    const int first[] = {2};
    const int second[] = {REAL, 3};
    const int last[] = {REAL, REAL, 4};
    CHECK(call(first, 1, 1 + 3) == LIST_ADD_SECOND_COMMITTED);
    CHECK(call(second, 2, 2 + 3) == LIST_ADD_SECOND_COMMITTED);
    CHECK(call(last, 3, 3 + 3) == LIST_ADD_SECOND_COMMITTED);
}

/* After OPV_TURNS_MAX turns the work is done directly: it happens, without the engine. */
static void turns_are_bounded(void)
{
    int script[3 * OPV_TURNS_MAX];
    int i;
    for (i = 0; i < OPV_TURNS_MAX; i++) {
        script[3 * i] = REAL;
        script[3 * i + 1] = REAL;
        script[3 * i + 2] = 2;
    }
    CHECK(call(script, 3 * OPV_TURNS_MAX, 3 * OPV_TURNS_MAX) == LIST_ADD_SECOND_COMMITTED);
}

static void fault_is_looked_into(int error)
{
    const int in_load[] = {error};
    const int in_vector[] = {REAL, REAL, error};

    answer_of_guards = 0;
    CHECK(call(in_load, 1, 1) == -EFAULT);
    CHECK(guards_asked == 2);
    CHECK(call(in_vector, 3, 3) == -EFAULT);
    CHECK(guards_asked == 4);

    answer_of_guards = 1;
    CHECK(call(in_load, 1, 1) == LIST_ADD_SECOND_GUARDED);
    CHECK(call(in_vector, 3, 3) == LIST_ADD_SECOND_GUARDED);

    answer_of_guards = 2;
    CHECK(call(in_load, 1, 1 + 3) == LIST_ADD_SECOND_COMMITTED);
    CHECK(call(in_vector, 3, 3 + 3) == LIST_ADD_SECOND_COMMITTED);

    /* The memory is there again. */
    answer_of_guards = -EAGAIN;
    CHECK(call(in_load, 1, 1 + 3) == LIST_ADD_SECOND_COMMITTED);
    CHECK(call(in_vector, 3, 3 + 3) == LIST_ADD_SECOND_COMMITTED);
}

static void faults_are_looked_into(void)
{
    fault_is_looked_into(-EAGAIN);
    /* Also one that was not expected: the path that it is on may have been chosen by values that never stood together. */
    fault_is_looked_into(-EFAULT);
}

static void other_errors_end_it(void)
{
    const int in_load[] = {-EINVAL};
    const int in_vector[] = {REAL, REAL, -EINVAL};
    CHECK(call(in_load, 1, 1) == -EINVAL);
    CHECK(call(in_vector, 3, 3) == -EINVAL);
}

int main(void)
{
    lists = list_alloc();
    CHECK(lists != NULL);
    while (!opv_cpu_is_possible(cpu))
        cpu++;
    nodes[0].next = &nodes[1];
    nodes[1].value = 42;
    list_slot(lists, cpu)->head = &nodes[0];

    nothing_in_the_way();
    guards_answer_wherever_they_stop();
    validations_mean_another_turn();
    turns_are_bounded();
    faults_are_looked_into();
    other_errors_end_it();
    list_free(lists);
    return 0;
}
