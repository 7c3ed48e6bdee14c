package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.actium.exports.api.ExportedObject;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Links, names and exported objects at an address of IPv6. */
public class Ipv6Test {

    private static final String LOOPBACK = "::1";

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());

    /** Something to be found. */
    public static class Shop {
        public int total() {
            return 7;
        }
    }

    @Before
    public void thereIsIpv6() {
        assumeTrue("this host has no address " + LOOPBACK, isBindable());
    }

    private static boolean isBindable() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return free.isBound();
        } catch (IOException noIpv6) {
            return false;
        }
    }

    @After
    public void close() {
        time.close();
    }

    private EmbeddedRuntime runtime(String name) {
        return new EmbeddedRuntime(name, ports, new TcpTransport(threads), new Endpoint(LOOPBACK, 0));
    }

    @Test
    public void runtimesJoinCallAndFindEachOtherAtIt() {
        try (EmbeddedRuntime first = runtime("first");
                EmbeddedRuntime second = runtime("second").join(first)) {
            Shop shop = first.objects()
                    .newActive(Shop.class)
                    .on(first.nodeOf(second, "default"))
                    .start();
            String url = second.names().register("shop", shop);
            ExportedObject<Runnable> exported = second.exports().export(Runnable.class, () -> {}, "nothing");

            assertThat(url).matches("actium://\\[::1\\]:[0-9]+/shop");
            assertThat(first.names().lookup(Shop.class, url).total()).isEqualTo(7);
            assertThat(first.names()
                            .lookup(Shop.class, url.replace("actium:", "rmi:"))
                            .total())
                    .isEqualTo(7);
            assertThat(first.names().node(url.replace("/shop", "/default")).name())
                    .isEqualTo("default");
            assertThat(first.names().list(url.replace("/shop", ""))).hasSize(1);
            first.exports().lookup(Runnable.class, exported.url()).run();
        }
    }
}
