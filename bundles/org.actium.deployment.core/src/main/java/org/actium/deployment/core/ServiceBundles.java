package org.actium.deployment.core;

import java.util.Collection;
import java.util.Optional;
import org.actium.provision.api.Provisioner;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;

/** Ships the bundles of technical services to the runtimes that need them, where there is somebody to do it. */
final class ServiceBundles {

    private final Extensions extensions;
    private final TechnicalServices services;

    ServiceBundles(Extensions extensions, TechnicalServices services) {
        this.extensions = extensions;
        this.services = services;
    }

    /** One that is updated meanwhile is brought as it is then. */
    void bring(Member member, RuntimeAddress runtime, Collection<ServiceUse> uses) {
        if (member.source() instanceof Source.Current) {
            return;
        }
        extensions
                .provisioner()
                .ifPresent(provisioner -> uses.stream()
                        .map(ServiceUse::service)
                        .distinct()
                        .forEach(service -> bring(provisioner, runtime, service)));
    }

    /**
     * After they are applied: another runtime may have replaced a bundle that nodes did not use yet. It cannot any more, so
     * what is there now stays.
     *
     * @throws RuntimeException if it is not what was brought, and cannot become it because others use it
     */
    void confirm(Member member, RuntimeAddress runtime, Collection<ServiceUse> uses) {
        bring(member, runtime, uses);
    }

    private void bring(Provisioner provisioner, RuntimeAddress runtime, String service) {
        long before = services.changes();
        Optional<RuntimeException> failure = attempt(provisioner, runtime, service);
        while (failure.isPresent() && services.changedSince(before)) {
            before = services.changes();
            failure = attempt(provisioner, runtime, service);
        }
        failure.ifPresent(failed -> {
            throw failed;
        });
    }

    private Optional<RuntimeException> attempt(Provisioner provisioner, RuntimeAddress runtime, String service) {
        try {
            services.offer(service).ifPresent(offer -> provisioner.ensure(runtime, offer.bundle(), offer.version()));
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(failed);
        }
    }
}
