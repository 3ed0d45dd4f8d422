/* SPDX-License-Identifier: Apache-2.0 */
/* Appends a record to a ring, 44 bytes of payload and 20 in front of it, and takes the oldest one. */
#include <pthread.h>
#include <string.h>

#include "bench.h"
#include "ring.opv.h"

static struct ring_percpu *percpu;
static __thread unsigned char payload[RING_PAYLOAD];
static __thread struct ring_record taken;

/* One ring for all threads, behind its mutex. */
static struct {
    pthread_mutex_t mutex;
    struct ring ring __attribute__((aligned(BENCH_APART)));
} shared = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static int append_shared(void)
{
    struct ring *ring = &shared.ring;
    int result = pthread_mutex_lock(&shared.mutex);
    if (ring->head - ring->tail < RING_RECORDS) {
        struct ring_record *record = &ring->record[ring->head % RING_RECORDS];
        record->sequence = ring->head;
        record->lost = ring->lost;
        record->length = RING_PAYLOAD;
        memcpy(record->payload, payload, RING_PAYLOAD);
        ring->head++;
    }
    return result | pthread_mutex_unlock(&shared.mutex);
}

static int take_shared(void)
{
    struct ring *ring = &shared.ring;
    int result = pthread_mutex_lock(&shared.mutex);
    if (ring->head != ring->tail) {
        taken = ring->record[ring->tail % RING_RECORDS];
        ring->tail++;
    }
    return result | pthread_mutex_unlock(&shared.mutex);
}

static int append_and_take_shared(void)
{
    int result = append_shared();
    return result | take_shared();
}

/* A full or an empty ring is no fault: threads that migrate append to one CPU's and take from another's. */
static int append_and_take_opvc(void)
{
    int appended = ring_append(percpu, payload, RING_PAYLOAD);
    int result = ring_take(percpu, &taken);
    return appended < 0 || result < 0;
}

BENCH_BATCH_OF(shared_batch, append_and_take_shared())
BENCH_BATCH_OF(opvc_batch, append_and_take_opvc())

static int prepare(void)
{
    percpu = ring_alloc();
    return percpu == NULL ? -1 : 0;
}

/* The records that wait are those between tail and head, each of which knows its position. */
static const char *check(uint64_t operations)
{
    uint64_t appended = 0;
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        const struct ring *ring = ring_slot(percpu, cpu);
        uint64_t at;
        appended += ring->head;
        for (at = ring->tail; at != ring->head; at++) {
            if (ring->record[at % RING_RECORDS].sequence != at)
                return "a record is not where it belongs";
        }
    }
    return appended != 0 && appended <= operations ? NULL : "records were appended too often, or never";
}

static const struct way ways[] = {
    {"pthread mutex, one ring", shared_batch, FORM_DIRECT, 0},
    {"opvc, direct form", opvc_batch, FORM_DIRECT, 1},
    {"opvc, vector form", opvc_batch, FORM_VECTOR, 1},
};

const struct work ring_work = {
    "C: append and take a record of 64 bytes", ways, BENCH_COUNT(ways), prepare, check};
