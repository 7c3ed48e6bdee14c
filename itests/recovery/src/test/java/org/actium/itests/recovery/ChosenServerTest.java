package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.ft.core.ChosenServer;
import org.actium.ft.core.RecoveryServer;
import org.actium.ft.core.StoreServer;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.Links;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** All containers of an application have the same server; one that is of no use is refused, and it is said why. */
public class ChosenServerTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Rule
    public final RecoveryGrid grid = new RecoveryGrid();

    private void serve(EmbeddedRuntime runtime) {
        grid.open(new StoreServer(
                grid.store(runtime.runtime().name()), grid.time(), runtime.remoteObjects(), Duration.ofSeconds(2)));
    }

    private ChosenServer choice(EmbeddedRuntime runtime, Optional<EmbeddedRuntime> parent) {
        return grid.open(new ChosenServer(
                parent.map(ChosenServerTest::place), runtime.links(), runtime.remoteObjects(), elsewhere -> {}));
    }

    private static String place(EmbeddedRuntime runtime) {
        return runtime.links().self().endpoints().getFirst().toString();
    }

    private static Optional<String> url(EmbeddedRuntime runtime) {
        return Optional.of("rmi://" + place(runtime) + "/" + runtime.runtime().name());
    }

    @Test
    public void whatADescriptorNamesIsTheServerOfAllContainers() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        EmbeddedRuntime server = grid.runtime("FTServer");
        serve(deployer);
        serve(server);
        ChosenServer above = choice(deployer, Optional.empty());
        ChosenServer first = choice(grid.runtime("first"), Optional.of(deployer));
        ChosenServer second = choice(grid.runtime("second"), Optional.of(deployer));

        RuntimeAddress named = first.server(url(server));

        assertThat(named.id()).isEqualTo(server.runtime().id());
        assertThat(above.get()).isEqualTo(named);
        assertThat(second.get()).isEqualTo(named);
        assertThat(second.server(url(server))).isEqualTo(named);
        assertThatThrownBy(() -> second.server(url(deployer)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FTServer")
                .hasMessageContaining("already, so it cannot be rmi://" + place(deployer) + "/deployer too");
    }

    /** Which may mean another host, or nobody, to the others. */
    @Test
    public void aUrlMeansWhatItMeansToWhoDecides() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        EmbeddedRuntime server = grid.runtime("FTServer");
        serve(server);
        ChosenServer above = choice(deployer, Optional.empty());
        EmbeddedRuntime remote = grid.runtime("remote");
        ChosenServer child = grid.open(new ChosenServer(
                Optional.of(place(deployer)),
                reachingNobodyAt(place(server), remote.links()),
                remote.remoteObjects(),
                elsewhere -> {}));

        RuntimeAddress named = child.server(url(server));

        assertThat(child.server(url(server))).as("for its second node").isEqualTo(named);
        assertThatThrownBy(() -> child.server(Optional.of("rmi://" + place(deployer) + "/deployer")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already, so it cannot be rmi://" + place(deployer) + "/deployer too");
        Optional<String> url = url(server);
        server.close();
        assertThat(above.server(url).id())
                .as("while it is away it is still that one")
                .isEqualTo(named.id());
        assertThat(child.server(url).id()).isEqualTo(named.id());
    }

    private static Links reachingNobodyAt(String place, Links working) {
        return Links.class.cast(Proxy.newProxyInstance(
                Links.class.getClassLoader(), new Class<?>[] {Links.class}, (self, method, arguments) -> {
                    if (method.getName().equals("resolve")
                            && arguments[0].toString().equals(place)) {
                        throw new LinkClosedException("nobody listens at " + place + " of this host");
                    }
                    try {
                        return method.invoke(working, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    @Test
    public void whereNoneIsNamedItIsTheContainerThatDeploys() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        serve(deployer);
        choice(deployer, Optional.empty());

        assertThat(choice(grid.runtime("child"), Optional.of(deployer)).get().id())
                .isEqualTo(deployer.runtime().id());
    }

    @Test
    public void aServerThatIsNotThereIsRefusedWithTheReason() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        choice(deployer, Optional.empty());
        ChosenServer child = choice(grid.runtime("child"), Optional.of(deployer));

        assertThatThrownBy(() -> child.server(Optional.of("rmi://127.0.0.1:1/FTServer")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("server of fault tolerance rmi://127.0.0.1:1/FTServer cannot be used")
                .hasMessageContaining("actium startGlobalFTServer");
        assertThatThrownBy(() -> child.server(Optional.of("FTServer")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'FTServer' names no server of fault tolerance");
        assertThatThrownBy(() -> child.server(Optional.of("rmi://" + place(deployer) + "/FTServer")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is called 'deployer', not 'FTServer'");
        assertThatThrownBy(child::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'actium startGlobalFTServer' have one");

        serve(deployer);
        assertThat(child.get().id()).as("later").isEqualTo(deployer.runtime().id());
    }

    @Test
    public void aServerOfAnotherVersionIsRefused() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        EmbeddedRuntime newer = grid.runtime("FTServer");
        grid.open(newer.remoteObjects()
                .export(
                        RecoveryServer.class,
                        RecoveryServer.NAME,
                        RecoveryServer.class.cast(Proxy.newProxyInstance(
                                RecoveryServer.class.getClassLoader(),
                                new Class<?>[] {RecoveryServer.class},
                                (self, method, arguments) -> RecoveryServer.VERSION + 1)))::close);

        assertThatThrownBy(() -> choice(deployer, Optional.empty()).server(url(newer)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("speaks version " + (RecoveryServer.VERSION + 1)
                        + " of the protocol, and deployer version " + RecoveryServer.VERSION);
    }

    @Test
    public void aServerOfAnotherVersionIsRefusedBeforeTheParentIsAskedForWhatThatMayNotKnow() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        RuntimeAddress itself = deployer.links().self();
        export(deployer, choices(), "ft.choice", method -> {
            if (method.equals("server")) {
                return itself;
            }
            throw new LinkClosedException("there is no method " + method);
        });
        ChosenServer child = choice(grid.runtime("child"), Optional.of(deployer));
        Registration older =
                export(deployer, RecoveryServer.class, RecoveryServer.NAME, method -> RecoveryServer.VERSION - 1);

        assertThatThrownBy(child::get).hasMessageContaining("it speaks version " + (RecoveryServer.VERSION - 1));
        older.close();
        serve(deployer);
        assertThatThrownBy(child::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the container that deployed this one, at " + place(deployer))
                .hasMessageContaining("does not say of which run this one is");
    }

    /** As two daemons that have joined a third one, which deploys on both. */
    @Test
    public void containersThatDecideForThemselvesAreOfTheRunOfTheirDeployer() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        choice(deployer, Optional.empty());
        List<String> runs = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            EmbeddedRuntime joined = grid.runtime(name);
            serve(joined);
            ChosenServer choice = grid.open(new ChosenServer(
                    Optional.empty(),
                    Optional.of(place(deployer)),
                    joined.links(),
                    joined.remoteObjects(),
                    elsewhere -> {}));
            assertThat(choice.get().id()).isEqualTo(joined.runtime().id());
            runs.add(choice.run());
        }

        assertThat(runs)
                .hasSize(2)
                .containsOnly(
                        choice(grid.runtime("child"), Optional.of(deployer)).run());
    }

    @Test
    public void whoIsAskedWhereTheServerIsDecidesNothing() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        serve(deployer);
        ChosenServer above = choice(deployer, Optional.empty());

        assertThat(above.now()).isEmpty();
        above.get();
        assertThat(above.now()).contains(deployer.links().self());
    }

    /** It was killed, and another one was started at its place, which has another server, or none. */
    @Test
    public void aContainerOfAnotherRunIsNotAskedWhereTheServerIs() throws Exception {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        EmbeddedRuntime server = grid.runtime("FTServer");
        EmbeddedRuntime stranger = grid.runtime("stranger");
        serve(server);
        serve(stranger);
        ChosenServer before = choice(deployer, Optional.empty());
        EmbeddedRuntime remote = grid.runtime("remote");
        ChosenServer child = choice(remote, Optional.of(deployer));
        RuntimeAddress chosen = child.server(url(server));
        before.close();
        export(deployer, choices(), "ft.choice", method -> switch (method) {
            case "run" -> "another run";
            case "now" -> Optional.of(stranger.links().self());
            default -> throw new IllegalStateException(method);
        });
        server.close();

        grid.eventually(
                "the link is closed", () -> remote.links().existing(chosen.id()).isEmpty());
        assertThat(child.get()).isEqualTo(chosen);
    }

    private interface Answers {
        Object to(String method);
    }

    /** Something of that name that answers so. */
    private static <T> Registration export(EmbeddedRuntime runtime, Class<T> type, String name, Answers answers) {
        return runtime.remoteObjects()
                .export(
                        type,
                        name,
                        type.cast(Proxy.newProxyInstance(
                                type.getClassLoader(),
                                new Class<?>[] {type},
                                (self, method, arguments) -> answers.to(method.getName()))));
    }

    /** What others than {@code ft.core} do not use. */
    private static Class<?> choices() {
        return ChosenServer.class.getInterfaces()[0];
    }

    /** As behind a relay, through which there is another way to it since then. */
    @Test
    public void whereOneThatWasRestartedIsTheContainerThatDeploysSays() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        EmbeddedRuntime server = grid.runtime("FTServer");
        Endpoint where = server.links().self().endpoints().getFirst();
        serve(server);
        choice(deployer, Optional.empty());
        EmbeddedRuntime remote = grid.runtime("remote");
        ChosenServer child = grid.open(new ChosenServer(
                Optional.of(place(deployer)),
                reachingNobodyAt(place(server), remote.links()),
                remote.remoteObjects(),
                elsewhere -> {}));
        RuntimeAddress before = child.server(url(server));
        server.close();

        EmbeddedRuntime again = grid.open(new EmbeddedRuntime(
                "FTServer", grid.ports(), new TcpTransport(grid.ports().threads()), where));
        again.join(deployer);

        grid.eventually(
                "it is found", () -> child.get().id().equals(again.runtime().id()));
        assertThat(child.get().id()).isNotEqualTo(before.id());
    }

    @Test
    public void aServerThatWasRestartedIsFoundWhereItWas() {
        EmbeddedRuntime deployer = grid.runtime("deployer");
        EmbeddedRuntime server = grid.runtime("FTServer");
        Endpoint where = server.links().self().endpoints().getFirst();
        serve(server);
        ChosenServer choice = choice(deployer, Optional.empty());
        RuntimeAddress before = choice.server(url(server));
        server.close();

        EmbeddedRuntime again = grid.open(new EmbeddedRuntime(
                "FTServer", grid.ports(), new TcpTransport(grid.ports().threads()), where));
        again.join(deployer);

        grid.eventually(
                "it is found", () -> choice.get().id().equals(again.runtime().id()));
        assertThat(choice.get().id()).isNotEqualTo(before.id());
    }
}
