// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/**
 * Says of which units every path makes at most one store, to a scalar or pointer of a slot, and needs no pointer that it
 * has read, but for the one case that a section does: the next of a list's head becomes its head. A node that becomes a
 * list's head is written to before, where it keeps the old one. Such a unit prepares without holding the CPU, and commits
 * in one restartable section.
 */
final class SingleStores {
    private final ReadPointers pointers;

    /** Whether no guard looks at memory outside of slots. */
    private final boolean guardsSlots;

    private SingleStores(VectorUnit unit) {
        this.pointers = ReadPointers.of(unit);
        this.guardsSlots = unit.paths().stream()
                .flatMap(path -> path.preparation().stream())
                .allMatch(SingleStores::guardsSlots);
    }

    static boolean fit(VectorUnit unit) {
        SingleStores stores = new SingleStores(unit);
        return unit.paths().stream()
                .allMatch(path -> path.preparation().stream().allMatch(stores::fits) && stores.fit(path.writes()));
    }

    /** Whether a path of such a unit puts a node into a list, and so writes to it before it commits. */
    static boolean link(VectorUnit unit) {
        return unit.paths().stream()
                .anyMatch(path -> LinkedNode.of(path.writes()).isPresent());
    }

    private static boolean guardsSlots(Step step) {
        return !(step instanceof Step.Guard guard)
                || guard.operation().operands().stream()
                        .allMatch(operand -> operand.address() instanceof Address.OfCell
                                || (operand.address() instanceof Address.OfPlace place
                                        && place.place().isInSlot()));
    }

    private boolean fits(Step step) {
        return step.match(new Step.Cases<>() {
            @Override
            public Boolean bind(Step.Bind bind) {
                return true;
            }

            /** What lies in a slot is aligned, so that it is read once, and checks look at what is used. */
            @Override
            public Boolean read(Step.Read read) {
                return read.prepared().place().isInSlot();
            }

            @Override
            public Boolean load(Step.Load load) {
                return false;
            }

            @Override
            public Boolean check(Step.Check check) {
                return true;
            }

            @Override
            public Boolean decide(Step.Decide decide) {
                return true;
            }

            @Override
            public Boolean guard(Step.Guard guard) {
                return !pointers.isFollowedBy(guard.operation());
            }
        });
    }

    /** Copies to results come before the store, and so see what was there before it. */
    private boolean fit(List<Operation> writes) {
        int reads = 0;
        while (reads < writes.size() && writes.get(reads).role() == Role.READ) {
            if (pointers.isFollowedBy(writes.get(reads))) {
                return false;
            }
            reads++;
        }
        if (LinkedNode.of(writes).isPresent()) {
            return guardsSlots;
        }
        return reads == writes.size()
                || (reads == writes.size() - 1 && writes.get(reads).match(new Stores()));
    }

    /** The type that an operation stores, of those that {@link #fit(VectorUnit)}. */
    static Type stored(Operation operation) {
        return ((Length.OfType) operation.length()).type();
    }

    private final class Stores implements Operation.Cases<Boolean> {
        @Override
        public Boolean compare(Operation.Compare compare) {
            return false;
        }

        @Override
        public Boolean copy(Operation.Copy copy) {
            if (!isStore(copy, copy.dst())) {
                return false;
            }
            return copy.src().address().match(new Address.Cases<>() {
                @Override
                public Boolean ofPointer(Address.OfPointer pointer) {
                    return false;
                }

                @Override
                public Boolean ofPlace(Address.OfPlace source) {
                    return source.place().type().isValue()
                            && (!pointers.lead(source) || isNextOfHead(target(copy), source.place()));
                }

                @Override
                public Boolean ofCell(Address.OfCell cell) {
                    return true;
                }

                @Override
                public Boolean ofCopy(Address.OfCopy memory) {
                    return false;
                }

                @Override
                public Boolean ofInitial(Address.OfInitial initial) {
                    return false;
                }
            });
        }

        private Place target(Operation.Copy copy) {
            return ((Address.OfPlace) copy.dst().address()).place();
        }

        private boolean isNextOfHead(Place head, Place next) {
            return head.type() instanceof PointerType
                    && next.type() instanceof PointerType
                    && pointers.pointerOf(next)
                            .filter(pointer -> pointer.place().equals(head))
                            .isPresent();
        }

        @Override
        public Boolean add(Operation.Add add) {
            return isStore(add, add.p());
        }

        @Override
        public Boolean bitwise(Operation.Bitwise bitwise) {
            return isStore(bitwise, bitwise.p());
        }

        @Override
        public Boolean shift(Operation.Shift shift) {
            return isStore(shift, shift.p());
        }

        @Override
        public Boolean barrier(Operation.Barrier barrier) {
            return false;
        }

        /** Whether it stores one value into a place of a slot, which is accessible and aligned. */
        private boolean isStore(Operation operation, Operation.Operand target) {
            return operation.length() instanceof Length.OfType length
                    && (length.type() instanceof ScalarType || length.type() instanceof PointerType)
                    && target.address() instanceof Address.OfPlace place
                    && place.place().isInSlot()
                    && place.place().type().equals(length.type());
        }
    }
}
