/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts where their fast paths end.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_ATTEMPT_H
#define OPV_IMPL_ATTEMPT_H

#include "system.h"

#include "../attempt.h"
#include "../look.h"
#include "current.h"
#include "exclusion.h"
#include "log.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether a thread that is on `cpu` can be in a section there. */
static int opv_attempt_has_sections(int cpu)
{
    return OPV_SECTIONS && opv_the_engine()->has_sections && cpu >= 0 && opv_cpu_is_possible(cpu);
}

/*
 * Takes a CPU for what usually does without. A signal's handler may count on that, and must not find the CPU held: where
 * `blocks`, signals are blocked until it is given back. Returns as opv_cpu_lock().
 */
static int opv_hold(int cpu, int blocks)
{
    uint64_t signals = blocks ? opv_signals_block() : 0;
    int error = opv_cpu_lock(cpu);
    if (error == 0)
        opv_word_of(cpu)->signals = signals;
    else if (blocks)
        opv_signals_restore(signals);
    return error;
}

static void opv_give_back(struct opv_word *word, int blocks)
{
    int saved_errno = errno;
    uint64_t signals = word->signals;
    opv_word_release(word, word->next);
    if (blocks)
        opv_signals_restore(signals);
    errno = saved_errno;
}

/* Without sections, every attempt takes the CPU. */
static int opv_attempt_hold(void)
{
    int cpu = opv_cpu_current();
    int error = opv_hold(cpu, opv_the_engine()->has_sections);
    return error == 0 ? cpu : error;
}

void opv_attempt_leave(struct opv_word *word)
{
    opv_give_back(word, opv_the_engine()->has_sections);
}

void opv_look_leave(struct opv_word *word)
{
    opv_give_back(word, OPV_LOOK_HAS_VERSIONS);
}

/* Makes a word idle that is not, as far as that takes no waiting for ever. Returns 0, or -EDEADLK. */
static int opv_word_settle(struct opv_word *word, int cpu)
{
    uintptr_t state = opv_word_state(word);
    switch (opv_state_of(state)) {
    case OPV_WORD_CLOSED:
        opv_word_open(word, cpu);
        break;
    case OPV_WORD_PENDING:
        opv_word_help(word, cpu, state);
        break;
    case OPV_WORD_LOCKED:
        if (opv_word_await_awake(word))
            break;
        if (opv_thread_holds_from(cpu))
            return -EDEADLK;
        opv_word_await_asleep(word);
        break;
    default:
        break;
    }
    return 0;
}

int opv_attempt_settle(unsigned begun)
{
    int saved_errno = errno;
    int cpu = opv_cpu_from_area();
    int result;
    if (!opv_attempt_has_sections(cpu) || begun >= OPV_ATTEMPTS_MAX) {
        result = opv_attempt_hold();
    } else {
        result = opv_word_settle(opv_word_of(cpu), cpu);
        if (result == 0)
            result = OPV_ATTEMPT_READY;
    }
    errno = saved_errno;
    return result;
}

int opv_look_settle(int cpu, int takes_cpu)
{
    int saved_errno = errno;
    int result = takes_cpu ? opv_hold(cpu, OPV_LOOK_HAS_VERSIONS) : opv_word_settle(opv_word_of(cpu), cpu);
    errno = saved_errno;
    return result;
}

#ifdef __cplusplus
}
#endif

#endif
