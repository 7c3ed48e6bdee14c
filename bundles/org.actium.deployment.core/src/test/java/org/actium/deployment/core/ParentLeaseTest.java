package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ParentLeaseTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration JOINING = LEASE.multipliedBy(6);

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final PrintStream standardError = System.err;
    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer parent = domain.runtime("parent");
    private final InMemoryDomain.Peer child = domain.runtime("child");
    private final LinkedBlockingQueue<Link> opened = new LinkedBlockingQueue<>(); // on the side of the parent

    {
        parent.links.listen(new LinkListener() {
            @Override
            public void opened(Link link, Optional<String> tokenId) {
                opened.add(link);
            }
        });
    }

    @Test
    public void joinsItsParentWithItsToken() throws InterruptedException {
        lease(false);

        assertThat(opened.take().peer().name()).isEqualTo("child");
    }

    @Test
    public void needsTheLinkToItsParentAndNoOther() throws InterruptedException {
        try (ParentLease lease = lease(false)) {
            opened.take();
            Link up = child.links.to(parent.links.self());
            while (!lease.needs(up)) { // it hears of its link a moment after its parent
                Thread.yield();
            }
            Link other = child.links.to(domain.runtime("other").links.self());
            assertThat(lease.needs(other)).isFalse();
        }
    }

    @Test
    public void triesAllAddressesOfItsParent() throws InterruptedException {
        lease(parent.links.issue(LEASE).text(), "10.0.0.1:1,10.0.0.2:1," + endpoint(), false);

        assertThat(opened.take().peer().name()).isEqualTo("child");
    }

    @Test
    public void saysOnceThatItHasJoined() throws InterruptedException {
        domain.cut(parent, child);
        var joined = new Semaphore(0);
        lease(endpoint(), reached -> joined.release());
        domain.time.awaitTimer(Duration.ofMillis(100));
        assertThat(joined.availablePermits()).as("while nothing answers").isZero();

        domain.heal(parent, child);
        domain.time.advance(Duration.ofMillis(100));
        joined.acquire();
        opened.take();
        parent.links.drop(child.id(), "broken");
        child.links.drop(parent.id(), "broken");
        opened.take();

        assertThat(joined.availablePermits())
                .as("it was its parent all the time")
                .isZero();
    }

    @Test
    public void saysByWhichOfItsAddressesItHasReachedItsParent() throws InterruptedException {
        var reached = new LinkedBlockingQueue<Endpoint>();
        lease("10.0.0.1:1," + endpoint() + ",10.0.0.2:1", reached::add);

        assertThat(reached.take()).hasToString(endpoint());
    }

    @Test
    public void saysWhereItsParentIsAlsoIfAnotherHoldsItsLease() throws InterruptedException {
        var reached = new LinkedBlockingQueue<Endpoint>();
        holderOf(domain.runtime("holder"), reached::add);

        assertThat(reached.take()).hasToString(endpoint());
    }

    @Test
    public void stopsAtOnceWhenItIsRefused() throws InterruptedException {
        lease("spent.secret", endpoint(), false);

        child.stopped.await();
        assertThat(child.links.dialled).as("a refusal is not tried again").hasValue(1);
    }

    @Test
    public void stopsWhenItsTokenOrTheAddressOfItsParentIsNone() throws InterruptedException {
        lease("garbage", endpoint(), false);
        child.stopped.await();

        InMemoryDomain.Peer other = domain.runtime("other");
        lease(other, "a.b", "", false);
        other.stopped.await();
    }

    @Test
    public void triesAgainWhileNothingAnswers() throws InterruptedException {
        domain.cut(parent, child);
        lease(false);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.heal(parent, child);

        domain.time.advance(Duration.ofMillis(100));

        assertThat(opened.take().peer().name()).isEqualTo("child");
    }

    @Test
    public void stopsWhenNothingAnswersForTheLease() throws InterruptedException {
        domain.cut(parent, child);
        lease(false);
        domain.time.awaitTimer(Duration.ofMillis(100));

        domain.time.advance(Duration.ofSeconds(9));
        assertThat(child.stopped.getCount()).isEqualTo(1);
        domain.time.advance(Duration.ofSeconds(1));

        child.stopped.await();
        assertThat(domain.time.timers()).as("it tries no more").isZero();
    }

    /** Its parent may have been too busy to say a word in time, and is so no longer. */
    @Test
    public void mayTakeLongerToJoinThanItsLeaseLasts() throws InterruptedException {
        domain.cut(parent, child);
        joining(endpoint());
        domain.time.advance(JOINING.minusSeconds(5));
        domain.heal(parent, child);
        domain.time.advance(Duration.ofSeconds(3));
        assertThat(opened.take().peer().name()).isEqualTo("child");
        domain.time.awaitIdle();

        domain.kill(parent);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(LEASE);

        child.stopped.await();
    }

    @Test
    public void stopsWhenItHasNotJoinedInTime() throws InterruptedException {
        domain.cut(parent, child);
        joining("10.0.0.1:1," + endpoint());

        domain.time.advance(JOINING.minusSeconds(1));
        assertThat(child.stopped.getCount()).isEqualTo(1);
        domain.time.advance(Duration.ofSeconds(1));

        child.stopped.await();
        assertThat(domain.time.timers()).as("it tries no more").isZero();
    }

    @Test
    public void saysWhyItHasNotJoinedWhileItTriesAndAtItsEnd() throws InterruptedException {
        Supplier<String> log = logged();
        domain.cut(parent, child);
        lease(false);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(LEASE.minusSeconds(1));
        assertThat(log.get())
                .as("of many attempts")
                .containsOnlyOnce("runtime child does not reach its parent at " + endpoint()
                        + ", and goes on trying: nothing answers at " + endpoint());

        domain.time.advance(Duration.ofSeconds(1));
        child.stopped.await();
        assertThat(log.get())
                .contains("runtime child has not reached its parent at " + endpoint()
                        + " within 10 s; the last attempt: nothing answers at " + endpoint() + "; it stops");
    }

    @Test
    public void saysOnceWhatFailsAtEachAddress() throws InterruptedException {
        Supplier<String> log = logged();
        InMemoryDomain.Peer other = domain.runtime("other");
        Endpoint second = other.links.self().endpoints().getFirst();
        Endpoint first = parent.links.self().endpoints().getFirst();
        domain.cut(parent, child);
        domain.cut(other, child);
        joining(first + "," + second);

        for (int i = 0; i < 3; i++) { // only one of the two is there, then both
            domain.kill(parent);
            domain.time.advance(Duration.ofSeconds(4));
            domain.forward(first, parent);
            domain.time.advance(Duration.ofSeconds(4));
        }

        assertThat(log.get())
                .containsOnlyOnce("goes on trying")
                .contains("goes on trying: nothing answers at " + first + "; nothing answers at " + second);
    }

    @Test
    public void whatFailedBeforeItReachedItsParentIsNotWhyItDoesNotReachTheHolderOfItsLease()
            throws InterruptedException {
        Supplier<String> log = logged();
        Endpoint holder = domain.runtime("holder").links.self().endpoints().getFirst();
        domain.cut(parent, child);
        String token = parent.links.issue(LEASE).text();
        var terms = new ParentLease.Terms(endpoint(), () -> token, LEASE, LEASE, false, Optional.of(holder.toString()));
        new ParentLease(
                        terms,
                        tooLateToResolve(child.links),
                        child.remoteObjects,
                        child.agent,
                        child.stopped::countDown,
                        domain.time,
                        domain.threads)
                .start();
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.heal(parent, child);

        domain.time.advance(Duration.ofMillis(100));

        child.stopped.await();
        assertThat(log.get())
                .contains("runtime child has not reached its holder of its lease at " + holder
                        + " within 10 s; it stops");
    }

    /** What holds the lease takes longer to answer than that lasts. */
    private Links tooLateToResolve(Links links) {
        return (Links) Proxy.newProxyInstance(
                Links.class.getClassLoader(), new Class<?>[] {Links.class}, (self, method, arguments) -> {
                    if (method.getName().equals("resolve")) {
                        domain.time.advance(LEASE);
                    }
                    try {
                        return method.invoke(links, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** What is written to the log during this test. */
    private static Supplier<String> logged() {
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        return () -> log.toString(StandardCharsets.UTF_8);
    }

    @After
    public void restoreStandardError() {
        System.setErr(standardError);
    }

    @Test
    public void stopsWhenNobodyListensWhereItsParentWasForTheLease() throws InterruptedException {
        String there = endpoint();
        domain.kill(parent);
        joining("10.0.0.1:1," + there);

        domain.time.advance(LEASE.minusSeconds(1));
        assertThat(child.stopped.getCount()).isEqualTo(1);
        domain.time.advance(Duration.ofSeconds(1));

        child.stopped.await();
        assertThat(domain.time.timers()).as("it tries no more").isZero();
    }

    @Test
    public void thatCountsFromTheLastSignOfIt() throws InterruptedException {
        domain.cut(parent, child);
        joining(endpoint());
        domain.time.advance(LEASE.multipliedBy(2));
        domain.kill(parent);

        domain.time.advance(LEASE.minusSeconds(1));
        assertThat(child.stopped.getCount()).isEqualTo(1);
        domain.time.advance(Duration.ofSeconds(5)); // between attempts there are up to 3 s

        child.stopped.await();
    }

    /** One that may take longer than its lease to join; it has tried once. */
    private void joining(String parentAddress) throws InterruptedException {
        String token = parent.links.issue(JOINING).text();
        lease(child, new ParentLease.Terms(parentAddress, () -> token, LEASE, JOINING, false, Optional.empty()));
        domain.time.awaitTimer(Duration.ofMillis(100));
    }

    @Test
    public void dialsItsParentAgainWhenTheLinkIsLost() throws InterruptedException {
        joined(false);
        parent.links.drop(child.id(), "broken");
        child.links.drop(parent.id(), "broken");

        assertThat(opened.take().peer().name()).isEqualTo("child");
        domain.time.awaitIdle();
        domain.time.advance(LEASE.multipliedBy(2));
        assertThat(child.stopped.getCount()).isEqualTo(1);
    }

    @Test
    public void stopsWhenItsParentIsGoneForTheLease() throws InterruptedException {
        joined(false);
        domain.kill(parent);
        domain.time.awaitTimer(Duration.ofMillis(100));

        domain.time.advance(Duration.ofSeconds(9));
        assertThat(child.stopped.getCount()).isEqualTo(1);
        domain.time.advance(Duration.ofSeconds(1));

        child.stopped.await();
        assertThat(domain.time.timers()).as("it tries no more").isZero();
    }

    @Test
    public void livesOnWhenItsParentComesBackWithinTheLease() throws InterruptedException {
        joined(false);
        domain.cut(parent, child);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(Duration.ofSeconds(5));
        domain.heal(parent, child);

        domain.time.advance(Duration.ofSeconds(60));

        assertThat(child.stopped.getCount()).isEqualTo(1);
        assertThat(child.links.existing(parent.id())).isPresent();
    }

    @Test
    public void findsBackOnTheWayOnWhichItJoined() throws InterruptedException {
        Endpoint forwarded = new Endpoint("127.0.0.1", 20_000);
        domain.forward(forwarded, parent);
        lease(parent.links.issue(LEASE).text(), forwarded.toString(), false);
        opened.take();
        parent.links.drop(child.id(), "broken");
        child.links.drop(parent.id(), "broken");

        assertThat(opened.take().peer().name()).isEqualTo("child");
    }

    @Test
    public void outlivesItsParentIfAnotherHoldsTheLease() throws InterruptedException {
        InMemoryDomain.Peer holder = domain.runtime("holder");
        held(holder);

        domain.kill(parent);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(LEASE.multipliedBy(6));

        assertThat(child.stopped.getCount()).isEqualTo(1);
        assertThat(child.links.existing(holder.id())).isPresent();
        assertThat(domain.time.timers()).as("nobody dials the parent any more").isZero();
    }

    @Test
    public void stopsWhenTheHolderOfItsLeaseIsGoneThoughItsParentIsThere() throws InterruptedException {
        InMemoryDomain.Peer holder = domain.runtime("holder");
        held(holder);

        domain.kill(holder);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(Duration.ofSeconds(9));
        assertThat(child.stopped.getCount()).isEqualTo(1);
        domain.time.advance(Duration.ofSeconds(1));

        child.stopped.await();
        assertThat(domain.time.timers()).as("it tries no more").isZero();
    }

    @Test
    public void dialsItsParentAgainThoughAnotherHoldsTheLease() throws InterruptedException {
        held(domain.runtime("holder"));
        domain.cut(parent, child);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(Duration.ofSeconds(5));
        domain.heal(parent, child);

        domain.time.advance(Duration.ofSeconds(3));

        assertThat(child.links.existing(parent.id())).isPresent();
    }

    @Test
    public void stopsWhenItDoesNotReachTheHolderOfItsLease() throws InterruptedException {
        InMemoryDomain.Peer holder = domain.runtime("holder");
        domain.kill(holder);
        holderOf(holder, reached -> {});
        opened.take();
        domain.time.awaitTimer(Duration.ofMillis(100));

        domain.time.advance(LEASE);

        child.stopped.await();
    }

    /** Joined, and linked to who holds the lease. */
    private void held(InMemoryDomain.Peer holder) throws InterruptedException {
        var joined = new Semaphore(0);
        holderOf(holder, reached -> joined.release());
        joined.acquire();
        opened.take();
        domain.time.awaitIdle();
    }

    private void holderOf(InMemoryDomain.Peer holder, Consumer<Endpoint> whenJoined) {
        String token = parent.links.issue(LEASE).text();
        Endpoint endpoint = holder.links.self().endpoints().getFirst();
        new ParentLease(
                        new ParentLease.Terms(
                                endpoint(), () -> token, LEASE, LEASE, false, Optional.of(endpoint.toString())),
                        child.links,
                        child.remoteObjects,
                        child.agent,
                        child.stopped::countDown,
                        domain.time,
                        domain.threads,
                        whenJoined)
                .start();
    }

    @Test
    public void pausesGrowUpToThreeSeconds() throws InterruptedException {
        joined(true);
        domain.cut(parent, child);
        domain.time.awaitTimer(Duration.ofMillis(100));
        domain.time.advance(LEASE);
        int before = child.links.dialled.get();

        domain.time.advance(Duration.ofSeconds(30));

        assertThat(child.links.dialled.get() - before).isEqualTo(10);
    }

    @Test
    public void oneThatAPersonStartedDropsItsNodesAfterTheLeaseAndGoesOnDialling() throws InterruptedException {
        joined(true);
        child.agent.createNode("d1-workers-1", "workers", "d1/workers");
        domain.cut(parent, child);
        domain.time.awaitTimer(Duration.ofMillis(100));

        domain.time.advance(Duration.ofSeconds(9));
        assertThat(child.nodeNames()).containsExactly("d1-workers-1");
        domain.time.advance(Duration.ofSeconds(1));
        assertThat(child.nodeNames()).isEmpty();

        domain.time.advance(Duration.ofHours(24));
        domain.heal(parent, child);
        domain.time.advance(Duration.ofSeconds(3));
        assertThat(child.links.existing(parent.id())).isPresent();
        assertThat(child.stopped.getCount()).isEqualTo(1);
    }

    @Test
    public void oneThatAPersonStartedBelongsToWhoeverIsInThePlaceOfItsParent() throws InterruptedException {
        home(parent, new Arrivals());
        joined(true);
        child.agent.createNode("d1-workers-1", "workers", "d1/workers");
        var arrivals = new Arrivals();
        InMemoryDomain.Peer restarted = restartParent(arrivals);

        domain.time.advance(Duration.ofSeconds(1)); // much less than the lease

        assertThat(arrivals.names.take()).isEqualTo("child");
        assertThat(child.nodeNames()).as("of who is gone").isEmpty();
        domain.time.awaitIdle();

        domain.cut(restarted, child);
        domain.heal(restarted, child);
        while (child.links.existing(restarted.id()).isEmpty()) { // it keeps the link to that one now
            domain.time.advance(Duration.ofSeconds(1));
        }
        domain.time.advance(LEASE.multipliedBy(2));
        assertThat(child.stopped.getCount()).isEqualTo(1);
    }

    @Test
    public void aGuestFindsWhoeverIsInThePlaceOfItsParentAndIsListedByNobody() throws InterruptedException {
        parent.remoteObjects.export(ContainerHome.class, ContainerHome.NAME, new ContainerHome() {
            @Override
            public boolean lists(RuntimeId container) {
                return false;
            }

            @Override
            public boolean welcome(RuntimeId container) {
                throw new AssertionError("it has no reason to ask");
            }
        });
        joined(true);
        var arrivals = new Arrivals();
        InMemoryDomain.Peer restarted = restartParent(arrivals);

        domain.time.advance(Duration.ofSeconds(1));

        domain.time.awaitIdle();
        assertThat(child.links.existing(restarted.id())).isPresent();
        assertThat(arrivals.names).isEmpty();
    }

    @Test
    public void oneThatWasLaunchedBelongsToNobodyElse() throws InterruptedException {
        joined(false);
        restartParent(new Arrivals());

        domain.time.advance(LEASE);

        child.stopped.await();
    }

    /** Another one listens where it was. */
    private InMemoryDomain.Peer restartParent(Arrivals arrivals) throws InterruptedException {
        Endpoint endpoint = parent.links.self().endpoints().getFirst();
        domain.kill(parent);
        domain.time.awaitTimer(Duration.ofMillis(100));
        InMemoryDomain.Peer restarted = domain.runtime("restarted", endpoint);
        home(restarted, arrivals);
        return restarted;
    }

    private void home(InMemoryDomain.Peer runtime, Arrivals arrivals) {
        var membership = new Membership(runtime.links, runtime.links, domain.time, domain.threads, LEASE);
        membership.watch(arrivals);
        new LocalHome(membership, runtime.remoteObjects);
    }

    /** The names of those who are listed. */
    private static final class Arrivals implements JoinedRuntimes.Listener {

        private final LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();

        @Override
        public void arrived(RuntimeAddress container) {
            names.add(container.name());
        }

        @Override
        public void departed(RuntimeAddress container, String reason) {}
    }

    @Test
    public void linksToOthersAreNoneOfItsBusiness() throws InterruptedException {
        joined(false);
        InMemoryDomain.Peer sibling = domain.runtime("sibling");
        child.links.to(sibling.links.self());

        domain.kill(sibling);
        domain.time.advance(LEASE);

        assertThat(child.stopped.getCount()).isEqualTo(1);
    }

    @Test
    public void closingItEndsNothingElse() throws InterruptedException {
        ParentLease lease = joined(false);

        lease.close();
        domain.kill(parent);
        domain.time.advance(LEASE);

        assertThat(child.stopped.getCount()).isEqualTo(1);
        assertThat(domain.time.timers()).isZero();
    }

    private ParentLease joined(boolean keep) throws InterruptedException {
        ParentLease lease = lease(keep);
        opened.take();
        domain.time.awaitIdle(); // a runtime that has joined needs no timer
        return lease;
    }

    private ParentLease lease(boolean keep) {
        return lease(parent.links.issue(LEASE).text(), endpoint(), keep);
    }

    private ParentLease lease(String token, String parentAddress, boolean keep) {
        return lease(child, token, parentAddress, keep);
    }

    private ParentLease lease(InMemoryDomain.Peer runtime, String token, String parentAddress, boolean keep) {
        return lease(runtime, new ParentLease.Terms(parentAddress, () -> token, LEASE, keep));
    }

    private ParentLease lease(InMemoryDomain.Peer runtime, ParentLease.Terms terms) {
        ParentLease lease = new ParentLease(
                terms,
                runtime.links,
                runtime.remoteObjects,
                runtime.agent,
                runtime.stopped::countDown,
                domain.time,
                domain.threads);
        lease.start();
        return lease;
    }

    private void lease(String parentAddress, Consumer<Endpoint> whenJoined) {
        String token = parent.links.issue(LEASE).text();
        new ParentLease(
                        new ParentLease.Terms(parentAddress, () -> token, LEASE, false),
                        child.links,
                        child.remoteObjects,
                        child.agent,
                        child.stopped::countDown,
                        domain.time,
                        domain.threads,
                        whenJoined)
                .start();
    }

    private String endpoint() {
        return parent.links.self().endpoints().getFirst().toString();
    }
}
