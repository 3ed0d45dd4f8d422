/* SPDX-License-Identifier: Apache-2.0 */
/* A shared object that has the implementation, and knows of no other. */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"

#include "plugin.h"

OPV_DEFINE_LOG_COMMIT(commit_two, OPV_PUT_U64(0) OPV_PUT_U64(1), OPV_SHAPE_U64(0) + OPV_SHAPE_U64(1))

void *plugin_alloc(void)
{
    return opv_percpu_alloc(sizeof(struct pair), NULL);
}

static int add_by_log(struct pair *base)
{
    struct opv_attempt attempt = OPV_ATTEMPT_NONE;
    while (opv_attempt_begin(&attempt)) {
        struct pair *pair = (struct pair *)opv_percpu_at(base, attempt.offset);
        struct opv_log log;
        opv_log_put(&log, 0, &pair->first, opv_load_u64(&pair->first) + 1);
        opv_log_put(&log, 1, &pair->second, opv_load_u64(&pair->second) + 1);
        if (commit_two(&attempt, &log))
            return 0;
    }
    return attempt.error;
}

static int add_by_lock(struct pair *base)
{
    struct opv_held held = opv_cpu_enter();
    struct pair *pair;
    if (held.error != 0)
        return held.error;
    pair = (struct pair *)opv_percpu_at(base, held.offset);
    pair->first++;
    pair->second++;
    opv_cpu_leave(held);
    return 0;
}

static int add_by_vector(struct pair *base)
{
    int cpu = opv_cpu_current();
    struct pair *pair = (struct pair *)opv_percpu_slot(base, cpu);
    struct cpu_op ops[2];
    cpu_op_set_add(&ops[0], &pair->first, 1, sizeof(uint64_t));
    cpu_op_set_add(&ops[1], &pair->second, 1, sizeof(uint64_t));
    return opv_execute(ops, 2, cpu);
}

/* Three transactions. Returns how many were done. */
int plugin_add(void *base)
{
    struct pair *pair = (struct pair *)base;
    return (add_by_log(pair) == 0) + (add_by_lock(pair) == 0) + (add_by_vector(pair) == 0);
}

/* Holds every CPU, and does not give them back. */
int plugin_hold_all(void)
{
    int cpu;
    int error = 0;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu) && opv_cpu_lock(cpu) != 0)
            error = 1;
    }
    return error;
}
