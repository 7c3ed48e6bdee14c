package org.actium.remote.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.actium.remote.api.Channel;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.RemotingException;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LocalRuntime;
import org.actium.security.api.Enrolment;
import org.actium.security.api.LinkSecurity;
import org.actium.simulation.Machine;
import org.actium.simulation.Outcome;
import org.actium.simulation.Simulation;
import org.actium.simulation.Verdict;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The same three runtimes, on simulated hosts, with all orders of events that seeds bring, and with a network that fails. */
public class SimulatedRelayTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Endpoint MIDDLE = new Endpoint("h1", 4000);
    private static final int FRAMES = 30;
    private static final int SEEDS = 40;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    /** What the hosts of one run tell each other outside of the network. */
    private static final class Rendezvous {
        private final CompletableFuture<JoinToken> tokenOfHidden = new CompletableFuture<>();
        private final CompletableFuture<JoinToken> tokenOfOther = new CompletableFuture<>();
        private final CompletableFuture<RuntimeAddress> hidden = new CompletableFuture<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
    }

    private static RuntimeLinks links(Machine machine) {
        LocalRuntime runtime = new LocalRuntime(machine.host(), machine.ports().random());
        RuntimeLinks links = new RuntimeLinks(
                runtime,
                machine.transport(),
                machine.ports(),
                LinkSettings.DEFAULT,
                new Endpoint(machine.host(), MIDDLE.port()));
        return relaying(links, machine);
    }

    private static RuntimeLinks hiddenLinks(Machine machine) {
        LocalRuntime runtime = new LocalRuntime(machine.host(), machine.ports().random());
        RuntimeLinks links = RuntimeLinks.outgoingOnly(runtime, machine.ports(), LinkSettings.DEFAULT, Enrolment.NONE);
        links.addTransport(machine.transport());
        return relaying(links, machine);
    }

    private static RuntimeLinks relaying(RuntimeLinks links, Machine machine) {
        links.addTransport(new RelayTransport(
                links, machine.ports().time(), machine.ports().threads(), LinkSecurity.BARE, 8));
        return links;
    }

    private static void middle(Machine machine, Rendezvous rendezvous) {
        RuntimeLinks links = links(machine);
        rendezvous.tokenOfHidden.complete(links.issue(MINUTE));
        rendezvous.tokenOfOther.complete(links.issue(MINUTE));
        rendezvous.done.join();
        links.close();
    }

    private static void hidden(Machine machine, Rendezvous rendezvous) {
        RuntimeLinks links = hiddenLinks(machine);
        int[] next = new int[1];
        links.handle(Channel.OBJECTS, (from, frame) -> {
            int number = frame.getInt();
            if (number < next[0]) {
                machine.fail("frame " + number + " after " + next[0]);
            }
            next[0] = number + 1;
            machine.sometimes("frame crossed");
            machine.ports().threads().run(() -> acknowledge(from, number));
        });
        links.join(MIDDLE, rendezvous.tokenOfHidden.join(), MINUTE);
        rendezvous.hidden.complete(links.self());
        rendezvous.done.join();
        links.close();
    }

    private static void acknowledge(Link from, int number) {
        try {
            from.send(Channel.OBJECTS, ByteBuffer.allocate(4).putInt(0, number));
        } catch (RemotingException broken) {
            // the other side sends it again
        }
    }

    /** Sends each frame until it is acknowledged, over whichever link there is. */
    private static void other(Machine machine, Rendezvous rendezvous) {
        RuntimeLinks links = hiddenLinks(machine); // or the hidden one would reach it directly
        links.join(MIDDLE, rendezvous.tokenOfOther.join(), MINUTE);
        RuntimeAddress hidden = rendezvous.hidden.join();
        CompletableFuture<?>[] acknowledged = new CompletableFuture<?>[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            acknowledged[i] = new CompletableFuture<Void>();
        }
        links.handle(Channel.OBJECTS, (from, frame) -> acknowledged[frame.getInt()].complete(null));
        for (int i = 0; i < FRAMES; i++) {
            while (!acknowledged[i].isDone()) {
                try {
                    Link link = links.to(hidden);
                    if (!link.route().startsWith("relay ")) {
                        machine.fail("reached by " + link.route());
                    }
                    link.send(Channel.OBJECTS, ByteBuffer.allocate(40_000).putInt(0, i));
                } catch (RemotingException broken) {
                    machine.sometimes("link lost");
                }
                machine.sleep(Duration.ofMillis(100));
                if (!acknowledged[i].isDone()) {
                    machine.sleep(Duration.ofSeconds(3));
                    break; // lost with a link: the next one shows whether there is a way again
                }
            }
        }
        links.close();
        rendezvous.done.complete(null);
    }

    private static Simulation simulation(long seed) {
        Rendezvous rendezvous = new Rendezvous();
        return Simulation.withSeed(seed)
                .host("h1", machine -> middle(machine, rendezvous))
                .host("h2", machine -> hidden(machine, rendezvous))
                .host("h3", machine -> other(machine, rendezvous));
    }

    @Test
    public void allFramesCrossWhenNothingFails() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = simulation(seed).expect("frame crossed", FRAMES).run();
            assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    public void framesCrossAgainAfterThePartsOfTheWayWereCut() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = simulation(seed)
                    .partition("h1", "h3")
                    .lasting(Duration.ofSeconds(8))
                    .after(Duration.ofSeconds(1))
                    .expect("frame crossed", FRAMES / 2)
                    .run();
            assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        }
    }
}
