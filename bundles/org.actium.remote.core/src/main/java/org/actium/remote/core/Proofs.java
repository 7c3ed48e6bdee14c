package org.actium.remote.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cryptography of one handshake. Everything is bound to its transcript, which contains a fresh nonce of each side: what
 * is made here is worth nothing in another handshake.
 */
final class Proofs {

    static final int PROOF_BYTES = 32;

    /** What {@link #encrypt} makes of the key of a domain. */
    static final int ENCRYPTED_BYTES = Domain.KEY_BYTES + 16;

    /** Who makes a proof: what one side proves cannot be handed back to it. */
    enum Role {
        DIALLER,
        ACCEPTOR,
        /** The acceptor, when it lets the dialler in. */
        WELCOMER
    }

    private static final int TAG_BITS = 128;

    private final byte[] secret;
    private final byte[] transcript;

    /** @param secret what both sides must know: that of a join token, or the key of the domain */
    Proofs(byte[] secret, byte[] transcript) {
        this.secret = secret.clone();
        this.transcript = transcript.clone();
    }

    /** Shows that its maker knows the secret. */
    byte[] proof(Role role) {
        return proof(role, new byte[0]);
    }

    /** The same, and that it comes with these bytes. */
    byte[] proof(Role role, byte[] said) {
        return mac("actium proof of the " + role, said);
    }

    boolean accepts(byte[] proof, Role role) {
        return accepts(proof, role, new byte[0]);
    }

    boolean accepts(byte[] proof, Role role, byte[] said) {
        return MessageDigest.isEqual(proof, proof(role, said));
    }

    byte[] encrypt(byte[] domainKey) {
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(domainKey);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK lacks AES-GCM", impossible);
        }
    }

    /** @throws IllegalArgumentException if it was not encrypted by one who knows the secret, in this handshake */
    byte[] decrypt(byte[] encrypted) {
        try {
            return cipher(Cipher.DECRYPT_MODE).doFinal(encrypted);
        } catch (AEADBadTagException forged) {
            throw new IllegalArgumentException("the domain key does not decrypt", forged);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK lacks AES-GCM", impossible);
        }
    }

    /** The key encrypts one message only, so that the initialization vector may be constant. */
    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(mac("actium key of the welcome", new byte[0]), "AES"),
                new GCMParameterSpec(TAG_BITS, new byte[12]));
        return cipher;
    }

    private byte[] mac(String label, byte[] said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            mac.update(transcript);
            return mac.doFinal(said);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK lacks HMAC-SHA256", impossible);
        }
    }
}
