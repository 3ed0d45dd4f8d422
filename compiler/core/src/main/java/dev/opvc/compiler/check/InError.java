// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is made of parts that may be in error: nothing, if one of them is. All of them have been checked before. */
final class InError {
    private InError() {}

    /** The parts, if none is in error. */
    static <T> Optional<List<T>> all(Collection<Optional<T>> parts) {
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(parts.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    /** What all parts hold, one after the other, if none is in error. */
    static <T> Optional<List<T>> flatten(Collection<Optional<List<T>>> parts) {
        return all(parts).map(lists -> lists.stream().flatMap(List::stream).toList());
    }
}
