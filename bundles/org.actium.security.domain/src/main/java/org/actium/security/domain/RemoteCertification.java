package org.actium.security.domain;

import java.util.List;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteFailureException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Has certificates made by other runtimes, and for them. Apart from {@link DomainSecurity}, which links stand on. */
@Component(service = RemoteCertification.class, immediate = true)
public final class RemoteCertification implements Sponsors, AutoCloseable {

    private static final String NAME = "actium.domain.certification";

    private final RemoteObjects objects;
    private final Links links;
    private final Registration export;
    private final Registration sponsors;

    @Activate
    public RemoteCertification(
            @Reference RemoteObjects objects, @Reference Links links, @Reference DomainSecurity domain) {
        this.objects = objects;
        this.links = links;
        this.export = objects.export(Certification.class, NAME, new ForOthers(domain));
        this.sponsors = domain.use(this);
    }

    private record ForOthers(DomainSecurity domain) implements Certification {

        @Override
        public byte[] certify(RuntimeId member, byte[] request) {
            try {
                return domain.grant(request, member);
            } catch (EnrolmentException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
        }

        @Override
        public byte[] expel(RuntimeId member) {
            try {
                return domain.expelForOthers(member).encoded();
            } catch (EnrolmentException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
        }
    }

    @Override
    public byte[] certify(RuntimeAddress sponsor, RuntimeId member, byte[] request) throws EnrolmentException {
        try {
            return objects.at(sponsor, Certification.class, NAME).certify(member, request);
        } catch (IllegalArgumentException | RemotingException | RemoteFailureException failed) {
            throw new EnrolmentException(sponsor + " gives no certificate: " + failed.getMessage(), failed);
        }
    }

    @Override
    public byte[] expel(RuntimeAddress sponsor, RuntimeId member) throws EnrolmentException {
        try {
            return objects.at(sponsor, Certification.class, NAME).expel(member);
        } catch (IllegalArgumentException | RemotingException | RemoteFailureException failed) {
            throw new EnrolmentException(sponsor + " does not expel: " + failed.getMessage(), failed);
        }
    }

    @Override
    public List<RuntimeAddress> linked() {
        return links.all().stream().map(Link::peer).toList();
    }

    @Override
    @Deactivate
    public void close() {
        sponsors.close();
        export.close();
    }
}
