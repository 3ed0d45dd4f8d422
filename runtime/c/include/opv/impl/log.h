/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Logs that were published and not applied.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_LOG_H
#define OPV_IMPL_LOG_H

#include "system.h"

#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

static void opv_log_apply(const struct opv_log *log)
{
    (void)log;
}

#ifdef __cplusplus
}
#endif

#endif
