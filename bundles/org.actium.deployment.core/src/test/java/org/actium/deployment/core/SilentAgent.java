package org.actium.deployment.core;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.actium.object.api.ObjectInfo;
import org.actium.runtime.spi.NodeRef;
import org.actium.service.api.ServiceUse;

/** Answers no question before the latch opens. */
record SilentAgent(CountDownLatch latch) implements RuntimeAgent {

    @Override
    public NodeRef createNode(String node, String virtualNode, String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void applyServices(String node, String group, List<ServiceUse> services) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeService(String node, String use) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeNode(String node) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<NodeReport> nodes() {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    @Override
    public List<ObjectInfo> objects() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop(String reason) {
        throw new UnsupportedOperationException();
    }
}
