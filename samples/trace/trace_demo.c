/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Four threads a CPU trace what they do into the ring of the CPU that they are on, while a further thread drains the
 * rings and writes Chrome's trace format. At the end each event that was kept has been written once, whole, and in each
 * ring in the order in which its thread traced.
 *
 *   trace_demo FILE
 */
#define OPV_IMPLEMENTATION
#include "trace.opv.h"

#include "chrome.h"

#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_PER_CPU = 4, REQUESTS = 1500, QUERIES = 3, NAP_NANOS = 200000 };

/* What a record's payload is here. The name has no end but that of the record. */
struct payload {
    uint64_t begin_nanos;
    uint64_t nanos;
    uint32_t thread;
    uint32_t number;
    char name[TRACE_PAYLOAD - 2 * sizeof(uint64_t) - 2 * sizeof(uint32_t)];
};

_Static_assert(sizeof(struct payload) == TRACE_PAYLOAD, "a payload may be as long as a record's");

struct tracer {
    pthread_t thread;
    struct trace_percpu *trace;
    uint32_t name;
    /* Events so far, and those of them that found no room. */
    uint32_t events;
    uint32_t lost;
};

struct drainer {
    pthread_t thread;
    struct trace_percpu *trace;
    struct chrome_trace *file;
    uint32_t threads;
    int is_tracing;
    uint64_t written;
    /* By CPU and thread: the number that the thread's next event from this ring has at least. */
    uint32_t *next;
};

static void fail(const char *what)
{
    fprintf(stderr, "C, %s form: WRONG: %s\n", opv_uses_vectors() ? "vector" : "direct", what);
    exit(EXIT_FAILURE);
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        fail("out of memory");
    return memory;
}

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* The name of a thread's event, by which the drainer finds out that it is whole. Returns its length. */
static size_t name_of(char *name, size_t size, uint32_t thread, uint32_t number)
{
    static const char *const columns[] = {"id", "id, \"first name\"", "id, street, city, zip, country, phone"};
    int length;
    if (number % (QUERIES + 1) == QUERIES)
        length = snprintf(name, size, "request %" PRIu32, number / (QUERIES + 1));
    else
        length = snprintf(name, size, "select %s from table_%" PRIu32, columns[number % QUERIES], thread);
    return (size_t)length;
}

static void trace(struct tracer *tracer, uint64_t begin_nanos)
{
    struct payload payload;
    uint32_t length = (uint32_t)offsetof(struct payload, name);
    bool kept = false;
    payload.begin_nanos = begin_nanos;
    payload.nanos = now() - begin_nanos;
    payload.thread = tracer->name;
    payload.number = tracer->events++;
    length += (uint32_t)name_of(payload.name, sizeof(payload.name), payload.thread, payload.number);
    if (trace_append(tracer->trace, &payload, length, &kept) != 0)
        fail("an event could not be appended");
    tracer->lost += kept ? 0 : 1;
}

static void *serve_requests(void *argument)
{
    struct tracer *tracer = (struct tracer *)argument;
    const struct timespec nap = {0, NAP_NANOS};
    int request;
    int query;
    for (request = 0; request < REQUESTS; request++) {
        uint64_t begin_of_request = now();
        for (query = 0; query < QUERIES; query++) {
            uint64_t begin_of_query = now();
            sched_yield();
            trace(tracer, begin_of_query);
        }
        trace(tracer, begin_of_request);
        if (request % (QUERIES + 1) == 0)
            nanosleep(&nap, NULL);
    }
    return NULL;
}

static void write_event(struct drainer *drainer, int cpu, const struct trace_record *record)
{
    struct payload payload;
    struct chrome_event event;
    char expected[sizeof(payload.name)];
    size_t length = (size_t)record->length - offsetof(struct payload, name);
    uint32_t *next;
    if (record->length > TRACE_PAYLOAD || record->length < offsetof(struct payload, name))
        fail("a record has a length that none has");
    memcpy(&payload, record->payload, (size_t)record->length);
    if (payload.thread >= drainer->threads)
        fail("an event is of no thread");
    if (name_of(expected, sizeof(expected), payload.thread, payload.number) != length
        || memcmp(expected, payload.name, length) != 0)
        fail("an event is not whole");
    next = &drainer->next[(size_t)cpu * drainer->threads + payload.thread];
    if (payload.number < *next)
        fail("a ring has changed the order of a thread's events, or has one twice");
    *next = payload.number + 1;
    event.name = payload.name;
    event.name_length = length;
    event.begin_nanos = payload.begin_nanos;
    event.nanos = payload.nanos;
    event.thread = payload.thread;
    event.cpu = cpu;
    chrome_write(drainer->file, &event);
    drainer->written++;
}

static void drain(struct drainer *drainer)
{
    struct trace_record record;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        int outcome = TRACE_TAKE_EMPTY;
        while (opv_cpu_is_possible(cpu)
            && (outcome = trace_take_on(drainer->trace, cpu, &record)) == TRACE_TAKE_COMMITTED)
            write_event(drainer, cpu, &record);
        if (outcome != TRACE_TAKE_EMPTY)
            fail("a record could not be taken");
    }
}

/* Drains once more after the last event. */
static void *drain_all(void *argument)
{
    struct drainer *drainer = (struct drainer *)argument;
    const struct timespec nap = {0, NAP_NANOS};
    int is_tracing;
    do {
        is_tracing = __atomic_load_n(&drainer->is_tracing, __ATOMIC_ACQUIRE);
        drain(drainer);
        nanosleep(&nap, NULL);
    } while (is_tracing);
    return NULL;
}

static void run_tracers(struct tracer *tracers, struct trace_percpu *all, uint32_t count)
{
    uint32_t i;
    for (i = 0; i < count; i++) {
        tracers[i].trace = all;
        tracers[i].name = i;
        if (pthread_create(&tracers[i].thread, NULL, serve_requests, &tracers[i]) != 0)
            fail("no thread could be started");
    }
    for (i = 0; i < count; i++)
        pthread_join(tracers[i].thread, NULL);
}

static void check(const struct drainer *drainer, const struct tracer *tracers)
{
    uint64_t events = 0;
    uint64_t lost_by_threads = 0;
    uint64_t lost = 0;
    uint32_t i;
    for (i = 0; i < drainer->threads; i++) {
        events += tracers[i].events;
        lost_by_threads += tracers[i].lost;
    }
    if (trace_lost(drainer->trace, &lost) != 0 || lost != lost_by_threads)
        fail("the rings have lost other events than their threads know of");
    if (drainer->written + lost != events)
        fail("events have got lost, and were not counted");
    printf("C, %s form: %" PRIu32 " threads, %" PRIu64 " events written, %" PRIu64 " lost for want of room: all right\n",
        opv_uses_vectors() ? "vector" : "direct", drainer->threads, drainer->written, lost);
}

int main(int count, char **arguments)
{
    struct drainer drainer = {0};
    struct tracer *tracers;
    if (count != 2) {
        fprintf(stderr, "trace_demo FILE\n");
        return 2;
    }
    drainer.threads = (uint32_t)(THREADS_PER_CPU * sysconf(_SC_NPROCESSORS_ONLN));
    drainer.trace = trace_alloc();
    drainer.file = chrome_open(arguments[1]);
    drainer.is_tracing = 1;
    drainer.next = (uint32_t *)allocate((size_t)opv_cpus_possible() * drainer.threads, sizeof(*drainer.next));
    tracers = (struct tracer *)allocate(drainer.threads, sizeof(*tracers));
    if (drainer.trace == NULL)
        fail("out of memory");
    if (drainer.file == NULL)
        fail("the trace cannot be written");
    if (pthread_create(&drainer.thread, NULL, drain_all, &drainer) != 0)
        fail("no thread could be started");
    run_tracers(tracers, drainer.trace, drainer.threads);
    __atomic_store_n(&drainer.is_tracing, 0, __ATOMIC_RELEASE);
    pthread_join(drainer.thread, NULL);
    if (chrome_close(drainer.file) != 0)
        fail("the trace could not be written");
    check(&drainer, tracers);
    trace_free(drainer.trace);
    free(drainer.next);
    free(tracers);
    return EXIT_SUCCESS;
}
