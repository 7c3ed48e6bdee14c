package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.api.TechnicalServiceException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ServiceTableTest {

    private static final String GROUP = "d1/workers";

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final InstalledByHand installed = new InstalledByHand(log);
    private final LocalRuntime runtime = new LocalRuntime("here", new Random(1));
    private final ServiceTable table = new ServiceTable(installed, runtime);
    private final Node one = runtime.createNode("one", Optional.of("workers"));
    private final Node two = runtime.createNode("two", Optional.of("workers"));

    @Test
    public void findsAServiceByItsIdAndByTheNameOfItsClass() {
        installed.install("ft", "org.example.FaultTolerance", Recording::new);

        assertThat(table.offer("ft")).map(ServiceOffer::bundle).contains("bundle.ft");
        assertThat(table.offer("org.example.FaultTolerance"))
                .map(ServiceOffer::id)
                .contains("ft");
        assertThat(table.offer("balance")).isEmpty();
    }

    @Test
    public void listsWhatIsInstalledInOrderOfId() {
        installed.install("ft", "A", Recording::new);
        installed.install("balance", "B", Recording::new);

        assertThat(table.offers()).extracting(ServiceOffer::id).containsExactly("balance", "ft");
    }

    @Test
    public void nodesOfAGroupShareAnInstanceThatIsStartedOnce() {
        installed.install("ft", "A", Recording::new);

        table.apply(one, GROUP, List.of(use("ft")));
        table.apply(two, GROUP, List.of(use("ft")));

        assertThat(log).containsExactly("ft lent", "init {for=ft}", "ft applied to one", "ft applied to two");
    }

    @Test
    public void anotherGroupGetsAnInstanceOfItsOwn() {
        installed.install("ft", "A", Recording::new);

        table.apply(one, GROUP, List.of(use("ft")));
        table.apply(two, "d2/workers", List.of(use("ft")));

        assertThat(log).filteredOn("ft lent"::equals).hasSize(2);
    }

    @Test
    public void twoUsesOfOneServiceAreTwoInstances() {
        installed.install("ft", "A", Recording::new);

        table.apply(
                one,
                GROUP,
                List.of(new ServiceUse("a", "ft", Map.of("for", "a")), new ServiceUse("b", "ft", Map.of("for", "b"))));

        assertThat(log)
                .containsExactly(
                        "ft lent", "init {for=a}", "a applied to one", "ft lent", "init {for=b}", "b applied to one");
    }

    @Test
    public void applyingWhatTheNodeHasDoesNothing() {
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        log.clear();

        table.apply(one, GROUP, List.of(use("ft"), use("ft")));

        assertThat(log).isEmpty();
    }

    @Test
    public void removesLastAppliedFirstAndGivesTheInstanceBackWithItsLastNode() {
        installed.install("ft", "A", Recording::new);
        installed.install("balance", "B", Recording::new);
        table.apply(one, GROUP, List.of(use("ft"), use("balance")));
        table.apply(two, GROUP, List.of(use("ft")));
        log.clear();

        table.remove(one);
        assertThat(log).containsExactly("balance removed from one", "balance returned", "ft removed from one");
        log.clear();

        table.remove(two);
        assertThat(log).containsExactly("ft removed from two", "ft returned");
    }

    @Test
    public void removingTwiceRemovesOnce() {
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        table.remove(one);
        log.clear();

        table.remove(one);

        assertThat(log).isEmpty();
    }

    @Test
    public void aNodeThatIsRemovedLosesItsServices() {
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        log.clear();

        runtime.removeNode("one");

        assertThat(log).containsExactly("ft removed from one", "ft returned");
    }

    @Test
    public void whatNobodyProvidesIsRefusedBeforeAnythingIsApplied() {
        installed.install("ft", "A", Recording::new);

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"), use("balance"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessage(
                        "node 'one': technical service 'balance' asks for 'balance', which no bundle on runtime here"
                                + " provides; installed: ft");
        assertThat(log).isEmpty();
    }

    @Test
    public void aServiceThatFailsTakesThoseBeforeItOffAgain() {
        installed.install("ft", "A", Recording::new);
        installed.install("balance", "org.example.Balance", () -> new Recording() {
            @Override
            public void apply(Node node) {
                throw new IllegalStateException("no metric 'load'");
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"), use("balance"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessage("node 'one': technical service 'balance' (org.example.Balance) could not be applied:"
                        + " no metric 'load'")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(log)
                .containsExactly(
                        "ft lent",
                        "init {for=ft}",
                        "ft applied to one",
                        "balance lent",
                        "init {for=balance}",
                        "balance returned",
                        "ft removed from one",
                        "ft returned");
    }

    @Test
    public void rollingBackLeavesWhatTheNodeHadBefore() {
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"), use("balance"))))
                .isInstanceOf(TechnicalServiceException.class);

        assertThat(log).doesNotContain("ft removed from one");
    }

    @Test
    public void aServiceThatCannotBeInitialisedIsGivenBackAndTriedAfreshNextTime() {
        AtomicInteger attempts = new AtomicInteger();
        installed.install("ft", "A", () -> new Recording() {
            @Override
            public void init(Map<String, String> arguments) {
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalArgumentException("argument 'ttc' is missing");
                }
                super.init(arguments);
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .hasMessageContaining("argument 'ttc' is missing");
        table.apply(one, GROUP, List.of(use("ft")));

        assertThat(log).containsExactly("ft lent", "ft returned", "ft lent", "init {for=ft}", "ft applied to one");
    }

    @Test
    public void aClassThatIsMissingIsReportedAsAFailureOfTheService() {
        installed.install("ft", "A", () -> new Recording() {
            @Override
            public void apply(Node node) {
                throw new NoClassDefFoundError("org/example/Store");
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("org/example/Store");
    }

    @Test
    public void aFailureToRemoveDoesNotStopTheOthers() {
        installed.install("ft", "A", Recording::new);
        installed.install("balance", "B", () -> new Recording() {
            @Override
            public void remove(Node node) {
                throw new IllegalStateException("cannot");
            }
        });
        table.apply(one, GROUP, List.of(use("ft"), use("balance")));
        log.clear();

        table.remove(one);

        assertThat(log).containsExactly("balance returned", "ft removed from one", "ft returned");
    }

    @Test
    public void aServiceThatIsUninstalledIsRemovedWhileItStillWorksAndTheNodeLivesOn() {
        InstalledService ft = installed.install("ft", "A", Recording::new);
        installed.install("balance", "B", Recording::new);
        table.apply(one, GROUP, List.of(use("ft"), use("balance")));
        table.apply(two, GROUP, List.of(use("ft")));
        log.clear();

        installed.uninstall(ft);
        assertThat(log).containsExactly("ft removed from one", "ft removed from two", "ft returned");
        assertThat(runtime.node("one")).contains(one);
        log.clear();

        table.remove(one);
        assertThat(log).containsExactly("balance removed from one", "balance returned");
    }

    @Test
    public void aServiceThatIsUninstalledWhileItIsBeingAppliedIsNotLeftOnTheNode() throws InterruptedException {
        CountDownLatch applying = new CountDownLatch(1);
        Semaphore mayGoOn = new Semaphore(0);
        InstalledService ft = installed.install("ft", "A", () -> new Recording() {
            @Override
            public void apply(Node node) {
                applying.countDown();
                mayGoOn.acquireUninterruptibly();
                super.apply(node);
            }
        });
        var failure = new CopyOnWriteArrayList<Exception>();
        Thread applier = Thread.ofVirtual().start(() -> {
            try {
                table.apply(one, GROUP, List.of(use("ft")));
            } catch (TechnicalServiceException withdrawn) {
                failure.add(withdrawn);
            }
        });
        applying.await();
        Thread uninstaller = Thread.ofVirtual().start(() -> installed.uninstall(ft));
        mayGoOn.release();
        applier.join();
        uninstaller.join();

        assertThat(log.getLast()).isEqualTo("ft returned");
        assertThat(!failure.isEmpty() || log.contains("ft removed from one"))
                .as("either the apply failed, or it came first and was undone: %s, %s", failure, log)
                .isTrue();
        log.clear();
        table.remove(one);
        assertThat(log).isEmpty();
    }

    @Test
    public void callsToOneInstanceDoNotOverlap() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        installed.install("ft", "A", () -> new Recording() {
            @Override
            public void apply(Node node) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
            }
        });
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            Node node = runtime.createNode("n" + i, Optional.of("workers"));
            threads.add(Thread.ofVirtual().start(() -> table.apply(node, GROUP, List.of(use("ft")))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(1);
        assertThat(log).filteredOn("ft lent"::equals).hasSize(1);
    }

    @Test
    public void aNodeThatIsNotThereIsRefused() {
        installed.install("ft", "A", Recording::new);
        runtime.removeNode("one");

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("runtime here has no such node");
        assertThat(log).isEmpty();
    }

    @Test
    public void aNodeThatIsRemovedWhileServicesAreAppliedKeepsNone() {
        installed.install("ft", "A", () -> new Recording() {
            @Override
            public void apply(Node node) {
                runtime.removeNode(node.name());
                super.apply(node);
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class);

        assertThat(log).endsWith("ft applied to one", "ft removed from one", "ft returned");
    }

    @Test
    public void closingTheTableTakesEverythingOffEveryNode() {
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        table.apply(two, GROUP, List.of(use("ft")));
        log.clear();

        table.close();

        assertThat(log).containsExactly("ft removed from two", "ft removed from one", "ft returned");
    }

    @Test
    public void aFixedCatalogOffersWhatItWasGiven() {
        ServiceTable fixed = new ServiceTable(new FixedCatalog(Map.of("ft", Recording::new)), runtime);

        fixed.apply(one, GROUP, List.of(use("ft")));

        assertThat(fixed.offer(Recording.class.getName())).map(ServiceOffer::id).contains("ft");
        assertThat(log).contains("ft applied to one");
    }

    private static ServiceUse use(String id) {
        return new ServiceUse(id, id, Map.of("for", id));
    }

    /** Writes down what is done with it; argument {@code for} is its name in the log. */
    private class Recording implements TechnicalService {

        private String name;

        @Override
        public void init(Map<String, String> arguments) {
            name = arguments.get("for");
            log.add("init " + arguments);
        }

        @Override
        public void apply(Node node) {
            log.add(name + " applied to " + node.name());
        }

        @Override
        public void remove(Node node) {
            log.add(name + " removed from " + node.name());
        }
    }
}
