/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Four threads a CPU write messages to the ring of the CPU that they are on, while a reader drains the rings of all
 * CPUs. A writer that finds its ring full counts that and tries again. At the end every message has arrived once,
 * whole, and in each ring in the order in which its writer wrote.
 */
#define OPV_IMPLEMENTATION
#include "ring.opv.h"

#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WRITERS_PER_CPU = 4, MESSAGES = 50000 };

/* What a record's payload is here. The text has a length of its own in each message. */
struct message {
    uint32_t writer;
    uint32_t number;
    unsigned char text[RING_PAYLOAD - 2 * sizeof(uint32_t)];
};

struct writer {
    pthread_t thread;
    struct ring_percpu *ring;
    uint32_t name;
    uint64_t refused;
};

/* What the reader knows of one ring. */
struct progress {
    uint64_t sequence;
    uint64_t lost;
    /* By writer: the number that its next message from this ring has at least. */
    uint32_t *next;
};

struct reader {
    pthread_t thread;
    struct ring_percpu *ring;
    uint32_t writers;
    int is_writing;
    uint64_t taken;
    struct progress *progress;
    /* By writer and number: whether the message has arrived. */
    unsigned char *arrived;
};

static void fail(const char *what)
{
    fprintf(stderr, "C: %s\n", what);
    exit(EXIT_FAILURE);
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        fail("out of memory");
    return memory;
}

static uint32_t text_length(uint32_t number)
{
    return number % (uint32_t)(sizeof(((struct message *)NULL)->text) + 1);
}

static unsigned char text_at(const struct message *message, uint32_t i)
{
    return (unsigned char)(message->writer + message->number + i);
}

/* Returns the message's length. */
static uint32_t write_message(struct message *message, uint32_t writer, uint32_t number)
{
    uint32_t length = text_length(number);
    uint32_t i;
    message->writer = writer;
    message->number = number;
    for (i = 0; i < length; i++)
        message->text[i] = text_at(message, i);
    return (uint32_t)offsetof(struct message, text) + length;
}

static void *write_all(void *argument)
{
    struct writer *writer = (struct writer *)argument;
    struct message message;
    uint32_t number;
    for (number = 0; number < MESSAGES; number++) {
        uint32_t length = write_message(&message, writer->name, number);
        int outcome;
        while ((outcome = ring_append(writer->ring, &message, length)) == RING_APPEND_FULL) {
            if (ring_lose(writer->ring) != 0)
                fail("a refused message could not be counted");
            writer->refused++;
            sched_yield();
        }
        if (outcome != RING_APPEND_COMMITTED)
            fail("a message could not be appended");
    }
    return NULL;
}

static void check_text(const struct ring_record *record, const struct message *message)
{
    uint32_t length = text_length(message->number);
    uint32_t i;
    if (record->length != offsetof(struct message, text) + length)
        fail("a message has another length than it was given");
    for (i = 0; i < length; i++) {
        if (message->text[i] != text_at(message, i))
            fail("a message is not whole");
    }
}

static void check_arrival(struct reader *reader, struct progress *progress, const struct message *message)
{
    unsigned char *arrived;
    if (message->writer >= reader->writers || message->number >= MESSAGES)
        fail("a message is not one that was written");
    arrived = &reader->arrived[(size_t)message->writer * MESSAGES + message->number];
    if (*arrived)
        fail("a message has arrived twice");
    *arrived = 1;
    if (message->number < progress->next[message->writer])
        fail("a ring has changed the order of a writer's messages");
    progress->next[message->writer] = message->number + 1;
}

static void receive(struct reader *reader, int cpu, const struct ring_record *record)
{
    struct progress *progress = &reader->progress[cpu];
    struct message message;
    memcpy(&message, record->payload, sizeof(message));
    if (record->sequence != progress->sequence++)
        fail("a record is missing");
    if (record->lost < progress->lost)
        fail("the count of refused records has decreased");
    progress->lost = record->lost;
    check_text(record, &message);
    check_arrival(reader, progress, &message);
    reader->taken++;
}

static void drain(struct reader *reader)
{
    struct ring_record record;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        int outcome = RING_TAKE_EMPTY;
        while (opv_cpu_is_possible(cpu)
            && (outcome = ring_take_on(reader->ring, cpu, &record)) == RING_TAKE_COMMITTED)
            receive(reader, cpu, &record);
        if (outcome != RING_TAKE_EMPTY)
            fail("a record could not be taken");
    }
}

/* Drains once more after the last message was written. */
static void *read_all(void *argument)
{
    struct reader *reader = (struct reader *)argument;
    int is_writing;
    do {
        is_writing = __atomic_load_n(&reader->is_writing, __ATOMIC_ACQUIRE);
        drain(reader);
        sched_yield();
    } while (is_writing);
    return NULL;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void start_reader(struct reader *reader, struct ring_percpu *ring, uint32_t writers)
{
    int cpus = opv_cpus_possible();
    int cpu;
    reader->ring = ring;
    reader->writers = writers;
    reader->is_writing = 1;
    reader->taken = 0;
    reader->arrived = (unsigned char *)allocate(writers, MESSAGES);
    reader->progress = (struct progress *)allocate((size_t)cpus, sizeof(*reader->progress));
    for (cpu = 0; cpu < cpus; cpu++)
        reader->progress[cpu].next = (uint32_t *)allocate(writers, sizeof(*reader->progress[cpu].next));
    if (pthread_create(&reader->thread, NULL, read_all, reader) != 0)
        fail("no thread could be started");
}

/* Returns how often a writer was refused. */
static uint64_t run_writers(struct writer *writers, struct ring_percpu *ring, uint32_t count)
{
    uint64_t refused = 0;
    uint32_t i;
    for (i = 0; i < count; i++) {
        writers[i].ring = ring;
        writers[i].name = i;
        if (pthread_create(&writers[i].thread, NULL, write_all, &writers[i]) != 0)
            fail("no thread could be started");
    }
    for (i = 0; i < count; i++) {
        pthread_join(writers[i].thread, NULL);
        refused += writers[i].refused;
    }
    return refused;
}

static void finish_reader(struct reader *reader)
{
    int cpu;
    __atomic_store_n(&reader->is_writing, 0, __ATOMIC_RELEASE);
    pthread_join(reader->thread, NULL);
    if (reader->taken != (uint64_t)reader->writers * MESSAGES)
        fail("messages have not arrived");
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        free(reader->progress[cpu].next);
    free(reader->progress);
    free(reader->arrived);
}

static void check_lost(struct ring_percpu *ring, uint64_t refused)
{
    uint64_t lost = 0;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        lost += opv_cpu_is_possible(cpu) ? ring_slot(ring, cpu)->lost : 0;
    if (lost != refused)
        fail("the rings have counted other refusals than their writers");
}

int main(void)
{
    int cpus = (int)sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t count = (uint32_t)(WRITERS_PER_CPU * cpus);
    struct writer *writers = (struct writer *)allocate(count, sizeof(*writers));
    struct ring_percpu *ring = ring_alloc();
    struct reader reader;
    uint64_t refused;
    double start = now();
    double elapsed;
    if (ring == NULL)
        fail("out of memory");
    start_reader(&reader, ring, count);
    refused = run_writers(writers, ring, count);
    finish_reader(&reader);
    elapsed = (now() - start) * cpus;
    check_lost(ring, refused);
    printf("C, %s form: %" PRIu32 " writers, %" PRIu64 " messages, %" PRIu64 " times a full ring, about %.0f ns of a CPU"
           " for each message: all right\n",
        opv_uses_vectors() ? "vector" : "direct", count, reader.taken, refused, elapsed / (double)reader.taken);
    ring_free(ring);
    free(writers);
    return EXIT_SUCCESS;
}
