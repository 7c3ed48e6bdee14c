package org.actium.benchmarks.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A key and a certificate that the peers of Actium show and believe, on both sides. Actium has a domain of its own. */
record Secrets(Path store, String password) {

    private static final String STORE = "javax.net.ssl.keyStore";
    private static final String PASSWORD = "javax.net.ssl.keyStorePassword";

    /** By {@code keytool}, with the kind of key that Actium has. Sets the defaults of this JVM. */
    static Secrets make() throws IOException, InterruptedException {
        Path store = Files.createTempDirectory("benchmark").resolve("keys.p12");
        Secrets secrets = new Secrets(store, UUID.randomUUID().toString());
        ProcessBuilder keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "benchmark",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "STOREPASS")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return secrets.madeBy(keytool);
    }

    private Secrets madeBy(ProcessBuilder keytool) throws IOException, InterruptedException {
        keytool.environment().put("STOREPASS", password);
        if (keytool.start().waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        store.toFile().deleteOnExit();
        store.getParent().toFile().deleteOnExit();
        options().forEach(option -> {
            String[] property = option.substring("-D".length()).split("=", 2);
            System.setProperty(property[0], property[1]);
        });
        return this;
    }

    static Secrets ofThisJvm() {
        return new Secrets(Path.of(System.getProperty(STORE)), System.getProperty(PASSWORD));
    }

    /** With which a JVM shows and believes them. */
    List<String> options() {
        return List.of(
                "-D" + STORE + "=" + store,
                "-D" + PASSWORD + "=" + password,
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + password);
    }
}
