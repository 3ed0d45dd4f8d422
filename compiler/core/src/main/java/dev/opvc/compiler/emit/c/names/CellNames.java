// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The names of cells whose values are computed: after the place that becomes, or has to be, what is computed. Cells that
 * are never on one path have one name where they have one type.
 */
final class CellNames {
    private static final String STORED = "new_";
    private static final String COMPARED = "expected_";
    private static final String UNNAMED_PLACE = "value";

    /** A member of the unit's cells; a cell may have a second one for a truth value that is stored. */
    private record Member(int cell, boolean normalized) {}

    private record Use(String name, String type) {}

    private final UnitLocalNames locals;

    /** In the order in which they are used first. */
    private final Map<Member, Use> uses = new LinkedHashMap<>();

    private final Map<Member, Set<Member>> together = new HashMap<>();
    private final Map<Member, String> names = new HashMap<>();

    CellNames(UnitLocalNames locals) {
        this.locals = locals;
    }

    /** Names all cells that are used from a block on. */
    void add(Block block) {
        add(block, Set.of());
        Map<String, Set<Member>> owners = new HashMap<>();
        uses.forEach((member, use) -> {
            String name = freeName(member, use, owners);
            owners.computeIfAbsent(name, key -> new HashSet<>()).add(member);
            names.put(member, name);
        });
    }

    private String freeName(Member member, Use use, Map<String, Set<Member>> owners) {
        String name = use.name;
        for (int i = 2; locals.isTaken(name) || !fits(member, use, owners.getOrDefault(name, Set.of())); i++) {
            name = LocalNames.numbered(use.name, i);
        }
        return name;
    }

    /** Whether a member may have the name of others. */
    private boolean fits(Member member, Use use, Set<Member> others) {
        Set<Member> besideIt = together.getOrDefault(member, Set.of());
        return others.stream()
                .allMatch(other -> !besideIt.contains(other)
                        && Objects.requireNonNull(uses.get(other)).type.equals(use.type));
    }

    private void add(Block block, Set<Member> before) {
        Set<Member> path = new HashSet<>(before);
        for (Step step : block.steps()) {
            step.conditions().forEach(condition -> addOperation(condition, path));
        }
        if (block.end() instanceof Block.Choice choice) {
            add(choice.then(), path);
            add(choice.otherwise(), path);
            return;
        }
        ((Block.Commit) block.end()).writes().forEach(write -> addOperation(write, path));
        path.forEach(member ->
                together.computeIfAbsent(member, key -> new HashSet<>()).addAll(path));
    }

    private void addOperation(Operation operation, Set<Member> path) {
        List<Operation.Operand> operands = operation.operands();
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).address() instanceof Address.OfCell cell) {
                boolean normalized = operation.role() == Role.WRITE && UnitLocalNames.isReadTruth(cell);
                if (normalized || locals.valueName(cell).isEmpty()) {
                    // Comparisons and copies have two operands, and no other operation has a cell.
                    Operation.Operand place = operands.get(1 - i);
                    String kind = operation instanceof Operation.Compare ? COMPARED : STORED;
                    Member member = new Member(cell.number(), normalized);
                    uses.putIfAbsent(member, new Use(kind + name(place.address()), type(cell)));
                    path.add(member);
                }
            }
        }
    }

    private static String type(Address.OfCell cell) {
        Type type = cell.value().type();
        return CTypes.name(type);
    }

    /** What an address is known by. */
    private static String name(Address address) {
        if (address instanceof Address.OfPlace place) {
            return name(place.place());
        }
        return address instanceof Address.OfPointer pointer ? name(pointer.pointer()) : UNNAMED_PLACE;
    }

    private static String name(Place place) {
        return place.lastField().orElseGet(() -> name(place.pointer()));
    }

    private static String name(Value pointer) {
        if (pointer instanceof Value.OfParameter value) {
            Parameter parameter = value.parameter();
            return parameter.name();
        }
        if (pointer instanceof Value.OfLocal value) {
            return value.local().name();
        }
        return pointer instanceof Value.OfPrepared value ? value.prepared().name() : UNNAMED_PLACE;
    }

    /** The member for a computed value. */
    String computed(Address.OfCell cell) {
        return Objects.requireNonNull(names.get(new Member(cell.number(), false)));
    }

    /** The member for a truth value that is stored. */
    String normalized(Address.OfCell cell) {
        return Objects.requireNonNull(names.get(new Member(cell.number(), true)));
    }
}
