// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class StackReserveTest {
    /** The JVM looks further down than usual only for frames of more than a page. */
    private static final int BYTES_LEAST = 8192;

    private static final Pattern LOCALS = Pattern.compile("boolean\\);.*?locals=(\\d+)", Pattern.DOTALL);

    @Test
    void compilerKeepsTheVariables() {
        Optional<ToolProvider> javap = ToolProvider.findFirst("javap");
        assumeTrue(javap.isPresent(), "left out: no javap");
        StringWriter text = new StringWriter();
        String file = StackReserve.class.getResource("StackReserve.class").toString();
        javap.get().run(new PrintWriter(text), new PrintWriter(text), "-p", "-v", file);
        Matcher locals = LOCALS.matcher(text.toString());
        assertThat(locals.find()).as(text.toString()).isTrue();
        assertThat(Integer.parseInt(locals.group(1)) * Long.BYTES).isGreaterThanOrEqualTo(BYTES_LEAST);
    }
}
