package org.actium.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.InetAddress;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * What runs in a simulation gets at clock, randomness, threads, sockets and files through ports only, enters no monitor, and
 * does not go through tables whose order differs between processes. Where hash tables have keys that are hashed by identity
 * is known for fields with keys of ours alone; the others show when runs of two processes are compared.
 * Looks at the constant pool of every class, where what is not named is not used, and at its code.
 */
public class PortsOnlyTest {

    /** Not run in a simulation: sockets, commands that install bundles in a framework, and what puts runtimes together. */
    private static final List<String> REPLACED =
            List.of("org.actium.remote.tcp", "org.actium.application.core", "org.actium.testkit");

    private static final Pattern BUNDLE = Pattern.compile("(?:^|/)(org\\.actium\\.[a-z.]*[a-z])(?=[-/])");

    /** The port adapters, which are what a simulation replaces; and how a user hands in a file, before anything begins. */
    private static final Set<String> ADAPTERS = Set.of(
            "org/actium/deployment/api/DescriptorSource",
            "org/actium/runtime/core/SystemTime",
            "org/actium/runtime/core/SystemThreads",
            "org/actium/runtime/core/Crew",
            "org/actium/runtime/core/Crew$Member",
            "org/actium/runtime/core/CarrierWatch",
            "org/actium/runtime/core/SystemRandom");

    private static final Map<String, Set<String>> FORBIDDEN_METHODS = Map.ofEntries(
            entry("java/lang/System", Set.of("currentTimeMillis", "nanoTime")),
            entry("java/time/Instant", Set.of("now")),
            entry("java/time/InstantSource", Set.of("system")),
            entry(
                    "java/time/Clock",
                    Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes")),
            entry("java/time/LocalDate", Set.of("now")),
            entry("java/time/LocalTime", Set.of("now")),
            entry("java/time/LocalDateTime", Set.of("now")),
            entry("java/time/OffsetDateTime", Set.of("now")),
            entry("java/time/ZonedDateTime", Set.of("now")),
            entry("java/util/UUID", Set.of("randomUUID")),
            entry("java/util/random/RandomGenerator", Set.of("of", "getDefault")),
            entry("java/util/concurrent/TimeUnit", Set.of("sleep", "timedWait", "timedJoin")),
            entry("java/net/URL", Set.of("openStream", "openConnection", "getContent")),
            entry("java/lang/Math", Set.of("random")),
            entry(
                    "java/lang/Thread",
                    Set.of("<init>", "start", "sleep", "startVirtualThread", "ofVirtual", "ofPlatform")),
            entry("java/lang/Object", Set.of("wait", "notify", "notifyAll")),
            entry("java/util/concurrent/locks/LockSupport", Set.of("parkNanos", "parkUntil")),
            entry("java/util/concurrent/locks/Condition", Set.of("awaitNanos", "awaitUntil")),
            entry(
                    "java/util/concurrent/CompletableFuture",
                    Set.of("supplyAsync", "runAsync", "orTimeout", "completeOnTimeout", "delayedExecutor")));

    /** With a limit they wait for real time; {@code runtime.spi.Time} has timers that a simulation knows of. */
    private static final Set<String> WAITING = Set.of(
            "await",
            "get",
            "poll",
            "offer",
            "tryLock",
            "tryAcquire",
            "join",
            "awaitTermination",
            "invokeAll",
            "invokeAny");

    /** What has another order in each process; looking something up in it is the same everywhere. */
    private static final Map<String, Set<String>> UNORDERED = Map.of(
            "java/util/Set", Set.of("of", "copyOf"),
            "java/util/Map", Set.of("of", "ofEntries", "copyOf"),
            "java/util/stream/Collectors", Set.of("toUnmodifiableSet", "toUnmodifiableMap"),
            "java/util/IdentityHashMap", Set.of("<init>"),
            "java/lang/System", Set.of("identityHashCode"));

    private static final String UNSTEADY = ", whose order differs between processes";

    /** Classes that use such tables and do not go through them, or not so that it shows, with the reason. */
    private static final Map<String, String> LOOKED_UP_ONLY = Map.ofEntries(
            entry("org/actium/codec/java/CopyPlans", "names of methods and classes, looked up"),
            entry("org/actium/codec/java/FieldPath", "objects met before, looked up"),
            entry("org/actium/codec/java/GraphCopier", "objects met before, looked up"),
            entry("org/actium/codec/java/JavaCodec", "objects met before, looked up"),
            entry("org/actium/codec/java/JdkClasses", "names, looked up"),
            entry("org/actium/codec/java/PromisedValues", "objects met before, looked up"),
            entry("org/actium/codec/java/ScopedClasses", "names, looked up"),
            entry("org/actium/codec/java/Sharing", "classes, looked up"),
            entry("org/actium/codec/java/SharingSettings", "classes, looked up"),
            entry("org/actium/codec/java/Snapshot", "objects met before, looked up"),
            entry("org/actium/codec/java/ValuePlans", "classes, looked up"),
            entry("org/actium/codec/java/ValueReader", "made for the application, which had them unordered"),
            entry("org/actium/codec/java/ValueWriter", "objects met before, looked up"),
            entry("org/actium/object/core/Births$Identical", "a key, looked up"),
            entry("org/actium/object/core/SharedValues$Identity", "a key, looked up"),
            entry("org/actium/object/core/Arrivals", "an EnumSet"),
            entry("org/actium/object/core/SelectiveService", "a LinkedHashSet"),
            entry("org/actium/object/spi/TypeFacts", "an EnumSet"),
            entry("org/actium/object/api/RequestFilter", "names of methods, looked up"),
            entry("org/actium/deployment/core/Planner", "counted"),
            entry("org/actium/deployment/spi/XmlElement", "names, looked up"),
            entry("org/actium/deployment/spi/ElementShape", "names of elements, looked up, and sorted for messages"));

    /** The signature of a field that may be a hash table, and the class of its keys. */
    private static final Pattern HASHED = Pattern.compile(
            "^Ljava/util/(?:concurrent/)?(?:Hash|Concurrent|ConcurrentHash)?(?:Map|Set)<L(org/actium/[^;<]+)[;<]");

    private static final Set<String> FORBIDDEN_CLASSES = Set.of(
            "java/util/Random",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/SplittableRandom",
            "java/security/SecureRandom",
            "java/util/concurrent/Executors",
            "java/util/concurrent/ForkJoinPool",
            "java/util/concurrent/ThreadPoolExecutor",
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "java/util/Timer",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/nio/channels/SocketChannel",
            "java/net/DatagramSocket",
            "java/net/MulticastSocket",
            "java/net/http/HttpClient",
            "java/net/InetAddress",
            "java/lang/ProcessBuilder",
            "java/nio/channels/ServerSocketChannel",
            "java/nio/channels/DatagramChannel",
            "java/nio/channels/AsynchronousSocketChannel",
            "java/nio/channels/AsynchronousServerSocketChannel",
            "java/nio/channels/AsynchronousFileChannel",
            "java/nio/channels/FileChannel",
            "java/nio/channels/Selector",
            "java/io/File",
            "java/io/FileReader",
            "java/io/FileWriter",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/RandomAccessFile",
            "java/nio/file/Files");

    @Test
    public void whatASimulationRunsUsesPortsOnly() throws IOException {
        Map<String, Path> bundles = bundles();
        List<String> uses = new ArrayList<>();
        List<ClassModel> all = new ArrayList<>();
        for (Map.Entry<String, Path> bundle : bundles.entrySet()) {
            List<ClassModel> models = classesIn(bundle.getValue());
            assertThat(models).as("classes of %s", bundle).isNotEmpty();
            models.forEach(model -> uses.addAll(forbiddenIn(model)));
            all.addAll(models);
        }

        uses.addAll(hashedByIdentity(all));
        List<String> excused = uses.stream().filter(PortsOnlyTest::isExcused).toList();
        uses.removeAll(excused);

        assertThat(bundles.keySet())
                .contains("org.actium.object.core", "org.actium.remote.core", "org.actium.runtime.core")
                .contains("org.actium.object.api", "org.actium.naming")
                .contains("org.actium.deployment.core", "org.actium.service.core", "org.actium.ft.store.api")
                .doesNotContainAnyElementsOf(REPLACED);
        assertThat(uses).isEmpty();
        assertThat(LOOKED_UP_ONLY.keySet())
                .allMatch(type -> excused.stream().anyMatch(use -> isOf(type, use)), "still does what is excused here");
    }

    @Test
    public void theScanFindsWhatTheAdaptersDo() throws IOException {
        assertThat(classesIn(bundles().get("org.actium.runtime.core")).stream()
                        .filter(PortsOnlyTest::isAdapter)
                        .flatMap(model -> found(model).stream()))
                .anyMatch(use -> use.endsWith("java/lang/System.nanoTime"))
                .anyMatch(use -> use.endsWith("java/lang/Thread.ofVirtual"))
                .anyMatch(use -> use.endsWith("java/security/SecureRandom"));
    }

    @Test
    public void theScanFindsMonitorsAndTimedWaits() throws IOException {
        assertThat(found(model(Waiting.class)))
                .anyMatch(use -> use.endsWith("has the synchronized method locked"))
                .anyMatch(use -> use.endsWith("enters a monitor in monitor"))
                .anyMatch(use -> use.endsWith("CountDownLatch.await with a limit"))
                .anyMatch(use -> use.endsWith("Thread.join with a limit"))
                .anyMatch(use -> use.endsWith("CompletableFuture.thenRunAsync without an executor"))
                .hasSize(5);
    }

    @Test
    public void theScanFindsOtherSourcesOfTimeRandomnessAndThreads() throws IOException {
        assertThat(found(model(Escaping.class)))
                .anyMatch(use -> use.endsWith("TimeUnit.sleep"))
                .anyMatch(use -> use.contains("Date.<init> of now"))
                .anyMatch(use -> use.contains("Collections.shuffle without a source of randomness"))
                .anyMatch(use -> use.endsWith("RandomGenerator.of"))
                .anyMatch(use -> use.endsWith("RandomGenerator.getDefault"))
                .anyMatch(use -> use.contains("List.parallelStream, "))
                .anyMatch(use -> use.endsWith("ProcessBuilder"))
                .anyMatch(use -> use.endsWith("InetAddress"))
                .anyMatch(use -> use.endsWith("URL.openStream"))
                .hasSize(9);
    }

    @Test
    public void theScanFindsWhatHasNoSteadyOrder() throws IOException {
        List<ClassModel> models = List.of(model(Unsteady.class), model(Key.class));

        assertThat(found(models.getFirst()))
                .anyMatch(use -> use.contains("java/util/Set.of,"))
                .anyMatch(use -> use.contains("java/util/Map.copyOf,"))
                .anyMatch(use -> use.contains("java/util/IdentityHashMap.<init>,"))
                .hasSize(3);
        assertThat(hashedByIdentity(models)).singleElement().asString().contains("Unsteady.byKey has keys ");
    }

    private static ClassModel model(Class<?> type) throws IOException {
        try (InputStream in =
                PortsOnlyTest.class.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return ClassFile.of().parse(in.readAllBytes());
        }
    }

    /** Has the hash of its identity. */
    private static final class Key {}

    /** What must not be done, and what may. */
    private static final class Unsteady {

        private final Map<Key, String> byKey = new HashMap<>();
        private final Map<String, Key> byName = new HashMap<>();
        private final TreeMap<Key, String> sorted = new TreeMap<>();

        List<Object> tables(String one, String other) {
            return List.of(
                    byKey,
                    byName,
                    sorted,
                    Set.of(),
                    Set.of(one),
                    Map.of(one, other),
                    Set.of(one, other),
                    Map.copyOf(byName),
                    new IdentityHashMap<>());
        }
    }

    /** What must not be done. */
    private static final class Waiting {

        synchronized void locked() {}

        int monitor(List<?> list) {
            synchronized (list) {
                return list.size();
            }
        }

        void limits(CountDownLatch latch, Thread thread) throws InterruptedException {
            latch.await();
            latch.await(1, TimeUnit.SECONDS);
            thread.join(1);
        }

        void elsewhere(CompletableFuture<?> future, Runnable task) {
            future.thenRunAsync(task, Runnable::run);
            future.thenRunAsync(task);
        }
    }

    /** What must not be done, and what may. */
    private static final class Escaping {

        List<Object> time() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
            return List.of(new Date(), new Date(1));
        }

        List<Object> randomness(List<Object> list, RandomGenerator random) {
            Collections.shuffle(list);
            Collections.shuffle(list, random);
            return List.of(RandomGenerator.of("L64X128MixRandom"), RandomGenerator.getDefault());
        }

        List<Object> others(List<Object> list, URL url) throws IOException {
            return List.of(
                    list.parallelStream(),
                    new ProcessBuilder("true"),
                    InetAddress.getLoopbackAddress(),
                    url.openStream());
        }
    }

    private static boolean isExcused(String use) {
        return use.endsWith(UNSTEADY) && LOOKED_UP_ONLY.keySet().stream().anyMatch(type -> isOf(type, use));
    }

    private static boolean isOf(String type, String use) {
        return use.startsWith(type + " ") || use.startsWith(type + ".");
    }

    private static List<String> forbiddenIn(ClassModel model) {
        return isAdapter(model) ? List.of() : found(model);
    }

    private static boolean isAdapter(ClassModel model) {
        return ADAPTERS.contains(model.thisClass().asInternalName());
    }

    private static List<String> found(ClassModel model) {
        List<String> uses = new ArrayList<>();
        String name = model.thisClass().asInternalName();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                forbidden(member).ifPresent(use -> uses.add(name + " uses " + use));
            } else if (entry instanceof ClassEntry type && FORBIDDEN_CLASSES.contains(type.asInternalName())) {
                uses.add(name + " uses " + type.asInternalName());
            }
        }
        for (MethodModel method : model.methods()) {
            String methodName = method.methodName().stringValue();
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                uses.add(name + " has the synchronized method " + methodName);
            }
            if (method.code().stream().flatMap(CodeModel::elementStream).anyMatch(PortsOnlyTest::entersMonitor)) {
                uses.add(name + " enters a monitor in " + methodName);
            }
        }
        return uses;
    }

    /** Fields that are hash tables, as far as one can tell, with keys of ours whose hashes differ between processes. */
    private static List<String> hashedByIdentity(List<ClassModel> models) {
        Set<String> identities = models.stream()
                .filter(model -> !model.flags().has(AccessFlag.INTERFACE)
                        && model.superclass()
                                .filter(above -> above.asInternalName().equals("java/lang/Record"))
                                .isEmpty()
                        && model.methods().stream()
                                .noneMatch(method -> method.methodName().equalsString("hashCode")))
                .map(model -> model.thisClass().asInternalName())
                .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        for (ClassModel model : models) {
            for (FieldModel field : model.fields()) {
                field.findAttribute(Attributes.signature())
                        .map(signature -> HASHED.matcher(signature.signature().stringValue()))
                        .filter(Matcher::find)
                        .map(hashed -> hashed.group(1))
                        .filter(identities::contains)
                        .ifPresent(key -> found.add(model.thisClass().asInternalName() + "."
                                + field.fieldName().stringValue() + " has keys " + key + UNSTEADY));
            }
        }
        return found;
    }

    private static boolean entersMonitor(CodeElement element) {
        return element instanceof MonitorInstruction monitor && monitor.opcode() == Opcode.MONITORENTER;
    }

    private static Optional<String> forbidden(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String method = member.name().stringValue();
        String type = member.type().stringValue();
        String use = owner + "." + method;
        if (FORBIDDEN_METHODS.getOrDefault(owner, Set.of()).contains(method)) {
            return Optional.of(use);
        }
        if (UNORDERED.getOrDefault(owner, Set.of()).contains(method) && !hasOneElementAtMost(owner, type)) {
            return Optional.of(use + UNSTEADY);
        }
        if (isTimed(owner, method, type)) {
            return Optional.of(use + " with a limit");
        }
        if (owner.equals("java/util/Collections") && method.equals("shuffle") && !type.contains("Random")) {
            return Optional.of(use + " without a source of randomness");
        }
        if (owner.equals("java/util/Date") && method.equals("<init>") && type.equals("()V")) {
            return Optional.of(use + " of now");
        }
        if (owner.startsWith("java/util/") && (method.equals("parallelStream") || method.equals("parallel"))) {
            return Optional.of(use + ", which runs in the common pool");
        }
        boolean completes = owner.equals("java/util/concurrent/CompletableFuture")
                || owner.equals("java/util/concurrent/CompletionStage");
        return completes && method.endsWith("Async") && !type.contains("Ljava/util/concurrent/Executor;")
                ? Optional.of(use + " without an executor")
                : Optional.empty();
    }

    private static boolean hasOneElementAtMost(String owner, String type) {
        MethodTypeDesc parameters = MethodTypeDesc.ofDescriptor(type);
        return switch (owner) {
            case "java/util/Set" ->
                parameters.parameterList().isEmpty()
                        || parameters.parameterList().equals(List.of(ConstantDescs.CD_Object));
            case "java/util/Map" ->
                parameters.parameterList().isEmpty()
                        || parameters.parameterList().equals(List.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object));
            default -> false;
        };
    }

    private static boolean isTimed(String owner, String method, String type) {
        return owner.startsWith("java/")
                && WAITING.contains(method)
                && (type.contains("Ljava/util/concurrent/TimeUnit;")
                        || owner.equals("java/lang/Thread") && !type.startsWith("()"));
    }

    /** All of Actium on the class path of {@link EmbeddedRuntime} that a simulation runs, by name. */
    private static Map<String, Path> bundles() {
        Map<String, Path> bundles = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Matcher bundle = BUNDLE.matcher(entry.replace(File.separatorChar, '/'));
            String name = "";
            while (bundle.find()) {
                name = bundle.group(1);
            }
            if (!name.isEmpty() && !REPLACED.contains(name)) {
                bundles.put(name, Path.of(entry));
            }
        }
        return bundles;
    }

    private static List<ClassModel> classesIn(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return parse(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return parse(jar.getPath("/"));
        }
    }

    private static List<ClassModel> parse(Path root) throws IOException {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                models.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
        return models;
    }
}
