package org.actium.benchmarks.remote;

import java.io.BufferedReader;

/** The side that is called: {@code Far <stack> <whether over TLS>}. Serves until its standard input ends. */
public final class Far {

    private Far() {}

    public static void main(String[] arguments) throws Exception {
        boolean tls = Boolean.parseBoolean(arguments[1]);
        BufferedReader near = FarJvm.told();
        AutoCloseable served = switch (Stack.valueOf(arguments[0])) {
            case ACTIUM -> Ours.serve(tls, near);
            case RMI -> Rmi.serve(tls);
            case PEKKO -> Pekko.serve(Secrets.ofThisJvm(), tls);
            case SOCKETS -> Sockets.serve(tls);
        };
        try (served) {
            while (near.readLine() != null) {}
        }
        System.exit(0); // RMI has threads that do not end
    }
}
