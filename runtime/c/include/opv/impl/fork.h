/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fork() of a process whose other threads are in the middle of something.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * The child has the thread that forks and no other, so that what others hold would be held for ever. Before the fork
 * that thread takes the word of every CPU on which anything has run, and applies what is pending; after it, parent and
 * child give them back. What the thread itself holds already, it holds on in both. Signals are blocked meanwhile.
 *
 * Every copy of the code asks for these calls, because an object that is unloaded takes its own back. The first that
 * comes does the work.
 */
#ifndef OPV_IMPL_FORK_H
#define OPV_IMPL_FORK_H

#include "system.h"

#include <pthread.h>

#include "exclusion.h"
#include "process.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Times that a fork that must not wait for a CPU looks at it again, OPV_LOOK_AGAIN_NS after the last. */
#define OPV_FORK_LOOKS 2000

static int opv_thread_holds(int cpu)
{
    return opv_word_state(opv_word_of(cpu)) == (opv_thread_self() | OPV_WORD_LOCKED);
}

/*
 * Takes a CPU, unless the thread holds it. Where the thread holds a later one, the holder of this one may be waiting for
 * it; or may be done in a moment.
 */
static void opv_fork_take(struct opv_engine *engine, int cpu)
{
    int looks;
    for (looks = 0; looks < OPV_FORK_LOOKS; looks++) {
        if (opv_cpu_lock(cpu) == 0) {
            opv_mask_add_range(&engine->forked, cpu, cpu);
            return;
        }
        if (opv_thread_holds(cpu))
            return;
        opv_nap();
    }
    opv_die("fork() while the thread holds a CPU, and another thread an earlier one, which it does not give back: the child "
            "would find it held for ever");
}

/* Takes all CPUs that are used, but those that the thread holds, and the memory that holds what slots begin with. */
static void opv_fork_take_all(struct opv_engine *engine)
{
    int cpu;
    memset(&engine->forked, 0, sizeof(engine->forked));
    for (cpu = 0; cpu < engine->cpus.count; cpu++) {
        if (opv_word_is_opened(cpu))
            opv_fork_take(engine, cpu);
    }
    engine->forked_blank = opv_blank_lock() == 0;
}

static void opv_fork_give_back(struct opv_engine *engine)
{
    int cpu;
    if (engine->forked_blank)
        opv_blank_unlock();
    for (cpu = engine->cpus.count - 1; cpu >= 0; cpu--) {
        if (opv_mask_has(&engine->forked, cpu))
            opv_cpu_unlock(cpu);
    }
}

/* Whether a CPU has come to be used behind the thread that takes them all. */
static int opv_fork_has_missed(struct opv_engine *engine)
{
    int cpu;
    for (cpu = 0; cpu < engine->cpus.count; cpu++) {
        if (opv_word_is_opened(cpu) && !opv_mask_has(&engine->forked, cpu) && !opv_thread_holds(cpu))
            return 1;
    }
    return 0;
}

/*
 * Under percpu_lock no CPU comes to be used. It is taken behind the words, because nobody who has it waits for a word; and
 * where one has come in between, all are taken anew, in their order.
 */
static void opv_fork_take_for_good(struct opv_engine *engine)
{
    for (;;) {
        opv_fork_take_all(engine);
        opv_lock_take(&engine->percpu_lock);
        if (!opv_fork_has_missed(engine))
            return;
        opv_lock_release(&engine->percpu_lock);
        opv_fork_give_back(engine);
    }
}

static void opv_fork_prepare(void)
{
    struct opv_engine *engine = opv_the_engine();
    uintptr_t self = opv_thread_self();
    uint64_t signals;
    if (__atomic_load_n(&engine->forking, __ATOMIC_RELAXED) == self) {
        engine->fork_depth++;
        return;
    }
    /* No handler of this thread's may find a word locked that its program does not hold. */
    signals = opv_signals_block();
    opv_lock_take(&engine->fork_lock);
    engine->fork_signals = signals;
    __atomic_store_n(&engine->forking, self, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    engine->fork_depth = 1;
    opv_fork_take_for_good(engine);
    __atomic_store_n(&engine->fork_has_percpu, self, __ATOMIC_RELAXED);
}

static void opv_fork_done(void)
{
    struct opv_engine *engine = opv_the_engine();
    uint64_t signals = engine->fork_signals;
    if (--engine->fork_depth != 0)
        return;
    opv_fork_give_back(engine);
    __atomic_store_n(&engine->fork_has_percpu, 0, __ATOMIC_RELAXED);
    opv_lock_release(&engine->percpu_lock);
    __atomic_store_n(&engine->forking, 0, __ATOMIC_RELEASE);
    opv_lock_release(&engine->fork_lock);
    opv_signals_restore(signals);
}

static void opv_fork_watch(void)
{
    if (pthread_atfork(opv_fork_prepare, opv_fork_done, opv_fork_done) != 0)
        opv_die("there is no memory to prepare for fork()");
}

#ifdef __cplusplus
}
#endif

#endif
