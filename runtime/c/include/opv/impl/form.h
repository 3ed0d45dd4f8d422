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

#ifdef __cplusplus
extern "C" {
#endif

enum opv_form { OPV_FORM_UNKNOWN = 0, OPV_FORM_DIRECT = 1, OPV_FORM_VECTOR = 2 };

static int opv_form_chosen = OPV_FORM_UNKNOWN;

void opv_use_vectors(int vectors)
{
    __atomic_store_n(&opv_form_chosen, vectors ? OPV_FORM_VECTOR : OPV_FORM_DIRECT, __ATOMIC_RELAXED);
}

/* A choice that another thread makes meanwhile stands. */
static __attribute__((noinline)) int opv_form_of_environment(void)
{
    const char *value = getenv("OPV_FORM");
    int form = value != NULL && strcmp(value, "vector") == 0 ? OPV_FORM_VECTOR : OPV_FORM_DIRECT;
    int chosen = OPV_FORM_UNKNOWN;
    if (__atomic_compare_exchange_n(&opv_form_chosen, &chosen, form, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return form;
    return chosen;
}

int opv_uses_vectors(void)
{
    int form = __atomic_load_n(&opv_form_chosen, __ATOMIC_RELAXED);
    if (__builtin_expect(form == OPV_FORM_UNKNOWN, 0))
        form = opv_form_of_environment();
    return form == OPV_FORM_VECTOR;
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
