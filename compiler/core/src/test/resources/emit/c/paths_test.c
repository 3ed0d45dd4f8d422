/* SPDX-License-Identifier: Apache-2.0 */
/* Both forms of a transaction whose paths share their ends, on all its paths, against what the source says. */
#include "paths.opv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                        \
    do {                                                                        \
        if (!(condition)) {                                                     \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);     \
            exit(1);                                                            \
        }                                                                       \
    } while (0)

static int expected(struct board *s, uint64_t moves, uint64_t n, uint64_t *sum, uint64_t *before)
{
    if ((moves & 32) == 0 && s->last == n)
        return BOARD_PLAY_REPEATED;
    if (s->rounds >= 100)
        return BOARD_PLAY_OVER;
    s->field[0] = (moves & 1) != 0 ? s->field[0] + 1 : s->field[0] ^ 3;
    s->field[1] = (moves & 2) != 0 ? s->field[1] + 2 : n;
    s->field[2] += (moves & 4) != 0 ? 3 : 0;
    s->field[3] = (moves & 8) != 0 ? moves * n : s->field[3] + n;
    s->field[4] = (moves & 16) != 0 ? s->field[4] + 5 : s->field[4] * 3;
    s->field[5] += (moves & 32) != 0 ? 6 : 0;
    *before = s->total;
    s->rounds += 1;
    s->total = s->total * 5 + moves * n;
    s->last = n;
    *sum = s->total + s->rounds;
    return BOARD_PLAY_COMMITTED;
}

static void play(struct board_percpu *boards, uint64_t moves, uint64_t n, uint64_t rounds)
{
    struct board start = {{3, 5, 7, 11, 13, 17}, 19, 0, 23};
    struct board wanted;
    struct board *slot = board_slot(boards, 0);
    uint64_t sums[3] = {0, 0, 0};
    uint64_t befores[3] = {0, 0, 0};
    int result;

    start.rounds = rounds;
    wanted = start;
    result = expected(&wanted, moves, n, &sums[0], &befores[0]);
    *slot = start;
    CHECK(board_play_direct_on(boards, 0, moves, n, &sums[1], &befores[1]) == result);
    CHECK(memcmp(slot, &wanted, sizeof(wanted)) == 0);
    *slot = start;
    CHECK(board_play_vector_on(boards, 0, moves, n, &sums[2], &befores[2]) == result);
    CHECK(memcmp(slot, &wanted, sizeof(wanted)) == 0);
    CHECK(sums[1] == sums[0] && sums[2] == sums[0]);
    CHECK(befores[1] == befores[0] && befores[2] == befores[0]);
}

int main(void)
{
    struct board_percpu *boards = board_alloc();
    uint64_t moves;

    CHECK(boards != NULL);
    for (moves = 0; moves < 64; moves++) {
        play(boards, moves, 29, 1);
        play(boards, moves, 23, 1);
        play(boards, moves, 29, 100);
    }
    board_free(boards);
    return 0;
}
