// SPDX-License-Identifier: Apache-2.0
/**
 * The engines. The user-space engine is four steps, one class each: {@link
 * dev.opvc.runtime.internal.engine.Check check}, {@link dev.opvc.runtime.internal.engine.Pin pin}, {@link
 * dev.opvc.runtime.internal.engine.Do do}, and a clean-up that is the end of {@link
 * dev.opvc.runtime.internal.engine.UserSpaceEngine}'s one critical section.
 */
@NullMarked
package dev.opvc.runtime.internal.engine;

import org.jspecify.annotations.NullMarked;
