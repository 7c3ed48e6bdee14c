package org.actium.security.domain;

import java.util.List;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/** How a member reaches the authority of its domain: it asks the runtime that admitted it, and blocks for the answer. */
interface Sponsors {

    /** Of a runtime without links. */
    Sponsors NONE = new Sponsors() {
        @Override
        public byte[] certify(RuntimeAddress sponsor, RuntimeId member, byte[] request) throws EnrolmentException {
            throw unlinked(sponsor);
        }

        @Override
        public byte[] expel(RuntimeAddress sponsor, RuntimeId member) throws EnrolmentException {
            throw unlinked(sponsor);
        }

        @Override
        public List<RuntimeAddress> linked() {
            return List.of();
        }

        private static EnrolmentException unlinked(RuntimeAddress sponsor) {
            return new EnrolmentException("this runtime has no links, so it cannot ask " + sponsor);
        }
    };

    /**
     * @return a {@link Grant}
     * @throws EnrolmentException if it refuses, or cannot be reached
     */
    byte[] certify(RuntimeAddress sponsor, RuntimeId member, byte[] request) throws EnrolmentException;

    /**
     * @return the newest {@link Expulsions}
     * @throws EnrolmentException if it refuses, or cannot be reached
     */
    byte[] expel(RuntimeAddress sponsor, RuntimeId member) throws EnrolmentException;

    /** The members to which this runtime has a link now: one of them may reach the authority if its own sponsor does not. */
    List<RuntimeAddress> linked();
}
