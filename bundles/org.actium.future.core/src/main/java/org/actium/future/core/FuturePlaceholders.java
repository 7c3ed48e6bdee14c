package org.actium.future.core;

import java.util.Objects;
import java.util.Optional;
import org.actium.future.spi.PendingOutcome;
import org.actium.future.spi.Placeholders;
import org.actium.object.spi.Stubs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes placeholders as stubs that wait for their value. */
@Component(immediate = true)
public final class FuturePlaceholders implements Placeholders {

    private final Stubs stubs;

    @Activate
    public FuturePlaceholders(@Reference Stubs stubs) {
        this.stubs = Objects.requireNonNull(stubs, "stubs");
    }

    @Override
    public Optional<String> obstacle(Class<?> type) {
        return stubs.obstacle(type);
    }

    @Override
    public <T> T placeholder(Class<T> type, PendingOutcome outcome) {
        return stubs.stub(type, new Placeholder(outcome, this));
    }

    @Override
    public Optional<PendingOutcome> outcome(Object candidate) {
        return stubs.handler(candidate).orElse(null) instanceof Placeholder placeholder
                ? Optional.of(placeholder.outcome())
                : Optional.empty();
    }
}
