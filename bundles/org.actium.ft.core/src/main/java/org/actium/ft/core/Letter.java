package org.actium.ft.core;

import java.io.Serializable;
import java.util.List;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.Party;

/** What runtimes bring to parties of each other. */
sealed interface Letter extends Serializable {

    Party to();

    record Delivery(Message message) implements Letter {
        @Override
        public Party to() {
            return message.to();
        }
    }

    /** @param keys of messages that need not be kept */
    record Receipt(Party to, List<Message.Key> keys) implements Letter {}
}
