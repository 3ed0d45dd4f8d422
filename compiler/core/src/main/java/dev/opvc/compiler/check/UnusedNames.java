// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Parameter;
import java.util.List;
import java.util.stream.Stream;

/** Warns of names that a unit gives and never uses. */
final class UnusedNames {
    private static final NamesGiven NAMES_GIVEN = new NamesGiven();

    private final Scope scope;
    private final Diagnostics diagnostics;

    UnusedNames(Scope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    void report(List<Parameter> parameters, List<Statement> body) {
        for (Parameter parameter : parameters) {
            reportIfUnused(parameter.identifier(), DiagnosticCode.UNUSED_PARAMETER, "the parameter");
        }
        NamesGiven.by(body).forEach(name -> reportIfUnused(name, DiagnosticCode.UNUSED_BINDING, "the binding"));
    }

    private void reportIfUnused(Identifier name, DiagnosticCode code, String what) {
        if (!scope.isUsed(name.text())) {
            diagnostics.report(Diagnostic.at(name.span(), code, what + " `" + name + "` is never used")
                    .help("remove it"));
        }
    }

    /** The names that statements give, those within them included. */
    private static final class NamesGiven implements Statement.Cases<Stream<Identifier>> {
        static Stream<Identifier> by(List<Statement> statements) {
            return statements.stream().flatMap(statement -> statement.match(NAMES_GIVEN));
        }

        @Override
        public Stream<Identifier> let(Statement.Let let) {
            return Stream.of(let.name());
        }

        @Override
        public Stream<Identifier> require(Statement.Require require) {
            return Stream.empty();
        }

        @Override
        public Stream<Identifier> conditional(Statement.If conditional) {
            List<Statement> otherwise = conditional.otherwise();
            return Stream.concat(by(conditional.then()), otherwise == null ? Stream.empty() : by(otherwise));
        }

        @Override
        public Stream<Identifier> barrier(Statement.Barrier barrier) {
            return Stream.empty();
        }

        @Override
        public Stream<Identifier> assign(Statement.Assign assign) {
            return Stream.empty();
        }

        @Override
        public Stream<Identifier> step(Statement.Step step) {
            return Stream.empty();
        }

        @Override
        public Stream<Identifier> reset(Statement.Reset reset) {
            return Stream.empty();
        }

        @Override
        public Stream<Identifier> call(Statement.Call call) {
            return Stream.empty();
        }

        @Override
        public Stream<Identifier> broken(Statement.Broken broken) {
            return Stream.empty();
        }
    }
}
