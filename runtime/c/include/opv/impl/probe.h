/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether memory is accessible, found out by touching it.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * A byte is read, or 0 is added to it atomically, so that no other thread's store is lost. The instructions
 * that do it stand in a table, with where to go on if they fault. A handler of SIGSEGV and SIGBUS looks there; every
 * other fault goes to whoever handled it before.
 */
#ifndef OPV_IMPL_PROBE_H
#define OPV_IMPL_PROBE_H

#include "system.h"

#include <ucontext.h>

#include "../engine.h"
#include "lock.h"
#include "pin.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The instruction at a label may fault; it goes on at `failed` then. */
#define OPV_ASM_MAY_FAULT(label)                                                                                      \
    ".pushsection opv_probes, \"a\"\n\t.balign 4\n\t.long " #label "b - ., %l[failed] - .\n\t.popsection\n\t"

/*
 * OPV_PROBE_READ and OPV_PROBE_WRITE touch the byte at the address in the operand `at`, and write the registers of
 * OPV_PROBE_CLOBBERS; OPV_CONTEXT_PC is where a signal's handler finds the instruction that was interrupted.
 */
#if defined(__x86_64__) || defined(__i386__)
#define OPV_PROBES 1
#define OPV_PROBE_READ "1:\tmovb (%[at]), %%al\n\t" OPV_ASM_MAY_FAULT(1)
#define OPV_PROBE_WRITE "1:\tlock addb $0, (%[at])\n\t" OPV_ASM_MAY_FAULT(1)
#define OPV_PROBE_CLOBBERS "memory", "cc", "eax"
#ifdef __x86_64__
#define OPV_CONTEXT_PC(context) ((context)->uc_mcontext.gregs[REG_RIP])
#else
#define OPV_CONTEXT_PC(context) ((context)->uc_mcontext.gregs[REG_EIP])
#endif
#elif defined(__aarch64__)
#define OPV_PROBES 1
#define OPV_PROBE_READ "1:\tldrb w16, [%[at]]\n\t" OPV_ASM_MAY_FAULT(1)
/* The load faults where nothing is, the store where nothing may be written. */
#define OPV_PROBE_WRITE                                                                                               \
    "2:\tldxrb w16, [%[at]]\n1:\tstxrb w17, w16, [%[at]]\n\tcbnz w17, 2b\n\t" OPV_ASM_MAY_FAULT(1)                    \
    OPV_ASM_MAY_FAULT(2)
#define OPV_PROBE_CLOBBERS "memory", "cc", "x16", "x17"
#define OPV_CONTEXT_PC(context) ((context)->uc_mcontext.pc)
#else
#define OPV_PROBES 0
#endif

#if OPV_PROBES
/* Distances from the members themselves. */
struct opv_probe {
    int32_t instruction;
    int32_t recovery;
};

/* The linker's names for the table's ends. */
extern const struct opv_probe opv_probes_first[] __asm__("__start_opv_probes") __attribute__((visibility("hidden")));
extern const struct opv_probe opv_probes_end[] __asm__("__stop_opv_probes") __attribute__((visibility("hidden")));

/*
 * Leads nowhere, and is the one that code names: linkers that drop what is not named, and do not count the names of the
 * table's ends, keep the table for its sake.
 */
static const struct opv_probe opv_probe_of_nothing __attribute__((section("opv_probes"), used)) = {0, 0};

static int opv_byte_is_readable(uintptr_t address)
{
    __asm__ __volatile__ goto(OPV_PROBE_READ : : [at] "r"(address) : OPV_PROBE_CLOBBERS : failed);
    return 1;
failed:
    return 0;
}

static int opv_byte_is_writable(uintptr_t address)
{
    __asm__ __volatile__ goto(OPV_PROBE_WRITE : : [at] "r"(address) : OPV_PROBE_CLOBBERS : failed);
    return 1;
failed:
    return 0;
}

/* The first byte, and the first of each page behind it: lines that the operation is about to use anyway. */
static int opv_probe(uintptr_t address, size_t len, enum opv_access access)
{
    uintptr_t page = (uintptr_t)opv_page_size();
    uintptr_t last = address + len - 1;
    for (;;) {
        if (access == OPV_WRITE ? !opv_byte_is_writable(address) : !opv_byte_is_readable(address))
            return 0;
        if ((address ^ last) < page)
            return 1;
        address = (address & ~(page - 1)) + page;
    }
}

static uintptr_t opv_probe_at(const int32_t *distance)
{
    return (uintptr_t)distance + (uintptr_t)(intptr_t)*distance;
}

/* Where a fault at an instruction goes on; 0 where the instruction is none of the probes'. */
static uintptr_t opv_probe_recovery(uintptr_t instruction)
{
    const struct opv_probe *probe;
    __asm__ __volatile__("" : : "r"(&opv_probe_of_nothing));
    for (probe = opv_probes_first; probe != opv_probes_end; probe++) {
        if (opv_probe_at(&probe->instruction) == instruction)
            return opv_probe_at(&probe->recovery);
    }
    return 0;
}

/* Who handled the signals before. Written before the handler is there, and when one is called that is for once. */
static struct sigaction opv_segv_before;
static struct sigaction opv_bus_before;

/* Signals that kill() or its like sent are no faults: they do not come again when the handler returns. */
static int opv_signal_is_sent(const siginfo_t *info)
{
    return info->si_code <= 0;
}

/* A fault that nobody handles is met again when the handler returns, with the system's answer. */
static void opv_fault_is_unhandled(int number, const siginfo_t *info, const struct sigaction *before)
{
    int is_sent = opv_signal_is_sent(info);
    if (is_sent && before->sa_handler == SIG_IGN)
        return;
    sigaction(number, before, NULL);
    if (is_sent)
        raise(number);
}

/* Does what the kernel would have done with the handler before: one that is for once makes way to the default. */
static void opv_fault_pass_on(int number, siginfo_t *info, void *context)
{
    struct sigaction *kept = number == SIGSEGV ? &opv_segv_before : &opv_bus_before;
    const struct sigaction before = *kept;
    if (before.sa_handler == SIG_DFL || before.sa_handler == SIG_IGN) {
        opv_fault_is_unhandled(number, info, &before);
        return;
    }
    if (before.sa_flags & (int)SA_RESETHAND)
        kept->sa_handler = SIG_DFL;
    if (before.sa_flags & SA_SIGINFO)
        before.sa_sigaction(number, info, context);
    else
        before.sa_handler(number);
}

static void opv_fault_handle(int number, siginfo_t *info, void *context)
{
    ucontext_t *interrupted = (ucontext_t *)context;
    uintptr_t recovery =
        opv_signal_is_sent(info) ? 0 : opv_probe_recovery((uintptr_t)OPV_CONTEXT_PC(interrupted));
    if (recovery == 0)
        opv_fault_pass_on(number, info, context);
    else
        OPV_CONTEXT_PC(interrupted) = (__typeof__(OPV_CONTEXT_PC(interrupted)))recovery;
}

/*
 * With the mask and the flags of the handler before it, which runs under them, and on the stack that it chose. Returns 0,
 * or -1 and errno.
 */
static int opv_fault_handler_install(int number, struct sigaction *before)
{
    struct sigaction found;
    struct sigaction action;
    if (sigaction(number, NULL, &found) != 0)
        return -1;
    if ((found.sa_flags & SA_SIGINFO) && found.sa_sigaction == opv_fault_handle)
        return 0;
    *before = found;
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = opv_fault_handle;
    action.sa_mask = found.sa_mask;
    action.sa_flags = (found.sa_flags & ~(int)SA_RESETHAND) | SA_SIGINFO;
    if (found.sa_handler == SIG_DFL || found.sa_handler == SIG_IGN)
        action.sa_flags |= SA_ONSTACK;
    return sigaction(number, &action, NULL);
}

static int opv_fault_handlers_install(void)
{
    if (__atomic_load_n(&opv_faults_are_caught, __ATOMIC_RELAXED))
        return 0;
    if (opv_fault_handler_install(SIGSEGV, &opv_segv_before) != 0
        || opv_fault_handler_install(SIGBUS, &opv_bus_before) != 0)
        return -errno;
    __atomic_store_n(&opv_faults_are_caught, 1, __ATOMIC_RELEASE);
    return 0;
}

/* Under a lock of the process, and of fork(): two copies of the code that install at once would lose one's handler. */
int opv_catch_faults(void)
{
    int saved_errno = errno;
    uint64_t signals = opv_percpu_lock(opv_the_engine());
    int error = opv_fault_handlers_install();
    opv_percpu_unlock(opv_the_engine(), signals);
    errno = saved_errno;
    return error;
}
#else
/* Never called: no faults are caught here. */
static int opv_probe(uintptr_t address, size_t len, enum opv_access access)
{
    (void)address;
    (void)len;
    (void)access;
    return 0;
}

int opv_catch_faults(void)
{
    return -ENOSYS;
}
#endif

#ifdef __cplusplus
}
#endif

#endif
