/* One source file of a program has the runtime's implementation. This comes above every other include. */
#define OPV_IMPLEMENTATION
#include "hits.opv.h"

#include <inttypes.h>
#include <stdio.h>

#define REQUESTS 1000

int main(void)
{
    uint64_t hits;
    uint64_t bytes;
    uint64_t of_size[LIMITS_SIZES];
    struct hits_percpu *all = hits_alloc();
    if (all == NULL)
        return 1;
    for (uint32_t i = 0; i < REQUESTS; i++) {
        if (hits_hit(all, 1500, i % LIMITS_SIZES) != 0)
            return 1;
    }
    if (hits_total(all, &hits, &bytes, of_size) != 0)
        return 1;
    printf("%" PRIu64 " requests, %" PRIu64 " bytes, %d sizes\n", hits, bytes, LIMITS_SIZES);
    hits_free(all);
    return 0;
}
