// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Value;
import java.math.BigDecimal;

/** Writes constants as literals of the language. */
final class ConstantText implements ConstantValue.Cases<Text> {
    private final Type type;
    private final Abi abi;

    private ConstantText(Type type, Abi abi) {
        this.type = type;
        this.abi = abi;
    }

    static Text of(Value.Constant constant, Abi abi) {
        return constant.value().match(new ConstantText(constant.type(), abi));
    }

    @Override
    public Text integer(ConstantValue.IntegerValue integer) {
        String digits = integer.on(abi).toString();
        return type instanceof PointerType ? Text.conversion(type, digits) : number(digits);
    }

    /** A float literal has a point or an exponent; without either it would be an integer. */
    @Override
    public Text decimal(ConstantValue.DecimalValue decimal) {
        BigDecimal value = decimal.value();
        String text = value.toString();
        return number(text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + ".0" : text);
    }

    @Override
    public Text special(ConstantValue.SpecialFloat special) {
        double value = special.value();
        if (Double.isNaN(value)) {
            return number("nan");
        }
        if (Double.isInfinite(value)) {
            return number(value > 0 ? "inf" : "-inf");
        }
        return number(String.valueOf(value));
    }

    @Override
    public Text bool(ConstantValue.BoolValue bool) {
        return new Text(String.valueOf(bool.value()), Text.POSTFIX);
    }

    @Override
    public Text nullPointer(ConstantValue.NullValue value) {
        return new Text("null", Text.POSTFIX);
    }

    private static Text number(String literal) {
        return new Text(literal, literal.startsWith("-") ? Text.PREFIX : Text.POSTFIX);
    }
}
