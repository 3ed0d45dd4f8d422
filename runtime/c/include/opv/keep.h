/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keeps a shared object that has sections from being unloaded. Included by section.h, in objects that may be part of one.
 *
 * A thread may stand recorded in the kernel as having last been in a section of an object long after it has left it. When
 * the thread is next scheduled or signalled, the kernel reads the section's descriptor, and kills the process if it is
 * gone. A thread could take its record back behind each section, at nearly half the section's cost.
 */
#ifndef OPV_KEEP_H
#define OPV_KEEP_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What <dlfcn.h> declares for _GNU_SOURCE alone, with names that collide with nothing. */
struct opv_dl_info {
    const char *path;
    void *base;
    const char *symbol;
    void *address;
};

extern void *opv_libc_dlopen(const char *path, int flags) __asm__("dlopen") __attribute__((weak));
extern int opv_libc_dladdr(const void *address, struct opv_dl_info *info) __asm__("dladdr") __attribute__((weak));

enum { OPV_RTLD_LAZY = 1, OPV_RTLD_NOLOAD = 4, OPV_RTLD_NODELETE = 0x1000 };

static __attribute__((constructor, unused)) void opv_object_keep(void)
{
    static const char here = 0;
    struct opv_dl_info info;
    if (&opv_libc_dlopen != NULL && &opv_libc_dladdr != NULL && opv_libc_dladdr(&here, &info) != 0 && info.path != NULL)
        opv_libc_dlopen(info.path, OPV_RTLD_LAZY | OPV_RTLD_NOLOAD | OPV_RTLD_NODELETE);
}

#ifdef __cplusplus
}
#endif

#endif
