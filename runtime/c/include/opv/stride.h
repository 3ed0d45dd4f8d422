/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far apart the data of two CPUs is.
 */
#ifndef OPV_STRIDE_H
#define OPV_STRIDE_H

#include <stddef.h>

/** Bytes that keep two CPUs' data from sharing a cache line, adjacent-line prefetch included. */
#define OPV_CACHE_ALIGN 128

/** Binary logarithm of OPV_PERCPU_STRIDE. */
#if __SIZEOF_POINTER__ >= 8
#define OPV_PERCPU_SHIFT 22
#else
#define OPV_PERCPU_SHIFT 16
#endif

/**
 * Distance in bytes between the slots of neighbouring CPUs of one per-CPU instance, and the largest size of an
 * instance: 4 MiB, or 64 KiB with 32-bit pointers. It is address space: memory is used page by page, where a slot is
 * touched.
 */
#define OPV_PERCPU_STRIDE ((size_t)1 << OPV_PERCPU_SHIFT)

#endif
