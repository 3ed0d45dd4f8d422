/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ring buffer: every record arrives once, whole, in the ring's order, and in each ring in its writer's.
 */
#include "stress.h"

#include <inttypes.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* What a record's payload is here. The text has a length of its own in each message. */
struct message {
    uint32_t writer;
    uint32_t number;
    unsigned char text[RING_PAYLOAD - 2 * sizeof(uint32_t)];
};

/* What the reader knows of one ring. */
struct progress {
    uint64_t sequence;
    uint64_t lost;
    /* By writer: the number that its next message from this ring has at least. */
    uint32_t next[WORKERS];
};

/* Of the vector of append_raw(), by the operation that stopped it. */
enum { RAW_HEAD_CHANGED = 1, RAW_FULL = 2 };

static struct ring_percpu *ring;
static struct progress *progress;
static uint64_t taken;
static uint64_t refused;
static uint64_t written;

/* Of each writer, by number, whether the message has arrived. */
static unsigned char *arrived;
static uint64_t numbers;

static void set_up(uint64_t operations)
{
    ring = ring_alloc();
    if (ring == NULL)
        fail("out of memory");
    progress = (struct progress *)allocate((size_t)opv_cpus_possible(), sizeof(*progress));
    numbers = operations / WORKERS + 1;
    arrived = (unsigned char *)allocate(WORKERS, numbers);
    taken = 0;
    refused = 0;
    written = 0;
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

static void check_whole(const struct ring_record *record, const struct message *message)
{
    uint32_t length = text_length(message->number);
    uint32_t i;
    if (message->writer < 1 || message->writer > WORKERS || message->number >= numbers)
        fail("ring: message %" PRIu32 " of writer %" PRIu32 " was never written", message->number, message->writer);
    if (record->length != offsetof(struct message, text) + length)
        fail("ring: message %" PRIu32 " has length %" PRIu32, message->number, record->length);
    for (i = 0; i < length; i++) {
        if (message->text[i] != text_at(message, i))
            fail("ring: message %" PRIu32 " of writer %" PRIu32 " is not whole", message->number, message->writer);
    }
}

/* ring_append() as a vector that is built by hand. */
static int append_raw(int cpu, struct message *message, uint32_t length)
{
    struct ring *slot = ring_slot(ring, cpu);
    struct cpu_op ops[8];
    int stopped;
    do {
        uint64_t head = opv_load_u64(&slot->head);
        uint64_t next = head + 1;
        uint64_t full = head - RING_RECORDS;
        struct ring_record *record = &slot->record[head % RING_RECORDS];
        cpu_op_set_compare_eq(&ops[0], &slot->head, &head, sizeof(head));
        cpu_op_set_compare_ne(&ops[1], &slot->tail, &full, sizeof(full));
        cpu_op_set_memcpy(&ops[2], &record->sequence, &head, sizeof(head));
        cpu_op_set_memcpy(&ops[3], &record->lost, &slot->lost, sizeof(record->lost));
        cpu_op_set_memcpy(&ops[4], &record->length, &length, sizeof(length));
        cpu_op_set_memcpy(&ops[5], record->payload, message, length);
        cpu_op_set_mb(&ops[6]);
        cpu_op_set_memcpy(&ops[7], &slot->head, &next, sizeof(next));
        stopped = opv_execute(ops, 8, cpu);
    } while (stopped == RAW_HEAD_CHANGED);
    return stopped == RAW_FULL ? RING_APPEND_FULL : stopped;
}

static int append(struct worker *worker, struct message *message, uint32_t length)
{
    int cpu = choose_cpu(&worker->random);
    if (chooses_raw_vector(&worker->random))
        return append_raw(cpu, message, length);
    return ring_append_on(ring, cpu, message, length);
}

/* Returns how often a ring was full. */
static uint64_t write_until_accepted(struct worker *worker, struct message *message, uint32_t length)
{
    uint64_t times = 0;
    int outcome;
    while ((outcome = append(worker, message, length)) == RING_APPEND_FULL) {
        if (ring_lose(ring) != 0)
            fail("ring: a refused message could not be counted");
        times++;
        sched_yield();
    }
    if (outcome != RING_APPEND_COMMITTED)
        fail("ring: a message could not be appended: %d", outcome);
    return times;
}

static void work(struct worker *worker)
{
    struct message message;
    uint64_t times = 0;
    uint32_t number;
    for (number = 0; number < worker->operations; number++) {
        uint32_t length = write_message(&message, worker->name, number);
        times += write_until_accepted(worker, &message, length);
    }
    __atomic_fetch_add(&refused, times, __ATOMIC_RELAXED);
    __atomic_fetch_add(&written, worker->operations, __ATOMIC_RELAXED);
}

static void receive(struct progress *from, const struct ring_record *record)
{
    struct message message;
    unsigned char *has_arrived;
    memcpy(&message, record->payload, sizeof(message));
    if (record->sequence != from->sequence)
        fail("ring: record %" PRIu64 " where %" PRIu64 " was due", record->sequence, from->sequence);
    if (record->lost < from->lost)
        fail("ring: the count of refused records has decreased");
    check_whole(record, &message);
    if (message.number < from->next[message.writer - 1])
        fail("ring: message %" PRIu32 " of writer %" PRIu32 " is late", message.number, message.writer);
    has_arrived = &arrived[(message.writer - 1) * numbers + message.number];
    if (*has_arrived)
        fail("ring: message %" PRIu32 " of writer %" PRIu32 " has arrived twice", message.number, message.writer);
    *has_arrived = 1;
    from->sequence++;
    from->lost = record->lost;
    from->next[message.writer - 1] = message.number + 1;
    taken++;
}

/* Takes what there is, from every CPU. */
static void drain(void)
{
    struct ring_record record;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        int outcome = RING_TAKE_EMPTY;
        while (opv_cpu_is_possible(cpu) && (outcome = ring_take_on(ring, cpu, &record)) == RING_TAKE_COMMITTED)
            receive(&progress[cpu], &record);
        if (outcome != RING_TAKE_EMPTY)
            fail("ring: a record could not be taken: %d", outcome);
    }
    sched_yield();
}

/*
 * A place of the ring holds the last record that went there, be it taken or not, and whole.
 */
static void check_slot(int cpu, uint64_t *random)
{
    uint32_t index = (uint32_t)(next_random(random) % RING_RECORDS);
    struct ring_record record;
    struct message message;
    uint64_t head = 0;
    uint64_t tail = 0;
    uint64_t last;
    if (ring_look_at_record_on(ring, cpu, index, &record, &head, &tail) != 0)
        fail("ring: a slot could not be looked at");
    if (head - tail > RING_RECORDS)
        fail("ring: head %" PRIu64 ", tail %" PRIu64, head, tail);
    if (head <= index)
        return;
    last = head - 1 - (head - 1 - index) % RING_RECORDS;
    if (record.sequence != last)
        fail("ring: place %" PRIu32 " has record %" PRIu64 ", the head is %" PRIu64, index, record.sequence, head);
    memcpy(&message, record.payload, sizeof(message));
    check_whole(&record, &message);
}

static void check_all(void)
{
    bool within = false;
    uint64_t waiting = 0;
    if (ring_look_at_all(ring, &within, &waiting) != 0)
        fail("ring: the query failed");
    if (!within)
        fail("ring: a ring holds more records than it has places; %" PRIu64 " wait in all", waiting);
}

static void finish(uint64_t operations)
{
    uint64_t lost = 0;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++)
        lost += opv_cpu_is_possible(cpu) ? ring_slot(ring, cpu)->lost : 0;
    if (taken != operations || written != operations)
        fail("ring: %" PRIu64 " messages of %" PRIu64, taken, operations);
    if (lost != refused)
        fail("ring: %" PRIu64 " refusals counted, %" PRIu64 " met", lost, refused);
    ring_free(ring);
    free(progress);
    free(arrived);
}

const struct subject ring_buffer = {"ring", set_up, work, drain, check_slot, check_all, finish};
