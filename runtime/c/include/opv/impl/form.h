/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which form generated functions have, and what the vector form does between its turns.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_FORM_H
#define OPV_IMPL_FORM_H

#include "system.h"

#include <stdlib.h>

#include "../engine.h"
#include "process.h"

#ifdef __cplusplus
extern "C" {
#endif

int opv_form_is_vector;

/* Of several threads that choose at once, the last to be done leaves both as the choice that stays. */
void opv_use_vectors(int vectors)
{
    int chosen;
    __atomic_store_n(&opv_form_is_vector, vectors != 0, __ATOMIC_SEQ_CST);
    do {
        size_t to_closed_words;
        chosen = __atomic_load_n(&opv_form_is_vector, __ATOMIC_SEQ_CST);
        to_closed_words = chosen != 0 ? sizeof(struct opv_word) : 0;
        __atomic_store_n(&opv_here_words, opv_the_engine()->words + to_closed_words, __ATOMIC_SEQ_CST);
    } while (__atomic_load_n(&opv_form_is_vector, __ATOMIC_SEQ_CST) != chosen);
}

static void opv_form_of_environment(void)
{
    const char *value = getenv("OPV_FORM");
    opv_use_vectors(value != NULL && strcmp(value, "vector") == 0);
}

int opv_next_turn(int turn)
{
    int saved_errno = errno;
    if (turn >= OPV_TURNS_MAX)
        return 0;
    if (turn >= OPV_TURNS_BEFORE_YIELD)
        sched_yield();
    errno = saved_errno;
    return 1;
}

#ifdef __cplusplus
}
#endif

#endif
