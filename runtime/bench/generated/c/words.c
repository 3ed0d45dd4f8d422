/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions of one to three stores, beside what an expert writes by hand for each. */
#define _GNU_SOURCE
#include "bench.h"
#include "peers.h"
#include "words.opv.h"

#define TEXT 64

static struct words_percpu *words;
static __thread unsigned char text[TEXT];

static struct words *words_of(int cpu)
{
    return words_slot(words, cpu);
}

static int compare_store_section(void)
{
    int cpu;
    do {
        cpu = opv_section_cpu();
    } while (!peer_compare_store(cpu, &words_of(cpu)->guard, 0, &words_of(cpu)->a, 5));
    return 0;
}

static int compare_copy_store_section(void)
{
    int cpu;
    struct words *here;
    do {
        cpu = opv_section_cpu();
        here = words_of(cpu);
    } while (!peer_compare_copy_store(cpu, &here->guard, 0, here->text, text, TEXT, &here->a, 6));
    return 0;
}

static int compare_copy_store_lock(void)
{
    uintptr_t offset = peer_lock(&words_of(0)->lock);
    struct words *here = (struct words *)opv_percpu_at(words, offset);
    if (here->guard == 0) {
        memcpy(here->text, text, TEXT);
        here->a = 6;
    }
    peer_unlock(&here->lock, 0);
    return 0;
}

static int fetch_add_lock(void)
{
    uintptr_t offset = peer_lock(&words_of(0)->lock);
    struct words *here = (struct words *)opv_percpu_at(words, offset);
    uint64_t before = here->b;
    here->b = before + 1;
    peer_unlock(&here->lock, 0);
    __asm__ __volatile__("" ::"r"(before));
    return 0;
}

static int fetch_add(int (*form)(struct words_percpu *, uint64_t, uint64_t *))
{
    uint64_t before = 0;
    int result = form(words, 1, &before);
    __asm__ __volatile__("" ::"r"(before));
    return result;
}

static int three_lock(void)
{
    uintptr_t offset = peer_lock(&words_of(0)->lock);
    struct words *here = (struct words *)opv_percpu_at(words, offset);
    here->a += 1;
    here->b += 2;
    here->c ^= 3;
    peer_unlock(&here->lock, 0);
    return 0;
}

BENCH_BATCH_OF(compare_store_by_hand, compare_store_section())
BENCH_BATCH_OF(compare_store_opvc, words_compare_store(words, 0, 5))
BENCH_BATCH_OF(compare_store_opvc_lock, words_compare_store_holding(words, 0, 5))
BENCH_BATCH_OF(copy_by_hand, compare_copy_store_section())
BENCH_BATCH_OF(copy_by_lock, compare_copy_store_lock())
BENCH_BATCH_OF(copy_opvc, words_compare_copy_store(words, 0, text, 6))
BENCH_BATCH_OF(fetch_add_by_lock, fetch_add_lock())
BENCH_BATCH_OF(fetch_add_opvc, fetch_add(words_fetch_add))
BENCH_BATCH_OF(fetch_add_opvc_lock, fetch_add(words_fetch_add_holding))
BENCH_BATCH_OF(three_by_lock, three_lock())
BENCH_BATCH_OF(three_opvc, words_three(words))

static int prepare(void)
{
    if (words == NULL)
        words = words_alloc();
    return words == NULL ? -1 : 0;
}

static const char *check(uint64_t operations)
{
    (void)operations;
    return words_of(opv_cpu_current())->guard == 0 ? NULL : "a guard has changed";
}

static const struct way compare_store_ways[] = {
    {"section by hand", compare_store_by_hand, FORM_DIRECT, 0},
    {"opvc", compare_store_opvc, FORM_DIRECT, 1},
    {"opvc, OPV_PREFER_LOCK", compare_store_opvc_lock, FORM_DIRECT, 1},
};

static const struct way copy_ways[] = {
    {"section by hand, as librseq's", copy_by_hand, FORM_DIRECT, 0},
    {"compare-and-swap lock, inline", copy_by_lock, FORM_DIRECT, 0},
    {"opvc, which holds the CPU", copy_opvc, FORM_DIRECT, 1},
};

static const struct way fetch_add_ways[] = {
    {"compare-and-swap lock, inline", fetch_add_by_lock, FORM_DIRECT, 0},
    {"opvc", fetch_add_opvc, FORM_DIRECT, 1},
    {"opvc, OPV_PREFER_LOCK", fetch_add_opvc_lock, FORM_DIRECT, 1},
};

static const struct way three_ways[] = {
    {"compare-and-swap lock, inline", three_by_lock, FORM_DIRECT, 0},
    {"opvc, which holds the CPU", three_opvc, FORM_DIRECT, 1},
};

const struct work compare_store_work = {
    "C: compare, and store", compare_store_ways, BENCH_COUNT(compare_store_ways), prepare, check};
const struct work copy_work = {
    "C: compare, copy 64 bytes, and store", copy_ways, BENCH_COUNT(copy_ways), prepare, check};
const struct work fetch_add_work = {
    "C: add, and say what was there", fetch_add_ways, BENCH_COUNT(fetch_add_ways), prepare, check};
const struct work three_work = {"C: change three words", three_ways, BENCH_COUNT(three_ways), prepare, check};
