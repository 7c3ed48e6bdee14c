package org.actium.remote.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ProviderType;

/** The links of this runtime: at most one to each other runtime, dialled when first needed. */
@ProviderType
public interface Links {

    /** This runtime and where it accepts connections. */
    RuntimeAddress self();

    /**
     * The link to that runtime; dials if there is none, and blocks meanwhile.
     *
     * @throws UnreachableException if no endpoint answers in time, or another runtime answers there, or the thread is
     *     interrupted, which leaves it interrupted
     * @throws AdmissionException if the other side refuses this runtime
     */
    Link to(RuntimeAddress peer);

    /**
     * Which runtime of this domain listens there: this one or a linked one if it says so of itself, else whoever answers,
     * for which this blocks. No link is made.
     *
     * @throws UnreachableException if no runtime answers in time
     * @throws AdmissionException if one of another domain answers
     */
    RuntimeAddress resolve(Endpoint endpoint);

    /** The link to that runtime if there is one now. */
    Optional<Link> existing(RuntimeId peer);

    /** The links there are now. */
    List<Link> all();

    /**
     * Joins the domain of the runtime that listens there: proves possession of the token, and has the other side prove
     * it too, without sending it. Join before anything links to this runtime: its domain changes.
     *
     * @throws UnreachableException if nothing answers within the time-out
     * @throws AdmissionException if the token is unknown, used or expired, or this runtime has links in another domain
     */
    Link join(Endpoint parent, JoinToken token, Duration timeout);

    /**
     * Hands every frame of the channel to the handler, from all links. While a channel has no handler its frames are
     * dropped, and their senders are told ({@link FrameHandler#refused}).
     *
     * @throws IllegalStateException if the channel has a handler
     */
    Registration handle(Channel channel, FrameHandler handler);

    /** Calls the listener for every link that opens or closes from now on. */
    Registration listen(LinkListener listener);
}
