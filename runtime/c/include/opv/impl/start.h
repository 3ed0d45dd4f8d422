/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happens when the program, or the shared object, that has this copy of the code is loaded.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_START_H
#define OPV_IMPL_START_H

#include "system.h"

#include "area.h"
#include "fork.h"
#include "form.h"
#include "process.h"

#ifdef __cplusplus
extern "C" {
#endif

/* 101 is the first priority that programs may use. */
static __attribute__((constructor(101))) void opv_start(void)
{
    struct opv_engine *engine = opv_the_engine();
    opv_places.rseq = opv_area_offset();
    opv_places.words = engine->words;
    opv_places.cpus = opv_cpus_possible();
    opv_places.possible = engine->cpus.possible.words;
    opv_places.used = engine->used.words;
    opv_form_of_environment();
    opv_fork_watch();
}

#ifdef __cplusplus
}
#endif

#endif
