// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.ArrayLength;
import dev.opvc.compiler.ast.Declaration.FieldDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** Sees to what holds of arrays that are given their length when they are allocated: {@code u64 bucket[n max 4096];}. */
final class SizedArrayChecker {
    private final Diagnostics diagnostics;

    SizedArrayChecker(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Whether a field is such an array, in whatever place. */
    static boolean isSized(FieldDeclaration declaration) {
        return declaration.lengths().stream().anyMatch(length -> length.max() != null);
    }

    /** Whether it stands where it may. */
    boolean mayStand(FieldDeclaration declaration, boolean inPerCpu, boolean last) {
        List<ArrayLength> lengths = declaration.lengths();
        for (ArrayLength length : lengths.subList(1, lengths.size())) {
            if (length.max() != null) {
                report(
                        length.span(),
                        "only the first length of an array can be given when it is allocated",
                        lengthHelp());
                return false;
            }
        }
        if (!inPerCpu || !last) {
            report(
                    declaration.name().span(),
                    "only the last field of a percpu struct can be an array that is given its length when it is"
                            + " allocated",
                    inPerCpu ? "move it to the end" : "give it a length that is known, or make the struct `percpu`");
            return false;
        }
        return true;
    }

    /** The name of the length. */
    Optional<Identifier> name(FieldDeclaration declaration) {
        ArrayLength first = declaration.lengths().get(0);
        if (first.length() instanceof Expression.Name name) {
            return Optional.of(name.name());
        }
        report(first.span(), "before `max` stands the name of the length", lengthHelp());
        return Optional.empty();
    }

    private static String lengthHelp() {
        return "write `[n max 4096]`: the largest length that is allowed stands behind `max`";
    }

    /** The field that holds the length, in front of the array. */
    static Field lengthField(Identifier name) {
        return new Field(name, Parameter.LENGTH_TYPE, null, null);
    }

    /** Whether a field of a place may be used: the length is no place, and the array ends where its own slot says. */
    boolean mayUse(PlaceExpr base, StructType struct, Field field, Span span) {
        if (struct.lengthField().filter(field::equals).isPresent()) {
            String array = struct.tail().orElseThrow().name();
            report(
                    span,
                    "`" + field.name() + "` is how many elements `" + array + "` has, and no field",
                    "write `length(" + base.pointer().span().excerpt() + "->" + array + ")`");
            return false;
        }
        if (struct.tail().filter(field::equals).isPresent() && !base.isInSlot()) {
            report(
                    span,
                    "how many elements `" + field.name() + "` has is known of a percpu parameter only",
                    "pass a `percpu " + struct + "`");
            return false;
        }
        return true;
    }

    /** Whether the value of a place, or what it is assigned, has a size that is known. */
    boolean hasKnownSize(Type type, Span span) {
        String written = span.excerpt();
        return hasKnownSize(
                type,
                span,
                "work on its fields: `sizeof` of their types, and each copied by itself",
                "copy as many bytes as it has: `memcpy(to, &" + written + ", length(" + written + ") * sizeof(…))`");
    }

    /** Whether a place can be set back as a whole. */
    boolean mayReset(Type type, Span span) {
        return hasKnownSize(
                type,
                span,
                "reset its fields one by one",
                "reset an element, `" + span.excerpt() + "[i]`; a drain sets all of them back");
    }

    private boolean hasKnownSize(Type type, Span span, String helpForStruct, String helpForArray) {
        if (type instanceof StructType struct && struct.tail().isPresent()) {
            report(
                    span,
                    "the size of `" + struct + "` is known only when it is allocated, because of `"
                            + struct.tail().orElseThrow().name() + "`",
                    helpForStruct);
            return false;
        }
        if (ofSized(type)) {
            report(span, "the length of `" + span.excerpt() + "` is known only when it is allocated", helpForArray);
            return false;
        }
        return true;
    }

    /** Whether a type is an array that is given its length when it is allocated. */
    static boolean ofSized(Type type) {
        return type instanceof ArrayType array && array.sized();
    }

    /** The length of a place, as a value. */
    static Optional<Expr> length(PlaceExpr place) {
        return ofSized(place.type()) && place.pointer() instanceof Expr.ParameterValue slot
                ? slot.parameter().length().map(length -> new Expr.ParameterValue(length, place.origin()))
                : Optional.empty();
    }

    private void report(Span span, String message, String help) {
        diagnostics.report(Diagnostic.at(span, DiagnosticCode.BAD_TYPE, message).help(help));
    }
}
