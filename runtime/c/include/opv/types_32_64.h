/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Pointers that are kept in 64 bits on every machine.
 *
 * Structures that user space shares with a kernel (struct cpu_op, the descriptors of restartable sequences) must have
 * one layout, whatever the size of a pointer. A pointer member of such a structure is therefore 8 bytes wide
 * everywhere: a uint64_t where pointers have 64 bits, else a uint32_t and a zeroed uint32_t of padding, ordered so
 * that a 64-bit reader of the machine's byte order finds the pointer.
 *
 * A member must be declared, written and read through the macros below, so that no code depends on which of the
 * two forms it has.
 */
#ifndef OPV_TYPES_32_64_H
#define OPV_TYPES_32_64_H

#include <stdint.h>

#if !defined(__SIZEOF_POINTER__) || !defined(__BYTE_ORDER__)
#error "opv/types_32_64.h needs a compiler that defines __SIZEOF_POINTER__ and __BYTE_ORDER__ (GCC, Clang)"
#endif

/**
 * LINUX_FIELD_u32_u64(field) declares the member `field`, 8 bytes; a semicolon follows it.
 *
 * LINUX_FIELD_u32_u64_INIT_ONSTACK(field, v) initialises it in a list of designated initialisers: with v, a pointer or an
 * integer of a pointer's size, and the padding with 0. `field` is the designator, such as .u.memcpy_op.dst, or .dst in
 * the list of the inner structure, which is the only way that C++20 knows:
 *
 *     struct cpu_op op = {
 *         .op = CPU_ADD_OP, .len = 8,
 *         LINUX_FIELD_u32_u64_INIT_ONSTACK(.u.arithmetic_op.p, p), .u.arithmetic_op.count = 1
 *     };
 *
 * LINUX_FIELD_u32_u64_SET(field, v) stores the same in a structure that exists. `field` is any lvalue whose last token is
 * the member's name, such as op->u.memcpy_op.dst; it is evaluated once or twice. The macro is an expression without a
 * value: a statement of its own, or an operand of a comma.
 *
 * Pointers are converted through uintptr_t. A conversion through intptr_t would fill the upper half of the 64 bits
 * with copies of a 32-bit pointer's top bit.
 */
#if __SIZEOF_POINTER__ == 8

#define LINUX_FIELD_u32_u64(field) uint64_t field
#define LINUX_FIELD_u32_u64_INIT_ONSTACK(field, v) field = (uint64_t)(uintptr_t)(v)
#define LINUX_FIELD_u32_u64_SET(field, v) ((void)(field = (uint64_t)(uintptr_t)(v)))

#elif __SIZEOF_POINTER__ == 4

/* Initialisers stand in the order of the members, as C++20 wants it. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LINUX_FIELD_u32_u64(field) uint32_t field, field##_padding
#define LINUX_FIELD_u32_u64_INIT_ONSTACK(field, v) field = (uint32_t)(uintptr_t)(v), field##_padding = 0
#elif __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LINUX_FIELD_u32_u64(field) uint32_t field##_padding, field
#define LINUX_FIELD_u32_u64_INIT_ONSTACK(field, v) field##_padding = 0, field = (uint32_t)(uintptr_t)(v)
#else
#error "opv/types_32_64.h knows little-endian and big-endian machines only"
#endif
#define LINUX_FIELD_u32_u64_SET(field, v) ((void)(field##_padding = 0), (void)(field = (uint32_t)(uintptr_t)(v)))

#else
#error "opv/types_32_64.h knows pointers of 4 and of 8 bytes only"
#endif

/** The pointer in a member that LINUX_FIELD_u32_u64 declared, as a void *. The padding is not looked at. */
#define LINUX_FIELD_u32_u64_POINTER(field) ((void *)(uintptr_t)(field))

#endif
