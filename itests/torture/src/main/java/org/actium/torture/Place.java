package org.actium.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the JVMs are that are tortured. */
sealed interface Place {

    /** Address of this machine, as those JVMs see it. */
    String here();

    /** What a descriptor has for the process that starts the worker of that number. @param jvm the process of its JVM */
    String process(int worker, String jvm);

    /** The host of that worker; the same for those that are cut off together. */
    String host(int worker);

    /** Whether a host can be cut off. */
    boolean canCut();

    void cut(String host);

    /** All cuts. */
    void heal();

    /** Processes of this machine: nothing can be cut off. */
    record ThisMachine() implements Place {
        @Override
        public String here() {
            return "127.0.0.1";
        }

        @Override
        public String process(int worker, String jvm) {
            return jvm;
        }

        @Override
        public String host(int worker) {
            return "here";
        }

        @Override
        public boolean canCut() {
            return false;
        }

        @Override
        public void cut(String host) {
            throw new UnsupportedOperationException("nobody is cut off from itself");
        }

        @Override
        public void heal() {}
    }

    /**
     * Hosts of {@code itests/testbed}, over ssh.
     *
     * @param script {@code itests/testbed/hosts}
     * @param here this machine, as the hosts see it
     */
    record Hosts(Path script, List<String> names, String here) implements Place {
        @Override
        public String process(int worker, String jvm) {
            return "<sshProcess hostname='" + host(worker)
                    + "'><processReference refid='jvm'/></sshProcess></processDefinition>"
                    + "<processDefinition id='jvm'>" + jvm;
        }

        @Override
        public String host(int worker) {
            return names.get(worker % names.size());
        }

        @Override
        public boolean canCut() {
            return true;
        }

        @Override
        public void cut(String host) {
            command("isolate", host);
        }

        @Override
        public void heal() {
            command("heal");
        }

        private void command(String... arguments) {
            List<String> command = new ArrayList<>(List.of(script.toString()));
            command.addAll(List.of(arguments));
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new TortureFailure(command + ": " + said);
                }
            } catch (IOException broken) {
                throw new TortureFailure(command + ": " + broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new TortureFailure(command + " was interrupted");
            }
        }
    }
}
