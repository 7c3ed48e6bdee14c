package org.actium.object.core;

import java.io.Serializable;

/**
 * A pending future as it is written into a message.
 *
 * @param position among the futures that the message announces
 */
record FutureRef(int position, Class<?> type) implements Serializable {}
