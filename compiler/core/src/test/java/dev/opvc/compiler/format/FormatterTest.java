// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class FormatterTest {
    @Test
    void everyConstructHasItsForm() {
        assertFormats("""
                package   com . acme;import "a.opv";import"b.opv";
                const A=-1;const B=A<<2|~3;
                percpu struct S{u64 count;f64 min=- inf;Node * * free[ A ][B+1];}struct Empty{
                }
                transaction f(percpu S s,u64*p,u32 len max 8)returns(Node*taken,u64 b[A]){s->a.b[1]+=*p;(*p)++;
                memcpy(& s->a , p,len) ;barrier; let x=u32( *p )*cast< Node* > (p)+sizeof ( Node* );
                require!(x==1&&p!=null)else EMPTY; }
                vector v ( ) { }
                """, """
                package com.acme;

                import "a.opv";
                import "b.opv";

                const A = -1;
                const B = A << 2 | ~3;

                percpu struct S {
                    u64 count;
                    f64 min = -inf;
                    Node **free[A][B + 1];
                }

                struct Empty {}

                transaction f(percpu S s, u64 *p, u32 len max 8) returns (Node *taken, u64 b[A]) {
                    s->a.b[1] += *p;
                    (*p)++;
                    memcpy(&s->a, p, len);
                    barrier;
                    let x = u32(*p) * cast<Node *>(p) + sizeof(Node *);
                    require !(x == 1 && p != null) else EMPTY;
                }

                vector v() {}
                """);
    }

    @Test
    void whatIsGuardedIsIndentedBelow() {
        assertFormats("""
                transaction f(u64 *a) { *a += 1; if *a == 1 then *a += 2; if *a == 2 then *a += 3;
                // the end
                }
                """, """
                transaction f(u64 *a) {
                    *a += 1;
                    if *a == 1 then
                        *a += 2;
                        if *a == 2 then
                            *a += 3;
                            // the end
                }
                """);
    }

    @Test
    void bracesOfAConditionalStandOnItsLines() {
        assertFormats("""
                transaction f(u64 *a)
                {
                if *a == 1 then
                {
                *a = 2; }
                else if *a == 2 then { }
                else
                {
                }
                if *a == 3 then { /* nothing */ } else { // no more
                }
                }
                """, """
                transaction f(u64 *a) {
                    if *a == 1 then {
                        *a = 2;
                    } else if *a == 2 then {} else {}
                    if *a == 3 then {
                        /* nothing */
                    } else { // no more
                    }
                }
                """);
    }

    @Test
    void twoPrefixesThatWouldBecomeOneOperatorStayApart() {
        assertFormats("const A = - - 1 - - - 2;const B = & & p & & q;const C = ! ! - * * p;", """
                const A = - -1 - - -2;
                const B = & &p & &q;
                const C = !!-**p;
                """);
    }

    @Test
    void blankLinesAreKeptButNotTwoAndNotAtTheEdges() {
        assertFormats("""


                package a;
                import "a.opv";

                import "b.opv";


                const A = 1;

                const B = 2;
                const C = 3;
                struct S {

                    u64 a;


                    u64 b;
                    u64 c;

                }
                struct T { u64 a; }
                transaction f(u64 *a) {

                    *a = 1;


                    if *a == 1 then

                        *a = 2;

                }


                """, """
                package a;

                import "a.opv";
                import "b.opv";

                const A = 1;

                const B = 2;
                const C = 3;

                struct S {
                    u64 a;

                    u64 b;
                    u64 c;
                }

                struct T {
                    u64 a;
                }

                transaction f(u64 *a) {
                    *a = 1;

                    if *a == 1 then
                        *a = 2;
                }
                """);
    }

    @Test
    void commentsStayWhereTheyAre() {
        assertFormats("""
                // The head.

                /* Of the package. */
                package a; // behind
                  // above
                const A = 1;/* one */ /* two */
                /** Documents. */

                struct S { // opens
                        // of a
                    u64 a;  // behind a
                      /* b: */ u64 b; /** Documents c. */ u64 c;
                    // last
                } // closes
                // end""", """
                // The head.

                /* Of the package. */
                package a; // behind

                // above
                const A = 1; /* one */ /* two */

                /** Documents. */
                struct S { // opens
                    // of a
                    u64 a; // behind a
                    /* b: */ u64 b;
                    /** Documents c. */
                    u64 c;
                    // last
                } // closes
                // end
                """);
    }

    @Test
    void starsOfACommentAreAlignedAndFreeTextIsNot() {
        assertFormats("""
                struct S {
                /**
                     * One.
                *   Indented.

                  */
                u64 a;
                /* free
                      text */
                u64 b;
                }
                """, """
                struct S {
                    /**
                     * One.
                     *   Indented.

                     */
                    u64 a;
                    /* free
                      text */
                    u64 b;
                }
                """);
    }

    @Test
    void aStarredCommentBehindOtherTextGoesOnWhereAWrappedLineDoes() {
        assertFormats("const A = 1 /* one\n* two */ /* three\n* four */ + 2; /* five\n* six */", """
                const A = 1 /* one
                         * two */ /* three
                         * four */ + 2; /* five
                         * six */
                """);
    }

    @Test
    void manyCommentsOnALineDoNotLeadFurtherAndFurtherRight() {
        String source = "const A = " + "/*\n*/".repeat(10_000) + "1;";
        assertThat(Formatted.of(source).length()).isLessThan(source.length() * 4);
    }

    @Test
    void commentsInsideALineStayInTheirPlace() {
        assertFormats("""
                transaction f(/* first */u64 *a/* named */,
                  // the second
                  u64 b, // and the last
                  u64 c) // of all
                {
                    *a = /* b */ b
                        /* alone */
                        + c;
                    if b == c then {
                    }
                    // or
                    else {
                    }
                }
                """, """
                transaction f(/* first */ u64 *a /* named */,
                        // the second
                        u64 b, // and the last
                        u64 c) // of all
                {
                    *a = /* b */ b
                            /* alone */
                            + c;
                    if b == c then {}
                    // or
                    else {}
                }
                """);
    }

    @Test
    void longListsWrapBehindCommas() {
        assertFormats(
                "transaction a_transaction(percpu Latency the_latency, u64 the_first_argument, u64 the_second_argument,"
                        + " u64 the_third_argument, u64 d) { combine(the_latency->the_first, the_latency->the_second,"
                        + " nested(the_latency->the_third, the_latency->fourth, 10000000), 2); }",
                """
                transaction a_transaction(percpu Latency the_latency, u64 the_first_argument, u64 the_second_argument,
                        u64 the_third_argument, u64 d) {
                    combine(the_latency->the_first, the_latency->the_second,
                            nested(the_latency->the_third, the_latency->fourth, 10000000), 2);
                }
                """);
    }

    @Test
    void aLongHeadWrapsBeforeItsResultsFirst() {
        assertFormats(
                "query the_totals(percpu Latency the_latency) returns (u64 the_first_of_the_results, f64 the_second,"
                        + " u64 the_third_result) {}",
                """
                query the_totals(percpu Latency the_latency)
                        returns (u64 the_first_of_the_results, f64 the_second, u64 the_third_result) {}
                """);
    }

    @Test
    void longExpressionsWrapBeforeTheLoosestOperator() {
        assertFormats(
                "transaction f() { require first_condition + one == second_condition * two && third_condition - three"
                        + " == fourth_condition || fifth_condition else NOT_AS_EXPECTED; }",
                """
                transaction f() {
                    require first_condition + one == second_condition * two && third_condition - three == fourth_condition
                            || fifth_condition else NOT_AS_EXPECTED;
                }
                """);
    }

    @Test
    void anAssignmentWrapsBehindItsOperatorWhereNothingElseHelps() {
        String place = "a_place->" + "x".repeat(50);
        String value = "a_value->" + "y".repeat(60);
        assertFormats(
                "transaction f() { " + place + " = " + value + "; }",
                "transaction f() {\n    " + place + " =\n            " + value + ";\n}\n");
    }

    @Test
    void aLineOfTheWidthIsNotWrappedAndOneMoreColumnIs() {
        String head = "const A = ";
        String tail = " + 1;";
        String fits = "x".repeat(Style.WIDTH_MAX - head.length() - tail.length());
        assertFormats(head + fits + tail, head + fits + tail + "\n");
        assertFormats(head + fits + "x" + tail, head + fits + "x\n        + 1;\n");
    }

    @Test
    void aCommentAtTheEndIsNoReasonToWrap() {
        String line = "const A = 1 + 2; // " + "x".repeat(Style.WIDTH_MAX);
        assertFormats(line, line + "\n");
    }

    @Test
    void nothingStaysNothing() {
        assertFormats("", "");
        assertFormats(" \r\n\t\n", "");
        assertFormats("// alone", "// alone\n");
    }

    @Test
    void whatDoesNotParseIsReported() {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(Formatter.format(new SourceFile("a.opv", "const A = ;"), diagnostics))
                .isEmpty();
        assertThat(diagnostics.sorted())
                .singleElement()
                .satisfies(each -> assertThat(each.code()).isEqualTo(DiagnosticCode.SYNTAX));
    }

    @Test
    void errorsOfAnotherFileWouldBeMistaken() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.report(Diagnostic.of("b.opv", DiagnosticCode.FILE_UNREADABLE, "cannot be read"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Formatter.format(new SourceFile("a.opv", "const A = 1;"), diagnostics));
    }

    private static void assertFormats(String source, String expected) {
        assertThat(Formatted.of(source)).isEqualTo(expected);
        assertThat(Formatted.of(expected)).isEqualTo(expected);
    }
}
