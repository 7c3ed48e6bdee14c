package org.actium.exports;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.codec.api.Codec;
import org.actium.exports.api.ExportedName;
import org.actium.exports.api.ExportedObject;
import org.actium.exports.api.Exports;
import org.actium.naming.api.ActiumUrl;
import org.actium.naming.api.NameTakenException;
import org.actium.naming.api.UnknownNameException;
import org.actium.naming.api.WrongKindException;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Facilities;
import org.actium.remote.api.Links;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The objects that this runtime exports, and stubs of those of others. */
@Component(
        service = {Exports.class, Facilities.class},
        immediate = true)
public final class ExportTable implements Exports, Facilities, AutoCloseable {

    /** Before the number of an object, in the URL that it has without a name. */
    private static final String NUMBERED = "exports/";

    private final Links links;
    private final RemoteObjects remoteObjects;
    private final Messages messages;
    private final Registration access;
    private final ExportScopes scopes = new ExportScopes();
    private final Here here = new Here();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Exported> objects = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<String, Exported> names = new TreeMap<>(); // guarded by lock

    @Activate
    public ExportTable(@Reference Links links, @Reference RemoteObjects remoteObjects, @Reference Codec codec) {
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
        this.messages = new Messages(Objects.requireNonNull(codec, "codec"), this::stub);
        this.access = remoteObjects.export(ExportAccess.class, ExportAccess.NAME, here);
    }

    /** From now on nothing of this runtime can be called. */
    @Override
    @Deactivate
    public void close() {
        access.close();
        objects.clear();
    }

    @Override
    public <T> Optional<T> facility(Class<T> type, BodyId body, Class<?> bodyType) {
        return type == Exports.class ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public <T> ExportedObject<T> export(Class<T> contract, T object) {
        return exported(contract, add(contract, object), Optional.empty());
    }

    @Override
    public <T> ExportedObject<T> export(Class<T> contract, T object, String name) {
        return export(contract, object, name, false);
    }

    @Override
    public <T> ExportedObject<T> exportOrReplace(Class<T> contract, T object, String name) {
        return export(contract, object, name, true);
    }

    private <T> ExportedObject<T> export(Class<T> contract, T object, String name, boolean replace) {
        ActiumUrl.requireName(name);
        Exported added = add(contract, object);
        lock.lock();
        try {
            Exported holder = names.get(name);
            if (holder == null || replace) {
                names.put(name, added);
                return exported(contract, added, Optional.of(name));
            }
            objects.remove(added.ref().id());
            throw new NameTakenException(
                    "'" + name + "' is the name of " + holder.ref() + "; use exportOrReplace to take it");
        } finally {
            lock.unlock();
        }
    }

    private Exported add(Class<?> contract, Object object) {
        ExportRef ref = new ExportRef(links.self(), ids.incrementAndGet(), contract.getName());
        Objects.requireNonNull(object, "object");
        Exported added = new Exported(ref, contract, object, scopes.of(contract, object));
        objects.put(ref.id(), added);
        return added;
    }

    private <T> ExportedObject<T> exported(Class<T> contract, Exported added, Optional<String> name) {
        T stub = contract.cast(stub(contract, added.ref()));
        String url =
                ActiumUrl.text(links.self(), name.orElse(NUMBERED + added.ref().id()));
        return new ExportedObject<>() {
            @Override
            public T stub() {
                return stub;
            }

            @Override
            public String url() {
                return url;
            }

            @Override
            public void close() {
                remove(added, name);
            }
        };
    }

    private void remove(Exported object, Optional<String> name) {
        objects.remove(object.ref().id());
        name.ifPresent(own -> {
            lock.lock();
            try {
                names.remove(own, object);
            } finally {
                lock.unlock();
            }
        });
    }

    @Override
    public <T> T lookup(Class<T> contract, String nameOrUrl) {
        ContractMethods.of(contract); // it must be an interface
        ActiumUrl url = ActiumUrl.parse(nameOrUrl);
        ExportAccess runtime = at(url);
        Optional<Long> number = number(url.path());
        Found found;
        try {
            found = number.isPresent() ? runtime.find(number.get()) : runtime.find(url.requireName());
        } catch (NoSuchRemoteObjectException exportsNothing) {
            throw new UnknownNameException(
                    "'" + nameOrUrl + "': the runtime there exports no objects: " + exportsNothing.getMessage());
        }
        if (!found.contracts().contains(contract.getName())) {
            throw new WrongKindException("'" + nameOrUrl + "' is exported as "
                    + found.contracts().getFirst() + ", which is no " + contract.getName());
        }
        return contract.cast(stub(contract, found.ref()));
    }

    private static Optional<Long> number(String path) {
        return path.matches(NUMBERED + "[0-9]{1,18}")
                ? Optional.of(Long.parseLong(path.substring(NUMBERED.length())))
                : Optional.empty();
    }

    private Object stub(Class<?> contract, ExportRef ref) {
        ExportAccess runtime = of(ref.runtime());
        return Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                new StubCalls(ref, contract, scopes.caller(contract), runtime, messages));
    }

    @Override
    public List<ExportedName> list() {
        return here.list();
    }

    @Override
    public List<ExportedName> list(String runtimeUrl) {
        return at(ActiumUrl.parse(runtimeUrl)).list();
    }

    private ExportAccess at(ActiumUrl url) {
        return url.runtime().map(links::resolve).map(this::of).orElse(here);
    }

    private ExportAccess of(RuntimeAddress runtime) {
        return runtime.id().equals(links.self().id())
                ? here
                : remoteObjects.at(runtime, ExportAccess.class, ExportAccess.NAME);
    }

    /** This runtime as others see it. */
    private final class Here implements ExportAccess {

        @Override
        public Found find(String name) {
            lock.lock();
            try {
                return Optional.ofNullable(names.get(name))
                        .map(ExportTable::found)
                        .orElseThrow(() -> new UnknownNameException(
                                "no object is exported as '" + name + "' on runtime " + links.self()));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Found find(long id) {
            return Optional.ofNullable(objects.get(id))
                    .map(ExportTable::found)
                    .orElseThrow(() -> new UnknownNameException(
                            "object " + id + " is not exported on runtime " + links.self() + " (any more)"));
        }

        @Override
        public List<ExportedName> list() {
            List<ExportedName> list = new ArrayList<>();
            lock.lock();
            try {
                names.forEach((name, object) -> list.add(new ExportedName(
                        name,
                        ActiumUrl.text(links.self(), name),
                        object.contract().getName())));
            } finally {
                lock.unlock();
            }
            return list;
        }

        @Override
        public Outcome call(long id, String method, byte[] arguments) {
            Exported object = objects.get(id);
            if (object == null) {
                throw new NoSuchRemoteObjectException(
                        "object " + id + " is not exported on runtime " + links.self() + " any more");
            }
            return object.call(method, arguments, messages);
        }
    }

    private static Found found(Exported object) {
        return new Found(
                object.ref(),
                ContractMethods.contracts(object.contract()).stream()
                        .map(Class::getName)
                        .toList());
    }
}
