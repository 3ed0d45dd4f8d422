// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaEmitterTest {
    @TempDir
    Path folder;

    @Test
    void p() throws Exception {
        Generated generated = Generated.from(folder, """
            package com.acme.metrics;

            /** How many buckets. */
            const BUCKETS = 32;
            const BIG = 0xFFFFFFFFFFFFFFFF;
            const HALF = 0.5;

            struct Inner { u8 a; i16 b[2][3]; }
            /** A node. */
            struct Node { u64 x; Node *next; Inner inner; Inner many[4]; bool on; f32 f; }

            /**
             * One latency histogram per CPU.
             *
             * It has <b>buckets</b>. @see nothing \\u002a/ {@link X} */
            percpu struct Latency {
                u64  count;
                f64  sum;
                f64  min = inf;
                f64  max = -inf;
                i16  small = -5;
                u64  bucket[BUCKETS];
                Node *free;
                u8 ch;
            }
            /** Adds. */
            transaction record(percpu Latency l, f64 value, u32 index) {
                l->count += 1;
                l->sum = value;
                l->bucket[index] += 1;
            }
            transaction push(percpu Latency l, Node *expected, Node *node, u32 n) {
                require n < 10 else TOO_MANY;
                require l->free == expected else CHANGED;
                require l->count != 0 else EMPTY;
                require n != 5 else TOO_MANY;
                let q = n / (n - 1);
                l->bucket[q] = u64(q);
                l->free = node;
            }
            transaction move(percpu Latency from, percpu Latency to, u64 n, u8 c) {
                from->count -= n;
                to->count += n;
                to->ch = c + 1;
            }
            transaction bump_and_copy(u64 *a, u64 x, u64 *b, byte *dst, byte *src) {
                if *a == x then
                    *b += 1;
                    memcpy(dst, src, 64);
            }
            vector cmpxchg(byte *v, byte *expect, byte *old, byte *desired, u32 len max 8) {
                memcpy(old, v, len);
                compare_eq(v, expect, len);
                memcpy(v, desired, len);
            }
            """);
        generated.sources().forEach((k, v) -> System.out.println("=== " + k + "\n" + v));
        assertThat(generated).isNull();
    }
}
