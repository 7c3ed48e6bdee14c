package org.actium.service.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.core.Combiner.Candidate;
import org.actium.service.core.Withdrawn.Return;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a service that goes off every node, and applies it again where it was if it comes back, as after an update of its
 * bundle.
 */
final class ComingAndGoing {

    private static final Logger LOG = LoggerFactory.getLogger(ComingAndGoing.class);

    private final String runtime;
    private final InstalledServices installed;
    private final NodeServices services;
    private final Applier applier;
    private final Remover remover;
    private final ChangeListeners listeners;
    private final AtomicInteger restores =
            new AtomicInteger(); // asked for since somebody began; 0 while nobody does it

    /** @param runtime its name */
    ComingAndGoing(
            String runtime,
            InstalledServices installed,
            NodeServices services,
            Applier applier,
            Remover remover,
            ChangeListeners listeners) {
        this.runtime = runtime;
        this.installed = installed;
        this.services = services;
        this.applier = applier;
        this.remover = remover;
        this.listeners = listeners;
    }

    /** The service is going: takes it off every node, with what requires it, while its instances still work. */
    void withdraw(InstalledService going) {
        NodeServices.Withdrawal withdrawal = services.withdraw(going);
        withdrawal.taken().forEach((node, leaving) -> {
            LOG.warn(
                    "node {}: no longer applied are the technical services {}, because bundle {} withdraws '{}'",
                    node.name(),
                    leaving.stream().map(one -> one.use().id()).toList(),
                    going.offer().bundle(),
                    going.offer().id());
            remover.undo(node, leaving);
        });
        withdrawal.taken().keySet().forEach(remover::forgetUnlessListed);
        withdrawal.orphans().forEach(remover::close);
        restore(); // another bundle may provide it
    }

    /**
     * A service has come, or one has gone in whose place there is another: whatever was withdrawn is applied again where
     * it can be, however often one needs another.
     */
    void restore() {
        if (restores.getAndIncrement() > 0) {
            return; // whoever does it already, maybe further out in this thread, looks again
        }
        int seen;
        do {
            seen = restores.get();
            try {
                boolean lacked = !services.returns().isEmpty();
                restoreAll();
                if (lacked) {
                    listeners.tell();
                }
            } catch (RuntimeException | Error failed) { // whoever came meanwhile counts on another look
                LOG.error("runtime {} cannot apply again what was withdrawn", runtime, failed);
            }
        } while (!restores.compareAndSet(seen, 0));
    }

    private void restoreAll() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Return back : services.returns()) {
                progress |= restore(back);
            }
        }
    }

    private boolean restore(Return back) {
        Node node = back.node();
        ServiceUse use = back.key().use();
        Optional<InstalledService> found = installed.find(use.service());
        if (found.isEmpty()
                || Together.lacks(
                        services.on(node), new Candidate(use, found.get().offer()))) {
            return false;
        }
        boolean missing;
        try {
            missing =
                    applier.applyNow(node, back.key().group(), List.of(use)); // who changes calls this: it cannot wait
        } catch (TechnicalServiceException failed) {
            LOG.warn("technical service '{}' is back, but {}", use.id(), failed.getMessage());
            return false;
        }
        if (!services.forgetWithdrawn(node, back.key()::equals) && missing) {
            remover.remove(node, one -> one.instance().key().equals(back.key())); // removed meanwhile
            return false;
        }
        if (missing) {
            LOG.info("node {}: technical service '{}' is back and applied again", node.name(), use.id());
        }
        return missing;
    }
}
