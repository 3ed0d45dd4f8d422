// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.SlotCopy;
import dev.opvc.compiler.vector.Value;
import dev.opvc.runtime.CpuOp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of slots that a query needs, and the operations that copy them: what lies in another place is copied with
 * that, and neighbours are copied together.
 */
final class SlotCopies {
    /** Places whose address within the slot is known, from the lowest; of those that begin together the longest first. */
    private static final Comparator<Place> BY_OFFSET = Comparator.<Place>comparingLong(place -> place.offset(Abi.LP64))
            .thenComparing(place -> -place.type().size(Abi.LP64))
            .thenComparing(place -> place.selectors().size());

    /** What others may lie in comes first. */
    private static final Comparator<Place> FROM_OUTSIDE =
            Comparator.comparingInt(place -> place.selectors().size());

    private final Map<Place, Span> needed = new LinkedHashMap<>();

    /** Has a place copied, whose indices are constants or known before any CPU is looked at. */
    void add(Place place, Span span) {
        needed.putIfAbsent(place, span);
    }

    /** One copy for each run of neighbours. */
    List<SlotCopy> merged() {
        List<SlotCopy> copies = new ArrayList<>();
        for (List<Place> run : runs()) {
            copies.add(copy(copies.size(), run));
        }
        return copies;
    }

    private List<List<Place>> runs() {
        List<List<Place>> runs = new ArrayList<>();
        for (Place place : inOrder()) {
            List<Place> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (!last.isEmpty() && continues(last, place)) {
                last.add(place);
            } else {
                runs.add(new ArrayList<>(List.of(place)));
            }
        }
        return runs;
    }

    /** Slot by slot, in the order in which they were needed first; within a slot by offset, unknown ones last. */
    private List<Place> inOrder() {
        List<Place> all = new ArrayList<>();
        List<Value> slots =
                needed.keySet().stream().map(Place::pointer).distinct().toList();
        for (Value slot : slots) {
            List<Place> places = needed.keySet().stream()
                    .filter(place -> place.pointer().equals(slot))
                    .toList();
            addUnlessWithin(
                    all,
                    places.stream()
                            .filter(Place::hasKnownOffset)
                            .sorted(BY_OFFSET)
                            .toList());
            addUnlessWithin(
                    all,
                    places.stream()
                            .filter(place -> !place.hasKnownOffset())
                            .sorted(FROM_OUTSIDE)
                            .toList());
        }
        return all;
    }

    private static void addUnlessWithin(List<Place> target, List<Place> places) {
        for (Place place : places) {
            if (target.stream().noneMatch(place::isWithin)) {
                target.add(place);
            }
        }
    }

    /** Whether a place lies right behind a run, here and in memory that begins 8-aligned, whatever the machine. */
    private static boolean continues(List<Place> run, Place place) {
        Place first = run.get(0);
        Place last = run.get(run.size() - 1);
        if (!first.pointer().equals(place.pointer()) || !last.hasKnownOffset() || !place.hasKnownOffset()) {
            return false;
        }
        for (Abi abi : Abi.values()) {
            long distance = place.offset(abi) - first.offset(abi);
            boolean adjacent = last.offset(abi) + last.type().size(abi) == place.offset(abi);
            boolean aligned = distance % place.type().alignment(abi) == 0;
            boolean fits = distance + place.type().size(abi) <= CpuOp.CPU_OP_DATA_LEN_MAX;
            if (!adjacent || !aligned || !fits) {
                return false;
            }
        }
        return true;
    }

    private SlotCopy copy(int number, List<Place> run) {
        Place first = run.get(0);
        Operand dst = new Operand("dst", new Address.OfCopy(number, run), false);
        Operand src = new Operand("src", new Address.OfPlace(first), false);
        Length length = run.size() == 1 ? length(first) : new Length.Fixed(size(run, Abi.LP64), size(run, Abi.ILP32));
        Span span = java.util.Objects.requireNonNull(needed.get(first));
        return new SlotCopy(new Operation.Copy(dst, src, length, Role.READ, span));
    }

    private static Length length(Place place) {
        if (!(place.type() instanceof ArrayType array) || !array.sized()) {
            return new Length.OfType(place.type());
        }
        Value count = Place.givenLength(place.pointer());
        Value size = new Value.Constant(
                count.type(),
                new IntegerValue(
                        BigInteger.valueOf(array.element().size(Abi.LP64)),
                        BigInteger.valueOf(array.element().size(Abi.ILP32))));
        Value bytes = new Value.Binary(BinaryOperator.MULTIPLY, count, size, count.type());
        return new Length.Computed(bytes, array.size(Abi.LP64), array.size(Abi.ILP32));
    }

    private static long size(List<Place> run, Abi abi) {
        return run.stream().mapToLong(place -> place.type().size(abi)).sum();
    }
}
