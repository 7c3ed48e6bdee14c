package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyId;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.RuntimeAddress;

/** A call on its way to a body, or in its inbox. */
final class Request extends Work implements RequestView {

    private static final VarHandle CLAIMED;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(Request.class, "claimed", boolean.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final BodyId target;
    private final BodyId sender; // null if no active object sent it
    private final long sequence;
    private final String signature;
    private Object[] arguments; // null until they are read
    private Arguments unread; // null if they are there
    private final Consumer<Outcome> reply; // null if one-way
    private FailureReports unheard; // null if nobody cares
    private RuntimeAddress origin; // null if it was sent in this runtime
    private long thread;
    private volatile boolean claimed;
    private Map<String, byte[]> attachments = Map.of();

    /** Where arguments come from that are still to be read. */
    @FunctionalInterface
    interface Arguments {
        Object[] get();
    }

    /** @param reply takes the outcome, once, on the thread that serves; {@code null} if the request is one-way */
    Request(
            BodyId target,
            Optional<BodyId> sender,
            long sequence,
            String signature,
            Object[] arguments,
            Consumer<Outcome> reply) {
        this(target, sender, sequence, signature, reply);
        this.arguments = Objects.requireNonNull(arguments, "arguments");
    }

    /** As the other, with arguments that are read when it is served. */
    Request(
            BodyId target,
            Optional<BodyId> sender,
            long sequence,
            String signature,
            Arguments unread,
            Consumer<Outcome> reply) {
        this(target, sender, sequence, signature, reply);
        this.unread = Objects.requireNonNull(unread, "unread");
    }

    private Request(BodyId target, Optional<BodyId> sender, long sequence, String signature, Consumer<Outcome> reply) {
        this.target = Objects.requireNonNull(target, "target");
        this.sender = sender.orElse(null);
        this.sequence = sequence;
        this.signature = Objects.requireNonNull(signature, "signature");
        this.reply = reply;
    }

    @Override
    public BodyId target() {
        return target;
    }

    @Override
    public Optional<BodyId> sender() {
        return Optional.ofNullable(sender);
    }

    /** It came over a link from there. */
    void cameFrom(RuntimeAddress peer) {
        origin = peer;
    }

    /** Where its sender is; empty if that is this runtime. */
    Optional<RuntimeAddress> origin() {
        return Optional.ofNullable(origin);
    }

    /** Of those threads of its runtime that serve no active object, that one sent it. */
    void cameFromThread(long number) {
        thread = number;
    }

    /** 0 if an active object sent it. */
    long thread() {
        return thread;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public String signature() {
        return signature;
    }

    /** For messages: the name without the types. */
    String method() {
        return signature.substring(0, signature.indexOf('('));
    }

    @Override
    public boolean oneWay() {
        return reply == null;
    }

    @Override
    public Optional<byte[]> attachment(String key) {
        return Optional.ofNullable(attachments.get(key));
    }

    @Override
    public void attach(String key, byte[] value) {
        if (attachments.isEmpty()) {
            attachments = new HashMap<>();
        }
        attachments.put(key, value);
    }

    Map<String, byte[]> attachments() {
        return attachments;
    }

    /** The arguments, to be used once; reading them may fail as {@code Codec.read}. */
    Object[] arguments() {
        return arguments == null ? unread.get() : arguments;
    }

    /** The arguments, the same ones whenever they are asked for and used. */
    Object[] keptArguments() {
        arguments = arguments();
        return arguments;
    }

    /** Where two threads may want to serve or answer it: whether it is for this one. */
    boolean claim() {
        return CLAIMED.compareAndSet(this, false, true);
    }

    /** Where nobody else may want it yet. @return that it is for this thread */
    boolean claimUncontended() {
        CLAIMED.set(this, true);
        return true;
    }

    boolean isClaimed() {
        return claimed;
    }

    /** Where a failure goes if the request is one-way. */
    void unheardBy(FailureReports reports) {
        unheard = reports;
    }

    /** Passes the outcome to whoever waits for it; if the request is one-way, only a failure, to whoever listens. */
    void reply(Outcome outcome) {
        CallerStacks.extend(outcome, this);
        if (reply != null) {
            reply.accept(outcome);
        } else if (unheard != null && outcome instanceof Outcome.Failure(Throwable cause)) {
            unheard.report(target, this, cause);
        }
    }
}
