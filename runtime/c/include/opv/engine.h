/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The user-space engine: operation vectors, exclusion per CPU, and per-CPU memory.
 *
 * Declarations are always here. The definitions, and with them the state of the process, are where OPV_IMPLEMENTATION
 * is defined before this header is included first: in exactly one source file of the program, or in libopv. Define it
 * above every other include, since the definitions ask libc for its GNU extensions.
 *
 * Threads: every function may be called by any number of threads at once, unless it says otherwise. What signal handlers
 * may do is in enter.h and attempt.h; they must not allocate or free per-CPU memory. The child of fork() may use
 * everything; that of vfork() nothing.
 *
 * errno is left alone except where a function says that it sets it.
 */
#if defined(OPV_IMPLEMENTATION) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#ifndef OPV_ENGINE_H
#define OPV_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "access.h"
#include "attempt.h"
#include "cpu_opv.h"
#include "enter.h"
#include "here.h"
#include "log.h"
#include "look.h"
#include "section.h"
#include "stride.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The version of the runtime. All objects of a process that have the implementation must have the same; where two have
 * not, the process ends with a message on stderr when the second is loaded.
 */
#define OPV_VERSION "0.1.0"

/**
 * CPU numbers that the engine can work with: 0 to OPV_CPUS_MAX - 1. The largest that Linux can be configured for on
 * x86-64 is 8192. A machine's CPUs beyond it count as not possible.
 */
#define OPV_CPUS_MAX 8192

/**
 * Runs a vector as cpu_opv() does with flags 0, except that any possible CPU is allowed, whatever the calling
 * thread's affinity mask, and that the operations are not copied.
 *
 * @param ops  in memory that can be written; nobody else, nor the vector itself, changes them before this returns
 * @return as cpu_opv()
 */
int opv_execute(struct cpu_op *ops, int count, int cpu);

/** Pins of operations of which none has to be pinned. */
#define OPV_PIN_NONE 0u

/** What to pin of operations that generated code has built: operation i has memory that may not be accessible. */
#define OPV_PIN(i) (1u << (i))

/**
 * Runs operations as opv_execute() does that generated code has built, which knows of them what opv_execute() would have
 * to find out: that none breaks a limit, and that all memory is accessible but that of some.
 *
 * In a program that is compiled with OPV_CHECK_BUILDERS all of it is found out nevertheless, and a builder that was wrong
 * ends the process. That is for tests.
 *
 * @param count  0 to CPU_OP_VEC_LEN_MAX
 * @param pins   OPV_PIN() of the operations that have to be pinned, or OPV_PIN_NONE
 * @param cpu    a possible one
 * @return 0; the 1-based index of the comparison that stopped the vector; -EFAULT or -EAGAIN for memory that is not
 *         accessible; -EDEADLK in a signal handler that interrupts a holder of the CPU
 */
int opv_execute_built(struct cpu_op *ops, int count, unsigned pins, int cpu);

/**
 * Finds out what it means that a vector has answered -EAGAIN or -EFAULT: runs the comparisons that stand first in it, up to the
 * operation that faults, at a moment when it faults. Where they run to their end, all that led to the operand holds,
 * and it is not accessible nevertheless.
 *
 * @param count   operations of the vector
 * @param guards  how many of them, from the first, are comparisons
 * @return as opv_execute(); -EAGAIN where no operand faults any more
 */
int opv_execute_guards(struct cpu_op *ops, int count, int guards, int cpu);

/**
 * From now on, whether an operand of a vector is accessible is found out by touching its pages, which costs some
 * nanoseconds a page, and no longer by asking the kernel, which costs about a microsecond. It concerns the vectors of this
 * program, or of this shared object, and there is no way back: a shared object that calls this must stay loaded. Calling
 * it again does nothing.
 *
 * It installs a handler of SIGSEGV and SIGBUS, which handles the faults of these touches alone and passes all others on
 * to the handlers that it finds. So call it after those have been installed; handlers that are installed later have to
 * pass on what is not theirs. Threads that run vectors must not block these signals.
 *
 * @return 0; -ENOSYS on machines other than x86 and aarch64; or what sigaction() failed with, negative. Vectors then
 *         ask the kernel, as before
 */
int opv_catch_faults(void);

/** Turns of a vector form that may be stopped by validations before the thread yields its processor at each. */
#define OPV_TURNS_BEFORE_YIELD 16

/** Turns of a vector form that may be stopped by validations before its work is done directly. */
#define OPV_TURNS_MAX 64

/**
 * What a vector form does between two turns: another thread has changed what it had prepared. Yields the processor
 * from turn OPV_TURNS_BEFORE_YIELD on.
 *
 * @param turn  turns that have been stopped, 1 for the first
 * @return whether to take another turn: no longer from OPV_TURNS_MAX on
 */
int opv_next_turn(int turn);

/**
 * Says which form the generated functions of this program, or of this shared object, have that leave it open: the vector
 * form, or, which is the default, the direct form. Both have the same results and exclude each other, so that it may be
 * changed at any time; calls that have begun go on in their form. Until it is called, the environment has decided, when
 * the program or shared object was loaded: OPV_FORM=vector chose the vector form, anything else the direct form. All
 * accesses are relaxed.
 */
void opv_use_vectors(int vectors);

/** What opv_use_vectors() writes. */
extern int opv_form_is_vector;

/** Whether generated functions have the vector form. */
static inline int opv_uses_vectors(void)
{
    return __builtin_expect(__atomic_load_n(&opv_form_is_vector, __ATOMIC_RELAXED) != 0, 0) != 0;
}

/**
 * How many slots per-CPU memory has: the highest possible CPU + 1. Possible CPUs are those that the kernel can ever
 * bring online; the number does not change while the process runs. It comes from /sys/devices/system/cpu/possible, or
 * from sysconf(_SC_NPROCESSORS_CONF) where that cannot be read.
 *
 * @return 1 to OPV_CPUS_MAX
 */
int opv_cpus_possible(void);

/** Whether cpu, any int, is a possible CPU. Numbers below opv_cpus_possible() may be missing, and -1 never is one. */
int opv_cpu_is_possible(int cpu);

/**
 * The CPU that the calling thread runs on, as a hint of where to work: the thread may have moved when this returns.
 * Read from the restartable-sequences area that libc registered for the thread, else asked of sched_getcpu().
 *
 * @return always a possible CPU; the lowest one where the system does not answer or answers nonsense
 */
int opv_cpu_current(void);

/**
 * Allocates an instance of per-CPU memory: one slot of size bytes for every possible CPU, each aligned to
 * OPV_CACHE_ALIGN. No other instance's slot shares a cache line with it. Memory order is malloc()'s: the caller
 * publishes the pointer. Slots take no memory of CPUs that are not used, but address space: pages are written to from the
 * first transaction or vector on that runs on a CPU, or from the first opv_percpu_slot() for it.
 *
 * Must not be called while holding opv_cpu_lock().
 *
 * @param size     1 to OPV_PERCPU_STRIDE bytes
 * @param initial  size bytes that each slot gets a copy of, or NULL for zeros
 * @return the instance, whose slots opv_percpu_slot() finds; or NULL, and errno is EINVAL for a size out of range, or
 *         ENOMEM
 */
void *opv_percpu_alloc(size_t size, const void *initial);

/**
 * The first half of opv_percpu_alloc(), for who makes what slots begin with in place, where opv_percpu_blank() says: that
 * is zero. No slot may be used before opv_percpu_begin().
 *
 * @param used_before  receives what opv_percpu_begin() is to be given
 * @return as opv_percpu_alloc()
 */
void *opv_percpu_reserve(size_t size, size_t *used_before);

/** The second half of opv_percpu_alloc(). */
void opv_percpu_begin(void *base, size_t used_before);

/**
 * Frees an instance, after it has excluded every CPU in turn, so that what runs on it comes to its end. That its
 * later use must not begin is the caller's duty; such a use finds another instance's data, or leftovers, but mapped
 * memory: it is recycled, never unmapped.
 *
 * Must not be called while holding opv_cpu_lock(). Aborts the process, with a message on stderr, when base is not an
 * instance, or not any more: the program is wrong.
 *
 * @param base  from opv_percpu_alloc(), or NULL, which does nothing
 */
void opv_percpu_free(void *base);

/**
 * The slot of a CPU in the instance at base; offset is that CPU's, see opv_cpu_offset(). The compiler is told of its
 * alignment, so that accesses to what is aligned in it need no test.
 */
static inline void *opv_percpu_at(void *base, uintptr_t offset)
{
    return __builtin_assume_aligned((char *)base + offset, OPV_CACHE_ALIGN);
}

/**
 * Where what the slots of the instance at base begin with lies: made between opv_percpu_reserve() and opv_percpu_begin(),
 * and the same from then on. Reading it uses no CPU.
 */
static inline void *opv_percpu_blank(void *base)
{
    return opv_percpu_at(base, opv_cpu_offset(opv_places.cpus));
}

/**
 * The slot of CPU cpu, a possible one, in the instance at base. Whoever asks for it may use it in any way, so that the CPU
 * takes memory from then on.
 */
static inline void *opv_percpu_slot(void *base, int cpu)
{
    if (__builtin_expect(!opv_cpu_is_used(cpu), 0))
        opv_cpu_use(cpu);
    return opv_percpu_at(base, opv_cpu_offset(cpu));
}

#ifdef __cplusplus
}
#endif

#endif

/* The implementation's headers include this one again. */
#if defined(OPV_IMPLEMENTATION) && !defined(OPV_IMPLEMENTED)
#define OPV_IMPLEMENTED
#include "impl/lock.h"
#include "impl/cpus.h"
#include "impl/process.h"
#include "impl/current.h"
#include "impl/word.h"
#include "impl/exclusion.h"
#include "impl/log.h"
#include "impl/attempt.h"
#include "impl/percpu.h"
#include "impl/pin.h"
#include "impl/probe.h"
#include "impl/operation.h"
#include "impl/vector.h"
#include "impl/form.h"
#include "impl/fork.h"
#include "impl/start.h"
#endif
