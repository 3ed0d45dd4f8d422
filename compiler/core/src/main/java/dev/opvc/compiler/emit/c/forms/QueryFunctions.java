// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.QueryWalk;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.text.Statements;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.List;

/** The functions that both forms of a query call, and the structs that they work on. */
final class QueryFunctions extends QuerySteps {
    private final CText text;
    private final QueryUnit query;
    private final UnitNames names;
    private final QuerySignature signature;
    private final QueryComments comments;
    private final OperationRenderer operations;
    private Statements statements = new Statements();

    QueryFunctions(CText text, NamedQuery named) {
        super(named);
        this.text = text;
        this.query = named.query();
        this.names = named.names();
        this.signature = new QuerySignature(named);
        this.comments = new QueryComments(named);
        this.operations = new OperationRenderer(expressions, cells);
    }

    void write() {
        CComment.write(text, List.of("Length of the array that " + names.builder() + "() fills."));
        text.line("#define " + names.operations() + " " + query.operations().size());
        text.blank();
        cells.write(text);
        text.blank();
        writeFolds();
        text.blank();
        writeBuilder();
        text.blank();
        writeCopy();
        text.blank();
        QueryWalk.walk(query, this);
    }

    @Override
    Statements statements() {
        return statements;
    }

    private void writeFolds() {
        CComment.write(text, List.of("What " + names.function() + "() has folded so far."));
        text.open("struct " + names.foldsTag());
        query.folds().forEach(folded -> text.line(CTypes.declare(folded.type(), locals.member(folded)) + ";"));
        text.close("};");
    }

    private void writeBuilder() {
        statements.add(cells.initialValues());
        signature.lengthsOfSlots().forEach(statements::declare);
        QueryWalk.steps(query.before(), this);
        int number = 0;
        for (Operation operation : query.operations()) {
            statements.add(operations.set(operation, Integer.toString(number++)));
        }
        statements.add("return " + names.operations() + ";");
        finish(comments.builder(), "int " + names.builder(), signature.builder(), signature.parameterNames());
    }

    private void writeCopy() {
        statements.add(cells.initialValues());
        signature.lengthsOfSlots().forEach(statements::declare);
        bindings();
        for (Operation operation : query.operations()) {
            statements.add(operations.perform(operation) + ";");
        }
        finish(comments.copy(), "void " + names.copy(), signature.copy(), signature.parameterNames());
    }

    @Override
    public void beginCpu() {
        statements.add("return " + Conclusions.DONE + ";");
        finish(comments.begin(), "int " + names.begin(), signature.begin(), signature.valueArguments());
        text.blank();
        bindings();
    }

    @Override
    public void endCpu() {
        statements.add("return " + Conclusions.DONE + ";");
        finish(comments.fold(), "int " + names.fold(), signature.fold(), signature.foldArguments());
        text.blank();
        bindings();
    }

    @Override
    public void results(List<QueryResult> results) {
        Stores stores = new Stores();
        results.forEach(value -> value.match(stores));
        statements.add("return " + Conclusions.DONE + ";");
        finish(comments.end(), "int " + names.end(), signature.end(), signature.valueArguments());
    }

    /** The names of values on parameters, for a function before which their checks have been made. */
    private void bindings() {
        List<QueryStep> bindings =
                query.before().stream().filter(QueryStep.Bind.class::isInstance).toList();
        QueryWalk.steps(bindings, this);
    }

    /** Writes the function whose statements are there. */
    private void finish(List<String> comment, String head, List<String> parameters, List<String> names) {
        CComment.write(text, comment);
        text.function(head, parameters);
        text.addAll(statements.lines(names));
        text.close("}");
        statements = new Statements();
    }

    private final class Stores implements QueryResult.Cases<Statements> {
        @Override
        public Statements computed(QueryResult.Computed value) {
            statements.add("*" + locals.of(value.result()) + " = " + expressions.render(value.value()) + ";");
            return statements;
        }

        @Override
        public Statements array(QueryResult.Array value) {
            store(value.folded(), locals.of(value.result()));
            return statements;
        }
    }
}
