package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class MembershipTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final InMemoryDomain.Peer there = domain.runtime("there");
    private final Membership membership = new Membership(here.links, here.links, domain.time, domain.threads, LEASE);
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @Test
    public void aLaunchHearsOfTheRuntimeThatComesWithItsToken() {
        List<String> joined = new CopyOnWriteArrayList<>();
        membership.expect(Duration.ofSeconds(70), address -> joined.add("other"));
        JoinToken token = membership.expect(Duration.ofSeconds(70), address -> joined.add(address.name()));

        join(token);

        assertThat(joined).containsExactly("there");
    }

    @Test
    public void aRuntimeWithATokenOfNoLaunchIsListedForAll() throws InterruptedException {
        join(here.links.issue(Duration.ofSeconds(70)));

        membership.watch(new News());

        assertThat(news.take()).isEqualTo("there arrived");
    }

    @Test
    public void aRuntimeThatWasLaunchedIsNotListed() throws InterruptedException {
        membership.watch(new News());
        join(membership.expect(Duration.ofSeconds(70), address -> {}));

        domain.runtime("third").links.join(here.links.self().endpoints().getFirst(), here.links.issue(LEASE), LEASE);

        assertThat(news.take()).as("the first and only news").isEqualTo("third arrived");
    }

    @Test
    public void aRuntimeWhoseLaunchWasWithdrawnIsNotTakenForOneThatAPersonStarted() throws InterruptedException {
        membership.watch(new News());
        JoinToken token = membership.expect(Duration.ofSeconds(70), address -> news.add("launch"));
        membership.withdraw(token);
        here.links.tokens.add(token.text()); // it was being used at that moment

        join(token);
        domain.runtime("third").links.join(here.links.self().endpoints().getFirst(), here.links.issue(LEASE), LEASE);

        assertThat(news.take()).isEqualTo("third arrived");
    }

    @Test
    public void withdrawingTakesTheTokenBack() {
        JoinToken token = membership.expect(Duration.ofSeconds(70), address -> {});

        membership.withdraw(token);

        assertThat(here.links.tokens).isEmpty();
    }

    @Test
    public void aListedRuntimeDepartsWhenItsLeaseEndsAndArrivesAgainWhenItIsBack() throws InterruptedException {
        membership.watch(new News());
        join(here.links.issue(LEASE));
        assertThat(news.take()).isEqualTo("there arrived");

        domain.cut(here, there);
        domain.time.advance(LEASE);
        assertThat(news.take()).isEqualTo("there departed: link lost (broken by the test), not back within 10 s");

        domain.heal(here, there);
        there.links.to(here.links.self());
        assertThat(news.take()).isEqualTo("there arrived");
    }

    @Test
    public void aListedRuntimeThatIsBackInTimeNeverLeft() throws InterruptedException {
        membership.watch(new News());
        join(here.links.issue(LEASE));
        domain.cut(here, there);
        domain.time.advance(Duration.ofSeconds(9));
        domain.heal(here, there);
        there.links.to(here.links.self());

        domain.time.advance(Duration.ofSeconds(60));
        domain.cut(here, there);
        domain.time.advance(LEASE);

        assertThat(List.of(news.take(), news.take()))
                .containsExactly(
                        "there arrived", "there departed: link lost (broken by the test), not back within 10 s");
    }

    @Test
    public void ofRuntimesThatAreLostOnlyTheLatestAreKept() throws InterruptedException {
        join(here.links.issue(LEASE));
        lose(there);
        InMemoryDomain.Peer second = newcomer("second");
        lose(second);
        for (int i = 0; i < 999; i++) {
            lose(newcomer("other-" + i));
        }
        membership.watch(new News());

        comeBack(there);
        comeBack(second);

        assertThat(news.take()).as("the first one that was lost is forgotten").isEqualTo("second arrived");
    }

    private InMemoryDomain.Peer newcomer(String name) {
        InMemoryDomain.Peer peer = domain.runtime(name);
        peer.links.join(here.links.self().endpoints().getFirst(), here.links.issue(LEASE), LEASE);
        return peer;
    }

    private void lose(InMemoryDomain.Peer peer) {
        domain.cut(here, peer);
        domain.time.advance(LEASE);
    }

    private void comeBack(InMemoryDomain.Peer peer) {
        domain.heal(here, peer);
        peer.links.to(here.links.self());
    }

    @Test
    public void whoWatchesNoLongerHearsNothing() throws InterruptedException {
        Registration watching = membership.watch(new News());
        watching.close();
        membership.watch(new News());

        join(here.links.issue(LEASE));
        domain.kill(there);
        domain.time.advance(LEASE);

        assertThat(List.of(news.take(), news.take()))
                .extracting(text -> text.split(" ")[1])
                .containsExactly("arrived", "departed:");
    }

    @Test
    public void aGuestIsToldToNobody() throws InterruptedException {
        JoinToken token = here.links.issue(LEASE);
        membership.guest(token.id(), LEASE);
        membership.watch(new News());

        join(token);
        domain.runtime("third").links.join(here.links.self().endpoints().getFirst(), here.links.issue(LEASE), LEASE);

        assertThat(news.take()).isEqualTo("third arrived");
        assertThat(here.links.existing(there.id())).isPresent();
    }

    @Test
    public void aFollowerHearsOfLossAndReturn() {
        join(membership.expect(LEASE, address -> {}));
        membership.follow(there.links.self(), new Follower());

        domain.cut(here, there);
        domain.time.advance(LEASE);
        domain.heal(here, there);
        there.links.to(here.links.self());

        assertThat(news).containsExactly("lost: link lost (broken by the test), not back within 10 s", "back");
    }

    @Test
    public void whoeverFollowsARuntimeThatIsGoneAlreadyHearsOfItsLoss() {
        membership.follow(there.links.self(), new Follower());

        domain.time.advance(LEASE);

        assertThat(news).hasSize(1).first().asString().startsWith("lost");
    }

    @Test
    public void whoFollowsNoLongerHearsNothing() {
        join(membership.expect(LEASE, address -> {}));
        Registration following = membership.follow(there.links.self(), new Follower());
        domain.cut(here, there);
        following.close();

        domain.time.advance(LEASE);

        assertThat(news).isEmpty();
    }

    @Test
    public void nothingIsLostAfterClosing() {
        join(membership.expect(LEASE, address -> {}));
        membership.follow(there.links.self(), new Follower());
        domain.cut(here, there);
        membership.close();

        domain.time.advance(LEASE);

        assertThat(news).isEmpty();
    }

    @Test
    public void aLinkIsNeededWhileWhoeverIsThereIsListedOrFollowed() throws InterruptedException {
        join(membership.expect(LEASE, address -> {}));
        Link link = here.links.to(there.links.self());
        assertThat(membership.needs(link)).as("nobody has asked for news").isFalse();

        Registration following = membership.follow(there.links.self(), new Follower());
        assertThat(membership.needs(link)).isTrue();
        following.close();
        assertThat(membership.needs(link)).isFalse();

        InMemoryDomain.Peer listed = newcomer("listed");
        assertThat(membership.needs(here.links.to(listed.links.self()))).isTrue();
    }

    private void join(JoinToken token) {
        there.links.join(here.links.self().endpoints().getFirst(), token, LEASE);
    }

    private final class News implements JoinedRuntimes.Listener {
        @Override
        public void arrived(RuntimeAddress runtime) {
            news.add(runtime.name() + " arrived");
        }

        @Override
        public void departed(RuntimeAddress runtime, String reason) {
            news.add(runtime.name() + " departed: " + reason);
        }
    }

    private final class Follower implements Membership.Follower {
        @Override
        public void lost(String reason) {
            news.add("lost: " + reason);
        }

        @Override
        public void back() {
            news.add("back");
        }
    }
}
