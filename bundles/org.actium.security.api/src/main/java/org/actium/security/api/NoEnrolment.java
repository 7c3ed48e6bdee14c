package org.actium.security.api;

import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** No certificates. */
final class NoEnrolment implements Enrolment {

    @Override
    public byte[] request() {
        return new byte[0];
    }

    @Override
    public byte[] grant(byte[] request, RuntimeId joiner) throws EnrolmentException {
        throw new EnrolmentException("this runtime has no authority that could make one");
    }

    @Override
    public void accept(byte[] grant, RuntimeAddress sponsor) throws EnrolmentException {
        throw new EnrolmentException("this runtime has no use for certificates");
    }
}
