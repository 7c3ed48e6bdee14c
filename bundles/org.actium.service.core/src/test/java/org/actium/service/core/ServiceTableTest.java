package org.actium.service.core;

import static org.actium.service.core.TableBench.GROUP;
import static org.actium.service.core.TableBench.rulesAfter;
import static org.actium.service.core.TableBench.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.Combination;
import org.actium.service.api.Combination.Conflict;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.Contributions;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.core.Combiner.Candidate;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ServiceTableTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final TableBench bench = new TableBench();
    private final List<String> log = bench.log;
    private final InstalledByHand installed = bench.installed;
    private final LocalRuntime runtime = bench.runtime;
    private final ServiceTable table = bench.table;
    private final Node one = bench.one;
    private final Node two = bench.two;

    @Test
    public void findsAServiceByItsIdAndByTheNameOfItsClass() {
        installed.install("ft", "org.example.FaultTolerance", bench::recording);

        assertThat(table.offer("ft")).map(ServiceOffer::bundle).contains("bundle.ft");
        assertThat(table.offer("org.example.FaultTolerance"))
                .map(ServiceOffer::id)
                .contains("ft");
        assertThat(table.offer("balance")).isEmpty();
    }

    @Test
    public void listsWhatIsInstalledInOrderOfId() {
        installed.install("ft", "A", bench::recording);
        installed.install("balance", "B", bench::recording);

        assertThat(table.offers()).extracting(ServiceOffer::id).containsExactly("balance", "ft");
    }

    @Test
    public void nodesOfAGroupShareAnInstanceThatIsStartedOnce() {
        installed.install("ft", "A", bench::recording);

        table.apply(one, GROUP, List.of(use("ft")));
        table.apply(two, GROUP, List.of(use("ft")));

        assertThat(log).containsExactly("ft lent", "init {for=ft}", "ft applied to one", "ft applied to two");
    }

    @Test
    public void anotherGroupGetsAnInstanceOfItsOwn() {
        installed.install("ft", "A", bench::recording);

        table.apply(one, GROUP, List.of(use("ft")));
        table.apply(two, "d2/workers", List.of(use("ft")));

        assertThat(log).filteredOn("ft lent"::equals).hasSize(2);
        assertThat(table.groups(one, use("ft"))).containsExactly(GROUP);
        assertThat(table.groups(two, use("ft"))).containsExactly("d2/workers");
        table.remove(two);
        assertThat(table.groups(two, use("ft"))).isEmpty();
    }

    @Test
    public void twoUsesOfOneServiceAreTwoInstances() {
        installed.install("ft", "A", bench::recording);

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
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        log.clear();

        table.apply(one, GROUP, List.of(use("ft"), use("ft")));

        assertThat(log).isEmpty();
    }

    @Test
    public void removesLastAppliedFirstAndGivesTheInstanceBackWithItsLastNode() {
        installed.install("ft", "A", bench::recording);
        installed.install("balance", "B", bench::recording);
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
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        table.remove(one);
        log.clear();

        table.remove(one);

        assertThat(log).isEmpty();
    }

    @Test
    public void aNodeThatIsRemovedLosesItsServices() {
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        log.clear();

        runtime.removeNode("one");

        assertThat(log).containsExactly("ft removed from one", "ft returned");
    }

    @Test
    public void whatNobodyProvidesIsRefusedBeforeAnythingIsApplied() {
        installed.install("ft", "A", bench::recording);

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"), use("balance"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessage(
                        "node 'one': technical service 'balance' asks for 'balance', which no bundle on runtime here"
                                + " provides; installed: ft");
        assertThat(log).isEmpty();
    }

    @Test
    public void aServiceThatFailsTakesThoseBeforeItOffAgain() {
        installed.install("ft", "A", bench::recording);
        installed.install("balance", "org.example.Balance", () -> new RecordingService(log) {
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
    public void anErrorOfAServiceIsAFailureLikeOthersAlsoWhenItIsTakenOff() {
        installed.install("ft", "A", () -> new RecordingService(log) {
            @Override
            public void remove(Node node) {
                throw new AssertionError("not to be removed");
            }
        });
        installed.install("balance", "org.example.Balance", () -> new RecordingService(log) {
            @Override
            public void apply(Node node) {
                throw new StackOverflowError("too deep");
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"), use("balance"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageEndingWith("could not be applied: too deep")
                .hasCauseInstanceOf(StackOverflowError.class);

        assertThat(table.applied(one)).isEmpty();
        assertThat(one.property("ft")).isEmpty();
        assertThat(one.property("balance")).isEmpty();
        assertThat(log).endsWith("balance returned", "ft returned");
    }

    @Test
    public void rollingBackLeavesWhatTheNodeHadBefore() {
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"), use("balance"))))
                .isInstanceOf(TechnicalServiceException.class);

        assertThat(log).doesNotContain("ft removed from one");
    }

    @Test
    public void aServiceThatCannotBeInitialisedIsGivenBackAndTriedAfreshNextTime() {
        AtomicInteger attempts = new AtomicInteger();
        installed.install("ft", "A", () -> new RecordingService(log) {
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
        installed.install("ft", "A", () -> new RecordingService(log) {
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
        installed.install("ft", "A", bench::recording);
        installed.install("balance", "B", () -> new RecordingService(log) {
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
    public void callsToOneInstanceDoNotOverlap() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        installed.install("ft", "A", () -> new RecordingService(log) {
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
        installed.install("ft", "A", bench::recording);
        runtime.removeNode("one");

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("runtime here has no such node");
        assertThat(log).isEmpty();
    }

    @Test
    public void aNodeThatIsRemovedWhileServicesAreAppliedKeepsNone() {
        installed.install("ft", "A", () -> new RecordingService(log) {
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
    public void aNodeThatIsMadeAgainUnderItsNameWhileServicesAreAppliedIsANewOne() {
        AtomicInteger attempts = new AtomicInteger();
        installed.install("ft", "A", () -> new RecordingService(log) {
            @Override
            public void apply(Node node, Contributions contributions) {
                if (attempts.incrementAndGet() == 1) {
                    runtime.removeNode(node.name());
                    runtime.createNode(node.name(), Optional.of("workers"));
                }
                contributions.property("ft", "on");
                super.apply(node, contributions);
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("has no such node (any more)");
        Node again = runtime.node("one").orElseThrow();
        assertThat(table.applied(again)).isEmpty();

        table.apply(again, GROUP, List.of(use("ft")));
        table.apply(again, GROUP, List.of(use("ft")));

        assertThat(attempts).as("to that of before, and once to the new one").hasValue(2);
        assertThat(again.property("ft")).contains("on");
        assertThat(table.applied(again)).hasSize(1);
        table.remove(again);
        assertThat(again.property("ft")).isEmpty();
    }

    @Test
    public void closingTheTableTakesEverythingOffEveryNode() {
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        table.apply(two, GROUP, List.of(use("ft")));
        log.clear();

        table.close();

        assertThat(log).containsExactly("ft removed from two", "ft removed from one", "ft returned");
    }

    @Test
    public void aFixedCatalogOffersWhatItWasGiven() {
        ServiceTable fixed = new ServiceTable(new FixedCatalog(Map.of("ft", bench::recording)), runtime);

        fixed.apply(one, GROUP, List.of(use("ft")));

        assertThat(fixed.offer(RecordingService.class.getName()))
                .map(ServiceOffer::id)
                .contains("ft");
        assertThat(log).contains("ft applied to one");
    }

    @Test
    public void anySetIsAppliedAsAllRulesSayOrRefusedWithAMinimalConflictAndNeverInPart() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < 1_000; seed++) {
            seen.merge(applied(seed), 1, Integer::sum);
        }
        assertThat(seen)
                .containsOnlyKeys("applied", "failed", "refused")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(100));
    }

    /** @return what came of a random set, one of which may fail */
    private String applied(int seed) {
        Random random = new Random(seed);
        log.clear();
        InstalledByHand those = new InstalledByHand(log);
        List<Candidate> services = RandomRules.randomServices(random);
        String failing = "u" + random.nextInt(2 * services.size()); // maybe none of them
        services.stream()
                .map(Candidate::offer)
                .distinct()
                .forEach(offer ->
                        those.install(offer.id(), offer.implementation(), offer.rules(), () -> new FailingAs(failing)));
        List<ServiceUse> uses = services.stream()
                .map(one -> new ServiceUse(
                        one.use().id(),
                        one.use().service(),
                        Map.of("for", one.use().id())))
                .toList();
        LocalRuntime place = new LocalRuntime("there", random);
        Node node = place.createNode("one", Optional.of("workers"));
        try (ServiceTable fresh = new ServiceTable(those, place)) {
            return switch (fresh.combine(uses)) {
                case Combination.Refused(List<Conflict> conflicts) -> {
                    assertThat(RandomRules.possibleOrder(services, true))
                            .as("seed %d", seed)
                            .isEmpty();
                    assertThatThrownBy(() -> fresh.apply(node, GROUP, uses))
                            .as("seed %d", seed)
                            .isInstanceOf(TechnicalServiceException.class)
                            .hasMessageContainingAll(
                                    conflicts.stream().map(Conflict::rule).toArray(String[]::new));
                    conflicts.forEach(conflict -> RandomRules.requireMinimal(seed, services, named(conflict)));
                    assertThat(log).as("seed %d", seed).isEmpty();
                    requireNothing(fresh, node, seed);
                    yield "refused";
                }
                case Combination.Ordered(List<ServiceUse> order)
                when order.stream().anyMatch(use -> use.id().equals(failing)) -> {
                    assertThatThrownBy(() -> fresh.apply(node, GROUP, uses))
                            .as("seed %d", seed)
                            .isInstanceOf(TechnicalServiceException.class)
                            .hasMessageContaining("'" + failing + "'");
                    List<String> before = ids(order).stream()
                            .takeWhile(id -> !id.equals(failing))
                            .toList();
                    assertThat(bench.names(" applied to one"))
                            .as("seed %d", seed)
                            .isEqualTo(before);
                    assertThat(bench.names(" removed from one"))
                            .as("seed %d", seed)
                            .isEqualTo(before.reversed());
                    assertThat(bench.names(" returned"))
                            .as("seed %d, the one that failed too", seed)
                            .hasSize(before.size() + 1);
                    requireNothing(fresh, node, seed);
                    yield "failed";
                }
                case Combination.Ordered(List<ServiceUse> order) -> {
                    fresh.apply(node, GROUP, uses);
                    List<String> done = bench.names(" applied to one");
                    assertThat(done).as("seed %d", seed).isEqualTo(ids(order)).isEqualTo(ids(fresh.applied(node)));
                    assertThat(RandomRules.obstacle(done.stream()
                                    .map(id -> services.get(Integer.parseInt(id.substring(1))))
                                    .toList()))
                            .as("seed %d", seed)
                            .isEmpty();
                    assertThat(node.properties()).as("seed %d", seed).hasSize(services.size());
                    yield "applied";
                }
            };
        } finally {
            assertThat(node.properties()).as("seed %d", seed).isEmpty();
        }
    }

    private static void requireNothing(ServiceTable table, Node node, int seed) {
        assertThat(node.properties()).as("seed %d", seed).isEmpty();
        assertThat(table.applied(node)).as("seed %d", seed).isEmpty();
    }

    private static List<String> ids(List<ServiceUse> uses) {
        return uses.stream().map(ServiceUse::id).toList();
    }

    /** With the services as they are known without their arguments. */
    private static Conflict named(Conflict conflict) {
        return new Conflict(
                conflict.services().stream()
                        .map(use -> new ServiceUse(use.id(), use.service(), Map.of()))
                        .toList(),
                conflict.rule());
    }

    @Test
    public void appliesInTheOrderThatTheRulesSay() {
        installed.install("metrics", "M", rulesAfter("ordering"), bench::recording);
        installed.install(
                "fifo",
                "F",
                new CombinationRules(List.of("ordering"), List.of(), List.of(), List.of(), List.of()),
                bench::recording);

        table.apply(one, GROUP, List.of(use("metrics"), use("fifo")));

        assertThat(bench.names(" applied to one")).containsExactly("fifo", "metrics");
        assertThat(table.applied(one)).containsExactly(use("fifo"), use("metrics"));
    }

    @Test
    public void whatDoesNotGoWithWhatTheNodeHasIsRefusedAndTheNodeStaysAsItIs() {
        installed.install("fifo", "F", bench::recording);
        installed.install(
                "causal",
                "C",
                new CombinationRules(List.of(), List.of(), List.of("fifo"), List.of(), List.of()),
                bench::recording);
        table.apply(one, GROUP, List.of(use("fifo")));
        log.clear();

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("causal"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessage("node 'one': technical services 'causal' and 'fifo' do not go together: 'causal' excludes"
                        + " 'fifo'");
        assertThat(log).isEmpty();
        assertThat(table.applied(one)).containsExactly(use("fifo"));
    }

    @Test
    public void oneServiceIsRemovedAndTheOthersStay() {
        installed.install("ft", "A", bench::recording);
        installed.install("balance", "B", bench::recording);
        table.apply(one, GROUP, List.of(use("ft"), use("balance")));
        log.clear();

        table.remove(one, "ft");

        assertThat(log).containsExactly("ft removed from one", "ft returned");
        assertThat(table.applied(one)).containsExactly(use("balance"));
        assertThat(one.property("ft")).isEmpty();
        assertThat(one.property("balance")).contains("on");
    }

    @Test
    public void aServiceThatAnotherRequiresStays() {
        installed.install("store", "S", bench::recording);
        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                bench::recording);
        table.apply(one, GROUP, List.of(use("ft"), use("store")));

        assertThatThrownBy(() -> table.remove(one, "store"))
                .hasMessage("node 'one': technical service 'store' cannot be removed: technical service 'ft' requires"
                        + " 'store', which no other technical service there provides");
        assertThatThrownBy(() -> table.remove(one, "log"))
                .hasMessage("node 'one' has no technical service 'log'; it has store, ft");
    }

    @Test
    public void whatIsRemovedIsNotRequiredMeanwhile() throws InterruptedException {
        installed.install("store", "S", bench::recording);
        installed.install("limit", "L", bench::recording);
        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                bench::recording);
        table.apply(one, GROUP, List.of(use("store"), use("limit")));
        List<Exception> refusals = new CopyOnWriteArrayList<>();
        Thread applying = new Thread(() -> {
            try {
                table.apply(one, GROUP, List.of(use("ft")));
            } catch (TechnicalServiceException refused) {
                refusals.add(refused);
            }
        });
        installed.beforeNextOffer(
                () -> { // whether anything that stays requires it is being looked at
                    applying.start();
                    while (applying.getState() != Thread.State.WAITING && applying.isAlive()) {
                        Thread.onSpinWait();
                    }
                });

        table.remove(one, "store");
        applying.join();

        assertThat(table.applied(one)).containsExactly(use("limit"));
        assertThat(refusals)
                .singleElement()
                .satisfies(refused -> assertThat(refused).hasMessageContaining("'ft' requires 'store'"));
    }

    @Test
    public void anIdStandsForOneUseOfANode() {
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(new ServiceUse("ft", "ft", Map.of("for", "other")))))
                .hasMessageContaining("has a technical service 'ft' already");
    }

    @Test
    public void aServiceThatWasRemovedHasNoPlaceAnyMore() {
        installed.install("metrics", "M", bench::recording);
        installed.install("limit", "L", bench::recording);
        table.apply(one, GROUP, List.of(use("metrics"), use("limit")));

        table.remove(one, "metrics");
        table.apply(one, GROUP, List.of(use("metrics")));

        assertThat(table.applied(one)).containsExactly(use("limit"), use("metrics"));
    }

    @Test
    public void whoseANodeIsIsKnownWithoutAService() {
        assertThat(table.groups(one)).isEmpty();
        table.apply(one, GROUP, List.of());
        assertThat(table.groups(one)).containsExactly(GROUP);

        runtime.removeNode("one");
        assertThat(table.groups(one)).isEmpty();
    }

    @Test
    public void aComponentOfItsOwnRunsForEachNodeUntilTheServiceLeavesIt() {
        List<AutoCloseable> components = new ArrayList<>();
        installed.install("agent", "A", () -> new TechnicalService() {
            @Override
            public void apply(Node node, Contributions contributions) {
                components.add(contributions.run(() -> log.add("component of " + node.name() + " closed")));
            }
        });
        table.apply(one, GROUP, List.of(use("agent")));
        table.apply(two, GROUP, List.of(use("agent")));
        assertThat(components).hasSize(2);
        log.clear();

        table.remove(one, "agent");
        assertThat(log).containsExactly("component of one closed");
        runtime.removeNode("two");
        assertThat(log).containsExactly("component of one closed", "component of two closed", "agent returned");
    }

    @Test
    public void nothingIsContributedAfterwards() {
        List<Contributions> kept = new ArrayList<>();
        installed.install("late", "L", () -> new TechnicalService() {
            @Override
            public void apply(Node node, Contributions contributions) {
                kept.add(contributions);
            }
        });
        table.apply(one, GROUP, List.of(use("late")));

        assertThatThrownBy(() -> kept.getFirst().property("x", "y"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contributes only while it is being applied");
    }

    /** Fails if it is that use, having contributed. */
    private final class FailingAs extends RecordingService {

        private final String use;

        FailingAs(String use) {
            super(log);
            this.use = use;
        }

        @Override
        public void apply(Node node) {
            if (use.equals(name())) {
                throw new IllegalStateException("cannot");
            }
            super.apply(node);
        }
    }
}
