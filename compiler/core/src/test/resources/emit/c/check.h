/* SPDX-License-Identifier: Apache-2.0 */
/* How test programs say what is wrong: in a line of output, and by their end. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                            \
    do {                                                            \
        if (!(condition)) {                                         \
            printf("line %d: not %s\n", __LINE__, #condition);      \
            exit(1);                                                \
        }                                                           \
    } while (0)

#endif
