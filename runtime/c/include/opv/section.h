/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Restartable sections: machine code that the kernel, where it takes the processor from the thread in the middle of it,
 * lets go on at another place. What is in a section therefore happens on one CPU, without anything else of the process
 * on that CPU in between, or not at all: if it ends with the one store that counts.
 *
 * OPV_SECTIONS is 1 where this file has sections for the machine and the compiler, else 0; define OPV_NO_SECTIONS to
 * have none. A program may be linked from files with and without them. They are not meant to be used by hand: enter.h
 * and attempt.h stand on them.
 *
 * Every section looks at the word of the CPU that it is on, and fails, having done nothing, where the word is not idle:
 * also, therefore, where a thread or the process is not registered, since then there is no idle word.
 */
#ifndef OPV_SECTION_H
#define OPV_SECTION_H

#include "log.h"
#include "word.h"

/** How a section ended. */
enum opv_section_end {
    OPV_SECTION_DONE = 0,
    /** It has looked, and what it looked at differs from what it was to be: nothing has been done. */
    OPV_SECTION_DIFFERS = 1,
    /** Nothing has been done: the word is not idle, or not what it was, or the thread has been stopped. */
    OPV_SECTION_BUSY = 2,
    /** Of a log alone: the thread has been stopped, and it must be found out what had been done by then. */
    OPV_SECTION_ABORTED = 3
};

/* Sanitizers that follow every access see none of those in a section, and would report what they exclude. */
#if defined(__SANITIZE_THREAD__)
#define OPV_FOLLOWS_ACCESSES 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define OPV_FOLLOWS_ACCESSES 1
#endif
#endif

/* An asm goto with outputs is what they are made of. */
#if defined(__clang__)
#define OPV_HAS_ASM_GOTO (__clang_major__ >= 11)
#else
#define OPV_HAS_ASM_GOTO (__GNUC__ >= 11)
#endif

#if defined(OPV_NO_SECTIONS) || defined(OPV_FOLLOWS_ACCESSES) || !OPV_HAS_ASM_GOTO
#define OPV_SECTIONS 0
#elif defined(__x86_64__) && defined(__LP64__)
#define OPV_SECTIONS 1
#include "machine/x86_64.h"
#elif defined(__aarch64__) && defined(__LP64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OPV_SECTIONS 1
#include "machine/aarch64.h"
#else
#define OPV_SECTIONS 0
#endif

#if OPV_SECTIONS && defined(__PIC__) && !defined(__PIE__)
#include "keep.h"
#endif

#endif
