package org.actium.deployment.descriptor.dialect;

/** Configurations of the daemons of ProActive's peer-to-peer network. */
final class PeerDialect {

    static final String LIST = "configFile";
    static final String SINGLE = "p2pconfig";

    private PeerDialect() {}

    static Dialect dialect() {
        return new Dialect.Draft("a configuration of peer-to-peer daemons", ".*", "none")
                .renamed(LIST, "peerToPeer")
                .renamed(SINGLE, "configuration")
                .dialect();
    }
}
