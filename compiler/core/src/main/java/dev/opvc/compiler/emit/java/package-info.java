// SPDX-License-Identifier: Apache-2.0
/**
 * The Java emitter.
 *
 * <h2>Classes</h2>
 *
 * <ul>
 *   <li>A {@code percpu struct} becomes a class with {@code allocate()}, {@code close()}, {@code slot(int cpu)} and
 *       {@code memory()}; its nested class {@code Slot} has the layout and static accessors of a slot.
 *   <li>Another struct becomes a class with its layout and static accessors.
 *   <li>A unit is a method of the class of its first {@code percpu} parameter, if this file declares that struct. All
 *       other units, and constants, are static members of one class per file: the file's name in UpperCamel and
 *       {@code Ops}. There is none if it would be empty.
 *   <li>A unit with a {@code percpu} parameter has a form for the current CPU, {@code name(…)}, and one that names it,
 *       {@code nameOn(int cpu, …)}. Any other always names it: {@code name(int cpu, …)}.
 *   <li>A transaction returns nothing if it can only commit, a boolean (true if it committed) if it has one outcome
 *       beside that, and else an enumeration {@code NameOutcome}. A raw vector returns the vector's result.
 *   <li>One result of a transaction that can only commit is what the method returns. Other results go into an instance
 *       of {@code NameResult}, which is passed last; a second form of the method makes one and returns it. It holds the
 *       results of the last call that committed, and in {@code committed()} or {@code outcome()} how the last call
 *       ended, where there are several ways.
 *   <li>Behind a transaction's method are two private ones: {@code nameDirect}, plain code under the CPU's exclusion,
 *       and {@code nameVector}, which makes an operation vector. The process uses one of the two.
 *   <li>A query is a method without a CPU, with the same two private forms. One result that is no array is returned;
 *       others go into a {@code NameResult}, as a transaction's do. An array is read element by element,
 *       {@code result(int index)}, and has {@code RESULT_LENGTH} elements.
 * </ul>
 *
 * <h2>Names</h2>
 *
 * <ul>
 *   <li>Units, fields and parameters become lowerCamel: the letter behind a {@code _} becomes a capital, the
 *       {@code _} goes. A first word that is all capitals becomes small letters, of any other the first letter does.
 *   <li>Structs and the parts of names of enumerations become UpperCamel, in the same way.
 *   <li>Constants, outcomes and the offsets of fields become capitals with {@code _} between words; where a capital
 *       follows a small letter or a digit, a word begins. An offset is {@code FIELD_OFFSET}.
 *   <li>A name gets a {@code _} at its end if Java could not have it otherwise: keywords and literals, {@code yield},
 *       methods of Object for units and fields, {@code allocate}, {@code close}, {@code memory} and {@code slot} for
 *       units, {@code committed} and {@code outcome} for results, the public types of java.lang in Java 17 and {@code Slot} for structs. Parts of a package's name get it
 *       if they are keywords, and so does a first part {@code java}. Parameters and variables also get it if they
 *       clash with each other or would hide something.
 *   <li>Two names of units, fields, constants, outcomes or structs that become one are an error, which names both. So
 *       are classes of one file that differ in the case of letters only: some file systems would mix them up.
 * </ul>
 */
@NullMarked
package dev.opvc.compiler.emit.java;

import org.jspecify.annotations.NullMarked;
