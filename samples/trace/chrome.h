/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the JSON that chrome://tracing and ui.perfetto.dev open. For one thread. */
#ifndef CHROME_H
#define CHROME_H

#include <stddef.h>
#include <stdint.h>

/* Something that took time. */
struct chrome_event {
    /* UTF-8, without a zero at its end. */
    const char *name;
    size_t name_length;
    uint64_t begin_nanos;
    uint64_t nanos;
    uint32_t thread;
    /* Where it was traced: the viewer shows it with the event. */
    int cpu;
};

struct chrome_trace;

/* Begins a file. Returns NULL if it cannot be written, or for want of memory. */
struct chrome_trace *chrome_open(const char *path);

/* Errors are reported at the end. */
void chrome_write(struct chrome_trace *trace, const struct chrome_event *event);

/* Returns 0 if all has been written, else -1. */
int chrome_close(struct chrome_trace *trace);

#endif
