package org.actium.security.domain;

import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.security.api.DomainMembers;
import org.actium.security.api.EnrolmentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps links no longer than the other side is a member. A runtime that has renewed its certificate shows it on every link
 * that is open; a link whose other side has not done so when the certificate it has shown expires, or was expelled, closes.
 * What was under way on it then has an unknown outcome; who still is a member gets another link as soon as one is wanted.
 *
 * <p>A frame of the channel {@link Channel#MEMBERSHIP} is {@code 01} and a {@link CertificateProof}, or {@code 02} and
 * {@link Expulsions}. Each list goes on to all linked members when it is news, and to every new link, so that it reaches
 * everybody who can be reached.
 */
@Component(service = DomainMembers.class, immediate = true)
public final class OpenLinks implements DomainMembers, DomainSecurity.Listener, LinkListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenLinks.class);

    private static final Pattern ANY_IDENTITY = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,32}");

    private static final byte CERTIFICATE = 1;
    private static final byte EXPULSIONS = 2;

    private final Links links;
    private final DomainSecurity domain;
    private final Time time;
    private final Threads threads;
    private final Registration opened;
    private final Registration frames;
    private final Registration news;
    /** Those that have sent a frame of an unknown type. */
    private final Set<Link> puzzling = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    @Activate
    public OpenLinks(
            @Reference Links links,
            @Reference DomainSecurity domain,
            @Reference Time time,
            @Reference Threads threads) {
        this.links = links;
        this.domain = domain;
        this.time = time;
        this.threads = threads;
        this.frames = links.handle(Channel.MEMBERSHIP, new MembershipFrames(threads, this::received)::add);
        this.news = domain.listen(this);
        this.opened = links.listen(this);
        links.all().forEach(link -> opened(link, Optional.empty()));
    }

    @Override
    public void opened(Link link, Optional<String> tokenId) {
        Expulsions known = domain.expulsions();
        if (known.number() > 0) {
            send(link, EXPULSIONS, known.encoded());
        }
        RuntimeId peer = link.peer().id();
        known.obstacle(peer).ifPresent(why -> end(link, why)); // expelled while it was let in
        domain.memberUntil(peer).ifPresent(until -> watch(link, until));
    }

    private void watch(Link link, Instant until) {
        Duration left = Duration.between(time.instant(), until);
        time.after(left.isNegative() ? Duration.ZERO : left.plusMillis(1), () -> {
            if (!closed && link.isOpen()) {
                Instant now = time.instant();
                Optional<Instant> newest = domain.memberUntil(link.peer().id()).filter(later -> !later.isBefore(now));
                newest.ifPresentOrElse(
                        later -> watch(link, later),
                        () -> end(link, "its certificate expired at " + until + ", and it has shown no newer one"));
            }
        });
    }

    private static void end(Link link, String why) {
        LOG.warn("{} is closed: {}", link, why);
        link.close(why);
    }

    @Override
    public void renewed() {
        links.all().forEach(this::show);
    }

    private void show(Link link) {
        send(link, CERTIFICATE, domain.proof(link.peer().id()));
    }

    /** On a thread of its own: a link that takes nothing must not keep others from being told. */
    private void send(Link link, byte type, byte[] content) {
        ByteBuffer frame =
                ByteBuffer.allocate(1 + content.length).put(type).put(content).flip();
        threads.run(() -> {
            try {
                link.send(Channel.MEMBERSHIP, frame);
            } catch (LinkClosedException gone) {
                LOG.debug("{}: not told any more", link, gone);
            }
        });
    }

    private void received(Link from, ByteBuffer frame) {
        try {
            byte type = frame.hasRemaining() ? frame.get() : 0;
            switch (type) {
                case CERTIFICATE -> domain.believe(from.peer().id(), frame);
                case EXPULSIONS -> {
                    byte[] list = new byte[frame.remaining()];
                    frame.get(list);
                    domain.learn(list);
                }
                default -> dropped(from, type);
            }
        } catch (CertificateException | EnrolmentException refused) {
            end(from, refused.getMessage());
        } catch (RuntimeException garbage) {
            end(from, "a frame on channel MEMBERSHIP could not be handled: " + garbage);
        }
    }

    private void dropped(Link from, byte type) {
        if (puzzling.add(from)) {
            LOG.warn("{} sent a frame of type {} on channel MEMBERSHIP; such frames are dropped", from.peer(), type);
        }
        if (!from.isOpen()) {
            puzzling.remove(from);
        }
    }

    @Override
    public void closed(Link link, String reason) {
        puzzling.remove(link);
    }

    @Override
    public void expelled(Expulsions newest) {
        for (Link link : links.all()) {
            send(link, EXPULSIONS, newest.encoded());
            newest.obstacle(link.peer().id()).ifPresent(why -> end(link, why));
        }
    }

    @Override
    public RuntimeId expel(String runtime) throws EnrolmentException {
        RuntimeId member = ANY_IDENTITY.matcher(runtime).matches() ? Certificates.runtime(runtime) : linked(runtime);
        domain.expel(member);
        return member;
    }

    private RuntimeId linked(String runtime) {
        List<RuntimeAddress> peers = links.all().stream().map(Link::peer).toList();
        List<RuntimeAddress> meant = peers.stream()
                .filter(peer -> peer.name().equals(runtime)
                        || PREFIX.matcher(runtime).matches()
                                && Certificates.hex(peer.id()).startsWith(runtime))
                .toList();
        if (meant.size() != 1) {
            throw new IllegalArgumentException((meant.isEmpty()
                            ? "no linked runtime is called '"
                            : meant.size() + " linked runtimes are called '")
                    + runtime + "'; linked are "
                    + (peers.isEmpty()
                            ? "none"
                            : peers.stream().map(RuntimeAddress::toString).collect(Collectors.joining(", ")))
                    + "; one without a link can be named by the 32 digits of its identity");
        }
        return meant.getFirst().id();
    }

    @Override
    public List<RuntimeId> expelled() {
        return domain.expelled();
    }

    @Override
    @Deactivate
    public void close() {
        closed = true;
        opened.close();
        frames.close();
        news.close();
    }
}
