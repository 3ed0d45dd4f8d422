// SPDX-License-Identifier: Apache-2.0
/**
 * The C emitter: one header for each file, C11 and C++17 alike.
 *
 * <h2>Names</h2>
 *
 * <p>A name in C is made from names of the language by these rules, and by nothing else, so that it is the same in every
 * header.
 *
 * <ul>
 *   <li>The header for {@code metrics/latency.opv} is {@code metrics/latency.opv.h}.
 *   <li>A struct's tag is its name in snake case: {@code HttpServer} is {@code struct http_server}.
 *   <li>For a per-CPU struct {@code Latency} there are the type of handles {@code struct latency_percpu} and the
 *       functions {@code latency_alloc}, {@code latency_free} and {@code latency_slot}.
 *   <li>A field, a parameter or a {@code let} keeps its name.
 *   <li>A table is an array, {@code static const}: the file's name and its own in lower case, {@code latency_bounds}.
 *   <li>A constant is a macro: the file's name and its own in upper case, {@code LATENCY_BUCKETS}. One that no C integer
 *       type of 64 bits, or no {@code double}, can hold is left out, and a comment stands in its place.
 *   <li>A unit's name follows what it belongs to: its first per-CPU parameter's struct, {@code latency_record}, or,
 *       without one, its file, {@code guarded_bump_and_copy}. A file's name is put in snake case, any other character
 *       than a letter or digit becomes an underscore, and {@code file_} stands before a digit at its beginning.
 *   <li>Where the file says {@code prefix acme;}, {@code acme_} stands before all of that, and {@code ACME_} before macros
 *       and enumerators. A unit has the prefix of its own file, also if its struct is another's.
 *   <li>What belongs to a unit {@code latency_pop} begins with that: {@code latency_pop_on} names the CPU,
 *       {@code latency_pop_build} fills {@code LATENCY_POP_OPS} operations and a {@code struct latency_pop_cells}, and
 *       {@code latency_pop_direct_on} and {@code latency_pop_vector_on} are the two forms, between which
 *       {@code latency_pop_on} chooses, {@code latency_pop_holding} and {@code latency_pop_optimistic}, where there is such
 *       a form, are those on the current CPU, the latter of which makes a {@code latency_pop_attempt} and, if that is one
 *       section which did nothing, leaves the work to {@code latency_pop_busy},
 *       {@code latency_pop_locked} is what the direct form does under exclusion,
 *       {@code struct latency_pop_results} has results until it has committed, and {@code enum latency_pop_outcome} has
 *       {@code LATENCY_POP_COMMITTED} and a {@code LATENCY_POP_EMPTY} for outcome {@code EMPTY}.
 *   <li>What belongs to a query {@code latency_total} begins with that: {@code latency_total_direct} and
 *       {@code latency_total_vector} are its forms, {@code latency_total_build} fills {@code LATENCY_TOTAL_OPS}
 *       operations that copy one CPU's slots to a {@code struct latency_total_cells}, {@code latency_total_copy} does
 *       what they do, and {@code latency_total_begin}, {@code latency_total_fold} and {@code latency_total_end} fold that
 *       in a {@code struct latency_total_folds}.
 *   <li>What paths of a long function share at their ends are functions of their own, called like it with
 *       {@code _end}, a number and an underscore behind: {@code latency_pop_locked_end1_}.
 * </ul>
 *
 * <p>A name that is taken gets an underscore at its end, which no name of the language has. Taken are
 *
 * <ul>
 *   <li>everywhere: keywords and alternative tokens of C11, C23, C++17, C++20 and GNU; lower-case macros of compilers and
 *       of POSIX headers ({@code errno}, {@code assert}, {@code stdin}, {@code linux}, {@code st_atime}); names that end
 *       in {@code _t};
 *   <li>as a field, parameter or {@code let}: names without a lower-case letter, which any header may have as a macro
 *       ({@code NULL}, {@code EIO}, {@code I});
 *   <li>as a parameter or {@code let}: what generated functions call their own ({@code attempt}, {@code cells},
 *       {@code conclusion}, {@code count}, {@code cpu}, {@code ops}, {@code result}, {@code results}, {@code slot}, {@code taken}, {@code turn}; in a query
 *       {@code cells}, {@code cpu}, {@code folds}, {@code look}, {@code ops} and {@code result} only), functions of the same
 *       header, variables of libc ({@code timezone}, {@code optarg});
 *   <li>as a tag or the name of a function: tags of POSIX structs ({@code stat}), and families of names of the runtime
 *       and of libc ({@code opv_}, {@code cpu_op_}, {@code pthread_}, {@code sem_}, {@code sched_}, {@code clock_} and
 *       their like); as a macro or enumerator, theirs in upper case ({@code OPV_}, {@code SIG_}, {@code INT64_MAX}).
 * </ul>
 *
 * <p>Two things of one header that would still have one name, with different names in the source, are an error
 * ({@link dev.opvc.compiler.diagnostic.DiagnosticCode#TARGET_NAME_COLLISION}). Tags, functions, enumerators and macros
 * share one space for this, because they do in C++ and in the preprocessor.
 *
 * <h2>Types</h2>
 *
 * <p>{@code byte *} is {@code void *}; other pointers point to what they point to in the language; {@code byte} is
 * {@code uint8_t}, {@code uptr} {@code uintptr_t}, {@code bool} {@code bool}. An operation's operand is the address of a
 * slot's member where the pointer is known to be good, and a sum where it may be null or lead nowhere: then the engine
 * says so, and nothing is undefined.
 */
@NullMarked
package dev.opvc.compiler.emit.c;

import org.jspecify.annotations.NullMarked;
