package org.actium.service.updates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.provision.api.ProvisionException;
import org.actium.provision.api.Provisioner;
import org.actium.provision.api.RefusedForNowException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.service.api.BundleImpact;

/** Runtimes that write down which version they were given. */
final class OtherRuntimes implements Provisioner, RemoteObjects {

    final List<String> given = new ArrayList<>();
    final Map<String, BundleImpact> impacts = new HashMap<>(); // by name of the runtime
    final List<String> silent = new ArrayList<>(); // names of runtimes
    final Map<String, String> refusals = new HashMap<>(); // what "version to runtime" is answered with
    final Map<String, String> delays = new HashMap<>(); // likewise, if it may be possible later
    final Map<String, Integer> interrupts = new HashMap<>(); // how often "version to runtime" is interrupted
    Runnable beforeRefusal = () -> {};
    Runnable beforeJar = () -> {};
    boolean interrupted; // one of those who asked
    private final Path jars;
    private final Map<String, byte[]> contents = new HashMap<>(); // by name and version of a bundle

    OtherRuntimes(Path jars) {
        this.jars = jars;
    }

    /** So that it can be gone back to. */
    InputStream made(String name, String version, byte[] jar) {
        contents.put(name + " " + version, jar);
        return new ByteArrayInputStream(jar);
    }

    @Override
    public void ensure(RuntimeAddress target, String bundle, String version) {
        throw new UnsupportedOperationException("nothing new is brought here");
    }

    @Override
    public void renew(RuntimeAddress target, String bundle, String version, boolean force) {
        String what = bundle + " " + version + " to " + target.name() + (force ? ", forced" : "");
        given.add(what);
        interrupts.computeIfPresent(what, (_, times) -> {
            Thread.currentThread().interrupt();
            return times > 1 ? times - 1 : null;
        });
        if (Thread.currentThread().isInterrupted()) {
            interrupted = true;
            throw new ProvisionException(what + " was not waited for");
        }
        if (delays.containsKey(what)) {
            throw new RefusedForNowException(delays.get(what));
        }
        if (refusals.containsKey(what)) {
            beforeRefusal.run();
            throw new ProvisionException(refusals.get(what));
        }
    }

    @Override
    public Path jar(String bundle, String version) {
        beforeJar.run();
        try {
            return Files.write(jars.resolve(bundle + "-" + version + ".jar"), contents.get(bundle + " " + version));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public <T> Registration export(Class<T> contract, String name, T object) {
        return () -> {};
    }

    @Override
    public <T> T at(RuntimeAddress runtime, Class<T> contract, String name) {
        if (silent.contains(runtime.name())) {
            throw new UnreachableException(runtime.name() + " does not answer");
        }
        ImpactReport report = (bundle, updater) -> Optional.ofNullable(impacts.get(runtime.name()));
        return contract.cast(report);
    }
}
