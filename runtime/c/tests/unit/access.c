/* SPDX-License-Identifier: Apache-2.0 */
/* Typed accesses of any alignment, and copies whose sides overlap in every way. */
#include <string.h>

#include "opv/access.h"
#include "test.h"

#define WIDTHS 4
#define RANDOM_COPIES 20000
#define COPY_MEMORY 2048

static const size_t widths[WIDTHS] = {1, 2, 4, 8};

static void test_widths(void)
{
    unsigned char memory[32];
    size_t w;
    size_t at;
    for (w = 0; w < WIDTHS; w++) {
        for (at = 0; at < 16; at++) {
            uint64_t value = test_random();
            uint64_t kept = widths[w] == 8 ? value : value & (((uint64_t)1 << (8 * widths[w])) - 1);
            memset(memory, 0x77, sizeof(memory));
            opv_store(memory + at, value, widths[w]);
            CHECK(opv_load(memory + at, widths[w]) == kept);
            CHECK(memory[at + widths[w]] == 0x77);
            CHECK(at == 0 || memory[at - 1] == 0x77);
        }
    }
}

/* An access must be seen through a pointer of another type: that is what may_alias is for. */
static __attribute__((noinline)) float aliased(float *number, void *same)
{
    *number = 1.0f;
    opv_store(same, 0, sizeof(*number));
    return *number;
}

/* The meaning, byte by byte and without a copy routine. */
static void model_copy(unsigned char *memory, size_t dst, size_t src, size_t len)
{
    unsigned char block[64];
    size_t done;
    size_t i;
    for (done = 0; done < len; done += 64) {
        size_t n = len - done < 64 ? len - done : 64;
        for (i = 0; i < n; i++)
            block[i] = memory[src + done + i];
        for (i = 0; i < n; i++)
            memory[dst + done + i] = block[i];
    }
}

static void test_copies(void)
{
    static unsigned char memory[COPY_MEMORY];
    static unsigned char model[COPY_MEMORY];
    int n;
    size_t i;
    for (n = 0; n < RANDOM_COPIES; n++) {
        size_t len = (size_t)(test_random() % (n % 2 ? 20 : COPY_MEMORY / 2));
        size_t src = (size_t)(test_random() % (COPY_MEMORY / 2));
        size_t near = (size_t)(test_random() % 200);
        size_t dst = n % 3 == 0 ? (size_t)(test_random() % (COPY_MEMORY / 2))
            : n % 3 == 1        ? (src + near) % (COPY_MEMORY / 2)
            : src < near        ? 0
                                : src - near;
        for (i = 0; i < COPY_MEMORY; i++)
            memory[i] = model[i] = (unsigned char)test_random();
        opv_copy(memory + dst, memory + src, len);
        model_copy(model, dst, src, len);
        if (memcmp(memory, model, COPY_MEMORY) != 0)
            printf("copy of %zu bytes from %zu to %zu\n", len, src, dst);
        CHECK(memcmp(memory, model, COPY_MEMORY) == 0);
    }
}

void test_access(void)
{
    float number;
    test_widths();
    CHECK(aliased(&number, &number) == 0.0f);
    test_copies();
    CHECK(opv_equal("abc", "abd", 2));
    CHECK(!opv_equal("abc", "abd", 3));
    CHECK(opv_equal(NULL, "x", 0));
}
