/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <stdint.h>

/* The slot: the words are equal whenever anybody may look. */
struct pair {
    uint64_t first;
    char apart[256];
    uint64_t second;
};

void *plugin_alloc(void);
int plugin_add(void *base);
int plugin_hold_all(void);

#endif
