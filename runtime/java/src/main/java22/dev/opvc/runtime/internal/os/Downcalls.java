// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Method handles of functions of the C library. */
final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();

    private Downcalls() {}

    static MethodHandle to(String name, ValueLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments));
    }

    static MethodHandle toVoid(String name, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.ofVoid(arguments));
    }

    @SuppressWarnings("restricted")
    static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
        var address = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
        return LINKER.downcallHandle(address, type, options);
    }

    /** Passes on what a method handle threw: functions of the C library throw nothing, so it is the JVM's error. */
    static Error failed(Throwable thrown) {
        if (thrown instanceof Error error) {
            return error;
        }
        return new AssertionError(thrown);
    }
}
