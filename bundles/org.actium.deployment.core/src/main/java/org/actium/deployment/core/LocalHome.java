package org.actium.deployment.core;

import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers this runtime to the containers that belong to it. */
@Component(
        service = {},
        immediate = true)
public final class LocalHome implements ContainerHome, AutoCloseable {

    private final Membership membership;
    private final Registration export;

    @Activate
    public LocalHome(@Reference Membership membership, @Reference RemoteObjects remoteObjects) {
        this.membership = membership;
        this.export = remoteObjects.export(ContainerHome.class, NAME, this);
    }

    @Override
    public boolean lists(RuntimeId container) {
        return membership.lists(container);
    }

    @Override
    public boolean welcome(RuntimeId container) {
        return membership.welcome(container);
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
    }
}
