/* SPDX-License-Identifier: Apache-2.0 */
/* How test programs that work on random values say what is wrong, and with which seed. */
#ifndef SEEDED_H
#define SEEDED_H

#include <stdio.h>
#include <stdlib.h>

static unsigned seed;

#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) {                                                           \
            printf("seed %u, line %d: not %s\n", seed, __LINE__, #condition);         \
            exit(1);                                                                  \
        }                                                                             \
    } while (0)

#endif
