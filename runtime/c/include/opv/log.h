/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Logs: the stores of a transaction that makes several, so that all of them happen if one does. The log lies on the stack
 * of the thread that commits it. Whoever finds it published, on the CPU or from elsewhere, makes the stores before it goes
 * on; they are of values, and not additions, so that they may be made twice.
 *
 * A log must not be given up before it is known whether it was published: the thread must not be cancelled
 * asynchronously, nor leave by longjmp() out of a signal handler.
 */
#ifndef OPV_LOG_H
#define OPV_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu_opv.h"

#define OPV_INLINE static inline __attribute__((always_inline, unused))

/** A function that callers do not get a copy of. */
#define OPV_OUTLINE static __attribute__((noinline, unused))

#ifdef __cplusplus
extern "C" {
#endif

/** Stores of one log, at most. */
#define OPV_LOG_MAX 16

struct opv_log_entry {
    void *place;
    uint64_t value;
};

/** Fill it with opv_log_put(); its commit, see OPV_DEFINE_LOG_COMMIT, knows how many stores it has, and of which widths. */
struct opv_log {
    /** Written by whoever applies it for another, before the word is given back. */
    uintptr_t done;
    /** How many entries there are, in 8 bits, and above them, in 2 bits each, the binary logarithm of their widths. */
    uint64_t shape;
    struct opv_log_entry entries[OPV_LOG_MAX];
};

/** Bits of a log's shape that say how many entries there are. */
#define OPV_LOG_COUNT_BITS 8

/**
 * What an entry adds to a log's shape: the shape of a log whose entries are a uint64_t and a uint16_t is
 * OPV_SHAPE_U64(0) + OPV_SHAPE_U16(1).
 */
#define OPV_SHAPE_U8(entry) OPV_SHAPE(entry, 0)
#define OPV_SHAPE_U16(entry) OPV_SHAPE(entry, 1)
#define OPV_SHAPE_U32(entry) OPV_SHAPE(entry, 2)
#define OPV_SHAPE_U64(entry) OPV_SHAPE(entry, 3)
#define OPV_SHAPE(entry, width_log2) (1 + ((uint64_t)(width_log2) << (OPV_LOG_COUNT_BITS + 2 * (entry))))

static inline unsigned opv_log_count(const struct opv_log *log)
{
    return (unsigned)(log->shape & ((1u << OPV_LOG_COUNT_BITS) - 1));
}

/**
 * Says what an entry stores.
 *
 * @param entry  0 to OPV_LOG_MAX - 1
 * @param value  of the entry's width; bits above it mean nothing
 */
OPV_INLINE void opv_log_put(struct opv_log *log, unsigned entry, void *place, uint64_t value)
{
    log->entries[entry].place = place;
    log->entries[entry].value = value;
}

#ifdef __cplusplus
}
#endif

#endif
