package org.actium.deployment.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.actium.deployment.api.HostReport;
import org.actium.deployment.api.HostReport.Finding;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.ProtocolRules;
import org.actium.deployment.shell.api.RemoteScripts;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.api.RuntimeImage;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/** Looks at every host that launches lead to, and at every hop before it, all at the same time. Starts no runtime. */
final class Doctor {

    private final Collection<RemoteShell> shells;
    private final Path home;
    private final Clients clients;
    private final Threads threads;
    private final Time time;
    private final Duration patience;

    /** @param patience how long a host may take to answer */
    Doctor(Collection<RemoteShell> shells, Path home, Clients clients, Threads threads, Time time, Duration patience) {
        this.shells = shells;
        this.home = home;
        this.clients = clients;
        this.threads = threads;
        this.time = time;
        this.patience = patience;
    }

    /**
     * One report for each hop, gateways before what is behind them.
     *
     * @param dialled where this host can be dialled; the hosts try all of them
     * @throws IllegalArgumentException saying what is wrong with the names of hosts
     */
    List<HostReport> examine(List<Launch> launches, List<Endpoint> dialled) throws IOException, InterruptedException {
        String digest = RuntimeImage.of(home).digest();
        Map<List<Hop>, List<Route>> byWay = new LinkedHashMap<>();
        for (Launch launch : launches) {
            for (Route route : Route.of(launch, shells)) {
                for (int hops = 1; hops <= route.hops().size(); hops++) {
                    byWay.computeIfAbsent(route.hops().subList(0, hops), way -> new ArrayList<>())
                            .add(route);
                }
            }
        }
        var reports = Collections.synchronizedMap(new LinkedHashMap<List<Hop>, HostReport>());
        byWay.keySet().forEach(way -> reports.put(way, new HostReport("", List.of()))); // in this order
        var open = new CountDownLatch(byWay.size());
        byWay.forEach((way, routes) -> threads.run(() -> {
            try {
                reports.put(way, report(way, routes, digest, dialled));
            } finally {
                open.countDown();
            }
        }));
        open.await();
        return List.copyOf(reports.values());
    }

    private HostReport report(List<Hop> way, List<Route> routes, String digest, List<Endpoint> dialled) {
        List<Route> ending =
                routes.stream().filter(route -> route.hops().equals(way)).toList();
        var to = new Route(way, List.of(), routes.getFirst().jvm());
        List<Finding> findings = new ArrayList<>();
        try {
            requireAllowed(way);
            Optional<String> java = ending.isEmpty()
                    ? Optional.empty()
                    : ending.getFirst().jvm().javaPath();
            List<String> lines = output(way.getFirst(), to.command(RemoteScripts.examine(digest, java, dialled)));
            var examination = new Examination(lines, ending.size(), to.forwards(), time.instant());
            if (!examination.answered()) {
                findings.addAll(unanswered(
                        to,
                        String.join(
                                "; ",
                                lines.stream().filter(line -> !line.isBlank()).toList())));
            } else {
                findings.add(reached(to));
                findings.add(Finding.well(entry(to), "accepted, as " + examination.user()));
                findings.addAll(ending.isEmpty() ? List.of() : examination.findings());
            }
        } catch (LaunchRejectedException refused) {
            findings.add(Finding.bad("refused", way.getLast().shell(), refused.getMessage()));
        } catch (IOException noProgram) {
            findings.add(Finding.bad("unreached", noProgram.getMessage(), "install it on this host"));
        }
        return new HostReport(to.toString(), findings);
    }

    private static Finding reached(Route to) {
        return Finding.well("reached", "by " + to.shells());
    }

    /** What lets us in. */
    private static String entry(Route to) {
        return to.hops().getLast().shell().equals("ssh") ? "key" : "login";
    }

    /** @param words what came instead of an answer */
    private static List<Finding> unanswered(Route to, String words) {
        String remedy = Remedies.of(words, to.hops().getLast());
        if (words.contains("Host key verification failed")) {
            return List.of(reached(to), Finding.bad("host key", words, remedy));
        }
        boolean refused = words.contains("Permission denied") || words.contains("no shell answered");
        return refused && !words.contains("connect to ")
                ? List.of(reached(to), Finding.bad(entry(to), words, remedy))
                : List.of(Finding.bad("unreached", words.isEmpty() ? "it said nothing" : words, remedy));
    }

    private void requireAllowed(List<Hop> way) {
        for (Hop hop : way) {
            if (shells.stream()
                    .anyMatch(shell -> shell.insecure() && shell.name().equals(hop.shell()))) {
                new ProtocolRules(home).require(hop.shell());
            }
        }
    }

    private List<String> output(Hop first, List<String> command) throws IOException {
        Process process = clients.starting(first).start(command);
        process.getOutputStream().close();
        var lines = Collections.synchronizedList(new ArrayList<String>());
        var end = new CountDownLatch(1);
        threads.startReader("doctor-" + process.pid(), () -> {
            try (var reader = process.inputReader()) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException cut) {
                // what came counts
            } finally {
                end.countDown();
            }
        });
        try {
            if (!end.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                lines.add("it let us in or not, but did not answer within " + patience.toSeconds() + " s; timed out");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return List.copyOf(lines);
    }
}
