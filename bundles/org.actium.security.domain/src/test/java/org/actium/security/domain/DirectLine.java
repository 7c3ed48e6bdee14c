package org.actium.security.domain;

import java.util.List;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/** One other runtime answers at once; nobody else can be reached. */
record DirectLine(DomainSecurity other, RuntimeAddress address) implements Sponsors {

    @Override
    public byte[] certify(RuntimeAddress sponsor, RuntimeId member, byte[] request) throws EnrolmentException {
        reach(sponsor);
        return other.grant(request, member);
    }

    @Override
    public byte[] expel(RuntimeAddress sponsor, RuntimeId member) throws EnrolmentException {
        reach(sponsor);
        return other.expelForOthers(member).encoded();
    }

    private void reach(RuntimeAddress asked) throws EnrolmentException {
        if (!asked.id().equals(address.id())) {
            throw new EnrolmentException(asked + " is not there");
        }
    }

    @Override
    public List<RuntimeAddress> linked() {
        return List.of(address);
    }
}
