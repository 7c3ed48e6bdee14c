package org.actium.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What a client must show: drawn when the container starts, kept in {@code ${actium.state}/rest.token} for those who
 * may read it there, gone when the container stops.
 */
@Component(service = BearerToken.class)
public final class BearerToken {

    private static final String FILE = "rest.token";
    private static final int BYTES = 32;

    private final byte[] token;
    private final PrivateFile file;

    @Activate
    public BearerToken(BundleContext context, @Reference(target = "(actium.port=system)") RandomGenerator random) {
        this(random, PrivateFile.inState(context, FILE));
    }

    BearerToken(RandomGenerator random, PrivateFile file) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        this.token = text.getBytes(StandardCharsets.US_ASCII);
        this.file = file;
        file.write(text + "\n");
    }

    /** Takes the same time for every wrong token of the same length. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(token, candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Deactivate
    void forget() {
        file.delete();
    }
}
