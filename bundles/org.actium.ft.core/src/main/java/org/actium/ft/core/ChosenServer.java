package org.actium.ft.core;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.naming.api.ActiumUrl;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of fault tolerance that a container asks: one that a descriptor names, or the container that deploys. It may be
 * restarted: who listens then where it was, under its name, is the same.
 */
public final class ChosenServer implements ServerChoice, Supplier<RuntimeAddress>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChosenServer.class);

    private final Optional<String> parent;
    private final Optional<String> deployer;
    private final Links links;
    private final RemoteObjects remoteObjects;
    private final Consumer<Supplier<RuntimeAddress>> elsewhere;
    private final Registration offered;
    private final ReentrantLock choosing = new ReentrantLock();
    private final Set<String> accepted = new HashSet<>(); // under choosing; URLs of what is chosen
    private final Map<String, RuntimeAddress> reached = new ConcurrentHashMap<>(); // by addresses; who was there last
    private volatile String run; // null until it is known
    private volatile RuntimeAddress chosen; // null until something is; written under choosing, or by the same name

    /**
     * @param parent {@code host:port} of the container that decides, empty if this one does; several, with commas between, if
     *     nobody knows by which of them it is reached
     * @param elsewhere told where the server is if it is another container, before anybody uses it
     */
    public ChosenServer(
            Optional<String> parent,
            Links links,
            RemoteObjects remoteObjects,
            Consumer<Supplier<RuntimeAddress>> elsewhere) {
        this(parent, parent, links, remoteObjects, elsewhere);
    }

    /**
     * Of a container that may decide for itself, as one that was started by hand and has a store, and belongs to the run of
     * another one all the same: where that has deployed nodes of several such, what one of them loses goes to the others.
     *
     * @param deployer {@code host:port} of the container whose run this is of, as the parent
     */
    public ChosenServer(
            Optional<String> parent,
            Optional<String> deployer,
            Links links,
            RemoteObjects remoteObjects,
            Consumer<Supplier<RuntimeAddress>> elsewhere) {
        this.deployer = Objects.requireNonNull(deployer, "deployer");
        this.parent = Objects.requireNonNull(parent, "parent");
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
        this.elsewhere = Objects.requireNonNull(elsewhere, "elsewhere");
        this.offered = remoteObjects.export(ServerChoice.class, NAME, this);
    }

    /** Blocks while somebody else chooses. */
    @Override
    public RuntimeAddress server(Optional<String> named) {
        choosing.lock();
        try {
            if (chosen == null) {
                RuntimeAddress decided = decided(named);
                requireUsable(decided, named);
                run(); // now: who says it may be gone later
                chosen = decided;
                named.ifPresent(accepted::add);
                if (!isHere(decided)) {
                    LOG.info("the server of fault tolerance is {}", decided);
                    elsewhere.accept(this);
                }
            } else if (named.isPresent() && parent.isPresent()) {
                decided(named); // a URL means something to who decides only: here, localhost is another host
            } else if (named.isPresent()) {
                requireChosen(named.get());
            }
            return chosen;
        } finally {
            choosing.unlock();
        }
    }

    @Override
    public String run() {
        String known = run;
        if (known == null) {
            known = deployer.map(this::runOf)
                    .orElseGet(() -> Runtimes.key(links.self().id()));
            run = known;
        }
        return known;
    }

    private String runOf(String above) {
        try {
            return at(above).run();
        } catch (RemotingException unreached) {
            throw new IllegalStateException(
                    whoDeployed(above) + ", does not say of which run this one is: " + unreached.getMessage());
        }
    }

    private ServerChoice at(String above) {
        return remoteObjects.at(resolved(above), ServerChoice.class, ServerChoice.NAME);
    }

    private static String whoDeployed(String above) {
        return "the container that deployed this one, at " + above;
    }

    private RuntimeAddress decided(Optional<String> named) {
        if (parent.isEmpty()) {
            return named.map(this::called).orElseGet(links::self);
        }
        try {
            return at(parent.get()).server(named);
        } catch (RemotingException unreached) {
            throw new IllegalStateException(whoDeployed(parent.get())
                    + ", does not say which server of fault tolerance there is: " + unreached.getMessage());
        }
    }

    private RuntimeAddress called(String url) {
        ActiumUrl parsed = ActiumUrl.parse(url);
        Endpoint endpoint = parsed.runtime()
                .orElseThrow(() -> new IllegalStateException("'" + url
                        + "' names no server of fault tolerance; that would look like rmi://host:1100/FTServer"));
        RuntimeAddress found;
        try {
            found = links.resolve(endpoint);
        } catch (RemotingException unreached) {
            // without its cause, which other containers may not know
            throw new IllegalStateException("server of fault tolerance " + url + " cannot be used: "
                    + unreached.getMessage()
                    + "; 'actium startGlobalFTServer' starts one, and who asks it is of its domain, as with"
                    + " 'actium run --join " + endpoint + " --token-file <file>'");
        }
        if (!parsed.path().isEmpty() && !parsed.path().equals(found.name())) {
            throw new IllegalStateException("the container at " + endpoint + " is called '" + found.name() + "', not '"
                    + parsed.path() + "' as in " + url);
        }
        return found;
    }

    private void requireUsable(RuntimeAddress server, Optional<String> named) {
        String who =
                "server of fault tolerance " + named.map(url -> url + ", ").orElse("") + server + " cannot be used: ";
        int version;
        try {
            version = remoteObjects
                    .at(server, RecoveryServer.class, RecoveryServer.NAME)
                    .version();
        } catch (RuntimeException failed) {
            throw new IllegalStateException(who + failed.getMessage()
                    + "; 'actium run', 'actium start' and 'actium startGlobalFTServer' have one");
        }
        if (version != RecoveryServer.VERSION) {
            throw new IllegalStateException(who + "it speaks version " + version + " of the protocol, and "
                    + links.self().name() + " version " + RecoveryServer.VERSION
                    + "; use the same version of Actium for both");
        }
    }

    private void requireChosen(String url) {
        if (accepted.contains(url)) {
            return; // also while it is away
        }
        RuntimeAddress wanted = called(url);
        RuntimeAddress present = get();
        if (!wanted.id().equals(present.id())) {
            throw new IllegalStateException("the server of fault tolerance is " + present + " already, so it cannot be "
                    + url + " too: objects with different servers do not find each other");
        }
        accepted.add(url);
    }

    /** Where it is now; decides if nobody has. May block, and fail. */
    @Override
    public RuntimeAddress get() {
        RuntimeAddress known = chosen;
        if (known == null) {
            return server(Optional.empty());
        }
        return present(known);
    }

    private RuntimeAddress present(RuntimeAddress known) {
        if (isHere(known) || links.existing(known.id()).isPresent()) {
            return known;
        }
        RuntimeAddress now = again(known);
        chosen = now;
        return now;
    }

    @Override
    public Optional<RuntimeAddress> now() {
        return Optional.ofNullable(chosen).map(this::present);
    }

    /** A server that was restarted is another runtime in the same place, to which there may be another way from here. */
    private RuntimeAddress again(RuntimeAddress known) {
        for (Endpoint endpoint : known.endpoints()) {
            try {
                RuntimeAddress found = links.resolve(endpoint);
                if (found.name().equals(known.name())) {
                    return found;
                }
            } catch (RemotingException unreached) {
                LOG.debug("the server of fault tolerance is not at {} now: {}", endpoint, unreached.getMessage());
            }
        }
        return parent.isEmpty() ? known : asTheParentKnows(known);
    }

    private RuntimeAddress asTheParentKnows(RuntimeAddress known) {
        try {
            ServerChoice above = at(parent.orElseThrow());
            if (!above.run().equals(run())) {
                LOG.debug("at {} there is another run by now, whose server is none of this one", parent.get());
                return known;
            }
            return above.now().orElse(known);
        } catch (RemotingException unheard) {
            LOG.debug("nobody says where the server of fault tolerance is now: {}", unheard.getMessage());
            return known;
        }
    }

    private boolean isHere(RuntimeAddress runtime) {
        return runtime.id().equals(links.self().id());
    }

    /**
     * The container that deployed this one; this one if none did. Blocks. If it is not there any more, where it was: what
     * it has brought is here.
     */
    public RuntimeAddress parent() {
        return parent.map(this::resolvedOrAsItWas).orElseGet(links::self);
    }

    private RuntimeAddress resolvedOrAsItWas(String addresses) {
        try {
            return resolved(addresses);
        } catch (RemotingException gone) {
            RuntimeAddress last = reached.get(addresses);
            if (last == null) {
                throw gone;
            }
            return last;
        }
    }

    private RuntimeAddress resolved(String addresses) {
        RemotingException unreached = null;
        for (String address : addresses.split(",")) {
            try {
                RuntimeAddress found = links.resolve(Endpoint.parse(address));
                reached.put(addresses, found);
                return found;
            } catch (RemotingException unreachable) {
                unreached = unreachable;
            }
        }
        throw unreached;
    }

    @Override
    public void close() {
        offered.close();
    }
}
