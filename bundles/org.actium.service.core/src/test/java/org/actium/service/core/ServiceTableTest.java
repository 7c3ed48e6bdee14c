package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.BodyId;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
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
        assertThat(table.groups(one, use("ft"))).containsExactly(GROUP);
        assertThat(table.groups(two, use("ft"))).containsExactly("d2/workers");
        table.remove(two);
        assertThat(table.groups(two, use("ft"))).isEmpty();
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
    public void whoAppliesAServiceWhoseBundleIsBeingReplacedWaitsForIt() throws Exception {
        InstalledService old = installed.install("ft", "A", Recording::new);
        Registration changing = table.changing();
        installed.uninstall(old);
        CountDownLatch missing = new CountDownLatch(1);
        installed.afterListing(missing::countDown);
        CompletableFuture<Void> applied = CompletableFuture.runAsync(
                () -> table.apply(one, GROUP, List.of(use("ft"))), Thread::startVirtualThread);
        missing.await();

        installed.install("ft", "A", Recording::new);
        changing.close();

        applied.get();
        assertThat(table.applied(one)).containsExactly(use("ft"));
    }

    @Test
    public void whatIsStillMissingAfterAChangeIsRefused() {
        table.changing().close();
        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("'ft'");
        assertThat(table.offer("ft")).isEmpty();
    }

    @Test
    public void aServiceThatIsReplacedBetweenItsChoiceAndItsUseIsApplied() {
        InstalledService old = installed.install("ft", "A", Recording::new);
        installed.afterListing(() -> {
            try (Registration _ = table.changing()) {
                installed.uninstall(old);
                installed.install("ft", "A", Recording::new);
            }
        });

        table.apply(one, GROUP, List.of(use("ft")));

        assertThat(table.applied(one)).containsExactly(use("ft"));
    }

    @Test
    public void askingForAServiceWhoseBundleIsBeingReplacedWaitsForIt() throws Exception {
        Registration changing = table.changing();
        CountDownLatch missing = new CountDownLatch(1);
        installed.afterListing(missing::countDown);
        CompletableFuture<Optional<ServiceOffer>> offer =
                CompletableFuture.supplyAsync(() -> table.offer("ft"), Thread::startVirtualThread);
        missing.await();

        installed.install("ft", "A", Recording::new);
        changing.close();

        assertThat(offer.get()).map(ServiceOffer::id).contains("ft");
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
    public void aServiceThatGoesBetweenBeingFoundAndAppliedIsNotLeftOnTheNode() {
        InstalledService ft = installed.install("ft", "A", Recording::new);
        installed.afterListing(() -> installed.uninstall(ft));

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessage(
                        "node 'one': technical service 'ft' was withdrawn by its bundle while it was being applied");

        assertThat(table.applied(one)).isEmpty();
        assertThat(log).endsWith("ft removed from one", "ft returned");
        assertThat(one.properties()).isEmpty();
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
    public void aNodeHasTheInterceptorsOfItsServicesTheFirstOutermost() {
        MessageInterceptor outer = new MessageInterceptor() {};
        MessageInterceptor inner = new MessageInterceptor() {};
        installed.install("outer", "O", () -> intercepting(outer));
        installed.install("inner", "I", () -> intercepting(inner));
        assertThat(table.interceptorsOn(one)).isEmpty();

        table.apply(one, GROUP, List.of(use("outer"), use("inner")));

        assertThat(table.interceptorsOn(one)).containsExactly(outer, inner);
        assertThat(table.interceptorsOn(two)).isEmpty();
        assertThat(table.interceptorFor(new BodyId(runtime.id(), 1), Object.class, one))
                .as("to be kept by an object")
                .isEmpty();
        table.remove(one, "outer");
        assertThat(table.interceptorsOn(one)).containsExactly(inner);
        runtime.removeNode("one");
        assertThat(table.interceptorsOn(one)).isEmpty();
    }

    /** Whoever is told is an object space: it has replaced the interceptors of objects before a service is told of its end. */
    @Test
    public void whoeverWantsToKnowIsToldWhenTheInterceptorsOfANodeAreOthers() {
        MessageInterceptor interceptor = new MessageInterceptor() {};
        installed.install("ft", "A", () -> intercepting(interceptor));
        Registration listening =
                table.whenChanged(node -> log.add("told of " + node.name() + " " + table.interceptorsOn(node)));

        table.apply(one, GROUP, List.of(use("ft")));
        assertThat(log).endsWith("ft applied to one", "told of one " + List.of(interceptor));
        table.remove(one);
        assertThat(log).endsWith("told of one []", "ft removed from one", "ft returned");

        listening.close();
        table.apply(one, GROUP, List.of(use("ft")));
        assertThat(log).endsWith("ft applied to one");
    }

    private Recording intercepting(MessageInterceptor interceptor) {
        return new Recording() {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.intercept(interceptor);
                super.apply(node, contributions);
            }
        };
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
                    assertThat(names(" applied to one")).as("seed %d", seed).isEqualTo(before);
                    assertThat(names(" removed from one")).as("seed %d", seed).isEqualTo(before.reversed());
                    assertThat(names(" returned"))
                            .as("seed %d, the one that failed too", seed)
                            .hasSize(before.size() + 1);
                    requireNothing(fresh, node, seed);
                    yield "failed";
                }
                case Combination.Ordered(List<ServiceUse> order) -> {
                    fresh.apply(node, GROUP, uses);
                    List<String> done = names(" applied to one");
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

    private List<String> names(String ending) {
        return log.stream()
                .filter(line -> line.endsWith(ending))
                .map(line -> line.substring(0, line.length() - ending.length()))
                .toList();
    }

    @Test
    public void appliesInTheOrderThatTheRulesSay() {
        installed.install("metrics", "M", rulesAfter("ordering"), Recording::new);
        installed.install(
                "fifo",
                "F",
                new CombinationRules(List.of("ordering"), List.of(), List.of(), List.of(), List.of()),
                Recording::new);

        table.apply(one, GROUP, List.of(use("metrics"), use("fifo")));

        assertThat(names(" applied to one")).containsExactly("fifo", "metrics");
        assertThat(table.applied(one)).containsExactly(use("fifo"), use("metrics"));
    }

    @Test
    public void whatDoesNotGoWithWhatTheNodeHasIsRefusedAndTheNodeStaysAsItIs() {
        installed.install("fifo", "F", Recording::new);
        installed.install(
                "causal",
                "C",
                new CombinationRules(List.of(), List.of(), List.of("fifo"), List.of(), List.of()),
                Recording::new);
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
        installed.install("ft", "A", Recording::new);
        installed.install("balance", "B", Recording::new);
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
        installed.install("store", "S", Recording::new);
        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                Recording::new);
        table.apply(one, GROUP, List.of(use("ft"), use("store")));

        assertThatThrownBy(() -> table.remove(one, "store"))
                .hasMessage("node 'one': technical service 'store' cannot be removed: technical service 'ft' requires"
                        + " 'store', which no other technical service there provides");
        assertThatThrownBy(() -> table.remove(one, "log"))
                .hasMessage("node 'one' has no technical service 'log'; it has store, ft");
    }

    @Test
    public void whatIsRemovedIsNotRequiredMeanwhile() throws InterruptedException {
        installed.install("store", "S", Recording::new);
        installed.install("limit", "L", Recording::new);
        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                Recording::new);
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
    public void aNodeThatGotItsServicesOneByOneIsAsOneThatGotThemAtOnce() {
        installed.install("x", "X", () -> new Marking("x"));
        installed.install("z", "Z", () -> new Marking("z"));
        installed.install("y", "Y", rulesBefore("x"), () -> new Marking("y"));
        table.apply(one, GROUP, List.of(use("x"), use("z")));

        table.apply(one, GROUP, List.of(use("y")));
        table.apply(two, GROUP, List.of(use("x"), use("z"), use("y")));

        for (Node node : List.of(one, two)) {
            assertThat(table.applied(node)).as(node.name()).containsExactly(use("z"), use("y"), use("x"));
            assertThat(node.property("mark")).as("%s: of the last", node.name()).contains("x");
            table.remove(node, "y");
            assertThat(table.applied(node)).as(node.name()).containsExactly(use("x"), use("z"));
            assertThat(node.property("mark")).as("%s: of the last", node.name()).contains("z");
        }
    }

    @Test
    public void propertiesKeepTheirPlacesAroundOneThatSomebodyElseHasSet() {
        installed.install("x", "X", () -> new Marking("x"));
        installed.install("z", "Z", () -> new Marking("z"));
        installed.install("y", "Y", rulesBefore("x"), () -> new Marking("y"));
        table.apply(one, GROUP, List.of(use("x")));
        one.setProperty("mark", "own");
        table.apply(one, GROUP, List.of(use("z"), use("y")));

        assertThat(one.property("mark")).contains("y");
        table.remove(one, "y");
        table.remove(one, "z");
        assertThat(one.property("mark")).as("above that of x").contains("own");
    }

    @Test
    public void howANodeCameToItsServicesMakesNoDifference() {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            log.clear();
            int count = 2 + random.nextInt(4);
            InstalledByHand those = new InstalledByHand(log);
            List<ServiceUse> uses = new ArrayList<>();
            for (int at = 0; at < count; at++) {
                String id = "s" + at;
                CombinationRules rules =
                        random.nextInt(3) == 0 ? rulesBefore("s" + random.nextInt(count)) : CombinationRules.NONE;
                those.install(id, "S" + at, rules, () -> new Marking(id));
                uses.add(random.nextInt(uses.size() + 1), use(id));
            }
            LocalRuntime place = new LocalRuntime("there", random);
            ServiceTable fresh = new ServiceTable(those, place);
            if (fresh.combine(uses) instanceof Combination.Refused) {
                continue;
            }
            compared++;
            Node gradual = place.createNode("gradual", Optional.of("workers"));
            uses.forEach(use -> fresh.apply(gradual, GROUP, List.of(use)));
            requireLike(gradual, fresh, place, uses, "seed " + seed);
            ServiceUse leaving = uses.remove(random.nextInt(count));
            fresh.remove(gradual, leaving.id());
            requireLike(gradual, fresh, place, uses, "seed " + seed + ", without " + leaving.id());
            uses.add(leaving);
            fresh.apply(gradual, GROUP, List.of(leaving));
            requireLike(gradual, fresh, place, uses, "seed " + seed + ", with " + leaving.id() + " again");
            fresh.close();
        }
        assertThat(compared).isGreaterThan(80);
    }

    /** As one that is given these now, and as is shown. */
    private static void requireLike(
            Node node, ServiceTable table, LocalRuntime place, List<ServiceUse> uses, String what) {
        Node given = place.createNode("given", Optional.of("workers"));
        table.apply(given, GROUP, uses);
        assertThat(table.applied(node)).as(what).isEqualTo(table.applied(given));
        assertThat(new Combination.Ordered(table.applied(node))).as(what).isEqualTo(table.combine(uses));
        assertThat(node.properties()).as(what).isEqualTo(given.properties());
        place.removeNode("given");
    }

    @Test
    public void anIdStandsForOneUseOfANode() {
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(new ServiceUse("ft", "ft", Map.of("for", "other")))))
                .hasMessageContaining("has a technical service 'ft' already");
    }

    @Test
    public void aServiceThatComesBackWhileLookingForAnotherFailsIsAppliedAgain() {
        InstalledService ft = installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        installed.uninstall(ft);
        installed.afterListing(() -> {
            installed.install("ft", "A", Recording::new);
            throw new IllegalStateException("nobody knows what is installed");
        });

        installed.install("balance", "B", Recording::new);

        assertThat(table.applied(one)).containsExactly(use("ft"));
    }

    @Test
    public void aServiceThatComesBackIsAppliedAgainWithWhatItNeeds() {
        InstalledService store = installed.install("store", "S", Recording::new);
        InstalledService ft = installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                Recording::new);
        table.apply(one, GROUP, List.of(use("ft"), use("store")));
        installed.uninstall(store);
        installed.uninstall(ft);
        log.clear();

        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                Recording::new);
        assertThat(table.applied(one)).isEmpty();
        installed.install("store", "S", Recording::new);

        assertThat(table.applied(one)).containsExactly(use("store"), use("ft"));
        assertThat(names(" applied to one")).containsExactly("store", "ft");
    }

    @Test
    public void whatRequiresAServiceThatGoesIsTakenOffWithItAndComesBackWithIt() {
        Runnable store = () -> installed.install(
                "store",
                "S",
                new CombinationRules(List.of("storage"), List.of(), List.of(), List.of(), List.of()),
                Recording::new);
        store.run();
        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of("recovery"), List.of("storage"), List.of(), List.of(), List.of()),
                Recording::new);
        installed.install(
                "balance",
                "B",
                new CombinationRules(List.of(), List.of("recovery"), List.of(), List.of(), List.of()),
                Recording::new);
        installed.install("limit", "L", Recording::new);
        table.apply(one, GROUP, List.of(use("balance"), use("ft"), use("store")));
        log.clear();

        installed.uninstall(installed.services().getFirst());

        assertThat(names(" removed from one")).containsExactly("balance", "ft", "store");
        assertThat(table.applied(one)).isEmpty();
        table.apply(one, GROUP, List.of(use("limit")));
        table.remove(one, "limit");
        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .hasMessageContaining("'ft' requires 'storage'");
        log.clear();
        store.run();

        assertThat(names(" applied to one")).containsExactly("store", "ft", "balance");
        assertThat(table.applied(one)).containsExactly(use("store"), use("ft"), use("balance"));
    }

    @Test
    public void anotherBundleThatProvidesAServiceTakesOverFromOneThatGoes() {
        InstalledService first = installed.install("ft", "A", Recording::new);
        installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        log.clear();

        installed.uninstall(first);

        assertThat(log)
                .containsExactly("ft removed from one", "ft returned", "ft lent", "init {for=ft}", "ft applied to one");
        assertThat(table.applied(one)).containsExactly(use("ft"));
    }

    @Test
    public void aServiceThatComesBackGetsItsPlaceAgain() {
        InstalledService metrics = installed.install("metrics", "M", Recording::new);
        installed.install("limit", "L", Recording::new);
        installed.install("trace", "T", Recording::new);
        table.apply(one, GROUP, List.of(use("metrics"), use("limit"), use("trace")));

        installed.uninstall(metrics);
        assertThat(table.applied(one)).containsExactly(use("limit"), use("trace"));
        installed.install("metrics", "M", Recording::new);

        assertThat(table.applied(one)).containsExactly(use("metrics"), use("limit"), use("trace"));
    }

    @Test
    public void aPropertyThatComesBackIsCoveredByTheSameServiceAgain() {
        InstalledService metrics = installed.install("metrics", "M", () -> new Marking("low"));
        InstalledService limit = installed.install("limit", "L", () -> new Marking("high"));
        installed.install("trace", "T", Recording::new);
        one.setProperty("mark", "own");
        table.apply(one, GROUP, List.of(use("trace"), use("metrics"), use("limit")));
        assertThat(one.property("mark")).contains("high");
        table.remove(one, "trace"); // places change

        installed.uninstall(metrics);
        installed.install("metrics", "M", () -> new Marking("low"));
        assertThat(one.property("mark")).contains("high");

        installed.uninstall(limit);
        assertThat(one.property("mark")).contains("low");
        table.remove(one, "metrics");
        assertThat(one.property("mark")).contains("own");
        installed.install("limit", "L", () -> new Marking("high"));
        assertThat(one.property("mark")).contains("high");
        table.remove(one);
        assertThat(one.property("mark")).contains("own");
    }

    /** Sets a property that others set, too. */
    private final class Marking extends Recording {

        private final String mark;

        Marking(String mark) {
            this.mark = mark;
        }

        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.property("mark", mark);
            super.apply(node, contributions);
        }
    }

    @Test
    public void anInterceptorThatCannotBeUsedLeavesNothingApplied() throws ReflectiveOperationException {
        MessageInterceptor unlinked = Unlinked.interceptor();
        installed.install("metrics", "M", Recording::new);
        installed.install("broken", "B", () -> new Recording() {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.intercept(unlinked);
                super.apply(node, contributions);
            }
        });

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("metrics"), use("broken"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageStartingWith("node 'one': technical service 'broken' (B) could not be applied: ")
                .hasMessageContaining("org/example/Missing");

        assertThat(table.interceptorsOn(one)).isEmpty();

        assertThat(table.applied(one)).isEmpty();
        assertThat(names(" removed from one")).containsExactly("metrics");
        table.apply(one, GROUP, List.of(use("metrics")));
        assertThat(table.applied(one)).containsExactly(use("metrics"));
    }

    @Test
    public void messagesPassNoServiceBeforeAllOfItsGroupAreApplied() {
        MessageInterceptor early = new MessageInterceptor() {};
        installed.install("other", "O", Recording::new);
        table.apply(one, GROUP, List.of(use("other")));
        List<List<MessageInterceptor>> meanwhile = new ArrayList<>();
        installed.install("first", "F", () -> new Recording() {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.intercept(early);
                super.apply(node, contributions);
            }
        });
        installed.install("second", "S", () -> new Recording() {
            @Override
            public void apply(Node node, Contributions contributions) {
                table.remove(one, "other"); // as another thread may
                meanwhile.add(table.interceptorsOn(one));
                super.apply(node, contributions);
            }
        });

        table.apply(one, GROUP, List.of(use("first"), use("second")));

        assertThat(meanwhile).containsExactly(List.of());
        assertThat(table.interceptorsOn(one)).containsExactly(early);
    }

    @Test
    public void aServiceThatWasRemovedHasNoPlaceAnyMore() {
        installed.install("metrics", "M", Recording::new);
        installed.install("limit", "L", Recording::new);
        table.apply(one, GROUP, List.of(use("metrics"), use("limit")));

        table.remove(one, "metrics");
        table.apply(one, GROUP, List.of(use("metrics")));

        assertThat(table.applied(one)).containsExactly(use("limit"), use("metrics"));
    }

    @Test
    public void aServiceThatComesWhileAnotherIsAppliedAgainDoesNotTakeItOff() {
        InstalledService metrics = installed.install("metrics", "M", Recording::new);
        table.apply(one, GROUP, List.of(use("metrics")));
        installed.uninstall(metrics);
        log.clear();
        class BringsAnother extends Recording {
            @Override
            public void apply(Node node) {
                super.apply(node);
                if (names(" applied to one").size() == 1) {
                    installed.install("limit", "L", Recording::new);
                }
            }
        }

        installed.install("metrics", "M", BringsAnother::new);

        assertThat(table.applied(one)).containsExactly(use("metrics"));
        assertThat(names(" applied to one")).containsExactly("metrics");
        assertThat(names(" removed from one")).isEmpty();
    }

    @Test
    public void whatAChangeItselfAsksForDoesNotWaitForIt() {
        try (Registration _ = table.changing()) {
            assertThat(table.offer("limit")).isEmpty();
        }
    }

    @Test
    public void whatANodeLacksIsToldUntilItHasItAgain() {
        List<Map<String, List<ServiceUse>>> told = new ArrayList<>();
        InstalledService ft = installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        Registration telling = table.whenChanged(() -> told.add(table.withdrawn(one)));

        installed.uninstall(ft);
        ft = installed.install("ft", "A", Recording::new);
        installed.uninstall(ft);
        table.remove(one, "ft");

        assertThat(told)
                .containsExactly(
                        Map.of(GROUP, List.of(use("ft"))), Map.of(), Map.of(GROUP, List.of(use("ft"))), Map.of());
        telling.close();
        table.changing().close();
        assertThat(told).hasSize(4);
    }

    @Test
    public void whatComesBackDuringAChangeIsNotToldToBeLacking() {
        List<Map<String, List<ServiceUse>>> told = new ArrayList<>();
        InstalledService ft = installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        table.whenChanged(() -> told.add(table.withdrawn(one)));

        try (Registration _ = table.changing()) {
            installed.uninstall(ft);
            installed.install("ft", "A", Recording::new);
            assertThat(told).isEmpty();
        }

        assertThat(told).containsExactly(Map.of());
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
    public void aServiceThatWasRemovedWhileItWasAwayDoesNotComeBack() {
        InstalledService ft = installed.install("ft", "A", Recording::new);
        table.apply(one, GROUP, List.of(use("ft")));
        installed.uninstall(ft);
        table.remove(one, "ft");

        installed.install("ft", "A", Recording::new);

        assertThat(table.applied(one)).isEmpty();
    }

    @Test
    public void propertiesThatWereLaidOverEachOtherAreUncoveredInAnyOrder() {
        installed.install("a", "A", () -> new Setting("colour", "red"));
        installed.install("b", "B", () -> new Setting("colour", "blue"));
        one.setProperty("colour", "grey");
        table.apply(one, GROUP, List.of(use("a"), use("b")));
        assertThat(one.property("colour")).contains("blue");

        table.remove(one, "a");
        assertThat(one.property("colour")).contains("blue");
        table.remove(one, "b");
        assertThat(one.property("colour")).contains("grey");
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

    private static CombinationRules rulesAfter(String name) {
        return new CombinationRules(List.of(), List.of(), List.of(), List.of(), List.of(name));
    }

    private static CombinationRules rulesBefore(String name) {
        return new CombinationRules(List.of(), List.of(), List.of(), List.of(name), List.of());
    }

    /** Sets a property, as its whole work. */
    private record Setting(String key, String value) implements TechnicalService {
        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.property(key, value);
        }
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

        final String name() {
            return name;
        }

        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.property(name, "on");
            apply(node);
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

    /** Fails if it is that use, having contributed. */
    private final class FailingAs extends Recording {

        private final String use;

        FailingAs(String use) {
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
