package org.actium.security.domain;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Keys of the one kind that is in use: ECDSA on the curve P-256, which every TLS implementation has. */
final class Keys {

    private static final String ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final int CURVE_BITS = 256;
    private static final String SIGNATURE = "SHA256withECDSA";

    private Keys() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw lacking(impossible);
        }
    }

    static byte[] sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw lacking(impossible);
        }
    }

    /** SHA-256. */
    static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException impossible) {
            throw lacking(impossible);
        }
    }

    static boolean verify(PublicKey key, byte[] content, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException garbage) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if it is no key of our kind */
    static PublicKey publicKey(byte[] encoded) {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            if (((ECPublicKey) key).getParams().getOrder().bitLength() != CURVE_BITS) {
                throw new IllegalArgumentException("a key of another curve than P-256");
            }
            return key;
        } catch (GeneralSecurityException garbage) {
            throw new IllegalArgumentException("not a public key", garbage);
        }
    }

    /** @throws IllegalArgumentException if it is no key of our kind */
    static PrivateKey privateKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException garbage) {
            throw new IllegalArgumentException("not a private key", garbage);
        }
    }

    private static IllegalStateException lacking(GeneralSecurityException cause) {
        return new IllegalStateException("the JDK lacks ECDSA with P-256", cause);
    }
}
