package org.actium.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of the program {@code ssh}. Whether it gets through shows later. */
final class ProgramPassage implements Passage {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramPassage.class);

    /** More of what ssh says is of no use in a message. */
    private static final int SAID_BYTES = 1000;

    private static final long END_MILLIS = 2000;

    private final Process ssh;
    private final CompletableFuture<String> said = new CompletableFuture<>();

    private ProgramPassage(Process ssh) {
        this.ssh = ssh;
    }

    /** @throws IOException if ssh cannot be started */
    static ProgramPassage start(List<String> command, Threads threads) throws IOException {
        try {
            ProgramPassage passage = new ProgramPassage(new ProcessBuilder(command).start());
            threads.startReader(passage.name() + "-errors", passage::listenToSsh);
            return passage;
        } catch (IOException failed) {
            throw new IOException("'" + command.getFirst() + "' cannot be started: " + failed.getMessage(), failed);
        }
    }

    @Override
    public String name() {
        return "ssh-" + ssh.pid();
    }

    @Override
    public InputStream input() {
        return ssh.getInputStream();
    }

    @Override
    public OutputStream output() {
        return ssh.getOutputStream();
    }

    private void listenToSsh() {
        StringBuilder text = new StringBuilder();
        try (InputStream errors = ssh.getErrorStream()) {
            byte[] buffer = new byte[SAID_BYTES];
            for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                if (text.length() < SAID_BYTES) {
                    text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException ended) {
            LOG.debug("ssh process {} says no more", ssh.pid(), ended);
        }
        said.complete(text.toString().strip().replaceAll("\\s*\\R\\s*", "; "));
    }

    @Override
    public void finish() {
        try {
            if (!ssh.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                ssh.destroy();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            ssh.destroy();
        }
    }

    @Override
    public void cut() {
        ssh.destroy();
    }

    @Override
    public String complaint() {
        try {
            if (!ssh.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                return "ssh has not ended";
            }
            String words = said.get(END_MILLIS, TimeUnit.MILLISECONDS); // stopping it would lose them
            return words.isEmpty() ? "ssh said nothing" : words;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException | TimeoutException silent) {
            return "ssh says nothing";
        } finally {
            cut();
        }
    }
}
