// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotReset;

/** Renders how a drain sets back what it has read of the slots. */
final class SlotResets {
    private final QueryUnit query;
    private final Variables variables;
    private final AddressRenderer addresses;
    private final ExpressionRenderer expressions;
    private final String counter;

    SlotResets(QueryUnit query, Variables variables, ExpressionRenderer expressions) {
        this.query = query;
        this.expressions = expressions;
        this.variables = variables;
        this.addresses = expressions.addresses();
        this.counter = variables.fresh("i");
    }

    /** Stores initial values into the slots, by plain accesses. */
    CodeBlock store() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (SlotReset reset : query.resets()) {
            reset.places().forEach(place -> code.add(store(place, addresses.address(place))));
        }
        return code.build();
    }

    /** Appends operations to the vector that copy initial values to the slots. */
    CodeBlock append() {
        CodeBlock.Builder code = CodeBlock.builder();
        query.resets().forEach(reset -> code.add(append(reset)));
        return code.build();
    }

    private CodeBlock append(SlotReset reset) {
        Operation.Copy operation = reset.operation();
        String vector = variables.vector();
        String image = variables.fresh("initial");
        CodeBlock length = addresses.length(operation.length());
        CodeBlock.Builder code = CodeBlock.builder().addStatement("long $L = $L.room($L)", image, vector, length);
        long offset = 0;
        for (Place place : reset.places()) {
            Rendered base = Rendered.primary("$L", image);
            Rendered address =
                    offset == 0 ? base : Rendered.infix(base, "+", Level.SUM, Rendered.primary("$L", offset));
            code.add(store(place, address.code()));
            offset += place.type().size(Abi.LP64);
        }
        return code.addStatement(
                        "$L.$L($L, $L, $L)",
                        vector,
                        OperationTable.row(operation.code()).append(),
                        addresses.address(operation.dst().address()),
                        image,
                        length)
                .build();
    }

    /** Stores what a place begins with where it, or its image, lies. */
    private CodeBlock store(Place place, CodeBlock address) {
        CodeBlock length = place.givenLength()
                .map(given -> expressions.render(given).code())
                .orElse(InitialStores.NO_LENGTH);
        return new InitialStores(true, depth -> counter, length).store(place.initialValue(), address);
    }
}
