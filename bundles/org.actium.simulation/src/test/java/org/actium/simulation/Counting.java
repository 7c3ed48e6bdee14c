package org.actium.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.api.Endpoint;
import org.actium.simulation.oracle.ExactlyOnceOracle;
import org.actium.simulation.oracle.Observation;

/**
 * A client asks a server to count, again and again until it hears an acknowledgement. The server remembers what it has
 * counted; a forgetful one counts again what it is asked again.
 */
final class Counting implements Scenario {

    static final int REQUESTS = 20;
    private static final String TIMEOUT = "time-out";

    private final boolean forgetful;
    private final FaultBudget chaos;

    Counting(boolean forgetful, FaultBudget chaos) {
        this.forgetful = forgetful;
        this.chaos = chaos;
    }

    @Override
    public void describe(Simulation simulation) {
        simulation
                .host("server", this::serve)
                .host("client", Counting::ask)
                .chaos(chaos)
                .expect("acknowledged", REQUESTS)
                .watch(new ExactlyOnceOracle())
                .virtualTime(Duration.ofMinutes(20));
    }

    private void serve(Machine machine) throws IOException {
        Set<String> counted = new HashSet<>();
        machine.transport().listen(new Endpoint("server", 7000), connection -> new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                String request = StandardCharsets.UTF_8.decode(frame).toString();
                machine.ports().threads().run(() -> {
                    if (counted.add(request) || forgetful) {
                        machine.observe(new Observation.Applied(request));
                    }
                    acknowledge(connection, request);
                });
            }

            @Override
            public void closed(Connection from, String reason) {}
        });
    }

    private static void acknowledge(Connection connection, String request) {
        try {
            connection.send(StandardCharsets.UTF_8.encode(request));
        } catch (IOException gone) {
            // the client asks again
        }
    }

    private static void ask(Machine machine) throws InterruptedException {
        Client client = new Client(machine);
        for (int i = 0; i < REQUESTS; i++) {
            String request = "m" + i;
            machine.observe(new Observation.Sent("client", "server", request));
            while (!client.ask(request)) {
                machine.sometimes("asked again");
            }
            machine.sometimes("acknowledged");
            client.pause(ofMillis(200));
        }
    }

    private static final class Client implements ConnectionHandler {

        private final Machine machine;
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private Connection connection;

        Client(Machine machine) {
            this.machine = machine;
        }

        boolean ask(String request) throws InterruptedException {
            try {
                if (connection == null) {
                    connection = machine.transport().dial(new Endpoint("server", 7000), ofSeconds(1), this);
                }
                connection.send(StandardCharsets.UTF_8.encode(request));
            } catch (IOException failed) {
                connection = null;
                pause(ofMillis(100));
                return false;
            }
            if (await(request, ofSeconds(1))) {
                return true;
            }
            connection.close();
            connection = null;
            return false;
        }

        void pause(Duration time) throws InterruptedException {
            await("nothing", time);
        }

        private boolean await(String answer, Duration most) throws InterruptedException {
            var timer = machine.ports().time().after(most, () -> answers.add(TIMEOUT + answer));
            String heard = answers.take();
            while (!heard.equals(answer) && !heard.equals(TIMEOUT + answer)) {
                heard = answers.take();
            }
            timer.close();
            answers.removeIf((TIMEOUT + answer)::equals);
            return heard.equals(answer);
        }

        @Override
        public void received(Connection from, ByteBuffer frame) {
            answers.add(StandardCharsets.UTF_8.decode(frame).toString());
        }

        @Override
        public void closed(Connection from, String reason) {}
    }
}
