package org.actium.remote.tcp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * By which addresses others may reach this host, if it listens at all of them. Which of them somebody can really reach, he
 * finds out: see {@link Probe}.
 */
final class ReachableAddresses {

    /** Each of them is with every reference to an object of this runtime. */
    private static final int MOST = 4;

    /** Beginnings of names of interfaces that lead to other parts of this host only. */
    private static final List<String> INNER = List.of("docker", "br-", "veth", "virbr", "cni", "flannel", "lxc");

    /** Somewhere in the world; nothing is sent there. */
    private static final String ANYWHERE = "192.0.2.1";

    private ReachableAddresses() {}

    /** An address of an interface that is in use. */
    record Candidate(String network, int index, boolean pointToPoint, InetAddress address) {

        private boolean isInner() {
            return INNER.stream().anyMatch(network::startsWith);
        }

        private boolean isIpv6() {
            return !(address instanceof Inet4Address);
        }
    }

    /** The likeliest first; loopback if there is no other. */
    static List<String> ofThisHost() throws SocketException {
        return pick(candidates(), outgoing());
    }

    /**
     * @param outgoing from which address this host talks to the world
     * @return that one first, then those of ordinary networks, and of IPv4 before IPv6
     */
    static List<String> pick(List<Candidate> candidates, Optional<InetAddress> outgoing) {
        List<String> picked = candidates.stream()
                .filter(candidate -> !candidate.address.isLinkLocalAddress())
                .filter(candidate -> !candidate.isInner() || outgoing.equals(Optional.of(candidate.address)))
                .sorted(Comparator.comparing((Candidate candidate) -> !outgoing.equals(Optional.of(candidate.address)))
                        .thenComparing(Candidate::isIpv6)
                        .thenComparing(Candidate::pointToPoint)
                        .thenComparing(Candidate::index))
                .map(candidate -> candidate.address.getHostAddress().replaceFirst("%.*", ""))
                .distinct()
                .limit(MOST)
                .toList();
        return picked.isEmpty() ? List.of("127.0.0.1") : picked;
    }

    private static List<Candidate> candidates() throws SocketException {
        List<Candidate> found = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            try {
                if (network.isUp() && !network.isLoopback()) {
                    boolean pointToPoint = network.isPointToPoint();
                    network.inetAddresses()
                            .forEach(address -> found.add(
                                    new Candidate(network.getName(), network.getIndex(), pointToPoint, address)));
                }
            } catch (SocketException gone) {
                // it has just been taken away
            }
        }
        return found;
    }

    /** The routes of this host decide; a datagram socket that is connected has asked them, without sending anything. */
    private static Optional<InetAddress> outgoing() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(ANYWHERE, 9));
            return Optional.of(socket.getLocalAddress()).filter(address -> !address.isAnyLocalAddress());
        } catch (IOException | RuntimeException noRoute) {
            return Optional.empty();
        }
    }
}
