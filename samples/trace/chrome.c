/* SPDX-License-Identifier: Apache-2.0 */
#include "chrome.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Characters below are control characters, which JSON has as numbers. */
enum { FIRST_PRINTABLE = 0x20, NANOS_OF_MICRO = 1000 };

struct chrome_trace {
    FILE *file;
    uint64_t events;
};

struct chrome_trace *chrome_open(const char *path)
{
    struct chrome_trace *trace = (struct chrome_trace *)calloc(1, sizeof(*trace));
    if (trace == NULL)
        return NULL;
    trace->file = fopen(path, "w");
    if (trace->file == NULL) {
        free(trace);
        return NULL;
    }
    fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[", trace->file);
    return trace;
}

static void write_text(FILE *file, const char *text, size_t length)
{
    size_t i;
    fputc('"', file);
    for (i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < FIRST_PRINTABLE) {
            fprintf(file, "\\u%04x", c);
            continue;
        }
        if (c == '"' || c == '\\')
            fputc('\\', file);
        fputc(c, file);
    }
    fputc('"', file);
}

/* Microseconds, which is what the format counts in, with three digits behind the point. */
static void write_time(FILE *file, const char *name, uint64_t nanos)
{
    fprintf(file, ",\"%s\":%" PRIu64 ".%03" PRIu64, name, nanos / NANOS_OF_MICRO, nanos % NANOS_OF_MICRO);
}

void chrome_write(struct chrome_trace *trace, const struct chrome_event *event)
{
    FILE *file = trace->file;
    fprintf(file, "%s\n{\"ph\":\"X\",\"pid\":%ld,\"tid\":%" PRIu32 ",\"args\":{\"cpu\":%d},\"name\":",
        trace->events == 0 ? "" : ",", (long)getpid(), event->thread, event->cpu);
    write_text(file, event->name, event->name_length);
    write_time(file, "ts", event->begin_nanos);
    write_time(file, "dur", event->nanos);
    fputc('}', file);
    trace->events++;
}

int chrome_close(struct chrome_trace *trace)
{
    int failed;
    fputs("\n]}\n", trace->file);
    failed = ferror(trace->file);
    if (fclose(trace->file) != 0)
        failed = 1;
    free(trace);
    return failed ? -1 : 0;
}
