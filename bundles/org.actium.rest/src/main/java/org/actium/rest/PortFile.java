package org.actium.rest;

import java.net.URI;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntime;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntimeConstants;
import org.osgi.service.jaxrs.runtime.dto.ApplicationDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells local clients where the API is, also if the port was left to the system: {@code ${actium.state}/rest.port}. The
 * file is there while deployments can be asked for, so that whoever starts a container can wait for it.
 */
@Component(service = PortFile.class, immediate = true)
public final class PortFile {

    private static final Logger LOG = LoggerFactory.getLogger(PortFile.class);
    private static final String FILE = "rest.port";

    private final PrivateFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private OptionalInt written = OptionalInt.empty(); // guarded by lock

    @Activate
    public PortFile(BundleContext context) {
        this(PrivateFile.inState(context, FILE));
    }

    PortFile(PrivateFile file) {
        this.file = file;
        file.delete(); // left behind by a container that was killed
    }

    /** @param properties of the whiteboard; one of them changes whenever an application or a resource comes or goes */
    @Reference(updated = "changed", unbind = "gone")
    void changed(JaxrsServiceRuntime whiteboard, Map<String, Object> properties) {
        boolean answers = Stream.of(whiteboard.getRuntimeDTO().applicationDTOs)
                .filter(application -> application.name.equals(ActiumApi.NAME))
                .anyMatch(PortFile::hasDeployments);
        show(
                answers
                        ? port(properties.get(JaxrsServiceRuntimeConstants.JAX_RS_SERVICE_ENDPOINT))
                        : OptionalInt.empty());
    }

    void gone(JaxrsServiceRuntime whiteboard) {
        show(OptionalInt.empty());
    }

    @Deactivate
    void remove() {
        show(OptionalInt.empty());
    }

    private static boolean hasDeployments(ApplicationDTO application) {
        return Stream.of(application.resourceDTOs)
                .flatMap(resource -> Stream.of(resource.resourceMethods))
                .anyMatch(method -> method.path.equals("/deployments"));
    }

    private static OptionalInt port(Object endpoints) {
        return texts(endpoints)
                .map(URI::create)
                .mapToInt(URI::getPort)
                .filter(port -> port > 0)
                .findFirst();
    }

    /** A service property may be one text or several, in an array or a collection. */
    private static Stream<String> texts(Object value) {
        return switch (value) {
            case null -> Stream.empty();
            case String text -> Stream.of(text);
            case String[] several -> Stream.of(several);
            case Iterable<?> several -> {
                Stream.Builder<String> texts = Stream.builder();
                several.forEach(text -> texts.add(text.toString()));
                yield texts.build();
            }
            default -> Stream.of(value.toString());
        };
    }

    private void show(OptionalInt port) {
        lock.lock();
        try {
            if (port.equals(written)) {
                return;
            }
            written = port;
            if (port.isPresent()) {
                file.write(port.getAsInt() + "\n");
                LOG.info("REST API at http://127.0.0.1:{}/api", port.getAsInt());
            } else {
                file.delete();
            }
        } finally {
            lock.unlock();
        }
    }
}
