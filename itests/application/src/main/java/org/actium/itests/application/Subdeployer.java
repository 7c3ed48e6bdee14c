package org.actium.itests.application;

import java.util.function.Function;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.VirtualNode;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** Deploys from the runtime it lives on. */
public class Subdeployer {

    /** @return how many nodes the deployment has, when it has all of them */
    public int deploy(String descriptor) {
        return with(deployments ->
                deployments
                        .deploy(DescriptorSource.of("sub.xml", descriptor), DeploymentListener.NONE)
                        .virtualNodes()
                        .stream()
                        .map(VirtualNode::waitReady)
                        .mapToInt(nodes -> nodes.size())
                        .sum());
    }

    /** Ends all deployments of this runtime. @return how many there were */
    public int undeploy() {
        return with(deployments -> {
            int count = deployments.deployments().size();
            deployments.deployments().forEach(deployment -> deployment.undeploy());
            return count;
        });
    }

    private static int with(Function<Deployments, Integer> action) {
        BundleContext context = FrameworkUtil.getBundle(Subdeployer.class).getBundleContext();
        ServiceReference<Deployments> reference = context.getServiceReference(Deployments.class);
        try {
            return action.apply(context.getService(reference));
        } finally {
            context.ungetService(reference);
        }
    }
}
