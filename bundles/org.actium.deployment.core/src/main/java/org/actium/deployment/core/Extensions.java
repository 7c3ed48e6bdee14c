package org.actium.deployment.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.DescriptorReader;
import org.actium.provision.api.Provisioner;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What is installed beside this bundle and comes and goes while deployments run: none of them ends because a protocol is
 * installed. Filled by the framework, or by hand where there is none.
 */
@Component(service = Extensions.class, immediate = true)
public final class Extensions {

    private final List<Named<DeploymentProtocol>> deploymentProtocols = new CopyOnWriteArrayList<>();
    private final List<Named<AcquisitionProtocol>> acquisitionProtocols = new CopyOnWriteArrayList<>();
    private final List<DescriptorReader> readers = new CopyOnWriteArrayList<>();
    private final List<Provisioner> provisioners = new CopyOnWriteArrayList<>();

    /** A protocol and what people call it. */
    record Named<T>(String name, T protocol) {}

    List<Named<DeploymentProtocol>> deploymentProtocols() {
        return deploymentProtocols;
    }

    List<Named<AcquisitionProtocol>> acquisitionProtocols() {
        return acquisitionProtocols;
    }

    Optional<DescriptorReader> reader() {
        return readers.stream().findFirst();
    }

    Optional<Provisioner> provisioner() {
        return provisioners.stream().findFirst();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addDeploymentProtocol(DeploymentProtocol protocol, Map<String, ?> properties) {
        deploymentProtocols.add(new Named<>(String.valueOf(properties.get(DeploymentProtocol.NAME)), protocol));
    }

    public void removeDeploymentProtocol(DeploymentProtocol protocol) {
        deploymentProtocols.removeIf(named -> named.protocol == protocol);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addAcquisitionProtocol(AcquisitionProtocol protocol, Map<String, ?> properties) {
        acquisitionProtocols.add(new Named<>(String.valueOf(properties.get(AcquisitionProtocol.NAME)), protocol));
    }

    public void removeAcquisitionProtocol(AcquisitionProtocol protocol) {
        acquisitionProtocols.removeIf(named -> named.protocol == protocol);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addReader(DescriptorReader reader) {
        readers.add(reader);
    }

    public void removeReader(DescriptorReader reader) {
        readers.remove(reader);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addProvisioner(Provisioner provisioner) {
        provisioners.add(provisioner);
    }

    public void removeProvisioner(Provisioner provisioner) {
        provisioners.remove(provisioner);
    }
}
