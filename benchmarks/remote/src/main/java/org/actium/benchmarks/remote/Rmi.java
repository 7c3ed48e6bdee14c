package org.actium.benchmarks.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.server.UnicastRemoteObject;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import javax.rmi.ssl.SslRMIServerSocketFactory;

/** Calls of Java RMI; it has neither one-way calls nor several under way of one thread. */
final class Rmi implements Near {

    private final FarJvm far;
    private final Target target;
    private final byte[] large = new byte[Workload.LARGE_BYTES];

    /** What is called. */
    interface Target extends Remote {
        int take(int number, String text) throws RemoteException;

        int take(byte[] bytes) throws RemoteException;
    }

    private static final class Taker implements Target {
        @Override
        public int take(int number, String text) {
            return number + text.length();
        }

        @Override
        public int take(byte[] bytes) {
            return bytes.length;
        }
    }

    private Rmi(FarJvm far, Target target) {
        this.far = far;
        this.target = target;
    }

    static Rmi connect(Secrets secrets, boolean tls) throws Exception {
        FarJvm far = FarJvm.start(secrets, Stack.RMI, tls);
        byte[] stub = Base64.getDecoder().decode(far.read());
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stub))) {
            return new Rmi(far, (Target) in.readObject());
        }
    }

    static AutoCloseable serve(boolean tls) throws IOException {
        Taker target = new Taker();
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        Remote stub = tls
                ? UnicastRemoteObject.exportObject(
                        target,
                        0,
                        new SslRMIClientSocketFactory(),
                        new SslRMIServerSocketFactory(null, new String[] {"TLSv1.3"}, true))
                : UnicastRemoteObject.exportObject(target, 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(stub);
        }
        System.out.println(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        return () -> UnicastRemoteObject.unexportObject(target, true);
    }

    @Override
    public Set<Workload> workloads() {
        return EnumSet.of(Workload.CALL, Workload.LARGE);
    }

    @Override
    public void run(Workload workload, int calls) throws RemoteException {
        for (int i = 0; i < calls; i++) {
            if (workload == Workload.CALL) {
                target.take(i, Workload.TEXT);
            } else {
                target.take(large);
            }
        }
    }

    @Override
    public void close() {
        far.close();
    }
}
