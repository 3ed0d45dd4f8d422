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

#ifdef __cplusplus
extern "C" {
#endif

/** Stores of one log, at most. */
#define OPV_LOG_MAX 16

struct opv_log_entry {
    void *place;
    uint64_t value;
};

/** Begin it with opv_log_begin(), fill it with opv_log_u8() and its companions. */
struct opv_log {
    /** Written by whoever applies it for another, before the word is given back. */
    uint64_t done;
    /** How many entries there are, in 8 bits, and above them, in 2 bits each, the binary logarithm of their widths. */
    uint64_t shape;
    struct opv_log_entry entries[OPV_LOG_MAX];
};

/** Bits of a log's shape that say how many entries there are. */
#define OPV_LOG_COUNT_BITS 8

OPV_INLINE void opv_log_begin(struct opv_log *log)
{
    log->done = 0;
    log->shape = 0;
}

static inline unsigned opv_log_count(const struct opv_log *log)
{
    return (unsigned)(log->shape & ((1u << OPV_LOG_COUNT_BITS) - 1));
}

OPV_INLINE void opv_log_add(struct opv_log *log, void *place, uint64_t value, unsigned width_log2)
{
    unsigned at = opv_log_count(log);
    log->entries[at].place = place;
    log->entries[at].value = value;
    log->shape = (log->shape + 1) | (uint64_t)width_log2 << (OPV_LOG_COUNT_BITS + 2 * at);
}

/** Adds a store of value at place to a log that has fewer than OPV_LOG_MAX. */
OPV_INLINE void opv_log_u8(struct opv_log *log, void *place, uint8_t value)
{
    opv_log_add(log, place, value, 0);
}

/** As opv_log_u8(). */
OPV_INLINE void opv_log_u16(struct opv_log *log, void *place, uint16_t value)
{
    opv_log_add(log, place, value, 1);
}

/** As opv_log_u8(). */
OPV_INLINE void opv_log_u32(struct opv_log *log, void *place, uint32_t value)
{
    opv_log_add(log, place, value, 2);
}

/** As opv_log_u8(). */
OPV_INLINE void opv_log_u64(struct opv_log *log, void *place, uint64_t value)
{
    opv_log_add(log, place, value, 3);
}

#ifdef __cplusplus
}
#endif

#endif
