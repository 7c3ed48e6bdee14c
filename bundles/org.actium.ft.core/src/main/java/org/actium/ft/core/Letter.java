package org.actium.ft.core;

import java.io.Serializable;
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

    record Receipt(Party to, Message.Key key) implements Letter {}
}
