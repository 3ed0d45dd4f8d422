/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors whose pages are touched instead of asked about, in processes of their own: there is no way back. */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "opv/engine.h"
#include "test.h"

/* Where opv_catch_faults() does what it says. */
#if defined(__x86_64__) || defined(__i386__) || defined(__aarch64__)
#define HAS_PROBES 1
#else
#define HAS_PROBES 0
#endif

/* How a child says that a check failed; no signal's number and not what sanitizers exit with. */
#define CHILD_FAILED 99

static int run(struct cpu_op *op)
{
    return opv_execute(op, 1, opv_cpu_current());
}

static int read_at(void *address)
{
    struct cpu_op op;
    cpu_op_set_compare_eq(&op, address, address, sizeof(uint64_t));
    return run(&op);
}

static int write_at(void *address)
{
    struct cpu_op op;
    cpu_op_set_add(&op, address, 1, sizeof(uint64_t));
    return run(&op);
}

static void test_each_kind_of_page(void)
{
    size_t page = test_page_size();
    char *pages = test_map(3);
    struct cpu_op op;
    CHECK(mprotect(pages + page, page, PROT_READ) == 0);
    CHECK(mprotect(pages + 2 * page, page, PROT_NONE) == 0);
    errno = 7;
    CHECK_EQUAL(0, write_at(pages));
    CHECK_EQUAL(0, read_at(pages + page));
    CHECK_EQUAL(-EFAULT, write_at(pages + page));
    CHECK_EQUAL(-EFAULT, read_at(pages + 2 * page));
    CHECK_EQUAL(-EFAULT, write_at(pages + 2 * page));
    CHECK_EQUAL(-EFAULT, write_at(pages + page - 4));
    CHECK_EQUAL(-EFAULT, read_at(pages + 2 * page - 4));
    CHECK_EQUAL(-EFAULT, read_at(NULL));
    cpu_op_set_memcpy(&op, pages, pages + 2 * page, 8);
    cpu_op_set_expect_fault_src(&op);
    CHECK_EQUAL(-EAGAIN, run(&op));
    CHECK_EQUAL(7, errno);
    /* What was touched was not changed: the one addition is there, and nothing else. */
    CHECK_EQUAL(1, *(uint64_t *)(void *)pages);
}

/* Behind the end of a file, pages are mapped and accesses are SIGBUS. */
static void test_end_of_file(void)
{
    size_t page = test_page_size();
    FILE *file = tmpfile();
    char *pages;
    CHECK(file != NULL && ftruncate(fileno(file), (off_t)page) == 0);
    if (file == NULL)
        return;
    pages = (char *)mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    CHECK(pages != (char *)MAP_FAILED);
    CHECK_EQUAL(0, write_at(pages));
    CHECK_EQUAL(-EFAULT, read_at(pages + page));
    CHECK_EQUAL(-EFAULT, write_at(pages + page));
    fclose(file);
}

static sigjmp_buf jump;

static void jump_back(int number)
{
    siglongjmp(jump, number);
}

static void fault(void)
{
    char *page = test_map(1);
    CHECK(mprotect(page, test_page_size(), PROT_NONE) == 0);
    *(volatile char *)page = 1;
}

/* A fault of the program's own goes to the handler that was there, as often as there is one. */
static void test_handler_before(void)
{
    volatile int times;
    for (times = 0; times < 2; times++) {
        int number = sigsetjmp(jump, 1);
        if (number == 0) {
            fault();
            CHECK(number != 0);
        }
        CHECK_EQUAL(SIGSEGV, number);
        CHECK_EQUAL(-EFAULT, read_at(NULL));
    }
}

/* A handler that is for once is called once, and the fault that it comes back to is the end. */
static void count_once(int number)
{
    static int times;
    (void)number;
    if (++times > 1)
        _exit(CHILD_FAILED);
}

/* A signal that was sent, and is ignored, changes nothing. */
static void test_ignored(void)
{
    CHECK_EQUAL(0, kill(getpid(), SIGSEGV));
    CHECK_EQUAL(-EFAULT, read_at(NULL));
}

/* One that was sent, and is not ignored, is the end, as without the handler. */
static void test_sent(void)
{
    kill(getpid(), SIGSEGV);
    _exit(CHILD_FAILED);
}

/* Runs a test in a child that catches faults, with a handler that was there before or without one. */
static int status_of_child_with(void (*handler)(int), int flags, void (*test)(void))
{
    int status = 0;
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        struct sigaction before;
        memset(&before, 0, sizeof(before));
        before.sa_handler = handler;
        before.sa_flags = flags;
        test_failures = 0;
        sigaction(SIGSEGV, &before, NULL);
        CHECK_EQUAL(0, opv_catch_faults());
        CHECK_EQUAL(0, opv_catch_faults());
        test();
        fflush(stdout);
        _exit(test_failures == 0 ? 0 : CHILD_FAILED);
    }
    CHECK_EQUAL(child, waitpid(child, &status, 0));
    return status;
}

static int status_of_child(void (*handler)(int), void (*test)(void))
{
    return status_of_child_with(handler, 0, test);
}

static int is_end(int status)
{
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

void test_caught_faults(void)
{
    if (!HAS_PROBES) {
        printf("caught faults: left out on this machine\n");
        return;
    }
    CHECK_EQUAL(0, status_of_child(SIG_DFL, test_each_kind_of_page));
    CHECK_EQUAL(0, status_of_child(SIG_DFL, test_end_of_file));
    CHECK_EQUAL(0, status_of_child(jump_back, test_handler_before));
    CHECK_EQUAL(0, status_of_child(SIG_IGN, test_ignored));
    CHECK(is_end(status_of_child(SIG_DFL, fault)));
    CHECK(is_end(status_of_child(SIG_DFL, test_sent)));
    CHECK(is_end(status_of_child_with(count_once, (int)SA_RESETHAND, fault)));
}
