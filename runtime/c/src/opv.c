/* SPDX-License-Identifier: Apache-2.0 */
/* The one source file of libopv: it defines what opv/engine.h declares. */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"
