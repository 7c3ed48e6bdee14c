package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.actium.remote.tcp.ReachableAddresses.Candidate;
import org.junit.Test;

public class ReachableAddressesTest {

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Candidate candidate(String network, int index, String address) {
        return new Candidate(network, index, network.startsWith("tun"), address(address));
    }

    private final List<Candidate> candidates = List.of(
            candidate("docker0", 3, "172.17.0.1"),
            candidate("eth0", 2, "fe80::1"),
            candidate("eth0", 2, "2001:db8::7"),
            candidate("tun0", 1, "10.8.0.2"),
            candidate("eth0", 2, "10.0.0.7"),
            candidate("eth1", 4, "192.168.1.7"));

    @Test
    public void theAddressForTheWorldComesFirstAndInnerOnesNever() {
        assertThat(ReachableAddresses.pick(candidates, Optional.of(address("192.168.1.7"))))
                .containsExactly("192.168.1.7", "10.0.0.7", "10.8.0.2", "2001:db8:0:0:0:0:0:7");
    }

    @Test
    public void withoutARouteTheFirstOrdinaryInterfaceComesFirst() {
        assertThat(ReachableAddresses.pick(candidates, Optional.empty()))
                .startsWith("10.0.0.7", "192.168.1.7", "10.8.0.2");
    }

    @Test
    public void aContainerWhoseOnlyWayIsABridgeHandsThatOut() {
        List<Candidate> inside = List.of(candidate("veth1", 2, "172.17.0.4"));
        assertThat(ReachableAddresses.pick(inside, Optional.of(address("172.17.0.4"))))
                .containsExactly("172.17.0.4");
    }

    @Test
    public void aHostWithoutNetworkIsReachedByItself() throws Exception {
        assertThat(ReachableAddresses.pick(List.of(), Optional.empty())).containsExactly("127.0.0.1");
        assertThat(ReachableAddresses.ofThisHost()).isNotEmpty();
    }
}
