// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Memory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyTest {
    private static final int BYTES = 1024;
    private static final int BLOCK = 64;
    private static final int ROUNDS = 20_000;

    /** Against a model on the heap that does just what the definition says, byte arrays in place of memory. */
    @Test
    void overlappingCopiesGoInBlocksFrontToBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long memory = Memory.allocate(BYTES);
        byte[] model = new byte[BYTES];
        for (int round = 0; round < ROUNDS; round++) {
            random.nextBytes(model);
            for (int i = 0; i < BYTES; i++) {
                Memory.putByte(memory + i, model[i]);
            }
            int len = random.nextInt(random.nextBoolean() ? 16 : BYTES / 2);
            int src = random.nextInt(BYTES - len);
            int dst = Math.min(BYTES - len, Math.max(0, src + random.nextInt(400) - 200));
            Memory.copy(memory + dst, memory + src, len);
            for (int done = 0; done < len; done += BLOCK) {
                byte[] block = new byte[Math.min(BLOCK, len - done)];
                System.arraycopy(model, src + done, block, 0, block.length);
                System.arraycopy(block, 0, model, dst + done, block.length);
            }
            for (int i = 0; i < BYTES; i++) {
                if (Memory.getByte(memory + i) != model[i]) {
                    assertThat(Memory.getByte(memory + i))
                            .as("byte %d of copy(%d, %d, %d), seed %d", i, dst, src, len, seed)
                            .isEqualTo(model[i]);
                }
            }
        }
        Memory.free(memory);
    }
}
