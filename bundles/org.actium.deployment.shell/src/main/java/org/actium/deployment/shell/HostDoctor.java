package org.actium.deployment.shell;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.actium.deployment.api.HostCheck;
import org.actium.deployment.api.HostReport;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.Launch;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sends the doctor to the hosts that the remote shells here lead to, and lets them dial this runtime. */
@Component
public final class HostDoctor implements HostCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_HOSTS = 1000;

    private final Links links;
    private final Shells shells;
    private final Path home;
    private final Threads threads;
    private final Time time;

    @Activate
    public HostDoctor(
            BundleContext context,
            @Reference Links links,
            @Reference Shells shells,
            @Reference Threads threads,
            @Reference Time time) {
        this.links = links;
        this.shells = shells;
        this.home = Path.of(String.valueOf(context.getProperty("actium.home")));
        this.threads = threads;
        this.time = time;
    }

    @Override
    public List<HostReport> examine(Descriptor descriptor) throws IOException, InterruptedException {
        List<Launch> launches = launches(descriptor);
        if (launches.isEmpty()) {
            return List.of();
        }
        var doctor = new Doctor(shells.all(), home, shells.clients(), threads, time, PATIENCE);
        try (ServerSocket dialled = new ServerSocket(0, MOST_HOSTS)) {
            return doctor.examine(launches, endpoints(dialled.getLocalPort()));
        }
    }

    /** What the virtual nodes are mapped to and remote shells lead to. */
    private List<Launch> launches(Descriptor descriptor) {
        Set<Launch> launches = new LinkedHashSet<>();
        for (JvmDefinition jvm : descriptor.jvms().values()) {
            if (jvm.origin() instanceof JvmDefinition.Creation creation) {
                ElementDefinition process = descriptor.processes().get(creation.reference());
                if (process.element() instanceof Launch launch && Route.leads(launch, shells.all())) {
                    launches.add(launch);
                }
            }
        }
        return List.copyOf(launches);
    }

    /** Where this runtime listens for others; if nowhere, all addresses of this host, at a port that answers meanwhile. */
    private List<Endpoint> endpoints(int port) {
        List<Endpoint> listening = links.self().endpoints().stream()
                .filter(endpoint -> endpoint.transport().equals(Endpoint.TCP))
                .filter(endpoint -> !RemoteLauncher.isLoopback(endpoint.host()))
                .toList();
        return listening.isEmpty()
                ? RemoteLauncher.addressesOfThisHost().stream()
                        .map(address -> new Endpoint(address, port))
                        .toList()
                : listening;
    }
}
