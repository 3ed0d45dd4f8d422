/* SPDX-License-Identifier: Apache-2.0 */
/*
 * processes TEST PLUGIN…: what real processes do. Each test hung, crashed or lost something once. An alarm ends what hangs.
 *
 * Compiled without the implementation, whose copies are in the plugins; or, for those of one object, with it.
 */
#ifdef PROCESSES_IMPLEMENTS
#define OPV_IMPLEMENTATION
#else
#define _GNU_SOURCE
#endif
#include "opv/engine.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugin.h"

enum { SECONDS_MAX = 60, CHILD_SECONDS_MAX = 20, THREADS = 6, FORKS = 150, CANCELS = 300, ADDS = 200000, CLOSING_NS = 300000000 };

static volatile int stopping;

static int failed(const char *what)
{
    printf("processes: FAIL: %s\n", what);
    return 1;
}

static void pause_ns(long ns)
{
    const struct timespec time = {0, ns};
    nanosleep(&time, NULL);
}

#ifdef PROCESSES_IMPLEMENTS

#include "plugin.c"

static struct pair *base;

static void *add_forever(void *unused)
{
    while (!stopping)
        plugin_add(base);
    return unused;
}

static int pairs_agree(uint64_t *sum)
{
    int cpu;
    *sum = 0;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        struct pair *pair;
        if (opv_cpu_lock(cpu) != 0)
            continue;
        pair = (struct pair *)opv_percpu_slot(base, cpu);
        *sum += pair->first;
        if (pair->first != pair->second)
            return 0;
        opv_cpu_unlock(cpu);
    }
    return 1;
}

/* In the child: everything must be free, whole and of use; memory too, and another fork. */
static int use_everything(void)
{
    uint64_t before;
    uint64_t after;
    void *memory;
    alarm(CHILD_SECONDS_MAX);
    if (!pairs_agree(&before) || plugin_add(base) != 3 || !pairs_agree(&after) || after != before + 3)
        return 1;
    memory = opv_percpu_alloc(64, NULL);
    if (memory == NULL)
        return 1;
    opv_percpu_free(memory);
    return 0;
}

static int run_fork(void)
{
    pthread_t threads[THREADS];
    int failures = 0;
    int i;
    base = (struct pair *)plugin_alloc();
    for (i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, add_forever, NULL);
    for (i = 0; i < FORKS && failures == 0; i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0)
            _exit(use_everything());
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            printf("processes: fork %d: status 0x%x\n", i, (unsigned)status);
            failures = failed("a forked child could not use its CPUs");
        }
    }
    stopping = 1;
    for (i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return failures;
}

static void *add_until_cancelled(void *unused)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    for (;;) {
        opv_here_add_u64(&base->first, 1);
        opv_here_store_u64(&base->second, 7);
    }
    return unused;
}

/* What makes one store leaves nothing behind, wherever its thread is cancelled. */
static int run_cancel(void)
{
    uint64_t before = 0;
    int cpu;
    int i;
    base = (struct pair *)plugin_alloc();
    for (i = 0; i < CANCELS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, add_until_cancelled, NULL);
        pause_ns(200000 + 1000 * i);
        pthread_cancel(thread);
        pthread_join(thread, NULL);
    }
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu) && opv_cpu_lock(cpu) != 0)
            return failed("a CPU is not free after its users were cancelled");
        if (opv_cpu_is_possible(cpu)) {
            before += ((struct pair *)opv_percpu_slot(base, cpu))->first;
            opv_cpu_unlock(cpu);
        }
    }
    return before != 0 ? 0 : failed("nothing was added before the threads were cancelled");
}

/* A possible CPU that nothing has run on yet; -1 where there is none any more. */
static int unused_cpu(void)
{
    int cpu = opv_cpu_possible_from(0);
    while (cpu >= 0 && opv_cpu_is_used(cpu))
        cpu = opv_cpu_possible_from(cpu + 1);
    return cpu;
}

static int holds;

/* Asks for the slot of another CPU while the main thread is in fork() and waits for this one. */
static void *hold_and_open(void *unused)
{
    int cpu = opv_cpu_possible_from(0);
    opv_cpu_lock(cpu);
    __atomic_store_n(&holds, 1, __ATOMIC_SEQ_CST);
    pause_ns(CLOSING_NS);
    if (unused_cpu() >= 0)
        ((struct pair *)opv_percpu_slot(base, unused_cpu()))->first = 1;
    opv_cpu_unlock(cpu);
    return unused;
}

static int opens_in_fork;

/* Behind the runtime's own handler, because it is registered before it: all CPUs are taken already. */
static void open_in_fork(void)
{
    int cpu = opens_in_fork ? unused_cpu() : -1;
    if (cpu >= 0 && opv_cpu_lock(cpu) == 0)
        opv_cpu_unlock(cpu);
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wprio-ctor-dtor"
#endif
static __attribute__((constructor(100))) void register_before_the_runtime(void)
{
    pthread_atfork(open_in_fork, NULL, NULL);
}

static int fork_once(void)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : failed("fork() failed");
}

/* CPUs come to be used while a thread forks: on another thread, which holds one, and in a handler of fork(). */
static int run_open(void)
{
    pthread_t thread;
    int failures;
    base = (struct pair *)opv_percpu_alloc(sizeof(*base), NULL);
    pthread_create(&thread, NULL, hold_and_open, NULL);
    while (!__atomic_load_n(&holds, __ATOMIC_SEQ_CST))
        pause_ns(1000);
    failures = fork_once();
    pthread_join(thread, NULL);
    return failures;
}

static int run_open_in_fork(void)
{
    opens_in_fork = 1;
    return fork_once();
}

static const struct {
    const char *name;
    int (*run)(void);
} tests[] = {{"fork", run_fork}, {"cancel", run_cancel}, {"open", run_open}, {"open-in-fork", run_open_in_fork}};

static int run_test(const char *name, char **plugins)
{
    size_t i;
    (void)plugins;
    for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        if (strcmp(tests[i].name, name) == 0)
            return tests[i].run();
    }
    return failed("there is no such test");
}

#else

struct plugin {
    void *handle;
    void *(*alloc)(void);
    int (*add)(void *base);
    int (*hold_all)(void);
};

static struct plugin load(const char *path)
{
    struct plugin plugin;
    plugin.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (plugin.handle == NULL) {
        printf("processes: %s\n", dlerror());
        exit(2);
    }
    *(void **)&plugin.alloc = dlsym(plugin.handle, "plugin_alloc");
    *(void **)&plugin.add = dlsym(plugin.handle, "plugin_add");
    *(void **)&plugin.hold_all = dlsym(plugin.handle, "plugin_hold_all");
    return plugin;
}

static struct plugin plugins_of[2];
static void *shared;

static void *add_with(void *plugin)
{
    uint64_t done = 0;
    int i;
    for (i = 0; i < ADDS; i++)
        done += (uint64_t)((struct plugin *)plugin)->add(shared);
    return (void *)(uintptr_t)done;
}

/* Two objects of which neither knows the other work on one memory. */
static int run_two(char **paths)
{
    pthread_t threads[THREADS];
    uint64_t done = 0;
    uint64_t first = 0;
    uint64_t second = 0;
    int cpu;
    int i;
    plugins_of[0] = load(paths[0]);
    plugins_of[1] = load(paths[1]);
    shared = plugins_of[0].alloc();
    for (i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, add_with, &plugins_of[i % 2]);
    for (i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        done += (uintptr_t)result;
    }
    /* There is no engine of this program's own to ask: its slots are where the stride says, and at most this many. */
    for (cpu = 0; cpu < (int)sysconf(_SC_NPROCESSORS_CONF); cpu++) {
        const struct pair *pair = (const struct pair *)opv_percpu_at(shared, opv_cpu_offset(cpu));
        first += pair->first;
        second += pair->second;
    }
    printf("processes: two objects, %llu transactions\n", (unsigned long long)done);
    if (done != (uint64_t)3 * THREADS * ADDS)
        return failed("a transaction was refused");
    return first == done && second == done ? 0 : failed("two objects that have the implementation are two engines");
}

/* A copy of another version ends the process, with a message. */
static int run_versions(char **paths)
{
    int status = 0;
    pid_t child;
    load(paths[0]);
    child = fork();
    if (child == 0) {
        alarm(CHILD_SECONDS_MAX);
        load(paths[1]);
        _exit(0);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? 0 : failed("two versions of the runtime were not refused");
}

static volatile int has_added;

/* The kernel looks at what the thread was last in when it wakes, which must be behind the closing. */
static void *add_and_sleep(void *unused)
{
    int i;
    for (i = 0; i < 1000; i++)
        plugins_of[0].add(shared);
    has_added = 1;
    pause_ns(CLOSING_NS);
    return unused;
}

/* A thread outlives the object that it has run transactions of. */
static int run_close(char **paths)
{
    pthread_t thread;
    plugins_of[0] = load(paths[0]);
    shared = plugins_of[0].alloc();
    pthread_create(&thread, NULL, add_and_sleep, NULL);
    while (!has_added)
        pause_ns(1000000);
    dlclose(plugins_of[0].handle);
    pthread_join(thread, NULL);
    plugins_of[0] = load(paths[0]);
    return plugins_of[0].add(shared) == 3 ? 0 : failed("an object that was closed and opened again does not work");
}

static int run_test(const char *name, char **paths)
{
    if (strcmp(name, "two") == 0)
        return run_two(paths);
    if (strcmp(name, "versions") == 0)
        return run_versions(paths);
    if (strcmp(name, "close") == 0)
        return run_close(paths);
    return failed("there is no such test");
}

#endif

int main(int argc, char **argv)
{
    int result;
    if (argc < 2)
        return 2;
    setvbuf(stdout, NULL, _IONBF, 0);
    alarm(SECONDS_MAX);
    result = run_test(argv[1], argv + 2);
    if (result == 0)
        printf("processes: %s: ok\n", argv[1]);
    return result;
}
