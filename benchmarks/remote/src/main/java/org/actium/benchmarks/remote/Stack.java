package org.actium.benchmarks.remote;

/** Those that are compared. */
enum Stack {
    ACTIUM("Actium"),
    RMI("Java RMI"),
    PEKKO("Pekko Artery TCP"),
    SOCKETS("bare sockets");

    private final String title;

    Stack(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Near connect(Secrets secrets, boolean tls) throws Exception {
        return switch (this) {
            case ACTIUM -> Ours.connect(secrets, tls);
            case RMI -> Rmi.connect(secrets, tls);
            case PEKKO -> Pekko.connect(secrets, tls);
            case SOCKETS -> Sockets.connect(secrets, tls);
        };
    }
}
