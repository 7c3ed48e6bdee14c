package org.actium.simulation.interleaving;

import java.io.ByteArrayInputStream;
import java.io.ObjectOutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts a {@link SchedulePoint} before each access that other threads can see: fields that are not final, and calls of
 * var handles, atomics, locks, parking, concurrent collections, and of collections of which the code does not say whether
 * they are concurrent.
 *
 * <p>Left undivided: what a map computes, and what the JDK writes of an object, because it may hold a monitor meanwhile
 * (of exceptions it does, and several may write one); {@code equals}, {@code hashCode} and
 * {@code compareTo}, because a map calls them likewise; class initializers and what is computed once for a class, which
 * happens once in a JVM and not once in a run, and so does what finds a method handle that is kept in a field; and what
 * constructors do to fields, which nobody else sees yet. Accesses through method references are not seen.
 */
final class Weaver {

    private static final ClassDesc POINT =
            SchedulePoint.class.describeConstable().orElseThrow();
    private static final ClassDesc MAP = Map.class.describeConstable().orElseThrow();
    private static final String OBJECT_STREAM = "java/io/ObjectOutputStream";
    private static final ClassDesc STREAM =
            ObjectOutputStream.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
    private static final Set<String> COMPUTING = Set.of("compute", "computeIfAbsent", "computeIfPresent", "merge");
    private static final String CLASS_CACHE = "java/lang/ClassValue";
    private static final Set<String> MAPS =
            Set.of("java/util/Map", "java/util/concurrent/ConcurrentMap", "java/util/concurrent/ConcurrentHashMap");
    private static final Set<String> SHARED = Set.of(
            "java/lang/invoke/VarHandle",
            "java/lang/Thread",
            "java/util/Map",
            "java/util/List",
            "java/util/Queue",
            "java/util/Deque");
    private static final Set<String> CALLED_BY_MAPS = Set.of("equals", "hashCode", "compareTo");

    private final ClassFile classes;
    private final Function<String, Optional<byte[]>> wovenClasses;

    /** The fields of a class that can change, by the name of the class; those met so far. */
    private final Map<String, Set<String>> changing = new HashMap<>();

    /**
     * @param allClasses the class file of a class that the code mentions, by its binary name
     * @param wovenClasses likewise, of classes that are woven too
     */
    Weaver(Function<String, Optional<byte[]>> allClasses, Function<String, Optional<byte[]>> wovenClasses) {
        this.classes =
                ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(type -> allClasses
                                .apply(binaryName(type))
                                .map(ByteArrayInputStream::new)
                                .orElse(null))
                        .cached()));
        this.wovenClasses = wovenClasses;
    }

    private static String binaryName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    byte[] woven(byte[] classFile) {
        return classes.transformClass(classes.parse(classFile), (builder, element) -> {
            if (element instanceof MethodModel method) {
                builder.transformMethod(method, MethodTransform.transformingCode(transformFor(method)));
            } else {
                builder.with(element);
            }
        });
    }

    private CodeTransform transformFor(MethodModel method) {
        String name = method.methodName().stringValue();
        if (name.equals(ConstantDescs.CLASS_INIT_NAME)) {
            return undivided();
        }
        if (CALLED_BY_MAPS.contains(name)) {
            return CodeTransform.ACCEPT_ALL;
        }
        boolean constructs = name.equals(ConstantDescs.INIT_NAME);
        return (code, element) -> {
            switch (element) {
                case InvokeInstruction call when computes(call) -> computeUndivided(code, call);
                case InvokeInstruction call
                when writesObject(call) ->
                    code.invokestatic(POINT, "writeObject", call.typeSymbol().insertParameterTypes(0, STREAM));
                case InvokeInstruction call when isShared(call) -> passThen(code, call);
                case FieldInstruction access when !constructs && isShared(access) -> passThen(code, access);
                default -> code.with(element);
            }
        };
    }

    private static void passThen(CodeBuilder code, CodeElement access) {
        code.invokestatic(POINT, "pass", NOTHING).with(access);
    }

    private static boolean computes(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return owner.equals(CLASS_CACHE) && call.name().equalsString("get")
                || MAPS.contains(owner) && COMPUTING.contains(call.name().stringValue());
    }

    private static void computeUndivided(CodeBuilder code, InvokeInstruction call) {
        ClassDesc receiver =
                call.owner().asInternalName().equals(CLASS_CACHE) ? call.owner().asSymbol() : MAP;
        code.invokestatic(POINT, call.name().stringValue(), call.typeSymbol().insertParameterTypes(0, receiver));
    }

    private boolean writesObject(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKEVIRTUAL
                && call.name().equalsString("writeObject")
                && isObjectStream(call.owner().asInternalName());
    }

    private boolean isObjectStream(String owner) {
        return owner.equals(OBJECT_STREAM)
                || wovenClasses
                        .apply(owner.replace('/', '.'))
                        .flatMap(classFile -> classes.parse(classFile).superclass())
                        .filter(superclass -> superclass.asInternalName().equals(OBJECT_STREAM))
                        .isPresent();
    }

    private static boolean isShared(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return owner.startsWith("java/util/concurrent/") && !call.name().equalsString(ConstantDescs.INIT_NAME)
                || SHARED.contains(owner);
    }

    private boolean isShared(FieldInstruction access) {
        String owner = access.owner().asInternalName().replace('/', '.');
        return changing.computeIfAbsent(owner, this::changingFields)
                .contains(access.name().stringValue());
    }

    private Set<String> changingFields(String owner) {
        return wovenClasses
                .apply(owner)
                .map(classFile -> classes.parse(classFile).fields().stream()
                        .filter(field -> !field.flags().has(AccessFlag.FINAL)
                                && !field.fieldTypeSymbol().equals(ConstantDescs.CD_MethodHandle))
                        .map(field -> field.fieldName().stringValue())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** An initializer that throws leaves its thread undivided for good: the class cannot be used any more anyway. */
    private static CodeTransform undivided() {
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                code.invokestatic(POINT, "beginUndivided", NOTHING);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                if (element instanceof ReturnInstruction) {
                    code.invokestatic(POINT, "endUndivided", NOTHING);
                }
                code.with(element);
            }
        };
    }
}
