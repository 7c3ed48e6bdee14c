package org.actium.runtime.core;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;

/** Unpredictable random numbers, fit for identities and secrets. */
@Component(service = RandomGenerator.class, property = "actium.port=system")
public final class SystemRandom implements RandomGenerator {

    private final SecureRandom source = new SecureRandom();

    @Override
    public long nextLong() {
        return source.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }
}
