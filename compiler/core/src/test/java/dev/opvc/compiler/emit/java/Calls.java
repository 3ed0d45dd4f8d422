// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls methods of generated classes by their names. */
final class Calls {
    private Calls() {}

    /** A method with this name, of those that the class itself declares, which may be a private one. */
    static Method method(Class<?> type, String name) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    /** Calls the one method with this name that takes a CPU and then these arguments. */
    static @Nullable Object callOn(
            int cpu, Class<?> type, Object instance, String method, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        @Nullable Object[] all = new Object[arguments.length + 1];
        all[0] = cpu;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return call(type, instance, method, all);
    }

    /**
     * Calls the one method with this name and as many parameters, which may be a private one; what it throws is thrown.
     */
    static @Nullable Object call(Class<?> type, @Nullable Object instance, String method, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        List<Method> found = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(method) && each.getParameterCount() == arguments.length)
                .toList();
        if (found.size() != 1) {
            throw new NoSuchMethodException(type + " has " + found);
        }
        found.get(0).setAccessible(true);
        try {
            return found.get(0).invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
