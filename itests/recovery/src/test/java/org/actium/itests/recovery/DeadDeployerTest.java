package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;
import org.actium.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * JVMs whose lease the server of fault tolerance holds: they outlive the one that deployed them, what they have is recovered
 * without it, and they end with the server.
 */
public class DeadDeployerTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());
    private final Eventually eventually = new Eventually(time, Duration.ofSeconds(90));
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(time));
    private EmbeddedRuntime server;
    private Store store;
    private LaunchedJvm deployer;
    private List<LaunchedJvm> launched;

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    @Before
    public void deploy() throws IOException {
        server = open(new EmbeddedRuntime("server", ports, new TcpTransport(threads), new Endpoint("127.0.0.1", 0)));
        store = SqliteStore.open(folder.getRoot().toPath().resolve("store.db"), threads);
        open(new StoreServer(store, time, server.remoteObjects(), Duration.ofSeconds(2)));
        deployer = open(LaunchedJvm.deployer(server));
        Endpoint holder = server.links().self().endpoints().getFirst();
        launched = List.of(open(deployer.launch(holder)), open(deployer.launch(holder)));
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    public void whatItDeployedIsRecoveredWithoutIt() throws InterruptedException {
        open(new RecoverableActiveObjects(
                server.recoverableBodies(),
                new RecoverableObjects.Ports(
                        server.links().self(),
                        server.remoteObjects(),
                        () -> server.links().self(),
                        () -> "caller",
                        ports),
                RecoverableActiveObjects.Hosting.none(),
                WorkerJvm.SETTINGS));
        Player player = server.objects()
                .newActive(Player.class)
                .on(server.nodeAt(address(launched.getFirst()), "default"))
                .start();
        assertThat(player.play(1).value()).isEqualTo(2);

        deployer.kill();
        Thread.sleep(LaunchedJvm.LEASE.multipliedBy(2));
        assertThat(launched).allMatch(LaunchedJvm::isAlive);
        launched.getFirst().kill();

        assertThat(player.play(2).value()).isEqualTo(4);
        assertThat(store.objects())
                .singleElement()
                .satisfies(object -> assertThat(object.incarnation()).isEqualTo(2));
    }

    @Test
    public void theyEndWithTheServer() {
        deployer.kill();
        server.close();

        eventually.holds("none is left", () -> launched.stream().noneMatch(LaunchedJvm::isAlive));
    }

    private RuntimeAddress address(LaunchedJvm jvm) {
        return server.links().all().stream()
                .map(link -> link.peer())
                .filter(peer -> peer.id().toString().equals(jvm.id()))
                .findAny()
                .orElseThrow();
    }
}
