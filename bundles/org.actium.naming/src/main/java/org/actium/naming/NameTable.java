package org.actium.naming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.actium.naming.api.NameTakenException;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.UnknownNameException;
import org.actium.naming.api.WrongKindException;
import org.actium.object.api.BodyId;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectListener;
import org.actium.object.spi.ObjectRef;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of one runtime. Those of objects of this runtime go when the object ends; whether an object of another
 * runtime lives is asked there whenever its name is used.
 */
final class NameTable implements NameAccess, ObjectListener {

    private static final Logger LOG = LoggerFactory.getLogger(NameTable.class);

    private final ActiumRuntime runtime;
    private final RuntimeAddress self;
    private final NodeHandles nodes;
    private final ObjectHandles objects;
    private final Function<RuntimeAddress, NameAccess> others;
    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock; every entry is in both
    private final TreeMap<String, ObjectRef> byName = new TreeMap<>();
    private final Map<BodyId, Set<String>> byObject = new HashMap<>();

    NameTable(
            ActiumRuntime runtime,
            RuntimeAddress self,
            NodeHandles nodes,
            ObjectHandles objects,
            Function<RuntimeAddress, NameAccess> others) {
        this.runtime = runtime;
        this.self = self;
        this.nodes = nodes;
        this.objects = objects;
        this.others = others;
    }

    @Override
    public String register(String name, ObjectRef object, boolean replace) {
        if (runtime.node(name).isPresent()) {
            throw new NameTakenException("'" + name + "' is a node of runtime " + self);
        }
        refuseWhatHasEnded(name, object); // before anything changes; its runtime may be out of reach, too
        Optional<ObjectRef> before = replace ? replace(name, object) : Optional.empty();
        if (!replace) {
            enter(name, object);
        }
        if (isHere(object.home())) {
            keepIfItLives(name, object, before);
        }
        return NameUrl.of(self, name);
    }

    private void refuseWhatHasEnded(String name, ObjectRef object) {
        if (typesOf(object).isEmpty()) {
            throw new BodyTerminatedException(
                    "active object " + object.name() + " has ended and cannot be registered as '" + name + "'");
        }
    }

    /** Enters it if nobody has the name who lives. */
    private void enter(String name, ObjectRef object) {
        Optional<ObjectRef> holder = enterIfFree(name, object);
        while (holder.isPresent()) {
            if (!typesOf(holder.get()).isEmpty()) {
                throw new NameTakenException("'" + name + "' is the name of active object "
                        + holder.get().name() + " on runtime " + self + "; use registerOrReplace to take it");
            }
            remove(name, holder.get());
            holder = enterIfFree(name, object);
        }
    }

    /**
     * Asks again when it is in the table: whoever ends from now on takes its name along.
     *
     * @param before who gets the name back if it has ended
     */
    private void keepIfItLives(String name, ObjectRef object, Optional<ObjectRef> before) {
        try {
            refuseWhatHasEnded(name, object);
        } catch (BodyTerminatedException ended) {
            remove(name, object);
            before.ifPresent(former -> giveBack(name, former));
            throw ended;
        }
    }

    private void giveBack(String name, ObjectRef former) {
        if (enterIfFree(name, former).isEmpty()
                && isHere(former.home())
                && typesOf(former).isEmpty()) {
            remove(name, former); // it ended while it did not have the name
        }
    }

    @Override
    public Found find(String name) {
        Optional<ObjectRef> entry = entry(name);
        if (entry.isPresent()) {
            List<String> types = typesOf(entry.get());
            if (!types.isEmpty()) {
                return new Found(entry.get(), types);
            }
            remove(name, entry.get());
        }
        if (runtime.node(name).isPresent()) {
            throw new WrongKindException("'" + name + "' on runtime " + self + " is a node, not an active object");
        }
        throw new UnknownNameException("no active object is registered as '" + name + "' on runtime " + self);
    }

    @Override
    public Found findObject(BodyId id) {
        return objects.here(id)
                .map(local -> new Found(local.ref(), Found.typesOf(local.type())))
                .orElseThrow(() ->
                        new UnknownNameException("active object " + id + " is not on runtime " + self + " (any more)"));
    }

    @Override
    public NodeRef node(String name) {
        Optional<Node> node = runtime.node(name);
        if (node.isEmpty() && entry(name).isPresent()) {
            throw new WrongKindException("'" + name + "' on runtime " + self + " is an active object, not a node");
        }
        return nodes.ref(node.orElseThrow(
                () -> new UnknownNameException("runtime " + self + " has no node '" + name + "' (any more)")));
    }

    @Override
    public boolean unregister(String name) {
        return entry(name).map(object -> remove(name, object)).orElse(false);
    }

    @Override
    public List<NamedObject> list() {
        Map<String, ObjectRef> entries = entries();
        Map<RuntimeAddress, List<BodyId>> byHome = new LinkedHashMap<>();
        for (ObjectRef object : entries.values()) {
            byHome.computeIfAbsent(object.home(), _ -> new ArrayList<>()).add(object.id());
        }
        Map<BodyId, List<String>> living = new HashMap<>();
        byHome.forEach((home, ids) -> living.putAll(livingAt(home, ids)));
        List<NamedObject> named = new ArrayList<>();
        entries.forEach((name, object) -> {
            List<String> types = living.get(object.id());
            if (types != null) {
                named.add(new NamedObject(
                        name,
                        NameUrl.of(self, name),
                        object.name(),
                        types.getFirst(),
                        object.home().name()));
            }
        });
        return named;
    }

    private Map<BodyId, List<String>> livingAt(RuntimeAddress home, List<BodyId> ids) {
        try {
            return isHere(home) ? living(ids) : others.apply(home).living(ids);
        } catch (UnreachableException | LinkClosedException silent) {
            LOG.debug("names of objects on {} are not listed", home, silent);
            return Map.of();
        }
    }

    @Override
    public Map<BodyId, List<String>> living(List<BodyId> ids) {
        Map<BodyId, List<String>> living = new HashMap<>();
        for (BodyId id : ids) {
            objects.here(id).ifPresent(local -> living.put(id, Found.typesOf(local.type())));
        }
        return living;
    }

    /** Asks the runtime of the object; empty if it has ended. */
    private List<String> typesOf(ObjectRef object) {
        List<BodyId> ids = List.of(object.id());
        Map<BodyId, List<String>> living = isHere(object.home())
                ? living(ids)
                : others.apply(object.home()).living(ids);
        return living.getOrDefault(object.id(), List.of());
    }

    private boolean isHere(RuntimeAddress home) {
        return home.id().equals(self.id());
    }

    // ---- the table

    private Optional<ObjectRef> entry(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(byName.get(name));
        } finally {
            lock.unlock();
        }
    }

    private Map<String, ObjectRef> entries() {
        lock.lock();
        try {
            return new LinkedHashMap<>(byName);
        } finally {
            lock.unlock();
        }
    }

    /** @return who has the name and keeps it */
    private Optional<ObjectRef> enterIfFree(String name, ObjectRef object) {
        lock.lock();
        try {
            ObjectRef holder = byName.get(name);
            if (holder == null) {
                put(name, object);
            }
            return Optional.ofNullable(holder);
        } finally {
            lock.unlock();
        }
    }

    /** @return who had the name */
    private Optional<ObjectRef> replace(String name, ObjectRef object) {
        lock.lock();
        try {
            ObjectRef holder = byName.get(name);
            if (holder != null) {
                remove(name, holder);
            }
            put(name, object);
            return Optional.ofNullable(holder);
        } finally {
            lock.unlock();
        }
    }

    /** Only with the lock. */
    private void put(String name, ObjectRef object) {
        byName.put(name, object);
        byObject.computeIfAbsent(object.id(), _ -> new TreeSet<>()).add(name);
    }

    /** Unless the name has passed to another object. */
    private boolean remove(String name, ObjectRef object) {
        lock.lock();
        try {
            if (!byName.remove(name, object)) {
                return false;
            }
            Set<String> names = byObject.get(object.id());
            names.remove(name);
            if (names.isEmpty()) {
                byObject.remove(object.id());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(BodyId id) {
        lock.lock();
        try {
            Set<String> names = byObject.remove(id);
            if (names != null) {
                names.forEach(byName::remove);
            }
        } finally {
            lock.unlock();
        }
    }
}
