package org.actium.torture.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.application.api.Actium;
import org.actium.application.api.ActiumApplication;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.VirtualNode;
import org.actium.histories.HistoryWriter;

/**
 * Deploys what it is told, one descriptor after the other, and lets clients use objects there. Told by lines on its standard input:
 * {@code deploy <file>}, each with a virtual node {@code workers}; {@code serve}, when there are nodes; {@code end}.
 */
@ActiumApplication(name = "torture")
public final class TortureApplication {

    private static final int CLIENTS = 8;
    private static final int REGISTERS = 4;
    private static final int LISTS = 2;
    private static final int COURIERS = 2;

    private final Actium actium = Actium.here();
    private final Deployments deployments = actium.facility(Deployments.class);
    private final List<Deployment> deployed = new ArrayList<>(); // guarded by itself
    private final List<Client> clients = new ArrayList<>();
    private final List<Thread> running = new ArrayList<>();

    private TortureApplication() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new TortureApplication().obey();
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> options = actium.options();
        try (HistoryWriter history = new HistoryWriter(Path.of(options.get("history")))) {
            System.out.println("torture: obeys");
            for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
                if (line.equals("serve")) {
                    serve(history, Long.parseLong(options.get("seed")), Integer.parseInt(options.get("bytes")));
                } else {
                    Path descriptor = Path.of(line.replaceFirst("deploy ", ""));
                    Thread.ofVirtual().start(() -> deploy(descriptor));
                }
            }
            for (Client client : clients) {
                client.end();
            }
            for (Thread client : running) {
                client.join();
            }
            if (!clients.isEmpty()) {
                clients.getFirst().readAllLists();
            }
            System.out.println("torture: ended");
        } finally {
            synchronized (deployed) {
                deployed.forEach(Deployment::undeploy);
            }
        }
    }

    private void deploy(Path descriptor) {
        try {
            Deployment deployment = deployments.deploy(
                    DescriptorSource.of(descriptor), event -> System.out.println("torture: " + event));
            synchronized (deployed) {
                deployed.add(deployment);
            }
            deployment.virtualNodes().forEach(VirtualNode::waitReady);
            System.out.println("torture: ready " + descriptor.getFileName());
        } catch (IOException | RuntimeException failed) {
            System.out.println("torture: not ready " + descriptor.getFileName() + ": " + failed);
        }
    }

    private void serve(HistoryWriter history, long seed, int bytes) {
        Client.Objects objects = new Client.Objects(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (int i = 0; i < REGISTERS; i++) {
            Register register = create(Register.class, i);
            register.carry(bytes);
            objects.registers().put("register-" + i, register);
        }
        for (int i = 0; i < LISTS + COURIERS; i++) {
            GrowingList list = create(GrowingList.class, i);
            objects.lists().put("list-" + i, list);
            if (i >= LISTS) {
                Courier courier = create(Courier.class, i + 1);
                courier.deliverTo(list);
                objects.couriers().put("list-" + i, courier);
            }
        }
        AtomicInteger processes = new AtomicInteger();
        AtomicInteger numbers = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(objects, history, processes, numbers, random.split());
            clients.add(client);
            running.add(Thread.ofPlatform().name("client-" + i).start(client));
        }
        System.out.println("torture: serves");
    }

    /** On one deployment after the other. */
    private <T> T create(Class<T> type, int turn) {
        synchronized (deployed) {
            VirtualNode nodes =
                    deployed.get(turn % deployed.size()).virtualNodes().getFirst();
            return actium.newActive(type).on(nodes.node()).start();
        }
    }
}
