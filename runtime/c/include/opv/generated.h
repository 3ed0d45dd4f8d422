/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What headers that opvc generates need besides the engine: arithmetic, layout assertions and run-time checks. Not
 * meant to be used by hand.
 */
#ifndef OPV_GENERATED_H
#define OPV_GENERATED_H

/* First, because it may hold the runtime's implementation, which must come before any header of libc. */
#include "engine.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arith.h"
#include "floats.h"
#include "tables.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The level of what generated headers need of the runtime. It rises by one with each release in which opvc begins to use
 * something that earlier runtimes lack; a runtime serves headers of every level up to its own.
 */
#define OPV_LEVEL 1

/** Behind a field's declarator: the field is 8-aligned, also where the ABI aligns 8-byte scalars to 4 (i686). */
#define OPV_ALIGNED_8 __attribute__((aligned(8)))

/**
 * Around the last member of a slot, an array that is given its length when it is allocated. C++ has no such members, and
 * its compilers do.
 */
#if defined(__clang__) && defined(__cplusplus)
#define OPV_SIZED_ARRAY(declaration) \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wc99-extensions\"") declaration; \
    _Pragma("clang diagnostic pop")
#else
#define OPV_SIZED_ARRAY(declaration) __extension__ declaration;
#endif

/** The first value where pointers have 8 bytes, the second where they have 4. */
#if __SIZEOF_POINTER__ == 8
#define OPV_LP64_ILP32(lp64, ilp32) lp64
#else
#define OPV_LP64_ILP32(lp64, ilp32) ilp32
#endif

/** An element of an initializer so many times. It may hold commas. */
#define OPV_TIMES_2(...) __VA_ARGS__, __VA_ARGS__
#define OPV_TIMES_4(...) OPV_TIMES_2(__VA_ARGS__), OPV_TIMES_2(__VA_ARGS__)
#define OPV_TIMES_8(...) OPV_TIMES_4(__VA_ARGS__), OPV_TIMES_4(__VA_ARGS__)
#define OPV_TIMES_16(...) OPV_TIMES_8(__VA_ARGS__), OPV_TIMES_8(__VA_ARGS__)
#define OPV_TIMES_32(...) OPV_TIMES_16(__VA_ARGS__), OPV_TIMES_16(__VA_ARGS__)
#define OPV_TIMES_64(...) OPV_TIMES_32(__VA_ARGS__), OPV_TIMES_32(__VA_ARGS__)
#define OPV_TIMES_128(...) OPV_TIMES_64(__VA_ARGS__), OPV_TIMES_64(__VA_ARGS__)
#define OPV_TIMES_256(...) OPV_TIMES_128(__VA_ARGS__), OPV_TIMES_128(__VA_ARGS__)
#define OPV_TIMES_512(...) OPV_TIMES_256(__VA_ARGS__), OPV_TIMES_256(__VA_ARGS__)
#define OPV_TIMES_1024(...) OPV_TIMES_512(__VA_ARGS__), OPV_TIMES_512(__VA_ARGS__)
#define OPV_TIMES_2048(...) OPV_TIMES_1024(__VA_ARGS__), OPV_TIMES_1024(__VA_ARGS__)
#define OPV_TIMES_4096(...) OPV_TIMES_2048(__VA_ARGS__), OPV_TIMES_2048(__VA_ARGS__)

/** Fails to compile unless a type has the size, in bytes, that opvc computed for each pointer size. */
#define OPV_ASSERT_SIZE(type, lp64, ilp32) \
    CPU_OP_STATIC_ASSERT(sizeof(type) == OPV_LP64_ILP32(lp64, ilp32), #type ": size")

/** Fails to compile unless a member has the offset, in bytes, that opvc computed for each pointer size. */
#define OPV_ASSERT_OFFSET(type, member, lp64, ilp32) \
    CPU_OP_STATIC_ASSERT(offsetof(type, member) == OPV_LP64_ILP32(lp64, ilp32), #type ": offset of " #member)

/**
 * Of a unit's two forms on the CPU that the caller is on, the one that a file calls: the optimistic one, which commits in a
 * restartable section and holds nothing. Where the file has no sections, and for whoever defines OPV_PREFER_LOCK before
 * he includes a generated header, it is the one that holds the CPU.
 */
#if OPV_SECTIONS && !defined(OPV_PREFER_LOCK)
#define OPV_OPTIMISTIC_OR_HOLDING(optimistic, holding) optimistic
#else
#define OPV_OPTIMISTIC_OR_HOLDING(optimistic, holding) holding
#endif

/** Whether value < limit. A negative value, converted by the caller, is a huge one. */
static inline bool opv_is_below(uint64_t value, uint64_t limit)
{
    return value < limit;
}

/**
 * The length of an array as a slot says, but `most` at most: what is freed while a query goes on may be another's by then,
 * who has written any number there.
 */
static inline uint32_t opv_length_in_slot(uint32_t length, uint32_t most)
{
    return length <= most ? length : most;
}

/** Whether value <= limit. A negative value, converted by the caller, is a huge one. */
static inline bool opv_is_at_most(uint64_t value, uint64_t limit)
{
    return value <= limit;
}

/**
 * The address `offset` bytes behind a pointer of which nothing is known yet: it may be null, or lead nowhere. An
 * operation is made for it all the same, and the engine answers -EFAULT; the sum of the addresses is defined where
 * C's -> would not be.
 */
static inline void *opv_at(const void *base, size_t offset)
{
    return (void *)((uintptr_t)base + offset);
}

/**
 * Whether two ranges of memory have no byte in common. An empty range has none in common with any.
 *
 * @param a, length_of_a  where the first begins, and its bytes; it does not reach past the end of the address space
 */
static inline bool opv_are_apart(const void *a, size_t length_of_a, const void *b, size_t length_of_b)
{
    uintptr_t first = (uintptr_t)a;
    uintptr_t second = (uintptr_t)b;
    if (length_of_a == 0 || length_of_b == 0)
        return true;
    return first <= second ? second - first >= length_of_a : first - second >= length_of_b;
}

/** Whether two ranges of memory are the same, or have no byte in common; see opv_are_apart(). */
static inline bool opv_are_same_or_apart(const void *a, size_t length_of_a, const void *b, size_t length_of_b)
{
    return (a == b && length_of_a == length_of_b) || opv_are_apart(a, length_of_a, b, length_of_b);
}

/** What opv_run() answers where another thread has changed what was prepared: the builder has to be called again. */
#define OPV_PREPARE_AGAIN (-EAGAIN)

/** How an attempt ends: with its conclusion, if what it rests on holds; else it has to be made again. */
OPV_INLINE int opv_attempt_end(bool holds, int conclusion)
{
    return holds ? conclusion : OPV_PREPARE_AGAIN;
}

/** How a unit ends that is one section; differs is what it means that the section did not find what it was to find. */
OPV_INLINE int opv_here_end(int result, int differs)
{
    return result == OPV_HERE_DIFFERS ? differs : result;
}

/** What the operations that a builder made mean. Only the builder and the functions below look into it. */
struct opv_plan {
    /** How the unit ends if the operations run to their end; 0 where they are complete, and it commits. */
    int conclusion;
    /** How many operations, from the first, are comparisons: guards and validations. */
    int conditions;
    /** OPV_PIN() of the operations that have memory which may not be accessible. */
    unsigned pins;
    /** How the unit ends, or OPV_PREPARE_AGAIN, where the comparison of this index stops them. */
    int stops[CPU_OP_VEC_LEN_MAX];
};

/** Initialises a plan. */
#define OPV_PLAN_EMPTY {0, 0, OPV_PIN_NONE, {0}}

/** Begins a plan: it has no operations yet, and commits. */
static inline void opv_plan_begin(struct opv_plan *plan)
{
    plan->conclusion = 0;
    plan->conditions = 0;
    plan->pins = OPV_PIN_NONE;
}

/** Says of the operation behind the comparisons so far that it is one too, and what it means if it stops the others. */
static inline void opv_plan_stop(struct opv_plan *plan, int stop)
{
    plan->stops[plan->conditions++] = stop;
}

/** Says of operation i that it has memory which may not be accessible. */
static inline void opv_plan_pin(struct opv_plan *plan, int i)
{
    plan->pins |= OPV_PIN(i);
}

/**
 * Runs operations that begin with the comparisons of a plan. Where an operand faults, expected or not, that is the
 * answer only if all that led to it holds.
 *
 * @return 0 where they have run to their end; an outcome, or OPV_PREPARE_AGAIN, where a comparison stopped them; or a
 *         negative errno
 */
static inline int opv_run_conditions(struct cpu_op *ops, int count, const struct opv_plan *plan, int cpu)
{
    int result = opv_execute_built(ops, count, plan->pins, cpu);
    if ((result == -EAGAIN || result == -EFAULT) && plan->conditions > 0) {
        result = opv_execute_guards(ops, count, plan->conditions, cpu);
        if (result == 0)
            return -EFAULT;
    }
    return result > 0 ? plan->stops[result - 1] : result;
}

/**
 * Runs the operations that a builder made, and says how the unit ended.
 *
 * @param count  what the builder returned
 * @return 0 where it committed; an outcome; OPV_PREPARE_AGAIN; or a negative errno, and nothing has happened: -EINVAL
 *         for a range error, -EFAULT for memory that is not accessible
 */
static inline int opv_run(struct cpu_op *ops, int count, const struct opv_plan *plan, int cpu)
{
    int result = count == 0 ? 0 : opv_run_conditions(ops, count, plan, cpu);
    return result == 0 ? plan->conclusion : result;
}

/**
 * Runs a loading vector: the comparisons of a plan, and behind them copies to cells, in whose places others are built
 * next. Where it does not run to its end, that is the plan's conclusion.
 *
 * @return whether the cells are filled
 */
static inline bool opv_load_cells(struct cpu_op *ops, int count, struct opv_plan *plan, int cpu)
{
    plan->conclusion = opv_run_conditions(ops, count, plan, cpu);
    plan->pins &= OPV_PIN(plan->conditions) - 1;
    return plan->conclusion == 0;
}

/** Holds memory that holds what slots begin with, as opv_cpu_lock() holds a CPU. */
int opv_blank_lock(void);

/** Gives back what opv_blank_lock() has taken. */
void opv_blank_unlock(void);

/**
 * Takes a possible CPU for who sets back what he reads. Of a CPU that is not used it takes memory that holds what slots
 * begin with: that is read, and what is set back there is what it is.
 *
 * @param offset  receives what leads to that memory, see opv_percpu_at()
 * @return as opv_cpu_lock()
 */
OPV_INLINE int opv_drain_begin(int cpu, uintptr_t *offset)
{
    *offset = opv_cpu_offset_to_read(cpu);
    return *offset == opv_cpu_offset(cpu) ? opv_cpu_lock(cpu) : opv_blank_lock();
}

/** Gives back what opv_drain_begin() has taken. */
OPV_INLINE void opv_drain_end(int cpu, uintptr_t offset)
{
    if (offset == opv_cpu_offset(cpu))
        opv_cpu_unlock(cpu);
    else
        opv_blank_unlock();
}

#ifdef __cplusplus
}
#endif

#endif
