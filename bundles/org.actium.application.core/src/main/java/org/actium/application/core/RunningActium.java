package org.actium.application.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actium.application.api.Actium;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.VirtualNode;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.osgi.framework.BundleContext;

/**
 * What one {@code main} gets.
 *
 * @param services of the application's own bundle, which sees those of its own classes
 */
record RunningActium(
        String application,
        ActiveObjects objects,
        Futures futures,
        Optional<Deployment> deployment,
        BundleContext services,
        Map<String, String> options)
        implements Actium {

    RunningActium {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(futures, "futures");
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(services, "services");
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    @Override
    public VirtualNode virtualNode(String name) {
        VirtualNode virtualNode = deployment
                .orElseThrow(() -> new IllegalStateException("application '" + application
                        + "' runs without a descriptor, so there is no virtual node '" + name + "'"))
                .virtualNode(name);
        virtualNode.waitReady();
        return virtualNode;
    }

    @Override
    public <T> T facility(Class<T> type) {
        return Optional.ofNullable(services.getServiceReference(type))
                .map(services::getService)
                .orElseThrow(() -> new IllegalStateException("application '" + application + "' asks for "
                        + type.getName() + ", which no bundle of this runtime offers; install one that does"));
    }
}
