package org.actium.features.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Asks the launcher of a distribution whether an assembly resolves, in a JVM and a framework such as users start. */
final class ResolutionCheck {

    private final Path home;

    ResolutionCheck(Path home) {
        this.home = home;
    }

    /** @throws MojoFailureException with what the launcher says if it does not resolve */
    void run(String assembly) throws MojoExecutionException, MojoFailureException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String options = "@" + home.resolve("conf").resolve(assembly + ".jvm");
        String launcher = home.resolve("lib").resolve("org.actium.launcher.jar").toString();
        try {
            Process process = new ProcessBuilder(
                            java, options, "-cp", launcher, "org.actium.launcher.Main", "resolve", assembly)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new MojoFailureException("assembly '" + assembly + "' does not resolve:\n" + output);
            }
        } catch (IOException failed) {
            throw new MojoExecutionException("resolving assembly '" + assembly + "': " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("resolving assembly '" + assembly + "' was interrupted", stopped);
        }
    }
}
