package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actium.future.spi.Outcome;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Marks;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.SenderId;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call on its way to a body, or in its inbox. */
final class Request extends Work implements RequestView {

    private static final Logger LOG = LoggerFactory.getLogger(Request.class);

    private static final VarHandle CLAIMED;
    private static final VarHandle DECIDED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMED = lookup.findVarHandle(Request.class, "claimed", boolean.class);
            DECIDED = lookup.findVarHandle(Request.class, "decided", boolean.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final String REFUSED = "actium.refused";
    private static final byte[] NOTHING = {};

    private final BodyId target;
    /** A {@link BodyId}, a {@link SenderId.OfThread} of this runtime, the number of a thread elsewhere, or {@code null}. */
    private Object from;

    private final long sequence;
    private final String signature;
    private Object arguments; // an array, or Arguments still to be read
    private final WayBack back; // null if one-way
    private ReplySlot slot; // null if its caller is elsewhere, or does not wait
    private FailureReports unheard; // null if nobody cares
    private Extras extras; // null if it has none
    private volatile boolean claimed;
    private volatile boolean decided; // only where two threads may both have claimed it

    /** What few requests have: apart, so that the others are no larger than a line of the cache. */
    private static final class Extras {
        private RuntimeAddress origin; // null if it was sent in this runtime
        private long message; // the number that its sender's runtime gave it
        private Map<String, byte[]> attachments = Map.of();
        // of interceptors
        private Marks marks = Marks.NONE;
        private Holds holds; // null if nobody holds it back
        private Holds acknowledgement; // null if nobody withholds it
        private Answer answer; // null until there is one
        private ReplyFlags answered = ReplyFlags.NONE;
        private Sender sentBy; // null if its interceptors do not care
    }

    /** Where arguments come from that are still to be read. */
    @FunctionalInterface
    interface Arguments {
        Object[] get();
    }

    /** @param back {@code null} if the request is one-way */
    Request(BodyId target, Optional<BodyId> sender, long sequence, String signature, Object[] arguments, WayBack back) {
        this(target, sender, sequence, signature, back);
        this.arguments = Objects.requireNonNull(arguments, "arguments");
    }

    /** As the other, with arguments that are read when it is served. */
    Request(BodyId target, Optional<BodyId> sender, long sequence, String signature, Arguments unread, WayBack back) {
        this(target, sender, sequence, signature, back);
        this.arguments = Objects.requireNonNull(unread, "unread");
    }

    private Request(BodyId target, Optional<BodyId> sender, long sequence, String signature, WayBack back) {
        this.target = Objects.requireNonNull(target, "target");
        this.from = sender.orElse(null);
        this.sequence = sequence;
        this.signature = Objects.requireNonNull(signature, "signature");
        this.back = back;
    }

    @Override
    public BodyId target() {
        return target;
    }

    @Override
    public Optional<BodyId> sender() {
        return from instanceof BodyId sender ? Optional.of(sender) : Optional.empty();
    }

    /** As messages have it; of a thread, its runtime is the one it came from. */
    @Override
    public SenderId from() {
        return switch (from) {
            case BodyId body -> new SenderId.OfBody(body);
            case SenderId.OfThread here -> here;
            case null, default ->
                new SenderId.OfThread(origin().map(RuntimeAddress::id).orElseGet(target::birthplace), thread());
        };
    }

    private Extras extras() {
        if (extras == null) {
            extras = new Extras();
        }
        return extras;
    }

    @Override
    public Marks marks() {
        return extras == null ? Marks.NONE : extras.marks;
    }

    @Override
    public void mark(Marks with) {
        extras().marks = Objects.requireNonNull(with, "with");
    }

    @Override
    public Runnable hold() {
        Extras own = extras();
        if (own.holds == null) {
            own.holds = new Holds();
        }
        return own.holds.add();
    }

    /** Who keeps it from leaving; {@code null} if nobody does. */
    Holds holds() {
        return extras == null ? null : extras.holds;
    }

    @Override
    public Runnable withholdAcknowledgement() {
        Extras own = extras();
        if (own.acknowledgement == null) {
            own.acknowledgement = new Holds();
        }
        return own.acknowledgement.add();
    }

    /** Acknowledges it, now or when nobody withholds that any more. */
    void acknowledge(Runnable acknowledgement) {
        Holds withheld = extras == null ? null : extras.acknowledgement;
        if (withheld == null) {
            acknowledgement.run();
        } else {
            withheld.whenReleased(acknowledgement);
        }
    }

    /** @param passed those of its sender, which may want to hear of its acknowledgement and of its reply */
    void sentBy(Sender sender, Interceptors passed) {
        if (passed.seeAcknowledgements() || passed.seeAnswers()) {
            extras().sentBy = sender;
        }
    }

    /** As the other, for a sender of this runtime. */
    void acknowledge() {
        if (extras != null) {
            acknowledge(this::acknowledged);
        }
    }

    /** Its sender need do nothing for it any more. */
    void acknowledged() {
        try {
            sentBy().acknowledged(this);
        } catch (RuntimeException | Error failed) {
            LOG.error("an interceptor failed when {} of {} was acknowledged", method(), from(), failed);
        }
    }

    /** The reply that is about to leave, or has come. */
    Answer answer(Outcome outcome) {
        Extras own = extras();
        if (own.answer == null) {
            own.answer = new Answer(
                    this, outcome instanceof Outcome.Value, own.answered.marks(), own.answered.attachments());
        }
        return own.answer;
    }

    /** The reply has come, and carries that. */
    void answered(ReplyFlags flags) {
        extras().answered = flags;
    }

    /** To be its outcome: it was not served and never will be, so that its sender may send it again. */
    Outcome refusal(ActiveObjectException why) {
        Outcome refusal = new Outcome.Failure(why);
        if (!oneWay()) {
            answer(refusal).attach(REFUSED, NOTHING);
        }
        return refusal;
    }

    /** Whether its reply has come, and says that it was refused. */
    boolean isRefused() {
        return extras != null
                && extras.answer != null
                && extras.answer.attachment(REFUSED).isPresent();
    }

    /** What the reply carries. */
    ReplyFlags replyFlags() {
        Answer answer = extras == null ? null : extras.answer;
        return answer == null ? ReplyFlags.NONE : new ReplyFlags(answer.marks(), answer.attachments());
    }

    /** What sends that reply, however the outcome changes from now on. */
    Runnable prepared(Outcome outcome) {
        return back.prepared(this, outcome);
    }

    /** It came over a link from there, under that number. */
    void cameFrom(RuntimeAddress peer, long number) {
        Extras own = extras();
        own.origin = peer;
        own.message = number;
    }

    /** Whether that runtime sent it under that number. */
    boolean cameFrom(RuntimeId runtime, long number) {
        return origin().filter(home -> home.id().equals(runtime)).isPresent() && extras.message == number;
    }

    /** Where its sender is; empty if that is this runtime. */
    Optional<RuntimeAddress> origin() {
        return extras == null ? Optional.empty() : Optional.ofNullable(extras.origin);
    }

    /** Of those threads of its runtime that serve no active object, that one sent it. @param number 0 if none did */
    void cameFromThread(Long number) {
        if (number != 0) {
            from = number;
        }
    }

    /** That thread of this runtime sent it. @param thread {@code null} if an active object did */
    void cameFromThread(SenderId.OfThread thread) {
        if (thread != null) {
            from = thread;
        }
    }

    /** 0 if an active object sent it. */
    long thread() {
        return switch (from) {
            case SenderId.OfThread here -> here.number();
            case Long elsewhere -> elsewhere;
            case null, default -> 0;
        };
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
        return back == null || back.oneWay();
    }

    /** It is one-way, not served, and nobody need know. */
    void dropped() {
        if (back != null) {
            back.dropped();
        }
    }

    @Override
    public Optional<byte[]> attachment(String key) {
        return Optional.ofNullable(attachments().get(key));
    }

    @Override
    public void attach(String key, byte[] value) {
        Extras own = extras();
        if (own.attachments.isEmpty()) {
            own.attachments = new HashMap<>();
        }
        own.attachments.put(key, value);
    }

    Map<String, byte[]> attachments() {
        return extras == null ? Map.of() : extras.attachments;
    }

    /** The arguments, to be used once; reading them may fail as {@code Codec.read}. */
    Object[] arguments() {
        return arguments instanceof Object[] there ? there : ((Arguments) arguments).get();
    }

    /** The arguments, the same ones whenever they are asked for and used. */
    Object[] keptArguments() {
        Object[] kept = arguments();
        arguments = kept;
        return kept;
    }

    /** Where two threads may want to serve or answer it: whether it is for this one. */
    boolean claim() {
        return CLAIMED.compareAndSet(this, false, true);
    }

    /** Where nobody else may want it yet; whether that was so, {@link #decide} tells later. @return that it is for this thread */
    boolean claimUncontended() {
        CLAIMED.set(this, true);
        return true;
    }

    /** Where this thread claimed it, and another one may have done so at once: whether it is for this one. */
    boolean decide() {
        return DECIDED.compareAndSet(this, false, true);
    }

    boolean isClaimed() {
        return claimed;
    }

    /** Where a caller of this runtime waits for the outcome. */
    void awaitedAt(ReplySlot callers) {
        slot = callers;
    }

    /** What {@link #awaitedAt} said. */
    ReplySlot slot() {
        return slot;
    }

    /** Those that its sender has now, if those that it passed wanted to hear anything. */
    Interceptors sentBy() {
        return extras == null || extras.sentBy == null ? Interceptors.NONE : extras.sentBy.interceptors();
    }

    /** It is for another thread than that of service to serve it, or to answer it. */
    void leaveToOthers() {
        if (slot != null) {
            slot.leaveToOthers();
        }
    }

    /** Where a failure goes if the request is one-way. */
    void unheardBy(FailureReports reports) {
        unheard = reports;
    }

    /** Passes the outcome to whoever waits for it; if the request is one-way, only a failure, to whoever listens. */
    void reply(Outcome outcome) {
        if (outcome instanceof Outcome.Failure) {
            CallerStacks.extend(outcome, this);
        }
        if (back != null) {
            back.answer(this, outcome);
        } else if (unheard != null && outcome instanceof Outcome.Failure(Throwable cause)) {
            unheard.report(this, cause);
        }
    }
}
