package org.actium.naming;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.Names;
import org.actium.naming.api.WrongKindException;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectRef;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeHandles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the names of this runtime to others, and asks other runtimes for theirs. */
@Component(service = Names.class, immediate = true)
public final class RuntimeNames implements Names, AutoCloseable {

    private final Links links;
    private final RemoteObjects remoteObjects;
    private final NodeHandles nodes;
    private final ObjectHandles objects;
    private final NameTable table;
    private final Registration listening;
    private final Registration export;

    @Activate
    public RuntimeNames(
            @Reference ActiumRuntime runtime,
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference NodeHandles nodes,
            @Reference ObjectHandles objects) {
        this.links = links;
        this.remoteObjects = remoteObjects;
        this.nodes = nodes;
        this.objects = objects;
        this.table = new NameTable(runtime, links.self(), nodes, objects, this::of);
        this.listening = objects.listen(table);
        this.export = remoteObjects.export(NameAccess.class, NameAccess.NAME, table);
    }

    /** From now on nobody finds the names of this runtime. */
    @Override
    @Deactivate
    public void close() {
        export.close();
        listening.close();
    }

    @Override
    public String register(String nameOrUrl, Object stub) {
        return register(nameOrUrl, stub, false);
    }

    @Override
    public String registerOrReplace(String nameOrUrl, Object stub) {
        return register(nameOrUrl, stub, true);
    }

    private String register(String nameOrUrl, Object stub, boolean replace) {
        NameUrl url = parse(nameOrUrl);
        return at(url).register(url.name(), refOf(stub), replace);
    }

    @Override
    public <T> T lookup(Class<T> type, String nameOrUrl) {
        Objects.requireNonNull(type, "type: say of which class or interface the stub is to be");
        NameUrl url = parse(nameOrUrl);
        Optional<BodyId> id = url.object();
        Found found = id.isPresent() ? at(url).findObject(id.get()) : at(url).find(url.name());
        if (!found.types().contains(type.getName())) {
            throw new WrongKindException("'" + nameOrUrl + "' is active object "
                    + found.object().name() + " of class " + found.types().getFirst() + ", which is no "
                    + type.getName());
        }
        return objects.stub(type, found.object());
    }

    @Override
    public Node node(String nameOrUrl) {
        NameUrl url = parse(nameOrUrl);
        return nodes.node(at(url).node(url.path()));
    }

    @Override
    public boolean unregister(String nameOrUrl) {
        NameUrl url = parse(nameOrUrl);
        return at(url).unregister(url.name());
    }

    @Override
    public List<NamedObject> list() {
        return table.list();
    }

    @Override
    public List<NamedObject> list(String runtimeUrl) {
        Objects.requireNonNull(runtimeUrl, "runtimeUrl: say whose names, or ask without it for those of this runtime");
        return at(NameUrl.parse(runtimeUrl)).list();
    }

    @Override
    public String url(Object stub) {
        return NameUrl.of(refOf(stub));
    }

    private static NameUrl parse(String nameOrUrl) {
        return NameUrl.parse(
                Objects.requireNonNull(nameOrUrl, "nameOrUrl: say the name, or the URL of a name on another runtime"));
    }

    private ObjectRef refOf(Object stub) {
        return objects.ref(Objects.requireNonNull(stub, "stub: pass the stub of the active object that is meant"));
    }

    private NameAccess at(NameUrl url) {
        return url.runtime().map(links::resolve).map(this::of).orElse(table);
    }

    private NameAccess of(RuntimeAddress runtime) {
        return runtime.id().equals(links.self().id())
                ? table
                : remoteObjects.at(runtime, NameAccess.class, NameAccess.NAME);
    }
}
