package com.acme.modular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HitsTest {
    @Test
    void countsInAModule() {
        try (Hits hits = Hits.allocate()) {
            hits.hit();
            assertEquals(1, hits.total());
        }
        assertTrue(Hits.class.getModule().isNamed());
        assertEquals("dev.opvc.runtime", Hits.class.getModule().getDescriptor().requires().stream()
                .map(requires -> requires.name())
                .filter(name -> name.startsWith("dev.opvc"))
                .findFirst()
                .orElseThrow());
    }
}
