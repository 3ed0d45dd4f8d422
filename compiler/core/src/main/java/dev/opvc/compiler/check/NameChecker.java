// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.source.Span;
import java.util.Optional;

/** Finds what the names in expressions stand for. */
final class NameChecker {
    private final Definitions definitions;
    private final Scope scope;
    private final Surroundings surroundings;
    private final Diagnostics diagnostics;

    NameChecker(Definitions definitions, Scope scope, Surroundings surroundings, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.scope = scope;
        this.surroundings = surroundings;
        this.diagnostics = diagnostics;
    }

    /** The value that a name stands for. */
    Operand value(Identifier name) {
        Optional<Scope.Local> local = scope.use(name.text());
        if (local.isPresent()) {
            return local.get().match(new Locals(name));
        }
        if (definitions.hasConstant(name.text())) {
            return definitions
                    .constant(name.text(), name.span())
                    .<Operand>map(Operand.Literal::new)
                    .orElse(Operand.ERRONEOUS);
        }
        if (definitions.hasTable(name.text())) {
            report(
                    name.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "`" + name + "` is a table and no value",
                    "use an element, `" + name + "[i]`, or `" + TableChecker.BUCKET_OF + "(" + name + ", value)`");
            return Operand.ERRONEOUS;
        }
        if (!definitions.mayDefine(name.text())) {
            reportUnknown(name);
        }
        return Operand.ERRONEOUS;
    }

    private void reportUnknown(Identifier name) {
        Diagnostic diagnostic = Diagnostic.at(
                name.span(),
                DiagnosticCode.UNKNOWN_NAME,
                "there is no value `" + name.span().excerpt() + "` here");
        diagnostics.report(
                diagnostics.areMany()
                        ? diagnostic
                        : ForeignWords.value(name.text())
                                .or(() -> Suggestions.among(name.text(), scope.namesWith(definitions.constantNames())))
                                .map(diagnostic::help)
                                .orElse(diagnostic));
    }

    /** What each kind of name is worth where it is used. */
    private final class Locals implements Scope.Local.Cases<Operand> {
        private final Identifier name;

        Locals(Identifier name) {
            this.name = name;
        }

        @Override
        public Operand ofParameter(Scope.Local.OfParameter local) {
            if (local.parameter().perCpu()) {
                report(
                        name.span(),
                        DiagnosticCode.TYPE_MISMATCH,
                        "`" + name + "` stands for a slot and is no value",
                        "use its fields: `" + name + "->…`; as an operand of memcpy, `&*" + name + "`");
                return Operand.ERRONEOUS;
            }
            return new Operand.Typed(new Expr.ParameterValue(local.parameter(), new Origin(name.span())));
        }

        @Override
        public Operand ofBinding(Scope.Local.OfBinding local) {
            return surroundings.mayUse(local.binding(), name.span())
                    ? new Operand.Typed(new Expr.BindingValue(local.binding(), new Origin(name.span())))
                    : Operand.ERRONEOUS;
        }

        @Override
        public Operand ofLiteral(Scope.Local.OfLiteral local) {
            return new Operand.Literal(local.value());
        }

        @Override
        public Operand ofConstant(Scope.Local.OfConstant local) {
            Expr.Constant constant = local.constant();
            return new Operand.Typed(new Expr.Constant(constant.type(), constant.value(), new Origin(name.span())));
        }

        @Override
        public Operand ofResult(Scope.Local.OfResult local) {
            report(
                    name.span(),
                    DiagnosticCode.RESULT_ASSIGNMENT,
                    "the result `" + name + "` cannot be read",
                    "name the value with `let`, and use that");
            return Operand.ERRONEOUS;
        }

        @Override
        public Operand poisoned(Scope.Local.Poisoned local) {
            return Operand.ERRONEOUS;
        }
    }

    /** The address of the slot that an expression names; empty, and no report, if it names none. */
    Optional<Expr> slot(Expression expression) {
        return expression instanceof Expression.Name name
                        && scope.use(name.name().text()).orElse(null) instanceof Scope.Local.OfParameter local
                        && local.parameter().perCpu()
                ? Optional.of(new Expr.ParameterValue(local.parameter(), new Origin(name.span())))
                : Optional.empty();
    }

    /** Whether an expression is the name of a parameter or binding that is a pointer, or of a slot. */
    boolean isPointer(Expression expression) {
        if (!(expression instanceof Expression.Name name)) {
            return false;
        }
        Scope.Local local = scope.use(name.name().text()).orElse(null);
        return (local instanceof Scope.Local.OfParameter parameter
                        && parameter.parameter().type() instanceof PointerType)
                || (local instanceof Scope.Local.OfBinding binding
                        && binding.binding().value().type() instanceof PointerType);
    }

    private void report(Span span, DiagnosticCode code, String message, String help) {
        diagnostics.report(Diagnostic.at(span, code, message).help(help));
    }
}
