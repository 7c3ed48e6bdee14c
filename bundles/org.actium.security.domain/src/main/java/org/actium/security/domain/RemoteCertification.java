package org.actium.security.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteFailureException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has certificates made by other runtimes, and for them. Apart from {@link DomainSecurity}, which links stand on. */
@Component(service = RemoteCertification.class, immediate = true)
public final class RemoteCertification implements Sponsors, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteCertification.class);
    private static final String NAME = "actium.domain.certification";

    private final RemoteObjects objects;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet(); // what others are asked for
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
            return once(
                    "a certificate for " + member,
                    () -> answer(sponsor, authority -> authority.certify(member, request)));
        } catch (IllegalArgumentException | RemotingException | RemoteFailureException failed) {
            throw new EnrolmentException(sponsor + " gives no certificate: " + failed.getMessage(), failed);
        }
    }

    @Override
    public byte[] expel(RuntimeAddress sponsor, RuntimeId member) throws EnrolmentException {
        try {
            return once("the expulsion of " + member, () -> answer(sponsor, authority -> authority.expel(member)));
        } catch (IllegalArgumentException | RemotingException | RemoteFailureException failed) {
            throw new EnrolmentException(sponsor + " does not expel: " + failed.getMessage(), failed);
        }
    }

    /**
     * Two members may each take the other for whoever is in the place of a sponsor that is gone: what comes back while it is
     * asked for goes round in a circle.
     */
    private byte[] once(String question, Supplier<byte[]> answer) throws EnrolmentException {
        if (!underWay.add(question)) {
            throw new EnrolmentException(links.self() + " asks others for " + question
                    + " already; if it goes round in a circle, nobody of these has the authority of the domain");
        }
        try {
            return answer.get();
        } finally {
            underWay.remove(question);
        }
    }

    /**
     * Of that runtime or, if it does not answer, of whoever of the domain listens where it did: a sponsor that was started anew with
     * the authority is another runtime.
     */
    private byte[] answer(RuntimeAddress sponsor, Function<Certification, byte[]> question) {
        try {
            return question.apply(at(sponsor));
        } catch (UnreachableException unreachable) {
            return question.apply(at(successor(sponsor).orElseThrow(() -> unreachable)));
        }
    }

    private Certification at(RuntimeAddress runtime) {
        return objects.at(runtime, Certification.class, NAME);
    }

    private Optional<RuntimeAddress> successor(RuntimeAddress sponsor) {
        for (Endpoint endpoint : sponsor.endpoints()) {
            try {
                RuntimeAddress there = links.resolve(endpoint);
                if (!there.id().equals(sponsor.id())
                        && !there.id().equals(links.self().id())) {
                    return Optional.of(there);
                }
            } catch (RemotingException nobody) {
                LOG.debug("nobody of the domain is in the place of {} at {}", sponsor, endpoint, nobody);
            }
        }
        return Optional.empty();
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
