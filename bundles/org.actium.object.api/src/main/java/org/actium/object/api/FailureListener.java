package org.actium.object.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told of failures of which no caller hears. The closest listeners get a failure, and nobody else:
 *
 * <ol>
 *   <li>those of the stub ({@link ActiveObjects#onFailure(Object, FailureListener)}), in the runtime of the caller;
 *   <li>those of the active object ({@link ActiveContext#onFailure}) that was called, or, if the request was lost with a
 *       link or found no room in a full queue elsewhere, that called;
 *   <li>those of the runtime where it was noticed ({@link ActiveObjects#onFailure(FailureListener)}, or a service of this
 *       type);
 *   <li>if there are none, the log.
 * </ol>
 *
 * <p>Called by the thread that notices the failure, for an active object often its thread of service, which must not be
 * blocked. What a listener throws is logged; so is a call that it makes meanwhile and that fails at once, of which it would
 * be told itself.
 */
@ConsumerType
@FunctionalInterface
public interface FailureListener {

    void failed(CallFailure failure);
}
