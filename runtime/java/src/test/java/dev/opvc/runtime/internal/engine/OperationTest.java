// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.CpuOp;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void everyNumberHasItsRow() throws ReflectiveOperationException {
        assertThat(Operation.values()).hasSize(CpuOp.NR_CPU_OPS);
        for (Operation operation : Operation.values()) {
            assertThat(Operation.of(operation.number())).isSameAs(operation);
            assertThat(CpuOp.class.getField(operation.constant()).getInt(null)).isEqualTo(operation.number());
            assertThat(Arrays.asList(operation.operands())).hasSizeLessThanOrEqualTo(Operation.OPERANDS_MAX);
        }
        assertThat(Operation.of(-1)).isNull();
        assertThat(Operation.of(CpuOp.NR_CPU_OPS)).isNull();
    }
}
