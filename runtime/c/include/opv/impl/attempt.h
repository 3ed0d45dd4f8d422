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
 * An attempt that holds the CPU. Where others do without holding it, a signal's handler must not find it held, since it
 * may count on that.
 */
static struct opv_attempt opv_attempt_hold(unsigned vain)
{
    struct opv_attempt attempt;
    int blocks = opv_the_engine()->has_sections;
    uint64_t signals = blocks ? opv_signals_block() : 0;
    attempt.cpu = opv_cpu_current();
    attempt.offset = opv_cpu_offset(attempt.cpu);
    attempt.word = opv_word_of(attempt.cpu);
    attempt.seen = OPV_ATTEMPT_HOLDS_CPU;
    attempt.vain = vain;
    attempt.error = opv_cpu_lock(attempt.cpu);
    if (attempt.error == 0)
        attempt.word->signals = signals;
    else if (blocks)
        opv_signals_restore(signals);
    return attempt;
}

void opv_attempt_leave(struct opv_attempt attempt)
{
    uint64_t signals = attempt.word->signals;
    opv_word_release(attempt.word, attempt.word->next);
    if (opv_the_engine()->has_sections)
        opv_signals_restore(signals);
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

struct opv_attempt opv_attempt_begin_slow(unsigned vain)
{
    int saved_errno = errno;
    struct opv_attempt attempt;
    for (;;) {
        attempt.cpu = opv_cpu_from_area();
        if (!opv_attempt_has_sections(attempt.cpu) || vain >= OPV_ATTEMPTS_MAX) {
            attempt = opv_attempt_hold(vain);
            break;
        }
        attempt.offset = opv_cpu_offset(attempt.cpu);
        attempt.word = opv_word_of(attempt.cpu);
        attempt.seen = opv_word_state(attempt.word);
        attempt.vain = vain;
        attempt.error = 0;
        if (opv_state_of(attempt.seen) == OPV_WORD_IDLE)
            break;
        attempt.error = opv_word_settle(attempt.word, attempt.cpu);
        if (attempt.error != 0)
            break;
    }
    errno = saved_errno;
    return attempt;
}

struct opv_look opv_look_begin_slow(int cpu, int takes_cpu)
{
    int saved_errno = errno;
    struct opv_look look;
    look.word = opv_word_of(cpu);
    look.holds_cpu = 0;
    look.error = 0;
    for (;;) {
        look.seen = opv_word_state(look.word);
        if (takes_cpu) {
            look.error = opv_cpu_lock(cpu);
            look.holds_cpu = look.error == 0;
            break;
        }
        if (opv_state_of(look.seen) != OPV_WORD_LOCKED && opv_state_of(look.seen) != OPV_WORD_PENDING)
            break;
        look.error = opv_word_settle(look.word, cpu);
        if (look.error != 0)
            break;
    }
    errno = saved_errno;
    return look;
}

struct opv_attempt opv_attempt_again(struct opv_attempt attempt)
{
    return opv_attempt_begin_slow(attempt.vain + 1);
}

#ifdef __cplusplus
}
#endif

#endif
