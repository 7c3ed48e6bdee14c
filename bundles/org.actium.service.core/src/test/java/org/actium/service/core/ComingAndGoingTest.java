package org.actium.service.core;

import static org.actium.service.core.TableBench.GROUP;
import static org.actium.service.core.TableBench.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Services go and come back, or are replaced, while nodes have them, get them or are about to. */
public class ComingAndGoingTest {

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
    public void whoAppliesAServiceWhoseBundleIsBeingReplacedWaitsForIt() throws Exception {
        InstalledService old = installed.install("ft", "A", bench::recording);
        Registration changing = table.changing();
        installed.uninstall(old);
        CountDownLatch missing = new CountDownLatch(1);
        installed.afterListing(missing::countDown);
        CompletableFuture<Void> applied = CompletableFuture.runAsync(
                () -> table.apply(one, GROUP, List.of(use("ft"))), Thread::startVirtualThread);
        missing.await();

        installed.install("ft", "A", bench::recording);
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
        InstalledService old = installed.install("ft", "A", bench::recording);
        installed.afterListing(() -> {
            try (Registration _ = table.changing()) {
                installed.uninstall(old);
                installed.install("ft", "A", bench::recording);
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

        installed.install("ft", "A", bench::recording);
        changing.close();

        assertThat(offer.get()).map(ServiceOffer::id).contains("ft");
    }

    @Test
    public void whatAChangeItselfAsksForDoesNotWaitForIt() {
        try (Registration _ = table.changing()) {
            assertThat(table.offer("limit")).isEmpty();
        }
    }

    @Test
    public void aServiceThatIsUninstalledIsRemovedWhileItStillWorksAndTheNodeLivesOn() {
        InstalledService ft = installed.install("ft", "A", bench::recording);
        installed.install("balance", "B", bench::recording);
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
        InstalledService ft = installed.install("ft", "A", () -> new RecordingService(log) {
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
        InstalledService ft = installed.install("ft", "A", bench::recording);
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
    public void aServiceThatComesBackWhileLookingForAnotherFailsIsAppliedAgain() {
        InstalledService ft = installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        installed.uninstall(ft);
        installed.afterListing(() -> {
            installed.install("ft", "A", bench::recording);
            throw new IllegalStateException("nobody knows what is installed");
        });

        installed.install("balance", "B", bench::recording);

        assertThat(table.applied(one)).containsExactly(use("ft"));
    }

    @Test
    public void aServiceThatComesBackIsAppliedAgainWithWhatItNeeds() {
        InstalledService store = installed.install("store", "S", bench::recording);
        InstalledService ft = installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                bench::recording);
        table.apply(one, GROUP, List.of(use("ft"), use("store")));
        installed.uninstall(store);
        installed.uninstall(ft);
        log.clear();

        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of(), List.of("store"), List.of(), List.of(), List.of()),
                bench::recording);
        assertThat(table.applied(one)).isEmpty();
        installed.install("store", "S", bench::recording);

        assertThat(table.applied(one)).containsExactly(use("store"), use("ft"));
        assertThat(bench.names(" applied to one")).containsExactly("store", "ft");
    }

    @Test
    public void whatRequiresAServiceThatGoesIsTakenOffWithItAndComesBackWithIt() {
        Runnable store = () -> installed.install(
                "store",
                "S",
                new CombinationRules(List.of("storage"), List.of(), List.of(), List.of(), List.of()),
                bench::recording);
        store.run();
        installed.install(
                "ft",
                "A",
                new CombinationRules(List.of("recovery"), List.of("storage"), List.of(), List.of(), List.of()),
                bench::recording);
        installed.install(
                "balance",
                "B",
                new CombinationRules(List.of(), List.of("recovery"), List.of(), List.of(), List.of()),
                bench::recording);
        installed.install("limit", "L", bench::recording);
        table.apply(one, GROUP, List.of(use("balance"), use("ft"), use("store")));
        log.clear();

        installed.uninstall(installed.services().getFirst());

        assertThat(bench.names(" removed from one")).containsExactly("balance", "ft", "store");
        assertThat(table.applied(one)).isEmpty();
        table.apply(one, GROUP, List.of(use("limit")));
        table.remove(one, "limit");
        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("ft"))))
                .hasMessageContaining("'ft' requires 'storage'");
        log.clear();
        store.run();

        assertThat(bench.names(" applied to one")).containsExactly("store", "ft", "balance");
        assertThat(table.applied(one)).containsExactly(use("store"), use("ft"), use("balance"));
    }

    @Test
    public void anotherBundleThatProvidesAServiceTakesOverFromOneThatGoes() {
        InstalledService first = installed.install("ft", "A", bench::recording);
        installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        log.clear();

        installed.uninstall(first);

        assertThat(log)
                .containsExactly("ft removed from one", "ft returned", "ft lent", "init {for=ft}", "ft applied to one");
        assertThat(table.applied(one)).containsExactly(use("ft"));
    }

    @Test
    public void aServiceThatComesBackGetsItsPlaceAgain() {
        InstalledService metrics = installed.install("metrics", "M", bench::recording);
        installed.install("limit", "L", bench::recording);
        installed.install("trace", "T", bench::recording);
        table.apply(one, GROUP, List.of(use("metrics"), use("limit"), use("trace")));

        installed.uninstall(metrics);
        assertThat(table.applied(one)).containsExactly(use("limit"), use("trace"));
        installed.install("metrics", "M", bench::recording);

        assertThat(table.applied(one)).containsExactly(use("metrics"), use("limit"), use("trace"));
    }

    @Test
    public void aPropertyThatComesBackIsCoveredByTheSameServiceAgain() {
        InstalledService metrics = installed.install("metrics", "M", () -> bench.marking("low"));
        InstalledService limit = installed.install("limit", "L", () -> bench.marking("high"));
        installed.install("trace", "T", bench::recording);
        one.setProperty("mark", "own");
        table.apply(one, GROUP, List.of(use("trace"), use("metrics"), use("limit")));
        assertThat(one.property("mark")).contains("high");
        table.remove(one, "trace"); // places change

        installed.uninstall(metrics);
        installed.install("metrics", "M", () -> bench.marking("low"));
        assertThat(one.property("mark")).contains("high");

        installed.uninstall(limit);
        assertThat(one.property("mark")).contains("low");
        table.remove(one, "metrics");
        assertThat(one.property("mark")).contains("own");
        installed.install("limit", "L", () -> bench.marking("high"));
        assertThat(one.property("mark")).contains("high");
        table.remove(one);
        assertThat(one.property("mark")).contains("own");
    }

    @Test
    public void aServiceThatComesWhileAnotherIsAppliedAgainDoesNotTakeItOff() {
        InstalledService metrics = installed.install("metrics", "M", bench::recording);
        table.apply(one, GROUP, List.of(use("metrics")));
        installed.uninstall(metrics);
        log.clear();
        class BringsAnother extends RecordingService {
            BringsAnother() {
                super(log);
            }

            @Override
            public void apply(Node node) {
                super.apply(node);
                if (bench.names(" applied to one").size() == 1) {
                    installed.install("limit", "L", bench::recording);
                }
            }
        }

        installed.install("metrics", "M", BringsAnother::new);

        assertThat(table.applied(one)).containsExactly(use("metrics"));
        assertThat(bench.names(" applied to one")).containsExactly("metrics");
        assertThat(bench.names(" removed from one")).isEmpty();
    }

    @Test
    public void whatANodeLacksIsToldUntilItHasItAgain() {
        List<Map<String, List<ServiceUse>>> told = new ArrayList<>();
        InstalledService ft = installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        Registration telling = table.whenChanged(() -> told.add(table.withdrawn(one)));

        installed.uninstall(ft);
        ft = installed.install("ft", "A", bench::recording);
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
        InstalledService ft = installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        table.whenChanged(() -> told.add(table.withdrawn(one)));

        try (Registration _ = table.changing()) {
            installed.uninstall(ft);
            installed.install("ft", "A", bench::recording);
            assertThat(told).isEmpty();
        }

        assertThat(told).containsExactly(Map.of());
    }

    @Test
    public void aServiceThatWasRemovedWhileItWasAwayDoesNotComeBack() {
        InstalledService ft = installed.install("ft", "A", bench::recording);
        table.apply(one, GROUP, List.of(use("ft")));
        installed.uninstall(ft);
        table.remove(one, "ft");

        installed.install("ft", "A", bench::recording);

        assertThat(table.applied(one)).isEmpty();
    }
}
