package org.actium.object.core;

import java.io.Serializable;

/**
 * A future as it is written into a message: a transparent one that is pending, or one of the JDK.
 *
 * @param position among the futures that the message announces
 * @param type what it stands for; {@code CompletableFuture} if it is one of the JDK
 */
record FutureRef(int position, Class<?> type) implements Serializable {}
