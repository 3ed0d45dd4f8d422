/* SPDX-License-Identifier: Apache-2.0 */
/* Two source files, one of them C++ in one build, that must find themselves with one state. */
#ifndef OPV_TESTS_SHARED_H
#define OPV_TESTS_SHARED_H

#ifdef __cplusplus
extern "C" {
#endif

/* The other file's view of the process: takes CPU cpu, adds 1 to the slot's word by a vector, frees the instance. */
int other_lock(int cpu);
int other_add(unsigned long *base, int cpu);
void other_free(void *base);

#ifdef __cplusplus
}
#endif

#endif
